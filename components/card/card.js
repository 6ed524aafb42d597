// The card and the head of a page, drawn in the browser from one payload each. Streamlit calls `default` again with new
// data whenever a click changes them; nothing here is taken down for that: plotly moves a chart to its new numbers.
// All text is set as text, never as markup.

let plotly;

/** plotly.js, fetched once for the page; rejected where it cannot be had. */
const plotlyFrom = (address) =>
  (plotly ??= new Promise((done, failed) => {
    const script = Object.assign(document.createElement("script"), { src: address });
    script.onload = () => done(window.Plotly);
    script.onerror = () => failed(new Error("plotly.js cannot be fetched"));
    document.head.append(script);
  }));

const make = (tag, attributes = {}, ...children) => {
  const node = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) {
    if (name.startsWith("on")) node[name] = value;
    else if (value !== undefined && value !== false) node.setAttribute(name, value === true ? "" : value);
  }
  node.append(...children.filter((child) => child !== undefined && child !== ""));
  return node;
};

const say = (node, text = "") => {
  if (node.textContent !== text) node.textContent = text;
  node.hidden = !text;
};

/** A text whose terms of the field explain themselves when pointed at, each where it first stands. */
function explained(text, terms) {
  const parts = [text];
  for (const [term, meaning] of Object.entries(terms)) {
    for (const [place, part] of parts.entries()) {
      const at = typeof part === "string" ? part.toLowerCase().search(new RegExp(`\\b${term}\\b`)) : -1;
      if (at < 0) continue;
      const word = make("abbr", { title: meaning }, part.slice(at, at + term.length));
      parts.splice(place, 1, part.slice(0, at), word, part.slice(at + term.length));
      break;
    }
  }
  return parts.filter((part) => part !== "");
}

let ids = 0;
const cards = new Map();

let styled;

/** The stylesheet, and the way past the navigation, once for the page; done when the stylesheet is there. */
function settle(address) {
  return (styled ??= new Promise((done) => {
    furnish();
    document.head.append(make("link", { rel: "stylesheet", href: address, onload: done, onerror: done }));
  }));
}

function furnish() {
  const skip = make("a", { class: "rs-skip", href: "#finding" }, "Skip to the first finding");
  skip.onclick = (event) => {
    event.preventDefault();
    document.querySelector(".rs-card")?.focus();
  };
  document.body.prepend(make("aside", { "aria-label": "For keyboards and screen readers" }, skip, waiting()));
}

/** Tell those who do not see the screen that numbers are being computed, and that they have come. */
function waiting() {
  const told = make("p", { class: "rs-unseen", role: "status" });
  const app = document.querySelector('[data-testid="stApp"]');
  const state = "data-test-script-state";
  new MutationObserver(() => {
    told.textContent = app.getAttribute(state) === "running" ? "Numbers are being updated" : "Numbers are up to date";
  }).observe(app, { attributeFilter: [state] });
  return told;
}

export default function ({ data, parentElement, setTriggerValue }, at) {
  settle(at.css);
  const draw = data.question === undefined ? Card : Head;
  let drawn = cards.get(parentElement);
  if (!drawn) {
    drawn = new draw(parentElement, at);
    cards.set(parentElement, drawn);
  }
  drawn.trigger = setTriggerValue;
  drawn.update(data);
  return () => {
    drawn.remove();
    cards.delete(parentElement);
  };
}

/** The head of a page: question, answer, who is in view, what the data are. */
class Head {
  constructor(parent) {
    this.question = make("h1", { class: "rs-question" });
    this.answer = make("p", { class: "rs-answer" });
    this.chips = make("div", { class: "rs-chips", role: "group", "aria-label": "Filters in use" });
    this.count = make("span");
    this.sentence = make("span", { class: "rs-unseen" });
    this.people = make("span", { class: "rs-people", role: "status" }, this.count, this.sentence);
    this.synthetic = make("span", { class: "rs-synthetic" });
    this.root = make(
      "header",
      { class: "rs-head" },
      this.question,
      this.answer,
      make("div", { class: "rs-view" }, this.chips, this.people, this.synthetic),
    );
    parent.append(this.root);
  }

  update({ question, answer, chips, sentence, people, synthetic }) {
    say(this.question, question);
    say(this.answer, answer);
    this.answer.classList.toggle("rs-long", (answer ?? "").length > 90);
    say(this.count, people || sentence);
    say(this.sentence, people && `: ${sentence}`);
    say(this.synthetic, synthetic);
    this.chips.hidden = !chips.length;
    this.chips.replaceChildren(
      ...chips.map(({ name, words, undo }) =>
        make(
          "button",
          { type: "button", "aria-label": `${words}: ${undo}`, onclick: () => this.trigger("opened", name) },
          `${words} `,
          make("span", { "aria-hidden": "true" }, "×"),
        ),
      ),
    );
    // The button that opens the sidebar on a phone is Streamlit's; the stylesheet writes this beside it.
    document.documentElement.style.setProperty("--rs-filters", `"Filters${chips.length ? ` · ${chips.length}` : ""}"`);
  }

  remove() {
    this.root.remove();
  }
}

const PAPER = window.matchMedia("print");
const WIDTH_OF_PAPER = 660; // pixels that A4 upright leaves beside its margins and the card's edges

const VIEWS = ["Chart", "Table", "About", "Download", "Link"];
const LEAST = 240; // pixels: a chart that is any lower cannot be read
const READABLE = 0.88; // a chart squeezed any further cannot be read: it is moved within its card instead
const SHARE = 1.7; // a chart is at least so many times as high as all that stands around it
const MARGIN_OF_SCREEN = 12;

/** A figure: finding, what it shows, chart or table or what is said of it, and a row of actions. */
class Card {
  constructor(parent, at) {
    this.at = at;
    this.view = "Chart";
    const id = `rs-${++ids}`;
    this.headline = make("h2", { class: "rs-headline", id });
    this.what = make("p", { class: "rs-what" });
    this.panels = Object.fromEntries(
      VIEWS.map((view) => [
        view,
        make("div", { class: `rs-panel rs-${view.toLowerCase()}`, role: "tabpanel", id: `${id}-${view}`, tabindex: 0 }),
      ]),
    );
    this.plot = make("div", { class: "rs-plot" });
    this.reason = make("p", { class: "rs-reason" });
    this.told = make("p", { class: "rs-told", role: "status" });
    this.panels.Chart.append(this.plot, this.reason, this.told);
    this.tabs = Object.fromEntries(
      VIEWS.map((view) => [
        view,
        make("button", { type: "button", role: "tab", "aria-controls": `${id}-${view}`, onclick: () => this.turn(view) }, view),
      ]),
    );
    this.line = make("p", { class: "rs-line" });
    this.onward = make("button", { type: "button", class: "rs-onward", onclick: () => this.trigger("onward", true) });
    this.large = make("button", { type: "button", class: "rs-large", onclick: () => this.enlarge() }, "⤢");
    this.tablist = make("div", { class: "rs-tabs", role: "tablist" }, ...Object.values(this.tabs));
    this.body = make("div", { class: "rs-body" }, ...Object.values(this.panels));
    this.root = make(
      "article",
      { class: "rs-card", "aria-labelledby": id, tabindex: -1 },
      make("header", {}, this.headline, this.what),
      this.body,
      make("footer", {}, this.line, make("div", { class: "rs-actions" }, this.onward, this.tablist, this.large)),
    );
    this.tablist.onkeydown = (event) => this.along(event);
    this.panels.Chart.onkeydown = (event) => this.read(event);
    this.root.addEventListener("keydown", (event) => {
      if (event.key === "Escape" && this.view !== "Chart") {
        event.stopPropagation();
        this.turn("Chart");
        this.tabs.Chart.focus();
      }
    });
    parent.append(this.root);
    this.seen = new ResizeObserver(() => this.fit());
    this.seen.observe(this.panels.Chart);
    this.seen.observe(document.documentElement);
    this.seen.observe(this.root.lastElementChild); // a font that arrives late can break the line
    const page = parent.closest('[data-testid="stMainBlockContainer"]');
    if (page) this.seen.observe(page); // what stands over a card can move it down
    this.fits = () => this.fit();
    PAPER.addEventListener("change", this.fits);
  }

  update(data) {
    const before = this.data;
    this.data = data;
    say(this.headline, data.headline);
    this.headline.classList.toggle("rs-unseen", data.answers === true);
    this.what.replaceChildren(...explained(data.what, data.terms));
    this.root.classList.toggle("rs-lead", data.lead);
    this.line.replaceChildren(...this.signed(data));
    for (const view of VIEWS) {
      this.tabs[view].setAttribute("aria-label", `${view}: ${data.headline}`);
      this.panels[view].setAttribute("aria-label", `${view}: ${data.headline}`);
    }
    this.tablist.setAttribute("aria-label", `Views of: ${data.headline}`);
    this.large.setAttribute("aria-label", `Enlarge: ${data.headline}`);
    this.onward.hidden = !data.onward;
    this.onward.textContent = data.onward ? `${data.onward} →` : "";
    this.place = -1;
    this.told.textContent = "";
    this.turn(this.view);
    if (data.file && data.file.nonce !== before?.file?.nonce) save(data.file.name, fromBase64(data.file.content));
    this.draw();
  }

  signed({ line, synthetic }) {
    return [...line, synthetic].filter(Boolean).flatMap((part, place) => [
      place ? " · " : "",
      part === synthetic ? make("span", { class: "rs-synthetic" }, part) : part,
    ]);
  }

  /** Show one of the card's views; only that one is filled. */
  turn(view) {
    const moved = view !== this.view;
    this.view = view;
    for (const each of VIEWS) {
      const chosen = each === view;
      this.tabs[each].setAttribute("aria-selected", chosen);
      this.tabs[each].tabIndex = chosen ? 0 : -1;
      this.panels[each].hidden = !chosen;
    }
    const panel = this.panels[view];
    if (view === "Table") panel.replaceChildren(...this.table());
    if (view === "About") panel.replaceChildren(...this.about());
    if (view === "Download") panel.replaceChildren(...this.downloads());
    if (view === "Link") panel.replaceChildren(...this.link());
    if (view === "Chart") this.fit();
    else if (moved && this.tablist.contains(document.activeElement)) panel.focus({ preventScroll: true });
  }

  table() {
    const { columns, numeric, rows, legend, headline } = this.data;
    const cell = (tag, text, place, more = {}) => make(tag, { class: numeric[place] ? "rs-number" : undefined, ...more }, text);
    return [
      make(
        "table",
        {},
        make("caption", { class: "rs-unseen" }, headline),
        make("thead", {}, make("tr", {}, ...columns.map((text, place) => cell("th", text, place, { scope: "col" })))),
        make("tbody", {}, ...rows.map((row) => make("tr", {}, ...row.map((text, place) => cell("td", text, place))))),
      ),
      ...legend.map((text) => make("p", {}, text)),
    ];
  }

  about() {
    return this.data.about.map(([name, text]) => make("p", {}, name ? make("b", {}, `${name} `) : "", ...explained(text, this.data.terms)));
  }

  downloads() {
    const { csv, headline } = this.data;
    const button = (kind, onclick) =>
      make("button", { type: "button", "aria-label": `Table as ${kind}: ${headline}`, onclick }, `Table as ${kind}`);
    return [
      button("CSV", () => save(csv.name, `\ufeff${csv.text}`, "text/csv")),
      button("XLSX", () => this.trigger("workbook", true)),
      make("p", {}, "Exactly the numbers shown, with the view, the source and the marks on top."),
    ];
  }

  link() {
    const address = new URL(this.data.link, window.location.href).href;
    const field = make("input", { type: "text", readonly: true, value: address, "aria-label": "Link to this screen" });
    const copied = make("span", { role: "status" });
    const copy = make(
      "button",
      {
        type: "button",
        onclick: async () => {
          field.select();
          await navigator.clipboard.writeText(address).catch(() => document.execCommand("copy"));
          copied.textContent = "Copied";
        },
      },
      "Copy",
    );
    const here = ["localhost", "127.0.0.1", "[::1]"].includes(window.location.hostname);
    const where = here ? " The app runs on this computer alone, so the link opens only here." : "";
    return [
      make("p", {}, "This link opens the same screen, with the same data."),
      make("div", { class: "rs-copy" }, field, copy, copied),
      make("p", {}, where),
    ];
  }

  /** Arrow keys move between the views, Home and End to the first and last. */
  along(event) {
    const step = { ArrowRight: 1, ArrowLeft: -1 }[event.key];
    const end = { Home: 0, End: VIEWS.length - 1 }[event.key];
    if (step === undefined && end === undefined) return;
    event.preventDefault();
    const now = VIEWS.findIndex((view) => this.tabs[view] === document.activeElement);
    const next = VIEWS[end ?? (now + step + VIEWS.length) % VIEWS.length];
    for (const view of VIEWS) this.tabs[view].tabIndex = view === next ? 0 : -1;
    this.tabs[next].focus();
  }

  /** Arrow keys read the parts of the chart one after another; Enter takes one where the chart is a control. */
  read(event) {
    const { columns, rows } = this.data;
    const parts = rows.map((row) => row.map((cell, place) => (place && this.data.numeric[place] ? `${columns[place].toLowerCase()} ${cell}` : cell)).join(", "));
    const step = { ArrowRight: 1, ArrowDown: 1, ArrowLeft: -1, ArrowUp: -1 }[event.key];
    if (step && parts.length) {
      event.preventDefault();
      this.place = Math.max(0, Math.min(parts.length - 1, this.place + step));
      this.told.textContent = parts[this.place];
    } else if (event.key === "Enter" && this.data.picks && this.place >= 0) {
      event.preventDefault();
      this.trigger("picked", [this.place % this.data.chart.data.length]);
    }
  }

  async draw() {
    const { chart, reason } = this.data;
    this.plot.hidden = !chart;
    say(this.reason, reason);
    if (!chart) return;
    let drawing;
    try {
      [drawing] = await Promise.all([plotlyFrom(this.at.plotly), styled]);
    } catch {
      this.plot.hidden = true;
      say(this.reason, "The chart cannot be drawn in this browser. Its numbers are in the table.");
      this.turn("Table");
      return;
    }
    this.plotly = drawing;
    await this.react();
    if (!this.heard) {
      this.heard = true;
      this.plot.on("plotly_click", ({ points }) => {
        if (this.data.picks) this.trigger("picked", [...new Set(points.map((point) => point.curveNumber))]);
      });
    }
  }

  async react() {
    const { chart, alt } = this.data;
    const before = this.size;
    this.size = this.room();
    const fits = this.size.width === before?.width && this.size.height === before?.height;
    const moving = fits && this.drawn && !window.matchMedia("(prefers-reduced-motion: reduce)").matches;
    const layout = {
      ...chart.layout,
      template: template(this.root),
      width: this.size.width,
      height: this.size.height,
      autosize: false,
      ...(moving ? { transition: { duration: 250, easing: "cubic-in-out" } } : {}),
    };
    const config = {
      displayModeBar: false,
      showSendToCloud: false,
      topojsonURL: new URL("app/static/topojson/", this.at.root).href,
    };
    this.plot.setAttribute("role", "img");
    this.plot.setAttribute("aria-label", alt);
    await this.plotly.react(this.plot, structuredClone(chart.data), layout, config);
    this.drawn = true;
    requestAnimationFrame(() => this.fit()); // what changed while it was drawn
    const { height, room = height } = this.size;
    this.body.style.setProperty("--rs-height", `${Math.min(height, room)}px`);
    this.panels.Chart.classList.toggle("rs-scrolls", height > room);
    this.plot.classList.toggle("rs-control", Boolean(this.data.picks));
  }

  /** Width and height of the chart: a leading card ends with the first screen, others share the height of their row. */
  room() {
    const screen = Math.floor(this.panels.Chart.clientWidth);
    const width = PAPER.matches ? Math.min(screen, WIDTH_OF_PAPER) : screen;
    const { lead, beside, chart } = this.data;
    const around = this.root.offsetHeight - this.panels.Chart.offsetHeight;
    const natural = Math.max(chart.height, Math.ceil(SHARE * around));
    if (this.dialog?.open) return { width, height: Math.max(LEAST, this.panels.Chart.clientHeight) };
    if (beside && !PAPER.matches) return { width, height: Math.max(natural, this.stretched()) };
    if (!lead || PAPER.matches || window.innerWidth < 640) return { width, height: natural };
    const scrolled = this.root.closest('[data-testid="stMain"]')?.scrollTop ?? 0;
    const top = this.root.getBoundingClientRect().top + scrolled;
    const room = Math.max(LEAST, window.innerHeight - top - around - MARGIN_OF_SCREEN);
    const readable = Math.max(natural * READABLE, Math.min(room, natural * 1.4));
    return { width, height: Math.round(Math.max(LEAST, readable)), room: Math.round(room) };
  }

  /** How high a chart may be so that its card ends where its neighbour does. */
  stretched() {
    const slot = this.root.parentElement.closest(".stBidiComponent")?.clientHeight ?? 0;
    return Math.floor(slot - (this.root.offsetHeight - this.panels.Chart.offsetHeight)) - 1;
  }

  fit() {
    if (!this.drawn || this.view !== "Chart" || !this.data.chart || this.fitting) return;
    const now = this.room();
    const same = ["width", "height", "room"].every((side) => Math.abs((now[side] ?? 0) - (this.size[side] ?? 0)) < 2);
    if (!now.width || same) return;
    this.fitting = true;
    this.react().finally(() => (this.fitting = false));
  }

  /** The card over the whole screen, and back. */
  enlarge() {
    if (this.dialog?.open) return this.dialog.close();
    const home = this.root.parentElement;
    this.dialog = make("dialog", { class: "rs-dialog", "aria-label": this.data.headline });
    this.dialog.onclose = () => {
      home.append(this.root);
      this.dialog.remove();
      this.dialog = undefined;
      this.large.focus();
      this.fit();
    };
    const style = getComputedStyle(home);
    for (const name of THEME) this.dialog.style.setProperty(name, style.getPropertyValue(name));
    this.dialog.append(this.root);
    document.body.append(this.dialog);
    this.dialog.showModal();
    this.fit();
  }

  remove() {
    this.seen.disconnect();
    PAPER.removeEventListener("change", this.fits);
    if (this.dialog?.open) this.dialog.close();
    if (this.drawn) this.plotly.purge(this.plot);
    this.root.remove();
  }
}

const THEME = ["text-color", "background-color", "secondary-background-color", "border-color", "primary-color", "font"].map(
  (name) => `--st-${name}`,
);

/** What every chart looks like, in the colours of the theme. */
function template(root) {
  const style = getComputedStyle(root);
  const [text, ground, , border, , family] = THEME.map((name) => style.getPropertyValue(name).trim());
  const axis = {
    automargin: true, zeroline: false, fixedrange: true, showline: false, ticks: "",
    gridcolor: border, linecolor: border, tickfont: { color: text }, title: { font: { size: 13 } },
  };
  const clear = "rgba(0,0,0,0)";
  return {
    layout: {
      font: { family, size: 13, color: text },
      paper_bgcolor: clear,
      plot_bgcolor: clear,
      hovermode: "closest",
      dragmode: false,
      bargap: 0.2,
      xaxis: axis,
      yaxis: axis,
      legend: { itemclick: false, itemdoubleclick: false },
      hoverlabel: { align: "left", bgcolor: ground, bordercolor: border, font: { color: text, size: 13 } },
      geo: { bgcolor: clear, landcolor: border, lakecolor: clear, showframe: false, coastlinecolor: border },
    },
  };
}

const fromBase64 = (text) => Uint8Array.from(atob(text), (sign) => sign.charCodeAt(0));

/** Save a file as the browser saves any download. */
function save(name, content, type = "application/octet-stream") {
  const address = URL.createObjectURL(new Blob([content], { type }));
  make("a", { href: address, download: name }).click();
  setTimeout(() => URL.revokeObjectURL(address), 10_000);
}

"""Cards in a real browser: how much room a chart has, what works without the server, keys alone, and accessibility."""

import csv
import io
from collections.abc import Callable
from pathlib import Path
from typing import Any, Final

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import expect

from components import figures
from components.frame import PAGES
from tests.browser.conftest import PATIENCE, Screen, end

pytestmark = pytest.mark.browser

Tab = Callable[..., Screen]

ANALYTICAL: Final = tuple(page for page in PAGES if page not in ("cohorts", "methods"))
SECTIONS: Final = tuple(
    f"{page}?look-{page}={section.key}&v=3" if page in figures.ONE_AT_A_TIME else page
    for page in ANALYTICAL
    for section in (figures.PAGES[page] if page in figures.ONE_AT_A_TIME else (None,))
)
"""Every section of every page with figures, as a link opens it."""

MEASURES: Final = """() => {
    const box = node => node?.getBoundingClientRect();
    const seen = selector => {
        const found = box(document.querySelector(selector));
        return found && found.height > 0 && found.bottom <= innerHeight;
    };
    const cards = [...document.querySelectorAll('.rs-card')].map(card => {
        const whole = box(card), plot = box(card.querySelector('.rs-plot'));
        return {lead: card.classList.contains('rs-lead'), bottom: whole.bottom, top: whole.top,
            height: whole.height, share: plot.height / whole.height};
    });
    return {question: seen('h1'), answer: seen('.rs-answer'), synthetic: seen('.rs-head .rs-synthetic'), cards,
        high: innerHeight};
}"""

AT_REST: Final = """async () => {{
    const measures = {measures}, frames = 12;
    for (let before = '', same = 0; ;) {{
        await new Promise(requestAnimationFrame);
        const found = measures(), now = JSON.stringify(found);
        same = now === before ? same + 1 : 0;
        before = now;
        if (same === frames) return found;
    }}
}}"""


def measured(screen: Screen, place: str) -> dict[str, Any]:
    """The measures of a page once they have come to rest: a font that arrives moves a line."""
    screen.open(place)
    return screen.page.evaluate(AT_REST.format(measures=MEASURES))


def test_the_first_screen_holds_question_answer_mark_and_the_leading_card_whole(tab: Tab, address: str) -> None:
    screen = tab(address, height=800)
    wrong = {}
    for place in SECTIONS:
        found = measured(screen, place)
        missing = [name for name in ("question", "answer") if not found[name]]
        missing += [] if found["synthetic"] or place == "returns" else ["synthetic"]
        drawn = [card for card in found["cards"] if card["share"]]
        for card in (card for card in drawn if card["lead"]):
            missing += [f"lead {card}"] if card["bottom"] > found["high"] or card["share"] < 0.7 else []
        missing += [f"pair {card}" for card in drawn if not card["lead"] and card["share"] < 0.6]
        if missing:
            wrong[place] = missing
    assert wrong == {}


def test_on_a_phone_the_first_finding_is_on_the_first_screen(tab: Tab, address: str) -> None:
    screen = tab(address, width=390, height=844)
    for page in ANALYTICAL:
        found = measured(screen, page)
        assert found["answer"], page
        assert found["cards"][0]["top"] < found["high"], page


def test_a_filter_moves_the_charts_and_takes_none_of_them_down(tab: Tab, address: str) -> None:
    screen = tab(address)
    for page in ("corridors", "distributions"):
        screen.open(page)
        screen.page.evaluate("() => document.querySelectorAll('.js-plotly-plot').forEach(plot => plot.marked = true)")
        plots = screen.page.locator(".js-plotly-plot").count()
        before = screen.page.locator(".rs-line").first.inner_text()
        screen.page.get_by_test_id("stSidebar").get_by_role("radio", name="Forced", exact=True).click()
        screen.shows("All corridors, forced")
        assert screen.page.locator(".rs-line").first.inner_text() != before
        marked = "() => [...document.querySelectorAll('.js-plotly-plot')].filter(plot => plot.marked).length"
        assert screen.page.evaluate(marked) == plots > 2


def test_table_about_link_and_file_need_no_server(
    tab: Tab, start: Callable[..., str], servers: dict[str, Any], tmp_path: Path
) -> None:
    own = start(place=tmp_path / "library")
    screen = tab(own)
    screen.open("corridors?band=Forced")
    end(servers[own])
    card = screen.page.locator(".rs-card").nth(1)

    def turned(view: str) -> str:
        card.get_by_role("tab", name=view).evaluate("tab => tab.click()")  # Streamlit's own dialog lies over it
        return card.get_by_role("tabpanel").inner_text()

    table = turned("Table")
    assert "Libya → Nigeria" in table
    assert "How it is made." in turned("About")
    turned("Link")
    link = card.get_by_role("textbox", name="Link to this screen").input_value()
    assert link == f"{own}/corridors?v=3&cohort=demo&band=forced"
    turned("Download")
    with screen.page.expect_download() as taken:
        card.get_by_role("button", name="Table as CSV").evaluate("button => button.click()")
    content = taken.value.path().read_bytes()
    assert content.startswith(b"\xef\xbb\xbf")
    rows = [row for row in csv.reader(io.StringIO(content.decode("utf-8-sig"))) if not row[0].startswith("# ")]
    assert "SYNTHETIC DATA" in content.decode("utf-8-sig")
    assert [row[0] for row in rows[1:]] == [line.split("\t")[0] for line in table.splitlines() if "→" in line]


def test_without_the_module_or_plotly_the_finding_and_the_table_stand(tab: Tab, address: str) -> None:
    for blocked, shows in (("card.js", ".stBidiComponent p"), ("plotly.js", ".rs-card table")):
        screen = tab(address)
        screen.page.context.route(lambda url, blocked=blocked: url.endswith(blocked), lambda route: route.abort())
        screen.page.goto(f"{address}/corridors")
        expect(screen.page.locator(shows).first).to_be_visible(timeout=PATIENCE)
        expect(screen.page.get_by_text("Libya → Nigeria").first).to_be_attached(timeout=PATIENCE)
        expect(screen.page.get_by_text("How do return corridors compare?").first).to_be_visible(timeout=PATIENCE)


KEYS: Final = 15


@pytest.mark.parametrize("page", ["corridors", "distributions", "trajectories"])
def test_keys_alone_reach_the_table_of_the_main_finding(tab: Tab, address: str, page: str) -> None:
    screen = tab(address)
    screen.open(page)
    pressed = ["Tab", "Enter", "Tab", "Tab", "ArrowRight", "Enter"]
    assert len(pressed) < KEYS
    for key in pressed:
        screen.page.keyboard.press(key)
    table = screen.page.locator(".rs-card").first.locator(".rs-table")
    expect(table).to_be_focused()
    assert "People" in table.inner_text()
    screen.page.keyboard.press("Escape")
    expect(screen.page.locator(".rs-card").first.get_by_role("tab", name="Chart")).to_be_focused()


def test_the_strip_of_bands_answers_to_keys(tab: Tab, address: str) -> None:
    screen = tab(address)
    screen.open("spectrum")
    chart = screen.page.locator(".rs-card").first.locator(".rs-chart")
    chart.focus()
    for _ in range(6):
        screen.page.keyboard.press("ArrowRight")
    expect(chart.get_by_role("status")).to_contain_text("Forced")
    screen.page.keyboard.press("Enter")
    screen.shows("All corridors, forced")
    screen.page.get_by_role("button", name="Forced: Show all bands").click()
    screen.shows("All corridors, all bands")


RULES: Final = ["wcag2a", "wcag2aa", "wcag21aa", "wcag22aa", "best-practice"]


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_no_page_has_a_serious_or_moderate_barrier(tab: Tab, address: str, scheme: str) -> None:
    screen = tab(address, scheme=scheme)
    found = {}
    for page in PAGES:
        screen.open("" if page == "overview" else page)
        result = Axe().run(screen.page, options={"runOnly": {"type": "tag", "values": RULES}})
        for barrier in result.response["violations"]:
            if barrier["impact"] in ("serious", "critical", "moderate"):
                nodes = [node["html"][:160] for node in barrier["nodes"]]
                found[page, barrier["id"]] = nodes[:3]
    assert found == {}

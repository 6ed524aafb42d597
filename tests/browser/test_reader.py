"""What only a real browser shows: a reader changes choices, follows links, and looks at every page."""

from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import expect

from components.frame import PAGES
from tests.browser.conftest import PATIENCE, Screen

pytestmark = pytest.mark.browser

Tab = Callable[..., Screen]

CUT_OFF = """() => {
    const wide = window.innerWidth;
    const cut = [];
    for (const text of document.querySelectorAll('.js-plotly-plot svg text')) {
        const box = text.getBoundingClientRect(), frame = text.closest('.js-plotly-plot').getBoundingClientRect();
        if (box.width && (box.left < frame.left - 2 || box.right > frame.right + 2)) cut.push(text.textContent);
    }
    return {cut, overflow: document.documentElement.scrollWidth - wide};
}"""
"""Texts of charts that stand out of their chart, and by how many pixels the page is wider than the screen."""

OVERLAP = """() => {
    const overlaps = [];
    for (const plot of document.querySelectorAll('.js-plotly-plot')) {
        for (const axis of plot.querySelectorAll('.xaxislayer-above, .yaxislayer-above')) {
            const boxes = [...axis.querySelectorAll('text')].map(t => [t.textContent, t.getBoundingClientRect()]);
            boxes.forEach(([a, p], i) => boxes.slice(i + 1).forEach(([b, q]) => {
                const x = Math.min(p.right, q.right) - Math.max(p.left, q.left);
                const y = Math.min(p.bottom, q.bottom) - Math.max(p.top, q.top);
                if (x > 2 && y > 2) overlaps.push(a + ' / ' + b);
            }));
        }
    }
    return overlaps;
}"""
"""Pairs of axis labels that lie on each other."""


PLACE = "Where to"


def choose(screen: Screen, title: str, word: str) -> None:
    """Choose a word in one of the sidebar's boxes, which draws only the options that are looked at."""
    screen.page.get_by_test_id("stSidebar").get_by_role("combobox", name=title).fill(word)
    screen.page.get_by_role("option", name=word, exact=True).click()


def test_a_reader_changes_band_corridor_and_page_and_the_figures_follow(tab: Tab, address: str) -> None:
    screen = tab(address)
    screen.open("corridors")
    everyone = screen.sentence()
    before = screen.page.locator(".rs-headline").all_inner_texts()

    screen.page.get_by_test_id("stSidebar").get_by_role("radio", name="Forced", exact=True).click()
    screen.shows("All corridors, forced")
    screen.settle()
    forced = screen.sentence()
    assert forced != everyone
    assert screen.page.locator(".rs-headline").all_inner_texts() != before
    assert "band=Forced" in screen.page.url

    choose(screen, PLACE, "Germany → Afghanistan")
    screen.shows("Germany → Afghanistan, forced")
    screen.settle()
    assert screen.sentence() not in (everyone, forced)
    one_corridor = screen.sentence()

    screen.page.get_by_role("link", name="Spectrum").click()
    expect(screen.page.get_by_role("heading", name="Does the kind of return matter?")).to_be_visible(timeout=PATIENCE)
    screen.settle()
    assert screen.sentence() == one_corridor
    assert "band=Forced" in screen.page.url


def test_a_copied_link_opens_the_same_screen(tab: Tab, address: str) -> None:
    screen = tab(address)
    screen.open("distributions?band=Compulsory&sex=Women&group=Sex&line=0.4")
    screen.page.get_by_role("tab", name="Link").first.click()
    copied = screen.page.get_by_role("textbox", name="Link to this screen").input_value()
    assert copied == f"{address}/distributions?v=3&cohort=demo&band=compulsory&sex=female&group=sex&line=0.4"

    other = tab(address)
    other.open(copied.removeprefix(f"{address}/"))
    assert other.sentence() == screen.sentence()
    assert "compulsory (obliged and forced), women" in other.sentence()
    assert other.page.locator(".rs-headline").all_inner_texts() == screen.page.locator(".rs-headline").all_inner_texts()


@pytest.mark.parametrize("link", ["v=3&place=DEU-AFG&months=7-12", "v=2&corridor=DEU-AFG&months=6&months=12"])
def test_a_link_in_codes_stands_in_words_and_outlasts_reload_change_and_going_back(
    tab: Tab, address: str, link: str
) -> None:
    screen = tab(address)
    screen.open("methods")
    screen.open(f"distributions?{link}&band=forced&group=sex&drawn-as=box")
    screen.shows("Germany → Afghanistan, forced, 7–12 months")
    opened, figures = screen.sentence(), screen.page.locator(".rs-headline").all_inner_texts()
    for words in ("band=Forced", "place=Germany", "months=7", "group=Sex", "drawn-as=Box"):
        assert words in screen.page.url
    assert "v=" not in screen.page.url
    told = screen.page.get_by_text("each choice of who is in view takes one value now")
    expect(told).to_have_count(0 if "v=3" in link else 1)

    screen.page.reload()
    screen.settle()
    assert (screen.sentence(), screen.page.locator(".rs-headline").all_inner_texts()) == (opened, figures)

    screen.page.go_back()  # to the link itself: the screen stays, and the next step leaves it
    screen.page.wait_for_url(lambda url: "v=" not in url and "band=Forced" in url, timeout=PATIENCE)
    screen.settle()
    assert (screen.sentence(), screen.page.locator(".rs-headline").all_inner_texts()) == (opened, figures)
    assert "corridor=" not in screen.page.url
    for words in ("stException", "Part of this link was ignored"):
        expect(screen.page.get_by_test_id(words).or_(screen.page.get_by_text(words))).to_have_count(0)
    screen.page.go_back()
    expect(screen.page.get_by_role("heading", name="How is each figure made?")).to_be_visible(timeout=PATIENCE)


def test_going_back_and_forward_brings_the_choice_of_each_page_back(tab: Tab, address: str) -> None:
    screen = tab(address)
    screen.open("spectrum?place=Germany+→+Afghanistan")
    seen = {"spectrum": (screen.sentence(), screen.page.locator(".rs-headline").all_inner_texts())}
    screen.page.get_by_role("link", name="Returns").click()
    screen.page.wait_for_url(lambda url: "returns" in url, timeout=PATIENCE)
    screen.settle()
    choose(screen, PLACE, "To Afghanistan")
    screen.shows("To Afghanistan, all bands")
    screen.settle()
    seen["returns"] = (screen.sentence(), screen.page.locator(".rs-headline").all_inner_texts())
    for go, page, place in (
        ("back", "spectrum", "Germany → Afghanistan"),
        ("forward", "returns", "To Afghanistan"),
        ("back", "spectrum", "Germany → Afghanistan"),
    ):
        getattr(screen.page, f"go_{go}")()
        screen.page.wait_for_url(lambda url, page=page: page in url, timeout=PATIENCE)
        screen.shows(f"{place}, all bands")
        screen.settle()
        assert (screen.sentence(), screen.page.locator(".rs-headline").all_inner_texts()) == seen[page]
        expect(screen.page.get_by_test_id("stSidebar").get_by_role("combobox", name=PLACE)).to_have_value(place)


@pytest.mark.parametrize("path", ["overview", "overview?v=2&band=forced"])
def test_the_overview_is_found_by_its_name(tab: Tab, address: str, path: str) -> None:
    screen = tab(address)
    screen.page.goto(f"{address}/{path}")
    title = screen.page.get_by_role("heading", name="What do the data say about return and reintegration?")
    expect(title.or_(screen.page.get_by_text("Page not found")).first).to_be_visible(timeout=PATIENCE)
    expect(screen.page.get_by_text("Page not found")).to_have_count(0)
    screen.settle()
    assert screen.sentence().startswith(f"All corridors, {'forced' if '?' in path else 'all bands'}")


@pytest.mark.parametrize("wrong", ["line=0.503&v=3", "line=0.503&line=0.4"])
def test_a_number_that_a_slider_does_not_have_is_refused_and_told(tab: Tab, address: str, wrong: str) -> None:
    screen = tab(address)
    screen.open("distributions?band=Forced")
    usual = screen.page.locator(".rs-headline").all_inner_texts()
    other = tab(address)
    other.open(f"distributions?band=Forced&{wrong}")
    expect(other.page.get_by_text("Part of this link was ignored").first).to_be_visible(timeout=PATIENCE)
    other.settle()
    assert (other.sentence(), other.page.locator(".rs-headline").all_inner_texts()) == (screen.sentence(), usual)
    assert other.page.url == screen.page.url


@pytest.mark.parametrize("path", ["methods", "spectrum?v=2&band=obliged&band=forced"])
def test_a_deep_link_as_first_request_after_the_start_shows_the_whole_frame(
    tab: Tab, start: Callable[[], str], path: str
) -> None:
    screen = tab(start())
    screen.open(path)
    expect(screen.page.get_by_role("link", name="Corridors", exact=True)).to_be_visible(timeout=PATIENCE)
    expect(screen.page.get_by_test_id("stSidebar").get_by_text("Who is in view")).to_be_visible(timeout=PATIENCE)
    expect(screen.page.get_by_text("Page not found")).to_have_count(0)
    assert path.split("?")[0] in screen.page.url


def test_nonsense_in_a_link_is_ignored_with_a_word(tab: Tab, address: str) -> None:
    screen = tab(address)
    screen.open("corridors?band=%3Cscript%3E&months=-5&place=zzz&frobnicate=1&reference=Nowhere&line=7")
    expect(screen.page.get_by_text("Part of this link was ignored").first).to_be_visible(timeout=PATIENCE)
    assert "All corridors, all bands" in screen.sentence()
    assert "script" not in screen.page.get_by_test_id("stMain").inner_text()
    expect(screen.page.get_by_test_id("stException")).to_have_count(0)


@pytest.mark.parametrize(("width", "scheme"), [(1280, "light"), (390, "dark")])  # colours take no room
def test_every_page_fits_its_screen_and_asks_nobody_outside(tab: Tab, address: str, width: int, scheme: str) -> None:
    screen = tab(address, width=width, scheme=scheme)
    for name in PAGES:
        screen.open("" if name == "overview" else name)
        found = screen.page.evaluate(CUT_OFF)
        assert found == {"cut": [], "overflow": 0}, name
        assert screen.page.evaluate(OVERLAP) == [], name
        expect(screen.page.get_by_test_id("stException")).to_have_count(0)
    outside = [url for url in screen.requests if not url.startswith((address, "data:", "blob:"))]
    assert outside == []


def test_a_kept_file_is_in_view_and_stays_after_a_bad_one(tab: Tab, address: str, tmp_path: Path) -> None:
    rows = [f"q{n},{n % 2 + 1},Germany,Afghanistan,forced,0.{n % 9}5" for n in range(60)]
    good = tmp_path / "good.csv"
    good.write_text("\n".join(["person,wave,host,country of return,band,composite", *rows]), "utf-8")
    bad = tmp_path / "bad.xlsx"
    bad.write_bytes(b"PK\x03\x04 not a workbook")

    screen = tab(address)
    screen.open("cohorts")
    screen.page.get_by_test_id("stFileUploaderDropzoneInput").set_input_files(good)
    expect(screen.page.get_by_text("Checked: 60 people")).to_be_visible(timeout=PATIENCE)
    screen.page.get_by_role("textbox", name="Name").fill("Sixty people")
    screen.page.get_by_role("button", name="Keep and show").click()
    expect(screen.page.get_by_text("“Sixty people” is kept and in view.")).to_be_visible(timeout=PATIENCE)

    screen.page.get_by_test_id("stFileUploaderDropzoneInput").set_input_files(bad)
    expect(screen.page.get_by_text("everything kept before is as it was")).to_be_visible(timeout=PATIENCE)
    screen.page.get_by_role("link", name="Corridors", exact=True).click()
    expect(screen.page.locator(".rs-people")).to_contain_text("60 people", timeout=PATIENCE)

    screen.page.get_by_role("link", name="Cohorts").click()
    expect(screen.page.locator("h1", has_text="What data are loaded")).to_be_visible(timeout=PATIENCE)
    screen.settle()  # a popover opened while the page is still being drawn is closed by the next part of it
    screen.page.get_by_role("button", name="Remove", exact=True).first.click()
    screen.page.get_by_role("button", name="Remove for good").first.click()
    expect(screen.page.get_by_text("“Sixty people” is removed.")).to_be_visible(timeout=PATIENCE)


def test_the_map_draws_with_the_network_blocked(tab: Tab, address: str) -> None:
    screen = tab(address)
    screen.page.context.route(lambda url: not url.startswith(address), lambda route: route.abort())
    screen.open("corridors")
    countries = screen.page.locator(".choroplethlayer path")
    expect(countries.nth(1)).to_be_attached(timeout=PATIENCE)
    assert f"{address}/app/static/topojson/world_50m.json" in screen.requests

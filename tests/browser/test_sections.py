"""What only a browser shows of the sections: keys instead of a mouse, a chart that is a control, a reading stopped."""

from collections.abc import Callable
from pathlib import Path

import pandas as pd
import pytest
from playwright.sync_api import expect

from data.cohort import POINTS
from data.demo import demo_cohort
from tests.browser.conftest import PATIENCE, Screen

pytestmark = pytest.mark.browser


def test_the_way_from_score_to_answer_can_be_gone_by_keys_alone(tab: Callable[..., Screen], address: str) -> None:
    screen = tab(address)
    screen.open("distributions?look-distributions=From+score+to+answer")
    for step, left in (("Economic", "economic"), ("Debt to spending", "debt"), ("Ability to borrow money", "borrow")):
        button = screen.page.get_by_role("button", name=step, exact=False).first
        expect(button).to_be_visible(timeout=PATIENCE)
        button.focus()
        screen.page.keyboard.press("Enter")
        screen.page.wait_for_url(lambda url, left=left: left in url.lower(), timeout=PATIENCE)
        screen.settle()
    expect(screen.page.get_by_role("button", name="Back up")).to_be_visible(timeout=PATIENCE)
    expect(screen.page.locator(".rs-card")).to_have_count(1, timeout=PATIENCE)


def test_a_click_on_the_strip_keeps_one_band_in_view(tab: Callable[..., Screen], address: str) -> None:
    screen = tab(address)
    screen.open("spectrum")
    bars = screen.page.locator(".barlayer .point path")
    expect(bars.nth(5)).to_be_visible(timeout=PATIENCE)
    strip = screen.page.locator(".rs-card").first
    forced = strip.locator(".barlayer .trace").nth(5).locator("path").bounding_box()
    assert forced
    screen.page.mouse.click(forced["x"] + forced["width"] / 2, forced["y"] + forced["height"] / 2)
    screen.page.wait_for_url(lambda url: "band=Forced" in url, timeout=PATIENCE)
    screen.settle()
    assert screen.sentence().startswith("All corridors, forced")


def test_a_reading_can_be_stopped_and_nothing_is_kept(
    tab: Callable[..., Screen], address: str, library: Path, tmp_path: Path
) -> None:
    frame = demo_cohort().frame.drop(columns=["interview", "profile", *POINTS])
    file = tmp_path / "slow.csv"
    pd.concat([frame] * 20, ignore_index=True).to_csv(file, index=False)
    before = {kept.name for kept in library.iterdir()}
    screen = tab(address)
    screen.open("cohorts")
    screen.page.get_by_test_id("stFileUploaderDropzoneInput").first.set_input_files(file)
    screen.page.get_by_role("button", name="Stop").first.click(timeout=PATIENCE)
    expect(screen.page.get_by_test_id("stFileUploaderFile")).to_have_count(0, timeout=PATIENCE)
    expect(screen.page.get_by_role("button", name="Keep and show")).to_have_count(0, timeout=PATIENCE)
    assert {kept.name for kept in library.iterdir()} == before

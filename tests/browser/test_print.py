"""The profile on paper: a printed chart keeps the width it has on screen, so it must not be wider than the paper."""

from collections.abc import Callable
from typing import Final

import pytest
from playwright.sync_api import expect

from tests.browser.conftest import PATIENCE, Screen

pytestmark = pytest.mark.browser

PAPER: Final = 470
"""Pixels that A4 upright (794) leaves for a chart beside margins of a centimetre, the sidebar, and the card's edges."""


CHARTS: Final = 5
"""The charts of a profile where no recorded returns are kept, as after the first start."""


@pytest.mark.parametrize("width", [1280, 2560])
def test_no_chart_of_a_profile_is_wider_than_paper(tab: Callable[..., Screen], address: str, width: int) -> None:
    screen = tab(address, width=width)
    screen.open("profile?of=Pakistan+→+Afghanistan")
    charts = screen.page.get_by_test_id("stPlotlyChart")
    expect(charts).to_have_count(CHARTS, timeout=PATIENCE)
    for place in range(CHARTS):
        drawn = charts.nth(place).locator("svg").first
        expect(drawn).to_be_attached(timeout=PATIENCE)
        assert drawn.bounding_box()["width"] <= PAPER

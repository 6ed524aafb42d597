"""The profile on paper: the sidebar stays away, and no chart is wider than the paper."""

from collections.abc import Callable
from typing import Final

import pytest

from tests.browser.conftest import PATIENCE, Screen

pytestmark = pytest.mark.browser

PAPER: Final = 718
"""Pixels of A4 upright (794) beside margins of a centimetre."""

NARROW: Final = """paper => [...document.querySelectorAll('.rs-plot:not([hidden]) .main-svg')]
    .every(plot => plot.getBoundingClientRect().width <= paper)"""


@pytest.mark.parametrize("width", [1280, 2560])
def test_no_chart_of_a_profile_is_wider_than_paper(tab: Callable[..., Screen], address: str, width: int) -> None:
    screen = tab(address, width=width)
    screen.open("profile?of=Pakistan+→+Afghanistan")
    assert screen.page.locator(".rs-plot .main-svg").count() > 4
    screen.page.emulate_media(media="print")
    screen.page.wait_for_function(NARROW, arg=PAPER, timeout=PATIENCE)
    assert not screen.page.get_by_test_id("stSidebar").is_visible()

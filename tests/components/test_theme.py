import re
import tomllib
from itertools import product
from pathlib import Path

import plotly.graph_objects as go
import plotly.io as pio
import pytest

from components import theme
from data.vocabulary import SCORES, ReturnBand

THEME = tomllib.loads((Path(__file__).parents[2] / ".streamlit" / "config.toml").read_text(encoding="utf-8"))["theme"]
GROUNDS = {mode: THEME[mode]["backgroundColor"] for mode in ("light", "dark")}
"""What charts are drawn on."""

COLOURS = {*theme.BAND_COLOURS.values(), *theme.SCORE_COLOURS.values(), *theme.LINE_COLOURS, theme.GREY}


def luminance(colour: str) -> float:
    """Relative luminance as WCAG 2.2 defines it."""
    channels = [int(colour[place : place + 2], 16) / 255 for place in (1, 3, 5)]
    linear = [value / 12.92 if value <= 0.04045 else ((value + 0.055) / 1.055) ** 2.4 for value in channels]
    return sum(weight * value for weight, value in zip((0.2126, 0.7152, 0.0722), linear, strict=True))


def contrast(one: str, other: str) -> float:
    dark, light = sorted((luminance(one), luminance(other)))
    return (light + 0.05) / (dark + 0.05)


def test_contrast_is_as_wcag_says() -> None:
    assert contrast("#000000", "#ffffff") == pytest.approx(21)
    assert contrast("#777777", "#ffffff") == pytest.approx(4.48, abs=0.005)


def test_streamlit_and_charts_have_the_same_colours() -> None:
    wanted = [*theme.BAND_COLOURS.values(), *theme.SCORE_COLOURS.values()]
    assert THEME["chartCategoricalColors"] == wanted


def test_every_band_and_score_has_a_colour_of_its_own() -> None:
    assert [*theme.BAND_COLOURS] == [*ReturnBand]
    assert [*theme.SCORE_COLOURS] == [*theme.SCORE_SYMBOLS] == [*SCORES]
    both = [*theme.BAND_COLOURS.values(), *theme.SCORE_COLOURS.values()]
    assert len({*both}) == len(both)
    assert len({*theme.SCORE_SYMBOLS.values()}) == len(SCORES)
    assert len({*theme.LINE_COLOURS}) == len(theme.LINE_COLOURS) == len({*theme.DASHES})


@pytest.mark.parametrize(("colour", "ground"), [*product(sorted(COLOURS), GROUNDS)])
def test_every_colour_stands_out_from_every_ground(colour: str, ground: str) -> None:
    assert re.fullmatch("#[0-9a-f]{6}", colour)
    assert contrast(colour, GROUNDS[ground]) >= 3


@pytest.mark.parametrize("shade", theme.SHADES)
def test_shades_stand_out_and_carry_text(shade: str) -> None:
    assert all(contrast(shade, ground) >= 3 for ground in GROUNDS.values())
    assert contrast(shade, theme.ink(shade)) >= 4.5


def test_text_and_links_can_be_read_in_both_modes() -> None:
    for mode in ("light", "dark"):
        for ground in ("backgroundColor", "secondaryBackgroundColor"):
            assert contrast(THEME[mode]["textColor"], THEME[mode][ground]) >= 7
            assert contrast(THEME[mode]["primaryColor"], THEME[mode][ground]) >= 3


def test_bands_grow_darker_from_most_to_least_voluntary() -> None:
    lights = [luminance(colour) for band, colour in theme.BAND_COLOURS.items() if band != ReturnBand.UNCLASSIFIED]
    assert lights == sorted(lights, reverse=True)


def test_the_template_is_registered_and_charts_wear_it() -> None:
    assert theme.TEMPLATE in pio.templates
    figure = theme.finish(go.Figure(), 300)
    assert figure.layout.template.layout.dragmode is False
    assert figure.layout.height == 300


def test_plotly_s_own_buttons_send_nothing_out() -> None:
    assert theme.CONFIG["displayModeBar"] is False
    assert theme.CONFIG["showSendToCloud"] is False

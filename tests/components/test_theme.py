import re
import tomllib
from itertools import combinations, pairwise, product
from pathlib import Path

import plotly.graph_objects as go
import pytest
from coloraide import Color

from components import theme
from components.card import assets
from data.vocabulary import SCORES, ReturnBand

THEME = tomllib.loads((Path(__file__).parents[2] / ".streamlit" / "config.toml").read_text(encoding="utf-8"))["theme"]
GROUNDS = {
    "light": THEME["light"]["backgroundColor"],
    "dark": THEME["dark"]["backgroundColor"],
    "dark card": THEME["dark"]["secondaryBackgroundColor"],
}
"""What charts are drawn on."""

RAMP = [colour for band, colour in theme.BAND_COLOURS.items() if band != ReturnBand.UNCLASSIFIED]
SCALES = {
    "groups": theme.LINE_COLOURS,
    "levels": [*theme.LEVEL_COLOURS.values()],
    "answers": [*theme.ANSWER_COLOURS.values()],
    "shapes": [*theme.SHAPE_COLOURS.values()],
    "choices": [*theme.CHOICE_COLOURS.values()],
    "states": [*theme.STATE_COLOURS.values()],
    "shades": theme.SHADES,
    "one series": [theme.STRONG],
}
"""What has colours of its own besides bands and scores."""

LINES = {
    *theme.BAND_LINES.values(),
    *theme.SCORE_COLOURS.values(),
    theme.GREY,
    *(c for s in SCALES.values() for c in s),
}
"""What is drawn without an outline."""

SEEN = {
    "as it is": lambda colour: Color(colour),
    **{
        f"{kind}opia, {method}": lambda colour, kind=kind, method=method: Color(colour).filter(kind, method=method)
        for kind in ("protan", "deutan", "tritan")
        for method in ("brettel", "machado")
    },
}
"""How readers see a colour, after Brettel (1997) and Machado (2009)."""

APART = 12
"""Least ΔE (CIEDE2000) between colours that mean different things and may stand side by side."""


def apart(one: str, other: str, seen: str = "as it is") -> float:
    """ΔE 2000 of two colours as some readers see them."""
    return SEEN[seen](one).delta_e(SEEN[seen](other), method="2000")


def lightness(colour: str) -> float:
    return Color(colour).convert("lab-d65")["lightness"]


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
    assert [*theme.BAND_COLOURS] == [*theme.BAND_LINES] == [*ReturnBand]
    assert [*theme.SCORE_COLOURS] == [*theme.SCORE_SYMBOLS] == [*SCORES]
    assert len({*theme.SCORE_SYMBOLS.values()}) == len(SCORES)
    assert len({*theme.LINE_COLOURS}) == len(theme.LINE_COLOURS) == len({*theme.DASHES})


def test_a_published_pair_of_colours_is_as_far_apart_as_published() -> None:
    """Pair 1 of Sharma, Wu and Dalal, "The CIEDE2000 color-difference formula" (2005), Table 1."""
    one, other = Color("lab-d65", [50, 2.6772, -79.7751]), Color("lab-d65", [50, 0, -82.7485])
    assert one.delta_e(other, method="2000") == pytest.approx(2.0425, abs=0.00005)


@pytest.mark.parametrize("seen", SEEN)
@pytest.mark.parametrize("bands", [theme.BAND_COLOURS, theme.BAND_LINES], ids=["pieces", "lines"])
def test_neighbouring_bands_are_apart_to_every_reader(bands: dict[ReturnBand, str], seen: str) -> None:
    """Lines have their dash, symbol and name besides: they are apart as most see them."""
    least = APART if bands is theme.BAND_COLOURS or seen == "as it is" else 5
    ramp = [colour for band, colour in bands.items() if band != ReturnBand.UNCLASSIFIED]
    assert min(apart(one, other, seen) for one, other in pairwise(ramp)) >= least


def test_the_order_of_the_bands_survives_a_grey_print() -> None:
    lights = [lightness(colour) for colour in RAMP]
    assert lights[0] == pytest.approx(86, abs=2)
    assert lights[-1] == pytest.approx(30, abs=2)
    assert min(lighter - darker for lighter, darker in pairwise(lights)) >= 8.5
    grey = [Color(colour).filter("grayscale") for colour in RAMP]
    assert min(one.delta_e(other, method="2000") for one, other in pairwise(grey)) >= 6


@pytest.mark.parametrize(("band", "ground"), [*product(ReturnBand, GROUNDS)])
def test_every_piece_or_its_outline_stands_out_from_every_ground(band: ReturnBand, ground: str) -> None:
    look = theme.of_band(band)
    assert look["color"] == theme.BAND_COLOURS[band]
    edge = Color(look["line"]["color"])
    over = edge.clone().set("alpha", 1).mix(GROUNDS[ground], 1 - edge.alpha(), space="srgb").to_string(hex=True)
    assert max(contrast(look["color"], GROUNDS[ground]), contrast(over, GROUNDS[ground])) >= theme.VISIBLE


def test_the_unclassified_are_hatched_and_not_as_what_is_masked() -> None:
    hatched = theme.of_band(ReturnBand.UNCLASSIFIED)
    assert hatched["pattern"]["shape"] != theme.hatched()["pattern"]["shape"]
    assert hatched["color"] != theme.hatched()["color"] == theme.EMPTY
    assert not any("pattern" in theme.of_band(band) for band in ReturnBand if band != ReturnBand.UNCLASSIFIED)


@pytest.mark.parametrize("colour", sorted(theme.BAND_COLOURS.values()))
def test_words_can_be_read_on_every_band(colour: str) -> None:
    assert contrast(colour, theme.ink(colour)) >= 4.5


def test_scores_are_apart_from_bands_and_from_each_other() -> None:
    scores = [*theme.SCORE_COLOURS.values()]
    assert min(apart(one, other) for one, other in product(scores, RAMP)) >= APART
    assert min(apart(one, other) for one, other in combinations(scores, 2)) >= APART


@pytest.mark.parametrize("scale", SCALES)
def test_one_colour_means_one_thing(scale: str) -> None:
    """Nothing else wears a colour like a band's or a score's; grey alone is everywhere, for what is no group."""
    own = [colour for colour in SCALES[scale] if colour != theme.GREY]
    taken = [*RAMP, *theme.SCORE_COLOURS.values()]
    assert min(apart(one, other) for one, other in product(own, taken)) >= APART


def test_named_groups_are_apart_from_each_other_and_have_dashes_besides() -> None:
    assert min(apart(one, other) for one, other in combinations(theme.LINE_COLOURS, 2)) >= 15
    assert theme.LINE_COLOURS[0] == theme.STRONG


@pytest.mark.parametrize("scale", ["levels", "answers", "shapes", "choices", "states"])
def test_what_is_stacked_is_told_apart_from_its_neighbours(scale: str) -> None:
    colours = [*dict.fromkeys(SCALES[scale])]
    assert min(apart(one, other) for one, other in pairwise(colours)) >= (APART if scale != "choices" else 10)


@pytest.mark.parametrize(("colour", "ground"), [*product(sorted(LINES), GROUNDS)])
def test_every_line_stands_out_from_every_ground(colour: str, ground: str) -> None:
    assert re.fullmatch("#[0-9a-f]{6}", colour)
    assert contrast(colour, GROUNDS[ground]) >= theme.VISIBLE


@pytest.mark.parametrize("shade", theme.SHADES)
def test_shades_stand_out_and_carry_text(shade: str) -> None:
    assert all(contrast(shade, ground) >= 3 for ground in GROUNDS.values())
    assert contrast(shade, theme.ink(shade)) >= 4.5


def test_text_and_links_can_be_read_in_both_modes() -> None:
    for mode in ("light", "dark"):
        for ground in ("backgroundColor", "secondaryBackgroundColor"):
            assert contrast(THEME[mode]["textColor"], THEME[mode][ground]) >= 7
            assert contrast(THEME[mode]["primaryColor"], THEME[mode][ground]) >= 3


def test_a_chart_wears_nothing_that_the_card_would_have_to_take_off() -> None:
    figure = theme.finish(go.Figure(), 300)
    assert figure.layout.height == 300
    assert len(figure.layout.template.to_plotly_json().get("layout", {})) == 0


def test_plotly_s_own_buttons_are_off_and_send_nothing_out() -> None:
    module = assets.FILES["card.js"].read_text("utf-8")
    assert "displayModeBar: false" in module
    assert "showSendToCloud: false" in module

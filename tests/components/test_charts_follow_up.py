"""The band of the weighted line, the chart of its weights, and what is said of both."""

from collections.abc import Mapping, Sequence

import numpy as np
import pandas as pd
import plotly.graph_objects as go
import pytest

from components import words
from components.charts.follow_up import follow_up
from components.charts.waves import BAND, BAND_NAME, group_waves, waves
from components.figures import path
from components.figures.finding import MOST_WORDS
from data.disclosure import Flag, Released
from data.estimate import INTERVALS
from data.follow_up import LOWER
from data.labels import COLUMN_LABELS
from data.vocabulary import Score
from tests.components.made import around, made

LOWERED = (0.0, 0.02, 0.05)


def lines(
    groups: Sequence[str], banded: Sequence[str], by: str = "panel", scores: Sequence[str] = ("social",)
) -> Released:
    """Means of three waves, with a band under the groups `banded`."""
    rows = [
        {by: group, "wave": wave, "score": score, "n": 90, "months": 6.0 * wave, **around("mean", 0.5)}
        | {"if_lower": 0.5 - lower if group in banded else None, "mark": Flag.SHOWN if group in banded else "z"}
        for group in groups
        for wave, lower in enumerate(LOWERED, 1)
        for score in scores
    ]
    raw = pd.DataFrame(rows)
    values = ["mean", *INTERVALS, "months", "if_lower"]
    return made(raw, [by, "wave", "score"], values, ["wave", "score"], reasons={"if_lower": raw["mark"]})


def bands(figure: go.Figure) -> list[go.Scatter]:
    return [trace for trace in figure.data if trace.fill]


def test_the_band_goes_from_the_weighted_line_down_to_what_if_and_is_named() -> None:
    released = lines(("same", "seen", "weighted"), ["weighted"])
    figure = group_waves(released, Score.SOCIAL, ("same", "weighted"))
    [band] = bands(figure)
    line = figure.data[figure.data.index(band) - 1]  # it is filled up to the trace before it
    assert (line.name, band.fill) == ("Weighted for loss", "tonexty")
    assert band.x == line.x
    assert list(line.y) == [0.5] * 3
    assert list(band.y) == [0.5, 0.48, 0.45]
    assert band.legendgroup == line.legendgroup
    assert band.showlegend
    assert band.name == BAND_NAME
    assert str(LOWER) in BAND_NAME
    assert str(LOWER) in BAND
    assert str(LOWER) in COLUMN_LABELS["if_lower"]
    assert BAND in words.alt(f"Lines by wave. {BAND}", "Finding", released, "mean")


@pytest.mark.parametrize("groups", [2, 6])
def test_many_bands_are_named_once_and_not_at_all_where_each_has_a_panel(groups: int) -> None:
    codes = [f"g{place}" for place in range(groups)]
    found = bands(group_waves(lines(codes, codes, by="assistance"), Score.SOCIAL, codes))
    assert [band.showlegend for band in found] == [groups == 2] + [False] * (groups - 1)
    assert len({band.yaxis for band in found}) == (1 if groups == 2 else groups)


def test_each_score_has_a_band_in_its_colour_and_other_ways_have_none() -> None:
    released = lines(("weighted",), ["weighted"], scores=tuple(Score))
    alone = Released(**{**vars(released), "keys": ("wave", "score")})
    figure = waves(alone, joined=True)
    assert [band.showlegend for band in bands(figure)] == [True, False, False, False]
    assert len({band.fillcolor for band in bands(figure)}) == len(Score)
    assert not bands(group_waves(lines(("same", "seen"), []), Score.SOCIAL, ("same",)))


def test_a_band_that_may_not_be_seen_is_not_drawn() -> None:
    released = lines(("weighted",), ["weighted"])
    few = released.rows.assign(if_lower=[0.5, np.nan, np.nan])
    assert not bands(group_waves(Released(**{**vars(released), "rows": few}), Score.SOCIAL, ("weighted",)))


def weights(people: Mapping[int, int]) -> Released:
    numbers = {"weight_q10": 0.8, "weight_median": 0.95, "weight_q90": 1.3, "trimmed": 0.01}
    rows = [{"wave": wave, "score": "social", "n": n, **numbers, "n_effective": n - 200} for wave, n in people.items()]
    return made(pd.DataFrame(rows), ["wave", "score"], [*numbers, "n_effective"], ["score"])


def test_the_headline_says_on_how_many_people_the_line_rests() -> None:
    told = path.rests_on(weights({2: 5000, 5: 2100}))
    assert told == "At wave 5 the line rests on 2,100 people, worth 1,900 of equal weight"
    assert len(told.split()) <= MOST_WORDS
    assert path.rests_on(weights({2: 9})) == "How many people the line rests on may not be shown"


def test_weights_stand_by_wave_with_their_range() -> None:
    [dots] = follow_up(weights({2: 5000, 5: 2100})).data
    assert list(dots.y) == ["Wave 2", "Wave 5"]
    assert list(dots.error_x.array) == [0.35, 0.35]


def test_the_three_ways_are_told_without_claiming_what_is_not_known() -> None:
    told = path.three_ways(lines(("same", "seen", "weighted"), ["weighted"]), (1, 3))
    assert "weighted for loss less than 0.001" in told
    assert "may be that other people were reached" in told
    assert f"if those lost scored {LOWER} lower than people like them" in told

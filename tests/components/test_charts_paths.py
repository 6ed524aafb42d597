import json
import re
from itertools import combinations

import pandas as pd
import plotly.graph_objects as go
import pytest

from components.charts.alluvial import alluvial
from components.charts.levels import levels
from components.charts.paths import shapes
from components.charts.w_curve import GUIDE, w_curve
from components.theme import BAND_COLOURS, LEVEL_COLOURS, SCORE_COLOURS, SHAPE_COLOURS, contrast, ink
from data.disclosure import Released
from data.estimate import INTERVALS, SHARE
from data.labels import WORDS
from data.summaries.paths import SHAPES
from data.summaries.transitions import AFTER
from data.vocabulary import Score
from tests.components.made import around, composed, made

GROUNDS = ("#ffffff", "#11161d")
FROM = ("low", "middle", "high")


def shaped(counts: tuple[int, ...]) -> Released:
    return composed({"forced": dict(zip(SHAPES, counts, strict=True))}, by="band", of="shape")


def turned(groups: dict[str, tuple[list[float], list[float], list[float | None]]], n: int = 40) -> Released:
    """Means of the composite by wave, with turns and how sure each is."""
    rows = [
        {"band": group, "score": "composite", "wave": wave, "n": n, "lowest": 0.2, **around("mean", mean)}
        | {"turn": turn, "surety": surety}
        for group, three in groups.items()
        for wave, (mean, turn, surety) in enumerate(zip(*three, strict=True), 1)
    ]
    columns = ["mean", *INTERVALS, "turn", "surety", "lowest"]
    raw = pd.DataFrame(rows, columns=["band", "score", "wave", "n", *columns])
    return made(raw, ["band", "score", "wave"], columns, ["score", "wave"])


PATH = [0.5, 0.4, 0.6, 0.55, 0.7], [float("nan"), -1, 1, -1, float("nan")], [None, 0.99, 0.96, 0.7, None]


def moved(counts: dict[tuple[str, str], int]) -> Released:
    rows = [
        {"from": start, "to": end, "n": counts.get((start, end), 0), **around("share", 0.25)}
        for start in FROM
        for end in [*AFTER][:5]
    ]
    return made(pd.DataFrame(rows), ["from", "to"], SHARE, ["from", "to"])


MOVED = {(start, end): 20 + place for place, (start, end) in enumerate((s, e) for s in FROM for e in [*AFTER][:5])}


@pytest.mark.parametrize("colours", [SHAPE_COLOURS, LEVEL_COLOURS])
def test_colours_stand_out_from_every_ground_and_are_no_band_s_or_score_s(colours: dict[str, str]) -> None:
    assert all(contrast(colour, ground) >= 3 for colour in colours.values() for ground in GROUNDS)
    assert not {*BAND_COLOURS.values(), *SCORE_COLOURS.values()} & (
        {*colours.values()} - {BAND_COLOURS["unclassified"]}
    )


def test_shapes_and_outcomes_are_told_apart() -> None:
    assert [*SHAPE_COLOURS] == [*SHAPES]
    assert [*LEVEL_COLOURS] == [*AFTER]
    assert all(one != other for one, other in combinations(SHAPE_COLOURS.values(), 2))
    assert all(contrast(colour, ink(colour)) >= 4.5 for colour in SHAPE_COLOURS.values())


def test_shapes_stand_in_their_order_and_what_is_masked_is_hatched() -> None:
    figure = shapes(shaped((20, 30, 15, 25, 12, 18)))
    assert [trace.name for trace in figure.data] == [*WORDS["shape"].values()]
    assert [trace.marker.color for trace in figure.data] == [*SHAPE_COLOURS.values()]
    masked = shapes(shaped((20, 30, 4, 25, 12, 18)))
    assert masked.data[-1].name == "[c] not shown"
    assert masked.data[-1].marker.color not in SHAPE_COLOURS.values()
    assert [len(trace.x) for trace in masked.data[:6]] == [1, 1, 0, 1, 0, 1]


def rings(figure: go.Figure) -> list[go.Scatter]:
    return [trace for trace in figure.data if trace.marker.size == 18]


def test_turning_points_are_ringed_where_they_are_and_thick_where_they_are_clear() -> None:
    [ring] = rings(w_curve(turned({"forced": PATH}), Score.COMPOSITE))
    assert list(ring.x) == [1, 2, 3]
    assert list(ring.y) == [0.4, 0.6, 0.55]
    assert [point[0] for point in ring.customdata] == ["Low point", "High point", "Low point"]
    thick, *_, thin = ring.marker.line.width
    assert thick > thin
    assert ring.marker.symbol[0] != ring.marker.symbol[2]


@pytest.mark.parametrize("groups", [1, 3, 6])
def test_the_guide_says_that_it_has_no_scale_and_lies_behind(groups: int) -> None:
    """It stands in shares of the panel and is no data: nothing can be read from it."""
    names = [*BAND_COLOURS][:groups]
    figure = w_curve(turned(dict.fromkeys(names, PATH)), Score.COMPOSITE)
    guides = [shape for shape in figure.layout.shapes if shape.name == GUIDE]
    assert len(guides) == (groups if groups > 4 else 1)
    assert [note.text for note in figure.layout.annotations].count(GUIDE) == 1
    assert {(shape.layer, shape.xref) for shape in guides} == {("below", "x domain")}
    assert all(0 <= float(number) <= 1 for number in re.findall(r"[\d.]+", guides[0].path))
    assert all(word in GUIDE for word in ("schematic", "MPP", "no scale"))
    assert [(ring.xaxis or "x", ring.yaxis or "y") for ring in rings(figure)] == [
        (line.xaxis or "x", line.yaxis or "y") for line in figure.data if line.mode == "lines+markers"
    ]


def test_a_path_that_may_not_be_seen_has_no_ring() -> None:
    figure = w_curve(turned({"forced": PATH}, n=9), Score.COMPOSITE)
    assert [len(ring.x) for ring in rings(figure)] == [0]


def test_ribbons_are_as_wide_as_people_and_levels_stand_from_high_to_low() -> None:
    released = moved(MOVED)
    [sankey] = alluvial(released, 1, 5).data
    assert list(sankey.node.label) == [
        "High", "Middle", "Low", "High", "Middle", "Low", "Left again", "Not reached"
    ]  # fmt: skip
    assert sorted(sankey.link.value) == sorted(released.rows["people"])
    assert sum(sankey.link.value) == released.rows["people"].sum()
    ends = {(sankey.node.label[a], sankey.node.label[b]): n
            for a, b, n in zip(sankey.link.source, sankey.link.target, sankey.link.value, strict=True)}  # fmt: skip
    assert ends["Low", "Not reached"] == 25
    assert max(sankey.link.source) < min(sankey.link.target)


def test_what_may_not_be_seen_has_no_ribbon_and_that_is_said() -> None:
    released = moved({**MOVED, ("low", "high"): 3, ("middle", "high"): 4})
    assert released.suppressed == 2
    figure = alluvial(released, 1, 5)
    texts = [note.text for note in figure.layout.annotations]
    assert texts == ["Wave 1", "Wave 5", "[c] 2 of 15 ribbons not shown"]
    assert len(figure.data[0].link.value) == 13
    assert len(alluvial(moved(MOVED), 1, 5).layout.annotations) == 2


def test_nothing_to_see_still_makes_figures() -> None:
    nobody = moved({})
    assert len(alluvial(nobody, 1, 2).data[0].link.value) == 0
    assert {*levels(nobody, 1, 2).data[2].text} == {"[c]"}


def test_the_diagonal_of_the_matrix_runs_down_and_a_reason_for_each_empty_cell() -> None:
    figure = levels(moved({**MOVED, ("low", "high"): 3, ("middle", "high"): 4}), 1, 5)
    assert figure.layout.yaxis.categoryarray[::-1] == ("High", "Middle", "Low")
    assert figure.layout.xaxis.categoryarray[:3] == ("High", "Middle", "Low")
    assert len(figure.layout.xaxis.categoryarray) == 5
    texts = [text for trace in figure.data[1:] for text in trace.text]
    assert texts.count("[c]") == 2
    assert texts.count("25%") == 13
    assert (figure.layout.xaxis.title.text, figure.layout.yaxis.title.text) == ("Wave 5", "Wave 1")


def test_a_group_of_a_table_by_group_can_be_drawn() -> None:
    rows = [
        {"sex": sex, "from": start, "to": end, "n": 30, **around("share", 0.2)}
        for sex in ("female", "male")
        for start in FROM
        for end in [*AFTER][:5]
    ]
    women = made(pd.DataFrame(rows), ["sex", "from", "to"], SHARE, ["sex", "from", "to"]).only("sex", "female")
    assert len(alluvial(women, 1, 2).data[0].link.value) == len(levels(women, 1, 2).data[1].text) == 15
    assert "sex" not in json.dumps(levels(women, 1, 2).to_plotly_json(), default=list)

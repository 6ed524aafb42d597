"""Charts of the corridor comparison and the maps: what they draw, and what they may not."""

import re
from pathlib import Path

import pandas as pd
import pytest

from components.card import assets
from components.charts import world
from components.charts.dumbbell import dumbbell
from components.charts.ranks import ranks
from components.charts.superiority import superiority
from components.figures.corridors import alike, holds, in_pairs
from data.disclosure import Released
from data.engine import Source
from data.flows import Basis, Unit
from data.grouping import Grouping
from data.labels import label
from data.summaries.comparison import compare
from data.summaries.effects import effects
from data.summaries.offered import choices
from data.summaries.returns import by_country
from data.summaries.robustness import does_it_hold
from data.summaries.standardised import like_for_like
from data.view import View
from data.vocabulary import Score
from tests.conftest import Open
from tests.data.test_summaries_standardised import REFERENCE, compared, group

REFUGEES = Basis(Unit.UNHCR)

ROOT = Path(__file__).parents[2]


@pytest.fixture(scope="module")
def corridors(source: Source) -> tuple[str, ...]:
    return choices(source).corridors


@pytest.fixture(scope="module")
def by_place(source: Source, corridors: tuple[str, ...]) -> Released:
    places = tuple(dict.fromkeys(corridor.split("-")[1] for corridor in corridors))
    return compare(source, View(), Grouping("country_of_return", places), places[0])


def test_two_groups_make_two_dots_on_each_score_joined_by_a_line(source: Source, corridors: tuple[str, ...]) -> None:
    released = compare(source, View(), Grouping("corridor", corridors[:2]), corridors[0])
    figure = dumbbell(released, 0.5)
    dots = [trace for trace in figure.data if trace.mode == "markers+text"]
    lines = [trace for trace in figure.data if trace.mode == "lines"]
    assert [len(trace.x) for trace in dots] == [4, 4]
    assert [sorted(line.x) for line in lines] == [sorted([a, b]) for a, b in zip(dots[0].x, dots[1].x, strict=True)]
    assert dots[0].marker.symbol != dots[1].marker.symbol


def test_a_masked_group_has_no_dot_and_no_line(source: Source, corridors: tuple[str, ...]) -> None:
    released = compare(source, View(band="forced"), Grouping("corridor", (corridors[0], corridors[-1])), corridors[0])
    assert released.suppressed
    figure = dumbbell(released, 0.5)
    assert sum(len(trace.x) for trace in figure.data if trace.mode == "markers+text") == len(released.shown)


def test_ranks_lie_within_their_range(source: Source, corridors: tuple[str, ...]) -> None:
    released = does_it_hold(source, View(), corridors[:5], corridors[0])
    figure = ranks(released)
    ranges = {trace.y[0]: trace.x for trace in figure.data[:-1]}
    assert len(ranges) == 5
    assert all(
        ranges[name][0] <= rank <= ranges[name][1]
        for name, rank in zip(figure.data[-1].y, figure.data[-1].x, strict=True)
    )
    texts = [note.text for note in figure.layout.annotations]
    assert texts.count("reference") == 1
    assert sum("sign holds in" in text for text in texts) == 4


def test_pairs_are_drawn_around_fifty_of_a_hundred(source: Source, corridors: tuple[str, ...]) -> None:
    figure = superiority(effects(source, View(), Grouping("corridor", corridors[:4]), corridors[0], (Score.COMPOSITE,)))
    assert {shape.x0 for shape in figure.layout.shapes} == {0.5}
    assert sum(len(trace.x) for trace in figure.data if trace.hovertemplate) == 3


def test_the_map_is_served_by_the_app_and_asked_for_there() -> None:
    assert 'topojsonURL: new URL("app/static/topojson/", this.at.root).href' in assets.FILES["card.js"].read_text(
        "utf-8"
    )
    assert world.MAP.relative_to(ROOT).as_posix() == "static/topojson/world_50m.json"
    assert "enableStaticServing = true" in (ROOT / ".streamlit" / "config.toml").read_text("utf-8")


@pytest.mark.parametrize("country", ["MDV", "KIR", "TUV", "TON", "NRU", "COM", "SGP", "MLT", "AFG", "SSD"])
def test_small_island_states_have_a_place(country: str) -> None:
    assert country in world.places()


def test_outcomes_are_drawn_where_they_may_be_seen(by_place: Released) -> None:
    figure = world.outcomes(by_place, Score.COMPOSITE)
    mine = by_place.only("score", "composite")
    area, dots, masked = figure.data
    assert set(area.locations) == set(dots.locations) == set(mine.shown["country_of_return"])
    assert set(masked.locations) == set(mine.rows["country_of_return"]) - set(area.locations)
    assert figure.layout.coloraxis.cmin <= min(area.z) <= max(area.z) <= figure.layout.coloraxis.cmax


def test_recorded_returns_have_a_line_from_their_largest_host(recorded: Source) -> None:
    released = by_country(recorded, View(), REFUGEES, 2016, 50)
    area = world.returns(released).data[0]
    assert set(area.locations) == set(released.rows.query("people > 0")["country_of_return"])
    assert "Afghanistan: 535 people" in area.text


def test_a_country_without_a_place_is_named(by_place: Released) -> None:
    assert world.off_the_map(by_place) == ()
    by_place.rows.loc[0, "country_of_return"], kept = "XKX", by_place.rows.loc[0, "country_of_return"]
    try:
        assert world.off_the_map(by_place) == ("XKX",)
    finally:
        by_place.rows.loc[0, "country_of_return"] = kept


@pytest.mark.parametrize("number", [2, 3, 5])
def test_headlines_of_the_comparison_are_short_and_speak_of_like_for_like(
    source: Source, corridors: tuple[str, ...], number: int
) -> None:
    chosen, reference = corridors[:number], corridors[0]
    found = [
        alike(like_for_like(source, View(), chosen, reference, Score.COMPOSITE), Score.COMPOSITE, reference),
        holds(does_it_hold(source, View(), chosen, reference), reference),
        in_pairs(
            effects(source, View(), Grouping("corridor", chosen), reference, (Score.COMPOSITE,)),
            Score.COMPOSITE,
            reference,
        ),
    ]
    assert all(len(words.split()) <= 15 for words in found)
    assert found[0].startswith("Among similar people")
    assert re.search(r"\d+%", found[1])
    assert "of 100 pairs" in found[2]


def test_several_corridors_without_a_clear_difference_show_none(opened: Open) -> None:
    """A headline that no interval carries never counts nought of so many as a finding."""
    same = {"forced": (40, 0.5), "voluntary": (40, 0.5)}
    people = [group(name, country, same) for name, country in (("a", "AFG"), ("b", "IRQ"), ("c", "SOM"))]
    source = opened(pd.concat(people, ignore_index=True))
    corridors = tuple(sorted(choices(source).corridors))
    found = like_for_like(source, View(), corridors, corridors[0])
    said = alike(found, Score.COMPOSITE, corridors[0])
    assert said == f"Among similar people, no difference from {label('corridor', corridors[0])} is shown"


def test_the_headline_says_that_a_planted_confounder_turns_the_ranking_round(opened: Open) -> None:
    """More forced returns make the first corridor look worse; within each band it stands higher."""
    found = compared(
        opened, {"forced": (80, 0.45), "voluntary": (20, 0.75)}, {"forced": (20, 0.4), "voluntary": (80, 0.7)}
    )
    said = alike(found, Score.COMPOSITE, REFERENCE)
    assert said == "Among similar people the difference turns round: it is 0.05 higher"

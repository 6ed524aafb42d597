"""No summary gives few people away: every one is attacked, over made-up people, with the totals it says there are.

`ATTACKS` sets how many made-up cohorts are tried (`make attack`).
"""

import inspect
import os
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import wraps
from typing import Any

import numpy as np
import pandas as pd
import pytest

from components.figures import figures
from data.disclosure import ALL_ROWS, Released, release, release_published, shown
from data.engine import Source
from data.flows.basis import Basis
from data.flows.schema import Flows
from data.flows.schema import conform as conform_flows
from data.grouping import Grouping
from data.summaries import experience
from data.summaries.timing import Windows
from data.summaries.transitions import Levels
from data.view import View
from data.vocabulary import CATEGORIES, POINTS, SCORES, Score
from tests.conftest import Open
from tests.data.attacker import members, running, spans, tables

WIDTH = 5
"""People by which a hidden number of one to nine must be able to lie apart; the promise of `data.disclosure`."""

COHORTS = range(int(os.environ.get("ATTACKS", "1")))

WAVES, HOSTS, COUNTRIES = (1, 2, 3), ("DEU", "AUT", "NLD"), ("AFG", "IRQ", "GHA", "TUN")
CORRIDORS = tuple(f"{host}-{to}" for host in HOSTS for to in COUNTRIES)
BANDS, CHOICES = tuple(CATEGORIES["band"]), tuple(CATEGORIES["perceived_choice"])
LABELS, YEARS, BASIS = ("AVR", "Deported", "Own accord"), (2019, 2020, 2021), Basis("people returned")
GROUPINGS = (
    Grouping("sex", tuple(CATEGORIES["sex"])),
    Grouping("band", BANDS),
    Grouping("corridor", CORRIDORS[:4]),
    Grouping("age_group", tuple(CATEGORIES["age_group"])),
)
VIEWS = (View(), View(place="AFG"), View(band="compulsory"), View(sex="female"))

ARGUMENTS: dict[str, Any] = {
    "scores": SCORES, "score": Score.COMPOSITE, "corridors": CORRIDORS[:5], "level": "indicator",
    "parts": Grouping("perceived_choice", CHOICES),
    "at": (0.1, 0.25, 0.5), "asked": ("p01", "p30"), "one": Score.ECONOMIC, "other": Score.SOCIAL, "labels": LABELS,
    "bands": BANDS, "waves": WAVES, "between": (1, 3), "levels": Levels(0.4, 0.6), "windows": Windows((6, 12)),
    "basis": BASIS, "year": 2020, "years": (2019, 2021), "top": 3,
}  # fmt: skip
"""What summaries ask for, by the name of the argument."""

ONLY: dict[str, dict[str, Any]] = {
    "choice_by": {"grouping": Grouping("band", BANDS)},
    "by_year": {"grouping": Grouping("host", HOSTS[:2])},
}
"""What one summary alone is asked for."""


def summaries() -> list[Callable[..., Released]]:
    """Every summary that makes a figure of the app."""
    return [*dict.fromkeys([*(figure.summary for figure in figures()), experience.label_bands])]


@dataclass
class Asked:
    """What a summary sent through the door."""

    raw: pd.DataFrame
    released: Released
    given: dict[str, Any]
    published: bool


@pytest.fixture
def asked(monkeypatch: pytest.MonkeyPatch) -> list[Asked]:
    """All that goes through the door, as it comes."""
    found: list[Asked] = []

    def listened(door: Callable[..., Released]) -> Callable[..., Released]:
        @wraps(door)
        def through(raw: pd.DataFrame, **given: Any) -> Released:
            released = door(raw, **given)
            found.append(Asked(raw.reset_index(drop=True), released, given, door is release_published))
            return released

        return through

    for summary in summaries():
        for door in (release, release_published):
            if hasattr(inspect.getmodule(summary), door.__name__):
                monkeypatch.setattr(inspect.getmodule(summary), door.__name__, listened(door))
    return found


@pytest.mark.parametrize("seed", COHORTS)
def test_no_few_people_follow_from_what_a_summary_shows(
    opened: Open, opened_flows: Callable[..., Source], asked: list[Asked], seed: int
) -> None:
    rng = np.random.default_rng(seed)
    interviewed, recorded = opened(cohort(rng)), opened_flows(flows(rng))
    view, grouping = VIEWS[seed % len(VIEWS)], GROUPINGS[seed % len(GROUPINGS)]
    for summary in summaries():
        summary(**arguments(summary, interviewed, recorded, view, grouping))
    assert len(asked) >= len(summaries())
    told = [f"{each.released.name}: {what}" for each in asked for what in exposed(each)]
    assert not told


def arguments(
    summary: Callable[..., Released], interviewed: Source, recorded: Source, view: View, grouping: Grouping
) -> dict[str, Any]:
    """A value for each argument of a summary that has one here."""
    wanted = inspect.signature(summary).parameters
    is_flow = summary.__module__.endswith(("returns", "movements")) and "flows" not in wanted
    given = {
        **ARGUMENTS, "source": recorded if is_flow else interviewed, "flows": recorded, "view": view,
        "grouping": grouping, "reference": grouping.groups[0],
        **ONLY.get(summary.__name__, {}),
    }  # fmt: skip
    if "corridors" in wanted:
        given["reference"] = CORRIDORS[0]
    return {name: given[name] for name in wanted if name in given}


def exposed(asked: Asked) -> Iterator[str]:
    """What an attacker tells of few people, in a summary's counts or in its shares."""
    raw, given = standing(asked), asked.given
    hidden = (asked.released.flags["people"] == "c").to_numpy()
    if asked.published:
        some = (raw["n"] > 0).to_numpy()
        raw, hidden = raw[some].reset_index(drop=True), hidden[some]
    if along := given.get("running") or given.get("upto"):
        yield from exposed_in_order(asked.raw, given, along)
        return
    yield from attacked(raw, hidden, given["margins"], "people")
    for counted, (column, *_) in (given.get("shares") or {}).items():
        parts = [side.assign(side=place) for place, side in enumerate(sides(raw, counted))]
        unseen = (asked.released.flags[column] == "c").to_numpy()
        margins = [[*given["keys"]], *([*margin, "side"] for margin in given["margins"])]
        yield from attacked(pd.concat(parts, ignore_index=True), np.tile(unseen, 2), margins, column)


def standing(asked: Asked) -> pd.DataFrame:
    """The rows of a summary, with the weights of their people, or everybody weighing 1 where nobody is weighed."""
    if asked.published or asked.given.get("unweighted"):
        return asked.raw.assign(w=asked.raw["n"], ww=asked.raw["n"], heaviest=1.0)
    return asked.raw.fillna({"w": 0.0, "ww": 0.0, "heaviest": 0.0})


def sides(raw: pd.DataFrame, counted: str) -> tuple[pd.DataFrame, pd.DataFrame]:
    """The rows with only the people `counted` in them, and with only the others."""
    own = {"n": raw[counted], **{name: raw[f"{name}_{counted}"] for name in ("w", "ww", "heaviest")}}
    own = {name: each.fillna(0) for name, each in own.items()}
    others = {name: raw[name] - own[name] for name in ("n", "w", "ww")}
    return raw.assign(**own), raw.assign(**others, heaviest=raw[f"heaviest_not_{counted}"].fillna(0))


def attacked(raw: pd.DataFrame, hidden: np.ndarray, margins: list[list[str]], what: str) -> Iterator[str]:
    """Hidden numbers told too closely by the shown cells of a table and those of its totals that may be known."""
    if raw.empty:
        return
    n, known, small = raw["n"].to_numpy(float), [np.zeros((0, len(raw)))], [np.eye(len(raw))]
    if (n[~hidden] < 10).any():
        yield f"few {what} are shown"
    everything = tables(margins)
    for keys in everything:
        rows = members(raw[keys])
        sums = {name: rows @ raw[name].to_numpy(float) for name in ("n", "w", "ww")}
        heaviest = (rows * raw["heaviest"].to_numpy(float)).max(axis=1, initial=0)
        table = raw[keys].iloc[rows.argmax(axis=1)].assign(**sums, heaviest=heaviest)
        inner = [[*other] or ALL_ROWS for other in everything if {*other} < {*keys}]
        known.append(rows[shown(table, sorted(inner, key=margin_order(margins))).to_numpy()])
        small.append(rows)
    for number, width in spans(n, hidden, np.vstack(known), np.vstack(small)):
        if width < WIDTH:
            yield f"{number:.0f} {what} lie within {width:.1f}"


def margin_order(margins: list[list[str]]) -> Callable[[list[str]], tuple[int, int]]:
    """In the order of the margins they are part of, the first of which holds the whole of shares, then in their own."""
    own = [frozenset(margin) for margin in margins]

    def place(keys: list[str]) -> tuple[int, int]:
        inside = next(place for place, margin in enumerate(own) if {*keys} <= margin)
        return inside, own.index(frozenset(keys)) if frozenset(keys) in own else len(own)

    return place


def exposed_in_order(raw: pd.DataFrame, given: dict[str, Any], along: str) -> Iterator[str]:
    """What cells and running sums tell together, in the one figure and the other."""
    plain = {**given, "values": [], "reasons": {}, "running": "", "upto": ""}
    cells, sums = (release(raw, **{**plain, name: along}).flags["people"] == "c" for name in ("running", "upto"))
    group = raw[[key for key in given["keys"] if key != along]]
    known = running(group)[~sums.to_numpy()]
    n = raw["n"].to_numpy(float)
    for number, width in spans(n, cells.to_numpy(), known, np.eye(len(raw))):
        if width < WIDTH:
            yield f"{number:.0f} people lie within {width:.1f}"


def cohort(rng: np.random.Generator) -> pd.DataFrame:
    """Interviews of a few hundred people, unevenly spread over all that tells them apart."""
    size = int(rng.integers(150, 500))

    def any_of(codes: Any, missing: float = 0.0) -> np.ndarray:
        chance = rng.dirichlet(np.full(len(codes), 0.7))
        return np.where(rng.random(size) < missing, None, rng.choice(np.array([*codes], dtype=object), size, p=chance))

    corridor = any_of(CORRIDORS)
    who = pd.DataFrame(
        {
            "person": [f"p{number}" for number in range(size)],
            "host": [code[:3] for code in corridor],
            "country_of_return": [code[4:] for code in corridor],
            "band": any_of(BANDS), "band_rule": any_of(CATEGORIES["band_rule"], 0.1), "label": any_of(LABELS, 0.1),
            "sex": any_of(CATEGORIES["sex"]), "age_group": any_of(CATEGORIES["age_group"]),
            "perceived_choice": any_of(CHOICES, 0.1), "assistance": any_of(CATEGORIES["assistance"], 0.1),
            "respondent": any_of(("returnee", "returnee", "community")), "return_year": any_of(YEARS),
            "return_date": pd.Timestamp("2019-06-01"), "weight": rng.choice([0.5, 1.0, 2.0], size),
            "level": rng.random(size), "waves": rng.choice([1, 2, 3], size),
        }
    )  # fmt: skip
    rows = pd.concat([who[who["waves"] >= wave].assign(wave=wave, months=6.0 * wave) for wave in WAVES])
    size = len(rows)
    for name in (*SCORES, *POINTS):
        value = np.clip(rows["level"] + rng.normal(0, 0.2, size), 0, 1).round(2)
        rows[name] = value.where(rng.random(size) > 0.05)
    last = rows["waves"] == rows["wave"]
    rows["loss_reason"] = np.where(last, any_of(CATEGORIES["loss_reason"], 0.3), None)
    rows["remigration"] = np.where(last, any_of(CATEGORIES["remigration"], 0.5), None)
    rows["interview_date"] = rows["return_date"] + pd.to_timedelta(rows["months"] * 60, unit="D")
    return rows.drop(columns=["level", "waves"]).reset_index(drop=True)


def flows(rng: np.random.Generator) -> Flows:
    """Recorded returns, many of them of few people."""
    every = pd.MultiIndex.from_product([HOSTS, COUNTRIES, YEARS], names=["host", "country_of_return", "year"])
    frame = every.to_frame(index=False)
    frame["category"] = rng.choice(["Forced returns", "Voluntary returns"], len(frame))
    frame["band"] = np.where(frame["category"] == "Forced returns", "forced", "voluntary")
    frame["people"] = rng.choice([0, 2, 7, 12, 30, 200, 5000], len(frame))
    return Flows(conform_flows(frame.assign(covers="", basis=BASIS.unit, note="")), "Recorded", "made for a test")

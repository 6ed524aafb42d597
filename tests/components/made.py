"""Small released figures, made through the release door from numbers that a test can check by hand."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

import pandas as pd

from components.charts.chart import Chart
from components.figure import About, Figure
from data.disclosure import ALL_ROWS, Context, Count, Flag, Released, release, release_published
from data.estimate import DIFFERENCE, INTERVALS, SHARE
from data.summaries.composition import compulsory
from data.summaries.facts import apart

CONTEXT = Context("Germany → Afghanistan, forced", "Survey team", "CC BY 4.0", "supplied", True, "0123456789ab")
HALF = {"95": 0.04, "66": 0.02}


def figure(chart: Chart) -> Figure:
    """A figure of which nothing but its chart matters."""
    about = About("What it shows.", "How it is made.", "What it cannot tell.")
    return Figure("made", "Made for a test", release_published, chart, lambda *_: "", lambda _: "", about)


def around(name: str, value: float | None, half: float = 1.0) -> dict[str, float | None]:
    """A value with intervals of 0.04 and 0.02 times `half` to either side, under the names the summaries use."""
    prefix = "" if name == "mean" else f"{name}_"
    ends = {f"low{level}": -width * half for level, width in HALF.items()}
    ends |= {f"high{level}": width * half for level, width in HALF.items()}
    return {name: value, **{f"{prefix}{end}": None if value is None else value + by for end, by in ends.items()}}


def compared(
    groups: Mapping[str, tuple[int, float]], by: str = "corridor", scores: Sequence[str] = ("composite",), **more: Any
) -> Released:
    """Groups with their people and mean; the first is the reference. A reference below the floor masks differences."""
    reference, (base_n, base) = next(iter(groups.items()))
    rows = [
        {by: group, "score": score, "n": n, "sd": 0.1, **around("mean", mean), **around("difference", mean - base)}
        for group, (n, mean) in groups.items()
        for score in scores
    ]
    raw = pd.DataFrame(rows, columns=[by, "score", "n", "mean", *INTERVALS, "sd", *DIFFERENCE])
    reason = Flag.CONFIDENTIAL if base_n < 10 else Flag.SHOWN
    reasons = pd.Series(reason, index=raw.index).mask(raw[by] == reference, Flag.NOT_APPLICABLE)
    return made(raw, [by, "score"], ["mean", *INTERVALS, "sd", *DIFFERENCE], ["score"],
                reasons=dict.fromkeys(DIFFERENCE, reasons), **more)  # fmt: skip


def composed(groups: Mapping[str, Mapping[str, int]], by: str = "corridor", of: str = "band") -> Released:
    """Groups with their people in each part."""
    rows = [
        {by: group, of: part, "n": n, **around("share", n / max(sum(parts.values()), 1))}
        for group, parts in groups.items()
        for part, n in parts.items()
    ]
    raw = pd.DataFrame(rows, columns=[by, of, "n", *SHARE])
    raw["n_effective"] = raw.groupby(by)["n"].transform("sum").astype("float64")
    released = made(raw, [by, of], SHARE, [by])
    weighed = raw.assign(w=raw["n"].astype("float64"), ww=raw["n"].astype("float64"), heaviest=1.0)
    people = weighed.assign(people_seed=0, interviews_seed=0)  # told without noise
    return replace(released, facts=compulsory(released, people, by)) if of == "band" else released


def shared(groups: Mapping[str, tuple[int, float]], by: str = "sex", score: str = "composite") -> Released:
    """Groups with their people and the share of them above the line."""
    rows = [
        {by: group, "score": score, "n": n, "above": round(n * share), **around("share", share)}
        for group, (n, share) in groups.items()
    ]
    raw = pd.DataFrame(rows, columns=[by, "score", "n", "above", *SHARE])
    released = made(raw, [by, "score"], SHARE, ["score"], shares={"above": SHARE})
    return replace(released, facts=apart(released, raw.assign(n_effective=raw["n"].astype("float64")), by, score))


def binned(groups: Mapping[str, Sequence[int]], by: str = "sex", score: str = "composite") -> Released:
    """Groups with their people in each of ten bins."""
    rows = [
        {by: group, "score": score, "bin": place / 10, "n": n, "share": n / max(sum(bins), 1), "total": sum(bins)}
        for group, bins in groups.items()
        for place, n in enumerate(bins)
    ]
    raw = pd.DataFrame(rows, columns=[by, "score", "bin", "n", "share", "total"])
    return made(raw, [by, "score", "bin"], ["share", "total"], [by, "score"])


def by_wave(waves: Mapping[int, tuple[int, float]], scores: Sequence[str] = ("composite",)) -> Released:
    """Waves with their people and mean."""
    rows = [
        {"wave": wave, "score": score, "n": n, "months": 6.0 * wave, **around("mean", mean)}
        for wave, (n, mean) in waves.items()
        for score in scores
    ]
    values = ["mean", *INTERVALS, "months"]
    return made(pd.DataFrame(rows, columns=["wave", "score", "n", *values]), ["wave", "score"], values, ["score"])


def changed(waves: Mapping[int, tuple[int, float]], score: str = "composite", half: float = 1.0) -> Released:
    """Later waves with their people and the mean change since the first."""
    rows = [
        {"wave": wave, "score": score, "n": n, **around("difference", change, half)}
        for wave, (n, change) in waves.items()
    ]
    return made(pd.DataFrame(rows, columns=["wave", "score", "n", *DIFFERENCE]), ["wave", "score"], DIFFERENCE)


def recorded_by_year(counts: Mapping[tuple[int, str], int | None]) -> Released:
    """Published counts by year and country of return."""
    rows = [{"year": year, "country_of_return": country, "n": n} for (year, country), n in counts.items()]
    raw = pd.DataFrame(rows, columns=["year", "country_of_return", "n"]).astype({"n": "Int64"})
    return release_published(
        raw, name="recorded", keys=["year", "country_of_return"], context=PUBLISHED, margins=[ALL_ROWS]
    )


def recorded_by_country(counts: Mapping[str, tuple[int | None, str | None, float | None]]) -> Released:
    """Published counts by country of return, with the largest host country and its share."""
    rows = [
        {"country_of_return": country, "n": n, "host": host, "share": share}
        for country, (n, host, share) in counts.items()
    ]
    raw = pd.DataFrame(rows, columns=["country_of_return", "n", "host", "share"]).astype({"n": "Int64"})
    keys = ["country_of_return", "host"]
    return release_published(raw, name="top", keys=keys, values=["share"], context=PUBLISHED, margins=[ALL_ROWS])


def published(keys: Sequence[str], counts: Mapping[tuple[object, ...], int | None]) -> Released:
    """Published counts by any keys."""
    raw = pd.DataFrame([(*codes, n) for codes, n in counts.items()], columns=[*keys, "n"]).astype({"n": "Int64"})
    return release_published(raw, name="published", keys=keys, context=PUBLISHED, margins=[ALL_ROWS])


def covered(counts: Mapping[tuple[str, int], tuple[int, float | None]]) -> Released:
    """People interviewed by corridor and year of return, beside recorded returns."""
    rows = [
        {
            "corridor": corridor,
            "year": year,
            "n": n,
            "recorded": recorded,
            "per_thousand": recorded and 1000 * n / recorded,
        }
        for (corridor, year), (n, recorded) in counts.items()
    ]
    columns = ["corridor", "year", "n", "recorded", "per_thousand"]
    return made(pd.DataFrame(rows, columns=columns), columns[:2], columns[3:], columns[:1])


PUBLISHED = Context("Recorded, refugees: All corridors, all bands", "UNHCR", "CC BY 4.0", "", False, "0123456789ab")


def made(
    raw: pd.DataFrame, keys: Sequence[str], values: Sequence[str], within: Sequence[str] = (), **more: Any
) -> Released:
    """`raw` through the release door, as a summary sends it."""
    wanted = {"name": "made-for-a-test", "people": Count(int(raw["n"].sum())), "context": CONTEXT, **more}
    wanted["unweighted"] = "nobody of a test is weighed"
    return release(
        raw.astype({"n": "int64"}).assign(people_seed=0, interviews_seed=0),
        keys=keys,
        values=values,
        margins=[within or ALL_ROWS],
        **wanted,
    )

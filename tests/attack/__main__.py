"""`make attack`: what can be learned of single people by asking the app for everything that it answers.

Prints what each attack learns beside what a guess would; ends with an error where a promise of Methods is broken.
"""

import sys
import tempfile
from collections.abc import Iterator, Sequence
from itertools import combinations, product
from pathlib import Path

import numpy as np
import pandas as pd

from data import keys, library, places, shipped
from data.cohort import Cohort, conform
from data.engine import open_cohorts
from data.filters import MOST, MOST_WITH_GROUPS, names
from data.summaries.offered import Choices, choices, reach
from data.view import View
from tests.attack import along, answers, cells, learned
from tests.attack.everything import inferred
from tests.attack.padding import padded
from tests.data.test_no_cell_follows import cohort

SIX = "AUT"
"""The host country of six people, in one corridor."""

SMALL = range(4)

ANSWERS = ("p01", "p15", "p30")
"""Elements whose single answers are read: of each dimension one."""

MOST_ISOLATED = 60
"""People of the demo cohort whom one pair of views may isolate: before choices were closed it was 2,204."""


def every_view(offered: Choices) -> Iterator[View]:
    """Every view that the sidebar, or a link, can ask for."""
    for size in range(MOST + 1):
        for which in combinations(names(), size):
            for values in product(*(getattr(offered, name) for name in which)):
                yield View(**dict(zip(which, values, strict=True)))


def attacked(raw: pd.DataFrame, most: int) -> tuple[int, int, learned.Learned, learned.Learned]:
    """Cells that closed choices can ask for, those that may be shown, and what pairs of them tell: best and average."""
    raw = cells.ordered(raw[raw["respondent"] == "returnee"])
    of = cells.nodes(raw, dict(places.regions()))
    found = cells.cells(raw, of, most)
    may_be_shown = found[cells.shown(found)]
    who = pd.Series(raw["person"].to_numpy(), index=cells.names(raw))
    return len(found), len(may_be_shown), *learned.by_pairs(may_be_shown, raw, who)


def versions(raw: pd.DataFrame, people: Sequence[str]) -> learned.Learned:
    """What the difference between two versions of a cohort, one of them without a person, tells of each of `people`."""
    raw = cells.ordered(raw[raw["respondent"] == "returnee"])
    truth, guess = learned.scores(raw)
    people = [person for person in people if person in truth.index]
    of = cells.nodes(raw, dict(places.regions()))
    found = {}
    whole = cells.cells(raw, of, 1)
    for person in people:
        mine = raw.index[raw["person"] == person][-1]
        held = {name: {*rows.loc[rows["index"] == mine, "value"], ""} for name, rows in of.items()}
        inside = whole[np.logical_and.reduce([whole[name].isin(values) for name, values in held.items()])]
        small = inside[cells.shown(inside)].nsmallest(1, "n").iloc[0]
        w, x, key = raw.loc[mine, ["weight", "composite", "interview_key"]]
        less = {"w": small["w"] - w, "wx": small["wx"] - w * x, "seed": int(small["seed"]) ^ int(key)}
        both = pd.DataFrame([small.to_dict(), small.to_dict() | less])
        before, after = cells.means(both)
        found[person] = (before * small["w"] - after * less["w"]) / w
    read = pd.Series(found, dtype="float64")
    return learned.Learned(len(read), learned.close(read, truth), learned.close(guess.reindex(read.index), truth))


def membership(raw: pd.DataFrame, folder: Path) -> bool:
    """Whether a cohort names and reaches the same with a corridor of six people and without them.

    Only whether all small corridors together reach the threshold can differ, as it does for any group.
    """
    told = []
    for name, frame in (("With", raw), ("Without", raw[raw["host"] != SIX])):
        kept = library.keep(Cohort(conform(frame), name, "made for an attack", synthetic=True), folder)
        source = open_cohorts([(kept, library.path(kept, folder))])
        seen = reach(source, View())
        offered = choices(source)
        told.append(
            (offered.corridors, offered.waves, seen.corridors, seen.waves, reach(source, View(place=f"{SIX}-TUN")))
        )
    return told[0] == told[1]


def scanned() -> int:
    """How many of a thousand places of the reader's line, between its steps, a view takes."""
    return sum(_taken(round(place / 1000, 3)) for place in range(1001) if place % 50)


def _taken(line: float) -> bool:
    try:
        return View(line=line).line == line
    except ValueError:
        return False


def main() -> int:
    """Run every attack on the demo cohort and on small made-up ones; 1 where a promise is broken."""
    with tempfile.TemporaryDirectory() as place:
        folder = Path(place)
        shipped.ensure(folder)
        manifest = next(each for each in library.manifests(folder) if each.key == "demo")
        path = library.path(manifest, folder)
        shown, source = pd.read_parquet(path), open_cohorts([(manifest, path)])
        print(f"{len([*every_view(choices(source))]):,} closed views of the demo cohort, told with a secret of its own")
        raw = keys.keyed(shown, b"a secret that is not the public one")
        broken = []
        for most, what in ((MOST, "views"), (MOST_WITH_GROUPS, "views, and the groups that figures draw in them")):
            asked, may, best, average = attacked(raw, most)
            print(f"{what}: {asked:,} cells, {may:,} with people enough. Best pair: {best}. All pairs: {average}.")
            broken += [best.read > best.guessed, average.read > average.guessed]
            broken += [most == MOST and best.isolated > MOST_ISOLATED]
        returnees = cells.ordered(raw[raw["respondent"] == "returnee"])
        of = cells.nodes(returnees, dict(places.regions()))
        for element in ANSWERS:
            print(
                f"answers to {element}, by all pairs of views: {(told := answers.read(returnees, of, MOST, element))}"
            )
            broken.append(told.read > told.guessed)
        for most in (MOST, MOST_WITH_GROUPS):  # a figure that tells shares along a score divides by MOST
            both = along.inferred(returnees, of, most)
            print(f"means, and shares along the score, by pairs of {most} choices: {both}")
            broken.append(most == MOST and both.sure > 0)
        print(f"all closed views at once, all but scores known: {(everybody := inferred(returnees, of, MOST))}")
        broken.append(everybody.sure > everybody.people // 1000)
        for seed in SMALL:
            made = keys.keyed(conform(cohort(np.random.default_rng(seed))), b"another secret")
            _, may, best, average = attacked(made, MOST)
            print(f"small cohort {seed}: {may:,} cells with people enough. Best pair: {best}. All pairs: {average}.")
        hidden, tried = padded(raw, folder)
        print(f"padding: {hidden} of {tried} padded cells are hidden")
        print(f"membership of six people: {'nothing' if (same := membership(raw, folder)) else 'something'} differs")
        print(f"scanning: {(taken := scanned())} places between the steps of the line are taken")
        print(f"versions of which one lacks a person: {versions(raw, raw['person'].drop_duplicates()[:200])}")
    return int(any(broken) or hidden < tried or not same or taken > 0)


if __name__ == "__main__":
    sys.exit(main())

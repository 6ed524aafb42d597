"""The line weighted for loss against a known truth, over many simulated surveys; `pytest -rP` prints what it held."""

import sys
from dataclasses import replace

import numpy as np
import pandas as pd
import pytest
from scipy.special import expit

from components.texts import say
from data.engine import Source
from data.follow_up import LOWER
from data.grouping import Grouping
from data.notes import Note, Said
from data.summaries.trajectories import Panel, by_wave
from data.view import View
from tests.conftest import Open

WAVES = (1, 2, 3, 4)
MEANS = (0.5, 0.4, 0.5, 0.55)
"""The mean score of everybody at each wave, had nobody been lost: what the simulation adds has the mean zero."""

SEEDS = tuple(f"seed {seed}" for seed in range(60))
PEOPLE = 900
COMING = 13.0
"""How much the score a person would have now moves the log odds of being found, where loss is not at random."""


def survey(seed: int, coming: float = 0.0) -> pd.DataFrame:
    """Everybody of one survey at every wave; `found` says who was interviewed. Whoever is lost once is not found later.

    Forced returns stand lower and are harder to find. The chance to be found depends on the score at the wave before
    and, with `coming`, on what is new in the score of the wave itself.
    """
    rng = np.random.default_rng(seed)
    forced = rng.random(PEOPLE) < 0.5
    stands = np.where(forced, -0.05, 0.05)
    apart, found = stands + rng.uniform(-0.25, 0.25, PEOPLE), np.ones(PEOPLE, bool)
    likely = np.zeros(PEOPLE)
    frames = []
    for wave, mean in zip(WAVES, MEANS, strict=True):
        new = rng.uniform(-0.14, 0.14, PEOPLE)
        if wave > 1:
            likely = 1.3 + 5 * apart - 0.4 * forced
            found &= rng.random(PEOPLE) < expit(likely + coming * new)
            apart = stands + 0.7 * (apart - stands) + new
        made = pd.DataFrame({"person": [f"{seed}-{place}" for place in range(PEOPLE)], "composite": mean + apart})
        made = made.assign(wave=wave, area=SEEDS[seed], band=np.where(forced, "forced", "voluntary"))
        frames.append(made.assign(found=found, new=new, likely=likely))
    return pd.concat(frames, ignore_index=True)


def surveys(opened: Open, coming: float = 0.0) -> tuple[Source, pd.DataFrame]:
    """All surveys as one source, each a cohort of its own, and everybody in them, found or not."""
    everybody = pd.concat([survey(seed, coming) for seed in range(len(SEEDS))], ignore_index=True)
    source = opened(everybody[everybody["found"]].drop(columns=["found", "new", "likely"]))
    return replace(source, table=source.table.mutate(cohort=source.table.area)), everybody


def lines(source: Source, panel: Panel) -> pd.DataFrame:
    """The means of each survey at each later wave, with the truth."""
    rows = by_wave(source, View(), WAVES, panel, ("composite",), grouping=Grouping("cohort", SEEDS)).rows
    return rows.assign(truth=rows["wave"].map(dict(zip(WAVES, MEANS, strict=True)))).query("wave > 1")


def lower_by(wave: pd.DataFrame) -> float:
    """How much lower those lost at a wave score than those found of the same past (log odds to the nearest quarter)."""
    known = wave.groupby([(4 * wave["likely"]).round(), "found"])["new"].agg(["mean", "size"]).unstack().dropna()
    return float(np.average(known["mean"][True] - known["mean"][False], weights=known["size"][False]))


def told(what: str, rows: pd.DataFrame) -> tuple[pd.Series, pd.Series]:
    """Coverage of the 95% intervals and mean error, by wave; printed, so that `pytest -rP` shows them."""
    held = rows["truth"].between(rows["low95"], rows["high95"]).groupby(rows["wave"]).mean()
    off = (rows["mean"] - rows["truth"]).groupby(rows["wave"]).mean()
    sys.stdout.write(f"{what}: 95% intervals hold {held.round(3).to_dict()}, off by {off.round(4).to_dict()}\n")
    return held, off


def test_where_loss_depends_on_the_past_alone_the_intervals_of_the_weighted_line_hold_the_truth(opened: Open) -> None:
    source, _ = surveys(opened)
    held, off = told("At random given the past, weighted", lines(source, "weighted"))
    assert 0.90 <= held.mean() <= 0.995
    assert off.abs().max() < 0.005
    for panel in ("same", "seen"):
        held, off = told(f"At random given the past, {panel}", lines(source, panel))
        assert held.max() < 0.2
        assert off.min() > 0.02
    assert "96 or 97 of 100" in say(Note(Said.WEIGHTS_HELD))


def test_where_loss_depends_on_what_happened_since_the_truth_lies_in_the_band(opened: Open) -> None:
    source, everybody = surveys(opened, COMING)
    gap = lower_by(everybody[everybody["wave"] == 2])
    sys.stdout.write(f"Those lost at wave 2 score {gap:.3f} lower than people like them\n")
    assert gap == pytest.approx(0.07, abs=0.005)
    assert gap < LOWER
    assert "0.07 lower" in say(Note(Said.WEIGHTS_HELD))
    rows = lines(source, "weighted")
    held, off = told("Not at random, weighted", rows)
    assert held.max() < 0.05  # "they held it in none"
    assert off.min() > 0.015
    means = rows.groupby("wave")[["mean", "if_lower", "truth"]].mean()
    deep = (means["mean"] - means["truth"]) / (means["mean"] - means["if_lower"])
    inside = rows["truth"].between(rows["if_lower"], rows["mean"]).groupby(rows["wave"]).mean()
    sys.stdout.write(f"Truth within the band: {inside.round(3).to_dict()}, at {deep.round(2).to_dict()} of its depth\n")
    assert deep.between(0.5, 0.95).all()
    assert inside.min() > 0.8

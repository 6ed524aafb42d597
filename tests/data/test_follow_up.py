"""The model of follow-up against statsmodels, and the three lines against a known truth."""

import numpy as np
import pandas as pd
import pytest
import statsmodels.api as sm
from scipy.special import expit

from components.texts import say
from data.engine import Source
from data.follow_up import FACTORS, Numbers, coefficients, design, fit
from data.notes import Note, Said
from data.summaries.trajectories import PANELS, by_wave
from data.view import View
from tests.conftest import Open

WAVES = (1, 2, 3)
TRUTH = 0.46
"""The mean score of everybody of the first wave, at each wave: half the people gain what the other half lose."""


def panel(seed: int, people: int = 1500) -> pd.DataFrame:
    """People of two bands whose scores part, and of whom the weaker and the forced are harder to find again.

    Whoever is not found once is not found later.
    """
    rng = np.random.default_rng(seed)
    forced = rng.random(people) < 0.5
    before = np.where(forced, 0.41, 0.51) + rng.uniform(-0.25, 0.25, people)
    found = np.ones(people, bool)
    frames = []
    for wave, gain in zip(WAVES, (0.0, 0.06, 0.1), strict=True):
        if wave > 1:
            found &= rng.random(people) < expit(-0.6 + 4.5 * before - 0.6 * forced)
        score = before + np.where(forced, -gain, gain) + (wave > 1) * rng.uniform(-0.04, 0.04, people)
        made = pd.DataFrame({"person": [f"p{place}" for place in range(people)], "wave": wave, "composite": score})
        frames.append(made.assign(band=np.where(forced, "forced", "voluntary"))[found])
    return pd.concat(frames, ignore_index=True)


def line(source: Source, which: str) -> pd.DataFrame:
    return by_wave(source, View(), WAVES, which, ("composite",)).rows.set_index("wave")


def kinds(seed: int, size: int) -> pd.DataFrame:
    """Kinds of people with all factors, some levels rare."""
    rng = np.random.default_rng(seed)
    drawn = {factor: rng.choice(["a", "b", "c", "d"], size, p=[0.5, 0.3, 0.19, 0.01]) for factor in FACTORS}
    n, scores = rng.integers(1, 12, size), {name: rng.integers(2, 19, size) / 20 for name in ("latest", "first")}
    return pd.DataFrame(drawn).assign(**scores, n=n, found=rng.binomial(n, 0.6))


def chances(made: pd.DataFrame) -> Numbers:
    """The chance of each kind, read off at its scores as the engine reads it off at a person's."""
    read, latest = fit(made), made["latest"]
    odds = read["given"] + latest * read["latest"] + latest**2 * read["squared"] + made["first"] * read["first"]
    return expit(odds.to_numpy())


def by_statsmodels(made: pd.DataFrame) -> Numbers:
    """The same model fitted to every single person, those added counting as parts of people."""
    n, found = made["n"].to_numpy("float64"), made["found"].to_numpy("float64")
    levels = made[[*FACTORS]].apply(lambda level: level.where(made["n"].groupby(level).transform("sum") >= 10, "other"))
    known = pd.get_dummies(levels, drop_first=True, dtype=float).assign(one=1.0, x=made["latest"], y=made["first"])
    known["xx"] = known["x"] ** 2
    rate, added = found.sum() / n.sum(), known.shape[1] / n.sum()
    outcome = np.repeat([1.0, 0.0], len(n))
    people = np.concatenate([found + added * n * rate, n - found + added * n * (1 - rate)])
    fitted = sm.GLM(outcome, np.vstack([known, known]), family=sm.families.Binomial(), freq_weights=people)
    return np.asarray(fitted.fit(tol=1e-13).predict(known.to_numpy()))


@pytest.mark.parametrize("seed", range(4))
def test_chances_are_those_of_statsmodels(seed: int) -> None:
    made = kinds(seed, 300)
    assert chances(made) == pytest.approx(by_statsmodels(made), abs=1e-8)


def test_the_model_keeps_the_number_found_in_every_level_it_knows() -> None:
    made = kinds(7, 400)
    n, found = made["n"].to_numpy("float64"), made["found"].to_numpy("float64")
    many = made["band"] == "a"
    added = design(made).shape[1] / n.sum()
    rate = found.sum() / n.sum()
    wanted = found[many].sum() + added * rate * n[many].sum()
    assert (n * chances(made))[many].sum() * (1 + added) == pytest.approx(wanted)


def test_rare_levels_are_taken_together() -> None:
    made = kinds(3, 60).assign(n=1, found=np.arange(60) % 3 > 0)
    made["corridor"] = ["a"] * 30 + ["b"] * 21 + ["c"] * 5 + ["d"] * 4
    other = made.assign(corridor=made["corridor"].replace({"c": "e", "d": "e"}))
    assert design(made).shape == design(other).shape
    assert chances(made) == pytest.approx(chances(other))


def test_a_factor_that_follows_from_another_changes_nothing() -> None:
    made = kinds(5, 300)
    many = made.assign(n=made["n"] * 1e6, found=made["found"] * 1e6)
    one, other = (chances(each) for each in (many.assign(corridor="a"), many.assign(corridor=many["band"])))
    assert one == pytest.approx(other, abs=1e-4)


def test_a_level_nobody_or_everybody_of_was_found_again_has_an_answer() -> None:
    made = kinds(6, 300)
    found = np.where(made["sex"] == "a", made["n"], np.where(made["sex"] == "b", 0, made["found"]))
    chance = chances(made.assign(found=found))
    assert (chance[made["sex"] == "a"] > 0.95).all()
    assert (chance[made["sex"] == "b"] < 0.05).all()


@pytest.mark.parametrize("share", [0.0, 1.0])
def test_where_all_or_none_were_found_nothing_is_modelled(share: float) -> None:
    made = kinds(8, 20)
    assert (chances(made.assign(found=made["n"] * share)) == share).all()


def test_at_the_second_wave_the_first_score_is_not_counted_twice() -> None:
    made = kinds(9, 200).assign(first=0.0)
    assert design(made).shape[1] == design(kinds(9, 200)).shape[1] - 1
    assert (fit(made)["first"] == 0).all()
    assert (fit(kinds(9, 200))["first"] != 0).all()


def test_coefficients_of_few_kinds_are_those_worked_by_hand() -> None:
    """30 of 40 and 10 of 20 found; two people are added, one for each column: in proportion, and found as 2 in 3."""
    known = np.array([[1.0, 0.0], [1.0, 1.0]])
    [low, more] = coefficients(known, np.array([40.0, 20.0]), np.array([30.0, 10.0]))
    first, second = (30 + 4 / 3 * 2 / 3) / (40 + 4 / 3), (10 + 2 / 3 * 2 / 3) / (20 + 2 / 3)
    assert expit([low, low + more]) == pytest.approx([first, second])


def test_the_other_lines_stand_too_high_where_their_notes_say(opened: Open) -> None:
    source = opened(panel(1, people=6000))
    seen, same, corrected = (line(source, which)["mean"] for which in ("seen", "same", "weighted"))
    assert seen[1] == pytest.approx(TRUTH, abs=0.01)
    assert seen[1] < seen[2] - 0.02 < seen[3] - 0.04  # "a rise may only mean that others were found"
    assert (same > TRUTH + 0.04).all()
    assert same[3] > same[1] + 0.01  # "its changes are those of the people who stayed"
    assert corrected.to_numpy() == pytest.approx([TRUTH] * 3, abs=0.015)
    assert "later points are too high" in say(Note(Said.EVERYONE_SEEN))
    assert "the line is too high" in say(Note(Said.SAME_PEOPLE))
    assert "stand also for people like them" in say(Note(Said.FOLLOWED_WEIGHTED))


def test_loss_that_has_nothing_to_do_with_the_score_leaves_the_lines_together(opened: Open) -> None:
    everyone = panel(2, people=3000).query("wave == 1")
    made = pd.concat([everyone.assign(wave=wave) for wave in WAVES], ignore_index=True)
    source = opened(made[(made["wave"] == 1) | (np.random.default_rng(4).random(len(made)) < 0.7)])
    for which in PANELS:
        assert line(source, which)["mean"].to_numpy() == pytest.approx([TRUTH] * 3, abs=0.02)

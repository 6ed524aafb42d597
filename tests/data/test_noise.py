"""Noise: the same for the same people, another for others, inside every interval, and nothing else changes."""

import os
import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import ibis
import numpy as np
import pandas as pd
import pytest
from scipy import stats

from data import keys, library
from data.cohort import Cohort, conform
from data.disclosure import noise
from data.effects import hedges
from data.engine import Source, open_cohorts, run, without_noise
from data.estimate import SUMS, differences, means, share_of, shares
from data.grouping import Grouping
from data.manifest import Manifest
from data.summaries.comparison import compare
from data.summaries.composition import compose
from data.summaries.contributions import contributions
from data.summaries.distributions import spread
from data.summaries.effects import effects
from data.summaries.offered import reach
from data.summaries.placed import placed
from data.summaries.standardised import like_for_like
from data.summaries.trajectories import by_wave, change
from data.view import View
from tests.conftest import Open
from tests.data import test_no_cell_follows as attack

DRAWS = 2_000
ROOT = Path(__file__).parents[2]


def seeds(n: int, seed: int = 0) -> np.ndarray:
    return np.random.default_rng(seed).integers(1, 2**noise.SEED_BITS, n)


def test_a_draw_is_close_to_a_normal_one() -> None:
    drawn = noise.draw(seeds(200_000), "people")
    assert drawn.mean() == pytest.approx(0, abs=0.01)
    assert drawn.std() == pytest.approx(1, abs=0.01)
    assert np.abs(drawn).max() < 3.5
    wanted = stats.norm.ppf([0.05, 0.25, 0.5, 0.75, 0.95])
    assert np.quantile(drawn, [0.05, 0.25, 0.5, 0.75, 0.95]) == pytest.approx(wanted, abs=0.03)


def test_draws_for_other_people_or_purposes_are_other_draws() -> None:
    one, other, person = seeds(100_000), seeds(100_000, 1), seeds(1, 2)[0]
    told = [noise.draw(one, "people"), noise.draw(one, "part"), noise.draw(other, "people")]
    told.append(noise.draw(one ^ person, "people"))  # of whom there is one person more
    assert np.abs(np.corrcoef(told) - np.eye(4)).max() < 0.02


def test_who_has_no_seed_has_no_noise() -> None:
    assert noise.draw(np.array([0, 0]), "people").tolist() == [0, 0]
    assert noise.people(np.array([3, 17]), np.array([0, 0])).tolist() == [3, 17]


def test_the_engine_draws_the_same() -> None:
    known = pd.DataFrame({"seed": [0, *seeds(500)]})
    table = ibis.memtable(known)
    drawn = run(table.select("seed", drawn=noise.draw(table.seed, "place")))
    assert drawn["drawn"].to_numpy() == pytest.approx(noise.draw(drawn["seed"].to_numpy(), "place"), abs=1e-12)
    assert (drawn.loc[drawn["seed"] == 0, "drawn"] == 0).all()


def test_a_number_of_people_keeps_to_its_side_of_the_threshold() -> None:
    n = np.repeat([0, 1, 9, 10, 11, 500], 5000)
    told = noise.people(n, seeds(len(n)))
    assert (told[n >= 10] >= 10).all()
    assert (told >= 0).all()
    assert told[n == 500].std() == pytest.approx(noise.PEOPLE, rel=0.05)


def test_what_a_part_gains_the_others_lose() -> None:
    part, whole = seeds(1000), seeds(1000, 1)
    assert noise.of_part(part, whole) == pytest.approx(-noise.of_part(part ^ whole, whole))
    assert noise.of_part(part, part).tolist() == noise.of_part(part * 0, part).tolist() == [0] * 1000


def test_scores_share_half_of_their_noise() -> None:
    seed = np.repeat(seeds(50_000), 2)
    drawn = noise.of_scores(seed, pd.Series(["economic", "social"] * 50_000)).reshape(-1, 2)
    assert drawn.std(axis=0) == pytest.approx([1, 1], abs=0.02)
    assert np.corrcoef(drawn.T)[0, 1] == pytest.approx(0.5, abs=0.02)


def test_two_interviews_at_one_time_have_two_keys() -> None:
    seen = pd.DataFrame({"person": ["a"] * 4, "wave": [1, 1, np.nan, np.nan], "months": [3.0, 3.0, np.nan, np.nan]})
    assert keys.keyed(seen, b"one")["interview_key"].nunique() == 4


def test_keys_are_of_people_and_interviews_and_of_the_secret() -> None:
    seen = pd.DataFrame({"person": ["a", "a", "b", "a"], "wave": [1, 2, 1, 1], "months": [3.0, np.nan, 3.0, 3.0]})
    made = keys.keyed(seen, b"one")
    person, interview = (made[name].tolist() for name in keys.KEYS)
    assert person[0] == person[1] == person[3] != person[2]
    assert interview == keys.keyed(seen, b"one")["interview_key"].tolist()
    assert len({*interview}) == 4
    assert not {*person, *interview} & {*keys.keyed(seen, b"another")[[*keys.KEYS]].to_numpy().ravel()}
    assert made[[*keys.KEYS]].to_numpy().max() < 2**noise.SEED_BITS


def test_a_library_keeps_its_secret(tmp_path: Path) -> None:
    made = library.secret(tmp_path / "library")
    assert len(made) == 32
    assert library.secret(tmp_path / "library") == made
    assert library.secret(tmp_path / "another") != made
    if os.name == "posix":
        assert (tmp_path / "library" / "secret").stat().st_mode & 0o777 == 0o600


def test_a_damaged_secret_is_told_and_never_used(tmp_path: Path, frame: pd.DataFrame) -> None:
    (tmp_path / "secret").write_bytes(b"")
    with pytest.raises(library.LibraryError, match="“secret” is damaged"):
        kept(tmp_path, frame)
    assert library.manifests(tmp_path) == ()
    assert (tmp_path / "secret").read_bytes() == b""


def kept(folder: Path, frame: pd.DataFrame) -> Source:
    manifest = library.keep(Cohort(conform(frame), "Kept", "made for a test"), folder)
    return open_cohorts([(manifest, library.path(manifest, folder))])


def told(source: Source) -> pd.DataFrame:
    return compare(source, View(), Grouping("band", attack.BANDS), attack.BANDS[0]).rows


@pytest.fixture(scope="module")
def frame() -> pd.DataFrame:
    return attack.cohort(np.random.default_rng(3))


def test_a_secret_makes_the_noise(tmp_path: Path, frame: pd.DataFrame) -> None:
    for place, secret in {"one": bytes(range(32)), "copy": bytes(range(32)), "two": bytes(range(1, 33))}.items():
        (tmp_path / place).mkdir()
        (tmp_path / place / "secret").write_bytes(secret)
    first = told(kept(tmp_path / "one", frame))
    # Whatever the order of the rows, in another library with the same secret it is the same, with another it is not.
    pd.testing.assert_frame_equal(first, told(kept(tmp_path / "copy", frame.sample(frac=1, random_state=1))))
    another = told(kept(tmp_path / "two", frame))
    assert (first["mean"] != another["mean"])[first["mean"].notna()].mean() > 0.8


def test_a_cohort_kept_before_there_were_keys_is_told_with_noise_too(tmp_path: Path, frame: pd.DataFrame) -> None:
    manifest = library.keep(Cohort(conform(frame), "Kept", "made for a test"), tmp_path)
    first = told(open_cohorts([(manifest, library.path(manifest, tmp_path))]))
    older = tmp_path / "older.parquet"
    pd.read_parquet(library.path(manifest, tmp_path)).drop(columns=[*keys.KEYS]).to_parquet(older)
    again = open_cohorts([(replace(manifest, checksum="1" * 64), older)])
    pd.testing.assert_frame_equal(first, told(again))


def test_another_process_tells_the_same(as_told: Source) -> None:
    code = """
import sys, tempfile, pathlib
from data import library, shipped
from data.engine import open_cohorts
from tests.data.test_noise import told
with tempfile.TemporaryDirectory() as place:
    folder = pathlib.Path(place)
    shipped.ensure(folder)
    demo = next(each for each in library.manifests(folder) if each.key == "demo")
    told(open_cohorts([(demo, library.path(demo, folder))])).to_csv(sys.stdout, index=False)
"""
    asked = [sys.executable, "-W", "ignore", "-c", code]
    ran = subprocess.run(asked, cwd=ROOT, capture_output=True, text=True, check=True)
    assert ran.stdout.splitlines() == told(as_told).to_csv(index=False).splitlines()


def test_the_same_people_are_told_the_same_by_whatever_way(as_told: Source) -> None:
    corridors = Grouping("corridor", ("DEU-AFG", "DEU-IRQ", "PAK-AFG"))
    side_by_side = compare(as_told, View(), corridors, "DEU-AFG")
    cohort = Grouping("cohort", (as_told.manifests[0].name,))
    alone = compare(as_told, View(place="DEU-IRQ"), cohort, cohort.groups[0])
    named = ["people", "mean", "low95", "high95", "low66", "high66", "sd"]
    mine = side_by_side.only("corridor", "DEU-IRQ").rows
    pd.testing.assert_frame_equal(mine[named].reset_index(drop=True), alone.rows[named].reset_index(drop=True))
    spread_out = spread(as_told, View(), corridors, ("composite",)).only("corridor", "DEU-IRQ").rows
    assert spread_out["mean"].item() == mine.loc[mine["score"] == "composite", "mean"].item()
    observed = like_for_like(as_told, View(), corridors.groups, "DEU-AFG").rows.set_index(["corridor", "method"])
    difference = mine.loc[mine["score"] == "composite", "difference"].item()
    assert observed.loc[("DEU-IRQ", "observed"), "difference"] == difference
    assert reach(as_told, View(place="DEU-IRQ")).people == placed(as_told, View(place="DEU-IRQ")).people


def test_a_change_is_that_of_the_means_it_is_between(as_told: Source) -> None:
    waves = (1, 3)
    line = by_wave(as_told, View(), waves, "same").rows.set_index(["score", "wave"])["mean"].unstack()
    moved = change(as_told, View(), waves).rows.set_index("score")["difference"]
    # Weights of a change are those of the later interview: in the demo they do not change.
    assert (line[3] - line[1] - moved).abs().max() <= 0.0021


def test_the_line_and_those_below_it_are_told_alike(as_told: Source) -> None:
    sexes = Grouping("sex", ("female", "male"))
    mix = compose(as_told, View(), Grouping("cohort", (as_told.manifests[0].name,)), sexes).rows
    assert mix["share"].sum() == pytest.approx(1, abs=0.0011)


def figures(source: Source, recorded: Source, asked: list[attack.Asked]) -> list[attack.Asked]:
    asked.clear()
    for summary in attack.summaries():
        summary(**attack.arguments(summary, source, recorded, View(), attack.GROUPINGS[0]))
    return [each for each in asked if not each.published]


asked = attack.asked

EXACT = {
    **dict.fromkeys(("total", "recorded", "per_thousand"), "counts, rounded to 5, or published"),
    **dict.fromkeys(("rank", "rank_low", "rank_high", "holds", "weightings"), "ranks, and shares of weightings"),
    **dict.fromkeys(("weight_q10", "weight_median", "weight_q90"), "quantiles of the weights of a model"),
    **dict.fromkeys(("coverage", "alike_in", "bands", "steady", "full"), "told in steps, or not of people"),
}
"""Values that noise may leave as they are, and why."""


def test_every_figure_has_noise_in_it_and_hides_the_same(
    opened_as_told: Open, recorded: Source, asked: list[attack.Asked], frame: pd.DataFrame
) -> None:
    source = opened_as_told(frame)
    noisy, exact = figures(source, recorded, asked), figures(without_noise(source), recorded, asked)
    apart = pd.concat(map(sizes, noisy, exact))
    assert len(apart) > 100
    assert (apart <= 3).mean() > 0.98
    assert apart.max() < 5
    assert [each.released.name for each in noisy] == [each.released.name for each in exact]
    for with_noise, without in zip(noisy, exact, strict=True):
        name, values = without.released.name, list(without.released.values)
        hidden, hid = (each.released.flags == "c" for each in (with_noise, without))
        assert not (hid & ~hidden).any(axis=None), name
        # A quantile's interval needs people beyond what noise may move it to.
        assert not (hidden & ~hid).any(axis=None) or name.startswith("quantile-differences"), name
        mine, other = (each.released.rows[values].astype("float64") for each in (with_noise, without))
        for value in {*values} - {*EXACT}:
            within = other[value][other[value].abs() % 1 != 0].dropna()  # nothing moves nobody and everybody
            assert len(within) < 3 or (mine[value][within.index] != within).any(), (name, value)


def sizes(with_noise: attack.Asked, without: attack.Asked) -> pd.Series:
    """How many standard deviations of noise each mean of a figure lies from the one without; none where it has none."""
    if "mean" not in without.released.values or without.released.name.startswith(("smooth", "parity")):
        return pd.Series(dtype="float64")  # a line and a standardised mean have the noise of several means in them
    sigma = noise.MEAN * without.raw["heaviest"] / without.raw["w"]
    mine, other = (each.released.rows["mean"].reset_index(drop=True) for each in (with_noise, without))
    return (((mine - other).abs() - 0.001).clip(lower=0) / sigma)[mine.notna() & other.notna()]


def of(x: np.ndarray, w: np.ndarray, seed: np.ndarray) -> pd.DataFrame:
    """The sums of one sample per row."""
    terms = (w, w**2, w * x, w * x**2, w**2 * x, w**2 * x**2)
    found = dict(zip(SUMS[1:], (each.sum(axis=1) for each in terms), strict=True))
    ends = {"n": x.shape[1], "heaviest": w.max(axis=1), "score": "composite"}
    return pd.DataFrame({**found, **ends, "people_seed": seed, "interviews_seed": seed})


@pytest.mark.parametrize(("n", "heavy"), [(12, 0.0), (30, 0.0), (100, 0.0), (100, 0.8), (400, 0.0)])
def test_intervals_hold_as_often_with_noise(n: int, heavy: float) -> None:
    rng = np.random.default_rng(13)
    x, w = rng.beta(3, 3, (DRAWS, n)), rng.lognormal(0, heavy, (DRAWS, n))
    mine, other = of(x, w, seeds(DRAWS)), of(x, w, np.zeros(DRAWS, dtype="int64"))
    held = [((told["low95"] <= 0.5) & (told["high95"] >= 0.5)).mean() for told in (means(mine), means(other))]
    assert held[0] == pytest.approx(held[1], abs=0.01)
    if n >= 100:
        assert 0.94 <= held[0] <= 0.97
    apart = [differences(means(each.iloc[1:]), means(each.iloc[:-1])) for each in (mine, other)]
    held = [((each["difference_low95"] <= 0) & (each["difference_high95"] >= 0)).mean() for each in apart]
    assert held[0] == pytest.approx(held[1], abs=0.01)


@pytest.mark.parametrize(("n", "heavy", "p"), [(40, 0.0, 0.3), (100, 0.0, 0.5), (100, 0.6, 0.3), (400, 0.0, 0.2)])
def test_intervals_of_shares_hold_as_often_with_noise(n: int, heavy: float, p: float) -> None:
    rng = np.random.default_rng(14)
    w, inside = rng.lognormal(0, heavy, (DRAWS, n)), rng.random((DRAWS, n)) < p
    rows = of(np.zeros((DRAWS, n)), w, seeds(DRAWS)).assign(w_in=(w * inside).sum(axis=1))
    mine = rows.assign(people_seed_in=seeds(DRAWS, 1))
    other = rows.assign(people_seed=0, people_seed_in=0)
    held = [
        ((told["share_low95"] <= p) & (told["share_high95"] >= p)).mean()
        for told in (share_of(mine, "in"), share_of(other, "in"))
    ]
    assert held[0] == pytest.approx(held[1], abs=0.015)
    if n >= 100:
        assert 0.94 <= held[0] <= 0.97


def test_with_noise_numbers_lie_where_those_without_say(as_told: Source, source: Source) -> None:
    grouping = Grouping("band", attack.BANDS)
    mine, exact = (compare(each, View(), grouping, "forced").rows for each in (as_told, source))
    apart = (mine["mean"] - exact["mean"]).abs()
    # Nobody weighs more than four times the mean in the demo.
    assert (apart <= 3 * noise.MEAN * 4 / exact["people"]).all()
    assert apart.max() > 0
    wider = (mine["high95"] - mine["low95"]) / (exact["high95"] - exact["low95"])
    assert wider.between(0.9, 1.15).all()


def test_nothing_but_tests_can_turn_noise_off(manifests: dict[str, Manifest]) -> None:
    assert manifests["demo"].synthetic
    places = [*ROOT.glob("data/**/*.py"), *ROOT.glob("components/**/*.py"), *ROOT.glob("pages/*.py"), ROOT / "app.py"]
    users = [file.name for file in places if "without_noise" in file.read_text("utf-8")]
    assert users == ["engine.py"]


def test_intervals_of_many_parts_hold_too() -> None:
    rng, n, p = np.random.default_rng(15), 100, np.array([0.7, *[0.05] * 6])
    drawn = rng.multinomial(n, p, DRAWS)
    rows = pd.DataFrame({"draw": np.repeat(np.arange(DRAWS), len(p)), "n": drawn.ravel()})
    rows = rows.assign(w=rows["n"], ww=rows["n"], heaviest=1.0, people_seed=seeds(len(rows)) * (rows["n"] > 0))
    held = {}
    for name, people in {"noisy": rows, "exact": rows.assign(people_seed=0)}.items():
        told = shares(people, ["draw"]).iloc[:: len(p)]
        held[name] = ((told["share_low95"] <= p[0]) & (told["share_high95"] >= p[0])).mean()
    assert -0.005 <= held["noisy"] - held["exact"] <= 0.025  # rather too wide: parts share some of their noise


def test_the_intervals_of_a_change_and_of_an_effect_size_hold_too() -> None:
    rng, n = np.random.default_rng(16), 30
    x, y = rng.normal(0.5, 0.15, (2, DRAWS, n))
    w, one, other = np.ones((DRAWS, n)), seeds(DRAWS), seeds(DRAWS, 1)
    changed = means(of(x - y, w, one).assign(interviews_seed_from=other))
    assert ((changed["low95"] <= 0) & (changed["high95"] >= 0)).mean() == pytest.approx(0.95, abs=0.012)
    assert changed["mean"].mean() == pytest.approx(0, abs=0.002)
    sides = [each.join(means(each)) for each in (of(x, w, one), of(y, w, other))]
    g = hedges(*sides, pd.Series(1.0, sides[0].index))
    assert ((g["g_low95"] <= 0) & (g["g_high95"] >= 0)).mean() == pytest.approx(0.95, abs=0.012)


def test_like_for_like_keeps_its_intervals(as_told: Source, source: Source) -> None:
    corridors = ("PAK-AFG", "USA-SLV", "DEU-AFG")
    mine, exact = (like_for_like(each, View(), corridors, "PAK-AFG").rows for each in (as_told, source))
    widths = [each["difference_high95"] - each["difference_low95"] for each in (mine, exact)]
    assert exact["p"].notna().sum() >= 4
    assert (mine["p"].notna() == exact["p"].notna()).all()
    assert (widths[0] / widths[1]).dropna().between(0.97, 1.2).all()


def test_points_lost_add_up_to_the_score_as_it_is_told(as_told: Source) -> None:
    cohort = Grouping("cohort", (as_told.manifests[0].name,))
    mean = compare(as_told, View(place="DEU-GHA"), cohort, cohort.groups[0], ("composite",)).rows["mean"].item()
    lost = contributions(as_told, View(place="DEU-GHA"), cohort, "element").rows
    assert lost["full"].sum() - lost["lost"].sum() == pytest.approx(mean, abs=0.016)  # thirty numbers of three digits


def test_chances_have_the_noise_of_both_sides(as_told: Source, source: Source) -> None:
    sexes = Grouping("sex", ("female", "male"))
    chances = [effects(each, View(place="DEU-GHA"), sexes, "female").rows["superiority"] for each in (as_told, source)]
    assert (chances[0] - chances[1]).abs().max() > 0.001

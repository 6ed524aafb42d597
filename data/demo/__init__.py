"""The demo cohorts: synthetic people, made in a second or two, the same on every machine.

No real person and no published mean stands behind them. The directions follow the texts (DOMAIN §6: MPI, MPP, MMC):
forced returnees stand lower economically, women report less access and safety, economic assistance goes with higher
scores, the country of return matters most, paths follow a W, and those lost to follow-up differ from those found.
"""

import numpy as np
import pandas as pd

from data import scoring
from data.cohort import Cohort, conform
from data.demo.interviews import interviews
from data.demo.people import people
from data.demo.plan import FIRST, SECOND, Plan
from data.vocabulary import SCORES

SOURCE = "Return Spectrum, synthetic data made by data/demo; no real person"
LICENCE = "CC0 1.0, free for any use"


def demo_cohort(seed: int = 21) -> Cohort:
    """Return about 6,000 synthetic returnees in 12 corridors, interviewed at up to five waves.

    Includes community members in three corridors, and two corridors below the floor of 10 people. `seed` (≥ 0) draws
    another cohort of the same kind.
    """
    return _cohort(FIRST, seed, "Demo cohort (synthetic)")


def second_cohort() -> Cohort:
    """Return 900 synthetic returnees of a later programme in four of the same corridors, three waves, other ids."""
    return _cohort(SECOND, 22, "Second demo cohort (synthetic)")


def _cohort(plan: Plan, seed: int, name: str) -> Cohort:
    rng = np.random.Generator(np.random.PCG64(seed))
    frame = interviews(plan, people(plan, rng), rng)
    scores = scoring.score(frame, scoring.DOCUMENTED)[list(SCORES)].round(6)
    scored = pd.concat([frame, scores], axis=1).assign(profile=scoring.DOCUMENTED.key)
    return Cohort(
        conform(scored), name=name, source=SOURCE, licence=LICENCE, synthetic=True, scored_by=scoring.DOCUMENTED
    )

"""The release door: what may be seen of a summary. Nothing else crosses from `data` to `components`.

The rules follow disclosure-control practice for small groups (ACRO's catalogue of checks; the ONS 10–5 rule for
research outputs): a threshold of 10 distinct people, who by design weight count for ten and none for more than a fifth
of the weight (rules of dominance), value + count + interval hidden together (primary suppression), secondary
suppression so that a hidden count cannot be found from totals, nor told to within less than five, counts rounded to 5,
no minimum or maximum, and a quantile q only where n·min(q, 1 − q) ≥ 10. None of these limits can be set from the screen
or from a link. A summary says what adds up to what; what follows from that is decided here alone.
"""

from data.disclosure.against import against
from data.disclosure.flags import Flag, confidential, first_of, may_be_told, not_applicable, not_available
from data.disclosure.noise import SEED_BITS, SEEDS, Count, deviation_of_mean
from data.disclosure.noise import amplitude as noise_amplitude
from data.disclosure.noise import of_places as noise_of_places
from data.disclosure.release import noisy, release, release_published, told, told_counts
from data.disclosure.released import Context, Fact, Released, one_after_another
from data.disclosure.suppression import ALL_ROWS, NO_TOTALS, Margins, shown
from data.disclosure.threshold import (
    DIGITS,
    FEW,
    LIMITS,
    QUANTILES,
    as_may_be_said,
    enough,
    extreme,
    few,
    released_interviews,
    released_people,
    released_share,
    rounded,
    tells_few,
)
from data.disclosure.weight import WEIGHED, Unweighted, added, too_few

__all__ = [
    "ALL_ROWS",
    "DIGITS",
    "FEW",
    "LIMITS",
    "NO_TOTALS",
    "QUANTILES",
    "SEEDS",
    "SEED_BITS",
    "WEIGHED",
    "Context",
    "Count",
    "Fact",
    "Flag",
    "Margins",
    "Released",
    "Unweighted",
    "added",
    "against",
    "as_may_be_said",
    "confidential",
    "deviation_of_mean",
    "enough",
    "extreme",
    "few",
    "first_of",
    "may_be_told",
    "noise_amplitude",
    "noise_of_places",
    "noisy",
    "not_applicable",
    "not_available",
    "one_after_another",
    "release",
    "release_published",
    "released_interviews",
    "released_people",
    "released_share",
    "rounded",
    "shown",
    "tells_few",
    "told",
    "told_counts",
    "too_few",
]

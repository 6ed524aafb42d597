"""Headlines: what a figure shows, in at most 15 words, computed from the released numbers.

A headline that the interval does not carry says that no difference is shown.
"""

from components.headline.compared import difference, holds, in_pairs, lie_between, like_for_like
from components.headline.distributions import (
    above_line,
    along_the_distribution,
    answered,
    high_and_low,
    lost,
    move_together,
    parity,
    parted,
)
from components.headline.recorded import covered, largest_pair, most_returns, recorded, recorded_compulsory
from components.headline.shared import MOST_WORDS, TOO_FEW
from components.headline.spectrum import choice_matters, compulsory, compulsory_range, no_choice, placed, trend
from components.headline.trajectories import (
    between_levels,
    change,
    change_of_groups,
    changed_since_month,
    fell_back,
    followed,
    found_again,
    kept_and_lost,
    left_again,
    moved_level,
    moved_most,
    retained,
    shaped,
    smoothed,
    three_ways,
    turns,
    why_lost,
)

__all__ = [
    "MOST_WORDS",
    "TOO_FEW",
    "above_line",
    "along_the_distribution",
    "answered",
    "between_levels",
    "change",
    "change_of_groups",
    "changed_since_month",
    "choice_matters",
    "compulsory",
    "compulsory_range",
    "covered",
    "difference",
    "fell_back",
    "followed",
    "found_again",
    "high_and_low",
    "holds",
    "in_pairs",
    "kept_and_lost",
    "largest_pair",
    "left_again",
    "lie_between",
    "like_for_like",
    "lost",
    "most_returns",
    "move_together",
    "moved_level",
    "moved_most",
    "no_choice",
    "parity",
    "parted",
    "placed",
    "recorded",
    "recorded_compulsory",
    "retained",
    "shaped",
    "smoothed",
    "three_ways",
    "trend",
    "turns",
    "why_lost",
]

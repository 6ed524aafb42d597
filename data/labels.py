"""Words for codes: how a value of any column is called on screen, in tables and in files."""

from itertools import combinations, permutations
from typing import Final

import pandas as pd

from data import countries, places
from data.flows.basis import Basis, Unit
from data.follow_up import LOWER
from data.instrument import elements, indicators
from data.standardise import METHOD_LABELS
from data.vocabulary import CATEGORIES, DIMENSIONS, SCORE_LABELS, Score
from data.weighting import WEIGHTING_LABELS

COLUMN_LABELS: Final = {
    "corridor": "Corridor",
    "host": "Host country",
    "country_of_return": "Country of return",
    "category": "Source category",
    "band": "Return band",
    "perceived_choice": "Perceived choice",
    "sex": "Sex",
    "age_group": "Age group",
    "assistance": "Assistance",
    "assistance_level": "Level of assistance",
    "assistance_route": "Route of assistance",
    "respondent": "Asked",
    "remigration": "Left again",
    "wave": "Wave",
    "year": "Year",
    "cohort": "Cohort",
    "panel": "Who is counted",
    "area": "Region of return",
    "return_year": "Year of return",
    "score": "Score",
    "bin": "From",
    "people": "People",
    "total": "People in the group",
    "months": "Mean months since return",
    "mean": "Mean",
    "if_lower": f"Mean if those lost scored {LOWER} lower",
    "sd": "Standard deviation",
    "low95": "95% interval, from",
    "high95": "95% interval, to",
    "low66": "66% interval, from",
    "high66": "66% interval, to",
    "difference": "Difference",
    "difference_low95": "Difference, 95% from",
    "difference_high95": "Difference, 95% to",
    "difference_low66": "Difference, 66% from",
    "difference_high66": "Difference, 66% to",
    "q25": "Lower quartile",
    "median": "Median",
    "q75": "Upper quartile",
    "share": "Share",
    "share_low95": "Share, 95% from",
    "share_high95": "Share, 95% to",
    "share_low66": "Share, 66% from",
    "share_high66": "Share, 66% to",
    "p": "p (adjusted)",
    "g": "Hedges’ g",
    "g_low95": "Hedges’ g, 95% from",
    "g_high95": "Hedges’ g, 95% to",
    "superiority": "Probability of a higher score",
    "superiority_low95": "Probability, 95% from",
    "superiority_high95": "Probability, 95% to",
    "method": "Comparison",
    "coverage": "Coverage",
    "alike_in": "Characteristics compared",
    "weighting": "Weighting",
    "holds": "Share of weightings with the same sign",
    "rank": "Rank",
    "rank_low": "Rank, 5th percentile",
    "rank_high": "Rank, 95th percentile",
    "weightings": "Weightings tried",
    "recorded": "Recorded returns",
    "per_thousand": "Interviewed per 1,000 recorded",
    "measure": "Of the data",
    "old": "Before",
    "new": "Now",
    "pair": "Pair of scores",
    "r": "Correlation",
    "r_low95": "Correlation, 95% from",
    "r_high95": "Correlation, 95% to",
    "r_low66": "Correlation, 66% from",
    "r_high66": "Correlation, 66% to",
    "third": "Third on the first score",
    "other_third": "Third on the second score",
    "expected": "Share if unrelated",
    "pattern": "High and low on",
    "community": "Mean of the community",
    "part": "Part of the score",
    "lost": "Points lost",
    "lost_low95": "Points lost, 95% from",
    "lost_high95": "Points lost, 95% to",
    "lost_low66": "Points lost, 66% from",
    "lost_high66": "Points lost, 66% to",
    "full": "Points at most",
    "element": "Element",
    "answer": "Answer",
    "upto": "Scores below",
    "q": "Share of people at or below",
    "quantile": "Score at that place",
    "band_rule": "Placed by",
    "label": "Programme’s label",
    "slope": "Slope per band",
    "slope_low95": "Slope, 95% from",
    "slope_high95": "Slope, 95% to",
    "slope_low66": "Slope, 66% from",
    "slope_high66": "Slope, 66% to",
    "bands": "Bands in the trend",
    "steady": "Share of steps the same way",
    "weight_q10": "Weight, 10th percentile",
    "weight_median": "Weight, median",
    "weight_q90": "Weight, 90th percentile",
    "trimmed": "Share of weights cut",
    "n_effective": "Effective number of people",
    "shape": "Path over the waves",
    "turn": "Turning point (−1 low, 1 high)",
    "surety": "Draws with the same turning point",
    "lowest": "Draws in which it is the lowest wave",
    "from": "Level at the earlier wave",
    "to": "At the later wave",
    "move": "Movement between levels",
    "state": "Where they stand",
    "loss_reason": "Reason for loss",
    "leaving": "How they left again",
    "indicator": "Indicator",
    "window": "Window of months",
    "month": "Months since return",
}

PANELS_AT_LENGTH: Final = {
    "same": "The same people in all waves",
    "seen": "Everyone seen in a wave",
    "weighted": "Everyone of the first wave, weighted for loss",
}
"""Who is counted over waves, where there is room to say it."""

COMMUNITY_IN_VIEW: Final = "Community members of the countries of return in view"
"""Who is in a view of the community."""

OTHER: Final = "OTHER"
"""Stands for all countries beyond the largest, taken together. Never a code of the data."""

_THIRDS: Final = {"low": "Lowest third", "middle": "Middle third", "high": "Highest third"}
_LEVELS: Final = {"low": "Low", "middle": "Middle", "high": "High"}
_ELEMENTS: Final = {element.column: element.name for element in elements()}

WORDS: Final[dict[str, dict[str, str]]] = {
    **CATEGORIES,
    "method": {method.value: words for method, words in METHOD_LABELS.items()},
    "weighting": {weighting.value: words for weighting, words in WEIGHTING_LABELS.items()},
    "panel": {"same": "The same people", "seen": "Everyone seen", "weighted": "Weighted for loss"},
    "pair": {f"{one}-{other}": f"{SCORE_LABELS[one]} and {other}" for one, other in combinations(DIMENSIONS, 2)},
    "pattern": {f"{high}>{low}": f"High {high}, low {low}" for high, low in permutations(DIMENSIONS, 2)},
    "third": _THIRDS,
    "other_third": _THIRDS,
    "element": _ELEMENTS,
    "answer": {answer: answer.capitalize() for element in elements() for answer, _ in element.answers},
    "shape": {
        "rises": "Rises steadily",
        "recovers": "Dips and recovers",
        "stays_high": "Stays high",
        "otherwise": "In between or otherwise",
        "stays_low": "Stays low",
        "falls": "Falls",
    },
    "from": _LEVELS,
    "to": {
        **_LEVELS,
        "remigrated": "Left again",
        "not_interviewed": "Not reached",
        "no_score": "Interviewed, score not known",
    },
    "move": {"up": "Moved up", "down": "Moved down"},
    "part": {
        **{score.value: words for score, words in SCORE_LABELS.items()},
        **{name: name.capitalize() for name in indicators()},
        **_ELEMENTS,
    },
    "state": {
        "interviewed": "Interviewed",
        "remigrated": "Left again",
        "not_interviewed": "Not reached",
    },
    "loss_reason": {**CATEGORIES["loss_reason"], "not_recorded": "No reason recorded"},
    "leaving": {
        **{code: CATEGORIES["remigration"][code] for code in ("choice", "necessity")},
        "not_known": "Left again, choice or necessity not known",
        "stayed": "Stayed, interviewed at the last wave",
    },
    "indicator": {name: name.capitalize() for name in indicators()},
}
"""Words of every column that holds one of a few codes."""


KIND_LABELS: Final = {
    "unhcr": "UNHCR returned refugees",
    "uk": "UK Home Office returns by destination",
    "frontex": "Frontex return operations",
    "mexico": "IOM table of returns from Mexico",
    "guatemala": "IOM table of returns to Guatemala",
    "eurostat": "Eurostat SDMX-CSV",
    "eurostat-browser": "Eurostat data browser (Excel)",
    "hxl": "Table with HXL tags",
    "plain": "Table of one's own",
}
"""The kinds of files of recorded returns (`data.flows.KINDS`)."""

UNIT_LABELS: Final[dict[str, str]] = {
    Unit.RECORDED: "recorded returns",
    Unit.UNHCR: "registered refugees",
    Unit.UK: "returns from the UK",
    Unit.FRONTEX: "returns by Frontex operations",
    Unit.MEXICO: "returns from Mexico, as events",
    Unit.GUATEMALA: "Guatemalans returned",
    Unit.EU_RETURNED: "returned after an order to leave",
    Unit.EU_RETURNED_BY_TYPE: "returned after an order to leave, by type",
    Unit.EU_LEFT: "left after an order to leave",
    Unit.EU_LEFT_BY_TYPE: "left after an order to leave, by type",
    Unit.EU_ORDERED: "people ordered to leave",
    Unit.EU_ORDERED_BY_TYPE: "people ordered to leave, by type",
    Unit.EU_REFUSED: "people refused entry at the border",
    Unit.EU_REFUSED_BY_TYPE: "people refused entry at the border, by type",
    Unit.DISPLACED: "displaced people",
}
"""What one unit of a count of recorded returns is."""


def basis_label(basis: Basis) -> str:
    """What is counted, in a few words; what is no code of `Unit` is an HXL tag or the source's own words."""
    unit = f"people counted as {basis.unit}" if basis.unit.startswith("#") else basis.unit
    return UNIT_LABELS.get(basis.unit, unit) + ", at the latest count of a year" * basis.stock


def label(column: str, code: object) -> str:
    """`code` of `column` in words: "forced" → "Forced", "DEU-AFG" → "Germany → Afghanistan", wave 2 → "Wave 2"."""
    if pd.isna(code):  # type: ignore[call-overload]
        return "–"
    if column in WORDS:
        return WORDS[column].get(str(code), str(code))
    if column == "corridor":
        return places.title(str(code))
    if column in ("host", "country_of_return"):
        return "Other countries" if code == OTHER else countries.name(str(code))
    if column == "score":
        return SCORE_LABELS[Score(str(code))]
    if column == "wave":
        return f"Wave {code}"
    if column == "window":
        return f"Around month {code}"
    return str(code)


def brief(column: str, code: object) -> str:
    """As `label`, with the shortest names of countries, for where there is little room: "US → El Salvador"."""
    known = not pd.isna(code) and code not in (OTHER, places.OTHER)  # type: ignore[call-overload]
    if known and column == "corridor":
        return countries.corridor_label(str(code), countries.brief)
    if known and column in ("host", "country_of_return"):
        return countries.brief(str(code))
    return label(column, code)

"""The words every other file uses: bands, dimensions, reason codes, answer codes and their labels.

Sources: MPI = Newland & Salant, *Balancing Acts* (2018), Figure 1; MPP = *Migration Policy Practice*
IX(1) (2019), "Measuring sustainable reintegration", Figure 3.
"""

from enum import StrEnum
from typing import Final


class ReturnBand(StrEnum):
    """A band of the return spectrum, from most to least voluntary (MPI, Figure 1). The order is meaning."""

    SOLICITED = "solicited"
    VOLUNTARY = "voluntary"
    RELUCTANT = "reluctant"
    PRESSURED = "pressured"
    OBLIGED = "obliged"
    FORCED = "forced"
    UNCLASSIFIED = "unclassified"


BANDS: Final = tuple(band for band in ReturnBand if band is not ReturnBand.UNCLASSIFIED)
COMPULSORY: Final = (ReturnBand.OBLIGED, ReturnBand.FORCED)

BAND_MEANINGS: Final = {
    ReturnBand.SOLICITED: "Returned voluntarily, and the country of origin invited the return.",
    ReturnBand.VOLUNTARY: "Returned by own decision without an invitation: retirement, family, better "
    "conditions in the country of return, or a goal reached.",
    ReturnBand.RELUCTANT: "Had not lost the right to remain, yet left against preference: a hostile climate, "
    "family that could not join, hardship, homesickness.",
    ReturnBand.PRESSURED: "Strongly pushed to leave by the host country, sometimes with a payment for leaving "
    "by a deadline.",
    ReturnBand.OBLIGED: "Had no right to remain, was ordered to leave and complied; may have received return "
    "and reintegration assistance.",
    ReturnBand.FORCED: "Was legally required to leave, had avoided it, and was detained and deported.",
    ReturnBand.UNCLASSIFIED: "The record does not hold the facts needed to place the return; it is shown as it is "
    "and never spread over the bands.",
}
"""What each band means, in the project's own words after MPI, Figure 1."""


class Score(StrEnum):
    """One of the four scores of the Reintegration Sustainability Survey; all live in 0…1 (MPP, Figure 3)."""

    COMPOSITE = "composite"
    ECONOMIC = "economic"
    SOCIAL = "social"
    PSYCHOSOCIAL = "psychosocial"


DIMENSIONS: Final = (Score.ECONOMIC, Score.SOCIAL, Score.PSYCHOSOCIAL)
SCORES: Final = (Score.COMPOSITE, *DIMENSIONS)
POINTS: Final = tuple(f"p{number:02d}" for number in range(1, 31))
"""Columns of the 30 measurement elements, in official order; points 0…1, more is always better."""


FLAG_MEANINGS: Final = {
    "c": "[c] confidential: fewer than 10 people, or no more by weight, or it would give such a number away",
    "x": "[x] not available in the data",
    "z": "[z] not applicable",
}
"""What the status flags of `data.disclosure` mean."""

FLAGS_IN_SHORT: Final = {"c": "[c] too few people to show", "x": "[x] not available", "z": "[z] not applicable"}
"""The same in few words, for charts."""

NOT_RETURNS: Final = "Not returns: "
"""Stands before the category of counts that are no returns from abroad: orders to leave, refusals, displaced people."""

UNKNOWN_COUNTRY: Final = "UNK"
"""Stands for a country that the source does not know (UNHCR's code for it)."""

RETURNEE: Final = "returnee"
COMMUNITY: Final = "community"

CATEGORIES: Final[dict[str, dict[str, str]]] = {
    "band": {band.value: band.value.capitalize() for band in ReturnBand},
    "perceived_choice": {"free": "Free choice", "some": "Some choice", "none": "No choice"},
    "band_rule": {
        "removed_by_force": "Removed by force",
        "ordered_to_leave": "No right to remain, ordered to leave, complied",
        "pushed": "Pushed by the host country, not obliged by law",
        "against_preference": "Own decision against preference, with a right to remain",
        "invited": "Invited by the country of origin",
        "own_decision": "Own decision, none of the above",
        "facts_missing": "Not placed: the facts do not decide",
        "given": "The band stands in the file",
    },
    "sex": {"female": "Women", "male": "Men", "other": "Another gender"},
    "age_group": {
        "0-17": "0–17",
        "18-24": "18–24",
        "25-34": "25–34",
        "35-49": "35–49",
        "50+": "50 and over",
    },
    "respondent": {RETURNEE: "Returnees", COMMUNITY: "Community members"},
    "assistance": {
        "none": "No assistance",
        "cash": "Cash",
        "business": "Small business",
        "training": "Training or job placement",
        "housing": "Housing",
        "health": "Health care",
        "psychosocial": "Psychosocial support",
        "other": "Other assistance",
    },
    "assistance_level": {
        "individual": "Individual",
        "collective": "Collective",
        "community": "Community",
        "structural": "Structural",
    },
    "assistance_route": {"direct": "Given directly", "referral": "By referral"},
    "remigration": {
        "no": "Has not left again",
        "choice": "Left again by choice",
        "necessity": "Left again by necessity",
    },
    "loss_reason": {
        "not_found": "Could not be found",
        "declined": "Did not want another interview",
        "moved": "Moved within the country",
        "remigrated": "Left again",
        "died": "Died",
        "other": "Another reason",
    },
}
"""Codes of each categorical column in display order, with their labels on screen."""

SCORE_LABELS: Final = {score: score.value.capitalize() for score in SCORES}
BAND_LABELS: Final = {band: CATEGORIES["band"][band] for band in ReturnBand}

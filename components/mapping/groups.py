"""What a survey may tell, in the order in which it is needed, with the words the screen has for it."""

from dataclasses import dataclass

from data.instrument import INDICATORS, elements, grouping_note, indicators
from data.spectrum import FACT_LABELS, FACTS
from data.vocabulary import DIMENSIONS, SCORE_LABELS, SCORES

ELEMENTS = {dimension: f"{SCORE_LABELS[dimension]} elements" for dimension in DIMENSIONS}
ROWS = "Rows to read"


@dataclass(frozen=True)
class Part:
    """Fields that are asked for together, under a title, with a note on what is wanted."""

    title: str
    note: str
    fields: tuple[str, ...]


GROUPS: dict[str, tuple[Part, ...]] = {
    "Who, where, when": (
        Part("Who", "Any code that tells people apart. It stays in the library and is never shown.", ("person",)),
        Part("Where", "", ("host", "country_of_return")),
        Part(
            "When",
            "One of three is enough: the round, the months since return, or both dates. From both dates the months are "
            "counted: interview date − return date.",
            ("wave", "months", "interview_date", "return_date"),
        ),
    ),
    "How they returned": (
        Part("The band of the return spectrum", "If no column holds it, the facts below tell it.", ("band",)),
        Part(
            "The facts of the return",
            "They place each return in its band, by the rule on Methods. One column may answer several questions, such "
            "as the manner of return; what was not asked counts as not known.",
            FACTS,
        ),
        Part("What was said of it", "Kept apart from the band.", ("label", "perceived_choice")),
    ),
    **{
        title: (
            Part(
                "",
                grouping_note,
                tuple(element.column for name in INDICATORS[dimension] for element in indicators()[name]),
            ),
        )
        for dimension, title in ELEMENTS.items()
    },
    "Scores": (
        Part(
            "Scores that the file brings",
            "From 0 to 1. Where a file has scores they are shown as they are, and none is made from the elements.",
            (*SCORES, "profile"),
        ),
    ),
    "About the person": (Part("", "", ("sex", "age", "age_group", "child", "vulnerable", "respondent", "weight")),),
    "More on the return": (Part("", "", ("return_year", "area", "remigration", "loss_reason")),),
    "Assistance": (
        Part(
            "",
            "",
            (
                "assistance",
                "assistance_level",
                "assistance_route",
                "assistance_provider",
                "assistance_value",
                "assistance_months",
            ),
        ),
    ),
    ROWS: (),
}
"""The groups of fields."""

LABELS = {
    "person": "Person",
    "host": "Host country: where people returned from",
    "country_of_return": "Country of return",
    "wave": "Round of interviews (wave)",
    "months": "Months since return",
    "interview_date": "Date of the interview",
    "return_date": "Date of return",
    "band": "Band",
    **FACT_LABELS,
    "label": "The programme’s own word for the kind of return",
    "perceived_choice": "Perceived choice: how free people felt to decide",
    **{element.column: f"{element.number}. {element.name}" for element in elements()},
    **{score: f"{label} score" for score, label in SCORE_LABELS.items()},
    "profile": "How the scores were made",
    "sex": "Sex",
    "age": "Age in years",
    "age_group": "Age group",
    "child": "Under 18",
    "vulnerable": "Counted as vulnerable",
    "respondent": "Returnee or community member",
    "weight": "Design weight",
    "return_year": "Year of return",
    "area": "Region of return",
    "remigration": "Left again since",
    "loss_reason": "Why there was no further interview",
    "assistance": "Kind of assistance",
    "assistance_level": "Level of assistance",
    "assistance_route": "Given directly or by referral",
    "assistance_provider": "Provider of assistance",
    "assistance_value": "Value of assistance",
    "assistance_months": "Months of assistance",
}
"""Each field in words."""


def fields(group: str) -> tuple[str, ...]:
    """The fields of a group."""
    return tuple(name for part in GROUPS[group] for name in part.fields)


GROUP_OF = {name: group for group in GROUPS for name in fields(group)}
"""The group in which each field is asked for."""

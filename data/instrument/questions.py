"""The questions of the project's own form of the survey, for KoBoToolbox and ODK, and the answers to choose from.

The order of the 30 elements and the codes of six are published (MPP, Figure 3); the official wording of the questions
is not available, so every question is in the project's own words.
"""

import re
from dataclasses import dataclass
from functools import cache
from typing import Final

from data import countries
from data.instrument import elements
from data.spectrum import FACT_LABELS
from data.vocabulary import CATEGORIES, COMMUNITY, POINTS, RETURNEE

WORDING_NOTE: Final = (
    "The questions on the 30 elements are worded by Return Spectrum. The official wording of the Reintegration "
    "Sustainability Survey is not available to the project: an organisation that holds it should put it in their place "
    "and leave the names of questions and answers as they are."
)


@dataclass(frozen=True)
class Answer:
    """An answer to choose: its XML name, its label, and the code that it becomes, "" where it says nothing."""

    name: str
    label: str
    code: str


@dataclass(frozen=True)
class Question:
    """One question; `name` is the field of the cohort that it fills, `kind` an XLSForm type or a list of answers.

    `only_if` and `allowed` are XPath expressions, `otherwise` the message where an answer is not allowed.
    """

    name: str
    kind: str
    label: str
    hint: str = ""
    required: bool = True
    only_if: str = ""
    allowed: str = ""
    otherwise: str = ""
    default: str = ""


@dataclass(frozen=True)
class Group:
    """Questions that stand on one screen, asked only if the condition holds."""

    name: str
    label: str
    questions: tuple[Question, ...]
    only_if: str = ""


SILENT: Final = (Answer("dont_know", "Don’t know", ""), Answer("prefer_not_to_say", "Prefer not to say", ""))
"""Answers that count as missing."""

CONSENT: Final = "${consent} = 'yes'"
RETURNED: Final = f"{CONSENT} and ${{respondent}} = '{RETURNEE}'"
ASSISTED: Final = " and ".join(
    f"${{assistance}} != '{name}'" for name in ("", "none", *(answer.name for answer in SILENT))
)

_DEPENDS: Final = "Choose “Does not apply” where the question does not fit the person."

ELEMENTS: Final = (
    "How satisfied are you with your economic situation?",
    "How often do you or your family eat less because there is not enough food or money?",
    "Could you borrow money if you needed it?",
    "How often do you borrow money?",
    "How large is your debt, compared with what you spend in a month?",
    "How good is your access to work and training?",
    "Are you working at present?",
    "Do you own anything that earns an income, such as land, animals, tools or a shop?",
    "Are you looking for a job at present?",
    "How good is access to housing in this community?",
    "How good is the place you live in?",
    "How good is access to education in this community?",
    "Are all children of school age in your household enrolled in school?",
    "How good is access to justice and to the police in this community?",
    "Do you have an identity document?",
    "How good is access to health care in this community?",
    "How good is the quality of health care in this community?",
    "How good is access to documents, such as birth certificates, in this community?",
    "How good is access to safe drinking water in this community?",
    "How good is access to other public services in this community?",
    "How often do you take part in social activities, such as celebrations or meetings?",
    "How strong is the network of people who would support you if you needed it?",
    "How strongly do you feel that you belong to this community?",
    "How safe do you feel here?",
    "How often is there conflict or tension in your family?",
    "How often do you feel discriminated against in this country?",
    "How often do you feel signs of distress, such as sadness, fear, anger or sleeplessness?",
    "Would you like to receive psychological support?",
    "Do you feel able to stay in this country?",
    "If you think of leaving again: is it because you wish to, or because you need to?",
)
"""The question on each element, in official order and in the project's own words."""


@cache
def groups() -> tuple[Group, ...]:
    """Return the form's groups in order."""
    asked = dict(zip(POINTS, ELEMENTS, strict=True))
    per_dimension: dict[str, list[Question]] = {}
    for element in elements():
        question = Question(element.column, _list_of(element.column), asked[element.column], _DEPENDS)
        per_dimension.setdefault(element.dimension.value, []).append(question)
    return (
        Group("intro", "Before the interview", _INTRO),
        Group("about", "The interview and the person", _ABOUT, CONSENT),
        Group("return", "The return", _RETURN, RETURNED),
        *(Group(name, f"{name.capitalize()} situation", tuple(of), CONSENT) for name, of in per_dimension.items()),
        Group("support", "Assistance", _SUPPORT, RETURNED),
        Group("since", "Since the return", _SINCE, RETURNED),
    )


@cache
def answers() -> dict[str, tuple[Answer, ...]]:
    """Return the answers of each list, the best or the most usual first."""
    lists = {
        "consent": (Answer("yes", "Yes", "yes"), Answer("no", "No", "no")),
        "country": tuple(Answer(code, name, code) for code, name in countries.options().items()),
        "respondent": (Answer(RETURNEE, "Returnee", RETURNEE), Answer(COMMUNITY, "Community member", COMMUNITY)),
        "yes_no": (Answer("yes", "Yes", "yes"), Answer("no", "No", "no"), *SILENT),
        "sex": (*_own("sex", ("Woman", "Man", "Another gender")), *SILENT[1:]),
        "perceived_choice": (*_own("perceived_choice"), *SILENT),
        "assistance": (*_own("assistance"), *SILENT),
        "assistance_level": (*_own("assistance_level"), *SILENT[:1]),
        "assistance_route": (*_own("assistance_route"), *SILENT[:1]),
        "remigration": (*_own("remigration"), *SILENT),
    }
    for element in elements():
        told = tuple(
            Answer(re.sub(r"\W+", "_", word), word.capitalize(), f"{points:g}") for word, points in element.answers
        )
        lists[_list_of(element.column)] = (*told, *SILENT, Answer("not_applicable", "Does not apply", ""))
    return lists


def _list_of(element: str) -> str:
    return f"answers_{element}"


def _own(field: str, labels: tuple[str, ...] = ()) -> tuple[Answer, ...]:
    codes = CATEGORIES[field]
    return tuple(Answer(code, label, code) for code, label in zip(codes, labels or codes.values(), strict=True))


_INTRO: Final = (
    Question("wording", "note", WORDING_NOTE, required=False),
    Question(
        "consent",
        "consent",
        "Does the person agree to be interviewed, and to the answers being used as explained?",
        "Explain first who asks, what for, that help does not depend on it, and that the person may stop at any time.",
    ),
)
_ABOUT: Final = (
    Question("respondent", "respondent", "Who is interviewed?", "Community members tell how life here is for others."),
    Question("person", "text", "Code of the person", "The same code at every interview; never a name or a number of "
             "a document."),
    Question("interview_date", "date", "Date of the interview", default="today()", allowed=". <= today()",
             otherwise="The date is in the future: choose today or an earlier day."),
    Question("wave", "integer", "Round of interviews", "1 for the first interview after return, 2 for the next, …",
             allowed=". >= 0 and . <= 1000", otherwise="Enter the number of the round, such as 1."),
    Question("country_of_return", "country", "Country of return", "For a community member: the country you are in."),
    Question("area", "text", "Area of return", "Province, region or district; no address.", required=False),
    Question("sex", "sex", "Sex"),
    Question("age", "integer", "Age in years", "Leave empty where it is not known.", required=False,
             allowed=". >= 0 and . <= 120", otherwise="Enter an age from 0 to 120."),
    Question("vulnerable", "yes_no", "Does the programme count the person as vulnerable?", required=False),
)  # fmt: skip
_RETURN: Final = (
    Question("host", "country", "Host country, from which the person returned"),
    Question("return_date", "date", "Date of return", "If only the month is known, its 15th.", required=False,
             allowed=". <= today() and . <= ${interview_date}",
             otherwise="The return cannot be later than the interview: correct one of the dates."),
    Question("label", "text", "The programme’s own word for the kind of return", required=False),
    *(Question(fact, "yes_no", label) for fact, label in FACT_LABELS.items()),
    Question("perceived_choice", "perceived_choice", "How much choice did you feel you had in returning?",
             "What the person felt, whatever the papers say."),
)  # fmt: skip
_SUPPORT: Final = (
    Question("assistance", "assistance", "Which reintegration assistance did you receive?",
             "If there were several, the one that mattered most."),
    Question("assistance_level", "assistance_level", "For whom was it?", required=False, only_if=ASSISTED),
    Question("assistance_route", "assistance_route", "How was it given?", required=False, only_if=ASSISTED),
    Question("assistance_provider", "text", "Organisation that gave it", "The organisation; no person’s name.",
             required=False, only_if=ASSISTED),
    Question("assistance_value", "decimal", "Its value", "In the currency that the programme reports in.",
             required=False, only_if=ASSISTED, allowed=". >= 0", otherwise="Enter a value of 0 or more."),
    Question("assistance_months", "decimal", "For how many months was it given?", required=False, only_if=ASSISTED,
             allowed=". >= 0", otherwise="Enter a number of months, 0 or more."),
)  # fmt: skip
_SINCE: Final = (
    Question("remigration", "remigration", "Has the person left the country again since the return?"),
)  # fmt: skip

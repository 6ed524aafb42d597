"""The lines, headings and cells of a data report."""

from typing import Final

from components.texts.template import Words, amount
from data.disclosure import FEW, Flag
from data.notes import Reported, Vague
from data.report.model import Amount
from data.vocabulary import FLAG_MEANINGS

KNOWN: Final = {
    "host": "Host country",
    "country_of_return": "Country of return",
    "area": "Area",
    "sex": "Sex",
    "age_group": "Age group",
    "return_year": "Year of return",
    "band": "Band",
}
"""What others may know of a person."""


def _holds(people: Amount, interviews: Amount, waves: int) -> str:
    told = f"The file holds {amount(people)} people and {amount(interviews)} interviews"
    return f"{told}, in {waves or 'no'} wave{'s' * (waves != 1)}."


def _corridors_found(count: int, few: int) -> str:
    return (
        f"Returnees by host country and country of return: {count:,} corridor{'s' * (count != 1)}, of which {few:,} "
        "have too few people to show a number, or would give one away."
    )


def _known(columns: tuple[str, ...], alone: Amount, few: tuple[Amount, ...], fewer_than: tuple[int, ...]) -> str:
    known = ", ".join(KNOWN[name].lower() for name in columns)
    first, second = (f"of fewer than {size}: {amount(part)}" for size, part in zip(fewer_than, few, strict=True))
    return (
        f"Known of each person: {known}. Alone in their combination: {amount(alone)} of the people; in a combination "
        f"{first}; {second}."
    )


def _best_left_out(column: str) -> str:
    return f"If one column is to be left out, {KNOWN[column].lower()} helps most."


REPORT: Final[dict[Reported, Words]] = {
    Reported.REPORT: "Data report: {name}",
    # The data
    Reported.DATA: "The data",
    Reported.SOURCE: "Source: {source}.",
    Reported.LICENCE: "Licence: {licence}.",
    Reported.SYNTHETIC: "These data are synthetic: no real person stands behind them.",
    # People
    Reported.PEOPLE: "People, interviews and waves",
    Reported.FEW_PEOPLE: f"The file holds {FEW} people: nothing else of them may be shown.",
    Reported.HOLDS: _holds,
    Reported.MEMBERS: "Members of the community among them: {people:amount}.",
    Reported.ROUNDED: (f"Counts are rounded to 5, and numbers that stand for {FEW} people are not shown."),
    Reported.ROUNDED_AND_MASKED: f"Counts are rounded to 5. {FLAG_MEANINGS[Flag.CONFIDENTIAL]}.",
    Reported.WAVE_COLUMN: "Wave",
    Reported.PEOPLE_COLUMN: "People",
    Reported.INTERVIEWS_COLUMN: "Interviews",
    # Corridors
    Reported.CORRIDORS: "Corridors",
    Reported.CORRIDORS_FOUND: _corridors_found,
    Reported.CORRIDORS_SHOWN: "The {count} with most people stand below.",
    Reported.CORRIDOR_COLUMN: "Corridor",
    Reported.RETURNEES_COLUMN: "Returnees",
    # Bands
    Reported.BANDS: "Return bands, and what placed people in them",
    Reported.BAND_RULES: (
        "A band stands in the file or follows from the facts of the return; returns that the facts do not decide are "
        "unclassified and never spread over the bands."
    ),
    Reported.RULE_COLUMN: "Rule",
    Reported.BAND_COLUMN: "Band",
    # Duplicates
    Reported.DUPLICATES: "Duplicates",
    Reported.AGAIN_IN_WAVE: (
        "Interviews in which a person is interviewed again in the same wave: {interviews:amount}. Where numbers are "
        "shown by wave, the later interview counts."
    ),
    Reported.SAME_ROW: (
        "People whose interview is the same as another person’s in everything but the person’s code: {people:amount}. "
        "They may be one person under two codes; the fewer columns a file has, the more often it is chance."
    ),
    # Missing answers and scores
    Reported.MISSING: "Missing answers, by element",
    Reported.ELEMENTS_ASKED: (
        "{count} of the 30 elements have answers; an element without any is one that the survey did not ask."
    ),
    Reported.NO_ELEMENTS: "The file brings no answers to the 30 elements, only scores.",
    Reported.NUMBER_COLUMN: "No.",
    Reported.ELEMENT_COLUMN: "Element",
    Reported.MISSING_COLUMN: "Missing, share of interviews",
    Reported.NOT_ASKED: "not asked",
    Reported.SCORES: "Scores",
    Reported.PROFILE: "Profile: {label}.",
    Reported.MINIMUM: (
        "A score is made only where at least {share:.0%} of its weight is answered; nobody’s missing answers are "
        "filled in."
    ),
    Reported.SUPPLIED: "The scores came with the file, so how many answers each rests on is not known ([z]).",
    Reported.SCORE_COLUMN: "Score",
    Reported.WITH_COLUMN: "People with it",
    Reported.WITHOUT_COLUMN: "People who lose it in an interview because too few answers are there",
    # Dates
    Reported.DATES: "Dates, ages and ranges",
    Reported.RANGES: (
        "Points and scores outside 0 to 1, ages outside 0 to 120 and months outside 0 to {months:,} are refused when a "
        "file is read, so there are none here."
    ),
    Reported.AGES: (
        "Ages in years are not kept, only age groups: whether anyone under 5 or over 100 answered cannot be checked "
        "here, and is to be looked up in the file itself."
    ),
    Reported.CHECK_COLUMN: "What was checked",
    Reported.BEFORE_RETURN: "Interview before the return",
    Reported.AFTER_LAST: "Return later than the last interview of the file",
    Reported.MONTHS_DIFFER: "Months since return differ from the dates by more than {months}",
    Reported.UNDER_18: "Under 18 (the survey is made for adults)",
    Reported.UNDER_18_DIFFERS: "Under 18 in one column and not in the other",
    Reported.ALL_ZERO: "All four scores exactly 0",
    # Answers that repeat
    Reported.PATTERNS: "Answers that repeat",
    Reported.TOO_FEW_ANSWERS: f"No interview answers {{least}} elements, so this {amount(Vague.UNTESTED)}.",
    Reported.STRAIGHT: (
        "Interviews in which all answers earn the same points: {interviews:amount}; as a share: {share:amount}. That "
        "can be true; where it is frequent, a form may have been filled in without asking."
    ),
    Reported.SAME_DAY: (
        "Groups of {least} or more people with the same answers to every element on one day in one area: "
        "{groups:amount}; people in them: {people:amount}. Such groups can come from how one interviewer fills in the "
        "form: ask the team of that day."
    ),
    Reported.NO_DATES: (
        f"Whether people of one day and place have the same answers {amount(Vague.UNTESTED)}: there are no dates."
    ),
    # How easily people can be recognised
    Reported.RECOGNISABLE: "How easily people can be recognised",
    Reported.KNOWN: _known,
    Reported.ALONE: (
        "Whoever knows these things of a person who is alone in the combination can find that person’s row in the "
        "file, and with it all answers."
    ),
    Reported.KEEP_APART: (
        "So keep the file where only those who need it can open it, and pass on released figures instead of rows."
    ),
    Reported.BEST_LEFT_OUT: _best_left_out,
    Reported.NONE_LEFT_OUT: "No single column, left out, would make people harder to recognise.",
    Reported.LEFT_OUT_COLUMN: "Left out",
    Reported.ALONE_COLUMN: "Alone",
    Reported.FEWER_COLUMN: "In one of fewer than {size}",
    Reported.NOTHING: "Nothing",
    # What was done, and the mapping
    Reported.DOUBTS: "What was done to the file, and what is doubtful",
    Reported.NO_DOUBTS: "Nothing.",
    Reported.MAPPING: "The mapping",
    Reported.BY_MAPPING: "The file was read by the mapping “{name}”, which can be kept and used again.",
    Reported.MADE_COLUMN: "Made",
    Reported.FROM_COLUMN: "From the file’s column",
    Reported.WORDS_COLUMN: "Words with a code",
    Reported.SAME_EVERYWHERE: "the same in every row",
}

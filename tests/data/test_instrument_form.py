import csv
import io
import re
from collections.abc import Iterable
from typing import Any

import openpyxl
import pandas as pd
import pytest
from pyxform import xls2xform

from data.cohort import Cohort, conform
from data.instrument import elements
from data.instrument.form import SURVEY, xlsform
from data.instrument.questions import ELEMENTS, WORDING_NOTE, answers, groups
from data.loading import load, look
from data.mapping import as_toml
from data.mapping.kept import shipped
from data.mapping.own_form import WAYS, form_mapping
from data.spectrum import FACT_LABELS
from data.vocabulary import CATEGORIES, POINTS
from tests.said import in_words

# The answers of the first respondent and what each earns, by hand from elements.csv.
FIRST = {
    "p01": ("satisfied", 0.75), "p02": ("sometimes", 0.5), "p03": ("yes", 1), "p04": ("rarely", 0.75),
    "p05": ("no_debt", 1), "p06": ("good", 0.75), "p07": ("yes", 1), "p08": ("no", 0), "p09": ("no", 1),
    "p10": ("good", 0.75), "p11": ("good", 0.75), "p12": ("good", 0.75), "p13": ("yes", 1), "p14": ("good", 0.75),
    "p15": ("yes", 1), "p16": ("good", 0.75), "p17": ("good", 0.75), "p18": ("good", 0.75), "p19": ("good", 0.75),
    "p20": ("good", 0.75), "p21": ("often", 0.75), "p22": ("a_weak_network", 0.25), "p23": ("strong", 0.75),
    "p24": ("safe", 0.75), "p25": ("never", 1), "p26": ("rarely", 0.75), "p27": ("sometimes", 0.5), "p28": ("yes", 0),
    "p29": ("yes", 1), "p30": ("wish", 1),
}  # fmt: skip
UNANSWERED = {"p01": "dont_know", "p02": "prefer_not_to_say", "p13": "not_applicable"}

RETURNEE = {
    "consent": "yes", "respondent": "returnee", "person": "R-1", "interview_date": "2024-06-01", "wave": "1",
    "country_of_return": "AFG", "area": "Herat", "sex": "female", "age": "30", "vulnerable": "yes", "host": "DEU",
    "return_date": "2023-12-01", "label": "Assisted return", "removed_by_force": "no", "right_to_remain": "no",
    "ordered_to_leave": "yes", "pushed": "no", "against_preference": "yes", "invited": "no",
    "perceived_choice": "some", "assistance": "cash", "assistance_level": "individual", "assistance_route": "direct",
    "assistance_value": "1200.5", "assistance_months": "3", "remigration": "no",
    **{name: answer for name, (answer, _) in FIRST.items()},
}  # fmt: skip
RESPONDENTS = (
    RETURNEE,
    RETURNEE | UNANSWERED | {
        "person": "R-2", "interview_date": "2024-06-02", "country_of_return": "NAM", "host": "UNK", "age": "17",
        "sex": "prefer_not_to_say", "vulnerable": "dont_know", "area": "", "return_date": "", "label": "",
        "removed_by_force": "yes", "right_to_remain": "dont_know", "ordered_to_leave": "dont_know",
        "pushed": "prefer_not_to_say", "against_preference": "dont_know", "invited": "dont_know",
        "perceived_choice": "none", "assistance": "none", "assistance_level": "", "assistance_route": "",
        "assistance_value": "", "assistance_months": "", "remigration": "dont_know",
    },
    {
        "consent": "yes", "respondent": "community", "person": "C-1", "interview_date": "2024-06-03", "wave": "1",
        "country_of_return": "AFG", "area": "Herat", "sex": "male", "age": "51", "vulnerable": "no",
        **{element.column: re.sub(r"\W+", "_", element.answers[0][0]) for element in elements()},
    },
    {"consent": "no"},
)  # fmt: skip
"""Two returnees, a member of the community with every best answer, and someone who did not agree. Nobody exists."""


def expected() -> pd.DataFrame:
    """Every cell, by hand. The documented weights: of each dimension two are published, the others share the rest.

    Economic: .15 (1), .08 (3), others (1 − .23) / 7 = .11. Social: .10 (10), .11 (12), others .79 / 9. Psychosocial:
    .12 (21), .05 (22), others .83 / 8. Composite: .05 .02 .03 .03 .04 .03, others .80 / 24.
    """
    # 2, 4 to 9: .5 + .75 + 1 + .75 + 1 + 0 + 1 = 5; 11 and 13 to 20: 7 x .75 + 2 x 1 = 7.25;
    # 23 to 30: .75 + .75 + 1 + .75 + .5 + 0 + 1 + 1 = 5.75
    economic = 0.75 * 0.15 + 1 * 0.08 + 5 * 0.11
    social = 0.75 * 0.10 + 0.75 * 0.11 + 7.25 * 0.79 / 9
    psychosocial = 0.75 * 0.12 + 0.25 * 0.05 + 5.75 * 0.83 / 8
    published = 0.75 * 0.05 + 1 * 0.02 + 0.75 * 0.03 + 0.75 * 0.03 + 0.75 * 0.04 + 0.25 * 0.03
    composite = published + (5 + 7.25 + 5.75) * 0.80 / 24
    assert (economic, psychosocial, composite) == pytest.approx((0.7425, 0.6990625, 0.74))
    # The second lacks 1, 2 and 13. Economic: 1 − .15 − .11 = .74 of the weight is answered, less than .8: no score.
    less_social = (social - 1 * 0.79 / 9) / (1 - 0.79 / 9)
    less_composite = (composite - 0.75 * 0.05 - (0.5 + 1) * 0.80 / 24) / (1 - 0.05 - 2 * 0.80 / 24)
    points = {name: earned for name, (_, earned) in FIRST.items()}
    first = {
        "person": "R-1", "wave": 1, "months": 183 / (365.25 / 12), "interview_date": "2024-06-01",
        "return_date": "2023-12-01", "return_year": 2023, "host": "DEU", "country_of_return": "AFG", "area": "Herat",
        "label": "Assisted return", "band": "obliged", "band_rule": "ordered_to_leave", "perceived_choice": "some",
        "sex": "female", "age_group": "25-34", "child": False, "vulnerable": True, "respondent": "returnee",
        "assistance": "cash", "assistance_level": "individual", "assistance_route": "direct",
        "assistance_value": 1200.5, "assistance_months": 3.0, "remigration": "no", "weight": 1.0, **points,
        "composite": composite, "economic": economic, "social": social, "psychosocial": psychosocial,
    }  # fmt: skip
    second = {
        "person": "R-2", "wave": 1, "interview_date": "2024-06-02", "host": "UNK", "country_of_return": "NAM",
        "band": "forced", "band_rule": "removed_by_force", "perceived_choice": "none", "age_group": "0-17",
        "child": True, "respondent": "returnee", "assistance": "none", **points, "p01": None, "p02": None, "p13": None,
        "composite": less_composite, "social": less_social, "psychosocial": psychosocial,
    }  # fmt: skip
    third = {
        "person": "C-1", "wave": 1, "interview_date": "2024-06-03", "host": "UNK", "country_of_return": "AFG",
        "area": "Herat", "band": "unclassified", "sex": "male", "age_group": "50+", "child": False,
        "vulnerable": False, "respondent": "community", **dict.fromkeys(POINTS, 1.0), "composite": 1.0,
        "economic": 1.0, "social": 1.0, "psychosocial": 1.0,
    }  # fmt: skip
    frame = pd.DataFrame([first, second, third]).assign(profile="documented")
    dates = {name: pd.to_datetime(frame[name]) for name in ("interview_date", "return_date")}
    return conform(frame.assign(**dates))


def exported(way: str, respondents: Iterable[dict[str, str]] = RESPONDENTS) -> bytes:
    """The form filled in, as KoBoToolbox or ODK Central gives it out."""
    heads = {"kobo": "{group}/{name}", "odk": "{group}-{name}", "names": "{name}", "labels": "{label}"}
    asked = [(group.name, question) for group in groups() for question in group.questions]
    rows = [[heads[way].format(group=group, name=q.name, label=q.label) for group, q in asked]]
    for answered in respondents:
        cells = [answered.get(question.name, "") for _, question in asked]
        if way == "labels":
            labels = {name: {it.name: it.label for it in several} for name, several in answers().items()}
            cells = [labels.get(q.kind, {}).get(cell, cell) for (_, q), cell in zip(asked, cells, strict=True)]
        rows.append(cells)
    sink = io.StringIO(newline="")
    if way == "odk":
        rows[0] = ["SubmissionDate", *rows[0], "meta-instanceID", "KEY", "SubmitterID", "SubmitterName", "ReviewState"]
        for number, row in enumerate(rows[1:], 1):
            row[:] = [f"2024-06-0{number}T10:00:00.000Z", *row, f"uuid:{number}", f"uuid:{number}", "7", "tablet", ""]
        csv.writer(sink).writerows(rows)
        return sink.getvalue().encode()
    rows[0] += ["_id", "_uuid", "_submission_time", "_validation_status", "__version__", "_index"]
    for number, row in enumerate(rows[1:], 1):
        row += [str(100 + number), f"u{number}", f"2024-06-0{number}T10:00:00", "", "v1", str(number)]
    csv.writer(sink, delimiter=";", quoting=csv.QUOTE_ALL).writerows(rows)
    return sink.getvalue().encode("utf-8-sig")


@pytest.mark.parametrize("way", WAYS)
def test_a_filled_export_gives_every_cell_and_the_scores_computed_by_hand(way: str) -> None:
    seen = look(exported(way), "export.csv", mappings=shipped().values())
    assert seen.mapping is not None
    assert seen.mapping.name == form_mapping(way).name
    assert (seen.tool, seen.needs_mapping) == ("odk" if way == "odk" else "kobo", False)
    cohort = load(seen)
    assert isinstance(cohort, Cohort)
    pd.testing.assert_frame_equal(cohort.frame, expected(), rtol=0, atol=1e-12)
    assert "The mapping left out 1 row of 4, which it does not pick." in in_words(cohort.doubts)
    assert "In 1 row the person is under 18: the survey is made for adults." in in_words(cohort.doubts)


def test_the_shipped_mappings_are_those_of_the_form() -> None:
    for way in WAYS:
        assert as_toml(shipped()[f"xlsform-{way}"]) == as_toml(form_mapping(way))


def book() -> dict[str, list[tuple[Any, ...]]]:
    sheets = openpyxl.load_workbook(io.BytesIO(xlsform()), read_only=True)
    return {sheet.title: [*sheet.iter_rows(values_only=True)] for sheet in sheets}


def test_pyxform_converts_the_form_without_a_warning() -> None:
    warnings: list[str] = []
    converted = xls2xform.convert(xlsform(), warnings=warnings, validate=False, file_type=".xlsx")
    assert warnings == []
    assert not converted.warnings
    for name in (*POINTS, *FACT_LABELS, "person", "host"):
        assert f'/{name}"' in converted.xform


def test_the_form_asks_for_the_30_elements_and_the_facts_in_order() -> None:
    survey = pd.DataFrame(book()["survey"][1:], columns=list(SURVEY))
    asked = survey.set_index("name")
    assert [name for name in survey["name"] if name in POINTS] == [*POINTS]
    assert [*asked.loc[[*POINTS], "label"]] == [*ELEMENTS]
    assert [name for name in survey["name"] if name in FACT_LABELS] == [*FACT_LABELS]
    assert [*asked.loc[[*FACT_LABELS], "label"]] == [*FACT_LABELS.values()]
    assert asked.loc["return", "relevant"] == "${consent} = 'yes' and ${respondent} = 'returnee'"
    assert asked.loc["age", "constraint"] == ". >= 0 and . <= 120"
    assert "today()" in asked.loc["interview_date", "constraint"]
    assert "${interview_date}" in asked.loc["return_date", "constraint"]
    assert asked.loc[["consent", "person", "wave", "host"], "required"].eq("yes").all()


def test_the_answers_are_the_project_s_codes_and_ways_to_say_nothing() -> None:
    for element in elements():
        told = answers()[f"answers_{element.column}"]
        assert [(answer.label.lower(), float(answer.code)) for answer in told if answer.code] == [*element.answers]
        assert [answer.name for answer in told if not answer.code] == [
            "dont_know", "prefer_not_to_say", "not_applicable",
        ]  # fmt: skip
    for field in ("sex", "perceived_choice", "assistance", "respondent", "remigration"):
        assert [answer.name for answer in answers()[field] if answer.code] == [*CATEGORIES[field]]
    for several in answers().values():
        names = [answer.name for answer in several]
        assert len({*names}) == len(names)
        assert all(re.fullmatch(r"\w+", name) for name in names)


def test_the_form_and_its_sheet_say_whose_words_the_questions_are() -> None:
    sheets = book()
    assert WORDING_NOTE in [row[SURVEY.index("label")] for row in sheets["survey"]]
    assert WORDING_NOTE in [row[0] for row in sheets["about"]]
    assert "official wording" in WORDING_NOTE

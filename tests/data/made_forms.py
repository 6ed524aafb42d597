"""Files as field tools write them, made for tests: each imitates traps met in real files, none holds real answers."""

import csv
import io
import zipfile
from collections.abc import Sequence
from datetime import datetime

from openpyxl import Workbook

Rows = Sequence[Sequence[object]]

EMPTY_COLUMNS = 128


def as_csv(rows: Rows, separator: str = ",", quoted: bool = False) -> bytes:
    """Give rows as a CSV; KoBo quotes every cell and separates by semicolons."""
    sink = io.StringIO(newline="")
    quoting = csv.QUOTE_ALL if quoted else csv.QUOTE_MINIMAL
    csv.writer(sink, delimiter=separator, quoting=quoting).writerows(rows)
    return sink.getvalue().encode("utf-8-sig" if quoted else "utf-8")


def as_excel(sheets: dict[str, Rows]) -> bytes:
    book = Workbook()
    book.remove(book.active)
    for name, rows in sheets.items():
        sheet = book.create_sheet(name)
        for row in rows:
            sheet.append(list(row))
    sink = io.BytesIO()
    book.save(sink)
    return sink.getvalue()


def as_archive(files: dict[str, bytes]) -> bytes:
    sink = io.BytesIO()
    with zipfile.ZipFile(sink, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in files.items():
            archive.writestr(name, content)
    return sink.getvalue()


def kobo_names() -> bytes:
    """KoBo's semicolon CSV with XML names, groups, both forms of multi-selects, HXL, a row not approved, one twice.

    Two rows share their `_id` and differ in `_uuid`; 128 columns are empty; a date was too wide for its cell.
    """
    empty = [f"spare/note_{number}" for number in range(EMPTY_COLUMNS)]
    blank = [""] * EMPTY_COLUMNS
    meta = ["_id", "_uuid", "_submission_time", "_validation_status", "_index"]
    return as_csv(
        [
            ["start", "about/person", "about/host", "about/sex", "return/date", "return/why", "return/why/lost_job",
             "return/why/family", "return/why/other", *empty, "econ/p01", *meta],
            ["", "#meta+id", "#country+host", "#sex", "", "", "", "", "", *blank, "", "", "", "", "", ""],
            ["2024-05-01T10:00", "A1", "Pakistan ", "female", "########", "lost_job family", "1", "1", "0", *blank,
             "0.75", "7", "u1", "2024-05-01T10:30:00", "validation_status_approved", "1"],
            ["2024-05-02T10:00", "A2", "Iran", "male", "2024-01-31", "", "", "", "", *blank,
             "Don't know", "7", "u2", "2024-05-02T10:30:00", "", "2"],
            ["2024-05-03T10:00", "A3", "Iran", "male", "2024-02-01", "other", "0", "0", "1", *blank,
             "1", "9", "u3", "2024-05-03T10:30:00", "validation_status_not_approved", "3"],
            ["2024-05-04T10:00", "A4", "Iran", "Refused", "2024-02-02", "", "0", "0", "0", *blank,
             "0.5", "10", "u4", "2024-05-04T11:00:00", "validation_status_on_hold", "4"],
            ["2024-05-04T10:00", "A4", "Iran", "male", "2024-02-02", "other", "0", "0", "1", *blank,
             "0.25", "11", "u4", "2024-05-04T10:30:00", "", "5"],
        ],
        ";",
        quoted=True,
    )  # fmt: skip


KOBO_NAMES = [
    ["start", "about/person", "about/host", "about/sex", "return/date", "return/why", "econ/p01",
     "_id", "_uuid", "_submission_time", "_validation_status", "_index"],
    ["2024-05-01T10:00", "A1", "Pakistan ", "female", "########", "lost_job | family", "0.75",
     "7", "u1", "2024-05-01T10:30:00", "validation_status_approved", "1"],
    ["2024-05-02T10:00", "A2", "Iran", "male", "2024-01-31", "", "Don't know",
     "7", "u2", "2024-05-02T10:30:00", "", "2"],
    ["2024-05-04T10:00", "A4", "Iran", "Refused", "2024-02-02", "", "0.5",
     "10", "u4", "2024-05-04T11:00:00", "validation_status_on_hold", "4"],
]  # fmt: skip
"""What `kobo_names` is when tidy."""


def kobo_labels() -> bytes:
    """KoBo's Excel with labels in several languages as headings: HTML, unresolved `${…}`, newlines, one label twice.

    Choice columns hold TRUE/FALSE for one question, the label's own text for another; one has a slash in its label.
    """
    return as_excel(
        {
            "Enquête retour": [
                ["<span style=\"color:red\">Code</span> of the\nperson", "Pays d’accueil", "Why did ${name} leave?",
                 "Why did ${name} leave?/Lost work", "Why did ${name} leave?/Family / friends",
                 "Why did ${name} leave?/طرد", "Support received/Cash", "Support received/Small business",
                 "Other, specify", "Other, specify", "_id", "_uuid", "_submission_time", "_index"],
                ["B1", "Türkiye", "Lost work طرد", True, False, True, "Cash", "Small business",
                 None, "a cow", 1, "v1", datetime(2024, 5, 1, 10), 1],
                ["B2", "Germany ", "Family / friends", False, True, False, None, "Small business",
                 "  a move ", None, 2, "v2", datetime(2024, 5, 2, 10), 2],
                ["B3", "Germany", None, None, None, None, None, None, None, "Not applicable", 3, "v3",
                 datetime(2024, 5, 3, 10), 3],
            ]
        }
    )  # fmt: skip


KOBO_LABELS = [
    ["Code of the person", "Pays d’accueil", "Why did … leave?", "Support received", "Other, specify",
     "Other, specify (2)", "_id", "_uuid", "_submission_time", "_index"],
    ["B1", "Türkiye", "Lost work | طرد", "Cash | Small business", "", "a cow", "1", "v1", "2024-05-01 10:00:00", "1"],
    ["B2", "Germany ", "Family / friends", "Small business", "  a move ", "", "2", "v2", "2024-05-02 10:00:00", "2"],
    ["B3", "Germany", "", "", "", "Not applicable", "3", "v3", "2024-05-03 10:00:00", "3"],
]  # fmt: skip
"""What `kobo_labels` is when tidy."""


def kobo_repeats() -> bytes:
    """KoBo's Excel with a repeat group, one within it, and a sheet that belongs to nothing; choices in one cell."""
    return as_excel(
        {
            "form": [
                ["person", "needs", "_id", "_uuid", "_index"],
                ["C1", "cash_grant training", 1, "w1", 1],
                ["C2", "training", 2, "w2", 2],
                ["C3", None, 3, "w3", 3],
            ],
            "child": [
                ["age", "likes/play", "likes/read", "_index", "_parent_table_name", "_parent_index",
                 "_submission__id", "_submission__uuid"],
                [4, 1, 0, 1, "form", 1, 1, "w1"],
                [9, 1, 1, 2, "form", 1, 1, "w1"],
                [None, None, None, 3, "form", 3, 3, "w3"],
            ],
            "school": [
                ["child/school/name", "_index", "_parent_table_name", "_parent_index"],
                ["North", 1, "child", 2],
                ["South", 2, "child", 2],
            ],
            "codes": [["code", "meaning"], ["1", "one"]],
        }
    )  # fmt: skip


KOBO_REPEATS = [
    ["person", "needs", "_id", "_uuid", "_index", "child (number)", "child/age", "child/likes", "child/school (number)",
     "child/school/name"],
    ["C1", "cash_grant | training", "1", "w1", "1", "2", "4 | 9", "play | play | read", "0 | 2", "North | South"],
    ["C2", "training", "2", "w2", "2", "0", "", "", "", ""],
    ["C3", "", "3", "w3", "3", "1", "", "", "0", ""],
]  # fmt: skip
"""What `kobo_repeats` is when tidy."""


def odk_central() -> bytes:
    """ODK Central's archive: groups by "-", split choices by "/", a repeat's file, a rejected row."""
    root = [
        ["SubmissionDate", "meta-instanceID", "about-person", "about-host", "about-why", "about-why/lost_job",
         "about-why/family", "econ-p07", "econ-p09", "KEY", "SubmitterName", "ReviewState"],
        ["2024-05-01T10:30:00.000Z", "uuid:1", "D1", "DEU", "lost_job family", "1", "1", "1", "0", "uuid:1", "x", ""],
        ["2024-05-02T10:30:00.000Z", "uuid:2", "D2", "DEU", "family", "0", "1", "0", "1", "uuid:2", "x", "approved"],
        ["2024-05-03T10:30:00.000Z", "uuid:3", "D3", "FRA", "", "", "", "1", "1", "uuid:3", "x", "rejected"],
        ["2024-05-04T10:30:00.000Z", "uuid:4", "D4", "FRA", "", "", "", "", "", "uuid:4", "x", "hasIssues"],
    ]  # fmt: skip
    members = [
        ["sex", "PARENT_KEY", "KEY"],
        ["female", "uuid:1", "uuid:1/household/members[1]"],
        ["male", "uuid:1", "uuid:1/household/members[2]"],
        ["male", "uuid:3", "uuid:3/household/members[1]"],
    ]
    return as_archive({"return.csv": as_csv(root), "return-members.csv": as_csv(members), "media/a.jpg": b"x"})


ODK_CENTRAL = [
    ["SubmissionDate", "meta-instanceID", "about-person", "about-host", "about-why", "econ-p07", "econ-p09", "KEY",
     "SubmitterName", "ReviewState", "members (number)", "members/sex"],
    ["2024-05-01T10:30:00.000Z", "uuid:1", "D1", "DEU", "lost_job | family", "1", "0", "uuid:1", "x", "",
     "2", "female | male"],
    ["2024-05-02T10:30:00.000Z", "uuid:2", "D2", "DEU", "family", "0", "1", "uuid:2", "x", "approved", "0", ""],
    ["2024-05-04T10:30:00.000Z", "uuid:4", "D4", "FRA", "", "", "", "uuid:4", "x", "hasIssues", "0", ""],
]  # fmt: skip
"""What `odk_central` is when tidy."""


def survey(people: int = 740, columns: int = 564) -> bytes:
    """Give a KoBo CSV of the size of a real survey: single selects, multi-selects in both forms, empty columns."""
    meta = ["_id", "_uuid", "_submission_time", "_index"]
    choices = [f"g{block}/many/c{choice}" for block in range(20) for choice in range(9)]
    headings = [
        *(heading for block in range(20) for heading in (f"g{block}/many", *choices[block * 9 : block * 9 + 9])),
        *(f"empty/e{number}" for number in range(EMPTY_COLUMNS)),
    ]
    plain = [f"part/question_{number}" for number in range(columns - len(headings) - len(meta))]

    def row(person: int) -> list[str]:
        ticks = [(person + block) % 9 for block in range(20)]
        cells = [cell for tick in ticks for cell in (f"c{tick}", *(str(int(tick == choice)) for choice in range(9)))]
        rest = [("yes", "no", "Refused", "")[(person + number) % 4] for number in range(len(plain))]
        time = f"2024-05-01T10:{person % 60:02d}:00"
        return [*cells, *[""] * EMPTY_COLUMNS, *rest, str(person), f"u{person}", time, str(person + 1)]

    return as_csv([[*headings, *plain, *meta], *(row(person) for person in range(people))], ";", quoted=True)

"""Broken files, through the one way in: each loads, or says in sentences what is wrong.

Three hundred and fifty others each time, two thousand and more by `make fuzz`.
"""

import os
import re
from functools import cache

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from components.texts.report_page import as_html
from data.cohort import Cohort
from data.flows import Flows
from data.loading import load, look
from data.mapping import propose
from data.mapping.kept import shipped
from data.reading import ReadingError
from data.report import report
from tests.data.made_forms import as_csv, kobo_labels, kobo_names, kobo_repeats, odk_central

FILES = {"labels": kobo_labels, "names": kobo_names, "repeats": kobo_repeats, "odk": odk_central}
CELLS = """
NA 0 1 0.5 0,5 55 forced Refused ######## ${name} 2024-01-31 31/12/2024 AFG Pakistan yes W2 #date | ; " =1+1
""".split()  # noqa: SIM905 - forty words read better so
WORDS = st.one_of(
    st.sampled_from(["", " ", "a b", "Pakistan ", "very poor", "Don't know", "\ufeff", *CELLS]), st.text(max_size=6)
)
NAMES = """
person host country_of_return band wave months composite p01 group/sex q/a q/b q _id _uuid _submission_time _index KEY
SubmissionDate composite_w1 composite_w2 year right_to_remain interview_date return_date weight asylum people name phone
""".split()  # noqa: SIM905 - forty words read better so
HEADINGS = st.one_of(st.sampled_from(NAMES), st.text(max_size=5))
LETTERS = st.sampled_from(["utf-8", "utf-8-sig", "utf-16", "latin-1"])
TIMES = int(os.environ.get("FUZZ_TIMES", "1"))
"""How many times as many files are tried; `make fuzz` sets it."""

CAREFULLY = {"deadline": None, "suppress_health_check": [HealthCheck.too_slow, HealthCheck.filter_too_much]}


@cache
def good(name: str) -> bytes:
    return FILES[name]()


def never_breaks(content: bytes, filename: str = "answers.csv") -> None:
    """The file loads, mapped as proposed if need be, and has a report; or each problem is one sentence."""
    try:
        seen = look(content, filename, mappings=shipped().values())
        propose(seen.table, "proposed")
        dataset = load(seen)
    except ReadingError as error:
        problems = error.problems
    else:
        assert isinstance(dataset, Cohort | Flows)
        if isinstance(dataset, Cohort):
            assert as_html(report(dataset)).startswith("<!doctype html>")
        return
    assert problems
    assert all(problem.endswith(".") and "\n" not in problem for problem in problems)
    assert not re.search(r"Traceback|Error\b|<class", " ".join(problems))


@settings(max_examples=150 * TIMES, **CAREFULLY)
@given(
    st.lists(HEADINGS, min_size=1, max_size=12),
    st.lists(st.lists(WORDS, max_size=13), max_size=8),
    st.sampled_from([",", ";", "\t", "|"]),
    LETTERS,
)
def test_random_tables(headings: list[str], rows: list[list[str]], separator: str, letters: str) -> None:
    never_breaks(as_csv([headings, *rows], separator).decode().encode(letters, errors="replace"))


@settings(max_examples=80 * TIMES, **CAREFULLY)
@given(st.sampled_from([*FILES]), st.lists(st.tuples(st.floats(0, 1), st.binary(max_size=3)), min_size=1, max_size=6))
def test_good_files_with_bytes_changed(name: str, changes: list[tuple[float, bytes]]) -> None:
    content = bytearray(good(name))
    for where, what in changes:
        place = int(where * len(content))
        content[place : place + len(what) + 1] = what
    never_breaks(bytes(content))


@settings(max_examples=40 * TIMES, **CAREFULLY)
@given(st.sampled_from([*FILES]), st.floats(0, 1))
def test_good_files_cut_short(name: str, share: float) -> None:
    never_breaks(good(name)[: int(share * len(good(name)))])


@settings(max_examples=80 * TIMES, **CAREFULLY)
@given(st.sampled_from([b"", b"PK\x03\x04", b"PAR1", b"\xd0\xcf\x11\xe0", b"person,host\n", b"\xff\xfe"]), st.binary())
def test_random_bytes(begin: bytes, rest: bytes) -> None:
    never_breaks(begin + rest)


def test_three_hundred_and_fifty_files_are_tried_each_time() -> None:
    tests = (test_random_tables, test_good_files_with_bytes_changed, test_good_files_cut_short, test_random_bytes)
    assert sum(test._hypothesis_internal_use_settings.max_examples for test in tests) == 350 * TIMES

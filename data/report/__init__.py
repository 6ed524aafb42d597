"""The data report: what a loaded file holds, what is odd in it, and how easily people can be recognised by it."""

from data.cohort import Cohort
from data.disclosure import FEW, as_may_be_said, enough
from data.mapping import Mapping
from data.report import quality, who
from data.report.counts import Counts
from data.report.model import Report, Section
from data.report.page import as_html, as_text
from data.report.recognisable import recognisable

__all__ = ["Report", "Section", "as_html", "as_text", "report"]


def report(cohort: Cohort, mapping: Mapping | None = None) -> Report:
    """Return the report on `cohort`, read by way of `mapping` if there was one.

    Every number in it may be seen: counts are rounded to 5, and one that stands for fewer than 10 people is said so; of
    a file of fewer than 10 people nothing but that is told. No person's value is in it.
    """
    frame, counts = cohort.frame, Counts(cohort.frame["person"])
    sections: tuple[Section, ...]
    if not enough(counts.people):
        few = f"The file holds {FEW} people: nothing else of them may be shown."
        sections = (Section("People, interviews and waves", (few,)),)
    else:
        sections = (
            who.people(frame, counts),
            who.corridors(frame, counts),
            who.bands(frame, counts),
            quality.duplicates(frame, counts),
            *quality.missing(cohort, counts),
            quality.dates(frame, counts),
            quality.patterns(frame, counts),
            recognisable(frame, counts),
        )
    return Report(f"Data report: {cohort.name}", (_origin(cohort), *sections, _doubts(cohort), *_mapped(mapping)))


def _origin(cohort: Cohort) -> Section:
    synthetic = ("These data are synthetic: no real person stands behind them.",) if cohort.synthetic else ()
    return Section("The data", (f"Source: {cohort.source}.", f"Licence: {cohort.licence}.", *synthetic))


def _doubts(cohort: Cohort) -> Section:
    """The cohort's doubts, their counts of rows as a report says them."""
    told = tuple(map(as_may_be_said, cohort.doubts))
    return Section("What was done to the file, and what is doubtful", told or ("Nothing.",))


def _mapped(mapping: Mapping | None) -> tuple[Section, ...]:
    if mapping is None:
        return ()
    rows = tuple(
        (field.field, " and ".join(field.columns) or "the same in every row", str(len(field.values) or "–"))
        for field in mapping.fields
    )
    told = f"The file was read by the mapping “{mapping.name}”, which can be kept and used again."
    return (Section("The mapping", (told,), ("Made", "From the file’s column", "Words with a code"), rows),)

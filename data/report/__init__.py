"""The data report: what a loaded file holds, what is odd in it, and how easily people can be recognised by it."""

from data.cohort import Cohort
from data.disclosure import as_may_be_said, enough
from data.mapping import Mapping
from data.notes import Note, Reported
from data.report import quality, who
from data.report.counts import Counts
from data.report.model import Report, Section
from data.report.recognisable import recognisable

__all__ = ["Report", "Section", "report"]


def report(cohort: Cohort, mapping: Mapping | None = None) -> Report:
    """Return the report on `cohort`, read by way of `mapping` if there was one.

    Every number in it may be seen: counts are rounded to 5, and one that stands for fewer than 10 people is said so; of
    a file of fewer than 10 people nothing but that is told. No person's value is in it.
    """
    frame, counts = cohort.frame, Counts(cohort.frame["person"])
    sections: tuple[Section, ...]
    if not enough(counts.people):
        sections = (Section(Reported.PEOPLE, (Note(Reported.FEW_PEOPLE),)),)
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
    return Report(
        Note(Reported.REPORT, name=cohort.name), (_origin(cohort), *sections, _doubts(cohort), *_mapped(mapping))
    )


def _origin(cohort: Cohort) -> Section:
    source, licence = Note(Reported.SOURCE, source=cohort.source), Note(Reported.LICENCE, licence=cohort.licence)
    return Section(Reported.DATA, (source, licence, *[Note(Reported.SYNTHETIC)] * cohort.synthetic))


def _doubts(cohort: Cohort) -> Section:
    """The cohort's doubts, their counts of rows as a report says them."""
    told = tuple(map(as_may_be_said, cohort.doubts))
    return Section(Reported.DOUBTS, told or (Note(Reported.NO_DOUBTS),))


def _mapped(mapping: Mapping | None) -> tuple[Section, ...]:
    if mapping is None:
        return ()
    rows = tuple(
        (field.field, " and ".join(field.columns) or Note(Reported.SAME_EVERYWHERE), str(len(field.values) or "–"))
        for field in mapping.fields
    )
    headings = (Reported.MADE_COLUMN, Reported.FROM_COLUMN, Reported.WORDS_COLUMN)
    return (Section(Reported.MAPPING, (Note(Reported.BY_MAPPING, name=mapping.name),), headings, rows),)

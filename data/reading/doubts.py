"""What a reader must know of a cohort that loads: sentences with counts, and never a person's value."""

from collections.abc import Mapping

import pandas as pd

from data.reading.columns import FALLBACKS, plain
from data.reading.problems import rows
from data.scoring import all_zero
from data.spectrum import UNPLACED, classify
from data.vocabulary import COMMUNITY, UNKNOWN_COUNTRY, ReturnBand


def gaps(parsed: pd.DataFrame, columns: Mapping[str, pd.Series]) -> tuple[str, ...]:
    """Return what was filled in for missing cells, and what was read in one of two possible ways.

    `parsed` are the parsed columns before anything is filled, `columns` the same as text, named by their headings.
    """
    told = []
    for field, words in (("host", "host country"), ("country_of_return", "country of return")):
        if unknown := int((parsed[field].isna() | (parsed[field] == UNKNOWN_COUNTRY)).sum()):
            told.append(f"The {words} is not known in {rows(unknown)}.")
        if namibia := int((columns[field].str.strip() == "NA").sum()):
            told.append(f"NA in column {columns[field].name!r} was read as Namibia in {rows(namibia)}.")
    if "weight" in parsed and (bare := int(parsed["weight"].isna().sum())):
        told.append(f"The weight is blank in {rows(bare)}: taken as 1.")
    if plain(str(columns["person"].name)) in FALLBACKS["person"]:
        told.append(
            f"Column {columns['person'].name!r} was taken for the person; if it tells interviews apart and not people, "
            "people interviewed more than once count more than once."
        )
    return tuple(told)


def bands(parsed: pd.DataFrame, frame: pd.DataFrame) -> tuple[str, ...]:
    """Return which bands of returnees are not known, and which contradict the facts that the file brings.

    `parsed` are the parsed columns before anything is filled, `frame` has the columns of a cohort.
    """
    blank = parsed.reindex(columns=["band"])["band"].isna()
    by_facts = classify(parsed)["band"]
    unplaced = int((blank & (frame["band_rule"] == UNPLACED) & (frame["respondent"] != COMMUNITY)).sum())
    unknown = str(ReturnBand.UNCLASSIFIED)
    against = int((~blank & (frame["band"] != by_facts) & (frame["band"] != unknown) & (by_facts != unknown)).sum())
    sentences = (
        (unplaced, f"The band is blank in {rows(unplaced)} and no facts place it: shown as unclassified."),
        (against, f"In {rows(against)} the band is another than the facts give: the file’s band is kept."),
    )
    return tuple(sentence for applies, sentence in sentences if applies)


def doubts(frame: pd.DataFrame) -> tuple[str, ...]:
    """Return what is doubtful about the completed and scored `frame` (the columns of a cohort)."""
    interviewed, returned = (frame[name].astype("datetime64[s]") for name in ("interview_date", "return_date"))
    early = int((interviewed < returned).sum())
    zero = all_zero(frame)
    twice = int((frame.duplicated(["person", "wave"]) & frame["wave"].notna()).sum())
    children = int(frame["child"].fillna(False).sum())
    sentences = (
        (early, f"In {rows(early)} the interview is dated before the return."),
        (zero, f"In {rows(zero)} all four scores are exactly 0, which some systems write for missing scores."),
        (twice, f"In {rows(twice)} a person is interviewed again in the same wave."),
        (children, f"In {rows(children)} the person is under 18: the survey is made for adults."),
        (
            frame["wave"].isna().all(),
            "There are no waves: the file has none, and months since return take too many values to number them by.",
        ),
    )
    return tuple(sentence for applies, sentence in sentences if applies)

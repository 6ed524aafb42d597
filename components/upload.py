"""Loading a file: read and checked with progress shown, read again as the reader says, and kept."""

from dataclasses import dataclass, replace

import streamlit as st
from streamlit.runtime.uploaded_file_manager import UploadedFile

from components import datasets, upload_flows, words
from components.kept import said, say
from data import library
from data.cohort import Cohort
from data.flows import KINDS, Flows, recognise
from data.library import LibraryError
from data.reading import INTERVIEWS, ReadingError, read, read_table
from data.release import released_people

_READ = "dataset-read"
_FIELDS = ("name", "source", "licence")

LABELS = {INTERVIEWS: "Interviews", **{kind.key: kind.label for kind in KINDS}}
"""What a file can be read as."""

TAKES_FOOTNOTES = {kind.key for kind in KINDS if kind.takes_footnotes}

ENDINGS = ["csv", "txt", "tsv", "xlsx", "parquet"]

WANTED = """
**Interviews**, one row each. Needed: **person** (any code that tells people apart), **host**, **country of return**,
**band** (a band of the return spectrum, or empty), **wave** or **months since return**, and one **score** (composite,
economic, social, psychosocial, each 0 to 1) or the **points** of the survey's 30 elements (p01 … p30). Useful: sex, age
or age group, assistance, perceived choice, interview and return dates, design weight. Columns with other names are left
out and named.

**Recorded returns**, as their source gives them: UNHCR's Refugee Data Finder (returned refugees), UK Home Office
(returns by destination), Frontex (return operations), IOM (tables of returns from Mexico and to Guatemala), Eurostat
(SDMX-CSV or the data browser's Excel), or any table with a row of **HXL tags**. A table of one's own needs **host**,
**country of return**, **year** and **people**; useful: category, band, note. What a file is, is recognised from what is
in it.
"""


@dataclass(frozen=True)
class Reading:
    """What came of reading an uploaded file: as which kind, with which footnotes; a dataset, or problems to mend.

    `file` and `footnotes` are the uploader's ids; `kind` is one of `LABELS`, None where the file holds no table.
    """

    file: str
    kind: str | None = None
    footnotes: str | None = None
    dataset: Cohort | Flows | None = None
    problems: tuple[str, ...] = ()


def load() -> None:
    """Take a file, read and check it with progress shown, and offer to keep it."""
    said()
    with st.expander("What a file must hold", icon=":material/help:"):
        st.markdown(WANTED)
    file = st.file_uploader("A file of interviews or of recorded returns", type=ENDINGS)
    if file is None:
        st.session_state.pop(_READ, None)
        return
    reading = _as_chosen(file, _reading(file))
    for problem in reading.problems:
        st.error(words.plain(problem))
    if reading.dataset is None:
        st.caption("Nothing was loaded, and everything kept before is as it was.")
        return
    _report(reading.dataset)
    if isinstance(reading.dataset, Cohort):
        _offer(reading.dataset)
    else:
        _offer(upload_flows.bands(reading.dataset, key=f"bands-{reading.file}-{reading.kind}"))


def _as_chosen(file: UploadedFile, reading: Reading) -> Reading:
    """Say as what the file was read, and read it again if the reader knows better or adds footnotes."""
    if reading.kind is None:
        return reading
    kind = st.selectbox(
        "Read as (recognised from what is in the file; choose another if this is wrong)",
        [*LABELS],
        index=[*LABELS].index(reading.kind),
        format_func=LABELS.__getitem__,
        key=f"read-as-{file.file_id}",
    )
    footnotes = None
    if kind in TAKES_FOOTNOTES:
        footnotes = st.file_uploader(
            "The source's file of footnotes, if you have it", type=ENDINGS, key=f"footnotes-{file.file_id}"
        )
    return _reading(file, kind, footnotes)


def _reading(file: UploadedFile, kind: str | None = None, footnotes: UploadedFile | None = None) -> Reading:
    """The file as it was read last; read now if it is new, or was read as another kind or with other footnotes."""
    last = st.session_state.get(_READ)
    wanted = Reading(file.file_id, kind, footnotes.file_id if footnotes else None)
    if last and last.file == wanted.file and (kind is None or (last.kind, last.footnotes) == (kind, wanted.footnotes)):
        return last
    st.session_state[_READ] = reading = _read(wanted, file, footnotes)
    if reading.dataset:
        st.session_state.update({f"keep-{field}": getattr(reading.dataset, field) for field in _FIELDS})
    return reading


def _read(wanted: Reading, file: UploadedFile, footnotes: UploadedFile | None) -> Reading:
    bar = st.progress(0.0, "Reading the file")
    try:
        table = read_table(file.getvalue(), file.name)
        if wanted.kind is None:
            known = recognise(table.frame)
            wanted = replace(wanted, kind=known.key if known else INTERVIEWS)
        dataset = read(
            table,
            file.name,
            kind=wanted.kind,
            footnotes=footnotes.getvalue() if footnotes else None,
            progress=lambda share, stage: bar.progress(share, stage),
        )
    except ReadingError as error:
        return replace(wanted, problems=error.problems)
    finally:
        bar.empty()
    return replace(wanted, dataset=dataset)


def _report(dataset: Cohort | Flows) -> None:
    frame = dataset.frame
    if isinstance(dataset, Cohort):
        counted = f"{words.count(released_people(frame['person'].nunique()))}, {len(frame):,} interviews"
    else:
        counted = upload_flows.counted(dataset)
    corridors = len(frame[["host", "country_of_return"]].drop_duplicates())
    st.success(f"Checked: {counted}, {words.plural(corridors, 'corridor')}.", icon=":material/task_alt:")
    for doubt in dataset.doubts:
        st.warning(words.plain(doubt))


def _offer(dataset: Cohort | Flows) -> None:
    with st.form("keep", border=False):
        st.text_input("Name", key="keep-name", max_chars=80)
        st.text_input("Source: who collected these data", key="keep-source", max_chars=200)
        st.text_input("Licence, or who may see them", key="keep-licence", max_chars=200)
        st.form_submit_button("Keep and show", type="primary", icon=":material/save:", on_click=_keep, args=(dataset,))


def _keep(dataset: Cohort | Flows) -> None:
    """Keep `dataset` under the names in the form, and bring it into view."""
    state = st.session_state
    named = {field: state[f"keep-{field}"].strip() or getattr(dataset, field) for field in _FIELDS}
    try:
        manifest = library.keep(replace(dataset, **named), datasets.folder())
    except LibraryError as error:
        say("bad", str(error))
        return
    if manifest.kind == "cohort":
        state["cohort"] = [manifest.key]
    else:
        state["returns"] = manifest.key
    say("good", f"“{words.plain(manifest.name)}” is kept and in view.")

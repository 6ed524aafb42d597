"""Loading, checking, keeping and removing datasets."""

import streamlit as st

from components import datasets, words
from data import library
from data.cohort import Cohort
from data.flows.schema import Flows
from data.library import LibraryError, Manifest
from data.reading import ReadingError, read
from data.release import released_people

_READ, _SAID = "dataset-read", "dataset-said"

WANTED = """
One row per interview. Needed: **person** (any code that tells people apart), **host**, **country of return**, **band**
(a band of the return spectrum, or empty), **wave** or **months since return**, and one **score** (composite, economic,
social, psychosocial, each 0 to 1) or the **points** of the survey's 30 elements (p01 … p30). Useful: sex, age or age
group, assistance, perceived choice, interview and return dates, design weight. A file of recorded returns from UNHCR's
Refugee Data Finder is recognised by itself. Columns with other names are left out and named.
"""


def load() -> None:
    """Take a file, read and check it with progress shown, and offer to keep it."""
    for kind, text in st.session_state.pop(_SAID, []):
        (st.success if kind == "good" else st.error)(text)
    with st.expander("What a file must hold", icon=":material/help:"):
        st.markdown(WANTED)
    file = st.file_uploader(
        "A file of scored interviews or of UNHCR's recorded returns", type=["csv", "txt", "tsv", "xlsx", "parquet"]
    )
    if file is None:
        st.session_state.pop(_READ, None)
        return
    if st.session_state.get(_READ, (None,))[0] != file.file_id:
        st.session_state[_READ] = (file.file_id, *_read(file.name, file.getvalue()))
    _, dataset, problems = st.session_state[_READ]
    for problem in problems:
        st.error(words.plain(problem))
    if dataset is None:
        st.caption("Nothing was loaded, and everything kept before is as it was.")
        return
    _report(dataset)
    with st.form("keep", border=False):
        st.text_input("Name", value=dataset.name, key="keep-name", max_chars=80)
        st.text_input("Source: who collected these data", value=dataset.source, key="keep-source", max_chars=200)
        st.text_input("Licence, or who may see them", value=dataset.licence, key="keep-licence", max_chars=200)
        st.form_submit_button("Keep and show", type="primary", icon=":material/save:", on_click=_keep)


def kept() -> None:
    """The kept datasets with what is known of each, and a way to remove one's own."""
    for manifest in (*datasets.cohorts(), *datasets.flows()):
        with st.container(border=True):
            st.markdown(f"**{words.plain(manifest.name)}** · {_size(manifest)}")
            source, licence = words.plain(manifest.source), words.plain(manifest.licence)
            st.caption(f"Source: {source} · Licence: {licence} · Data version {manifest.checksum[:12]}")
            if manifest.synthetic:
                st.badge("Synthetic data – no real person", color="orange", icon=":material/science:")
            if not manifest.shipped:
                with st.popover("Remove", icon=":material/delete:", type="tertiary"):
                    st.write(
                        "This deletes the dataset from the library for good. The file it came from stays as it is."
                    )
                    st.button("Remove for good", key=f"remove-{manifest.key}", on_click=_remove, args=(manifest,))


def _read(name: str, content: bytes) -> tuple[Cohort | Flows | None, tuple[str, ...]]:
    bar = st.progress(0.0, "Reading the file")
    try:
        return read(content, name, progress=lambda share, stage: bar.progress(share, stage)), ()
    except ReadingError as error:
        return None, error.problems
    finally:
        bar.empty()


def _report(dataset: Cohort | Flows) -> None:
    frame = dataset.frame
    corridors = len(frame[["host", "country_of_return"]].drop_duplicates())
    if isinstance(dataset, Cohort):
        counted = f"{words.count(released_people(frame['person'].nunique()))}, {len(frame):,} interviews"
    else:
        counted = f"{frame['people'].sum():,} people returned, {frame['year'].min()}–{frame['year'].max()}"
    st.success(f"Checked: {counted}, {words.plural(corridors, 'corridor')}.", icon=":material/task_alt:")
    for doubt in dataset.doubts:
        st.warning(words.plain(doubt))


def _keep() -> None:
    """Keep what was read under the names in the form, and bring it into view."""
    state = st.session_state
    _, dataset, _ = state[_READ]
    named = {
        field: state[f"keep-{field}"].strip() or getattr(dataset, field) for field in ("name", "source", "licence")
    }
    try:
        manifest = library.keep(type(dataset)(**{**vars(dataset), **named}), datasets.folder())
    except LibraryError as error:
        state[_SAID] = [("bad", str(error))]
        return
    if manifest.kind == "cohort":
        state["cohort"] = [manifest.key]
    else:
        state["returns"] = manifest.key
    state[_SAID] = [("good", f"“{words.plain(manifest.name)}” is kept and in view.")]


def _remove(manifest: Manifest) -> None:
    try:
        library.remove(manifest.key, datasets.folder())
    except LibraryError as error:
        st.session_state[_SAID] = [("bad", str(error))]
    else:
        left = [key for key in st.session_state.get("cohort", []) if key != manifest.key]
        st.session_state["cohort"] = left or [next(other.key for other in datasets.cohorts())]
        st.session_state[_SAID] = [("good", f"“{words.plain(manifest.name)}” is removed.")]


def _size(manifest: Manifest) -> str:
    if manifest.kind == "flows":
        return "recorded returns"
    people = words.count(released_people(manifest.people))
    return f"{people}, {manifest.interviews:,} interviews, {len(manifest.waves)} waves"

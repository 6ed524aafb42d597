"""Loading a file: looked at, mapped where it needs to be, read with progress shown, and kept as the reader says."""

from collections.abc import Callable, Collection
from dataclasses import dataclass, replace
from typing import TypeVar

import streamlit as st
from streamlit.runtime.uploaded_file_manager import UploadedFile

from components import datasets, mapping, scoring, texts, upload_flows, words
from components.data_report import REPORT, data_report
from components.kept import said, say
from components.once import forget, once
from components.wanted import wanted
from data import library
from data.cohort import Cohort, corridors
from data.disclosure import as_may_be_said, released_interviews, released_people
from data.flows import KINDS, Flows
from data.labels import KIND_LABELS
from data.library import LibraryError, Manifest
from data.loading import Seen, look
from data.loading import load as load_seen
from data.mapping import as_toml, changes
from data.mapping import kept as mappings
from data.notes import Note
from data.reading import INTERVIEWS, ReadingError

Answer = TypeVar("Answer")

_FILE, _SEEN, _MAPPING, _OFFERED, _COUNTED = "file", "file-seen", "mapping", "dataset-offered", "dataset-counted"
_NAMED, _TIMES = "file-named", "files-taken-back"
READ = "dataset-read"
HELD = (_FILE, _SEEN, _MAPPING, READ, _OFFERED, _COUNTED, scoring.EFFECT, REPORT)
"""What the session holds of a file, and lets go with it."""

_FIELDS = ("name", "source", "licence")
NEW = "A new dataset"

LABELS = {INTERVIEWS: "Interviews", **KIND_LABELS}
"""What a file can be read as."""

FOREIGN = (
    "The columns of this file have other names than the app’s. Say below which is which; "
    "that takes a few minutes, once."
)

COMMAND = "python -m components.load FILE --keep NAME, in a terminal in the app’s folder"
"""How a file is loaded that is too large for the screen."""

MOST_ROWS = 2_500_000
"""So many interviews are read on screen, which takes some 700 bytes of memory for each; the command takes more."""

TAKES_FOOTNOTES = {kind.key for kind in KINDS if kind.takes_footnotes}

ENDINGS = ["csv", "txt", "tsv", "xlsx", "parquet", "zip", "dta", "sav", "zsav"]


@dataclass(frozen=True)
class Looked:
    """An uploaded file as it was looked at: the kind if overruled; what was seen, or why not.

    `changed` says what changed in the form since the mapping that it is read with was made.
    """

    kind: str | None
    seen: Seen | None = None
    problems: tuple[str, ...] = ()
    changed: tuple[Note, ...] = ()


@dataclass(frozen=True)
class Read:
    """What came of reading a file: what was asked, and the dataset or the problems to mend."""

    asked: tuple[object, ...]
    dataset: Cohort | Flows | None = None
    problems: tuple[str, ...] = ()


def load() -> None:
    """Take a file, look at it, have it mapped if need be, read and check it, and offer to keep it."""
    said()
    wanted()
    file = _taken()
    if file is None or st.session_state.get(_FILE) != file.file_id:
        forget(*HELD)
    if file is None:
        return
    st.session_state[_FILE] = file.file_id
    looked = _looked(file, _chosen_kind(file))
    seen = _mapped(looked.seen, looked.changed, file) if looked.seen else None
    read = _read_as_chosen(file, seen) if seen else Read((), problems=looked.problems)
    for problem in read.problems:
        st.error(words.escaped(problem))
    if seen is None or read.dataset is None:
        st.caption("Nothing was loaded, and everything kept before is as it was.")
        return
    _report(read)
    if isinstance(read.dataset, Flows):
        _offer(upload_flows.bands(read.dataset, key=f"bands-{file.file_id}-{seen.kind}"), seen)
        return
    scoring.effect(read.dataset, read.asked)
    data_report(read.dataset, seen.mapping, read.asked)
    _offer(read.dataset, seen)


def _taken() -> UploadedFile | None:
    """The file that the reader gave, or None."""
    key = f"file-{st.session_state.setdefault(_TIMES, 0)}"
    there = st.file_uploader("A file of interviews or of recorded returns", type=ENDINGS, key=key) is not None
    st.caption(f"Up to {st.get_option('server.maxUploadSize'):,} MB. For a larger file: {COMMAND}.")
    return st.session_state[key] if there else None  # the uploader returns a copy of all bytes, the session has none


def _chosen_kind(file: UploadedFile) -> str | None:
    """As what the file is read; None until it was looked at."""
    looked = _looked(file, None)
    if looked.seen is None:
        return None
    kind = st.selectbox(
        "Read as (recognised from what is in the file; choose another if this is wrong)",
        [*LABELS],
        index=[*LABELS].index(looked.seen.kind),
        format_func=LABELS.__getitem__,
        key=f"read-as-{file.file_id}",
    )
    return None if kind == looked.seen.kind else kind


def _looked(file: UploadedFile, kind: str | None) -> Looked:
    """The file as it was looked at, as this kind; looked at now if it is new."""
    known: dict[str | None, Looked] = st.session_state.setdefault(_SEEN, {})
    if kind not in known:
        known[kind] = _look(file, kind)
    return known[kind]


def _look(file: UploadedFile, kind: str | None) -> Looked:
    own = [*mappings.kept(datasets.folder()).values(), *mappings.shipped().values()]
    try:
        seen = _with_progress(
            lambda tell: look(file.getvalue(), file.name, mappings=own, kind=kind, progress=tell), "Opening the file"
        )
    except ReadingError as error:
        return Looked(kind, problems=error.problems)
    if seen.table.rows > MOST_ROWS:
        many = f"{file.name} has more rows than the {MOST_ROWS:,} that the screen takes: load it with {COMMAND}."
        return Looked(kind, problems=(many,))
    changed = changes(seen.mapping, seen.table) if seen.mapping else ()
    return Looked(kind, seen, changed=changed)


def _mapped(seen: Seen, changed: tuple[Note, ...], file: UploadedFile) -> Seen | None:
    """What was seen, with the mapping it is read with; None while the reader has not finished one."""
    if seen.kind != INTERVIEWS:
        return seen
    if seen.mapping:
        st.info(f"Read with the mapping “{words.escaped(seen.mapping.name)}”.", icon=":material/conversion_path:")
        for change in changed:
            st.caption(words.escaped(texts.say(change)))
    if seen.needs_mapping:
        st.info(FOREIGN, icon=":material/conversion_path:")
    by_hand = seen.needs_mapping or st.toggle("Say myself which column is which", key=f"by-hand-{file.file_id}")
    if not by_hand:
        return seen
    made = mapping.edit(seen, _MAPPING)
    return replace(seen, mapping=made, lacking=()) if made else None


def _read_as_chosen(file: UploadedFile, seen: Seen) -> Read:
    """What came of reading the file as the reader says; read again only where something was chosen otherwise."""
    footnotes, profile = None, None
    if seen.kind in TAKES_FOOTNOTES:
        footnotes = st.file_uploader(
            "The source's file of footnotes, if you have it", type=ENDINGS, key=f"footnotes-{file.file_id}"
        )
    elif seen.kind == INTERVIEWS:
        profile = scoring.choose(f"profile-{file.file_id}")
        if profile is None:
            return Read((), problems=())
    key = f"asks-{file.file_id}"
    said = {} if seen.kind == INTERVIEWS else upload_flows.choose(seen.kind, seen.table.frame, key)
    written = as_toml(seen.mapping) if seen.mapping else ""
    asked = (file.file_id, seen.kind, footnotes and footnotes.file_id, profile, written, tuple(said.items()))
    more: dict[str, object] = ({"profile": profile} if profile else {}) | ({"choices": said} if said else {})
    read = once(READ, asked, lambda: _read(asked, seen, more, footnotes))
    if read.dataset and st.session_state.get(_NAMED) != file.file_id:
        st.session_state.update({f"keep-{field}": getattr(read.dataset, field) for field in _FIELDS})
        st.session_state[_NAMED] = file.file_id
    return read


def _read(asked: tuple[object, ...], seen: Seen, more: dict[str, object], footnotes: UploadedFile | None) -> Read:
    """What comes of reading the file; `more` is what the reader chose besides."""
    forget(_OFFERED)
    notes = footnotes.getvalue() if footnotes else None
    try:
        dataset = _with_progress(lambda tell: load_seen(seen, footnotes=notes, progress=tell, **more), "Reading")
    except ReadingError as error:
        return Read(asked, problems=error.problems)
    return Read(asked, dataset)


def _with_progress(work: Callable[[Callable[[float, str], None]], Answer], stage: str) -> Answer:
    """Do `work` with a bar and a way to stop it: a click runs the page again, which ends the work at its next word."""
    place = st.empty()
    with place.container():
        bar = st.progress(0.0, stage)
        st.button("Stop", icon=":material/cancel:", key=f"stop-{stage}", on_click=_take_back)

    def tell(share: float, told: str) -> None:
        bar.progress(min(1.0, share), told)

    try:
        return work(tell)
    finally:
        place.empty()


def _take_back() -> None:
    st.session_state[_TIMES] += 1


def _report(read: Read) -> None:
    dataset = read.dataset
    st.success(once(_COUNTED, read.asked, lambda: _counted(dataset)), icon=":material/task_alt:")
    doubts = map(as_may_be_said, dataset.doubts) if isinstance(dataset, Cohort) else dataset.doubts
    for doubt in doubts:
        st.warning(words.escaped(texts.say(doubt)))


def _counted(dataset: Cohort | Flows) -> str:
    frame = dataset.frame
    if isinstance(dataset, Cohort):
        people = frame["person"].nunique()
        counted = words.size(released_people(people), released_interviews(len(frame), people))
        if found := corridors(frame):
            counted += f", {words.plural(len(found), 'corridor')}"
    else:
        counted = upload_flows.counted(dataset)
    return f"Checked: {counted}."


def _offer(dataset: Cohort | Flows, seen: Seen) -> None:
    older = _older(dataset)
    with st.form("keep", border=False):
        st.text_input("Name", key="keep-name", max_chars=80)
        st.text_input("Source: who collected these data", key="keep-source", max_chars=200)
        st.text_input("Licence, or who may see them", key="keep-licence", max_chars=200)
        st.text_input("What these data are, in a sentence or two", key="keep-description", max_chars=400)
        if older:
            st.selectbox(
                "Keep as",
                [None, *older],
                format_func=lambda key: NEW if key is None else f"A new version of “{older[key].name}”",
                key="keep-replaces",
            )
        st.session_state[_OFFERED] = (dataset, seen)  # a button that held them would hold them while others are read
        st.form_submit_button("Keep and show", type="primary", icon=":material/save:", on_click=_keep_offered)


def _older(dataset: Cohort | Flows) -> dict[str, Manifest]:
    """The reader's own datasets of the same kind, which this one may be a new version of."""
    alike = datasets.cohorts() if isinstance(dataset, Cohort) else datasets.flows()
    return {manifest.key: manifest for manifest in alike if not manifest.shipped}


def _keep_offered() -> None:
    _keep(*st.session_state[_OFFERED])


def _keep(dataset: Cohort | Flows, seen: Seen) -> None:
    """Keep `dataset` under the names in the form, its mapping with it, and bring it into view."""
    state = st.session_state
    named = {field: state[f"keep-{field}"].strip() or getattr(dataset, field) for field in _FIELDS}
    before = library.manifests(datasets.folder())
    try:
        manifest = library.keep(
            replace(dataset, **named),
            datasets.folder(),
            replaces=state.get("keep-replaces"),
            description=state["keep-description"].strip(),
            mapping=as_toml(seen.mapping) if seen.mapping else "",
        )
        if seen.mapping and seen.mapping not in mappings.shipped().values():
            mappings.keep(seen.mapping, datasets.folder())
    except LibraryError as error:
        say("bad", str(error))
        return
    if manifest.kind == "cohort":
        state["cohort"] = manifest.key
    else:
        state["returns"] = manifest.key
    say("good", f"“{words.escaped(manifest.name)}” {_came_of_it(manifest, before, state.get('keep-replaces'))}")


def _came_of_it(manifest: Manifest, before: Collection[Manifest], replaces: str | None) -> str:
    """What keeping came to, with the manifests that were there before."""
    if manifest.shipped:
        return "comes with the app and stays as it is. It is in view."
    if manifest.checksum not in {kept.checksum for kept in before}:
        return "is kept and in view."
    alone = ", and it stays a dataset by itself" if replaces not in (None, manifest.key) else ""
    return f"was already kept; its name, source and licence are now those you gave{alone}. It is in view."

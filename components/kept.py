"""The kept datasets: what is known of each, and a way to remove one's own."""

import streamlit as st

from components import datasets, table, texts, words
from components.filters import COHORTS
from data import library, versions
from data.disclosure import released_interviews, released_people
from data.labels import COLUMN_LABELS
from data.library import LibraryError
from data.manifest import Manifest
from data.mapping import as_toml
from data.mapping import kept as mappings
from data.summaries import returns

_SAID = "dataset-said"

MEASURES = {
    "people": "People",
    "interviews": "Interviews",
    "waves": "Waves",
    "corridors": "Corridors",
    "composite": "Mean composite score of all interviews",
}
"""What two versions of a cohort are compared by."""


def say(kind: str, text: str) -> None:
    """Tell the reader, when the page is drawn next, what came of a click; `kind` is "good" or "bad"."""
    st.session_state[_SAID] = (kind, text)


def said() -> None:
    """Draw what there is to tell, once."""
    if _SAID in st.session_state:
        kind, text = st.session_state.pop(_SAID)
        (st.success if kind == "good" else st.error)(text)


def kept() -> None:
    """The kept datasets with what is known of each, those left out with the reason, and a way to remove one's own."""
    for manifest in (*datasets.cohorts(), *datasets.flows()):
        with st.container(border=True):
            st.markdown(f"**{words.escaped(manifest.name)}** · {_size(manifest)}")
            source, licence = words.escaped(manifest.source), words.escaped(manifest.licence)
            st.caption(f"Source: {source} · Licence: {licence} · Data version {manifest.checksum[:12]}")
            if not all(map(texts.known, manifest.doubts)):
                st.warning(texts.UNKNOWN)
            if manifest.description:
                st.caption(words.escaped(manifest.description))
            if manifest.synthetic:
                st.badge("Synthetic data – no real person", color="orange", icon=":material/science:")
            with st.container(horizontal=True, gap="small"):
                if manifest.kind == "flows":
                    _categories(manifest)
                if manifest.kind == "cohort" and manifest.previous:
                    _versions(manifest)
                if manifest.mapping:
                    _offer_mapping(manifest.key, manifest.mapping, manifest.key)
                if not manifest.shipped:
                    _offer_removal(manifest.key, manifest.name)
    for key, sentence in library.unreadable(datasets.folder()).items():
        with st.container(border=True):
            st.warning(words.escaped(sentence))
            _offer_removal(key, key)


def kept_mappings() -> None:
    """The reader's own mappings, each read with the next file of its form, and a way to remove one."""
    own = mappings.kept(datasets.folder())
    left_out = mappings.unreadable(datasets.folder())
    if not own and not left_out:
        st.caption("None yet: a mapping is kept with the first file that is read by way of it.")
    for key, mapping in own.items():
        with st.container(border=True, horizontal=True, vertical_alignment="center"):
            st.markdown(f"**{words.escaped(mapping.name)}** · {words.plural(len(mapping.fields), 'field')}")
            _offer_mapping(f"own-{key}", as_toml(mapping), key)
            _offer_to_forget(key)
    for key, sentence in left_out.items():
        with st.container(border=True):
            st.warning(words.escaped(sentence))
            _offer_to_forget(key)


def _offer_to_forget(key: str) -> None:
    st.button("Remove", icon=":material/delete:", type="tertiary", key=f"forget-{key}", on_click=_forget, args=(key,))


def _forget(key: str) -> None:
    try:
        mappings.remove(key, datasets.folder())
    except LibraryError as error:
        say("bad", str(error))


def _categories(manifest: Manifest) -> None:
    with st.popover("Categories and bands", icon=":material/category:", type="tertiary"):
        released = datasets.ask(returns.categories, datasets.open_flows(manifest))
        alt = f"Source categories of {manifest.name} with their band and people"
        st.dataframe(table.shown(released), hide_index=True, width="content", alt=alt)
        for line in table.legend(released):
            st.caption(line)
        if not manifest.shipped:
            st.caption("To change a band, load the file again.")


def _versions(manifest: Manifest) -> None:
    """This version of a cohort beside the one it took the place of."""
    with st.popover(f"Version {manifest.version}", icon=":material/history:", type="tertiary"):
        earlier = library.versions(manifest.key, datasets.folder())[1:]
        if not earlier:
            st.caption("No earlier version can be read any more: its data are missing or damaged.")
            return
        older = earlier[0]
        st.caption(f"Version {older.version} was kept on {older.added[:10]}, this one on {manifest.added[:10]}.")
        compared = versions.compare(older, manifest, datasets.folder())
        names = [MEASURES[measure] for measure in compared["measure"]]
        frame = compared.assign(measure=names).rename(columns=COLUMN_LABELS)
        st.dataframe(frame, hide_index=True, width="content", alt=f"{manifest.name}: the last version and this one")


def _offer_mapping(key: str, text: str, name: str) -> None:
    st.download_button(
        "Mapping",
        data=text,
        file_name=f"{name}.toml",
        icon=":material/conversion_path:",
        type="tertiary",
        key=f"mapping-{key}",
        on_click="ignore",
    )


def _offer_removal(key: str, name: str) -> None:
    with st.popover("Remove", icon=":material/delete:", type="tertiary"):
        st.write(
            "This deletes the dataset and its earlier versions from the library for good. The file it came from stays "
            "as it is."
        )
        st.button("Remove for good", key=f"remove-{key}", on_click=_remove, args=(key, name))


def _remove(key: str, name: str) -> None:
    try:
        library.remove(key, datasets.folder())
    except LibraryError as error:
        say("bad", str(error))
        return
    state = st.session_state
    if state.get("cohort") == key:
        state["cohort"] = next(other.key for other in datasets.cohorts())
    if key in state.get(COHORTS, ()):
        state[COHORTS] = [other for other in state[COHORTS] if other != key]
    say("good", f"“{words.escaped(name)}” is removed.")


def _size(manifest: Manifest) -> str:
    if manifest.kind == "flows":
        return "recorded returns"
    people, interviews = manifest.people, manifest.interviews
    told = words.size(released_people(people), released_interviews(interviews, people))
    return f"{told}, {words.plural(len(manifest.waves), 'wave')}"

"""The mapping as a file: taken from the reader, and given to them."""

import streamlit as st

from components.mapping.draft import Draft
from components.mapping.held import held
from components.words import escaped
from data.mapping import as_toml, from_toml
from data.reading import ReadingError

LONGEST = 80


def take(draft: Draft, key: str) -> None:
    """Take a mapping that the reader has, and tell what in this file is not as it was."""
    with st.expander("Use a mapping you have", icon=":material/upload_file:"):
        st.file_uploader(
            "A mapping downloaded here before, for a file of the same form",
            type=["toml"],
            key=key,
            on_change=lambda: _bring(draft, key),
        )
    for sentence in draft.refused:
        st.error(escaped(sentence))
    for sentence in draft.told:
        st.info(escaped(sentence))


def give(draft: Draft, key: str) -> None:
    """Let the reader download the mapping as it stands."""
    st.download_button(
        "Download this mapping (TOML)",
        data=lambda: as_toml(draft.named()),
        file_name="mapping.toml",
        mime="application/toml",
        icon=":material/download:",
        key=key,
        on_click="ignore",
    )


def name(draft: Draft, key: str) -> None:
    """Let the reader name the mapping."""
    place = held(key, draft.mapping.name)
    st.text_input(
        "Name of this mapping",
        key=place,
        max_chars=LONGEST,
        help="It is kept under this name with the dataset, and reads the next file of the same form by itself.",
        on_change=lambda: draft.name(st.session_state[place]),
    )


def _bring(draft: Draft, key: str) -> None:
    file = st.session_state[key]
    draft.told = draft.refused = ()
    if file is None:
        return
    try:
        draft.bring(from_toml(file.getvalue().decode("utf-8-sig")))
    except UnicodeDecodeError:
        draft.refused = ("The mapping is not text in UTF-8: save it so, or download it anew.",)
    except ReadingError as error:
        draft.refused = error.problems

"""What is computed once and remembered in the reader's own session: uploads are personal, and no cache is shared."""

from collections.abc import Callable
from typing import TypeVar

import streamlit as st

Answer = TypeVar("Answer")


def once(place: str, about: object, make: Callable[[], Answer]) -> Answer:
    """What `make` gives, made once for as long as `about` is the same; the session remembers it under `place`.

    What was remembered of something else is let go before `make` begins, so that memory never holds both.
    """
    if place not in st.session_state or st.session_state[place][0] != about:
        forget(place)
        st.session_state[place] = (about, make())
    answer: Answer = st.session_state[place][1]
    return answer


def forget(*places: str) -> None:
    """Let go of what is remembered under `places`."""
    for place in places:
        st.session_state.pop(place, None)

"""Widgets that show what the draft says, and nothing of their own."""

from typing import Any

import streamlit as st


def held(key: str, value: Any) -> str:
    """Have the widget of this `key` show `value`, and return the key."""
    if key not in st.session_state or st.session_state[key] != value:
        st.session_state[key] = value
    return key

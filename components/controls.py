"""Choices that belong to one card: kept across pages, and in the link of their page."""

from collections.abc import Callable, Sequence
from typing import TypeVar

import streamlit as st

from components import link

Code = TypeVar("Code")
Amount = TypeVar("Amount", float, tuple[float, float])


def one(
    title: str,
    key: str,
    codes: Sequence[Code],
    words: Callable[[Code], str] = str,
    first: int = 0,
) -> Code:
    """One of `codes`, the one at place `first` until the reader chooses."""
    link.tell_ignored({key: st.query_params.get_all(key)}, {key: [words(code) for code in codes]})
    return st.selectbox(
        title,
        codes,
        index=first,
        format_func=words,
        key=key,
        bind="query-params",
        persist_state="session",
    )


def several(title: str, key: str, codes: Sequence[Code], words: Callable[[Code], str] = str) -> tuple[Code, ...]:
    """Some of `codes` in their own order; all of them until the reader chooses."""
    link.tell_ignored({key: st.query_params.get_all(key)}, {key: [words(code) for code in codes]})
    chosen = st.multiselect(
        title,
        codes,
        format_func=words,
        key=key,
        bind="query-params",
        persist_state="session",
        placeholder="All",
    )
    return tuple(code for code in codes if code in chosen) or tuple(codes)


def section(page: str, titles: Sequence[str]) -> str:
    """Which of the page's sections to look at, the first until the reader chooses; only that one is computed."""
    key = f"look-{page}"
    link.tell_ignored({key: st.query_params.get_all(key)}, {key: titles})
    return st.segmented_control(
        "Look at",
        titles,
        default=titles[0],
        required=True,
        key=key,
        bind="query-params",
        persist_state="session",
        label_visibility="collapsed",
    )


def amount(title: str, key: str, first: Amount, least: float, most: float, tip: str) -> Amount:
    """A number from `least` to `most` in steps of .05, or the two ends of a span, `first` until the reader chooses."""
    steps = [str(round(least + 0.05 * step, 2)) for step in range(round((most - least) / 0.05) + 1)]
    link.tell_ignored({key: st.query_params.get_all(key)}, {key: steps})
    return st.slider(title, least, most, first, 0.05, key=key, bind="query-params", persist_state="session", help=tip)

"""Choices that belong to one card: kept across pages, and in the link of their page (`components.card_choices`)."""

from collections.abc import Callable, Mapping, Sequence
from typing import TypeVar

import streamlit as st

from components import link

Code = TypeVar("Code")
Number = TypeVar("Number", float, tuple[float, float])


def choose_one(
    title: str,
    key: str,
    codes: Sequence[Code],
    words: Callable[[Code], str] = str,
    first: int = 0,
) -> Code:
    """One of `codes`, the one at place `first` until the reader chooses."""
    link.tell_unless_offered(key, [words(code) for code in codes])
    return st.selectbox(
        title,
        codes,
        index=first,
        format_func=words,
        key=key,
        bind="query-params",
        persist_state="session",
    )


def choose_some(title: str, key: str, codes: Sequence[Code], words: Callable[[Code], str] = str) -> tuple[Code, ...]:
    """Some of `codes` in their own order; all of them until the reader chooses."""
    link.tell_unless_offered(key, [words(code) for code in codes])
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


def choose_section(page: str, titles: Mapping[str, str]) -> str:
    """Which of the page's sections, by code, to look at, the first until the reader chooses; only it is computed."""
    key = f"look-{page}"
    link.tell_unless_offered(key, [*titles.values()])
    return st.segmented_control(
        "Look at",
        [*titles],
        default=next(iter(titles)),
        format_func=titles.__getitem__,
        required=True,
        key=key,
        bind="query-params",
        persist_state="session",
        label_visibility="collapsed",
    )


def choose_number(
    title: str, key: str, first: Number, least: float, most: float, tip: str | None = None, step: float = 0.05
) -> Number:
    """A number on the steps from `least` to `most`, or the two ends of a span, `first` until the reader chooses."""
    on = link.steps(least, most, step)
    link.refuse_unless(key, link.numbers(on, count=len(first) if isinstance(first, tuple) else 1))
    return st.select_slider(
        title, on, first, format_func=link.written, key=key, bind="query-params", persist_state="session", help=tip
    )

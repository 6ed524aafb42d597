"""The card: the one way a figure appears, a component of our own. One payload goes to the browser, and stays there."""

import inspect
from base64 import b64encode
from collections.abc import Callable, Mapping, Sequence
from typing import Any, Final
from uuid import uuid4

import streamlit as st

from components import download, link
from components.card.assets import SHIM
from components.card.payload import line, packed, payload, told
from components.figure import About, Figure
from data.disclosure import Released

__all__ = ["IN_VIEW", "card", "explain", "mount", "tell"]

IN_VIEW: Final = "in-view"
"""What the head of the page tells: the view as a sentence, its people, and the source."""

_component: Final = st.components.v2.component("return_spectrum", js=SHIM, isolate_styles=False)


def mount(data: Mapping[str, Any], key: str, **more: Any) -> Any:
    """Draw in the browser what `card.js` makes of a payload, and return what the reader did there."""
    return _component(data=packed(data), key=key, **more)


def card(
    figure: Figure,
    headline: str,
    title: str,
    released: Released,
    drawn: Sequence[object] = (),
    clicked: Callable[[list[int]], None] | None = None,
    slot: str = "",
    lead: bool = False,
    answers: bool = False,
    beside: bool = False,
) -> None:
    """Draw a figure with all that must stand beside it.

    `headline` is the finding, `title` what the figure is; `drawn` goes to the chart with the numbers. `clicked`
    makes the chart a control: it is told the places of the traces that the reader clicked. `slot` is the card's place
    on the page, its own where it is "". A `lead` is as high as the
    first screen leaves room for, and `answers` the page's question where its finding stands already; a card `beside`
    another is as high as that.
    """
    key = f"card-{slot or figure.key}"
    sentence, in_view, source = st.session_state.get(IN_VIEW, ("", None, ""))
    made = payload(figure, headline, title, released, drawn) | {
        "line": line(released, sentence, source, in_view),
        "link": link.here(),
        "lead": lead,
        "answers": answers,
        "beside": beside,
        "picks": bool(clicked),
        "onward": figure.onward and figure.onward.words,
        "file": _asked_for(key, released, f"{headline} – {title}"),
    }
    done = mount(
        made,
        key,
        height="stretch" if beside else "content",
        on_workbook_change=lambda: st.session_state.update({f"{key}-workbook": True}),
        on_picked_change=lambda: clicked and clicked(st.session_state[key]["picked"] or []),
        on_onward_change=lambda: None,
    )
    if done["onward"] and figure.onward:
        st.switch_page(figure.onward.page, query_params=link.asked())


def _asked_for(key: str, released: Released, title: str) -> dict[str, str] | None:
    """The workbook, where the reader has just asked for it: made then, and sent once."""
    if not st.session_state.pop(f"{key}-workbook", False):
        return None
    content = b64encode(download.as_xlsx(released, title)).decode("ascii")
    return {"nonce": uuid4().hex, "name": download.file_name(released, "xlsx"), "content": content}


def tell(about: About) -> None:
    """A figure for its readers: what it shows, how it is made, what it cannot tell."""
    for name, text in told(about):
        st.markdown(f"**{name}** {text}" if name else text)


def explain(made_by: object) -> str:
    """How something is made: its docstring, so that screen and code cannot differ."""
    return inspect.cleandoc(made_by.__doc__ or "").replace("`", "")

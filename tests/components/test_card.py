"""The card: all it is given is shown as it is, and who is counted is said where it is not everyone in view."""

import re
from dataclasses import replace
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from components import words
from components.card import IN_VIEW
from data.disclosure import Released
from data.notes import Doubt, Note
from tests.components import made

SUMMARIES = Path(__file__).parents[2] / "data" / "summaries"
PICTURE = "![x](http://e.example/p.png) :material/delete: _x_"


def draw() -> None:
    import plotly.graph_objects as go
    import streamlit as st

    from components.card import card
    from components.charts.chart import Chart
    from tests.components import made

    released, text = st.session_state["drawn"]
    chart = Chart(lambda _: go.Figure(), "Bars", "share")
    card(made.figure(chart), text, text, released)


def drawn(released: Released, text: str = "Title", in_view: tuple[str, int] | None = None) -> AppTest:
    app = AppTest.from_function(draw)
    app.session_state["drawn"] = (released, text)
    if in_view:
        app.session_state[IN_VIEW] = in_view
    app = app.run()
    assert not app.exception
    return app


def test_all_that_a_card_is_given_is_shown_as_it_is() -> None:
    context = replace(made.CONTEXT, sentence=PICTURE, source=PICTURE, licence=PICTURE, profile=PICTURE)
    released = replace(made.shared({"female": (100, 0.4)}), context=context, notes=(Note(Doubt.TEXT, text=PICTURE),))
    app = drawn(released, PICTURE)
    texts = [each.value for kind in ("subheader", "caption", "markdown") for each in app.get(kind)]
    acting = [text for text in texts if "e.example" in text and words.escaped(PICTURE) not in text]
    assert sum("e.example" in text for text in texts) >= 6
    assert acting == []


@pytest.mark.parametrize(
    ("who", "in_view", "told"),
    [
        (
            "scored",
            ("Germany → Afghanistan, forced", 265),
            "**200 people** with a score, in the groups shown, of 265 in view",
        ),
        ("scored", ("Germany → Afghanistan, forced", 200), "**200 people**"),
        ("scored", ("another view", 265), "**200 people**"),
        ("", ("Germany → Afghanistan, forced", 265), "**200 people**"),
    ],
)
def test_who_is_counted_is_said_where_it_is_not_everyone_in_view(who: str, in_view: tuple[str, int], told: str) -> None:
    released = replace(made.shared({"female": (100, 0.4), "male": (100, 0.6)}), who=who)
    captions = [caption.value for caption in drawn(released, in_view=in_view).caption]
    assert f"Germany → Afghanistan, forced · {told}" in captions


def test_every_code_of_who_is_counted_has_words() -> None:
    """The codes that summaries give, as they stand in the code."""
    code = "\n".join(file.read_text("utf-8") for file in SUMMARIES.glob("*.py"))
    codes = set(re.findall(r'who="(\w+)"', code)) | set(re.findall(r'"(?:same|seen|weighted)": "(\w+)"', code))
    assert codes == {*words.WHO}

"""The card: all it is given is shown as it is, and who is counted is said where it is not everyone in view."""

import base64
import gzip
import io
import json
import re
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from openpyxl import load_workbook
from starlette.requests import Request
from streamlit.testing.v1 import AppTest

from components import words
from components.card import IN_VIEW, assets
from components.card.payload import packed, payload, unpacked
from components.charts.composition import composition
from data.disclosure import Released
from data.notes import Doubt, Note
from tests.components import made

SUMMARIES = Path(__file__).parents[2] / "data" / "summaries"
PICTURE = "![x](http://e.example/p.png) :material/delete: _x_"


def draw() -> None:
    import streamlit as st

    from components.card import card
    from components.charts.shares import shares
    from tests.components import made

    released, text = st.session_state["drawn"]
    card(made.figure(shares), text, text, released, ("sex",))


def drawn(released: Released, text: str = "Title", in_view: tuple[str, int, str] | None = None) -> AppTest:
    app = AppTest.from_function(draw)
    app.session_state["drawn"] = (released, text)
    if in_view:
        app.session_state[IN_VIEW] = in_view
    app = app.run()
    assert not app.exception
    return app


def sent(app: AppTest) -> dict[str, Any]:
    [element] = app.get("bidi_component")
    return unpacked(element.proto.bytes)


def test_all_that_a_card_is_given_is_shown_as_it_is() -> None:
    """The browser sets it as text; nothing of it passes through Markdown."""
    context = replace(made.CONTEXT, sentence=PICTURE, source=PICTURE, licence=PICTURE, profile=PICTURE)
    released = replace(made.shared({"female": (100, 0.4)}), context=context, notes=(Note(Doubt.TEXT, text=PICTURE),))
    app = drawn(released, PICTURE)
    assert json.dumps(sent(app)).count("e.example") >= 8
    assert not [*app.get("markdown"), *app.get("caption"), *app.get("subheader")]


@pytest.mark.parametrize(
    ("who", "in_view", "told"),
    [
        (
            "scored",
            ("Germany → Afghanistan, forced", 265),
            "200 people with a score, in the groups shown, of 265 in view",
        ),
        ("scored", ("Germany → Afghanistan, forced", 200), "200 people"),
        ("scored", ("another view", 265), "200 people"),
        ("", ("Germany → Afghanistan, forced", 265), "200 people"),
    ],
)
def test_who_is_counted_is_said_where_it_is_not_everyone_in_view(who: str, in_view: tuple[str, int], told: str) -> None:
    released = replace(made.shared({"female": (100, 0.4), "male": (100, 0.6)}), who=who)
    people, *others = sent(drawn(released, in_view=(*in_view, made.CONTEXT.source)))["line"]
    assert people == told
    assert others == ([made.CONTEXT.sentence] if in_view[0] == "another view" else [])


def test_a_chart_of_nothing_is_a_sentence_and_no_empty_axis() -> None:
    whole = made.shared({"female": (100, 0.4), "male": (100, 0.6)})
    rows, flags = whole.rows.copy(), whole.flags.copy()
    rows[["people", *whole.values]], flags.loc[:, :] = np.nan, "c"
    released = replace(whole, rows=rows, flags=flags)
    assert (sent(drawn(released))["chart"], sent(drawn(released))["reason"]) == (
        None,
        "Nothing can be drawn here: [c] too few people to show.",
    )


def test_the_workbook_is_made_when_it_is_asked_for_and_sent_once() -> None:
    released = made.shared({"female": (100, 0.4), "male": (100, 0.6)})
    app = drawn(released)
    assert sent(app)["file"] is None
    app.session_state["card-made-workbook"] = True
    file = sent(app.run())["file"]
    book = load_workbook(io.BytesIO(base64.b64decode(file["content"])))
    assert any("female" in str(cell.value).lower() or "Women" in str(cell.value) for row in book.active for cell in row)
    assert sent(app.run())["file"] is None


def test_a_payload_is_a_few_kilobytes_and_comes_out_as_it_went_in() -> None:
    released = made.shared({f"group {place}": (100, place / 100) for place in range(30)})
    made_of_it = payload(made.figure(composition), "A finding", "What it shows", released)
    assert unpacked(packed(made_of_it)) == json.loads(json.dumps(made_of_it))
    assert len(packed(made_of_it)) < 5_000


def test_the_app_serves_what_cards_need_and_nothing_else() -> None:
    [route] = assets.ROUTES
    for name, file in assets.FILES.items():
        assert route.path_regex.fullmatch(f"/{assets.address(name)}")
        packed_, plain = (route.endpoint(asked(name, encoding)) for encoding in (b"gzip, br", b"identity"))
        assert gzip.decompress(packed_.body) == plain.body == file.read_bytes()
        assert packed_.headers["content-encoding"] == "gzip"
        assert all("immutable" in answer.headers["cache-control"] for answer in (packed_, plain))
    assert route.endpoint(asked("payload.py", b"gzip")).status_code == 404


def asked(name: str, encoding: bytes) -> Request:
    return Request({"type": "http", "path_params": {"name": name}, "headers": [(b"accept-encoding", encoding)]})


def test_every_code_of_who_is_counted_has_words() -> None:
    """The codes that summaries give, as they stand in the code."""
    code = "\n".join(file.read_text("utf-8") for file in SUMMARIES.glob("*.py"))
    codes = set(re.findall(r'who="(\w+)"', code)) | set(re.findall(r'"(?:same|seen|weighted)": "(\w+)"', code))
    assert codes == {*words.WHO}

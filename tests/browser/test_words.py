"""Words of a file, as a real browser shows them: nothing in them acts."""

from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import expect

from tests.browser.conftest import PATIENCE, Screen

pytestmark = pytest.mark.browser

HOSTILE = (
    "![x](http://e.example/p.png)",
    "see http://e.example/a and www.e.example or mail a@e.example",
    ":material/delete: :red[red] :smile: :streamlit:",
    "<img src=http://e.example/q.png> $x^2$ `code` **bold** ~~gone~~ _slanted_",
    "# Heading",
)

SCRIPT = """
import streamlit as st
from components import words
st.title("Words?")
for text in {texts!r}:
    st.subheader(words.escaped(text), anchor=False)
    st.caption(words.escaped(text))
    st.info(words.escaped(text))
"""


def test_words_of_a_file_are_shown_and_do_nothing(
    start: Callable[..., str], tab: Callable[..., Screen], tmp_path: Path
) -> None:
    script = tmp_path / "words.py"
    script.write_text(SCRIPT.format(texts=HOSTILE), encoding="utf-8")
    screen = tab(start(script))
    screen.open("")
    main = screen.page.get_by_test_id("stMain")
    expect(main.get_by_text("Heading").first).to_be_visible(timeout=PATIENCE)
    shown = main.inner_text().replace("\u200b", "")
    for text in HOSTILE:
        assert shown.count(text) == 3, text
    parts = "a, img, code, em, strong, del, .katex, [data-testid=stIconMaterial]"
    assert main.locator(f"h3 :is({parts}), [data-testid=stCaptionContainer] :is({parts})").count() == 0
    assert not [request for request in screen.requests if "e.example" in request]

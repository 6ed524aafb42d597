"""What a table of recorded returns leaves open is asked on screen, and only there."""

from pathlib import Path

from streamlit.testing.v1 import AppTest

TAGGED = Path(__file__).parents[1] / "fixtures" / "flows_hxl_levels.csv"


def asked(text: str, kind: str) -> AppTest:
    def script(text: str, kind: str) -> None:
        import streamlit as st

        from components import upload_flows
        from data.reading import read_table

        said = upload_flows.choose(kind, read_table(text.encode(), "own.csv").frame, "file")
        st.text(",".join(f"{key}={option}" for key, option in said.items()))

    app = AppTest.from_function(script, args=(text, kind), default_timeout=300).run()
    assert not app.exception
    return app


def test_the_level_is_asked_where_there_are_several() -> None:
    app = asked(TAGGED.read_text(), "hxl")
    assert app.text[0].value == "level=adm0"
    assert app.radio[0].options == ["whole countries (adm0)", "adm1", "adm2"]
    app.radio[0].set_value("adm1").run()
    assert app.text[0].value == "level=adm1"


def test_without_a_safe_answer_none_is_given_for_the_reader() -> None:
    lines = TAGGED.read_text().splitlines()
    more = (
        "Flood,Mali,MLI,Gao,ML7,,70,2016-12-31,2016,1,Flood,,Active",
        "Flood,Chad,TCD,,,,50,2016-12-31,2016,1,Flood,,",
    )
    app = asked("\n".join([*lines, *more]), "hxl")
    assert app.radio[0].value is None
    assert app.text[0].value == ""


def test_nothing_is_asked_of_a_clear_table_or_of_another_one() -> None:
    clear = "host,country of return,year,people\nDEU,AFG,2020,30\n"
    for kind in ("plain", "hxl"):
        assert not asked(clear, kind).radio

"""What only some sections do: the way from a score to an answer, placing a return, people counted by wave."""

import pytest
from streamlit.testing.v1 import AppTest

from data.spectrum import FACT_LABELS, Facts, place
from tests.pages.screen import cards, open_page

TO_ANSWERS = "distributions/From score to answer"


def click(app: AppTest, words: str) -> AppTest:
    [button] = [button for button in app.main.button if button.label == words]
    return button.click().run()


def test_from_score_to_answer_is_a_click_a_step_and_each_step_has_a_link_and_a_table() -> None:
    app, shown = open_page(TO_ANSWERS), []
    for words in ("Economic", "Debt to spending", "Ability to borrow money"):
        shown.append([card.alt for card in cards(app)])
        click(app, words)
        assert not app.exception
        assert all(len(card.table) for card in cards(app))
        linked = open_page(TO_ANSWERS, {"into-composite": app.query_params["into-composite"]})
        assert [card.alt for card in cards(linked)] == [card.alt for card in cards(app)]
    assert len({*map(tuple, shown)}) == len(shown)
    [answers] = cards(app)
    assert answers.table["Answer"].unique().tolist() == ["Yes", "No"]
    for _ in range(3):
        click(app, "Back up")
    assert [card.alt for card in cards(app)] == shown[0]
    assert "into-composite" not in app.query_params


def test_the_way_begins_at_the_score_in_focus() -> None:
    app = open_page(TO_ANSWERS, {"score": "Social"})
    [card] = cards(app)
    assert "Housing" in card.table.to_string()
    assert "off the full social score" in card.payload["what"]
    assert [button.label for button in app.main.button if button.label in ("Economic", "Housing")] == ["Housing"]


def test_by_wave_people_are_counted_once_behind_a_figure() -> None:
    for place_ in ("distributions", "distributions/Three dimensions together", TO_ANSWERS):
        by_wave, by_sex = (open_page(place_, {"group": group}) for group in ("Wave", "Sex"))
        counts = [[int(card.people.split()[0].replace(",", "")) for card in cards(app)] for app in (by_wave, by_sex)]
        assert all(0.9 * count <= many <= 1.1 * count for many, count in zip(*counts, strict=True))


def test_waves_are_not_set_against_each_other_as_if_they_were_different_people() -> None:
    app = open_page("distributions/Group against group", {"group": "Wave"})
    assert not app.exception
    assert not [*cards(app)]
    assert any("Waves hold the same people" in info.value and "Trajectories" in info.value for info in app.info)


@pytest.mark.parametrize(("place", "key"), [("distributions", "group"), ("spectrum", "bands-by")])
def test_where_no_group_may_be_shown_the_page_says_so(place: str, key: str) -> None:
    few = {"place": "Other corridors"}  # fifteen people, in two regions
    app = open_page(place, {**few, key: "Region of return"})
    assert not app.exception
    assert any("Group by something else" in info.value for info in app.info)


@pytest.mark.parametrize(
    ("facts", "band"),
    [
        ({"removed_by_force": "Yes"}, "Forced"),
        ({"removed_by_force": "No", "right_to_remain": "No", "ordered_to_leave": "Yes"}, "Obliged"),
        ({"removed_by_force": "No", "right_to_remain": "No"}, "Unclassified"),
    ],
)
def test_facts_give_a_band_and_the_reason(facts: dict[str, str], band: str) -> None:
    app = open_page("spectrum/Placing a return")
    assert {group.label for group in app.main.button_group} >= {*FACT_LABELS.values()}
    for fact, answer in facts.items():
        app.main.button_group(key=f"fact-{fact}").set_value(answer)
    app.run()
    assert band in [heading.value for heading in app.main.subheader]
    reason = place(Facts(**{fact: {"Yes": True, "No": False}[answer] for fact, answer in facts.items()})).reason
    assert reason in [text.value for text in app.main.markdown]

"""Edit and compare, and the smallest edit, on the One review page."""

import re

import pytest
from streamlit.testing.v1 import AppTest

from sentiment_core.analysis.examples import EXAMPLES
from tests.pages.one_review_page import drawn, opened, shown, tokens
from tests.pages.opening import english_in

TEXT = "A dull film, but the acting is wonderful and the music is beautiful."


def edited_text(app: AppTest) -> str:
    """The edited text as HTML, or an empty string."""
    return next((drawn for drawn in tokens(app) if "<del" in drawn or "<ins" in drawn), "")


def button(app: AppTest, label: str):
    (found,) = [one for one in app.button if one.label.replace("\\", "") == label]
    return found


def codes_in(app: AppTest) -> list[str]:
    """The edits in the address."""
    found = app.query_params.get("edits", [])
    return found if isinstance(found, list) else [found]


def metrics(app: AppTest) -> dict[str, tuple[str, str]]:
    """The probability after the edits and its change, by classifier."""
    return {one.label.replace("\\", ""): (one.value, one.delta) for one in app.metric if one.delta}


def test_without_a_selected_word_nothing_is_changed():
    app = opened(text=TEXT)
    assert not app.exception
    assert app.selectbox(key="edit.word").value is None
    assert metrics(app) == {}
    assert "edits" not in app.query_params


def test_a_word_is_replaced_by_a_suggestion_and_both_verdicts_are_compared():
    app = opened(text=TEXT, token=TEXT.index("wonderful"))
    assert app.selectbox(key="edit.word").value == TEXT.index("wonderful")
    button(app, "terrible").click().run()
    assert not app.exception
    assert codes_in(app) == [f"{TEXT.index('wonderful')}:wonderful:terrible"]
    assert re.search(r"<del[^>]*>wonderful</del> <ins[^>]*>terrible</ins>", edited_text(app))
    changed = metrics(app)
    assert changed.keys() == {"rnn", "bilstm"}
    assert all(delta.startswith("-") for _, delta in changed.values()), "a terrible word lowers the probability"
    typed = opened(text=TEXT.replace("wonderful", "terrible"))
    assert [value for value, _ in changed.values()] == [one.value for one in typed.metric]


def test_a_word_is_dropped_and_a_flip_is_marked():
    text = EXAMPLES[0].text
    app = opened(text=text, token=text.index("wonderful"))
    button(app, "Drop wonderful").click().run()
    assert "Turned: :blue[● positive] → :orange[◆ negative]" in shown(app).replace("*", "")
    assert "As before: :blue[● positive]" in shown(app)
    assert re.search(r"<del[^>]*> wonderful</del>:", edited_text(app))


def test_any_word_may_be_typed():
    app = opened(text=TEXT, token=2)
    app.text_input(key="edit.becomes").set_value("  <b>not</b>  dull ").run()
    assert codes_in(app) == ["2:dull:<b>not</b> dull"]
    assert "&lt;b&gt;not&lt;/b&gt; dull" in edited_text(app)
    assert "<b>" not in edited_text(app)


def test_edits_are_undone_one_by_one_or_all():
    codes = ["2:dull:superb", "31:wonderful:", "2:dull:lovely"]
    codes[1] = f"{TEXT.index('wonderful')}:wonderful:"
    app = opened(text=TEXT, edits=codes)
    assert "lovely" in edited_text(app)
    button(app, "Undo").click().run()
    assert "superb" in edited_text(app)
    assert codes_in(app) == codes[:2]
    button(app, "Start over").click().run()
    assert "edits" not in app.query_params
    assert edited_text(app) == ""


def test_a_link_reproduces_the_edits():
    first = opened(text=TEXT, token=2)
    button(first, "Drop dull").click().run()
    again = opened(**{name: first.query_params[name] for name in ("text", "edits", "token")})
    assert metrics(again) == metrics(first) != {}
    assert edited_text(again) == edited_text(first)


@pytest.mark.parametrize("code", ["", "x", "2:film:x", "9999999:dull:x", "2:dull:dull", "2:dull:" + "x" * 99, "-1::"])
def test_an_edit_that_does_not_fit_is_reported_and_left_out(code):
    app = opened(text=TEXT, edits=[code, "2:dull:superb"])
    assert not app.exception
    assert "1 edit in the address does not fit this text and is left out." in shown(app)
    assert "superb" in edited_text(app)


def test_a_new_text_ends_the_edits_that_no_longer_fit():
    app = opened(text=TEXT, edits=["2:dull:superb"])
    app.text_area(key="text").set_value("Another text about a film.").run()
    assert not app.exception
    assert "edits" not in app.query_params
    assert "does not fit" not in shown(app)
    assert edited_text(app) == ""


def test_a_text_without_its_only_word_is_not_judged():
    app = opened(text="dull", edits=["0:dull:"])
    assert not app.exception
    assert "No word is left to read. Undo an edit." in shown(app)
    assert metrics(app) == {}


def test_a_word_that_nobody_knows_can_be_replaced():
    app = opened(text="漢字 \U0001f389", token=0)
    assert not app.exception
    app.text_input(key="edit.becomes").set_value("wonderful").run()
    assert not app.exception
    assert "Knows no word of one of the two texts" in shown(app)


def test_of_a_very_long_text_only_the_part_that_is_read_can_be_edited():
    app = opened()
    app.text_area(key="text").set_value("good film. " * 90_000).run()
    assert not app.exception
    options = app.selectbox(key="edit.word").options
    assert 200 < len(options) <= 400


def test_a_place_between_words_means_the_word_that_is_marked_in_the_text():
    place = TEXT.index(" wonderful")
    app = opened(text=TEXT, token=place)
    before = TEXT[:place].rsplit(" ", 1)[-1]
    assert TEXT[app.selectbox(key="edit.word").value :].startswith(before)
    assert drawn(app)["words"][drawn(app)["selected"]] == before


@pytest.mark.parametrize("place", ["0", "999999", "-1", "x", ""])
def test_a_selected_place_that_is_no_word_does_no_harm(place):
    assert not opened(text=TEXT, token=place).exception


def test_the_smallest_edit_turns_one_verdict_and_can_be_applied():
    app = opened(text=EXAMPLES[0].text, flip=["rnn"])
    assert not app.exception
    assert "1 changed word is enough" in shown(app)
    app.button(key="apply 0").click().run()
    assert not app.exception
    assert len(codes_in(app)) == 1
    said = shown(app).replace("*", "")
    assert "Turned: :blue[● positive] → :orange[◆ negative]" in said
    assert "As before: :blue[● positive]" in said


def test_both_can_be_turned_at_once():
    app = opened(text=EXAMPLES[0].text, flip=["rnn", "bilstm"])
    app.button(key="apply 0").click().run()
    assert shown(app).count("Turned") == 2


def test_a_classifier_that_is_no_longer_chosen_is_not_turned():
    app = opened(text=TEXT, flip=["rnn", "bilstm"])
    app.multiselect(key="runs").set_value(["bilstm", "gru"]).run()
    assert not app.exception
    assert app.button_group(key="flip").value == ["bilstm"]


def test_an_unknown_name_in_the_address_turns_nothing():
    app = opened(text=TEXT, flip=["nope", "<b>"])
    assert not app.exception
    assert "Choose one classifier to see what turns it" in shown(app)


def test_a_text_without_a_verdict_has_no_smallest_edit():
    app = opened(text="漢字 \U0001f389", flip=["rnn"])
    assert not app.exception
    assert "no verdict to turn or to keep" in "\n".join(error.value.replace("\\", "") for error in app.error)


def test_a_text_of_symbols_has_no_smallest_edit_and_says_why():
    app = opened(text="!!! ??? ...", flip=["rnn"])
    assert not app.exception
    assert "This text has no word that could be dropped or replaced." in shown(app)


def test_linear_classifiers_are_edited_too():
    app = opened(text=TEXT, runs=["nb-svm-bigrams", "tf-idf"], token=2, flip=["tf-idf"])
    assert not app.exception
    assert "1 changed word is enough" in shown(app)
    button(app, "Drop dull").click().run()
    assert metrics(app).keys() == {"nb-svm-bigrams", "tf-idf"}


def test_the_parts_speak_korean():
    text = "정말 명작입니다 배우들 연기가 최고"
    edits = ["0:정말:", f"{text.index('연기가')}:연기가:영상이"]
    app = opened(lang="ko", corpus="korean", text=text, token=text.index("최고"), flip=["rnn"], edits=edits)
    assert not app.exception
    assert english_in(app) == []

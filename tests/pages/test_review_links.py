"""From a word of a review to its trail in Drift and back, and the test reviews offered as examples."""

import numpy as np
import pytest

from sentiment_core.text.reviews import load_reviews
from tests.pages.one_review_page import opened, shown
from tests.pages.opening import open_page

TEXT = "A dull film, but the acting is wonderful."


def links(app) -> dict[str, dict[str, list[str]]]:
    """The parameters of each link of the page, by its label."""
    from urllib.parse import parse_qs

    found = {}
    for link in app.get("page_link"):
        proto = link.proto
        found[proto.label.replace("\\", "")] = parse_qs(proto.query_string, keep_blank_values=True)
    return found


def test_a_selected_word_leads_to_its_trail_in_drift():
    app = opened(text=TEXT, token=TEXT.index("wonderful"), runs=["gru", "bilstm"])
    asked = links(app)["Follow wonderful in Drift"]
    assert (asked["left"], asked["right"], asked["corpus"]) == (["gru"], ["bilstm"], ["imdb"])
    assert asked["pins"][0].split(",")[0] == "wonderful"
    assert asked["review"] == [TEXT]


def test_a_run_without_frames_or_a_linear_classifier_has_no_trail():
    app = opened(text=TEXT, token=2, runs=["bilstm-best", "tf-idf"])
    assert not [label for label in links(app) if "Drift" in label]


def test_drift_leads_back_to_the_word_in_the_review(chosen):
    chosen(pins=["dull", "wonderful", "boring", "nowhereword"])
    app = open_page("pages/embeddings/drift.py", review=TEXT, left="gru", right="bilstm")
    assert not app.exception
    found = links(app)
    assert found["dull"] == {"corpus": ["imdb"], "runs": ["gru", "bilstm"], "token": ["2"], "text": [TEXT]}
    assert found["wonderful"]["token"] == [str(TEXT.index("wonderful"))]
    assert "boring" in found["boring"]["text"][0], "an example has it"
    assert "nowhereword" not in found


def test_a_review_that_is_too_long_for_an_address_is_carried_too():
    long = "dull " + "and the film goes on. " * 300
    app = opened()
    app.text_area(key="text").set_value(long).run()
    app.selectbox(key="edit.word").set_value(0).run()
    (button,) = [one for one in app.button if one.label == "Follow dull in Drift"]
    button.click().run()
    assert not app.exception
    assert app.title[0].value == "Drift"
    assert app.session_state["review"] == long


def test_test_reviews_on_which_two_classifiers_disagree_are_examples():
    texts = load_reviews("toy").test
    app = opened(corpus="toy", runs=["bilstm", "bag-of-words"])
    assert not app.exception
    rows = [one for one in app.button if one.label.startswith("row ")]
    assert rows
    assert "labelled" not in shown(app), "the label is told once a review is chosen"
    rows[0].click().run()
    assert not app.exception
    row = int(rows[0].label.removeprefix("row ").replace(",", ""))
    assert app.text_area(key="text").value == texts.texts[row]
    assert f"Row {row:,} is labelled" in shown(app)
    assert ("positive" if texts.labels[row] else "negative") in shown(app).split("is labelled")[1][:30]
    assert "They disagree." in shown(app)


def test_where_texts_are_not_at_hand_the_row_says_what_would_show_them(monkeypatch):
    from sentiment_core.messages import lazy
    from sentiment_core.text.texts import Texts

    nowhere = Texts(None, None, lazy("The texts are elsewhere."))
    monkeypatch.setattr("pages.shared.resources.review_texts", lambda corpus, split="test": nowhere)
    app = opened(runs=["rnn", "bilstm"])
    assert "Test reviews on which rnn and bilstm disagree most" in shown(app)
    assert "The texts are elsewhere." in shown(app)
    assert not [one for one in app.button if one.label.startswith("row ")]


def test_of_a_corpus_with_some_texts_at_hand_only_those_are_offered():
    app = opened(corpus="korean", runs=["rnn", "bilstm"])
    assert not app.exception
    rows = [one for one in app.button if one.label.startswith("row ")]
    assert rows
    for one in rows[:2]:
        one.click().run()
        assert app.text_area(key="text").value
        assert "is labelled" in shown(app)


def test_the_same_classifiers_that_agree_everywhere_offer_nothing(toy_checkpoints):
    app = opened(runs=["tiny", "other"], text="the plot was superb")
    assert not app.exception
    assert "They agree on every test review that is at hand." in shown(app)
    assert np.all([not one.label.startswith("row ") for one in app.button])


@pytest.mark.parametrize("names", [["rnn"], []])
def test_one_classifier_disagrees_with_nobody(names):
    app = opened(runs=names or ["rnn"])
    if not names:
        app.multiselect(key="runs").set_value([]).run()
    assert "disagree most" not in shown(app)

"""The Test set page: the headline, the agreement matrix with its reviews, bad addresses and designed states."""

import json
import shutil
from urllib.parse import parse_qs

import numpy as np
import pytest

from sentiment_core.classifiers.protocol import Origin
from sentiment_core.runs.scores import load_scores
from sentiment_core.text.corpus import load_corpus
from sentiment_core.text.reviews import load_reviews
from tests.pages.compared_page import headline, opened, save_answers, shown
from tests.pages.opening import english_in


@pytest.fixture
def corpus(toy_checkpoints):
    """A toy corpus with the run `tiny` and linear classifiers of known answers on its 1,000 test reviews.

    oracle is always right, half is wrong on the first 100 reviews, twin answers as half does, and flat always alike.
    """
    for name in ("other", "torn"):
        shutil.rmtree(toy_checkpoints / name)
    card = load_corpus(toy_checkpoints)
    origin = Origin(card.source, card.fingerprint)
    labels = load_scores(toy_checkpoints / "tiny").labels
    right = np.where(labels == 1, 3.0, -3.0)
    half = right.copy()
    half[:100] *= -1
    half[7] *= 2  # the most surely wrong one
    for name, logits in {"oracle": right, "half": half, "twin": half, "flat": np.zeros(len(labels))}.items():
        save_answers(toy_checkpoints / name, origin, labels, logits)
    return toy_checkpoints


def figure(app, place: int = 0) -> dict:
    return json.loads(app.get("plotly_chart")[place].proto.spec)


def test_the_headline_says_which_is_better_and_by_how_much(corpus):
    app = opened(runs=["half", "oracle"])
    assert not app.exception
    assert headline(app).startswith("oracle is right on 10.0 points more reviews than half (8.")
    assert headline(app).endswith("A difference this large would be rare if both were equally good: p < 0.001.")
    assert "Of 1,000 reviews, half gets 90.0% right (88.0% to 91.7%) and oracle gets 100.0% right" in shown(app)
    assert "McNemar's test of the 100 reviews that only one of them gets right" in shown(app)
    reverse = opened(runs=["oracle", "half"])
    assert headline(reverse) == headline(app)


def test_equal_answers_say_nothing_about_which_is_better(corpus):
    app = opened(runs=["half", "twin"])
    assert not app.exception
    assert headline(app) == (
        "half and twin are right on exactly the same reviews, so these do not tell which one is better."
    )
    assert "exact p 1, mid-p 1" in shown(app)


def test_a_classifier_that_always_answers_alike_is_named(corpus):
    app = opened(runs=["flat", "oracle"])
    assert not app.exception
    assert "flat gives every review the same probability, 50.0%: it tells none apart." in shown(app)


def test_one_classifier_alone(corpus):
    app = opened(runs=["half"])
    assert not app.exception
    assert headline(app) == "Of 1,000 reviews, half gets 90.0% right (88.0% to 91.7%)."
    assert "Choose a second classifier to see which one is better." in shown(app)
    assert "Choose a second classifier to see where they agree." in shown(app)


def test_no_classifier_at_all(corpus):
    app = opened(runs=["half"])
    app.multiselect(key="runs").set_value([]).run()
    assert not app.exception
    assert [info.value for info in app.info] == ["Choose one or more classifiers to compare."]


def test_with_several_the_pair_is_chosen_and_p_corrected(corpus):
    app = opened(runs=["half", "oracle", "flat"], pair="half,flat")
    assert not app.exception
    assert headline(app).startswith("half is right on ")
    assert "corrected for 3 comparisons (Holm)" in shown(app)
    table = app.dataframe[0].value
    assert table["first"].tolist() == ["half", "half", "oracle"]
    assert table["only second right"].tolist()[0] == "100"
    assert app.selectbox(key="pair").value == "half,flat"


def test_a_cell_opens_its_reviews_most_surely_wrong_first(corpus):
    app = opened(runs=["half", "oracle"])
    texts = load_reviews("toy").test.texts
    assert app.selectbox(key="cell").value == "second-all"
    assert "only oracle right (all): 100 reviews, most surely wrong first" in shown(app)
    assert [element.value for element in app.text][:2] == [texts[7], texts[0]]
    assert "half" in shown(app)
    assert "row 7" in shown(app)
    second = app.number_input(key="page").set_value(2).run()
    assert next(element.value for element in second.text) == texts[8]
    none = second.selectbox(key="cell").set_value("first-all").run()
    assert "There is no such review. Choose another cell." in shown(none)


def test_a_review_opens_in_one_review_with_its_text_and_classifiers(corpus):
    app = opened(runs=["half", "oracle"])
    link = app.get("page_link")[0].proto
    assert link.page_script_hash
    assert "runs=half&runs=oracle" in link.query_string
    assert "corpus=toy" in link.query_string
    assert "text=" in link.query_string


def test_the_threshold_moves_the_matrix(corpus):
    app = opened(runs=["half", "oracle"], threshold="0.99")
    # At 0.99 nothing is positive but the review that `half` is most surely wrong about.
    assert not app.exception
    assert headline(app).startswith("oracle is right on 0.1 points more reviews than half (0.0 to 0.3).")
    positives = int((load_scores(corpus / "oracle").labels == 1).sum())
    assert f"oracle gets {1 - positives / 1000:.1%} right" in shown(app)


def test_the_cells_of_the_matrix_are_drawn_and_one_is_outlined(corpus):
    app = opened(runs=["half", "oracle"], cell="neither-positive")
    bars = figure(app, 1)["data"][0]
    outlined = [cell for cell, width in zip(bars["customdata"], bars["marker"]["line"]["width"], strict=True) if width]
    assert outlined == ["neither-positive"]
    assert app.selectbox(key="cell").value == "neither-positive"


@pytest.mark.parametrize(
    "address",
    [
        {"threshold": "7"},
        {"threshold": "nothing"},
        {"threshold": "-1"},
        {"cell": "<b>"},
        {"part": "nothing"},
        {"pair": "a,b"},
        {"page": "99999"},
        {"page": "-3"},
        {"page": "x"},
        {"page": "1e999"},
        {"slice": "<script>"},
    ],
)
def test_a_wrong_parameter_shows_the_page_with_its_usual_value(corpus, address):
    app = opened(runs=["half", "oracle"], **address)
    assert not app.exception
    assert headline(app).startswith("oracle is right on 10.0 points more")
    assert app.selectbox(key="cell").value == "second-all"
    if "slice" in address:
        assert "There is no slice <script> here. All reviews are shown." in shown(app)


def test_unknown_classifiers_are_named(corpus):
    app = opened(runs=["half", "oracle", "nothing*here"])
    assert not app.exception
    assert "This corpus has no classifier nothing*here." in shown(app)
    assert headline(app).startswith("oracle is right")


def test_a_run_without_test_scores_says_what_to_do_beside_the_others(corpus):
    (corpus / "tiny" / "test.parquet").unlink()
    app = opened(runs=["half", "tiny", "oracle"])
    assert not app.exception
    assert "tiny has no test scores (no test.parquet). Train it again." in shown(app)
    assert headline(app).startswith("oracle is right")


def test_damaged_scores_say_so_beside_the_others(corpus):
    (corpus / "tiny" / "test.parquet").write_bytes(b"PAR1")
    app = opened(runs=["half", "tiny", "oracle"])
    assert not app.exception
    assert "is damaged" in shown(app)
    assert headline(app).startswith("oracle is right")


def test_different_test_splits_are_refused(corpus):
    labels = load_scores(corpus / "half").labels
    save_answers(corpus / "elsewhere", Origin("other", "0123"), labels, np.ones(len(labels)))
    app = opened(runs=["half", "elsewhere"])
    assert not app.exception
    assert len(app.error) == 1
    assert "different reviews cannot be compared" in shown(app)
    assert not app.header


def test_reviews_of_another_data_set_are_shown_without_texts(corpus):
    labels = load_scores(corpus / "half").labels
    for name in ("first", "second"):
        save_answers(corpus / name, Origin("other", "0123"), labels, np.ones(len(labels)))
    app = opened(runs=["first", "second"], cell="neither-all")
    assert not app.exception
    assert not app.text
    assert "other reviews than those of this corpus" in shown(app)


def test_one_label_only_is_said(corpus):
    count = 12
    card = load_corpus(corpus)
    for name in ("first", "second"):
        save_answers(corpus / name, Origin(card.source, "1"), np.ones(count, np.int64), np.ones(count))
    app = opened(runs=["first", "second"])
    assert not app.exception
    assert "All these reviews are positive" in shown(app)


def test_the_page_is_korean_for_koreans(corpus):
    app = opened(runs=["half", "oracle", "flat"], lang="ko")
    assert not app.exception
    english = [text for text in english_in(app) if text not in load_reviews("toy").test.texts]
    assert english == []


def test_what_is_shown_can_be_saved(corpus, monkeypatch):
    """The report has the sentences, figures, tables and settings of the page, in their order."""
    saved = []
    monkeypatch.setattr("streamlit.runtime.context.ContextProxy.url", "https://example.org/test_set?runs=old")
    monkeypatch.setattr("pages.compare.exports.report_html", lambda *given: saved.append(given))
    monkeypatch.setattr("pages.compare.exports.partial", lambda function, *given: function(*given) or b"")
    app = opened(runs=["half", "oracle", "flat"], pair="half,oracle", threshold="0.4", cell="second-positive")
    assert not app.exception
    assert [button.label for button in app.get("download_button")] == [
        "Save what is shown (HTML)",
        "Save the verdicts (CSV)",
    ]
    report, title, facts, link, language = saved[-1]
    assert [type(part).__name__ for part in report.parts] == [
        *("Heading", "Sentence", "Sentence", "Sentence"),  # flat gives every review the same probability
        *("Picture", "Picture", "Table", "Heading", "Table"),
    ]
    assert report.parts[0].text.replace("\xa0", " ") == headline(app)
    assert report.parts[-1].rows[0]["half"] == "4.7%"  # log-odds of -3
    assert title == "Test set: half, oracle and flat"
    assert dict(facts)["Threshold"] == "0.40"
    assert dict(facts)["Part of the comparison"] == "Agreement"
    assert language == "en"
    place, _, query = link.partition("?")
    assert place == "https://example.org/test_set"
    assert parse_qs(query) == {
        **{"corpus": ["toy"], "runs": ["half", "oracle", "flat"], "pair": ["half,oracle"], "lang": ["en"]},
        **{"threshold": ["0.4"], "cell": ["second-positive"], "part": ["agreement"]},
    }


def test_classifiers_that_are_called_like_a_heading_keep_their_columns(corpus):
    card = load_corpus(corpus)
    labels = load_scores(corpus / "half").labels
    for name in ("label", "text", "slice"):
        save_answers(corpus / name, Origin(card.source, card.fingerprint), labels, np.where(labels == 1, 1.0, 2.0))
    chosen = ["label", "text", "slice", "half"]
    app = opened(runs=chosen, part="slices")
    assert not app.exception
    assert list(app.dataframe[-1].value)[:6] == ["slice", "reviews", "label", "text", "“slice”", "half"]


def test_the_box_for_a_hub_model_stands_below_the_comparison(corpus, monkeypatch):
    monkeypatch.delenv("SENTIMENT_MODELS", raising=False)
    app = opened(runs=["half", "oracle"])
    kinds = [element.type for element in app.main]
    assert app.text_input(key="hub").value == ""
    assert kinds.index("text_input") > kinds.index("download_button")

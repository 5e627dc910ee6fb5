"""The curves of the Test set page: what is shown, and what the controls change."""

import re
from pathlib import Path

import pyarrow.parquet as pq
import pytest

from sentiment_core.runs.reading import load_run
from tests.pages.opening import english_in
from tests.pages.parts_of_test_set import open_part, rewrite, table, told


def test_one_threshold_moves_the_marks_the_errors_and_the_costs(published: Path):
    app = open_part("curves", threshold="0.3")
    scores = load_run(published / "rnn").scores()
    called = scores.logits > -0.8472979
    wrong = int((called & (scores.labels == 0)).sum()), int((~called & (scores.labels == 1)).sum())
    assert table(app)[0]["false positives"].startswith(f"{wrong[0]:,} (")
    assert table(app)[0]["cost of 1,000 reviews"] == f"{sum(wrong) / 25:.1f}"
    recall = (called & (scores.labels == 1)).sum() / 12500
    assert f"rnn finds {recall:.1%} of the positive reviews" in told(app)
    app.slider(key="threshold").set_value(0.9).run()
    assert table(app)[0]["false positives"] != f"{wrong[0]:,}"
    assert f"rnn finds {recall:.1%}" not in told(app)
    assert "The marks on the curves are at the threshold 0.90" in told(app)


def test_the_difference_of_the_areas_has_a_paired_interval():
    assert "From rnn to bilstm the area changes by +4.7 points (95% interval +4.4 to +5.0)" in told(open_part("curves"))


def test_costs_in_the_address_and_the_cheapest_threshold_can_be_taken_over():
    app = open_part("curves", cost_negative="4", cost_positive="1")
    assert "each classifier would cost least at 0.20" in told(app)
    cheapest = table(app)[1]["cheapest threshold on valid"]
    assert 0 < float(cheapest) < 0.5
    app.button(key="cheapest bilstm").click().run()
    assert app.slider(key="threshold").value == float(cheapest)
    assert table(app)[1]["cost of 1,000 reviews"] == table(app)[1]["its cost here"]


@pytest.mark.parametrize("value", ["-3", "many", "1e9", "nan"])
def test_a_wrong_cost_in_the_address_leaves_the_usual_one(value: str):
    app = open_part("curves", cost_negative=value)
    assert app.number_input(key="cost_negative").value == 1


def test_errors_that_cost_nothing():
    assert "Errors cost nothing here." in told(open_part("curves", cost_negative="0", cost_positive="0"))


def test_one_classifier_alone():
    app = open_part("curves", runs="tf-idf")
    assert "tf-idf finds the positive one more positive in 96.7% of cases" in told(app)
    assert "area changes" not in told(app)


def test_a_classifier_without_valid_scores_gets_no_cheapest_threshold(toy_checkpoints: Path):
    (toy_checkpoints / "other" / "valid.parquet").unlink()
    app = open_part("curves", "toy", runs=["tiny", "other"])
    assert "other: no scores of the valid split are kept" in told(app)
    assert table(app)[1]["cheapest threshold on valid"] == "-"
    assert table(app)[0]["cheapest threshold on valid"] != "-"


def test_one_class_has_no_curves_but_costs(toy_checkpoints: Path):
    for name in ("tiny", "other"):
        path = toy_checkpoints / name / "test.parquet"
        rewrite(path, label=pq.read_table(path)["label"].to_numpy() * 0)
    app = open_part("curves", "toy", runs=["tiny", "other"])
    assert "All of these reviews have the same label" in told(app)
    assert table(app)[0]["false negatives"] == "0 (0.0%)"


def test_equal_log_odds_everywhere_are_said(toy_checkpoints: Path):
    path = toy_checkpoints / "tiny" / "test.parquet"
    rewrite(path, logit=pq.read_table(path)["logit"].to_numpy() * 0)
    app = open_part("curves", "toy", runs=["tiny", "other"])
    assert "tiny gives every one of these reviews the same probability" in told(app)
    assert "tiny calls no review positive at this threshold" in told(app)


def test_classifiers_that_cost_the_same_are_all_named(toy_checkpoints: Path):
    for name in ("tiny", "other"):
        path = toy_checkpoints / name / "test.parquet"
        rewrite(path, logit=pq.read_table(path)["logit"].to_numpy() * 0)
    app = open_part("curves", "toy", runs=["tiny", "other"])
    assert re.search(r"1,000 such reviews cost [\d.]+ with tiny and other", told(app))


def test_one_classifier_has_an_interval_of_its_auc():
    assert "in 90.3% of cases (95% interval 89.9% to 90.6%)" in told(open_part("curves", runs="rnn"))


def test_no_english_is_left_in_korean():
    assert english_in(open_part("curves", lang="ko")) == []

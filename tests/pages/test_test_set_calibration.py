"""The calibration of the Test set page: its figures, the temperature, and what has none."""

from pathlib import Path

import numpy as np
import pyarrow.parquet as pq
import pytest

from sentiment_core.analysis.evaluation.calibration import measure_calibration
from sentiment_core.analysis.evaluation.compared import probability
from sentiment_core.analysis.evaluation.temperature import fit_temperature
from sentiment_core.runs.reading import load_run
from tests.pages.opening import english_in, open_page
from tests.pages.parts_of_test_set import open_part, rewrite, table, told


def test_the_temperature_is_fitted_on_valid_and_judged_on_test(published: Path):
    run = load_run(published / "rnn")
    valid, test = run.valid_scores(), run.scores()
    fitted = fit_temperature(valid.labels, valid.logits)
    before, after = (
        measure_calibration(test.labels, probability(logits)) for logits in (test.logits, fitted.apply(test.logits))
    )
    app = open_part("calibration")
    row = table(app)[0]
    assert row["temperature"] == f"{fitted.value:.2f}"
    assert row["ECE, points"].startswith(f"{100 * before.ece.value:.1f} (")
    assert row["ECE with it"].startswith(f"{100 * after.ece.value:.1f} (")
    assert after.ece.value < before.ece.value
    assert "rnn is too confident" in told(app)
    assert f"accuracy stays the same: rnn {test.accuracy:.1%}" in told(app)


def test_bins_of_equal_width_change_the_ece_and_not_the_brier_score():
    (mass, *_), (width, *_) = (table(open_part("calibration", bins=bins)) for bins in ("mass", "width"))
    assert mass["ECE, points"] != width["ECE, points"]
    assert mass["Brier score"] == width["Brier score"]


@pytest.mark.parametrize("bins", ["deciles", ""])
def test_wrong_bins_in_the_address_show_the_usual_ones(bins: str):
    assert table(open_part("calibration", bins=bins)) == table(open_part("calibration"))


def test_a_classifier_without_valid_scores_has_no_temperature(toy_checkpoints: Path):
    (toy_checkpoints / "other" / "valid.parquet").unlink()
    app = open_part("calibration", "toy", runs=["tiny", "other"])
    assert "other: no scores of the valid split are kept, so there is no temperature" in told(app)
    assert [row["temperature"] == "-" for row in table(app)] == [False, True]


def test_valid_reviews_that_are_all_right_have_no_finite_temperature(toy_checkpoints: Path):
    path = toy_checkpoints / "tiny" / "valid.parquet"
    sides = np.where(pq.read_table(path)["label"].to_numpy() == 1, 4, -4)
    rewrite(path, logit=sides.astype(np.float16))
    app = open_part("calibration", "toy", runs="tiny")
    assert "tiny has no temperature of its own" in told(app)
    assert "0.05 is the lowest allowed" in told(app)


def test_a_classifier_that_is_no_better_than_a_coin_toss_on_valid(toy_checkpoints: Path):
    path = toy_checkpoints / "tiny" / "valid.parquet"
    rewrite(path, logit=-pq.read_table(path)["logit"].to_numpy())
    assert "20 is the highest allowed" in told(open_part("calibration", "toy", runs="tiny"))


def test_one_class_and_equal_log_odds_are_drawn(toy_checkpoints: Path):
    path = toy_checkpoints / "tiny" / "test.parquet"
    given = pq.read_table(path)
    rewrite(path, label=given["label"].to_numpy() * 0, logit=given["logit"].to_numpy() * 0)
    row = table(open_part("calibration", "toy", runs="tiny"))[0]
    assert row["ECE, points"].startswith("50.0 (")
    assert row["uncertainty"] == "0.000"


def test_damaged_valid_scores_are_reported_beside_the_rest(toy_checkpoints: Path):
    path = toy_checkpoints / "other" / "valid.parquet"
    path.write_bytes(path.read_bytes()[:40])
    app = open_page("pages/compare/test_set.py", part="calibration", corpus="toy", runs=["tiny", "other"])
    assert not app.exception
    assert any("valid" in error.value for error in app.error)
    assert len(table(app)) == 2


def test_no_english_is_left_in_korean():
    assert english_in(open_part("calibration", lang="ko")) == []

"""Slices on the Test set page: from the published counts, without texts."""

from functools import partial
from pathlib import Path

import numpy as np
import pyarrow.parquet as pq
import pytest
from streamlit.testing.v1 import AppTest

from pages.compare.test_set_parts.slices import summary_text
from tests.pages.opening import english_in, open_page
from tests.pages.parts_of_test_set import SCRIPT, open_part, rewrite, told

CUT = 5_333  # test reviews of more than 400 tokens, by lengths.parquet


open_slices = partial(open_part, "slices")


def table(app: AppTest) -> dict[str, dict]:
    return {row["slice"]: row for row in app.dataframe[-1].value.to_dict("records")}


def test_each_slice_has_accuracies_and_a_difference():
    app = open_slices()
    rows = table(app)
    assert rows["Cut or read whole: over 400"]["reviews"] == f"{CUT:,}"
    assert rows["Unknown tokens: some"]["second minus first, points"] == "too few reviews"
    assert rows["Unknown tokens: some"]["reviews"].endswith("*")
    assert {row["p, corrected"] for row in rows.values()} == {"< 0.001", ""}
    assert "slices are compared: about 1.0 of them would seem to differ" in told(app)
    assert "Corrected for that (Holm)" in told(app)


def test_a_slice_limits_the_whole_page_and_can_be_removed():
    app = open_slices(slice="cut-400")
    assert f"Of {CUT:,} reviews" in told(app)
    assert app.selectbox(key="slice_box").value == "cut-400"
    app.button(key="slice removed").click().run()
    assert "Of 25,000 reviews" in told(app)
    app.selectbox(key="slice_box").set_value("negations-0").run()
    assert app.query_params["slice"] == "negations-0"
    assert "Of 2,5" in told(app)


@pytest.mark.parametrize("code", ["nothing", "cut-0", "length-9", "<b>"])
def test_a_wrong_slice_in_the_address_shows_all(code: str):
    app = open_slices(slice=code)
    assert "All reviews are shown" in app.warning[0].value
    assert "Of 25,000 reviews" in told(app)


def test_slices_that_are_all_too_small_are_not_counted_as_compared():
    assert summary_text([], ("rnn", "bilstm")) == "Every slice has too few reviews to compare the classifiers."


def test_one_classifier_alone():
    app = open_slices(runs="tf-idf")
    assert "slices are compared" not in told(app)
    assert "p, corrected" not in app.dataframe[-1].value


def test_a_corpus_without_counts_says_how_to_make_them(toy_checkpoints: Path):
    (toy_checkpoints / "features.parquet").unlink()
    app = open_slices(corpus="toy", runs=["tiny", "other"])
    assert "sentiment_core fill" in app.info[0].value
    assert any("no classifier bag-of-words here" in caption.value for caption in app.caption)
    assert {name.split(":")[0] for name in table(app)} == {"Length in tokens", "Cut or read whole"}


def test_damaged_counts_are_an_error_in_place(toy_checkpoints: Path):
    (toy_checkpoints / "features.parquet").write_bytes(b"PAR1")
    app = open_page(SCRIPT, part="slices", corpus="toy", runs=["tiny", "other"], slice="negations-0")
    assert not app.exception
    assert "features" in app.error[0].value


@pytest.mark.parametrize("corpus", ["imdb", "korean"])
def test_no_english_is_left_in_korean(corpus: str):
    assert english_in(open_slices(corpus=corpus, lang="ko", slice="pieces-1")) == []


def test_a_cut_that_no_chosen_classifier_makes_is_in_the_list_too():
    app = open_slices(runs=["tf-idf", "bag-of-words"], slice="cut-400")
    assert app.selectbox(key="slice_box").value == "cut-400"
    assert table(app)["Cut or read whole: over 400"]["reviews"] == f"{CUT:,}"
    assert "This slice is one of many" in told(app)
    assert "This slice is one of many" not in told(open_slices(runs=["tf-idf", "bag-of-words"]))


def test_reviews_that_are_all_alike_have_no_slices(toy_checkpoints: Path):
    (toy_checkpoints / "features.parquet").unlink()
    lengths = pq.read_table(toy_checkpoints / "lengths.parquet")["tokens"].to_numpy()
    rewrite(toy_checkpoints / "lengths.parquet", tokens=np.full_like(lengths, 5))
    app = open_slices(corpus="toy", runs=["tiny", "other"])
    assert "so there are no slices" in app.info[0].value

"""The Token lengths page run in process, on the published corpus and on a toy one."""

import shutil
from functools import partial
from itertools import pairwise
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from tests.pages.opening import open_page

CUT, LOST, RANDOM, BUCKETED = "Reviews cut", "Tokens lost", "Padding, random batches", "Padding, bucketed batches"


opened = partial(open_page, "pages/reviews/token_lengths.py")


def figures(app: AppTest) -> dict[str, float]:
    """The row of figures, in percent."""
    return {metric.label: float(metric.value.rstrip(" %")) for metric in app.metric}


def fall(app: AppTest) -> list[str]:
    """The sentence about the reader's own text."""
    return [line.value for line in app.markdown if "longer than" in line.value and "token" in line.value[:20]]


def test_the_page_shows_a_picture_and_its_figures():
    app = opened()
    assert not app.exception
    assert not app.error
    assert app.slider(key="max_length").value == 400
    assert len(app.get("plotly_chart")) == 1
    assert set(figures(app)) == {CUT, LOST, RANDOM, BUCKETED}
    assert app.dataframe[0].value["reviews"].tolist() == ["all", "negative", "positive"]


def test_a_greater_max_length_cuts_less_and_pads_more():
    app = opened()
    shown = []
    for max_length in (100, 200, 400, 800):
        app.slider(key="max_length").set_value(max_length).run()
        shown.append(figures(app))
    for shorter, longer in pairwise(shown):
        assert longer[CUT] < shorter[CUT]
        assert longer[LOST] < shorter[LOST]
        assert longer[RANDOM] > shorter[RANDOM]
    assert all(row[BUCKETED] < row[RANDOM] / 2 for row in shown)


def test_larger_batches_pad_more():
    app = opened(length_batch="8")
    small = figures(app)
    app.selectbox(key="length_batch").set_value(256).run()
    assert figures(app)[RANDOM] > small[RANDOM]
    assert figures(app)[CUT] == small[CUT]


def test_every_split_has_its_figures():
    sizes = {split: opened(length_split=split).dataframe[0].value["number"].iloc[0] for split in ("train", "all")}
    assert sizes["all"] > sizes["train"]
    for split in ("valid", "test"):
        app = opened(length_split=split)
        assert not app.exception
        assert app.dataframe[0].value["number"].iloc[0] < sizes["all"]


def test_the_address_reproduces_the_view():
    app = opened(max_length="200", length_split="test", length_batch="64", length_text="A fine film.")
    assert app.slider(key="max_length").value == 200
    assert app.selectbox(key="length_batch").value == 64
    assert app.text_area(key="length_text").value == "A fine film."
    assert fall(app) == ["**4 tokens**: longer than 0.0% of these reviews"]


def test_the_readers_text_is_placed_by_its_length():
    app = opened(length_text="film " * 230)  # about the median
    (said,) = fall(app)
    assert said.startswith("**230 tokens**")
    assert 40 < float(said.split("longer than ")[1].split("%")[0]) < 60
    app.text_area(key="length_text").set_value("film " * 50_000).run()
    assert fall(app) == ["**50,000 tokens**: longer than 100.0% of these reviews"]


def test_a_text_too_long_for_an_address_stays_in_the_box():
    app = opened()
    app.text_area(key="length_text").set_value("film " * 5_000).run()
    assert any("not kept in the address" in caption.value for caption in app.caption)
    app.slider(key="max_length").set_value(100).run()
    assert fall(app)[0].startswith("**5,000 tokens**")


@pytest.mark.parametrize("text", ["   ", "x" * 1_000_001])
def test_an_invalid_text_is_refused_in_one_line_and_the_picture_stays(text: str):
    app = opened()
    app.text_area(key="length_text").set_value(text).run()
    assert not app.exception
    assert len(app.error) == 1
    assert "\n" not in app.error[0].value
    assert len(app.get("plotly_chart")) == 1


@pytest.mark.parametrize(
    "text", ["<script>alert(1)</script>", "a\0b", "👍👍", "فيلم רע", "e\u0301\u0301", "$x$ :red[a] **b**"]
)
def test_unusual_texts_are_measured(text: str):
    app = opened(length_text=text)
    assert not app.exception
    assert not app.error
    assert len(fall(app)) == 1


@pytest.mark.parametrize("nonsense", ["-5", "1e9", "NaN", "", "train,test", "<b>", "0", "999999999999999999999"])
def test_invalid_values_in_every_parameter_are_ignored(nonsense: str):
    app = opened(max_length=nonsense, length_split=nonsense, length_batch=nonsense, corpus=nonsense)
    assert not app.exception
    assert not app.error
    assert len(app.get("plotly_chart")) == 1


def test_a_corpus_of_short_reviews(toy_corpus: Path, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setenv("SENTIMENT_CHECKPOINTS", str(toy_corpus.parent))
    app = opened()
    assert not app.exception
    slider = app.slider(key="max_length")
    assert slider.value == slider.max <= 100
    assert figures(app)[LOST] < 5


@pytest.mark.parametrize("name", ["lengths.parquet", "tokenizer.json"])
def test_a_damaged_corpus(name: str, toy_corpus: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    shutil.copytree(toy_corpus, tmp_path / "toy")
    (tmp_path / "toy" / name).write_bytes(b"PAR1 and no more")
    monkeypatch.setenv("SENTIMENT_CHECKPOINTS", str(tmp_path))
    app = opened(length_text="A fine film.")
    assert not app.exception
    assert len(app.error) == 1
    assert "damaged" in app.error[0].value

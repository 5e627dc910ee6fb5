"""`sentiment evaluate` on typical sources: a file, a part, a folder, in several forms."""

import json
import re
from pathlib import Path

import pytest

from sentiment_core.text.toy import toy_reviews
from tests.command_line import SMALL, Sentiment, refused

FOUR = "text,label\nA superb plot,1\nA dull plot,0\nWonderful acting,1\nAwful music,0\n"
HELD = "text;label\n" + "".join(f"{text};{label}\n" for text, label in zip(*toy_reviews(30, seed=5), strict=True))


@pytest.mark.parametrize(("content", "count"), [(FOUR, 4), (HELD, 30), ("text,label\nA superb plot,1\n", 1)])
def test_all_of_a_file_without_splits_is_scored(content: str, count: int, sentiment: Sentiment, toy_run: Path):
    Path("mine.csv").write_text(content, encoding="utf-8")
    result = sentiment("evaluate", toy_run, "--data", "mine.csv")
    assert result.code == 0
    assert f"tiny on {count} reviews: accuracy" in result.out
    assert "(always " in result.out
    assert result.err.startswith(f"mine.csv: {count} reviews read\n") or count == 1
    scored = json.loads(sentiment("evaluate", toy_run, "--data", "mine.csv", "--json").out)
    assert (scored["split"], scored["reviews"]) == ("all", count)
    if count == 4:
        assert scored["majority"] == 0.5
        assert "Too few" in refused(sentiment("evaluate", toy_run, "--data", "mine.csv", "--split", "test"))


def test_a_part_of_a_folder_and_the_folder_itself(sentiment: Sentiment, toy_run: Path):
    for name in ("train", "val", "test"):
        Path("parts").mkdir(exist_ok=True)
        Path(f"parts/{name}.csv").write_text(HELD, encoding="utf-8")
    alone = sentiment("evaluate", toy_run, "--data", "parts/test.csv")
    folder = sentiment("evaluate", toy_run, "--data", "parts")
    assert "tiny on 30 reviews" in alone.out
    assert "tiny on 30 test reviews" in folder.out
    assert "test: 30 of its 30 texts (100.0%) also stand in train or valid" in folder.err
    assert "trained on other splits" not in alone.err
    everything = sentiment("evaluate", toy_run, "--data", "parts", "--split", "all")
    assert "tiny on 90 reviews" in everything.out


def test_a_run_of_a_file_is_scored_on_its_held_out_reviews(sentiment: Sentiment):
    Path("mine.csv").write_text(HELD, encoding="utf-8")
    trained = sentiment("train", *SMALL, "--data", "mine.csv", "--epochs", 1, "--out", "run")
    assert trained.code == 0
    assert re.search(r"on 6 reviews \(always negative: 50.00%\)\n$", trained.out)
    assert "run on 6 test reviews" in sentiment("evaluate", "run", "--data", "mine.csv").out
    everything = sentiment("evaluate", "run", "--data", "mine.csv", "--split", "all")
    assert "run on 30 reviews" in everything.out
    assert "it may have seen these reviews" in everything.err


def test_the_options_that_say_how_a_file_is_written(sentiment: Sentiment, toy_run: Path):
    rows = "".join(f"{label + 1}~A title~caf\u00e9 {text}~\n" for text, label in zip(*toy_reviews(40), strict=True))
    Path("mine.dat").write_bytes((rows + "3~A title~neither~\n").encode("utf-16-le"))
    how = ["--separator", "~", "--encoding", "utf-16-le", "--no-header"]
    what = ["--text-column", "2+3", "--label-column", "1", "--labels", "1,2"]
    result = sentiment("evaluate", toy_run, "--data", "mine.dat", *how, *what)
    assert result.code == 0
    assert "tiny on 40 reviews" in result.out
    assert result.err == (
        "mine.dat: 40 of 41 reviews read (no header line, as utf-16-le); left out: 1 of other classes ('3')\n"
    )
    corpus = sentiment("corpus", "--data", "mine.dat", *how, *what, "--out", "corpus")
    assert corpus.code == 0
    assert corpus.err.startswith("mine.dat: 40 of 41 reviews read")
    message = refused(sentiment("evaluate", toy_run, "--data", "mine.dat", *how, *what[:4], "--labels", "1"))
    assert "--labels takes two values" in message


@pytest.fixture(scope="module")
def linear(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A linear classifier trained on toy reviews."""
    from sentiment_core.experiments.baselines import measure_baseline
    from sentiment_core.experiments.saving import save_baseline
    from sentiment_core.text.reviews import load_reviews

    reviews, folder = load_reviews("toy"), tmp_path_factory.mktemp("linear") / "nb-svm-bigrams"
    save_baseline("nb-svm-bigrams", reviews, measure_baseline("nb-svm-bigrams", reviews), folder)
    return folder


def test_a_classifier_without_a_network_is_scored_and_judges_texts(sentiment: Sentiment, linear: Path):
    scored = sentiment("evaluate", linear, "--data", "toy")
    assert scored.code == 0
    assert "nb-svm-bigrams on 1,000 test reviews: accuracy 100.00% (always negative: 50.00%)" in scored.out
    assert scored.err == "", "these are the very splits it was fitted on"
    judged = sentiment("predict", linear, "the plot was superb", "the plot was dreadful")
    assert [line.split()[0] for line in judged.out.splitlines()] == ["positive", "negative"]
    Path("mine.csv").write_text(FOUR, encoding="utf-8")
    assert "4 reviews" in sentiment("evaluate", linear, "--data", "mine.csv").out


def test_a_model_of_transformers_is_scored_and_neutral_is_counted(sentiment: Sentiment, tmp_path: Path):
    from tests.classifiers.tiny_bert import save_bert

    folder = save_bert(tmp_path / "three", ["negative", "neutral", "positive"])
    Path("mine.csv").write_text(FOUR, encoding="utf-8")
    scored = sentiment("evaluate", folder, "--data", "mine.csv")
    assert re.search(r"loss [\d.]+, \d+\.\d\d% judged neutral", scored.out)
    assert "its training reviews are unknown" in scored.err
    (line,) = sentiment("predict", folder, "good movie", "--json").out.splitlines()
    answer = json.loads(line)
    assert 0 < answer["neutral"] < 1
    assert 0 < answer["probability"] + answer["neutral"] < 1

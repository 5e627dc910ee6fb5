"""The command line as its user sees it: `main`, in this process."""

import csv
import io
import json
import re
import shutil
import sys
from pathlib import Path

import pytest

import sentiment_core
from sentiment_core.model.presets import PRESETS
from sentiment_core.runs.reading import load_run
from sentiment_core.text.toy import toy_reviews
from tests.command_line import SMALL, Sentiment, refused

COMMANDS = (
    *(
        "corpus",
        "train",
        "evaluate",
        "score",
        "predict",
        "presets",
        "reproduce",
        "fill",
        "forgetting",
        "analogy",
        "jobs",
    ),
)


def test_help_lists_the_commands(sentiment: Sentiment):
    result = sentiment("--help")
    assert result.code == 0
    for command in COMMANDS:
        assert re.search(rf"^\W*{command}\s+[A-Z]", result.out, re.MULTILINE), command


@pytest.mark.parametrize("command", COMMANDS)
def test_each_command_explains_itself(command: str, sentiment: Sentiment):
    result = sentiment(command, "--help")
    assert result.code == 0
    assert "--help" in result.out


def test_an_unknown_command_or_option(sentiment: Sentiment):
    for arguments in (["tarin"], ["train", "--colour", "red"], ["train", "--out", "x", "--epochs", "many"]):
        result = sentiment(*arguments)
        assert result.code == 2
        assert "Traceback" not in result.err


def test_presets_are_described_in_indented_paragraphs(sentiment: Sentiment):
    result = sentiment("presets")
    assert result.code == 0
    lines = result.out.splitlines()
    assert [line for line in lines if line and not line.startswith(" ")] == list(PRESETS)
    assert all(line.startswith("  ") and not line.startswith("   ") for line in lines if line and line not in PRESETS)
    words = " ".join(result.out.split())
    for make in PRESETS.values():
        assert " ".join(make.__doc__.split()) in words


def test_presets_as_json(sentiment: Sentiment):
    content = json.loads(sentiment("presets", "--json").out)
    assert list(content) == list(PRESETS)
    assert content["bilstm"]["bidirectional"] is True


@pytest.mark.training
def test_from_training_to_a_prediction(sentiment: Sentiment, tmp_path: Path):
    out = tmp_path / "runs" / "[mine]"  # brackets, which a terminal library could interpret
    trained = sentiment("train", "--preset", "gru", *SMALL, "--epochs", 2, "--learning-rate", 0.02, "--out", out)
    assert trained.code == 0
    run = load_run(out)
    assert (run.status, run.recipe.preset, run.recipe.epochs, run.recipe.learning_rate) == ("complete", "gru", 2, 0.02)
    assert (
        trained.out == f"{out}: test accuracy {run.scores().accuracy:.2%} on 1,000 reviews (always negative: 50.00%)\n"
    )
    assert "valid accuracy" in trained.err

    scored = json.loads(sentiment("evaluate", out, "--data", "toy", "--json").out)
    assert scored["accuracy"] == pytest.approx(run.scores().accuracy)
    assert (scored["run"], scored["split"], scored["reviews"]) == (str(out), "test", 1000)
    valid = sentiment("evaluate", out, "--data", "toy", "--split", "valid")
    assert valid.code == 0
    # The kept weights may be from another checkpoint than the last.
    assert f"[mine] on 400 valid reviews: accuracy {run.best.valid_accuracy:.2%}" in valid.out

    again = ["train", "--preset", "rnn", *SMALL, "--epochs", 1, "--out", out]
    assert "already holds a run" in refused(sentiment(*again))
    assert load_run(out) == run
    assert sentiment(*again, "--overwrite").code == 0
    assert load_run(out).recipe.preset == "rnn"


@pytest.mark.training
def test_a_corpus_card_and_a_run_beside_it(sentiment: Sentiment, tmp_path: Path):
    out = tmp_path / "corpus"
    result = sentiment("corpus", "--data", "toy", "--out", out)
    assert (result.code, result.out) == (0, f"{out}: 3,600 train, 400 valid, 1,000 test\n")
    assert {path.name for path in out.iterdir()} == {
        *("corpus.json", "tokenizer.json", "tokenizers"),
        *("lengths.parquet", "tokens.parquet", "features.parquet", "test_tokens.parquet"),
    }


def test_a_corpus_card_is_replaced_only_when_told_to(sentiment: Sentiment, toy_corpus: Path, tmp_path: Path):
    out = shutil.copytree(toy_corpus, tmp_path / "toy")
    before = (out / "corpus.json").read_bytes()
    assert "already holds a corpus" in refused(sentiment("corpus", "--data", "toy", "--split-seed", 5, "--out", out))
    assert (out / "corpus.json").read_bytes() == before
    assert sentiment("corpus", "--data", "toy", "--split-seed", 5, "--out", out, "--overwrite").code == 0
    assert "File name too long" in refused(sentiment("corpus", "--data", "toy", "--out", "x" * 300))
    assert json.loads((out / "corpus.json").read_text(encoding="utf-8"))["seed"] == 5


def test_splits_other_than_those_trained_on_are_named(sentiment: Sentiment, toy_run: Path):
    other = sentiment("evaluate", toy_run, "--data", "toy", "--split", "valid", "--split-seed", 5)
    assert "trained on other splits" in other.err
    same = sentiment("evaluate", toy_run, "--data", "toy", "--split", "valid")
    assert "trained on other splits" not in same.err


@pytest.mark.training
def test_a_test_split_held_out_by_another_seed_is_named(sentiment: Sentiment):
    """A file has no test split of its own: another seed holds out other reviews, most of which were trained on."""
    with open("mine.csv", "w", newline="", encoding="utf-8") as file:
        csv.writer(file).writerows([("text", "label"), *zip(*toy_reviews(150), strict=True)])
    mine = ["--data", "mine.csv"]
    assert sentiment("train", *SMALL, *mine, "--split-seed", 1, "--epochs", 1, "--out", "run").code == 0
    assert "trained on other splits" in sentiment("evaluate", "run", *mine).err
    assert "trained on other splits" not in sentiment("evaluate", "run", *mine, "--split-seed", 1).err
    assert "trained on other splits" not in sentiment("evaluate", "run", "--data", "toy").err


def test_predictions_are_those_of_the_library(sentiment: Sentiment, toy_run: Path):
    texts = ["the plot was superb", "a good cast but awful music", "ωωω"]
    answers = sentiment_core.load(toy_run).predict(texts)
    result = sentiment("predict", toy_run, *texts)
    assert result.code == 0
    for line, text, answer in zip(result.out.splitlines(), texts, answers, strict=True):
        assert line.split()[:2] == [answer.verdict, f"{answer.probability:.1%}"]
        assert text in line
        assert ("all words unknown" in line) == answer.blind
    rows = [json.loads(line) for line in sentiment("predict", toy_run, *texts, "--json").out.splitlines()]
    assert [row["text"] for row in rows] == texts
    assert [row["logit"] for row in rows] == pytest.approx([answer.logit for answer in answers], abs=1e-6)
    assert [(row["verdict"], row["tokens"], row["read"], row["unknown"]) for row in rows] == [
        (answer.verdict, answer.length, answer.read, answer.unknown) for answer in answers
    ]


def feed(monkeypatch: pytest.MonkeyPatch, content: bytes) -> None:
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(content), encoding="utf-8"))


def test_lines_of_standard_input(sentiment: Sentiment, toy_run: Path, monkeypatch: pytest.MonkeyPatch):
    feed(monkeypatch, "the plot was good\n\n  \na café, a train \U0001f642".encode())
    rows = [json.loads(line) for line in sentiment("predict", toy_run, "-", "--json").out.splitlines()]
    assert [row["text"] for row in rows] == ["the plot was good", "", "  ", "a café, a train \U0001f642"]
    assert [row["verdict"] is None for row in rows] == [False, True, True, False]
    feed(monkeypatch, b"the plot was good\r\n\r\nit was bad\r\n\r\n")
    result = sentiment("predict", toy_run, "-")
    assert (result.code, result.err) == (0, "")
    assert [line.split("  ")[-1] for line in result.out.split("\n")] == ["the plot was good", "", "it was bad", "", ""]


@pytest.mark.parametrize(
    ("content", "expected"), [(b"", "holds no text"), (b"\n \n", "holds no text"), (b"caf\xe9\n", "is not UTF-8")]
)
def test_standard_input_with_nothing_to_read(
    content: bytes, expected: str, sentiment: Sentiment, toy_run: Path, monkeypatch: pytest.MonkeyPatch
):
    feed(monkeypatch, content)
    assert expected in refused(sentiment("predict", toy_run, "-"))


@pytest.mark.parametrize(
    ("text", "expected"),
    [("", "no text to read"), (" \n\t", "no text to read"), ("x" * 1_000_001, "1,000,001 char"), ("\udcff", "Unicode")],
)
def test_texts_that_cannot_be_read(text: str, expected: str, sentiment: Sentiment, toy_run: Path):
    assert expected in refused(sentiment("predict", toy_run, text))
    among = sentiment("predict", toy_run, "a good film", text, "a bad one")
    assert among.code == 2
    assert among.err.startswith("error: text 2: ")
    assert expected in among.err
    assert [line.split()[-2:] for line in among.out.splitlines()] == [
        ["good", "film"],
        ["(not", "read)"],
        ["bad", "one"],
    ]


def test_a_line_that_cannot_be_read_among_others(sentiment: Sentiment, toy_run: Path, monkeypatch: pytest.MonkeyPatch):
    feed(monkeypatch, b"good\n" + b"x" * 1_000_001 + b"\n\nbad\n")
    result = sentiment("predict", toy_run, "-")
    assert result.code == 2
    assert result.err.startswith("error: line 2: The text has 1,000,001 characters")
    assert result.err.count("\n") == 1
    assert len(result.out.splitlines()) == 4


@pytest.mark.parametrize("text", ["-5 stars", "-a", "--jsno", "--", "-"])
def test_a_text_that_begins_with_a_dash(text: str, sentiment: Sentiment, toy_run: Path):
    """An unknown option gets a hint in one line; after two dashes it is a text."""
    if text not in ("--", "-"):
        assert f"No option {text}. Write -- before texts" in refused(sentiment("predict", toy_run, text))
    result = sentiment("predict", toy_run, "--json", "--", text, "good")
    assert (result.code, [json.loads(line)["text"] for line in result.out.splitlines()]) == (0, [text, "good"])


def test_the_name_of_a_file_is_refused_as_a_text(sentiment: Sentiment, toy_run: Path):
    Path("mine [1].csv").write_text("text,label\na good film,1\n", encoding="utf-8")
    message = refused(sentiment("predict", toy_run, "a good film", "mine [1].csv"))
    assert "mine [1].csv is a file, not a text. Score its rows with predict RUN --file mine [1].csv" in message
    assert "pipe in its lines with predict RUN - < mine [1].csv" in message


@pytest.mark.parametrize(
    "text", ["\x00", "\U0001f600", "שלום", "e\u0301" * 50, "<script>alert(1)</script>", "[/bold]", "-5"]
)
def test_odd_texts_are_read(text: str, sentiment: Sentiment, toy_run: Path):
    result = sentiment("predict", toy_run, "--", text)
    assert (result.code, result.err) == (0, "")
    assert result.out.count("\n") == 1


@pytest.mark.parametrize("name", ["missing", "a\nb", "[red]x[/]"])
def test_no_run(name: str, sentiment: Sentiment):
    message = refused(sentiment("predict", name, "a good film"))
    assert "holds no run (no recipe.json)" in message
    assert name.split("\n")[0] in message


def test_an_unknown_split(sentiment: Sentiment, toy_run: Path):
    assert "No split 'dev'. Choose one of train, valid, test, all." in refused(
        sentiment("evaluate", toy_run, "--data", "toy", "--split", "dev")
    )


def test_a_text_that_the_output_cannot_hold_is_written_with_escapes(
    sentiment: Sentiment, toy_run: Path, monkeypatch: pytest.MonkeyPatch
):
    """On Windows, output to a file has the local encoding."""
    written = io.TextIOWrapper(io.BytesIO(), encoding="cp1252")
    monkeypatch.setattr(sys, "stdout", written)
    assert sentiment("predict", toy_run, "é good 영화").code == 0
    written.flush()
    assert b"\xe9 good \\uc601\\ud654" in written.buffer.getvalue()

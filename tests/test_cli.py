"""The command line as its user meets it: `main` in this process, and a real process where it is interrupted."""

import io
import json
import os
import re
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from dataclasses import fields, replace
from pathlib import Path
from typing import NamedTuple

import datasets
import pytest

import sentiment_core
from sentiment_core.cli import main
from sentiment_core.model.presets import PRESETS, Recipe
from sentiment_core.text.reviews import load_reviews
from sentiment_core.text.toy import toy_reviews
from sentiment_core.training.pipeline import train_run
from sentiment_core.training.run import read_run

ROOT = Path(__file__).parents[1]
SMALL = ["--data", "toy", "--embedding-size", "4", "--hidden-size", "4", "--max-length", "20", "--batch-size", "200"]


class Result(NamedTuple):
    code: int
    out: str
    err: str


Sentiment = Callable[..., Result]


@pytest.fixture
def sentiment(capsys: pytest.CaptureFixture, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Sentiment:
    """Runs `sentiment` with some arguments, in an empty folder and with caches of its own."""
    monkeypatch.setattr(datasets.config, "HF_DATASETS_CACHE", tmp_path / "datasets")
    (tmp_path / "here").mkdir()
    monkeypatch.chdir(tmp_path / "here")
    monkeypatch.setenv("SENTIMENT_CACHE", str(tmp_path / "cache"))

    def run(*arguments: object) -> Result:
        monkeypatch.setattr(sys, "argv", ["sentiment", *map(str, arguments)])
        capsys.readouterr()
        with pytest.raises(SystemExit) as exit:
            main()
        return Result(exit.value.code or 0, *capsys.readouterr())

    return run


def refused(result: Result) -> str:
    """The one line on standard error of a command that ended because of its input."""
    assert result.code == 2
    assert result.out == ""
    assert result.err.count("\n") == 1, result.err
    assert result.err.startswith("error: ")
    return result.err


def test_help_lists_the_commands(sentiment: Sentiment):
    result = sentiment("--help")
    assert result.code == 0
    for command in ("corpus", "train", "evaluate", "predict", "presets"):
        assert re.search(rf"^\W*{command}\s+[A-Z]", result.out, re.MULTILINE), command


@pytest.mark.parametrize("command", ["corpus", "train", "evaluate", "predict", "presets"])
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


def test_from_training_to_a_prediction(sentiment: Sentiment, tmp_path: Path):
    out = tmp_path / "runs" / "[mine]"  # brackets, which a terminal library could take for its own
    trained = sentiment("train", "--preset", "gru", *SMALL, "--epochs", 2, "--learning-rate", 0.02, "--out", out)
    assert trained.code == 0
    run = read_run(out)
    assert (run.status, run.recipe.preset, run.recipe.epochs, run.recipe.learning_rate) == ("complete", "gru", 2, 0.02)
    assert trained.out == f"{out}: test accuracy {run.scores().accuracy:.2%} on 1,000 reviews\n"
    assert "valid accuracy" in trained.err

    scored = json.loads(sentiment("evaluate", out, "--data", "toy", "--json").out)
    assert scored["accuracy"] == pytest.approx(run.scores().accuracy)
    assert (scored["run"], scored["split"], scored["reviews"]) == (str(out), "test", 1000)
    valid = sentiment("evaluate", out, "--data", "toy", "--split", "valid")
    assert valid.code == 0
    # The last moment need not be the best, whose weights are kept.
    assert f"[mine] on 400 valid reviews: accuracy {run.best.valid_accuracy:.2%}" in valid.out

    again = ["train", "--preset", "rnn", *SMALL, "--epochs", 1, "--out", out]
    assert "already holds a run" in refused(sentiment(*again))
    assert read_run(out) == run
    assert sentiment(*again, "--overwrite").code == 0
    assert read_run(out).recipe.preset == "rnn"


def test_a_corpus_card_and_a_run_beside_it(sentiment: Sentiment, tmp_path: Path):
    out = tmp_path / "corpus"
    result = sentiment("corpus", "--data", "toy", "--out", out)
    assert (result.code, result.out) == (0, f"{out}: 3,600 train, 400 valid, 1,000 test\n")
    assert {path.name for path in out.iterdir()} == {
        *("corpus.json", "tokenizer.json", "tokenizers", "lengths.parquet", "tokens.parquet")
    }


def test_a_corpus_card_is_replaced_only_when_told_to(sentiment: Sentiment, toy_corpus: Path, tmp_path: Path):
    out = shutil.copytree(toy_corpus, tmp_path / "toy")
    before = (out / "corpus.json").read_bytes()
    assert "already holds a corpus" in refused(sentiment("corpus", "--data", "toy", "--split-seed", 5, "--out", out))
    assert (out / "corpus.json").read_bytes() == before
    assert sentiment("corpus", "--data", "toy", "--split-seed", 5, "--out", out, "--overwrite").code == 0
    assert json.loads((out / "corpus.json").read_text())["seed"] == 5


def test_splits_other_than_those_trained_on_are_named(sentiment: Sentiment, toy_run: Path):
    other = sentiment("evaluate", toy_run, "--data", "toy", "--split", "valid", "--split-seed", 5)
    assert "not the splits" in other.err
    same = sentiment("evaluate", toy_run, "--data", "toy", "--split", "valid")
    assert "not the splits" not in same.err


def test_predictions_are_those_of_the_library(sentiment: Sentiment, toy_run: Path):
    texts = ["the plot was superb", "a good cast but awful music", "ωωω"]
    answers = sentiment_core.load(toy_run).predict(texts)
    result = sentiment("predict", toy_run, *texts)
    assert result.code == 0
    for line, text, answer in zip(result.out.splitlines(), texts, answers, strict=True):
        assert line.split()[:2] == [answer.verdict, f"{answer.probability:.1%}"]
        assert text in line
        assert ("nothing in it is known" in line) == answer.blind
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
    assert [row["text"] for row in rows] == ["the plot was good", "a café, a train \U0001f642"]


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
    assert expected in refused(sentiment("predict", toy_run, "a good film", text))


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
    assert "No split 'dev'. Choose one of train, valid, test." in refused(
        sentiment("evaluate", toy_run, "--data", "toy", "--split", "dev")
    )


@pytest.mark.parametrize(
    ("arguments", "expected"),
    [
        (
            ["--preset", "bert"],
            "No preset 'bert'. Choose one of rnn, lstm, gru, bilstm, bilstm-best, bilstm-pretrained.",
        ),
        (["--epochs", "0"], "epochs"),
        (["--learning-rate", "-1"], "learning_rate"),
        (["--learning-rate", "nan"], "learning_rate"),
        (["--max-length", "0"], "max_length"),
        (["--batch-size", "-3"], "batch_size"),
        (["--seed", "-1"], "seed"),
        (["--seed", str(2**64)], "seed must be below 2**63"),
        (["--hidden-size", "10000000"], "does not fit into memory. Choose smaller sizes"),
        (["--split-seed", "-1"], "seed"),
        (["--clip", "-1"], "clip"),
        (["--layers", "0"], "layers"),
        (["--hidden-size", "0"], "Sizes"),
        (["--dropout", "1"], "Dropouts"),
        (["--pooling", "first"], "No pooling 'first'"),
        (["--tokenizer", "sentences"], "No tokenizer 'sentences'"),
        (["--data", "missing.csv"], "No file or folder missing.csv"),
        (["--data", "[/x].csv"], "No file or folder [/x].csv"),
        (["--data", ""], "is no Hub id"),
        (["--data", "empty.csv"], "empty.csv is empty"),
        (["--data", "reviews.csv", "--labels", "bad,good"], "labels 0, 1. Two classes are needed"),
        (["--data", "reviews.csv", "--labels", "bad"], "--labels takes two values, negative first"),
        (["--data", "reviews.csv", "--labels", "a,b,c"], "--labels takes two values, negative first"),
        (["--data", "reviews.csv", "--text-column", "review"], "no column 'review', only text, label"),
    ],
)
def test_training_that_cannot_begin_leaves_nothing(arguments: list[str], expected: str, sentiment: Sentiment):
    Path("empty.csv").write_text("")
    Path("reviews.csv").write_text(
        "text,label\n" + "".join(f"{text},{label}\n" for text, label in zip(*toy_reviews(40), strict=True))
    )
    assert expected in refused(sentiment("train", *SMALL, "--epochs", 1, "--out", "run", *arguments))
    assert not Path("run").exists()


def test_named_columns_and_labels(sentiment: Sentiment):
    rows = zip(*toy_reviews(100), strict=True)
    lines = [f"{'liked' if label else 'loathed'}\t{text}" for text, label in rows]
    Path("reviews.tsv").write_text("\n".join(["verdict\treview", *lines]))
    columns = ["--text-column", "review", "--label-column", "verdict", "--labels", "loathed,liked"]
    result = sentiment("train", *SMALL, "--data", "reviews.tsv", *columns, "--epochs", 1, "--out", "run")
    assert result.code == 0
    assert read_run("run").data["sizes"] == {"train": 72, "valid": 8, "test": 20}


@pytest.mark.parametrize("overwrite", [[], ["--overwrite"]])
def test_a_folder_of_something_else_is_refused_before_the_data_is_read(overwrite: list[str], sentiment: Sentiment):
    Path("mine").mkdir()
    Path("mine/thesis.txt").write_text("mine")
    message = refused(sentiment("train", "--data", "missing.csv", "--out", "mine", *overwrite))
    assert "holds something other than a run" in message
    assert Path("mine/thesis.txt").read_text() == "mine"


def test_a_loss_that_is_no_number(sentiment: Sentiment):
    wild = ["--preset", "rnn", "--learning-rate", "1e30", "--epochs", "1"]
    result = sentiment("train", *SMALL, *wild, "--out", "run")
    assert result.code == 2
    assert result.err.splitlines()[-1].startswith(
        "error: The valid loss is not a number after step 1 at learning rate 1e+30."
    )
    assert "Traceback" not in result.err
    assert read_run("run").status == "failed"


def test_ctrl_c_leaves_a_valid_run(tmp_path: Path):
    out = tmp_path / "run"
    command = [sys.executable, "-m", "sentiment_core", "train", *SMALL, "--epochs", "100000", "--out", str(out)]
    environment = os.environ | {"SENTIMENT_CACHE": str(tmp_path / "cache"), "PYTHONPATH": str(ROOT)}
    with subprocess.Popen(
        command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, env=environment
    ) as process:
        deadline = time.monotonic() + 60
        while not (out / "README.md").exists() and not (out / "history.jsonl").exists():
            assert process.poll() is None, process.communicate()[1]
            assert time.monotonic() < deadline
            time.sleep(0.05)
        time.sleep(0.5)
        process.send_signal(signal.SIGINT)
        _, err = process.communicate(timeout=30)
    assert process.returncode == 130
    assert f"Interrupted. {out} holds the best weights so far; train --resume {out} goes on.\n" in err
    assert "Traceback" not in err
    run = read_run(out)
    assert run.status == "interrupted"
    assert run.history
    assert sentiment_core.load(out).predict(["the plot was good"])
    assert not list(out.glob(".*")), "nothing half-written"


def training(out: Path, *options: str) -> subprocess.Popen:
    """A real process that trains small networks, with the folder's own cache."""
    command = [sys.executable, "-m", "sentiment_core", "train", *SMALL, *options, "--out", str(out)]
    place = {"SENTIMENT_CACHE": str(out.parent / "cache"), "PYTHONPATH": str(ROOT), "OMP_NUM_THREADS": "1"}
    return subprocess.Popen(command, stderr=subprocess.PIPE, text=True, env=os.environ | place)


def test_a_killed_training_goes_on_to_the_same_end(sentiment: Sentiment, tmp_path: Path):
    options = ["--preset", "gru", "--epochs", "20", "--learning-rate", "0.02"]
    killed, whole = tmp_path / "killed", tmp_path / "whole"
    with training(killed, *options) as process:
        assert process.stderr is not None
        assert any("epoch  2.000" in line for line in process.stderr)
        process.kill()
    run = read_run(killed)
    assert process.returncode == -signal.SIGKILL
    assert (run.status, 2 <= run.history[-1].epoch < 20) == ("running", True)

    resumed = sentiment("train", "--resume", killed, "--data", "toy")
    assert resumed.code == 0, resumed.err
    assert "epoch  1.000" not in resumed.err
    assert sentiment("train", *SMALL, *options, "--out", whole).out == resumed.out.replace(str(killed), str(whole))
    for name in ("model.safetensors", "frames.safetensors", "test.parquet"):
        assert (killed / name).read_bytes() == (whole / name).read_bytes(), name
    histories = [[replace(moment, seconds=0) for moment in read_run(out).history] for out in (killed, whole)]
    assert histories[0] == histories[1]


@pytest.mark.parametrize(
    ("arguments", "expected"),
    [
        ([], "Name the run's folder with --out"),
        (["--resume", "tiny"], "Give the --data that the run was trained on"),
        (["--resume", "tiny", "--data", "toy"], "tiny is complete"),
        (["--resume", "missing", "--data", "missing.csv"], "missing holds no run"),
        (["--resume", "tiny", "--data", "toy", "--seed", "1"], "Leave out --seed."),
        (["--resume", "tiny", "--out", "other", "--preset", "gru"], "Leave out --out, --preset."),
        (["--resume", "tiny", "--data", "toy", "--overwrite"], "Leave out --overwrite."),
        (["--resume", "stopped", "--data", "toy", "--split-seed", "1"], "was trained on other reviews (toy, "),
        (["--resume", "damaged", "--data", "missing.csv"], "truncated or damaged"),
    ],
)
def test_a_run_that_cannot_be_resumed(arguments: list[str], expected: str, sentiment: Sentiment, toy_run: Path):
    for name in ("tiny", "stopped", "damaged"):
        shutil.copytree(toy_run, name)
    recipe = read_run("stopped").recipe
    steps = train_run(recipe, load_reviews("toy"), Path("stopped"), overwrite=True)
    next(steps)
    steps.close()
    Path("damaged/state.safetensors").write_bytes(b"half")
    assert expected in refused(sentiment("train", *arguments))
    assert not Path("other").exists()


def test_every_setting_of_a_recipe_has_an_option(sentiment: Sentiment):
    """But what makes a preset that preset: its name, cell and directions."""
    shown = sentiment("train", "--help").out
    for field in fields(Recipe):
        option = f"--{field.name.replace('_', '-')}"
        assert re.search(rf"{option}\s", shown) or field.name in ("cell", "bidirectional"), option

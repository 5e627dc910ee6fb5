"""`sentiment train`: in this process, and in a separate process that is interrupted or killed."""

import os
import re
import shutil
import signal
import subprocess
import sys
import time
from dataclasses import replace
from pathlib import Path

import pytest

import sentiment_core
from sentiment_core.model.config import OPTIONS
from sentiment_core.model.precision import training_precision
from sentiment_core.model.settings import about
from sentiment_core.runs.layout import STATE
from sentiment_core.runs.reading import load_run
from sentiment_core.runs.state import load_state
from sentiment_core.text.reviews import load_reviews
from sentiment_core.text.toy import toy_reviews
from sentiment_core.training import pipeline
from sentiment_core.training.pipeline import train_run
from tests.command_line import SMALL, Sentiment, refused

ROOT = Path(__file__).parents[2]


@pytest.mark.parametrize(
    ("arguments", "expected"),
    [
        (
            ["--preset", "bert"],
            "No preset 'bert'. Choose one of rnn, lstm, gru, bilstm, bilstm-best, bilstm-pretrained, bilstm-shuffled.",
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
        (["--hidden-size", "0"], "hidden_size must be a whole number of at least 1"),
        (["--dropout", "1"], "dropout must be a number of at least 0 and below 1"),
        (["--pooling", "first"], "No pooling 'first'"),
        (["--tokenizer", "sentences"], "No tokenizer 'sentences'"),
        (["--data", "missing.csv"], "No file or folder missing.csv"),
        (["--data", "[/x].csv"], "No file or folder [/x].csv"),
        (["--data", ""], "is not a Hub id"),
        (["--data", "empty.csv"], "empty.csv is empty"),
        (["--data", "reviews.csv", "--labels", "bad,good"], "labels 0, 1, none of which --labels names"),
        (["--data", "reviews.csv", "--labels", "bad"], "--labels takes two values, negative first"),
        (["--data", "reviews.csv", "--labels", "a,b,c"], "--labels takes two values, negative first"),
        (["--data", "reviews.csv", "--text-column", "words"], "no column 'words', only text, label"),
    ],
)
def test_training_that_cannot_begin_leaves_nothing(arguments: list[str], expected: str, sentiment: Sentiment):
    Path("empty.csv").write_text("", encoding="utf-8")
    Path("reviews.csv").write_text(
        "text,label\n" + "".join(f"{text},{label}\n" for text, label in zip(*toy_reviews(40), strict=True)),
        encoding="utf-8",
    )
    assert expected in refused(sentiment("train", *SMALL, "--epochs", 1, "--out", "run", *arguments))
    assert not Path("run").exists()


def test_named_columns_and_labels(sentiment: Sentiment):
    rows = zip(*toy_reviews(100), strict=True)
    lines = [f"{'liked' if label else 'loathed'}\t{text}" for text, label in rows]
    Path("reviews.tsv").write_text("\n".join(["verdict\treview", *lines]), encoding="utf-8")
    columns = ["--text-column", "review", "--label-column", "verdict", "--labels", "loathed,liked"]
    result = sentiment("train", *SMALL, "--data", "reviews.tsv", *columns, "--epochs", 1, "--out", "run")
    assert result.code == 0
    assert load_run("run").data["sizes"] == {"train": 72, "valid": 8, "test": 20}


@pytest.mark.parametrize("overwrite", [[], ["--overwrite"]])
def test_a_folder_of_something_else_is_refused_before_the_data_is_read(overwrite: list[str], sentiment: Sentiment):
    Path("mine").mkdir()
    Path("mine/thesis.txt").write_text("mine", encoding="utf-8")
    message = refused(sentiment("train", "--data", "missing.csv", "--out", "mine", *overwrite))
    assert "holds something other than a run" in message
    assert Path("mine/thesis.txt").read_text(encoding="utf-8") == "mine"


def test_a_loss_that_is_not_a_number(sentiment: Sentiment):
    wild = ["--preset", "rnn", "--learning-rate", "1e30", "--epochs", "1"]
    result = sentiment("train", *SMALL, *wild, "--out", "run")
    assert result.code == 2
    assert result.err.splitlines()[-1].startswith(
        "error: The valid loss is not a number after step 1 at learning rate 1e+30."
    )
    assert "Traceback" not in result.err
    assert load_run("run").status == "failed"


def training(out: Path, *options: str) -> subprocess.Popen:
    """A separate process that trains small networks, with a cache in the folder."""
    command = [sys.executable, "-m", "sentiment_core", "train", *SMALL, *options, "--out", str(out)]
    place = {"SENTIMENT_CACHE": str(out.parent / "cache"), "PYTHONPATH": str(ROOT), "OMP_NUM_THREADS": "1"}
    return subprocess.Popen(command, stderr=subprocess.PIPE, encoding="utf-8", env=os.environ | place)


@pytest.mark.usefixtures("heard_signals")
@pytest.mark.parametrize(("number", "times"), [(signal.SIGINT, 2), (signal.SIGTERM, 1)])
def test_a_signal_leaves_a_valid_run(number: signal.Signals, times: int, sentiment: Sentiment, tmp_path: Path):
    """Until then the folder is locked: no other process starts or resumes there."""
    out = tmp_path / "run"
    with training(out, "--epochs", "100000") as process:
        assert process.stderr is not None
        assert any("epoch  1.000" in line for line in process.stderr)
        held = f"error: {out} is being trained. Wait for it to end, or stop it: process {process.pid} of "
        for others in (["--resume", out, "--data", "toy"], ["--out", out], ["--out", out, "--overwrite"]):
            assert refused(sentiment("train", *(SMALL if "--out" in others else []), *others)).startswith(held)
        assert load_run(out).status == "running"
        for _ in range(times):
            process.send_signal(number)
            time.sleep(0.05)
        err = process.stderr.read()
    assert process.returncode == 128 + number
    assert f"Interrupted. {out} holds the best weights so far. Continue with train --resume {out}.\n" in err
    assert "Traceback" not in err
    run = load_run(out)
    assert run.status == "interrupted"
    assert run.history
    assert load_state(out / STATE).position.step > run.history[-1].step - 1
    assert sentiment_core.load(out).predict(["the plot was good"])
    assert not list(out.glob(".*")), "nothing half-written"


def test_ctrl_c_says_what_is_left(sentiment: Sentiment, monkeypatch: pytest.MonkeyPatch):
    """Before there is a folder, during pretraining, and over an earlier run that was itself interrupted."""

    def interrupt(*_: object, **__: object) -> None:
        raise KeyboardInterrupt

    with monkeypatch.context() as patch:
        patch.setattr(pipeline, "train_tokenizer", interrupt)
        assert sentiment("train", *SMALL, "--out", "run").err.endswith(
            "Interrupted. No weights had been written yet.\n"
        )
        assert not Path("run").exists()
    with monkeypatch.context() as patch:
        patch.setattr(pipeline, "start_pretrained", interrupt)
        result = sentiment("train", *SMALL, "--pretraining-epochs", 1, "--out", "run")
        assert result.err.endswith("has no weights yet. Resume it: train --resume run.\n")
    with monkeypatch.context() as patch:
        patch.setattr(pipeline, "train_tokenizer", interrupt)
        result = sentiment("train", *SMALL, "--out", "run", "--overwrite")
        assert result.err.endswith("Interrupted. run holds the run that was there before.\n")


def test_a_killed_training_resumes_to_the_same_result(sentiment: Sentiment, tmp_path: Path):
    options = ["--preset", "gru", "--epochs", "10", "--learning-rate", "0.02"]
    killed, whole = tmp_path / "killed", tmp_path / "whole"
    with training(killed, *options) as process:
        assert process.stderr is not None
        assert any("epoch  2.000" in line for line in process.stderr)
        process.kill()
    run = load_run(killed)
    assert process.returncode == -signal.SIGKILL
    assert (killed / ".writer.lock").exists(), "what nobody was left to take away"
    assert (run.status, 2 <= run.history[-1].epoch < 10) == ("stopped", True)

    resumed = sentiment("train", "--resume", killed, "--data", "toy")
    assert resumed.code == 0, resumed.err
    assert "epoch  1.000" not in resumed.err
    assert sentiment("train", *SMALL, *options, "--out", whole).out == resumed.out.replace(str(killed), str(whole))
    assert {path.name for path in killed.iterdir()} == {path.name for path in whole.iterdir()}
    for name in ("model.safetensors", "frames.safetensors", "test.parquet"):
        assert (killed / name).read_bytes() == (whole / name).read_bytes(), name
    histories = [[replace(checkpoint, seconds=0) for checkpoint in load_run(out).history] for out in (killed, whole)]
    assert histories[0] == histories[1]


@pytest.fixture(scope="module")
def not_to_resume(toy_run: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with a complete run, a stopped run, and a run with a damaged state. Read only."""
    folder = tmp_path_factory.mktemp("runs")
    for name in ("tiny", "stopped", "damaged"):
        shutil.copytree(toy_run, folder / name)
    recipe = load_run(folder / "stopped").recipe
    steps = train_run(recipe, load_reviews("toy"), folder / "stopped", overwrite=True)
    next(steps)
    steps.close()
    (folder / "damaged" / "state.safetensors").write_bytes(b"half")
    return folder


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
def test_a_run_that_cannot_be_resumed(arguments: list[str], expected: str, sentiment: Sentiment, not_to_resume: Path):
    shutil.copytree(not_to_resume, ".", dirs_exist_ok=True)
    assert expected in refused(sentiment("train", *arguments))
    assert not Path("other").exists()


def test_every_setting_of_a_recipe_has_an_option(sentiment: Sentiment):
    """Except what defines a preset: its name, cell and directions."""
    shown = sentiment("train", "--help").out
    words = " ".join(shown.replace("│", " ").split())
    for name, field in OPTIONS.items():
        option = f"--{name.replace('_', '-')}"
        assert re.search(rf"{option}\s", shown), option
        assert str(about(field).help) in words, option
    assert "One of last, column, max, mean, maxmean." in words
    assert "--cell" not in words


def test_an_option_changes_the_setting_of_its_name(sentiment: Sentiment):
    """An integer, a float, a name and a switch, of the network and of the training."""
    options = ["--layers", 2, "--embedding-std", 0.5, "--pooling", "mean", "--no-frames", "--seed", 3, "--clip", 2]
    assert sentiment("train", *SMALL, "--preset", "gru", "--epochs", 1, *options, "--out", "run").code == 0
    recipe = load_run("run").recipe
    assert (recipe.network.layers, recipe.network.embedding_std, recipe.network.pooling) == (2, 0.5, "mean")
    assert (recipe.frames, recipe.seed, recipe.clip, recipe.network.cell) == (False, 3, 2.0, "gru")


def test_a_precision_other_than_the_one_asked_for_is_said_and_recorded(sentiment: Sentiment):
    result = sentiment("train", *SMALL, "--preset", "lstm", "--precision", "bfloat16", "--epochs", 1, "--out", "run")
    assert result.code == 0
    used = training_precision("bfloat16", "lstm")
    assert ("the run trains in float32" in result.err) is (used == "float32")
    run = load_run("run")
    assert (run.recipe.network.precision, run.precisions) == ("bfloat16", [used])
    assert f"computed in {used}" in Path("run/README.md").read_text(encoding="utf-8")


def test_a_run_stopped_on_one_kind_of_processor_resumes_on_another(sentiment: Sentiment):
    """The other kind is this processor restricted to AVX2, which oneDNN and PyTorch allow."""
    shape = ["--preset", "bilstm-best", "--precision", "bfloat16", "--epochs", 1, "--max-length", 20]
    result = sentiment("train", *SMALL, *shape, "--out", "run")
    assert result.code == 0
    steps = train_run(load_run("run").recipe, load_reviews("toy"), Path("run"), overwrite=True)
    next(steps)
    steps.close()  # as Ctrl-C does
    used = training_precision("bfloat16", "lstm")
    avx2 = {"ONEDNN_MAX_CPU_ISA": "AVX2", "ATEN_CPU_CAPABILITY": "avx2"}
    command = [sys.executable, "-m", "sentiment_core", "train", "--resume", "run", "--data", "toy"]
    ended = subprocess.run(
        command, env=os.environ | avx2 | {"PYTHONPATH": str(ROOT)}, capture_output=True, encoding="utf-8", check=False
    )
    assert ended.returncode == 0, ended.stderr
    assert load_run("run").status == "complete"
    assert load_run("run").precisions == list(dict.fromkeys([used, "float32"]))
    assert ("This processor has no bfloat16 LSTM: the run trains in float32." in ended.stderr) is (used == "bfloat16")

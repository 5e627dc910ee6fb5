"""--device on the command line: refusals, and resuming with auto."""

import itertools
from contextlib import closing
from pathlib import Path

import pytest
import torch

from sentiment_core.runs.reading import load_run
from sentiment_core.text.reviews import load_reviews
from sentiment_core.training.pipeline import train_run
from tests.command_line import refused


@pytest.fixture(autouse=True)
def only_the_cpu(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(torch.cuda, "is_available", lambda: False)
    monkeypatch.setattr(torch.backends.mps, "is_available", lambda: False)


def test_a_device_that_is_not_there_is_refused_in_one_line(sentiment, toy_run: Path):
    for arguments in (
        ["predict", toy_run, "superb"],
        ["evaluate", toy_run, "--data", "toy"],
        ["train", "--out", "x"],
        ["reproduce", "rnn", "--out", "x"],
    ):
        assert "can use no cuda device on this machine. It can use cpu." in refused(
            sentiment(*arguments, "--device", "cuda")
        )
    assert not Path("x").exists()


def test_the_environment_names_a_device_too(sentiment, toy_run: Path, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setenv("SENTIMENT_DEVICE", "cuda")
    assert "can use no cuda device" in refused(sentiment("predict", toy_run, "superb"))
    assert sentiment("predict", toy_run, "superb", "--device", "cpu").code == 0


def test_a_run_stopped_on_the_cpu_resumes_with_auto(sentiment, toy_run: Path, tmp_path: Path):
    """If auto is the CPU, the weights equal those of a training that was not stopped, and nothing is printed."""
    recipe, reviews = load_run(toy_run).recipe.change(epochs=1), load_reviews("toy")
    for _ in train_run(recipe, reviews, tmp_path / "whole"):
        pass
    out = tmp_path / "run"
    with closing(train_run(recipe, reviews, out)) as steps:
        list(itertools.islice(steps, 2))
    result = sentiment("train", "--resume", out, "--data", "toy", "--device", "auto")
    assert result.code == 0
    assert "On cpu" not in result.err
    assert (out / "model.safetensors").read_bytes() == (tmp_path / "whole" / "model.safetensors").read_bytes()
    assert load_run(out).devices == ["cpu"]

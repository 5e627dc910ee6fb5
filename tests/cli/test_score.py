"""The command `score`: a job from the command line, watched until it ends."""

from pathlib import Path

import pytest

from sentiment_core.jobs.queue import read_job
from sentiment_core.jobs.records import State
from tests.classifiers.tiny_bert import save_bert
from tests.command_line import Sentiment
from tests.conftest import ROOT

CORPUS = ("--corpus", ROOT / "checkpoints" / "toy")


def test_a_folder_of_transformers_is_scored_and_kept(sentiment: Sentiment, tmp_path: Path):
    """Its labels need sides, which the command line gives. A second call finds the scores."""
    model = save_bert(tmp_path / "mine", ["LABEL_0", "LABEL_1", "LABEL_2"])
    refused = sentiment("score", model, *CORPUS)
    assert refused.code == 2
    assert "LABEL_0, LABEL_1 or LABEL_2 says no side" in refused.err
    sides = [f"--label=LABEL_{number}={side}" for number, side in enumerate(("negative", "neutral", "positive"))]
    first = sentiment("score", model, *CORPUS, *sides)
    assert first.code == 0, first.err
    assert first.out.startswith("mine on 1,000 test reviews: accuracy ")
    assert "judged neutral; kept in runs/scores/47a9b5ce2917be64/mine" in first.out.replace("\\", "/")
    assert sentiment("score", model, *CORPUS) == first
    assert read_job(Path("runs/scores/47a9b5ce2917be64/mine")).state == State.DONE
    assert sentiment("score", model, *CORPUS, "--stop").out.endswith("mine: done\n")


@pytest.mark.parametrize("label", ["LABEL_0", "LABEL_0=good", "=negative"])
def test_a_side_that_is_none_is_refused(label: str, sentiment: Sentiment, tmp_path: Path):
    result = sentiment("score", tmp_path, *CORPUS, "--label", label)
    assert result.code == 2
    assert "Write it as LABEL_0=negative, with negative, neutral or positive" in result.err
    assert not Path("runs").exists()

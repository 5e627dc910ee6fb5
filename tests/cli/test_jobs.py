"""The command `jobs`: the same controls as in the pages, on real processes of a small job."""

import json
from dataclasses import replace
from pathlib import Path

import pytest

from sentiment_core.jobs import control, queue
from sentiment_core.jobs.events import append
from sentiment_core.jobs.folders import Outcome, Progress, write_outcome, write_progress
from sentiment_core.jobs.layout import id_of
from sentiment_core.jobs.records import Stage, State
from sentiment_core.jobs.requests import TrainingRequest
from sentiment_core.messages import lazy
from sentiment_core.text.reviews import Reading
from tests.command_line import Sentiment
from tests.conftest import ROOT
from tests.jobs.test_requests import SCORING, TRAINING


@pytest.fixture(autouse=True)
def alone(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(queue, "ensure_supervisor", lambda root: None)
    monkeypatch.setattr(control, "ensure_supervisor", lambda root: None)


def test_jobs_are_listed_and_controlled_by_the_start_of_their_id(sentiment: Sentiment):
    assert sentiment("jobs", "list").out == "No job works, waits or pauses. --all lists those that have ended.\n"
    root = Path("runs")
    training, scoring = queue.start(TRAINING, root), queue.start(SCORING, root)
    name = id_of(training)
    lines = sentiment("jobs", "list").out.splitlines()
    assert lines[0].split() == ["id", "state", "at", "left", "name"]
    assert lines[1].split() == [name, "waiting", "(1.,", "0", "s)", "12", "s", "Ours"]
    assert lines[2].split() == [id_of(scoring), "waiting", "(2.,", "12", "s)", "hub:owner/name"]
    assert sentiment("jobs", "pause", name[:8]).out == f"{name}: paused\n"
    assert sentiment("jobs", "step", name).out == f"{name}: waiting\n"
    assert sentiment("jobs", "go-on", name).out == f"{name}: waiting\n"
    assert sentiment("jobs", "pin", name).out == f"{name}: waiting\n"
    shown = json.loads(sentiment("jobs", "show", name).out)
    assert (shown["id"], shown["kind"], shown["state"], shown["pinned"]) == (name, "training", "waiting", True)
    assert "visitor" not in shown
    assert "Ours *" in sentiment("jobs", "list").out
    sentiment("jobs", "unpin", name)
    assert sentiment("jobs", "stop", name).out == f"{name}: stopping\n"
    assert sentiment("jobs", "cancel", name).out == f"{name}: stopping\n"
    assert len(json.loads(sentiment("jobs", "list", "--all", "--json").out)) == 2


def test_an_id_that_is_none_or_not_enough_is_one_line(sentiment: Sentiment):
    assert "No job in runs begins with 'x'" in sentiment("jobs", "show", "x").err
    folders = [queue.start(replace(TRAINING, visitor=""), Path("runs")) for _ in range(33)]  # 32 letters begin an id
    starts = [id_of(folder)[0] for folder in folders]
    shared = next(letter for letter in starts if starts.count(letter) > 1)
    result = sentiment("jobs", "stop", shared)
    assert result.code == 2
    assert f"Several jobs begin with {shared}: " in result.err


def test_a_training_is_queued_in_place_of_being_done_here(sentiment: Sentiment):
    """With the published corpus of the same reviews, whose tokenizer it then shares."""
    result = sentiment("train", "--job", "--data", "toy", "--preset", "rnn", "--epochs", "2", "--seed", "7")
    assert result.code == 0, result.err
    (job,) = queue.list_jobs(Path("runs"))
    assert f"Queued as job {job.id}. Follow it with: jobs watch {job.id}" in result.out
    request = job.request
    assert isinstance(request, TrainingRequest)
    assert (request.networks[0].recipe.epochs, request.networks[0].recipe.seed, request.visitor) == (2, 7, "")
    assert request.networks[0].name.startswith("rnn-")
    assert Path(request.card) == ROOT / "checkpoints" / "toy"
    assert Path(request.folder) == Path("runs/trained/47a9b5ce2917be64").resolve()
    assert request.reading == Reading("toy")
    refused = sentiment("train", "--job", "--data", "toy", "--out", "x")
    assert (refused.code, "Leave out --out and --resume" in refused.err) == (2, True)


def test_watch_prints_what_happens_and_ends_with_the_job(sentiment: Sentiment):
    folder = queue.start(TRAINING, Path("runs"))
    append(folder, {"kind": "resumed", "run": 0, "step": 110})
    append(folder, {"kind": "checkpoint", "run": 1, "epoch": 0.25, "valid_loss": 0.5, "valid_accuracy": 0.75})
    append(folder, {"kind": "checkpoint", "run": "?"})
    append(folder, {"kind": "test", "run": 0, "accuracy": 0.8125, "reviews": 16})
    write_progress(folder, Progress(Stage.TRAINING, 5, 10))
    write_outcome(folder, Outcome(State.DONE))
    result = sentiment("jobs", "watch", id_of(folder))
    assert result.code == 0
    assert result.out == f"{id_of(folder)} Ours: done\n"
    assert [line.split() for line in result.err.splitlines() if line.strip()] == [
        "goes on after step 110".split(),
        "network 2 epoch 0.250 valid loss 0.5000 valid accuracy 75.00%".split(),
        "network 1 test accuracy 81.25%".split(),
    ]
    write_outcome(folder, Outcome(State.FAILED, lazy("No folder {name}.", name="x")))
    failed = sentiment("jobs", "watch", id_of(folder))
    assert (failed.code, "error: No folder x." in failed.err) == (2, True)

"""A request is the same after it was written and read; a folder that says nonsense is no job."""

import json
from pathlib import Path

import pytest

from sentiment_core.jobs import layout
from sentiment_core.jobs.folders import (
    FORMAT,
    Outcome,
    Progress,
    read_folder,
    write_outcome,
    write_progress,
    write_request,
)
from sentiment_core.jobs.records import Stage, State
from sentiment_core.jobs.requests import JobLimits, Network, ScoringRequest, TrainingRequest
from sentiment_core.messages import lazy
from sentiment_core.model.config import Recipe
from sentiment_core.text.reviews import Reading
from sentiment_core.text.table import Form

RECIPE = Recipe("rnn").change(cell="rnn_tanh", learning_rate=0.1, epochs=2)
TRAINING = TrainingRequest(
    (Network("rnn-7f3a", RECIPE), Network("lstm-aaaa", RECIPE.change(cell="lstm"), {"padding": "read"})),
    Reading("reviews.csv", Form(text_column="2+3", header=False), ("1+2", ("4", "5")), 0.2, 7),
    "/runs/trained/0123456789abcdef",
    pins=("a fine film <b>", "눈물"),
    title="Ours",
    visitor="someone",
    limits=JobLimits(30, 100, 1000),
    expected=12.5,
)
SCORING = ScoringRequest("hub:owner/name", "/checkpoints/toy", "0123456789abcdef", {"LABEL_0": "negative"}, "cpu")


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    folder = layout.training_folder(tmp_path / "runs", layout.new_id())
    folder.mkdir(parents=True)
    return folder


@pytest.mark.parametrize("request_", [TRAINING, SCORING], ids=["training", "scoring"])
def test_what_is_asked_comes_back_as_it_was(request_: TrainingRequest | ScoringRequest, folder: Path):
    write_request(folder, request_, 7, 1.5)
    job = read_folder(folder)
    assert job is not None
    assert job.request == request_
    assert (job.sequence, job.queued, job.state, job.id) == (7, 1.5, State.WAITING, folder.name)


def test_an_id_cannot_be_guessed_and_that_of_scores_follows_from_their_place(tmp_path: Path):
    ids = {layout.new_id() for _ in range(100)}
    assert len(ids) == 100
    scores = layout.scoring_folder(tmp_path, "0123456789abcdef", "hub:owner/name")
    assert layout.id_of(scores) == layout.id_of(
        layout.scoring_folder(Path("elsewhere"), "0123456789abcdef", "hub:owner/name")
    )
    assert all(layout.ID.fullmatch(name) for name in (*ids, layout.id_of(scores)))
    assert layout.root_of(scores) == layout.root_of(layout.training_folder(tmp_path, ids.pop())) == tmp_path


@pytest.mark.parametrize(
    "content",
    ["", "{", "[]", '{"kind": "training"}', '{"format": {"version": 99, "needs": "9.0.0"}}', '{"kind": "other"}'],
)
def test_a_damaged_request_is_no_job(folder: Path, content: str):
    (folder / layout.REQUEST).write_text(content, encoding="utf-8")
    assert read_folder(folder) is None


@pytest.mark.parametrize("content", ["", "{", "[]", '{"state": "unheard of"}', '{"stage": "unheard of"}'])
def test_damaged_files_beside_it_say_nothing(folder: Path, content: str):
    write_request(folder, TRAINING, 1, 0.0)
    for name in (layout.OUTCOME, layout.PROGRESS, layout.CONTROL, layout.ATTEMPT):
        (folder / name).write_text(content, encoding="utf-8")
    job = read_folder(folder)
    assert job is not None
    assert (job.state, job.stage, job.done, job.left) == (State.WAITING, Stage.STARTING, 0, 12.5)


def test_a_request_of_the_version_before_is_read(folder: Path):
    """It was always for scoring, and had no place in an order."""
    old = {
        "model": "hub:owner/name",
        "corpus": "/toy",
        "sides": {},
        "device": "cpu",
        "queued": 5.0,
        "process": [1, 2.0],
    }
    (folder / layout.REQUEST).write_text(json.dumps({"format": {"version": 1, "needs": "0.4.0"}} | old), "utf-8")
    job = read_folder(folder)
    assert job is not None
    assert (job.request.name, job.request.corpus, job.queued) == ("hub:owner/name", "/toy", 5.0)
    assert FORMAT.stamp({})["format"]["version"] == 2


def test_the_outcome_tells_the_end(folder: Path):
    write_request(folder, TRAINING, 1, 0.0)
    write_progress(folder, Progress(Stage.TRAINING, 10, 20, 3.0))
    write_outcome(folder, Outcome(State.FAILED, lazy("No folder {name}.", name="x"), ("LABEL_0",)))
    job = read_folder(folder)
    assert job is not None
    assert (job.state, str(job.problem), job.labels, job.left) == (State.FAILED, "No folder x.", ("LABEL_0",), 0)
    assert (job.stage, job.done, job.total) == (Stage.TRAINING, 10, 20)

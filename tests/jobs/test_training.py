"""The job that trains one or two networks: its runs, its log, pauses, stops and kills."""

import subprocess
import sys
import threading
import time
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from sentiment_core.errors import DataError, JobError, RunError
from sentiment_core.experiments.reproduction.procedure import make_procedure
from sentiment_core.jobs import control, desk, layout
from sentiment_core.jobs.desk import Desk, Stopped
from sentiment_core.jobs.events import follow
from sentiment_core.jobs.folders import read_folder, read_progress, write_request
from sentiment_core.jobs.live import append_frame, load_live_frames
from sentiment_core.jobs.places import copy_card
from sentiment_core.jobs.requests import Network, TrainingRequest
from sentiment_core.jobs.training import variations, work
from sentiment_core.model.config import Recipe
from sentiment_core.runs.reading import load_run
from sentiment_core.storage.processes import environment
from sentiment_core.text.corpus import load_corpus
from sentiment_core.text.reviews import Reading, load_reviews
from sentiment_core.training.pipeline import resume_run, train_run
from tests.conftest import ROOT
from tests.training.test_resume import check_same

CARD = ROOT / "checkpoints" / "toy"
SMALL = {"embedding_size": 8, "hidden_size": 8, "batch_size": 64, "epochs": 1, "learning_rate": 1e-2}
RNN = Recipe("tiny").change(cell="rnn_tanh", max_length=12, clip=1.0, **SMALL)
LSTM = Recipe("tiny").change(cell="lstm", max_length=60, dropout=0.2, pooling="max", **SMALL)
STEPS = 57  # of an epoch: 3,600 reviews in batches of 64


@pytest.fixture(autouse=True)
def cache(tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch) -> Path:
    """One cache for the tests of this file, where encoded reviews are found again."""
    folder = tmp_path_factory.getbasetemp() / "cache-of-jobs"
    monkeypatch.setenv("SENTIMENT_CACHE", str(folder))
    monkeypatch.setattr(control, "ensure_supervisor", lambda root: None)
    return folder


@pytest.fixture
def request_of(root: Path) -> Callable[..., Path]:
    """Writes a job that has its turn, and returns its folder."""

    def write(**changes: Any) -> Path:
        folder = layout.training_folder(root, layout.new_id())
        folder.mkdir(parents=True)
        request = TrainingRequest(
            (Network("rnn-aaaa", RNN), Network("lstm-bbbb", LSTM)),
            Reading("toy"),
            str(root / "trained" / "toy"),
            str(CARD),
            ("A truly great film.", "not good at all"),
        )
        write_request(folder, replace(request, **changes), 1, time.time())
        (folder / layout.TURN).touch()
        return folder

    return write


def train(folder: Path) -> list[dict[str, Any]]:
    """Do the work of a job in this process. Returns its log."""
    job = read_folder(folder)
    assert job is not None
    with Desk(job) as here:
        work(here)
    return log_of(folder)


def log_of(folder: Path) -> list[dict[str, Any]]:
    return follow(folder)[0]


def of(log: list[dict[str, Any]], kind: str, run: int | None = None) -> list[dict[str, Any]]:
    return [event for event in log if event["kind"] == kind and run in (None, event.get("run"))]


@pytest.fixture(scope="module")
def alone(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The runs of the same networks on the command line's way, without a job. Read only."""
    folder = tmp_path_factory.mktemp("alone")
    copy_card(CARD, folder)
    reviews = load_reviews("toy")
    for name, recipe, variation in (("rnn-aaaa", RNN, {"bucketed_by": 60}), ("lstm-bbbb", LSTM, {})):
        for _ in train_run(recipe, reviews, folder / name, procedure=make_procedure(variation)):
            pass
    return folder


def check_runs(root: Path, alone: Path) -> None:
    for name in ("rnn-aaaa", "lstm-bbbb"):
        check_same(root / "trained" / "toy" / name, alone / name)


def test_a_job_tells_all_and_its_runs_are_those_of_the_command_line(request_of, root, alone):
    folder = request_of()
    log = train(folder)
    check_runs(root, alone)
    stages = [event["stage"] for event in of(log, "stage")]
    assert stages == ["reading", "encoding", "training", "evaluating"]
    (start,) = of(log, "start")
    assert [run["name"] for run in start["runs"]] == ["rnn-aaaa", "lstm-bbbb"]
    assert all((run["steps"], run["steps_per_epoch"]) == (STEPS, STEPS) for run in start["runs"])
    assert start["runs"][1]["parameters"] > start["runs"][0]["parameters"] > 500
    first = {kind: log.index(of(log, kind)[0]) for kind in ("start", "steps", "checkpoint", "frame")}
    assert min(first, key=first.get) == "start"
    for number, run in enumerate(("rnn-aaaa", "lstm-bbbb")):
        history = load_run(root / "trained" / "toy" / run).history
        told = of(log, "checkpoint", number)
        assert [event["step"] for event in told] == [checkpoint.step for checkpoint in history]
        assert told[-1]["valid_accuracy"] == pytest.approx(history[-1].valid_accuracy, rel=1e-4)
        steps = of(log, "steps", number)
        assert [event["step"] for event in steps] == sorted({event["step"] for event in steps})
        assert (steps[0]["step"], steps[-1]["step"], steps[-1]["epoch"]) == (1, STEPS, 1.0)
        assert all(0 <= event["accuracy"] <= 1 and event["gradient_norm"] > 0 for event in steps)
        assert steps[-1]["tokens"] == history[-1].tokens
        (test,) = of(log, "test", number)
        scores = load_run(root / "trained" / "toy" / run).scores()
        assert (test["accuracy"], test["reviews"]) == (pytest.approx(scores.accuracy), 1000)
        pins = of(log, "pins", number)
        assert (pins[0]["step"], pins[-1]["step"]) == (0, STEPS)
        assert all(len(event["probabilities"]) == 2 for event in pins)
        reach = of(log, "reach", number)[0]
        assert len(reach["distances"]) == len(reach["logit"]) == len(reach["last"])
        frames, live = of(log, "frame", number), load_live_frames(folder, number)
        assert [event["index"] for event in frames] == list(range(len(live)))
        assert [event["step"] for event in frames] == live.steps.tolist() == list(range(STEPS + 1))
        assert len(live.ids) == start["words"] == 69
    assert (read_progress(folder).done, read_progress(folder).total) == (2 * STEPS, 2 * STEPS)


def test_the_secret_of_a_job_and_its_pinned_texts_stay_in_its_folder(request_of, root):
    folder = request_of(networks=(Network("lstm-bbbb", LSTM.change(epochs=1, batch_size=512)),))
    train(folder)
    for path in (root / "trained").rglob("*"):
        content = path.read_bytes() if path.is_file() else b""
        assert folder.name.encode() not in content
        assert b"A truly great film." not in content


@pytest.mark.parametrize("step", [0, 1, 7])
def test_paused_one_step_is_one_step_of_each_network(step, request_of, root):
    """A pause acts before the next step; the figures of the last step before a rest, and of a single one, are told."""
    folder = request_of()
    control.pause(folder)
    for _ in range(step):
        control.step(folder)
    job = read_folder(folder)

    def work_here() -> None:
        with pytest.raises(Stopped), Desk(job) as here:
            work(here)

    thread = threading.Thread(target=work_here)
    thread.start()
    deadline = time.monotonic() + 60
    while not (read_progress(folder).paused and read_progress(folder).steps == step) and time.monotonic() < deadline:
        (folder / layout.TURN).touch()  # as the supervisor does for a single step
        time.sleep(0.01)
    seen = {number: [event["step"] for event in of(log_of(folder), "steps", number)] for number in (0, 1)}
    control.stop(folder)
    thread.join()
    assert [steps[-1:] for steps in seen.values()] == [[step] if step else []] * 2
    if step:
        assert seen[0][-1] == step
        assert load_run(root / "trained" / "toy" / "rnn-aaaa").status == "interrupted"


def test_stopped_and_kept_it_can_be_resumed_by_the_command_line(request_of, root, alone, monkeypatch):
    folder = request_of()
    stop_at(folder, 20, monkeypatch)
    with pytest.raises(Stopped):
        train(folder)
    reviews = load_reviews("toy")
    for name in ("rnn-aaaa", "lstm-bbbb"):
        run = load_run(root / "trained" / "toy" / name)
        assert run.status == "interrupted"
        for _ in resume_run(run.path, reviews, procedure=make_procedure(run.variation)):
            pass
    check_runs(root, alone)


def stop_at(folder: Path, step: int, monkeypatch: pytest.MonkeyPatch) -> None:
    """Let a job stop once it has taken this many steps of both networks together."""

    def saved(self: Desk, mark: int) -> None:
        if self._progress.done >= step:
            raise Stopped

    monkeypatch.setattr(desk.Desk, "saved", saved)


def test_a_job_that_goes_on_tells_from_where_and_repeats_nothing(request_of, root, alone, monkeypatch):
    folder = request_of()
    with monkeypatch.context() as patched:
        stop_at(folder, 31, patched)
        with pytest.raises(Stopped):
            train(folder)
    before = len(log_of(folder))
    # Frames that a killed process wrote after its last saved state are void.
    append_frame(folder, 0, load_live_frames(folder, 0).ids, np.zeros((1000, 8), np.float32), 50)
    log = train(folder)
    check_runs(root, alone)
    resumed = of(log[before:], "resumed")
    assert [(event["run"], event["step"]) for event in resumed] == [(0, 16), (1, 15)]
    assert len(of(log, "start")) == 1
    assert len(of(log, "test")) == 2
    for number in (0, 1):
        assert load_live_frames(folder, number).steps.tolist() == list(range(STEPS + 1))
        told = [event["step"] for event in of(log[before:], "steps", number)]
        assert min(told) > resumed[number]["step"]
    train(folder)
    assert len(of(log_of(folder), "test")) == 2, "a complete job tells nothing twice"


_WORKER = """
import sys, math
from pathlib import Path
from sentiment_core.jobs import desk
from sentiment_core.runs import state
desk._HELP_EVERY = math.inf  # no supervisor: the test is it
state.SAVE_EVERY = 0.02  # many saves, so that a kill falls into one
from sentiment_core.jobs.worker import work
work(Path(sys.argv[1]))
"""


def test_killed_at_random_moments_the_weights_are_those_of_an_undisturbed_training(request_of, root, alone):
    folder = request_of()
    rng, kills = np.random.default_rng(int(time.time())), 0
    settings = environment(OMP_NUM_THREADS="1")
    while True:
        process = subprocess.Popen([sys.executable, "-c", _WORKER, str(folder)], env=settings)
        size = len(log_of(folder))
        deadline = time.monotonic() + 60
        while process.poll() is None and len(log_of(folder)) <= size + 2 and time.monotonic() < deadline:
            time.sleep(0.01)
        if kills < 2:
            time.sleep(float(rng.uniform(0, 1.0)))
            process.kill()
        process.wait()
        kills += 1
        if (folder / layout.OUTCOME).exists():
            break
        assert kills < 10
    assert '"done"' in (folder / layout.OUTCOME).read_text(encoding="utf-8")
    check_runs(root, alone)
    log = log_of(folder)
    assert len(of(log, "test")) == 2
    for number in (0, 1):
        assert load_live_frames(folder, number).steps.tolist() == list(range(STEPS + 1))


def test_a_network_that_fails_says_why_and_the_other_is_finished(request_of, root, alone):
    wild = RNN.change(cell="rnn_relu", learning_rate=1e30, clip=0.0)
    folder = request_of(networks=(Network("wild-cccc", wild), Network("lstm-bbbb", LSTM)))
    with pytest.raises(RunError, match="not a number"):
        train(folder)
    (failed,) = of(log_of(folder), "failed")
    assert (failed["run"], failed["problem"]["values"]["step"]) == (0, failed["step"] + 1)
    check_same(root / "trained" / "toy" / "lstm-bbbb", alone / "lstm-bbbb")
    assert [event["run"] for event in of(log_of(folder), "test")] == [1]


def test_new_data_gets_a_card_and_the_kinds_for_comparison_after_the_training(request_of, root):
    folder = request_of(networks=(Network("lstm-bbbb", LSTM.change(batch_size=512)),), card="")
    train(folder)
    place = root / "trained" / "toy"
    corpus = load_corpus(place)
    assert corpus.fingerprint == load_corpus(CARD).fingerprint
    kinds = {path.name for path in (place / "tokenizers").iterdir()}
    assert kinds == {path.name for path in (CARD / "tokenizers").iterdir()}
    assert not (place / ".incomplete").exists()
    assert (place / "lstm-bbbb" / "tokenizer.json").read_bytes() == (place / "tokenizer.json").read_bytes()


def test_reviews_that_have_changed_are_refused(request_of, root):
    train(request_of(networks=(Network("lstm-bbbb", LSTM.change(batch_size=512)),)))
    folder = request_of(reading=Reading("toy", seed=5))
    with pytest.raises(DataError, match="toy has changed"):
        train(folder)


def test_networks_that_cannot_read_the_same_batches_are_refused(request_of):
    for change in ({"seed": 1}, {"batch_size": 32}, {"tokenizer": "words"}):
        folder = request_of(networks=(Network("rnn-aaaa", RNN), Network("lstm-bbbb", LSTM.change(**change))))
        with pytest.raises(JobError, match=next(iter(change))):
            train(folder)
    with pytest.raises(JobError, match="same name"):
        train(request_of(networks=(Network("rnn-aaaa", RNN), Network("rnn-aaaa", LSTM))))
    with pytest.raises(JobError, match="2,001 characters"):
        train(request_of(pins=("x" * 2001,)))


def test_only_the_network_that_reads_less_is_ordered_by_the_other():
    request = TrainingRequest((Network("a", RNN, {"fault": "rate"}), Network("b", LSTM)), Reading("toy"), "x")
    assert variations(request) == [{"fault": "rate", "bucketed_by": 60}, {}]
    same = replace(request, networks=(Network("a", RNN), Network("b", RNN)))
    assert variations(same) == [{}, {}]

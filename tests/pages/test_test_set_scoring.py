"""A Hub model scored from the Test set page: each state of its job, and its way out."""

import time
from collections.abc import Callable
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from pages.shared import job_resources
from sentiment_core.jobs import control, queue
from sentiment_core.jobs.folders import Outcome, Progress, write_outcome, write_progress, write_request
from sentiment_core.jobs.layout import TURN, scoring_folder
from sentiment_core.jobs.queue import read_job
from sentiment_core.jobs.records import Stage, State
from sentiment_core.jobs.requests import scoring_request
from sentiment_core.messages import lazy
from sentiment_core.storage.locks import hold
from sentiment_core.text.corpus import load_corpus
from tests.conftest import ROOT
from tests.pages.compared_page import opened, shown
from tests.pages.opening import english_in

TOY = load_corpus(ROOT / "checkpoints" / "toy")
Write = Callable[..., Path]


@pytest.fixture(autouse=True)
def runs(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The folder of live runs of this test's server, which allows every model."""
    monkeypatch.setenv("SENTIMENT_RUNS", str(tmp_path / "runs"))
    monkeypatch.delenv("SENTIMENT_MODELS", raising=False)
    return tmp_path / "runs"


@pytest.fixture
def left(runs: Path, monkeypatch: pytest.MonkeyPatch) -> Write:
    """Writes the folder of a job as a process left it that is not there any more. No other one is started."""

    def write(done: int = 0) -> Path:
        folder = scoring_folder(runs, TOY.fingerprint, "hub:owner/two")
        folder.mkdir(parents=True)
        write_request(folder, scoring_request(TOY, "hub:owner/two", {}, "cpu"), 1, time.time())
        write_progress(folder, Progress(Stage.SCORING, done, 1400, 125.0))
        return folder

    monkeypatch.setattr(queue, "ensure_supervisor", lambda root: None)
    return write


def labels(app: AppTest) -> list[str]:
    return [button.label for button in app.button]


def progress(app: AppTest) -> list[str]:
    return [bar.proto.text.replace("\\", "") for bar in app.get("progress")]


def test_a_model_is_scored_and_stands_among_the_classifiers(cached_model: Callable[[str], str], runs: Path):
    """From the button to the comparison, with the real process of the job."""
    cached_model("three")
    app = opened(corpus="toy", hub="owner/three")
    app.button(key="start job").click().run()
    assert "Cancel" in labels(app)
    deadline = time.monotonic() + 120
    while "Compare it" not in labels(app):
        assert time.monotonic() < deadline, shown(app)
        time.sleep(0.5)
        app.run()
    assert progress(app) == []
    assert "hub:owner/three is scored" in app.success[0].value.replace("\\", "")
    app.button(key="compare job").click().run()
    assert not app.exception
    assert not app.warning
    assert not app.success
    assert "hub:owner/three" in app.multiselect(key="runs").value
    assert "hub:owner/three calls " in shown(app)
    assert "of the reviews neutral. That counts as not right." in shown(app)
    assert read_job(scoring_folder(runs, TOY.fingerprint, "hub:owner/three")).state == State.DONE


def test_nothing_is_offered_where_no_model_is_allowed(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setenv("SENTIMENT_MODELS", "")
    app = opened(corpus="toy", hub="owner/two")
    assert [box.label for box in app.text_input] == []
    assert "start job" not in [button.key for button in app.button]


@pytest.mark.parametrize(
    ("name", "error"),
    [("owner/other", "This server shows only these models: owner/two"), ("../secrets", "is not the id of a model")],
)
def test_what_is_not_allowed_is_refused(name: str, error: str, monkeypatch: pytest.MonkeyPatch, runs: Path):
    monkeypatch.setenv("SENTIMENT_MODELS", "owner/two")
    app = opened(corpus="toy", hub=name)
    assert error in app.error[0].value.replace("\\", "")
    assert "start job" not in [button.key for button in app.button]
    assert not runs.exists()


def test_without_the_texts_it_says_what_would_help(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.delenv("SENTIMENT_KOREAN", raising=False)
    app = opened(corpus="korean", hub="owner/two")
    assert "A model can be scored where the texts are." in shown(app)
    assert "SENTIMENT_KOREAN" in shown(app)
    assert "start job" not in [button.key for button in app.button]


@pytest.mark.parametrize(
    ("state", "text", "button"),
    [
        (State.STOPPED, "Stopped after 700 of 1,400 reviews. Their scores are kept.", "Go on"),
        (State.CANCELLED, "Cancelled after 700 of 1,400 reviews. Their scores are kept.", "Go on"),
        (State.FAILED, "No folder x*y. Check the path", "Try again"),
    ],
)
def test_each_end_without_a_result_has_a_way_on(state: State, text: str, button: str, left: Write):
    folder = left(700)
    problem = lazy("No folder {name}. Check the path, or give a Hub id like owner/name.", name="x*y")
    write_outcome(folder, Outcome(state, problem if state == State.FAILED else None))
    app = opened(corpus="toy", hub="owner/two")
    assert text in shown(app)
    assert app.button(key="start job").label == button
    assert not english_in(opened(corpus="toy", hub="owner/two", lang="ko", part="curves"))


def test_a_living_job_shows_its_progress_to_everybody_and_can_be_cancelled(
    left: Write, monkeypatch: pytest.MonkeyPatch
):
    """Also to a reader who has not named its model. That reader cannot cancel it."""
    folder = left(700)
    (folder / TURN).touch()
    with hold(folder / ".job", lazy("It works.")):
        app, other = opened(corpus="toy", hub="owner/two"), opened(corpus="toy")
        assert progress(app) == progress(other) == ["**hub:owner/two** 700 of 1,400 reviews, about 2 min left"]
        assert "Cancel" in labels(app)
        assert "Cancel" not in labels(other)
        (folder / TURN).unlink()
        job_resources.look_again()
        assert progress(app.run()) == ["**hub:owner/two** Starting"], "no other job is before it"
        write_progress(folder, Progress(Stage.SCORING, 700, 1400, paused=True))
        monkeypatch.setattr(control, "ensure_supervisor", lambda root: None)
        control.pause(folder)
        job_resources.look_again()
        assert progress(app.run()) == ["**hub:owner/two** Paused after 700 of 1,400 reviews"]
        app.button(key="cancel job").click().run()
        assert progress(app) == ["**hub:owner/two** Ends in a moment"]


def test_labels_without_a_side_are_asked_of_the_reader(left: Write, monkeypatch: pytest.MonkeyPatch):
    """The job starts again with the sides once one is negative and one positive."""
    started = []
    monkeypatch.setattr(job_resources.queue, "start", lambda request, root: started.append(request))
    names = ("LABEL_0", "LABEL_1", "LABEL_2")
    write_outcome(left(), Outcome(State.FAILED, lazy("No folder {name}.", name="x"), names))
    app = opened(corpus="toy", hub="owner/two")
    assert app.button(key="start job").disabled
    for name, side in zip(names, ("negative", "neutral", "negative"), strict=True):
        app.selectbox(key=f"side {name}").select(side)
    assert app.run().button(key="start job").disabled, "none is positive"
    app.selectbox(key="side LABEL_2").select("positive").run()
    app.button(key="start job").click().run()
    assert started[0].sides == dict(zip(names, ("negative", "neutral", "positive"), strict=True))
    assert started[0].model == "hub:owner/two"

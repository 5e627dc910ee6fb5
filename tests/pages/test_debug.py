"""The Debug lab: a puzzle by link, answers, hints, and what the end shows. No process starts."""

from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from pages.learn.debug_parts.puzzle import JOB, PUZZLE
from pages.shared import training_resources
from sentiment_core.experiments.faults import FAULTS, draw_puzzle, is_puzzle, puzzle_fault, puzzle_seed
from sentiment_core.jobs import control, queue
from sentiment_core.jobs.events import append
from sentiment_core.jobs.folders import Outcome, write_outcome
from sentiment_core.jobs.queue import find_job
from sentiment_core.jobs.records import Job, State
from sentiment_core.jobs.requests import TrainingRequest
from sentiment_core.messages import in_language, lazy
from tests.pages.opening import english_in, open_page

SCRIPT = "pages/learn/debug.py"


@pytest.fixture(autouse=True)
def root(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The folder of live runs, empty. The visitor sits at this machine."""
    for module in (queue, control):
        monkeypatch.setattr(module, "ensure_supervisor", lambda root: None)
    monkeypatch.setattr("pages.shared.visitors.is_local", lambda handshake: True)
    monkeypatch.setenv("SENTIMENT_RUNS", str(tmp_path / "runs"))
    monkeypatch.delenv("SENTIMENT_TRAINING", raising=False)
    training_resources.look_again()
    return tmp_path / "runs"


def started(fault: str, **address: str) -> tuple[AppTest, Job]:
    """The page after the start of a puzzle with this mistake, and its job."""
    app = open_page(SCRIPT, **{PUZZLE: draw_puzzle(fault)}, **address)
    app.button(key="start_debug").click().run()
    assert not app.exception
    found = find_job(training_resources.live_runs(), app.query_params[JOB])
    assert found is not None
    return app, found


def said(app: AppTest) -> str:
    parts = (*app.info, *app.error, *app.warning, *app.success, *app.caption, *app.markdown, *app.text)
    return " ".join(part.value for part in parts).replace("\\", "")


def answer(app: AppTest, code: str) -> AppTest:
    app.radio[0].set_value(code).run()
    return app.button(key="debug_check").click().run()


@pytest.mark.parametrize("code", FAULTS)
def test_a_code_stands_for_each_mistake_and_does_not_say_which(code: str):
    puzzles = [draw_puzzle(code) for _ in range(30)]
    assert {puzzle_fault(puzzle).code for puzzle in puzzles} == {code}
    assert all(is_puzzle(puzzle) for puzzle in puzzles)
    assert len(set(puzzles)) > 25
    assert {puzzle_seed(puzzle) for puzzle in puzzles} <= {0, 1, 2}


def test_a_drawn_code_may_stand_for_any():
    assert {puzzle_fault(draw_puzzle()).code for _ in range(200)} == set(FAULTS)
    assert not any(is_puzzle(text) for text in ("", "abc", "abcde", "ABCD", "ab d", "abc\uff41"))


def test_a_healthy_and_a_broken_network_are_trained_that_differ_in_the_mistake_alone():
    _, found = started("sigmoid")
    request = found.request
    assert isinstance(request, TrainingRequest)
    healthy, broken = request.networks
    assert healthy.recipe == broken.recipe
    assert (healthy.variation, broken.variation) == ({}, {"fault": "sigmoid"})
    assert healthy.name.startswith("healthy-")
    assert broken.name.startswith("broken-")


def test_the_page_and_its_address_do_not_say_which_mistake_it_is():
    app, found = started("leak")
    assert set(app.query_params) == {PUZZLE, JOB}
    shown = said(app)
    assert str(FAULTS["leak"].explanation) not in shown
    assert not any(FAULTS["leak"].wrong in block.value for block in app.code)
    assert "leak" not in " ".join([*app.query_params[PUZZLE], found.id])


def test_a_wrong_answer_is_followed_by_its_signs_and_a_right_one_by_the_line_that_was_wrong():
    app, _ = started("order")
    answer(app, "rate")
    assert "Not this one." in said(app)
    assert "So far 1 try." in said(app)
    assert str(FAULTS["rate"].signs) in said(app)
    assert not app.success
    answer(app, "order")
    assert app.success[0].value == "Right, with 2 tries."
    assert [block.value for block in app.code][-2:] == [FAULTS["order"].wrong, FAULTS["order"].mended]
    assert app.button(key="debug_check").disabled


def test_the_answer_can_be_revealed():
    app, _ = started("padding")
    answer(app, "labels")
    app.button(key="debug_reveal").click().run()
    assert "It was: Padding is read as text. Tries before: 1." in said(app)
    assert FAULTS["padding"].mended in [block.value for block in app.code]


def test_the_end_shows_what_betrays_a_leak():
    app, found = started("leak")
    for run, test in enumerate((0.78, 0.93)):
        append(found.folder, {"kind": "steps", "run": run, "epoch": 4.0, "step": 100, "tokens": 60000, "loss": 0.2})
        checkpoint = {"epoch": 4.0, "step": 100, "train_loss": 0.2, "valid_loss": 0.5, "valid_accuracy": 0.8}
        append(found.folder, {"kind": "checkpoint", "run": run, **checkpoint})
        append(found.folder, {"kind": "test", "run": run, "accuracy": test, "reviews": 5556})
    write_outcome(found.folder, Outcome(State.DONE, None))
    training_resources.look_again()
    app.run()
    assert not app.exception
    table = app.table[0].value
    assert table["accuracy on test"].tolist() == ["78.0%", "93.0%"]
    assert table["accuracy on valid"].tolist() == ["80.0%", "80.0%"]
    assert table["tokens a step"].tolist() == ["600", "600"]


def test_the_report_of_copies_names_the_test_reviews():
    app, _ = started("leak")
    app.button(key="debug_copies").click().run(timeout=120)
    assert not app.exception
    healthy, broken = (block.value for block in app.text)
    assert "(100.0%) also stand in train" in broken
    assert "100.0%" not in healthy


@pytest.mark.parametrize("state", [State.FAILED, State.STOPPED])
def test_a_training_that_ended_early_says_so(state: State):
    app, found = started("rate")
    write_outcome(found.folder, Outcome(state, lazy("The job ended with an error.") if state == State.FAILED else None))
    training_resources.look_again()
    app.run()
    assert not app.exception
    expected = "The job ended with an error." if state == State.FAILED else "test was not read"
    assert expected in said(app)


def test_a_teacher_makes_a_link():
    app = open_page(SCRIPT)
    app.selectbox(key="debug_mistake").set_value("labels").run()
    app.button(key="debug_make_link").click().run()
    link = app.code[0].value
    assert puzzle_fault(link.removeprefix("/debug?puzzle=")).code == "labels"
    assert "labels" not in link
    assert not set(app.query_params) & {"debug_mistake", PUZZLE}


def test_where_training_is_off_nothing_can_be_started(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setenv("SENTIMENT_TRAINING", "off")
    app = open_page(SCRIPT)
    assert app.button(key="start_debug").disabled
    assert "Training is off" in said(app)


@pytest.mark.parametrize("address", [{JOB: "abcdefghij234567"}, {PUZZLE: "<b>"}])
def test_a_link_that_leads_nowhere_says_so_and_offers_a_start(address: dict[str, str]):
    app = open_page(SCRIPT, **address)
    assert not app.exception
    assert "There is no broken training" in said(app) or "This link has no puzzle" in said(app)
    assert app.button(key="start_debug")


def test_the_page_speaks_korean():
    with in_language("ko"):  # in which AppTest words the options
        app, _ = started("order", lang="ko")
        answer(app, "rate")
        answer(app, "order")
    assert not app.exception
    assert english_in(app) == []

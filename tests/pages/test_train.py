"""The Train page: its form, each state of a job, and who may do what. No process starts."""

from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from pages.shared import training_resources
from pages.shared.layout import plain
from sentiment_core.jobs.control import Control, Want, read_control
from sentiment_core.jobs.folders import Progress, write_progress
from sentiment_core.jobs.layout import PINNED
from sentiment_core.jobs.records import State
from tests.pages.opening import english_in, open_page
from tests.pages.train_page import SCRIPT, buttons, put, request_of, said, started

pytestmark = pytest.mark.usefixtures("training_root")
CONTROLS = ("job_pause", "job_step", "job_stop", "job_cancel")


@pytest.fixture
def stranger(training_root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """From now on every session is a visitor of a public server who may train."""
    monkeypatch.setattr("pages.shared.visitors.is_local", lambda handshake: False)
    monkeypatch.setenv("SENTIMENT_TRAINING", "on")


def test_the_usual_form_trains_a_plain_rnn_against_a_bilstm_on_the_same_batches():
    app, job = started()
    first, second = (network.recipe for network in request_of(app).networks)
    assert (first.network.cell, first.network.bidirectional) == ("rnn_relu", False)
    assert (second.network.cell, second.network.bidirectional) == ("lstm", True)
    assert (first.seed, first.batch_size, first.epochs) == (second.seed, second.batch_size, second.epochs)
    assert request_of(app).reading.source == "toy"
    assert len(request_of(app).pins) == 3
    assert job().state == State.WAITING
    assert dict(app.query_params) == {"job": job().id}, "the address is a link to the job"


def test_every_choice_is_in_the_address_and_the_link_reproduces_the_form():
    asked = {"b": "gru", "b_hidden_size": "20", "a_cell": "rnn_tanh", "a_bidirectional": "true", "a_dropout": "0.25"}
    asked |= {"epochs": "3", "a_pooling": "mean", "b_shuffle_labels": "true", "pin1": "a superb plot."}
    app = open_page(SCRIPT, **asked)
    assert dict(app.query_params) == asked
    app.button(key="start_training").click().run()
    first, second = (network.recipe for network in request_of(app).networks)
    assert (first.network.cell, first.network.bidirectional, first.network.dropout) == ("rnn_tanh", True, 0.25)
    assert (second.preset, second.network.hidden_size, second.shuffle_labels) == ("gru", 20, True)
    assert first.epochs == second.epochs == 3
    assert request_of(app).pins[0] == "a superb plot."
    put(app, State.STOPPED)
    app.run()
    app.button(key="job_again").click().run()
    assert dict(app.query_params) == asked, "to train again begins where the job began"


def test_another_preset_brings_its_own_settings_and_other_reviews_the_usual_ones():
    app = open_page(SCRIPT, a_hidden_size="99")
    app.selectbox(key="a").set_value("gru").run()
    assert app.number_input(key="a_hidden_size").value == 16
    assert dict(app.query_params) == {"a": "gru"}
    app.number_input(key="a_hidden_size").set_value(40).run()
    assert dict(app.query_params) == {"a": "gru", "a_hidden_size": "40"}
    app.selectbox(key="data").set_value("korean").run()
    assert app.number_input(key="a_hidden_size").value == 40, "what was chosen stays"
    assert app.number_input(key="b_hidden_size").value == 64, "what was not follows the reviews"
    assert "영화" in app.text_input(key="pin1").value


@pytest.mark.parametrize("value", ["", "x", "nan", "1e999", "-1", "0", "10000000000000000000000", "<b>", "1.5"])
def test_a_value_that_no_setting_can_have_is_dropped_from_the_address(value: str):
    app = open_page(SCRIPT, a_hidden_size=value, a_cell=value, epochs=value, data=value, b=value)
    assert not app.exception
    assert dict(app.query_params) == {}
    assert app.number_input(key="a_hidden_size").value == 32


def test_settings_that_do_not_go_together_are_told():
    app = open_page(SCRIPT, b_initialization="identity")
    assert not app.exception
    assert [error.value for error in app.error] == [
        plain("Only the cells rnn_relu and rnn_tanh can start from the identity.")
    ]
    assert "start_training" not in buttons(app)


def test_one_network_alone_and_empty_pins():
    app, _ = started(b="none", pin1=" ", pin2=" ", pin3=" ")
    assert len(request_of(app).networks) == 1
    assert request_of(app).pins == ()


def test_reviews_that_are_not_at_hand_cannot_be_trained_on(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr("pages.shared.training_data.places", lambda corpus, cache: [])
    app = open_page(SCRIPT, data="imdb")
    assert app.button(key="start_training").disabled
    assert "SENTIMENT_IMDB" in said(app)


def test_the_controls_of_a_job_do_what_they_say():
    app, job = started()
    assert set(CONTROLS) <= buttons(app)
    app.button(key="job_pause").click().run()
    assert job().state == State.PAUSED
    assert {"job_go_on", "job_step"} <= buttons(app)
    app.button(key="job_step").click().run()
    assert read_control(job().folder) == Control(Want.PAUSE, steps=1, serial=2, stepped=True)
    write_progress(job().folder, Progress(steps=1))
    training_resources.look_again()
    app.run()
    app.button(key="job_go_on").click().run()
    assert read_control(job().folder).want == Want.RUN
    app.button(key="job_stop").click().run()
    assert job().state == State.STOPPING
    assert all(app.button(key=key).disabled for key in ("job_pause", "job_step", "job_stop"))
    folder = job().folder
    app.button(key="job_cancel").click().run()
    assert read_control(folder).want == Want.CANCEL
    assert "job" not in app.query_params
    assert not app.exception


@pytest.mark.parametrize("state", [State.FAILED, State.DONE, State.STOPPED])
def test_one_that_has_ended_is_gone_once_it_is_deleted(state: State):
    app, job = started()
    folder = job().folder
    put(app, state)
    app.run()
    app.button(key="job_cancel").click().run()
    assert not app.exception
    assert not folder.exists()


@pytest.mark.parametrize("state", [State.FAILED, State.LOST, State.DONE, State.STOPPED])
@pytest.mark.parametrize("language", ["en", "ko"])
def test_each_state_is_shown_in_both_languages(state: State, language: str):
    app, job = started(lang=language)
    put(app, state)
    app.run()
    assert not app.exception
    assert {("job_again" if state.ended else "job_pause")} <= buttons(app)
    if state == State.FAILED:
        assert [plain(str(job().problem))] == [error.value for error in app.error] or language == "ko"
    if language == "ko":
        assert english_in(app) == []
    assert app.query_params["job"] == job().id


@pytest.mark.parametrize("job_id", ["aaaaaaaaaaaaaaaa", "../../etc/passwd", "<b>", "x" * 5000, " ", "AAAAAAAAAAAAAAAA"])
def test_an_unknown_or_deleted_job_says_so_and_leads_on(job_id: str):
    app = open_page(SCRIPT, job=job_id)
    assert not app.exception
    assert next(info.value for info in app.info).startswith("There is no job")
    app.button(key="train_anew").click().run()
    assert "job" not in app.query_params
    assert "start_training" in buttons(app)


def test_a_visitor_of_a_public_server_may_look_and_not_train(monkeypatch: pytest.MonkeyPatch):
    _app, job = started()
    monkeypatch.setattr("pages.shared.visitors.is_local", lambda handshake: False)
    seen = open_page(SCRIPT, job=job().id)
    assert not buttons(seen) & set(CONTROLS)
    assert "You are watching" in said(seen)
    form = open_page(SCRIPT)
    assert form.button(key="start_training").disabled
    assert "SENTIMENT_TRAINING" in said(form)
    assert "My jobs" not in {part.value for part in form.header}


@pytest.mark.usefixtures("stranger")
def test_a_stranger_with_the_link_looks_at_a_job_and_cannot_control_it():
    app, job = started()
    assert set(CONTROLS) <= buttons(app), "its visitor can"
    seen = open_page(SCRIPT, job=job().id)
    assert not buttons(seen) & {*CONTROLS, "job_go_on", "job_again"}
    assert [part.value for part in open_page(SCRIPT).header if "jobs" in part.value] == []
    assert "My jobs" in {part.value for part in app_without_job(app).header}


def app_without_job(app: AppTest) -> AppTest:
    del app.query_params["job"]
    return app.run()


@pytest.mark.usefixtures("stranger")
@pytest.mark.parametrize("key", ["job_pause", "job_stop", "job_cancel"])
def test_a_button_that_a_stranger_forges_is_refused(key: str, monkeypatch: pytest.MonkeyPatch):
    """The rights are checked where the job is controlled, not only where the buttons are shown."""
    app, job = started()
    monkeypatch.setattr("pages.shared.training_resources.visitor", lambda: training_resources.Visitor("0" * 32, False))
    app.button(key=key).click().run()
    assert read_control(job().folder) == Control()
    assert any(error.value.startswith("Only who started this job") for error in app.error)


@pytest.mark.usefixtures("stranger")
def test_only_a_local_visitor_pins(monkeypatch: pytest.MonkeyPatch):
    app, job = started()
    put(app, State.DONE)
    app.run()
    assert not app.toggle
    monkeypatch.setattr("pages.shared.visitors.is_local", lambda handshake: True)
    app.run()
    app.toggle(key=f"pin {job().id}").set_value(True).run()
    assert (job().folder / PINNED).exists()
    app.toggle(key=f"pin {job().id}").set_value(False).run()
    assert not (job().folder / PINNED).exists()


@pytest.mark.usefixtures("stranger")
def test_a_visitor_with_too_many_jobs_is_told(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setenv("SENTIMENT_JOBS_PER_VISITOR", "1")
    app, _ = started()
    app_without_job(app)
    app.button(key="start_training").click().run()
    assert not app.exception
    assert any("of yours" in error.value for error in app.error)
    assert "job" not in app.query_params


def test_what_the_owner_set_wrongly_is_told(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setenv("SENTIMENT_JOB_MINUTES", "soon")
    app = open_page(SCRIPT)
    assert not app.exception
    assert any("SENTIMENT" in error.value for error in app.error)


def test_jobs_before_a_new_one_and_their_time_are_told(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setenv("SENTIMENT_JOBS_AT_ONCE", "1")
    assert "It starts at once" in said(open_page(SCRIPT))
    app, job = started()
    write_progress(job().folder, Progress(left=180.0))
    training_resources.look_again()
    assert "Jobs before it: 1" in said(app_without_job(app))
    assert "3 minutes" in said(app)

"""The Train page as a lesson, and with jobs of the Debug lab. No process starts."""

import pytest

from sentiment_core.experiments.faults import draw_puzzle
from sentiment_core.experiments.lessons import LESSONS
from sentiment_core.jobs.records import State
from tests.pages.opening import open_page, page_links
from tests.pages.train_page import SCRIPT, buttons, put, request_of, said, started

pytestmark = pytest.mark.usefixtures("training_root")


@pytest.mark.parametrize("code", LESSONS)
def test_a_lesson_fixes_all_but_what_it_leaves_free(code: str):
    lesson = LESSONS[code]
    app = open_page(SCRIPT, lesson=code)
    assert not app.exception
    offered = {widget.key for widget in (*app.selectbox, *app.number_input)}
    assert offered == {f"{code}_{freedom.setting}" for freedom in lesson.freedoms}
    app.button(key="start_training").click().run()
    request = request_of(app)
    assert tuple(network.recipe for network in request.networks) == lesson.recipes
    assert (request.lesson, request.pins, request.reading.source) == (code, lesson.pins, lesson.source)
    assert str(lesson.steps[0].do) in said(app), "its text stands beside the running job too"


def test_a_free_setting_of_a_lesson_is_in_the_address_and_a_fixed_one_is_not_read():
    app, _ = started(lesson="rate", rate_learning_rate="0.02", rate_hidden_size="8", a_hidden_size="8")
    first, second = (network.recipe for network in request_of(app).networks)
    assert (first.learning_rate, second.learning_rate) == (0.002, 0.02)
    assert first.network == second.network == LESSONS["rate"].recipes[0].network
    assert started(lesson="rate", rate_learning_rate="0.5")[1]().state == State.WAITING


def test_to_train_a_lesson_again_begins_with_what_was_changed_of_it():
    asked = {"lesson": "rate", "rate_learning_rate": "0.02", "rate_seed": "3"}
    app, _ = started(**asked)
    put(app, State.DONE)
    app.run()
    app.button(key="job_again").click().run()
    assert dict(app.query_params) == asked
    app.button(key="start_training").click().run()
    put(app, State.DONE)
    app.run()
    app.button(key="job_another").click().run()
    app.query_params["lesson"] = "rate"
    app.run()
    assert dict(app.query_params) == {"lesson": "rate"}, "what a lesson was changed to is forgotten with it"


def test_the_sentence_and_the_explanation_are_about_what_is_shown():
    form = said(open_page(SCRIPT))
    assert "Choose reviews" in form
    lesson = said(open_page(SCRIPT, lesson="learns"))
    app, _ = started(lesson="learns")
    for shown in (lesson, said(app)):
        assert "Choose reviews" not in shown
        assert "the thin line is train" in shown


def test_a_job_of_the_debug_lab_is_called_so_and_leads_back_to_it():
    app = open_page("pages/learn/debug.py", puzzle=draw_puzzle("order"))
    app.button(key="start_debug").click().run()
    job_id = app.query_params["job"]
    seen = open_page(SCRIPT, job=job_id)
    assert "Debug lab" in [part.value for part in seen.header]
    assert f"debug?job={job_id}" in page_links(seen)
    put(seen, State.DONE)
    seen.run()
    assert "job_again" not in buttons(seen), "the form cannot ask for a mistake"
    listed = open_page(SCRIPT)
    assert f"debug?job={job_id}" in page_links(listed)
    assert not listed.exception

"""The Train page in process, as its tests open it and put its jobs into states."""

from collections.abc import Callable

from streamlit.testing.v1 import AppTest

from pages.shared import training_resources
from sentiment_core.jobs.folders import Outcome, write_outcome
from sentiment_core.jobs.layout import TURN
from sentiment_core.jobs.queue import find_job
from sentiment_core.jobs.records import Job, State
from sentiment_core.jobs.requests import TrainingRequest
from sentiment_core.messages import lazy
from tests.pages.opening import open_page

SCRIPT = "pages/learn/train.py"


def started(**address: object) -> tuple[AppTest, Callable[[], Job]]:
    """The page after Start, and the job as its folder now shows it."""
    app = open_page(SCRIPT, **address)
    app.button(key="start_training").click().run()
    assert not app.exception
    return app, lambda: job_of(app)


def job_of(app: AppTest) -> Job:
    found = find_job(training_resources.live_runs(), app.query_params["job"])
    assert found is not None
    return found


def request_of(app: AppTest) -> TrainingRequest:
    request = job_of(app).request
    assert isinstance(request, TrainingRequest)
    return request


def put(app: AppTest, state: State) -> None:
    """Put the job of a page into a state, as supervisor and worker would."""
    folder = job_of(app).folder
    if state.ended:
        write_outcome(folder, Outcome(state, lazy("The job ended with an error.") if state == State.FAILED else None))
    elif state == State.LOST:
        (folder / TURN).touch()
    training_resources.look_again()


def buttons(app: AppTest) -> set[str]:
    return {button.key for button in app.button if button.key}


def said(app: AppTest) -> str:
    parts = (*app.info, *app.error, *app.warning, *app.caption, *app.markdown)
    return " ".join(part.value for part in parts).replace("\\", "")

"""Runs as jobs leave them below the folder of live runs, for the tests of pages."""

import json
import shutil
import time
from pathlib import Path

from streamlit.testing.v1 import AppTest

from pages.shared.visitors import Handshake, visitor_of
from sentiment_core.jobs.folders import Outcome, write_outcome, write_request
from sentiment_core.jobs.layout import new_id, training_folder
from sentiment_core.jobs.records import State
from sentiment_core.jobs.requests import Network, TrainingRequest
from sentiment_core.model.config import Recipe
from sentiment_core.text.corpus import load_corpus
from sentiment_core.text.reviews import Reading
from tests.pages.opening import APP

SECRET = "a" * 32  # of the browser that AppTest stands for
MINE = visitor_of(Handshake(), SECRET).id
SOMEBODY = visitor_of(Handshake(), "b" * 32).id


def add_trained(root: Path, corpus: Path, name: str, visitor: str = MINE, at: float = 0.0, **recipe: object) -> Path:
    """Put a copy of the corpus's run `tiny` where a job of this visitor leaves it. Returns the folder of the job.

    at: when it was queued, in seconds since 1970. recipe: settings to change.
    """
    place = root / "trained" / load_corpus(corpus).fingerprint
    if not place.exists():
        shutil.copytree(corpus, place, ignore=shutil.ignore_patterns("tiny"))
    shutil.copytree(corpus / "tiny", place / name)
    path = place / name / "recipe.json"
    about = json.loads(path.read_text(encoding="utf-8"))
    path.write_text(json.dumps(about | {"recipe": about["recipe"] | recipe}), encoding="utf-8")
    job = training_folder(root, new_id())
    job.mkdir(parents=True)
    network = Network(name, Recipe("tiny").change(**recipe))
    write_request(job, TrainingRequest((network,), Reading("toy"), str(place), visitor=visitor), 1, at or time.time())
    write_outcome(job, Outcome(State.DONE))  # one that waits would be started
    return job


def opened(script: str, **address: object) -> AppTest:
    """Open the page of `script` in the browser of the visitor MINE, with these parameters in its address."""
    app = AppTest.from_file(APP, default_timeout=60)
    app.session_state["visitor_of_session"] = SECRET
    app.run()
    app.switch_page(script)
    for name, value in address.items():
        app.query_params[name] = value
    return app.run()


def sent(app: AppTest) -> str:
    """Everything that the page sends to the browser, with links and figures, and its address."""
    return "\n".join([str(getattr(element, "proto", "")) for element in app.main] + [str(dict(app.query_params))])

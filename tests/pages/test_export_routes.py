"""The route that gives a run as a zip, and to whom."""

import io
import zipfile
from pathlib import Path

import pytest
from starlette.applications import Starlette
from starlette.testclient import TestClient

from pages.shared.export_routes import export_address, export_routes
from sentiment_core.jobs import layout
from sentiment_core.jobs.folders import Outcome, write_outcome, write_request
from sentiment_core.jobs.records import State
from sentiment_core.jobs.requests import Network, TrainingRequest
from sentiment_core.model.config import Recipe
from sentiment_core.text.reviews import Reading

ID = "abcdefgh234567ab"


@pytest.fixture
def client(toy_corpus: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> TestClient:
    """A server with one job, whose first run is there and whose second is not."""
    monkeypatch.setenv("SENTIMENT_RUNS", str(tmp_path))
    folder = layout.training_folder(tmp_path, ID)
    folder.mkdir(parents=True)
    networks = Network("tiny", Recipe("tiny")), Network("gone", Recipe("tiny"))
    write_request(folder, TrainingRequest(networks, Reading("toy"), str(toy_corpus)), 1, 0.0)
    write_outcome(folder, Outcome(State.DONE))  # one that waits would be started
    return TestClient(Starlette(routes=export_routes()))


def test_who_knows_the_job_takes_its_run(client: TestClient):
    answer = client.get(export_address(ID, "tiny"))
    assert answer.status_code == 200
    assert answer.headers["Content-Disposition"] == 'attachment; filename="tiny.zip"'
    assert "tiny/model.safetensors" in zipfile.ZipFile(io.BytesIO(answer.content)).namelist()


@pytest.mark.parametrize(
    ("job", "run"),
    [
        (ID, "gone"),
        (ID, "other"),
        (ID, ".."),
        (ID, "%2e%2e"),
        (ID, "..%2ftoy"),
        ("abcdefgh234567aa", "tiny"),
        ("..", "x"),
    ],
)
def test_no_other_folder_is_given(client: TestClient, job: str, run: str):
    assert client.get(f"/export/{job}/{run}.zip").status_code == 404

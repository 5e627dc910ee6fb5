"""healthz and metrics: what they say, to whom, and that nobody guesses the token."""

import asyncio
import json
import re
import urllib.error
import urllib.request
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from prometheus_client.parser import text_string_to_metric_families
from starlette.applications import Starlette
from starlette.middleware import Middleware
from starlette.responses import PlainTextResponse
from starlette.testclient import TestClient

from benchmarks.browser import Server
from benchmarks.sessions import Session
from pages.shared import health_routes, metrics
from pages.shared.health_routes import Health, MetricsGuard, WrongTokens, disk_state
from pages.shared.measures import Measured
from pages.shared.metrics import Sessions
from sentiment_core.jobs.uploads import add_upload
from tests.loops import run_in_loop

TOKEN = "0123456789-abcdef"
PROXIED = {"X-Forwarded-For": "203.0.113.5"}
Ask = Callable[..., int]


@pytest.fixture
def client(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[TestClient]:
    """A browser on this machine before a server with the two routes and a file of a visitor, without a token."""
    monkeypatch.setenv("SENTIMENT_RUNS", str(tmp_path))
    monkeypatch.delenv("SENTIMENT_ADMIN_TOKEN", raising=False)
    monkeypatch.setattr(health_routes, "_wrong", WrongTokens())
    monkeypatch.setattr(metrics, "sessions", lambda: Sessions(3, 1, 5, 40))
    monkeypatch.setattr(health_routes, "_health", Health())
    monkeypatch.setattr(health_routes, "is_ready", lambda: True)
    add_upload(tmp_path, "v" * 32, "secret name.csv", b"text,label\nprivate words,1\n", 10_000, 1.0)
    app = Starlette(routes=health_routes.health_routes(), middleware=[Middleware(Measured), Middleware(MetricsGuard)])
    app.add_route("/_stcore/metrics", lambda request: PlainTextResponse("Streamlit's"))
    with TestClient(app, base_url="http://localhost:8501", client=("127.0.0.1", 5000)) as opened:
        yield opened


def samples(text: str) -> dict[str, float]:
    """Each sample of the metrics by its name and labels. Raises ValueError for what is not Prometheus's format."""
    found = [sample for family in text_string_to_metric_families(text) for sample in family.samples]
    return {" ".join([sample.name, *sample.labels.values()]): sample.value for sample in found}


def status(client: TestClient, path: str = "/metrics", token: str | None = None, **headers: str) -> int:
    sent = {name.replace("_", "-"): value for name, value in headers.items()}
    return client.get(path, headers=sent | ({"Authorization": f"Bearer {token}"} if token else {})).status_code


def test_the_metrics_are_numbers_without_names_texts_and_secrets(client: TestClient, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setenv("SENTIMENT_ADMIN_TOKEN", TOKEN)
    assert client.get("/nowhere?text=private").status_code == 404
    answer = client.get("/metrics")
    assert answer.headers["Content-Type"].startswith("text/plain; version=")
    found = samples(answer.text)
    assert found["sentiment_sessions connected"] == 3
    assert found["sentiment_sessions disconnected"] == 1
    assert found["sentiment_sessions_most"] == 40
    assert found["sentiment_waiting"] == 5
    assert found["sentiment_jobs running"] == 0
    assert found["sentiment_uploads"] == 1
    assert found["sentiment_upload_bytes"] == 27
    assert found["sentiment_classes"] == 0
    assert found["sentiment_memory_bytes server"] > 10**7
    assert found["sentiment_answers_total other 404"] >= 1
    assert not re.search("secret|private|v{32}", answer.text)
    assert TOKEN not in answer.text


@pytest.mark.parametrize("path", ["/metrics", "/_stcore/metrics"])
def test_only_this_machine_reads_them_without_a_token(client: TestClient, path: str):
    assert status(client, path) == 200
    assert status(client, path, X_Forwarded_For="127.0.0.1") == 404
    assert status(client, path, Host="lab.example.org") == 404
    assert status(client, path, TOKEN, X_Forwarded_For="203.0.113.5") == 404, "no token is set"
    assert status(client, path, "x", X_Real_IP="") == 404


@pytest.mark.parametrize("path", ["/metrics", "/_stcore/metrics"])
def test_with_the_token_another_machine_reads_them(client: TestClient, path: str, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setenv("SENTIMENT_ADMIN_TOKEN", TOKEN)
    assert status(client, path, TOKEN, X_Forwarded_For="203.0.113.5") == 200
    assert client.get(path, headers=PROXIED | {"Authorization": f"bearer  {TOKEN} "}).status_code == 200
    for wrong in (TOKEN[:-1], f"{TOKEN}x", TOKEN.upper(), "é" * 17, "None"):
        sent = PROXIED | {"Authorization": f"Bearer {wrong}".encode()}
        assert client.get(path, headers=sent).status_code == 404, wrong
    for header in ("", TOKEN, f"Basic {TOKEN}"):
        assert client.get(path, headers=PROXIED | {"Authorization": header}).status_code == 404, header
    assert client.get(f"{path}?token={TOKEN}", headers=PROXIED).status_code == 404


def test_who_tries_many_tokens_is_not_compared_any_more(client: TestClient, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setenv("SENTIMENT_ADMIN_TOKEN", TOKEN)
    now = [1000.0]
    monkeypatch.setattr(health_routes.time, "monotonic", lambda: now[0])
    for number in range(20):
        assert status(client, token=f"guess-{number:012}", X_Forwarded_For="x") == 404
    assert status(client, token=TOKEN, X_Forwarded_For="x") == 404
    assert status(client) == 200, "this machine needs no token"
    now[0] += 61
    assert status(client, token=TOKEN, X_Forwarded_For="x") == 200


def test_only_so_many_addresses_are_remembered(monkeypatch: pytest.MonkeyPatch):
    seen = WrongTokens()
    for number in range(5000):
        seen.add(str(number))
    assert len(seen._seen) == 1000


def test_healthz_is_for_everybody_and_says_words_only(client: TestClient):
    answer = client.get("/healthz", headers=PROXIED)
    assert (answer.status_code, answer.headers["Cache-Control"]) == (200, "no-store")
    assert answer.json() == {"status": "ok", "pages": "opened", "disk": "writable", "jobs": "idle", "places": "free"}


def test_a_server_whose_pages_are_not_open_yet_is_not_ready(client: TestClient, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(health_routes, "is_ready", lambda: False)
    answer = client.get("/healthz")
    assert (answer.status_code, answer.json()["status"], answer.json()["pages"]) == (503, "starting", "opening")


@pytest.mark.parametrize("state", ["full", "read-only"])
def test_a_server_that_cannot_keep_jobs_fails_only_if_it_was_told_where(client: TestClient, state, monkeypatch):
    monkeypatch.setattr(health_routes, "disk_state", lambda folder: state)
    assert client.get("/healthz").status_code == 503
    monkeypatch.setattr(health_routes, "_health", Health())
    monkeypatch.delenv("SENTIMENT_RUNS")
    answer = client.get("/healthz")
    assert (answer.status_code, answer.json()["disk"]) == (200, state)


def test_jobs_without_a_supervisor_are_a_failure_after_a_minute(client: TestClient, monkeypatch: pytest.MonkeyPatch):
    now = [1000.0]
    monkeypatch.setattr(health_routes.time, "monotonic", lambda: now[0])
    monkeypatch.setattr(health_routes, "living_jobs", lambda root: ["a job"])
    assert client.get("/healthz").json()["jobs"] == "supervised", "it may be starting"
    now[0] += 61
    assert client.get("/healthz").json() == {
        **{"status": "failing", "pages": "opened", "disk": "writable"},
        **{"jobs": "unsupervised", "places": "free"},
    }
    monkeypatch.setattr(health_routes, "living_writer", lambda stem: "a process")
    now[0] += 3
    assert client.get("/healthz").status_code == 200


def test_a_disk_is_looked_at_where_the_folder_will_be(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    assert disk_state(tmp_path / "to be" / "made") == "writable"
    assert list(tmp_path.iterdir()) == []
    monkeypatch.setattr(health_routes, "_SPARE", 10**18)
    assert disk_state(tmp_path) == "full"


@pytest.mark.server
def test_the_real_server_counts_its_own_work(server: Server):
    def asked(path: str, headers: dict[str, str] | None = None) -> str:
        with urllib.request.urlopen(urllib.request.Request(f"{server.address}/{path}", headers=headers or {})) as got:
            return got.read().decode()

    async def read() -> dict[str, float]:
        session = await Session.start(server.address)
        await session.open("lengths")
        found = samples(await asyncio.to_thread(asked, "metrics"))
        await session.close()
        return found

    before = samples(asked("metrics"))
    asked("drift")
    found = run_in_loop(read())
    first = "sentiment_script_seconds_count first"
    assert found[first] >= before[first] + 1
    median, slowest = (found[f"sentiment_script_seconds {share} first"] for share in (0.5, 0.99))
    assert 0 < median <= slowest < 60
    assert found["sentiment_answers_total page 200"] >= before.get("sentiment_answers_total page 200", 0) + 1
    assert found["sentiment_sessions connected"] >= 1
    assert found["sentiment_loop_lag_seconds_count"] >= 1
    assert json.loads(asked("healthz"))["status"] == "ok"
    for path in ("metrics", "_stcore/metrics"):
        with pytest.raises(urllib.error.HTTPError, match="404"):
            asked(path, PROXIED)

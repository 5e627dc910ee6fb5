"""Attacks by name: forged requests, pickles, and ids of Hub models that are none."""

import pickle
import re
import shutil
import socket
from contextlib import suppress
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq
import pytest
import requests

from pages.shared import hub_models, own_data
from pages.shared.visitors import Visitor
from sentiment_core.classifiers.loading import load_classifier
from sentiment_core.errors import DataError, ModelError, SentimentError
from sentiment_core.text.reviews import load_reviews
from tests.security.hostile.names import routes


class Evil:
    """Unpickled, it writes a file."""

    def __init__(self, marker: Path) -> None:
        self.marker = marker

    def __reduce__(self) -> tuple[Any, ...]:
        return open, (str(self.marker), "w")


@pytest.fixture
def marker(tmp_path: Path) -> Path:
    """The file that tells that something was unpickled."""
    found = tmp_path / "unpickled"
    pickle.loads(pickle.dumps(Evil(found))).close()
    assert found.exists(), "the attack works where something is unpickled"
    found.unlink()
    return found


@pytest.mark.parametrize(
    "name", ["model.bin", "pytorch_model.bin", "model.pt", "model.pkl", "model.joblib", "model.npz"]
)
def test_weights_that_are_a_pickle_are_not_read(name: str, marker: Path, toy_copy: Path):
    (toy_copy / name).write_bytes(pickle.dumps(Evil(marker)))
    (toy_copy / "model.safetensors").unlink()
    with pytest.raises(SentimentError):
        load_classifier(toy_copy).predict(["a fine film"])
    (toy_copy / "model.safetensors").write_bytes(pickle.dumps(Evil(marker)))
    with pytest.raises(SentimentError):
        load_classifier(toy_copy).predict(["a fine film"])
    assert not marker.exists()


def test_a_column_of_a_type_that_is_a_pickle_is_not_read(marker: Path, tmp_path: Path):
    name = b"arrow.py_extension_type"
    evil = {b"ARROW:extension:name": name, b"ARROW:extension:metadata": pickle.dumps(Evil(marker))}
    schema = pa.schema([pa.field("text", pa.string(), metadata=evil), pa.field("label", pa.int64())])
    rows = {"text": [f"a fine film {row}" for row in range(40)], "label": [row % 2 for row in range(40)]}
    pq.write_table(pa.table(rows, schema=schema), tmp_path / "train.parquet")
    with suppress(SentimentError):
        load_reviews(str(tmp_path / "train.parquet"))
    assert not marker.exists()


ODD_IDS = [
    "http://169.254.169.254/latest/meta-data/",
    "https://attacker.example/owner/name",
    "//attacker.example/name",
    "owner/name@attacker.example",
    "owner/../../etc",
    "../owner/name",
    "owner/name/more",
    "owner/name?x=1",
    "owner/name#x",
    "file:///etc/passwd",
    "127.0.0.1:22",
    "owner/na me",
    "owner/name\n",
    "\\\\attacker\\share",
    "/etc/passwd",
    "a" * 300,
]


@pytest.fixture
def no_network(monkeypatch: pytest.MonkeyPatch) -> None:
    """Nothing may look up a host or connect."""

    def refuse(*given: object, **more: object) -> None:
        raise AssertionError(f"it asks the network for {given}")

    monkeypatch.setattr(socket, "getaddrinfo", refuse)
    monkeypatch.setattr(socket.socket, "connect", refuse)


@pytest.mark.usefixtures("no_network")
@pytest.mark.parametrize("name", ODD_IDS)
def test_what_is_no_id_of_the_hub_is_refused_before_the_network(name: str, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setenv("SENTIMENT_HUB", "on")
    with pytest.raises(ModelError):
        hub_models.check_model(name)
    monkeypatch.setattr(own_data, "visitor", lambda: Visitor("a" * 32, local=True))
    with pytest.raises(DataError):
        own_data.hub_reading(name, "", "", "")


@pytest.mark.usefixtures("no_network")
@pytest.mark.parametrize("setting", ["auto", "off"])
def test_a_visitor_lets_the_server_ask_the_hub_for_nothing(setting: str, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setenv("SENTIMENT_HUB", setting)
    monkeypatch.delenv("SENTIMENT_MODELS", raising=False)
    visitor = Visitor("a" * 32, local=False)
    for module in (hub_models, own_data):
        monkeypatch.setattr(module, "visitor", lambda: visitor)
    with pytest.raises(ModelError, match="SENTIMENT_HUB"):
        hub_models.check_model("owner/name")
    with pytest.raises(DataError, match="Only who sits at the machine"):
        own_data.hub_reading("owner/name", "", "", "")


@pytest.mark.server
def test_no_route_takes_what_a_page_of_another_site_sends(server):
    """XSRF: each route with each method that changes something, with and without cookies."""
    for pattern in routes():
        path = re.sub(r"\{\w+\}", "K7M2QX", pattern)
        for method in ("POST", "PUT", "DELETE", "PATCH"):
            answer = requests.request(
                method,
                f"{server.address}/{path}",
                headers={"Origin": "https://attacker.example"},
                cookies={"sentiment_visitor": "a" * 32},
                json={},
                timeout=20,
            )
            assert answer.status_code == 403, f"{method} {path}: {answer.status_code}"


@pytest.mark.server
@pytest.mark.parametrize("up", ["../", "..%2f", "%2e%2e/", "..\\", "%2e%2e%5c", "....//", "/", "%00/"])
def test_no_path_leads_out_of_the_folders_that_are_served(server, up: str):
    for place in ("static/", "app/static/", "media/", "component/x/", "_stcore/bidi-components/x/", "join/assets/", ""):
        for target in ("etc/passwd", "streamlit_app.py", "pyproject.toml"):
            sent = requests.Request("GET", server.address).prepare()
            sent.url = f"{server.address}/{place}{up * 8}{target}"
            with requests.Session() as session:
                answer = session.send(sent, timeout=20, allow_redirects=False)
            assert answer.status_code < 500
            assert not re.search(r"root:x:0|set_page_config|\[tool\.", answer.text), sent.url


def test_the_copy_of_a_run_is_as_good_as_the_run(toy_run: Path, tmp_path: Path):
    """Without the attack the same folder is read, so the tests above refuse the attack and not the folder."""
    assert load_classifier(shutil.copytree(toy_run, tmp_path / "copy")).predict(["a fine film"])

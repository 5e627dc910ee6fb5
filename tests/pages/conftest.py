"""Fixtures of the tests of pages."""

import shutil
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest
from streamlit.components.v2 import manifest_scanner

from pages.shared import training_resources
from pages.shared.player import Selection
from sentiment_core.jobs import control, queue


@pytest.fixture(scope="session", autouse=True)
def packages_read_once() -> Iterator[None]:
    """Cache the list of installed packages: Streamlit reads it for each session, which takes a second."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(manifest_scanner, "scan_component_manifests", cache(manifest_scanner.scan_component_manifests))
        yield


@pytest.fixture
def chosen(monkeypatch: pytest.MonkeyPatch):
    """Replace the browser: the selection that the player sends to the page."""

    def choose(**selection: object) -> None:
        made = {"pins": None, "lasso": [], "encircled": 0, "canvas": True} | selection
        monkeypatch.setattr(
            "pages.shared.player.read_selection",
            lambda sent, before, checkpoints, former: Selection(**{"checkpoint": checkpoints[-1]} | made),
        )

    return choose


@pytest.fixture
def toy_checkpoints(toy_corpus, tmp_path, monkeypatch):
    """A checkpoints folder with one corpus of the runs `tiny`, `other` and `torn`; the last has half its weights."""
    corpus = shutil.copytree(toy_corpus, tmp_path / "toy")
    for name in ("other", "torn"):
        shutil.copytree(corpus / "tiny", corpus / name)
    weights = corpus / "torn" / "model.safetensors"
    weights.write_bytes(weights.read_bytes()[: weights.stat().st_size // 2])
    monkeypatch.setenv("SENTIMENT_CHECKPOINTS", str(tmp_path))
    return corpus


@pytest.fixture(autouse=True)
def every_visitor_names_hub_models(monkeypatch: pytest.MonkeyPatch) -> None:
    """The visitors of these tests do not sit at the machine, for which `test_settings.py` has the rules."""
    monkeypatch.setenv("SENTIMENT_HUB", "on")


@pytest.fixture
def training_root(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The folder of live runs, empty. The visitor sits at this machine."""
    for module in (queue, control):
        monkeypatch.setattr(module, "ensure_supervisor", lambda root: None)
    monkeypatch.setattr("pages.shared.visitors.is_local", lambda handshake: True)
    monkeypatch.setenv("SENTIMENT_RUNS", str(tmp_path / "runs"))
    monkeypatch.delenv("SENTIMENT_TRAINING", raising=False)
    monkeypatch.setenv("SENTIMENT_CACHE", str(tmp_path / "cache"))
    monkeypatch.setattr("sentiment_core.jobs.estimate.start_detached", lambda *given: (0, 0.0))
    monkeypatch.setattr("pages.learn.train_parts.starting.keep_making_ready", lambda: None)
    training_resources.look_again()
    return tmp_path / "runs"


@pytest.fixture
def own_data_runs(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An empty folder of live runs, on a server where every visitor may train."""
    monkeypatch.setenv("SENTIMENT_RUNS", str(tmp_path))
    monkeypatch.setenv("SENTIMENT_TRAINING", "on")
    return tmp_path

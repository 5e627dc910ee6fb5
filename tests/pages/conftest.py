"""Fixtures of the tests of pages."""

import shutil
from collections.abc import Iterator
from functools import cache

import pytest
from streamlit.components.v2 import manifest_scanner

from pages.shared.player import Selection


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

"""What the tests of pages share."""

from collections.abc import Iterator
from functools import cache

import pytest
from streamlit.components.v2 import manifest_scanner

from pages.shared.player import Selection


@pytest.fixture(scope="session", autouse=True)
def packages_read_once() -> Iterator[None]:
    """For each session that a test opens, Streamlit reads about every installed package, which takes a second."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(manifest_scanner, "scan_component_manifests", cache(manifest_scanner.scan_component_manifests))
        yield


@pytest.fixture
def chosen(monkeypatch: pytest.MonkeyPatch):
    """Stands in for the browser: what was chosen in the player when the page asks."""

    def choose(**selection: object) -> None:
        made = {"pins": None, "lasso": [], "encircled": 0, "canvas": True} | selection
        monkeypatch.setattr(
            "pages.shared.player.read_selection",
            lambda sent, before, checkpoints, former: Selection(**{"checkpoint": checkpoints[-1]} | made),
        )

    return choose

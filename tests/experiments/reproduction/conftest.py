"""Systems small enough to train in a second, which replace the real ones."""

import csv
from pathlib import Path

import datasets
import pytest

from sentiment_core.experiments.reproduction import systems
from sentiment_core.experiments.reproduction.runs import reproduce
from sentiment_core.experiments.reproduction.systems import System, choose, emoticons_last
from sentiment_core.model.config import Recipe
from sentiment_core.text.toy import toy_reviews

TINY = Recipe("tiny").change(
    tokenizer="words", cell="gru", embedding_size=4, hidden_size=4, max_length=20, epochs=2, batch_size=20
)


@pytest.fixture
def data(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> str:
    """A file of 150 toy reviews; a fifth becomes the test split."""
    return _write_small(tmp_path, monkeypatch)


def _write_small(folder: Path, monkeypatch: pytest.MonkeyPatch) -> str:
    monkeypatch.setattr(datasets.config, "HF_DATASETS_CACHE", folder / "datasets")
    path = folder / "small.csv"
    with path.open("w", newline="", encoding="utf-8") as file:
        csv.writer(file).writerows([("text", "label"), *zip(*toy_reviews(150), strict=True)])
    return str(path)


@pytest.fixture
def tiny(monkeypatch: pytest.MonkeyPatch) -> dict[str, System]:
    """One faithful system, the majority baseline, two presets and one ablation, by name."""
    return _put_tiny(monkeypatch)


@pytest.fixture(scope="session")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The results of two seeds of every tiny system. Read only: change a copy."""
    folder = tmp_path_factory.mktemp("made")
    with pytest.MonkeyPatch.context() as monkeypatch:
        systems_made = _put_tiny(monkeypatch).values()
        for _ in reproduce(systems_made, _write_small(folder, monkeypatch), folder / "out", 2):
            pass
    return folder / "out"


def _put_tiny(monkeypatch: pytest.MonkeyPatch) -> dict[str, System]:
    faithful = System(
        *("faithful-tiny", "faithful", TINY.change(preset="faithful-tiny", epochs=1)),
        **{"valid_fraction": 0.2, "split_seed": 1, "prepare": emoticons_last, "recorded": 0.5, "remark": "Told."},
    )
    presets = {"tiny": TINY, systems.ABLATED: TINY.change(preset=systems.ABLATED, pooling="max")}
    monkeypatch.setattr(systems, "PRESETS", {name: lambda recipe=recipe: recipe for name, recipe in presets.items()})
    monkeypatch.setattr(systems, "ABLATION", {"base": {}, "last": {"pooling": "last"}})
    monkeypatch.setattr(systems, "BASELINES", {"majority": systems.BASELINES["majority"]})
    monkeypatch.setattr(systems, "_faithful", lambda: [faithful])
    return {system.name: system for system in choose([])}

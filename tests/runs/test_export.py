"""A run as a zip: it loads again elsewhere with the same numbers, and nothing else is in it."""

import io
import zipfile
from pathlib import Path

import numpy as np
import pytest

import sentiment_core
from sentiment_core.errors import RunError
from sentiment_core.runs.export import export_run

TEXT = "the plot was superb."


def test_an_exported_run_loads_again_and_judges_as_before(toy_run: Path, tmp_path: Path):
    content = b"".join(export_run(toy_run))
    with zipfile.ZipFile(io.BytesIO(content)) as packed:
        assert packed.testzip() is None
        packed.extractall(tmp_path)
    taken = sentiment_core.load(tmp_path / toy_run.name).predict([TEXT])[0]
    assert np.float32(taken.logit) == np.float32(sentiment_core.load(toy_run).predict([TEXT])[0].logit)
    card = (tmp_path / toy_run.name / "README.md").read_text(encoding="utf-8")
    assert f"# {toy_run.name}" in card


def test_only_the_files_of_a_run_are_in_it(toy_copy: Path):
    """Not what lies beside them, and not the state of an unfinished training."""
    for name in ("notes.txt", "reviews.csv", "state.safetensors", ".writer"):
        (toy_copy / name).write_text("a secret review", encoding="utf-8")
    with zipfile.ZipFile(io.BytesIO(b"".join(export_run(toy_copy)))) as packed:
        names = {Path(name).name for name in packed.namelist()}
        assert all(b"secret" not in packed.read(name) for name in packed.namelist())
    assert {"model.safetensors", "README.md", "recipe.json", "tokenizer.json"} <= names
    assert not names & {"notes.txt", "reviews.csv", "state.safetensors", ".writer"}


def test_it_comes_in_small_pieces(toy_copy: Path):
    (toy_copy / "frames.safetensors").write_bytes(np.random.default_rng(0).bytes(3_000_000))
    pieces = [len(piece) for piece in export_run(toy_copy)]
    assert sum(pieces) > 3_000_000
    assert max(pieces) < 600_000


def test_a_folder_without_a_run_is_refused(tmp_path: Path):
    with pytest.raises(RunError, match="holds no run"):
        export_run(tmp_path)

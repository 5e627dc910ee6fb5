"""forgetting.parquet: what is written is read, older runs have none, and damage is reported."""

import json
from pathlib import Path

import numpy as np
import pyarrow.parquet as pq
import pytest

import sentiment_core
from sentiment_core.errors import NewerRunError, RunError
from sentiment_core.runs.forgetting import Reach, add_reach, adopt, load_forgetting
from sentiment_core.runs.layout import FORGETTING

DISTANCES = np.array([0, 1, 2, 4])


def reach(step: int, directions: int = 2) -> Reach:
    figures = np.random.default_rng(step).normal(size=(4, directions, 4)).astype(np.float32)
    return Reach(step, step / 100, DISTANCES, np.array([9, 9, 8, 3]), *figures)


def equal(one: Reach, other: Reach) -> bool:
    return all(np.allclose(getattr(one, name), getattr(other, name)) for name in Reach.__dataclass_fields__)


@pytest.mark.parametrize("directions", [1, 2])
def test_what_is_written_is_read(directions: int, tmp_path: Path):
    written = [reach(step, directions) for step in (0, 7, 30)]
    for part in written:
        add_reach(tmp_path, part)
    found = load_forgetting(tmp_path)
    assert not found.again
    assert len(found.checkpoints) == 3
    assert all(equal(one, other) for one, other in zip(found.checkpoints, written, strict=True))
    assert found.checkpoints[0].logit.shape == (directions, 4)


def test_a_checkpoint_that_is_recorded_again_replaces_itself_and_what_follows(tmp_path: Path):
    for step in (0, 7, 30, 7):
        add_reach(tmp_path, reach(step))
    assert [part.step for part in load_forgetting(tmp_path).checkpoints] == [0, 7]


def test_a_run_without_the_file_has_none(tmp_path: Path):
    assert load_forgetting(tmp_path) is None


def test_the_figures_of_a_second_training_say_so(tmp_path: Path):
    first, second = tmp_path / "first", tmp_path / "second"
    first.mkdir()
    second.mkdir()
    with pytest.raises(RunError, match=r"holds no forgetting\.parquet"):
        adopt(first, second)
    add_reach(second, reach(0))
    adopt(first, second)
    assert load_forgetting(first).again
    assert equal(load_forgetting(first).checkpoints[0], reach(0))


def test_a_file_of_many_checkpoints_is_small(tmp_path: Path):
    figures = np.random.default_rng(0).normal(size=(4, 2, 18)).astype(np.float32)
    for step in range(8):
        add_reach(tmp_path, Reach(step, 0.5, np.arange(18), np.full(18, 20), *figures))
    assert (tmp_path / FORGETTING).stat().st_size < 20_000


def rewrite(path: Path, **changes: object) -> None:
    """Write the file again with other columns, or another entry in its metadata."""
    table = pq.read_table(path)
    about = json.loads(table.schema.metadata[b"forgetting"]) | changes.pop("about", {})
    for name, change in changes.items():
        place = table.column_names.index(name)
        table = table.set_column(place, name, [change(table[name].to_numpy().copy())])
    pq.write_table(table.replace_schema_metadata({b"forgetting": json.dumps(about)}), path)


def to_nan(values: np.ndarray) -> np.ndarray:
    values[1] = np.nan
    return values


def test_damage_is_reported_and_a_training_starts_the_file_again(tmp_path: Path):
    path = tmp_path / FORGETTING
    for damage in (
        lambda: rewrite(path, logit=to_nan),
        lambda: rewrite(path, direction=lambda values: np.zeros_like(values) + np.arange(len(values)) % 3),
        lambda: path.write_bytes(path.read_bytes()[:200]),
        lambda: path.write_bytes(b"not a table"),
    ):
        add_reach(tmp_path, reach(0))
        damage()
        with pytest.raises(RunError, match=r"forgetting\.parquet is damaged"):
            load_forgetting(tmp_path)
    add_reach(tmp_path, reach(5))
    assert [part.step for part in load_forgetting(tmp_path).checkpoints] == [5]


def test_a_newer_file_is_refused_and_kept(tmp_path: Path):
    add_reach(tmp_path, reach(0))
    rewrite(tmp_path / FORGETTING, about={"format": {"version": 99, "needs": "9.9.0"}})
    for call in (lambda: load_forgetting(tmp_path), lambda: add_reach(tmp_path, reach(1))):
        with pytest.raises(NewerRunError, match=rf"newer Sentiment Lab than this, {sentiment_core.__version__}"):
            call()

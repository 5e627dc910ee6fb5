"""The live frames: what was appended is read, whole frames only, also after kills."""

import json
from pathlib import Path

import numpy as np
import pytest

from sentiment_core.errors import JobError
from sentiment_core.jobs.live import (
    LIVE,
    MOST_FRAMES,
    MOST_WORDS,
    append_frame,
    frame_steps,
    frequent_ids,
    load_live_frames,
    void_frames,
)

IDS = np.array([7, 3, 5], np.int32)


def embedding(step: int) -> np.ndarray:
    """[vocab, dim] float32, different at each step."""
    return np.random.default_rng(step).normal(size=(10, 4)).astype(np.float32)


def check(folder: Path, steps: list[int]) -> None:
    found = load_live_frames(folder, 0)
    assert found is not None
    assert found.steps.tolist() == steps
    assert (found.steps.dtype, found.vectors.dtype, len(found)) == (np.int64, np.float16, len(steps))
    np.testing.assert_array_equal(found.ids, IDS)
    expected = [embedding(step)[IDS].astype(np.float16) for step in steps]
    np.testing.assert_array_equal(found.vectors, np.stack(expected))


def test_frames_are_read_as_they_come(tmp_path):
    assert load_live_frames(tmp_path, 0) is None
    for index, step in enumerate((0, 1, 5, 20)):
        assert append_frame(tmp_path, 0, IDS, embedding(step), step) == index
        check(tmp_path, [0, 1, 5, 20][: index + 1])
    assert load_live_frames(tmp_path, 1) is None, "each run has its own"


def test_a_frame_that_is_being_written_does_not_count(tmp_path):
    for step in (0, 1):
        append_frame(tmp_path, 0, IDS, embedding(step), step)
    path = tmp_path / LIVE / "0.frames"
    whole = path.read_bytes()
    for cut in (1, 8, 9, len(whole) // 2 - 1):
        path.write_bytes(whole[:-cut])
        check(tmp_path, [0])
        assert append_frame(tmp_path, 0, IDS, embedding(1), 1) == 1
        assert path.read_bytes() == whole
    path.write_bytes(whole[:5])
    assert load_live_frames(tmp_path, 0) is None


def test_after_a_kill_later_frames_are_void_and_the_file_never_shrinks(tmp_path):
    """A reader that has mapped the file would crash at a missing end."""
    for step in (0, 1, 5, 20):
        append_frame(tmp_path, 0, IDS, embedding(step), step)
    before = load_live_frames(tmp_path, 0)
    size = (tmp_path / LIVE / "0.frames").stat().st_size
    void_frames(tmp_path, 0, 3)
    check(tmp_path, [0, 1])
    assert (tmp_path / LIVE / "0.frames").stat().st_size == size
    assert np.isfinite(before.vectors).all()
    assert append_frame(tmp_path, 0, IDS, embedding(4), 4) == 2, "the void place is used again"
    check(tmp_path, [0, 1, 4])
    assert append_frame(tmp_path, 0, IDS, embedding(1), 1) == 1, "a frame written twice stands once"
    check(tmp_path, [0, 1])


def test_numbers_that_float16_cannot_hold_stay_finite(tmp_path):
    wild = embedding(0)
    wild[IDS] = [[1e9, -1e9, np.inf, np.nan]] * len(IDS)
    append_frame(tmp_path, 0, IDS, wild, 0)
    found = load_live_frames(tmp_path, 0)
    np.testing.assert_array_equal(found.vectors[0, 0], np.float16([65504, -65504, 65504, 0]))


def test_newer_and_damaged_files(tmp_path):
    append_frame(tmp_path, 0, IDS, embedding(0), 0)
    path = tmp_path / LIVE / "0.json"
    content = json.loads(path.read_text(encoding="utf-8"))
    path.write_text(json.dumps(content | {"format": {"version": 99, "needs": "9.0.0"}}), encoding="utf-8")
    with pytest.raises(JobError, match=r"9\.0\.0"):
        load_live_frames(tmp_path, 0)
    path.write_text("{", encoding="utf-8")
    assert load_live_frames(tmp_path, 0) is None


@pytest.mark.parametrize("steps", [1, 3, 79, 80, 226, 5000, 100_000])
def test_frames_are_dense_early_and_rarer_later(steps):
    at = frame_steps(steps)
    assert (at[0], at[-1]) == (0, steps)
    assert len(at) == min(MOST_FRAMES, steps + 1)
    gaps = np.diff(at)
    assert (gaps > 0).all()
    assert gaps[:10].max() <= gaps[-10:].min()


def test_the_most_frequent_words_are_followed():
    counts = np.arange(5000) % 2500
    ids = frequent_ids(counts)
    assert len(ids) == MOST_WORDS
    assert counts[ids[0]] == 2499
    assert counts[ids].min() >= 1500
    assert (np.diff(counts[ids]) <= 0).all()
    assert frequent_ids(np.array([0, 3, 0, 9])).tolist() == [3, 1], "a word that never occurs is not followed"

"""Embedding snapshots load within the stated error, or not at all."""

from pathlib import Path

import numpy as np
import pytest
from safetensors.numpy import load_file, save_file

from sentiment_core.errors import RunError
from sentiment_core.runs.frames import Frames, add_frame, load_frames
from sentiment_core.runs.layout import FRAMES


def walk(frames: int = 4, vocab: int = 50, dim: int = 8, stride: float = 0.1) -> Frames:
    """Embeddings that move at random from frame to frame."""
    rng = np.random.default_rng(0)
    embeddings = rng.normal(size=(frames, vocab, dim)).astype(np.float32) * stride
    embeddings[0] = rng.normal(size=(vocab, dim))
    return Frames(np.cumsum(embeddings, axis=0, dtype=np.float32), np.arange(frames) * 10)


def write_frames(folder: Path, frames: Frames) -> None:
    for place, (embedding, step) in enumerate(zip(frames.embeddings, frames.steps, strict=True)):
        add_frame(folder, embedding, int(step), place)


@pytest.mark.parametrize("stride", [1e-6, 0.1, 30.0])
def test_every_frame_is_within_its_stated_error(tmp_path, stride):
    frames = walk(stride=stride)
    write_frames(tmp_path, frames)
    found = load_frames(tmp_path)
    moves = np.concatenate([frames.embeddings[:1], frames.embeddings[1:] - found.embeddings[0]])  # the first from zero
    largest = np.abs(moves).max(axis=2, keepdims=True)  # of each word at each frame
    rounding = 4 * np.finfo(np.float32).eps * np.abs(frames.embeddings).max()
    assert (np.abs(found.embeddings - frames.embeddings) <= largest / 250 + 1e-7 + rounding).all()
    np.testing.assert_array_equal(found.steps, frames.steps)


def test_a_word_that_never_moves_stays_exactly_where_it_was(tmp_path):
    frames = walk()
    frames.embeddings[:, 0] = 0.0
    frames.embeddings[:, 1] = 0.5
    write_frames(tmp_path, frames)
    found = load_frames(tmp_path).embeddings[:, :2]
    np.testing.assert_array_equal(found[:, 0], 0.0)
    np.testing.assert_allclose(found[:, 1], 0.5, rtol=1 / 250)
    assert np.abs(found[1:, 1] - found[0, 1]).max() <= 0.5 / 250  # the rounding error of the first


def test_a_run_of_a_single_frame(tmp_path):
    write_frames(tmp_path, walk(frames=1))
    found = load_frames(tmp_path)
    assert found.embeddings.shape == (1, 50, 8)
    assert len(found) == 1


def test_the_file_is_small(tmp_path):
    write_frames(tmp_path, walk(frames=10, vocab=1000, dim=64))
    assert (tmp_path / FRAMES).stat().st_size < 1.05 * 1000 * 10 * (64 + 2)  # int8 and a scale a word


def test_writing_again_replaces_the_file_and_leaves_nothing_beside_it(tmp_path):
    write_frames(tmp_path, walk(frames=2))
    write_frames(tmp_path, walk(frames=3))
    assert len(load_frames(tmp_path)) == 3
    assert [path.name for path in tmp_path.iterdir()] == [FRAMES]


@pytest.mark.parametrize("place", [0, 1, 2, 3])
def test_a_frame_added_once_more_replaces_it_and_those_after_it(tmp_path, place):
    frames = walk()
    write_frames(tmp_path, Frames(frames.embeddings[: place + 1], frames.steps[: place + 1]))
    expected = (tmp_path / FRAMES).read_bytes()
    write_frames(tmp_path, frames)
    add_frame(tmp_path, frames.embeddings[place], int(frames.steps[place]), place)
    assert (tmp_path / FRAMES).read_bytes() == expected


def test_a_frame_cannot_follow_a_missing_one(tmp_path):
    frames = walk(frames=2)
    write_frames(tmp_path, frames)
    with pytest.raises(RunError, match="truncated"):
        add_frame(tmp_path, frames.embeddings[0], 30, place=3)


def test_a_missing_file_says_what_to_do(tmp_path):
    with pytest.raises(RunError, match="no frames"):
        load_frames(tmp_path)


@pytest.mark.parametrize("keep", [0, 7, 200])
def test_a_truncated_file(tmp_path, keep):
    write_frames(tmp_path, walk())
    path = tmp_path / FRAMES
    path.write_bytes(path.read_bytes()[:keep])
    with pytest.raises(RunError, match="truncated"):
        load_frames(tmp_path)


def test_something_other_than_a_frames_file(tmp_path):
    (tmp_path / FRAMES).write_bytes(b"not a tensor in sight" * 40)
    with pytest.raises(RunError):
        load_frames(tmp_path)


@pytest.mark.filterwarnings("ignore:invalid value")
@pytest.mark.parametrize("value", [np.nan, np.inf])
@pytest.mark.parametrize("frame", [0, 2])
def test_nan_written_is_refused_when_read(tmp_path, value, frame):
    frames = walk()
    frames.embeddings[frame, 3, 1] = value
    with np.errstate(invalid="ignore"):
        write_frames(tmp_path, frames)
    with pytest.raises(RunError, match="NaN"):
        load_frames(tmp_path)


@pytest.mark.parametrize(
    "change",
    [
        lambda tensors: tensors.pop("scale"),
        lambda tensors: tensors.update(steps=tensors["steps"][:-1]),
        lambda tensors: tensors.update(steps=np.array(3)),
        lambda tensors: tensors.update(moves=tensors["moves"][:, :-1]),
        lambda tensors: tensors.update(moves=tensors["moves"][0], scale=tensors["scale"][0]),
        lambda tensors: tensors.update(moves=tensors["moves"][:0], scale=tensors["scale"][:0], steps=np.zeros(0, int)),
    ],
)
def test_tensors_that_disagree(tmp_path, change):
    write_frames(tmp_path, walk())
    tensors = load_file(tmp_path / FRAMES)
    change(tensors)
    save_file({name: np.ascontiguousarray(values) for name, values in tensors.items()}, tmp_path / FRAMES)
    with pytest.raises(RunError):
        load_frames(tmp_path)

"""Embedding snapshots on disk, small enough to publish.

The first frame is stored exactly. Each later one is stored as its displacement from the first: int8 with a float16
scale for each word. The error is at most 1/250 of the word's largest coordinate or of its largest move along any
dimension, or 1e-7 if that is more.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from safetensors import SafetensorError
from safetensors.numpy import load_file, save_file

from sentiment_core.errors import RunError
from sentiment_core.runs.layout import FRAMES
from sentiment_core.storage.files import atomic_path, check_readable


@dataclass(frozen=True)
class Frames:
    """An embedding at several checkpoints of its training. Frame 0 is before the first step."""

    embeddings: np.ndarray  # [frames, vocab, dim] float32
    steps: np.ndarray  # [frames] int64, optimizer steps taken

    def __len__(self) -> int:
        return len(self.steps)


def add_frame(folder: Path, embedding: np.ndarray, step: int, place: int) -> None:
    """Write an embedding [vocab, dim] float32 as frame `place` of a run folder; frames from there on are deleted.

    Raises RunError if the frames before it are missing or damaged.
    """
    before: dict[str, np.ndarray] = {}
    if place:
        with _readable(folder):
            tensors = load_file(folder / FRAMES)
            if len(tensors["steps"]) < place:
                raise ValueError("frames are missing")
            before = {name: tensors[name][:place] for name in ("moves", "scale", "steps")}
            embedding = embedding - _dequantise(before["moves"][0], before["scale"][0])
    moves, scale = _quantise(embedding)
    frames = {"moves": moves[None], "scale": scale[None], "steps": np.array([step], dtype=np.int64)}
    if before:
        frames = {name: np.concatenate([before[name], frames[name]]) for name in frames}
    with atomic_path(folder / FRAMES) as target:
        save_file(frames, target)


def _quantise(vectors: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Vectors [vocab, dim] float32 as int8 of the same shape and a scale [vocab] float16."""
    exact = np.abs(vectors).max(axis=1, initial=0.0) / 127
    scale = exact.astype(np.float16)
    scale = np.where(scale < exact, np.nextafter(scale, np.float16(np.inf)), scale)  # rounded up: int8 never overflows
    divisor = np.maximum(scale.astype(np.float32), np.finfo(np.float32).tiny)[:, None]
    return np.rint(vectors / divisor).astype(np.int8), scale


def _dequantise(moves: np.ndarray, scale: np.ndarray) -> np.ndarray:
    """Vectors [..., dim] float32 from int8 of the same shape and scales [...] float16."""
    return moves.astype(np.float32) * scale.astype(np.float32)[..., None]


def load_frames(folder: Path) -> Frames:
    """The embedding snapshots of a run folder. Raises RunError if they are missing, damaged or hold NaN."""
    path = folder / FRAMES
    with _readable(folder):
        tensors = load_file(path)
        embeddings = _dequantise(tensors["moves"], tensors["scale"])
        embeddings[1:] += embeddings[:1]
        steps = tensors["steps"]
    if (
        embeddings.ndim != 3
        or not len(embeddings)
        or steps.shape != embeddings.shape[:1]
        or not np.isfinite(embeddings).all()
    ):
        raise RunError("{path} holds NaN, or not as many steps as frames. Train the run again.", path=path)
    return Frames(embeddings, steps)


@contextmanager
def _readable(folder: Path) -> Iterator[None]:
    """Raise RunError if the block finds the frames missing or damaged, or may not read them."""
    check_readable(folder / FRAMES, RunError)
    try:
        yield
    except FileNotFoundError as error:
        raise RunError("{path} holds no frames. Train the run again to see its embedding move.", path=folder) from error
    except (SafetensorError, OSError, KeyError, ValueError) as error:
        raise RunError(
            "{path} is truncated, or is not a file of frames. Train the run again.", path=folder / FRAMES
        ) from error

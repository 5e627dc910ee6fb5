"""Embedding snapshots on disk, small enough to publish.

The first frame is kept as float16; each later one as its displacement from the first, int8 with a float16 scale for
every word: the error is at most 1/250 of the word's own largest move along any dimension, or 1e-7 where that is more.
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
from sentiment_core.files import atomic_path

FILE = "frames.safetensors"


@dataclass(frozen=True)
class Frames:
    """An embedding at several moments of its training; frame 0 is before the first step."""

    embeddings: np.ndarray  # [frames, vocab, dim] float32
    steps: np.ndarray  # [frames] int64, optimizer steps taken

    def __len__(self) -> int:
        return len(self.steps)


def write_frames(folder: Path, frames: Frames) -> None:
    """Replace frames.safetensors in a run folder."""
    start = frames.embeddings[0].astype(np.float16)
    moves, scale = _quantise(frames.embeddings[1:], start)
    _save(folder, {"start": start, "moves": moves, "scale": scale, "steps": frames.steps})


def add_frame(folder: Path, embedding: np.ndarray, step: int, place: int) -> None:
    """Make an embedding [vocab, dim] float32 frame `place` of a run folder, and the last: those from there on go.

    Each frame is quantised by itself: frames added one by one are those that are written together, bit for bit.
    """
    if place == 0:
        write_frames(folder, Frames(embedding[None], np.array([step], dtype=np.int64)))
        return
    with _readable(folder):
        tensors = load_file(folder / FILE)
        moves, scale = _quantise(embedding[None], tensors["start"])
        added = {"moves": moves, "scale": scale, "steps": np.array([step], dtype=np.int64)}
        kept = {"moves": place - 1, "scale": place - 1, "steps": place}  # the first frame is no move
        if len(tensors["steps"]) < place:
            raise ValueError("frames are missing")
        joined = {name: np.concatenate([tensors[name][:count], added[name]]) for name, count in kept.items()}
    _save(folder, {"start": tensors["start"]} | joined)


def _quantise(embeddings: np.ndarray, start: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Displacements [frames, vocab, dim] int8 from `start` [vocab, dim] float16, and scales [frames, vocab] float16."""
    moves = embeddings - start.astype(np.float32)
    exact = np.abs(moves).max(axis=2, initial=0.0) / 127  # [frames - 1, vocab]
    scale = exact.astype(np.float16)
    scale = np.where(scale < exact, np.nextafter(scale, np.float16(np.inf)), scale)  # rounded up: int8 never overflows
    divisor = np.maximum(scale.astype(np.float32), np.finfo(np.float32).tiny)[..., None]
    return np.rint(moves / divisor).astype(np.int8), scale


def _save(folder: Path, tensors: dict[str, np.ndarray]) -> None:
    with atomic_path(folder / FILE) as target:
        save_file(tensors, target)


def read_frames(folder: Path) -> Frames:
    """The snapshots of a run folder. Raises RunError where they are missing, damaged or hold NaN."""
    path = folder / FILE
    with _readable(folder):
        tensors = load_file(path)
        start = tensors["start"].astype(np.float32)
        moves = tensors["moves"].astype(np.float32)
        moves *= tensors["scale"].astype(np.float32)[..., None]
        moves += start
        embeddings = np.concatenate([start[None], moves])
        steps = tensors["steps"]
    if embeddings.ndim != 3 or steps.shape != embeddings.shape[:1] or not np.isfinite(embeddings).all():
        raise RunError(f"{path} holds NaN, or frames and steps that differ in number. Train the run again.")
    return Frames(embeddings, steps)


@contextmanager
def _readable(folder: Path) -> Iterator[None]:
    """Raise RunError where the block finds the frames missing or damaged."""
    try:
        yield
    except FileNotFoundError as error:
        raise RunError(f"{folder} holds no frames. Train the run again to see its embedding move.") from error
    except (SafetensorError, OSError, KeyError, ValueError) as error:
        raise RunError(f"{folder / FILE} is truncated or no frames file. Train the run again.") from error

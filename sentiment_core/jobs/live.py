"""Snapshots of the embedding of a running training, for the page. Needs no torch.

live/<run>.json    the words that are followed, and the width of their vectors
live/<run>.frames  one record a frame: vectors [words, width] float16, then the step as int64

Only the worker writes, and it only appends. A reader takes whole records, so a record that is being written does not
count yet. After a kill, frames that lie ahead of the saved state are marked as void in place. The file never shrinks,
because a reader that has mapped it would crash at the missing end.
"""

from __future__ import annotations

import json
import os
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from sentiment_core.errors import JobError
from sentiment_core.storage.files import write_text
from sentiment_core.storage.formats import FileFormat, Step, unchanged

LIVE = "live"  # the folder of the snapshots in a job's folder
MOST_WORDS = 2000
MOST_FRAMES = 80  # of a run
_VOID = -1  # the step of a frame that does not count
_STEP = 8  # bytes of the step at the end of a record
_LARGEST = float(np.finfo(np.float16).max)
_FORMAT = FileFormat((Step("0.5.0", unchanged),), JobError)  # of <run>.json and the frames beside it


@dataclass(frozen=True)
class LiveFrames:
    """An embedding at several steps of a running training. Frame 0 is before the first step."""

    ids: np.ndarray  # [words] int32, tokens of the shared vocabulary, most frequent first
    steps: np.ndarray  # [frames] int64, optimizer steps taken
    vectors: np.ndarray  # [frames, words, dim] float16, memory-mapped

    def __len__(self) -> int:
        return len(self.steps)


def frequent_ids(counts: np.ndarray) -> np.ndarray:
    """The tokens that are followed [words] int32, the most frequent first, from the counts of all [vocab]."""
    order = np.argsort(-counts, kind="stable")[:MOST_WORDS]
    return order[counts[order] > 0].astype(np.int32)


def frame_steps(steps: int) -> list[int]:
    """The steps of a training of `steps` steps at which a frame is kept: dense early, rarer later.

    An embedding moves most in its first few hundred steps. The distances grow with the square of the frame's number.
    The steps depend on nothing but their number, so a resumed training keeps the same frames.
    """
    places = (np.arange(MOST_FRAMES) / (MOST_FRAMES - 1)) ** 3
    even = np.arange(MOST_FRAMES)  # at the start no step is left out
    return sorted({int(step) for step in np.minimum(np.maximum(np.rint(places * steps), even), steps)})


def append_frame(folder: Path, run: int, ids: np.ndarray, embedding: np.ndarray, step: int) -> int:
    """Append a frame of a run to the live frames of a job's folder. Returns its number.

    ids: [words] int32, the tokens that are followed, the same for all frames of a run.
    embedding: [vocab, dim] float32. A number that float16 cannot hold becomes its largest, NaN becomes 0.
    A frame that is there already, because the training was killed after it, is replaced.
    Raises OSError if it cannot be written.
    """
    about, frames = _paths(folder, run)
    width = embedding.shape[1]
    if not about.exists():
        about.parent.mkdir(exist_ok=True)
        frames.unlink(missing_ok=True)
        write_text(about, json.dumps(_FORMAT.stamp({"width": width, "ids": ids.tolist()})))
    vectors = np.clip(np.nan_to_num(embedding[ids], nan=0.0), -_LARGEST, _LARGEST).astype("<f2")
    void_frames(folder, run, step - 1)
    known = load_live_frames(folder, run)
    index = 0 if known is None else len(known)
    del known  # Windows refuses to write beyond the end of a mapped file
    with frames.open("r+b" if frames.exists() else "w+b") as file:
        file.seek(index * _record(len(ids), width).itemsize)
        file.write(vectors.tobytes())
        file.write(np.array([step], "<i8").tobytes())  # last: until then the record does not count
    return index


def void_frames(folder: Path, run: int, step: int) -> None:
    """Mark the frames of a run after `step` as void: the training goes on from there. Raises OSError."""
    known = load_live_frames(folder, run)
    if known is None:
        return
    late = np.flatnonzero(known.steps > step)
    size = _record(len(known.ids), known.vectors.shape[2]).itemsize
    del known
    if len(late):
        with _paths(folder, run)[1].open("r+b") as file:
            for index in late.tolist():
                file.seek((index + 1) * size - _STEP)
                file.write(np.array([_VOID], "<i8").tobytes())


def load_live_frames(folder: Path, run: int) -> LiveFrames | None:
    """The live frames of a run of the job in `folder`; None if there are none yet, or they are damaged.

    Raises JobError if they are newer than this program.
    """
    about, frames = _paths(folder, run)
    try:
        content = _FORMAT.upgrade(json.loads(about.read_text(encoding="utf-8")), about)
        ids, width = np.array(content["ids"], np.int32), int(content["width"])
        kind = _record(len(ids), width)
        count = os.path.getsize(frames) // kind.itemsize
        records = np.memmap(frames, kind, mode="r", shape=(count,)) if count else None
    except (OSError, ValueError, TypeError, KeyError):
        return None
    if records is None:
        return None
    steps = np.array(records["step"], np.int64)
    void = np.flatnonzero(steps < 0)
    count = int(void[0]) if len(void) else count
    return LiveFrames(ids, steps[:count], records["vectors"][:count]) if count else None


def _record(words: int, width: int) -> np.dtype:
    return np.dtype([("vectors", "<f2", (words, width)), ("step", "<i8")])


def _paths(folder: Path, run: int) -> tuple[Path, Path]:
    return folder / LIVE / f"{run}.json", folder / LIVE / f"{run}.frames"

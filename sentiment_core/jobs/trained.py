"""Whose runs those below trained/ are. Each is of a job, whose folder has a secret name. Needs no torch.

The folder of a run says nothing of its visitor, because it is copied, exported and published.
"""

from __future__ import annotations

import json
import os
from contextlib import suppress
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from sentiment_core.jobs.layout import JOBS, PINNED, REQUEST, short_code
from sentiment_core.jobs.requests import TrainingRequest


@dataclass(frozen=True)
class Origin:
    """The job that trained a run, as far as pages may tell. The job's id is not part of it."""

    visitor: str = ""  # whose job it is; "" for the command line
    queued: float = 0.0  # seconds since 1970
    pinned: bool = False  # whether its owner published it
    title: str = ""  # what the visitor called it
    group: str = ""  # code of a seed lottery


def free_name(begins: str, place: Path) -> str:
    """A name that no run of a place has, such as rnn-7f3a. It says nothing of the job."""
    while True:
        name = f"{begins}-{short_code(4)}"
        if not (place / name).exists():
            return name


def list_origins(root: Path) -> dict[tuple[str, str], Origin]:
    """The origin of each run that a job trained: (folder of its corpus below trained/, name of the run) -> origin.

    root: the folder of live runs. Each request is read once, because it never changes.
    """
    found: dict[tuple[str, str], Origin] = {}
    with suppress(OSError), os.scandir(root / JOBS) as entries:
        for entry in entries:
            with suppress(OSError):  # deleted since it was listed
                request = os.path.join(entry.path, REQUEST)
                changed = os.stat(request).st_mtime_ns
                pinned = os.path.exists(os.path.join(entry.path, PINNED))
                found |= _origins(request, changed, pinned)
    return found


@lru_cache(maxsize=2048)
def _origins(request: str, changed: int, pinned: bool) -> dict[tuple[str, str], Origin]:
    """The origins of the runs of one job. A request that cannot be read, or trains nothing, has none.

    It is not read as a request, because that takes ten times as long and needs what training needs.
    """
    try:
        content = json.loads(Path(request).read_text(encoding="utf-8"))
        if content["kind"] != TrainingRequest.kind:
            return {}
        asked = content["request"]
        visitor, title, group = (str(asked.get(key, "")) for key in ("visitor", "title", "group"))
        origin = Origin(visitor, float(content["queued"]), pinned, title, group)
        place = Path(asked["folder"]).name
        return {(place, str(network["name"])): origin for network in asked["networks"]}
    except (OSError, ValueError, TypeError, KeyError, AttributeError):
        return {}

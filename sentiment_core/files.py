"""Writing files so that a reader never sees half of one."""

from __future__ import annotations

import json
import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any


@contextmanager
def atomic_path(path: Path) -> Iterator[Path]:
    """A path beside `path` to write to; it replaces `path` when the block ends well and vanishes when it does not."""
    beside = path.with_name(f".{path.name}.{os.getpid()}.writing")  # two processes may write the same file
    try:
        yield beside
        beside.replace(path)
    finally:
        beside.unlink(missing_ok=True)


def write_json(path: Path, content: dict[str, Any]) -> None:
    """Replace `path` with `content` as indented JSON."""
    with atomic_path(path) as target:
        target.write_text(json.dumps(content, indent=2, ensure_ascii=False) + "\n", encoding="utf-8")

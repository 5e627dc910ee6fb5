"""A run as one zip to take away: weights, tokenizer, figures and the model card. No review text is in it. No torch."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterator
from pathlib import Path

from sentiment_core.errors import RunError
from sentiment_core.runs import layout

_CHUNK = 2**18  # bytes read at a time
_FILES = sorted(layout.FILES - {layout.STATE})  # the state is of use only where the training goes on
_DATE = (1980, 1, 1, 0, 0, 0)  # of each entry, so that equal runs give equal zips


class _Pipe(io.RawIOBase):
    """Takes what the zip writes and hands it on."""

    def __init__(self) -> None:
        self._held = bytearray()

    def writable(self) -> bool:
        return True

    def write(self, content: object) -> int:
        written = bytes(memoryview(content))  # type: ignore[arg-type]
        self._held += written
        return len(written)

    def take(self) -> bytes:
        """What was written since the last call."""
        taken, self._held = bytes(self._held), bytearray()
        return taken


def export_run(folder: Path) -> Iterator[bytes]:
    """The zip of a run folder, in pieces of some hundred kilobytes. It holds one folder with the name of the run.

    Raises RunError if there is no run; OSError if a file cannot be read.
    """
    if not (folder / layout.RECIPE).is_file():
        raise RunError("{path} holds no run (no recipe.json). Name a folder that train wrote.", path=folder)
    return _pieces(folder)


def _pieces(folder: Path) -> Iterator[bytes]:
    pipe = _Pipe()
    with zipfile.ZipFile(pipe, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as packed:
        for name in _FILES:
            try:
                source = (folder / name).open("rb")
            except FileNotFoundError:  # not every run has every file
                continue
            entry = zipfile.ZipInfo(f"{folder.name}/{name}", _DATE)
            entry.compress_type = zipfile.ZIP_DEFLATED
            with source, packed.open(entry, "w", force_zip64=True) as target:
                while piece := source.read(_CHUNK):
                    target.write(piece)
                    yield pipe.take()
    yield pipe.take()

"""The lines of a text file with their places in it, so that reading can begin at any row."""

from __future__ import annotations

import codecs
import io
from collections import deque
from collections.abc import Iterator
from typing import BinaryIO

from sentiment_core.text.decoding import UTF8, has_lone_bytes
from sentiment_core.text.entries import Entry

_BEHIND = 2_000  # lines whose ends are remembered: more than a reader of rows puts back
_CHUNK = 1 << 20  # bytes
UNKNOWN = -1  # an offset


class PlacedLines:
    """Decoded lines, with line ends as in the file. A damaged byte becomes half of a surrogate pair.

    Places are known in UTF-8 alone, where the characters of a line tell its bytes.
    """

    def __init__(self, entry: Entry, encoding: str, offset: int = 0) -> None:
        """offset: byte of the unpacked file where a line begins."""
        file = entry.open()
        self.place = offset
        self.is_placed = encoding.removesuffix("-sig") == UTF8
        if offset:
            _skip(file, offset)
            encoding = UTF8
        elif encoding == "utf-8-sig" and file.peek(3)[:3] == codecs.BOM_UTF8:  # type: ignore[attr-defined]
            self.place = len(codecs.BOM_UTF8)
        errors = "surrogateescape" if has_lone_bytes(encoding) else "replace"
        self._file = io.TextIOWrapper(file, encoding=encoding, errors=errors, newline="")
        self._ends: deque[int] = deque([self.place], maxlen=_BEHIND)  # of the last lines, the latest last
        self._count = 0

    def __iter__(self) -> Iterator[str]:
        return self

    def __next__(self) -> str:
        line = next(self._file)
        self._count += 1
        self.place += len(line) if line.isascii() else len(line.encode(UTF8, "surrogateescape"))
        self._ends.append(self.place)
        return line

    def end_of(self, number: int) -> int:
        """The byte after the line of this number, from 1; `UNKNOWN` in an encoding other than UTF-8."""
        return self._ends[number - self._count - 1] if self.is_placed else UNKNOWN

    def close(self) -> None:
        self._file.close()


def _skip(file: BinaryIO, count: int) -> None:
    """Go on by a number of bytes. A compressed file has to be unpacked up to there."""
    if type(file) is io.BufferedReader:
        file.seek(count)
        return
    while count > 0 and (read := file.read(min(count, _CHUNK))):
        count -= len(read)

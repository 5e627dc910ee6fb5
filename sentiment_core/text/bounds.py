"""How large a source may be, and what an archive may hold.

Whoever runs the command line reads files of their own, of any size. A server bounds what its visitors upload. What no
honest archive does is refused everywhere: to unpack to hundreds of times its size, or to name a path outside itself.
"""

from __future__ import annotations

import io
import re
from dataclasses import dataclass
from pathlib import PurePosixPath
from typing import BinaryIO

from sentiment_core.errors import DataError

_MEGABYTE = 1_000_000
_UNSUSPICIOUS = 100 * _MEGABYTE  # bytes that any file may unpack to
_MOST_TIMES = 200  # its own size, beyond that; text shrinks to a third or a tenth


@dataclass(frozen=True)
class Bounds:
    """The most that is read of a source. None means no bound."""

    file_bytes: int | None = None  # of the file as it lies on the disk
    rows: int | None = None  # of all splits together
    unpacked_bytes: int | None = None  # of everything in an archive or compressed file

    def most_unpacked(self, packed: int) -> int:
        """The bytes that a file of `packed` bytes may unpack to."""
        honest = max(_UNSUSPICIOUS, _MOST_TIMES * packed)
        return honest if self.unpacked_bytes is None else min(honest, self.unpacked_bytes)


def upload_bounds(megabytes: float, rows: int) -> Bounds:
    """The bounds of a server that takes files of at most `megabytes`, with at most `rows` rows."""
    size = round(megabytes * _MEGABYTE)
    return Bounds(size, rows, 4 * size)


def check_size(size: int, bounds: Bounds, where: str) -> None:
    """Raise DataError for a file that is larger than its bound."""
    if bounds.file_bytes is not None and size > bounds.file_bytes:
        raise DataError(
            "{where} has {size} MB, and at most {most} MB are read here. Keep a part of its rows, or read it with the "
            "command line.",
            where=where,
            size=-(-size // _MEGABYTE),
            most=bounds.file_bytes // _MEGABYTE,
        )


def check_unpacked(size: int, most: int, where: str) -> None:
    """Raise DataError for a file that unpacks to more than `most` bytes."""
    if size > most:
        raise DataError(
            "{where} unpacks to more than {most} MB, which is far more than its size allows. Unpack it first, and give "
            "its files.",
            where=where,
            most=most // _MEGABYTE,
        )


def check_rows(rows: int, bounds: Bounds, where: str) -> None:
    """Raise DataError for more rows than the bound."""
    if bounds.rows is not None and rows > bounds.rows:
        raise DataError(
            "{where} holds more than {most} reviews, the most that are read here. Keep a part of them, or read it with "
            "the command line.",
            where=where,
            most=bounds.rows,
        )


def check_members(count: int, bounds: Bounds, where: str) -> None:
    """Raise DataError for an archive of more files than there may be reviews."""
    if bounds.rows is not None and count > bounds.rows:
        raise DataError(
            "{where} holds {count} files, and at most {most} are read here. Keep a part of them.",
            where=where,
            count=count,
            most=bounds.rows,
        )


def check_member_name(name: str, where: str) -> None:
    """Raise DataError for a path that leads out of the archive. Nothing is unpacked to the disk, but no honest archive
    has one.
    """
    path = name.replace("\\", "/")
    if path.startswith("/") or re.match(r"[A-Za-z]:", path) or ".." in PurePosixPath(path).parts:
        shown = " ".join(name[:60].split()).encode("utf-8", "replace").decode("utf-8")
        raise DataError(
            "{where} names a file outside itself ({name}). Pack the folder of the reviews again.",
            where=where,
            name=shown,
        )


def check_link(is_link: bool, name: str, where: str) -> None:
    """Raise DataError for a link in an archive: it may lead anywhere."""
    if is_link:
        shown = " ".join(name[:60].split()).encode("utf-8", "replace").decode("utf-8")
        raise DataError(
            "{where} holds a link ({name}), which is not followed. Pack the files themselves.", where=where, name=shown
        )


class Counted(io.RawIOBase):
    """A file that refuses to give more than a number of bytes: the end of a compressed file is known only there."""

    def __init__(self, file: BinaryIO, most: int, where: str) -> None:
        self._file, self._most, self._where = file, most, where
        self._given = 0

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: memoryview) -> int:  # type: ignore[override]
        """Fill the buffer. Raises DataError past the bound."""
        data = self._file.read(len(buffer))
        buffer[: len(data)] = data
        self._given += len(data)
        check_unpacked(self._given, self._most, self._where)
        return len(data)

    def close(self) -> None:
        self._file.close()
        super().close()

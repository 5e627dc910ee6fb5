"""Names files that are no tables of reviews, by their first bytes, so that a message can say what a file really is."""

from __future__ import annotations

import re

from sentiment_core.errors import DataError
from sentiment_core.messages import Message, lazy

_SAVE = lazy("Save the reviews as CSV, JSON lines, Parquet or .xlsx.")
_UNPACK = lazy("Unpack it, and pack the files as .zip.")
_PICTURE, _PACKED = lazy("a picture"), lazy("an archive of another kind")
_PROGRAM = lazy("a program")
_PICKLE = lazy("a Python pickle, which may run a program when it is opened")

_MARKS: tuple[tuple[bytes, Message, Message], ...] = (
    (
        b"\xd0\xcf\x11\xe0",
        lazy("an old Excel file, a Word file, or one with a password"),
        lazy("Save it as .xlsx or CSV."),
    ),
    (b"%PDF", lazy("a PDF"), _SAVE),
    (b"\x89PNG\r\n", _PICTURE, _SAVE),
    (b"\xff\xd8\xff", _PICTURE, _SAVE),
    (b"GIF8", _PICTURE, _SAVE),
    (b"{\\rtf", lazy("a document in RTF"), _SAVE),
    (b"SQLite format 3\0", lazy("an SQLite database"), _SAVE),
    (b"ARROW1\0\0", lazy("an Arrow file"), lazy("Save it as Parquet.")),
    (b"FEA1", lazy("an Arrow file"), lazy("Save it as Parquet.")),
    (b"\x93NUMPY", lazy("a NumPy array"), _SAVE),
    (b"\x89HDF\r\n", lazy("an HDF5 file"), _SAVE),
    (b"7z\xbc\xaf\x27\x1c", _PACKED, _UNPACK),
    (b"Rar!\x1a\x07", _PACKED, _UNPACK),
    (b"\x28\xb5\x2f\xfd", _PACKED, _UNPACK),
    (b"\x7fELF", _PROGRAM, _SAVE),
    (b"\xcf\xfa\xed\xfe", _PROGRAM, _SAVE),
)


HEAD = 4096  # bytes that tell what a file is


def refuse_foreign(head: bytes, where: str) -> None:
    """Raise DataError for what is no table of reviews. head: the first `HEAD` bytes. where: what it is called."""
    if (kind := foreign_kind(head)) is not None:
        raise DataError(
            "{where} is {kind}, not a table of reviews. {advice}", where=where, kind=kind[0], advice=kind[1]
        )


def foreign_kind(head: bytes) -> tuple[Message, Message] | None:
    """What a file is that begins with these bytes, and what to do with it; None if it may be a table."""
    for mark, kind, advice in _MARKS:
        if head.startswith(mark):
            return kind, advice
    if head.startswith(b"MZ") and b"\0" in head:
        return _PROGRAM, _SAVE
    if re.match(rb"\x80[\x02-\x05][\x80-\xff\]}(c]", head):
        return _PICKLE, _SAVE
    start = head.removeprefix(b"\xef\xbb\xbf").lstrip()[:200].lower()
    if re.match(rb"<(!doctype html|html|head|body)\b", start):
        return lazy("a web page"), _SAVE
    if start.startswith(b"<?xml"):
        return lazy("an XML file"), _SAVE
    return None

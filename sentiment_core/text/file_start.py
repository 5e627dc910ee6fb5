"""The start of a large text file, cut where a row ends."""

from __future__ import annotations

import io
import re
from dataclasses import replace
from itertools import pairwise
from typing import BinaryIO

from sentiment_core.text.entries import Entry

_MOST_BYTES = 2_000_000  # of a text file, from its start


def start_of(entry: Entry) -> tuple[Entry, bool]:
    """The start of a text file, up to a line's end, and whether that is the whole file. Other kinds stay whole."""
    with entry.open() as file:
        head = file.read(_MOST_BYTES + 1)
    one_value = re.match(rb"\s*(?:\xef\xbb\xbf)?\s*(?:\[|\{\s*$|\{\s*[\r\n])", head[:1000])
    if len(head) <= _MOST_BYTES or head.startswith((b"PAR1", b"PK")) or one_value:
        return entry, True
    wide = next((end for mark, end in ((b"\xff\xfe", b"\n\0"), (b"\xfe\xff", b"\0\n")) if head.startswith(mark)), None)
    place = _last_end(head, wide or b"\n", 2 if wide else 1)

    def opened() -> BinaryIO:
        return io.BytesIO(head[:place])

    return replace(entry, open=opened), False


def _last_end(head: bytes, end: bytes, unit: int) -> int:
    """The place after the last line end at which no quotation is open, or else after the last line end.

    unit: bytes of a character, of which `end` is one.
    """
    place = len(head) - len(head) % unit
    ends: list[int] = []
    while len(ends) < 2_000 and (place := head.rfind(end, 0, place)) >= 0:
        if place % unit == 0:
            ends.append(place + unit)
    if not ends:
        return len(head) - len(head) % unit
    quotes = head.count(b'"', 0, ends[0])
    for after, before in pairwise(ends):
        if quotes % 2 == 0:
            return after
        quotes -= head.count(b'"', before, after)
    return ends[-1] if quotes % 2 == 0 else ends[0]

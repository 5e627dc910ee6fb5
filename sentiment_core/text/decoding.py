"""Detects the encoding of a text file: a byte-order mark, UTF-8, or Windows-1252 as older Western programs wrote it.

UTF-8 is so strict that a file which decodes as UTF-8 is UTF-8. Windows-1252 is not: any file decodes. It is therefore
accepted only if its characters appear as they do in Western words; any other encoding must be named. Knows nothing
about rows or columns.
"""

from __future__ import annotations

import codecs
import io
import re
from collections.abc import Callable
from typing import BinaryIO, TextIO

from charset_normalizer import from_bytes

from sentiment_core.errors import DataError
from sentiment_core.messages import Message, lazy

UTF8 = "utf-8"
_MARKS = (  # longest first, because UTF-32's mark begins with UTF-16's
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_CHUNK = 1 << 20  # bytes read at once
_SAMPLE = 1 << 16  # bytes that a guess is based on
# Characters inside Western words besides letters: apostrophes, hyphens, a dot between syllables.
_IN_WORDS = "\u2019\u2018\u00b4`'\u00ad\u00b7-\u2013\u2014\u00aa\u00ba"

Open = Callable[[], BinaryIO]


def open_text(opened: Open, encoding: str, lenient: bool = False) -> TextIO:
    """The file as characters from its start, with line ends unchanged.

    lenient: bytes that do not decode become halves of surrogate pairs, so that the rows that hold them can be told.
    """
    errors = "surrogateescape" if lenient and has_lone_bytes(encoding) else "strict"
    return io.TextIOWrapper(opened(), encoding=encoding, errors=errors, newline="")


def check_encoding(name: str) -> str:
    """Python's name of the encoding. Raises DataError for an unknown one."""
    try:
        "".encode(name.strip())  # refuses codecs that are not for text, such as base64
        return codecs.lookup(name.strip()).name
    except (LookupError, ValueError) as error:
        raise DataError(
            "No encoding {name!r}. Name one such as utf-8, utf-16, cp1252, cp949 or latin-1.", name=name
        ) from error


def find_encoding(opened: Open, where: str, named: str | None = None, lenient: bool = False) -> str:
    """The encoding of a file. Raises DataError if it is not recognised, or the file does not decode as `named`.

    named: used instead of a guess; a byte-order mark of its family is still skipped.
    lenient: whether a few damaged bytes or NUL characters are let pass, for a reader that leaves out their rows.
    """
    with opened() as file:
        head = file.read(4)
    marked = next((encoding for mark, encoding in _MARKS if head.startswith(mark)), None)
    if named is not None:
        encoding = check_encoding(named)
        if marked and encoding in (UTF8, marked):
            encoding = marked
        if (fault := _fault(opened, encoding)) and not (lenient and _is_little_damaged(opened, encoding)):
            raise DataError(
                "{where} is not {encoding}: {fault}. Name another --encoding.", where=where, encoding=named, fault=fault
            )
        return encoding
    encoding = marked or UTF8
    fault = _fault(opened, encoding)
    if fault is None or (lenient and _is_little_damaged(opened, encoding)):
        return encoding
    if marked is None:
        if wide := _wide_without_mark(opened):
            return wide
        with opened() as file:
            binary = b"\0" in file.read(_SAMPLE)
        if not binary and not fault.english.startswith("NUL"):
            return _older(opened, where, fault)
    raise DataError(
        "{where} is damaged, or is not a text file: {fault}. Save it again as UTF-8, or name its --encoding, such as "
        "utf-16.",
        where=where,
        fault=fault,
    )


def _fault(opened: Open, encoding: str) -> Message | None:
    """Where and why the file is not text of this encoding, in words; None if it is."""
    decoder = codecs.getincrementaldecoder(encoding)()
    line = 1
    with opened() as file:
        while chunk := file.read(_CHUNK):
            try:
                text = decoder.decode(chunk)
            except UnicodeDecodeError as error:
                line += _line_ends(error.object[: error.start].decode(encoding, "replace"))
                return lazy("byte {byte} in line {line}", byte=f"0x{error.object[error.start]:02x}", line=line)
            except UnicodeError as error:  # such as UTF-16 without its mark
                return Message("{reason}", {"reason": str(error)})
            if "\0" in text:
                return lazy("NUL in line {line}", line=line + _line_ends(text[: text.index(chr(0))]))
            line += _line_ends(text)
        try:
            decoder.decode(b"", final=True)
        except UnicodeError:
            return lazy("a character cut short in line {line}", line=line)
    return None


def _is_little_damaged(opened: Open, encoding: str) -> bool:
    """Whether most characters beyond ASCII decode and NUL is rare, at the start and in lines beyond ASCII."""
    if not has_lone_bytes(encoding):
        return False
    with opened() as file:
        samples = [file.read(_SAMPLE), _lines_that_are_not_ascii(opened)]
    for sample in samples:
        text = sample.decode(encoding, "replace")
        beyond = sum(not mark.isascii() for mark in text)
        damaged = text.count("\ufffd")
        if text.count("\0") > 0.01 * len(text) or 2 * damaged > beyond or damaged > 0.1 * len(text) + 1:
            return False
    return True


def has_lone_bytes(encoding: str) -> bool:
    """Whether a damaged byte leaves the characters after it as they are, so that reading can go on there."""
    return not re.match(r"utf[-_]?(7|16|32)(?!\d)|iso2022|hz|idna|punycode|unicode_escape|raw_unicode", encoding)


def _line_ends(text: str) -> int:
    return text.count("\n")


def _wide_without_mark(opened: Open) -> str | None:
    """utf-16-le or utf-16-be if every other byte at the start is mostly NUL and the whole file decodes; else None."""
    with opened() as file:
        sample = file.read(4096)
    if len(sample) < 4:
        return None
    for encoding, high in (("utf-16-le", sample[1::2]), ("utf-16-be", sample[0::2])):
        if high.count(0) > 0.3 * len(high) and _fault(opened, encoding) is None:
            return encoding
    return None


def _older(opened: Open, where: str, fault: Message) -> str:
    """cp1252, or latin-1 if the file uses bytes that cp1252 leaves undefined.

    Raises DataError if it resembles neither.
    """
    sample = _lines_that_are_not_ascii(opened)
    if _is_mostly_utf8(sample):
        raise DataError(
            "{where} is UTF-8, but damaged: {fault}. Save it again as UTF-8, or name its --encoding.",
            where=where,
            fault=fault,
        )
    if _is_western(sample):
        for encoding in ("cp1252", "latin-1"):
            if _fault(opened, encoding) is None:
                return encoding
    best = from_bytes(sample).best()
    guess = best.encoding if best and best.encoding not in ("ascii", "utf_8", "cp1252", "latin_1") else "cp1250"
    raise DataError(
        "{where} is not UTF-8: {fault}. Name its encoding, such as --encoding {guess}.",
        where=where,
        fault=fault,
        guess=guess,
    )


def _lines_that_are_not_ascii(opened: Open) -> bytes:
    """Lines with a byte beyond ASCII, up to the sample size. The first such line may be far into the file."""
    found = bytearray()
    with opened() as file:
        while len(found) < _SAMPLE and (line := file.readline(_SAMPLE)):
            if not line.isascii():
                found += line
    return bytes(found)


def _is_mostly_utf8(sample: bytes) -> bool:
    """Whether most bytes beyond ASCII are UTF-8, so that the rest is damage rather than another encoding."""
    text = sample.decode(UTF8, "replace")
    damaged = text.count("\ufffd")
    return sum(not mark.isascii() for mark in text) - damaged >= damaged


def _is_western(sample: bytes) -> bool:
    """Whether characters beyond ASCII appear as in Western words: single, and as letters inside a word."""
    alone = len(re.findall(rb"(?<![\x80-\xff])[\x80-\xff](?![\x80-\xff])", sample))
    total = len(re.findall(rb"[\x80-\xff]", sample))
    inside = re.findall(r"(?<=[a-zA-Z])[^\x00-\x7f](?=[a-z])", sample.decode("cp1252", "replace"))
    odd = sum(not (mark.isalpha() or mark in _IN_WORDS) for mark in inside)
    return alone >= 0.6 * total and odd <= 0.1 * len(inside)

"""Kinds of values that a variable can have: how a text becomes a value, and which values can be used."""

from __future__ import annotations

import math
import os
import re
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Generic, TypeVar

from sentiment_core.messages import Message, lazy

T = TypeVar("T")
N = TypeVar("N", int, float)
HUB_ID = re.compile(r"\w[\w.-]*(/\w[\w.-]*)?", re.ASCII)
LONGEST_HUB_ID = 96  # characters; the Hub has none that is longer
AUTO, ON, OFF = "auto", "on", "off"


@dataclass(frozen=True)
class Kind(Generic[T]):
    """One kind of value."""

    read: Callable[[str], T]  # the value of a text without space around it; raises ValueError for what is none
    wanted: Message  # what to set instead, after "Set it to"
    choices: tuple[str, ...] = ()  # all values, if they are few words
    usable: Callable[[T], bool] = lambda value: True  # whether this machine has what the value names; may read the disk
    blank: bool = False  # whether a text without characters is a value; otherwise the default holds


def choice(*choices: str) -> Kind[str]:
    """One of a few words, in upper or lower case."""

    def read(text: str) -> str:
        if text.lower() not in choices:
            raise ValueError(text)
        return text.lower()

    return Kind(read, lazy("{choices:or}", choices=list(choices)), choices)


def whole(least: int = 0, most: int | None = None) -> Kind[int]:
    """A whole number within bounds."""
    if most is None:
        return Kind(_within(int, least, math.inf), lazy("a whole number from {least}", least=least))
    return Kind(_within(int, least, most), lazy("a whole number from {least} to {most}", least=least, most=most))


def number(least: float = 0, most: float | None = None) -> Kind[float]:
    """A finite number within bounds."""
    if most is None:
        return Kind(_within(float, least, math.inf), lazy("a number from {least}", least=least))
    return Kind(_within(float, least, most), lazy("a number from {least} to {most}", least=least, most=most))


def line(most: int) -> Kind[str]:
    """A short text on one line."""

    def read(text: str) -> str:
        if len(text) > most or not text.isprintable():
            raise ValueError(text)
        return text

    return Kind(read, lazy("a line of at most {most} characters", most=most))


def word(pattern: str, wanted: Message) -> Kind[str]:
    """A text that matches a regular expression."""

    def read(text: str) -> str:
        if not re.fullmatch(pattern, text, re.ASCII):
            raise ValueError(text)
        return text

    return Kind(read, wanted)


def token() -> Kind[str]:
    """A secret that cannot be guessed."""
    wanted = lazy("16 to 200 characters that nobody can guess: letters, digits and signs, without spaces")
    return word(r"[!-~]{16,200}", wanted)


def names(pattern: str, wanted: Message, blank: bool = False) -> Kind[tuple[str, ...]]:
    """Texts separated by commas, each of which matches a regular expression. blank: whether there may be none."""

    def read(text: str) -> tuple[str, ...]:
        found = tuple(name.strip() for name in text.split(",") if name.strip())
        if not all(re.fullmatch(pattern, name, re.ASCII) for name in found) or not (found or blank):
            raise ValueError(text)
        return found

    return Kind(read, wanted, blank=blank)


def present() -> Kind[Path]:
    """A file or folder that is there."""
    return Kind(_path, lazy("a file or folder that is there"), usable=Path.exists)


def folder() -> Kind[Path]:
    """A folder that is there."""
    return Kind(_path, lazy("a folder that is there"), usable=Path.is_dir)


def writable() -> Kind[Path]:
    """A folder that may be written to. It is made when it is needed."""
    return Kind(_path, lazy("a folder that may be written to"), usable=may_be_written)


def paths() -> Kind[tuple[Path, ...]]:
    """Files and folders, separated as in $PATH."""

    def read(text: str) -> tuple[Path, ...]:
        return tuple(_path(part.strip()) for part in text.split(os.pathsep) if part.strip())

    wanted = lazy("files or folders that are there, separated by {separator!r}", separator=os.pathsep)
    return Kind(read, wanted, usable=lambda found: all(path.exists() for path in found))


def may_be_written(place: Path) -> bool:
    """Whether this user may write to a folder, or to the nearest existing folder above it."""
    place = Path(os.path.abspath(place))
    while not os.path.exists(place):
        place = place.parent
    return os.path.isdir(place) and os.access(place, os.W_OK)


def _path(text: str) -> Path:
    if "\0" in text:
        raise ValueError(text)
    return Path(text).expanduser()


def _within(of: type[N], least: float, most: float) -> Callable[[str], N]:
    def read(text: str) -> N:
        value = of(text)
        if not (math.isfinite(value) and least <= value <= most):
            raise ValueError(text)
        return value

    return read

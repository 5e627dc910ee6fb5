"""The translations of each language, read from its .po files on first use."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import cache
from importlib.resources import files

from babel.messages.catalog import Catalog, Message
from babel.messages.pofile import read_po

Key = tuple[str | None, str]  # context and English message; the singular if there are two forms


@cache
def read_area(language: str, area: str) -> Catalog:
    """One file of a language, such as 'pages-home'."""
    with (files(__package__) / language / f"{area}.po").open("rb") as file:
        return read_po(file, locale=language, abort_invalid=True)


@cache
def translations(language: str, area: str | None = None) -> Mapping[Key, str]:
    """Translations by context and English message, of one area or of all. Korean has one form for any number."""
    folder = files(__package__) / language
    areas = [area] if area else sorted(file.name[:-3] for file in folder.iterdir() if file.name.endswith(".po"))
    found: dict[Key, str] = {}
    for name in areas:
        for entry in read_area(language, name):
            text = first(entry.string)
            if entry.id and text and not entry.fuzzy:
                found[key(entry)] = text
    return found


def first(text: str | Sequence[str] | None) -> str:
    """A message, or the first of its forms."""
    return text if isinstance(text, str) else text[0] if text else ""


def key(entry: Message) -> Key:
    """The key of an entry of a catalogue."""
    return entry.context or None, first(entry.id)

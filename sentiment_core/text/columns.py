"""Finds the text column and the label column of a table: by name, by number, or by a well-known name."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from sentiment_core.errors import DataError
from sentiment_core.messages import Message, lazy

# Well-known names, used if none was given and the default is absent. Only the letters and digits of a name count, not
# case.
TEXT_NAMES = (
    "text",
    "review",
    "reviewtext",
    "reviewbody",
    "document",
    "sentence",
    "content",
    "body",
    "comment",
    "tweet",
)
LABEL_NAMES = ("label", "sentiment", "polarity", "class", "target", "stars", "rating", "overall", "score")
_SHOWN = 12  # names in a message
_LONGEST = 40  # characters of a name in a message


@dataclass(frozen=True)
class Picked:
    """The columns to read from a table."""

    text: tuple[int, ...]  # positions of the columns whose texts are joined by a space
    label: int | None  # position; None if there is no such column
    guessed: tuple[str, ...] = ()  # well-known names that were used


class NoColumnError(DataError):
    """A named column does not exist."""


def pick_columns(names: Sequence[str], text: str | None, label: str | None, where: str) -> Picked:
    """Positions of the text and label columns.

    text, label: names, or numbers from 1; text may join several, as in 2+3. None takes "text" or "label", or the only
        well-known name in the table.
    Raises NoColumnError if there is no text column. A missing label column gives None, because a split may have no
    labels.
    """
    guessed = []
    try:
        place = find_column(names, "text" if text is None else text)
        texts: tuple[int, ...] | None = (place,) if place is not None else None
        if texts is None and text is not None and "+" in text:
            joined = [find_column(names, part) for part in text.split("+")]
            texts = tuple(place for place in joined if place is not None) if None not in joined else None
        if texts is None and text is None and (guess := _well_known(names, TEXT_NAMES)) is not None:
            texts = (guess,)
            guessed.append(names[guess])
        found = find_column(names, "label" if label is None else label)
        if found is None and label is None:
            found = _well_known(names, LABEL_NAMES)
            guessed += [names[found]] if found is not None else []
    except DataError as error:
        raise DataError("{where}: {error}", where=where, error=error.words) from error
    if texts is None:
        raise NoColumnError(no_column(names, "text" if text is None else text, where))
    return Picked(texts, found, tuple(guessed))


def no_column(names: Sequence[str], wanted: str, where: str) -> Message:
    """The error message: which column is missing, and which columns exist."""
    shown = ", ".join(_short(name) or "(no name)" for name in names[:_SHOWN]) + (", ..." if len(names) > _SHOWN else "")
    return lazy(
        "{where} has no column {name!r}, only {names}. Name the columns with --text-column and --label-column.",
        where=where,
        name=_short(wanted),
        names=shown,
    )


def _short(name: str) -> str:
    """A name for a message: one short line of valid Unicode."""
    line = " ".join(name[: 2 * _LONGEST].split())
    return line[:_LONGEST].encode("utf-8", "replace").decode("utf-8") + ("..." if len(line) > _LONGEST else "")


def find_column(names: Sequence[str], wanted: str) -> int | None:
    """The position of a column by name, or else by number from 1. Raises DataError if two columns have the name."""
    for same in (str, _plain):
        places = [place for place, name in enumerate(names) if same(name) == same(wanted)]
        if len(places) > 1:
            raise DataError(
                "two columns are named {name!r}. Give the number of one, such as {number}.",
                name=_short(wanted),
                number=places[0] + 1,
            )
        if places:
            return places[0]
    if re.fullmatch(r"\d{1,6}", wanted.strip()) and 1 <= int(wanted) <= len(names):
        return int(wanted) - 1
    return None


def is_number(wanted: str | None) -> bool:
    """Whether columns are given by number, as in 2 or 2+3."""
    return wanted is not None and re.fullmatch(r"\s*\d+\s*(\+\s*\d+\s*)*", wanted) is not None


def looks_like_names(fields: Sequence[str], below: Sequence[Sequence[str]] = ()) -> bool:
    """Whether a first row holds column names.

    They are short, not numeric, not sentences, and not among the values `below`.
    """
    numbers = [field.strip() for field in fields if field.strip()]
    if len(numbers) > 1 and numbers == [str(number) for number in range(len(numbers))]:  # pandas' default column names
        return True
    for place, field in enumerate(fields):
        field = field.strip()
        if (
            re.fullmatch(r"[-+]?[\d.,]+", field)
            or len(field) > 40
            or len(field.split()) > 4
            or re.search("[.!?]$", field)
        ):
            return False
        if field and any(len(row) > place and row[place].strip() == field for row in below):
            return False
    return any(field.strip() for field in fields)


def _plain(name: str) -> str:
    return " ".join(name.replace("\ufeff", "").split()).casefold()


def _well_known(names: Sequence[str], known: Sequence[str]) -> int | None:
    """The position of the only column with a well-known name; None if there is none or more than one."""
    places = [place for place, name in enumerate(names) if re.sub(r"[\W_]", "", name).casefold() in known]
    return places[0] if len(places) == 1 else None

"""Which columns of a table hold the text and the label: by name, by number, or by a name that is well known."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from sentiment_core.errors import DataError

# Names taken where nothing was named and the first is not there; letters and digits of a name count, not its case.
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


@dataclass(frozen=True)
class Picked:
    """Where a table holds what is read."""

    text: tuple[int, ...]  # places of the columns whose texts are joined by a space
    label: int | None  # place, None where there is no such column
    guessed: tuple[str, ...] = ()  # well-known names that were taken


class NoColumnError(DataError):
    """A named column is not there."""


def pick_columns(names: Sequence[str], text: str | None, label: str | None, where: str) -> Picked:
    """Places of the text and the label among the columns' names.

    text, label: names or numbers from 1; text may join several, as in 2+3. None takes "text" or "label", or the one
    well-known name that is there.
    Raises NoColumnError where there is no text column; a missing label column is None, for a split may have none.
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
        raise DataError(f"{where}: {error}") from error
    if texts is None:
        raise NoColumnError(no_column(names, "text" if text is None else text, where))
    return Picked(texts, found, tuple(guessed))


def no_column(names: Sequence[str], wanted: str, where: str) -> str:
    """The line that says which column is missing and which there are."""
    shown = ", ".join(name.strip() or "(no name)" for name in names[:_SHOWN]) + (", ..." if len(names) > _SHOWN else "")
    return f"{where} has no column {wanted!r}, only {shown}. Name the columns with --text-column and --label-column."


def find_column(names: Sequence[str], wanted: str) -> int | None:
    """The place of a name, else of a number from 1. Raises DataError for a name that two columns have."""
    for same in (str, _plain):
        places = [place for place, name in enumerate(names) if same(name) == same(wanted)]
        if len(places) > 1:
            raise DataError(f"two columns are named {wanted!r}. Name one by its number, such as {places[0] + 1}.")
        if places:
            return places[0]
    if re.fullmatch(r"\d{1,6}", wanted.strip()) and 1 <= int(wanted) <= len(names):
        return int(wanted) - 1
    return None


def is_number(wanted: str | None) -> bool:
    """Whether a column is named by its number, or several by theirs."""
    return wanted is not None and re.fullmatch(r"\s*\d+\s*(\+\s*\d+\s*)*", wanted) is not None


def looks_like_names(fields: Sequence[str], below: Sequence[Sequence[str]] = ()) -> bool:
    """Whether a first row names columns: short, no number, no sentence, and not among the values `below` it."""
    numbers = [field.strip() for field in fields if field.strip()]
    if len(numbers) > 1 and numbers == [str(number) for number in range(len(numbers))]:  # pandas names columns so
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
    """The place of the one column with a well-known name; None where there is none, or several."""
    places = [place for place, name in enumerate(names) if re.sub(r"[\W_]", "", name).casefold() in known]
    return places[0] if len(places) == 1 else None

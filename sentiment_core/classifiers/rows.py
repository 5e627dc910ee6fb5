"""A classifier's figures for the rows of a table, in new columns: the same for a visitor's file and for many files."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

import pyarrow as pa

from sentiment_core.classifiers.labels import NEUTRAL
from sentiment_core.classifiers.prediction import Prediction
from sentiment_core.classifiers.protocol import Classifier
from sentiment_core.errors import TextError
from sentiment_core.messages import Message, lazy
from sentiment_core.text.columns import Picked
from sentiment_core.text.encoding import check_text
from sentiment_core.text.grid import BadRow, Row
from sentiment_core.text.table import ValueFaultError, text_of

Figures = list[Any]  # the new cells of one row: JSON values
_NO_TEXT = lazy("it has no text")
_FIGURES = {
    "probability": pa.float64(),
    "verdict": None,
    "tokens": pa.int64(),
    "cut": pa.int64(),
    "unknown": pa.int64(),
}


def new_columns(names: Iterable[str], classifier: Classifier) -> dict[str, pa.DataType | None]:
    """The new columns of a table with these columns, in order, with their types in Parquet; None for text.

    A name that is there already gets a number.
    """
    wanted: dict[str, pa.DataType | None] = dict(_FIGURES)
    if NEUTRAL in classifier.labels.sides:
        wanted[NEUTRAL] = pa.float64()
    wanted["error"] = None
    return dict(zip(new_names(names, wanted), wanted.values(), strict=True))


def new_names(names: Iterable[str], wanted: Iterable[str]) -> list[str]:
    """Names of new columns, with a number behind those that are there already."""
    taken = {name.strip().casefold() for name in names}
    found = []
    for name in wanted:
        chosen, number = name, 2
        while chosen in taken:
            chosen, number = f"{name}_{number}", number + 1
        found.append(chosen)
    return found


def fill_columns(row: Row, width: int, separator: str | None) -> list[Any]:
    """A value for each of `width` columns. What a damaged row has beyond its columns is kept in the last one."""
    cells = list(row.fields if isinstance(row, BadRow) else row)
    if isinstance(row, BadRow) and len(cells) > width:
        cells = [*cells[: width - 1], (separator or " ").join(map(str, cells[width - 1 :]))]
    return [*cells, *[None] * (width - len(cells))][:width]


def text_or_reason(row: Row, number: int, picked: Picked, where: str) -> str | Message:
    """The text of a row, or why there is none."""
    if isinstance(row, BadRow):
        return row.reason
    try:
        text = text_of(row, picked, number, where)
    except ValueFaultError as error:
        return error.reason
    return _NO_TEXT if text is None or not text.strip() else text


def figures_of(texts: Sequence[str | Message], classifier: Classifier) -> list[Figures]:
    """The figures of each row: probability of positive, verdict, tokens, tokens that are cut, unknown tokens, for some
    classifiers the probability of neutral, and why there are none.

    texts: of `text_or_reason`. Raises ModelError if the classifier gives numbers that are not finite.
    """
    has_neutral = NEUTRAL in classifier.labels.sides
    reasons = [_fault(text) for text in texts]
    readable = [text for text, reason in zip(texts, reasons, strict=True) if reason is None]
    judged = iter(_predict([text for text in readable if isinstance(text, str)], classifier))
    width = len(_FIGURES) + has_neutral
    found: list[Figures] = []
    for reason in reasons:
        if reason is not None:
            found.append([*[None] * width, str(reason)])
            continue
        one = next(judged)
        figures = [round(one.probability, 6), one.told, one.length, one.length - one.read, one.unknown]
        found.append([*figures, *([round(one.neutral, 6)] if has_neutral else []), None])
    return found


def _fault(text: str | Message) -> Message | None:
    if isinstance(text, Message):
        return text
    try:
        check_text(text)
    except TextError as error:
        return error.words
    return None


def _predict(texts: list[str], classifier: Classifier) -> list[Prediction]:
    """The prediction for each text. Words are not counted."""
    if not texts:
        return []
    counted = classifier.judge_many(texts)
    log_odds, neutral = classifier.labels.log_odds(counted.logits), classifier.labels.neutral(counted.logits)
    columns = log_odds, counted.tokens, counted.read, counted.unknown, neutral
    return [
        Prediction(logit, tokens, read, unknown, words=0, known_words=0, milliseconds=0.0, neutral=neither)
        for logit, tokens, read, unknown, neither in zip(*(column.tolist() for column in columns), strict=True)
    ]

"""Selects the rows with a text and a label of one of the two classes, and records why others are left out."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from sentiment_core.errors import DataError
from sentiment_core.messages import Message, lazy
from sentiment_core.text.labels import MISSING, NO_LABEL, OTHER, Classes, canonical, find_classes
from sentiment_core.text.report import LISTED, SplitReport
from sentiment_core.text.sources import ALL, UNLABELLED, Part, Source
from sentiment_core.text.table import Form

_NO_TEXT, _NO_LABEL = lazy("it has no text"), lazy("it has no label")
BROKEN = lazy("its text is broken Unicode")


@dataclass(frozen=True)
class Kept:
    """The rows of one split that have a text and a label."""

    texts: list[str]  # [reviews]
    labels: np.ndarray  # [reviews] int64, 0 negative, 1 positive
    report: SplitReport  # covers all rows


def label_splits(
    name: str, found: Source, label_names: Sequence[object] | None, form: Form
) -> tuple[dict[str, Kept], tuple[str, ...]]:
    """The kept rows of each labelled split, and the names of the splits without labels.

    name: of the source, for messages. label_names: as in `load_reviews`.
    Raises DataError if a required split has no labels or no reviews, or holds numbers instead of text.
    """
    values, without = _label_values(name, found)
    classes = find_classes(Counter(value for labels in values.values() for value in labels), label_names, name)
    kept = {split: _keep(split, found.parts[split], labels, classes) for split, labels in values.items()}
    for split, rows in kept.items():
        if not rows.texts:
            raise DataError(
                "{name} ({split}): no row has both a text and a label of the two classes. Name its columns.",
                name=name,
                split=split,
            )
        if all(re.fullmatch(r"\s*[-+]?[.,]?\d[\d.,]*\s*", text) for text in rows.texts):
            column = repr(form.text_column or "text")
            raise DataError(
                "{name} ({split}): {column} holds numbers, not text. Name the text column with --text-column.",
                name=name,
                split=split,
                column=column,
            )
    return kept, without


def _label_values(name: str, found: Source) -> tuple[dict[str, list[str]], tuple[str, ...]]:
    """The label of each row of each labelled split, as `canonical` writes it, and the splits without labels."""
    values: dict[str, list[str]] = {}
    without: list[str] = []
    for split, part in found.parts.items():
        if split == UNLABELLED:
            continue
        where = name if split == ALL else f"{name} ({split})"
        if not part.table.texts:
            raise DataError("{where} holds no reviews. Give a file with at least some of each label.", where=where)
        spelled = {label: canonical(label) for label in set(part.table.labels or ())}
        labels = [spelled[label] for label in part.table.labels or ()]
        if set(labels) <= MISSING or set(labels) == {"-1"}:
            if split in ("train", ALL):
                raise DataError(
                    part.table.no_label or lazy("{where} has no labels. Name another label column.", where=where)
                )
            without.append(split)
        else:
            values[split] = labels
    if not values:
        raise DataError("{name} has no split with labels. Name the label column with --label-column.", name=name)
    return values, tuple(without)


def _keep(split: str, part: Part, labels: list[str], classes: Classes) -> Kept:
    """The rows with a text and a label of the two classes, and a report of the others."""
    left: dict[str, list[int]] = {"no_text": [], "no_label": [], "broken": []}
    left_out: list[tuple[int, Message]] = []
    others: Counter[str] = Counter()

    def leave_out(row: int, reason: Message) -> None:
        if len(left_out) < LISTED:
            left_out.append((row, reason))

    texts: list[str] = []
    codes: list[int] = []
    known = {value: classes.code(value) for value in set(labels)}
    bad = part.table.bad
    for row, (text, value) in enumerate(zip(part.table.texts, labels, strict=True), start=1):
        code = known[value]
        if (reason := bad.get(row - 1)) is not None:
            leave_out(row, reason)
        elif text is None or not text.strip():
            left["no_text"].append(row)
            leave_out(row, _NO_TEXT)
        elif code == NO_LABEL:
            left["no_label"].append(row)
            leave_out(row, _NO_LABEL)
        elif code == OTHER:
            others[value] += 1
            leave_out(row, lazy("its label {value!r} is of neither class", value=value[:24]))
        elif not is_unicode(text):
            left["broken"].append(row)
            leave_out(row, BROKEN)
        else:
            texts.append(text)
            codes.append(code)
    found = np.array(codes, dtype=np.int64)
    negative, positive = (int(count) for count in np.bincount(found, minlength=2))
    table = part.table
    report = SplitReport(
        split,
        part.files,
        len(table),
        (negative, positive),
        **{reason: tuple(rows) for reason, rows in left.items()},
        others=tuple(others.most_common()),
        encoding=table.encoding,
        guessed=table.guessed,
        header=table.header,
        unread=len(bad),
        left_out=tuple(left_out),
    )
    return Kept(texts, found, report)


def is_unicode(text: str) -> bool:
    """Whether a text has no half of a surrogate pair. JSON may hold one, but no tokenizer accepts it."""
    if text.isascii():
        return True
    try:
        text.encode()
    except UnicodeEncodeError:
        return False
    return True

"""The report of reading a data set: rows read, rows left out and why, and what else affects its figures."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from sentiment_core.text.decoding import UTF8

LOPSIDED = 0.9  # a class with at least this share is reported as unbalanced
_SHOWN = 5  # rows named in a line
_NAMES = ("negative", "positive")


@dataclass(frozen=True)
class SplitReport:
    """One split as it was read. Rows count from 1 without the header, through all files of the split."""

    name: str  # train, valid, test, or all
    files: tuple[str, ...]  # names within the source
    rows: int
    counts: tuple[int, int]  # negative and positive reviews kept
    no_text: tuple[int, ...] = ()  # rows whose text is blank
    no_label: tuple[int, ...] = ()  # rows without a label
    broken: tuple[int, ...] = ()  # rows whose text is not valid Unicode
    others: tuple[tuple[str, int], ...] = ()  # labels of neither class, and the number of rows with each
    encoding: str = UTF8
    guessed: tuple[str, ...] = ()  # well-known names used for the columns
    header: bool = True  # whether the first line named the columns

    @property
    def kept(self) -> int:
        return sum(self.counts)


@dataclass(frozen=True)
class Copies:
    """Texts that occur more than once, ignoring case and white space."""

    within: tuple[tuple[str, int], ...] = ()  # split, and the number of its reviews that copy an earlier one in it
    across: tuple[tuple[str, str, int, int], ...] = ()  # split, the other split, copied reviews, all reviews


@dataclass(frozen=True)
class Report:
    """The result of reading a data set, in numbers and names."""

    splits: tuple[SplitReport, ...] = ()
    without_labels: tuple[str, ...] = ()  # splits left out because no row has a label
    unlabelled: int = 0  # texts to pretrain on
    passed_over: tuple[str, ...] = ()  # files that belong to no split
    copies: Copies = Copies()
    note: str = ""  # about the source, one or two sentences


def majority(labels: np.ndarray) -> tuple[str, float]:
    """The name of the larger class of labels [reviews] int64, and its share: the accuracy of always predicting it."""
    positive = float(labels.mean())
    return (_NAMES[1], positive) if positive > 0.5 else (_NAMES[0], 1 - positive)


def find_copies(splits: dict[str, Sequence[str]]) -> Copies:
    """Texts that occur more than once in or across splits."""
    # Most texts already differ in their first characters. Only the others are compared whole, which takes seconds for
    # IMDB.
    starts = {name: ["".join(text[:200].split())[:24].casefold() for text in texts] for name, texts in splits.items()}
    seen = Counter(start for values in starts.values() for start in values)
    keys = {
        name: [
            start if seen[start] == 1 else " ".join(text.split()).casefold()
            for start, text in zip(starts[name], texts, strict=True)
        ]
        for name, texts in splits.items()
    }
    sets = {name: set(values) for name, values in keys.items()}
    across = []
    for name, others in (("valid", ["train"]), ("test", ["train", "valid"])):
        there = set().union(*(sets[other] for other in others if other in sets))
        if count := sum(key in there for key in keys.get(name, ())):
            across.append((name, " or ".join(others), count, len(keys[name])))
    within = ((name, len(values) - len(sets[name])) for name, values in keys.items())
    return Copies(tuple(pair for pair in within if pair[1]), tuple(across))


def describe(report: Report) -> list[str]:
    """The report in short lines: one a split, then anything unusual."""
    lines = [_describe_split(split) for split in report.splits]
    lines += [f"{name}: passed over, no row of it has a label" for name in report.without_labels]
    if report.unlabelled:
        lines.append(f"unlabelled: {report.unlabelled:,} texts read")
    if report.passed_over:
        lines.append(f"passed over: {_list(report.passed_over)}, of no split")
    for name, other, count, total in report.copies.across:
        shares = f"{count:,} of its {total:,} texts ({count / total:.1%}) also stand in {other}"
        lines.append(f"{name}: {shares}" + (": its accuracy says little of new texts" if count >= 0.05 * total else ""))
    if report.copies.within:
        counts = ", ".join(f"{count:,} in {name}" for name, count in report.copies.within)
        lines.append(f"copies of an earlier text of the same split: {counts}")
    if report.note:
        lines.append(report.note)
    return lines


def _describe_split(split: SplitReport) -> str:
    files = "" if split.name == "all" and len(split.files) == 1 else f" from {_list(split.files)}"
    of = f"{split.kept:,}" if split.kept == split.rows else f"{split.kept:,} of {split.rows:,}"
    line = f"{split.files[0] if not files else split.name}: {of} review{'s' if split.rows > 1 else ''} read{files}"
    details = []
    if split.guessed:
        details.append(f"column{'s' if len(split.guessed) > 1 else ''} {' and '.join(map(repr, split.guessed))}")
    if not split.header:
        details.append("no header line")
    if split.encoding.removesuffix("-sig") != UTF8:
        details.append(f"as {split.encoding}")
    if details:
        line += f" ({', '.join(details)})"
    if reasons := _reasons(split):
        line += f"; left out: {', '.join(reasons)}"
    share = max(split.counts) / max(split.kept, 1)
    if share >= LOPSIDED:
        line += f"; {share:.0%} of them are {_NAMES[int(split.counts[1] > split.counts[0])]}"
    return line


def _reasons(split: SplitReport) -> list[str]:
    reasons = [
        f"{len(rows):,} {what} ({_rows(rows)})"
        for rows, what in (
            (split.no_text, "without a text"),
            (split.no_label, "without a label"),
            (split.broken, "of broken Unicode"),
        )
        if rows
    ]
    if split.others:
        values = _list([f"{value[:24]!r}" for value, _ in split.others])
        reasons.append(f"{sum(count for _, count in split.others):,} of other classes ({values})")
    return reasons


def _rows(rows: Sequence[int]) -> str:
    return f"row{'s' if len(rows) > 1 else ''} {_list([str(row) for row in rows])}"


def _list(names: Sequence[str]) -> str:
    return ", ".join(names[:_SHOWN]) + (", ..." if len(names) > _SHOWN else "")

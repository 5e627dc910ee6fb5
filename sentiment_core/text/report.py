"""The report of reading a data set: rows read, rows left out and why, and what else affects its figures."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from sentiment_core.messages import Message, tr, tr_plural
from sentiment_core.text.copies import Copies
from sentiment_core.text.decoding import UTF8

LOPSIDED = 0.9  # a class with at least this share is reported as unbalanced
LISTED = 1_000  # rows left out that a report lists, whatever the reason; its counts are of all
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
    unread: int = 0  # rows that cannot be read
    left_out: tuple[tuple[int, Message], ...] = ()  # the first `LISTED` rows left out, and why: a clause

    @property
    def kept(self) -> int:
        return sum(self.counts)


@dataclass(frozen=True)
class Report:
    """The result of reading a data set, in numbers and names."""

    splits: tuple[SplitReport, ...] = ()
    without_labels: tuple[str, ...] = ()  # splits left out because no row has a label
    unlabelled: int = 0  # texts to pretrain on
    passed_over: tuple[str, ...] = ()  # files that belong to no split
    copies: Copies = Copies()  # noqa: RUF009, frozen
    note: Message | None = None  # about the source, one or two sentences


def majority(labels: np.ndarray) -> tuple[str, float]:
    """The name of the larger class of labels [reviews] int64, and its share: the accuracy of always predicting it."""
    positive = float(labels.mean())
    return (_NAMES[1], positive) if positive > 0.5 else (_NAMES[0], 1 - positive)


def describe(report: Report) -> list[str]:
    """The report in short lines, in the current language: one for each split, then what is unusual."""
    lines = [_describe_split(split) for split in report.splits]
    lines += [tr("{name}: passed over, no row of it has a label", name=name) for name in report.without_labels]
    if report.unlabelled:
        lines.append(tr_plural("unlabelled: {count} text read", "unlabelled: {count} texts read", report.unlabelled))
    if report.passed_over:
        lines.append(tr("passed over: {files}, of no split", files=_first(report.passed_over)))
    for name, others, count, total in report.copies.across:
        shared = {"name": name, "copied": count, "total": total, "share": count / total, "others": others}
        if count >= 0.05 * total:
            lines.append(
                tr(
                    "{name}: {copied} of its {total} texts ({share:.1%}) also stand in {others:or}: its accuracy says "
                    "little of new texts",
                    **shared,
                )
            )
        else:
            lines.append(tr("{name}: {copied} of its {total} texts ({share:.1%}) also stand in {others:or}", **shared))
    if report.copies.dropped:
        counts = [tr("{copied} in {name}", copied=count, name=name) for name, count in report.copies.dropped]
        lines.append(tr("copies left out: {counts}", counts=counts))
    if report.copies.within:
        counts = [tr("{copied} in {name}", copied=count, name=name) for name, count in report.copies.within]
        lines.append(tr("copies of an earlier text of the same split: {counts}", counts=counts))
    if report.note:
        lines.append(str(report.note))
    return lines


def _describe_split(split: SplitReport) -> str:
    alone = split.name == "all" and len(split.files) == 1
    parts = [_read(split, split.files[0] if alone else split.name, None if alone else _first(split.files))]
    if reasons := _reasons(split):
        parts.append(tr("left out: {reasons}", reasons=reasons))
    share = max(split.counts) / max(split.kept, 1)
    if share >= LOPSIDED:
        positive = split.counts[1] > split.counts[0]
        parts.append(
            tr("{share:.0%} of them are positive", share=share)
            if positive
            else tr("{share:.0%} of them are negative", share=share)
        )
    return "; ".join(parts)


def _read(split: SplitReport, name: str, files: str | None) -> str:
    """How many reviews were read, from which files, and how."""
    values = {"name": name, "kept": split.kept}
    if split.kept == split.rows:
        line = tr_plural("{name}: {count} review read", "{name}: {count} reviews read", split.rows, name=name)
    else:
        line = tr_plural(
            "{name}: {kept} of {count} review read", "{name}: {kept} of {count} reviews read", split.rows, **values
        )
    if files is not None:
        line = tr("{line} from {files}", line=line, files=files)
    details = []
    if split.guessed:
        names = [repr(column) for column in split.guessed]
        details.append(tr_plural("column {names:and}", "columns {names:and}", len(names), names=names))
    if not split.header:
        details.append(tr("no header line"))
    if split.encoding.removesuffix("-sig") != UTF8:
        details.append(tr("as {encoding}", encoding=split.encoding))
    return f"{line} ({', '.join(details)})" if details else line


def _reasons(split: SplitReport) -> list[str]:
    reasons = []
    if split.unread:
        reasons.append(tr_plural("{count} that cannot be read", "{count} that cannot be read", split.unread))
    if split.no_text:
        reasons.append(tr("{left} without a text ({rows})", left=len(split.no_text), rows=_rows(split.no_text)))
    if split.no_label:
        reasons.append(tr("{left} without a label ({rows})", left=len(split.no_label), rows=_rows(split.no_label)))
    if split.broken:
        reasons.append(tr("{left} of broken Unicode ({rows})", left=len(split.broken), rows=_rows(split.broken)))
    if split.others:
        values = _first([f"{value[:24]!r}" for value, _ in split.others])
        left = sum(count for _, count in split.others)
        reasons.append(tr("{left} of other classes ({values})", left=left, values=values))
    return reasons


def _rows(rows: Sequence[int]) -> str:
    return tr_plural("row {rows}", "rows {rows}", len(rows), rows=_first([str(row) for row in rows]))


def _first(names: Sequence[str]) -> str:
    return ", ".join(names[:_SHOWN]) + (", ..." if len(names) > _SHOWN else "")

"""How a reader's own data is read: the choices that are kept with an upload, a first look, and what was left out.

A file may be hostile, so a process of its own reads it, with a limit of time and memory; one at a time. What is cached
here are counts, guesses and the first rows.
"""

from __future__ import annotations

import os
import threading
from collections.abc import Mapping
from dataclasses import asdict, dataclass, replace
from pathlib import Path
from typing import Any

import streamlit as st

from pages.shared import uploads
from pages.shared.folders import modified
from pages.shared.resources import SpinnerText
from pages.shared.uploads import Upload
from pages.shared.visitors import visitor
from sentiment_core.analysis.review_shape import ReviewShape, shape_of
from sentiment_core.environment.kinds import HUB_ID, LONGEST_HUB_ID
from sentiment_core.errors import DataError, JobError
from sentiment_core.jobs.uploads import check_there, is_upload
from sentiment_core.messages import lazy
from sentiment_core.storage.formats import known_entries
from sentiment_core.text import intake
from sentiment_core.text.bounds import Bounds, upload_bounds
from sentiment_core.text.label_table import NEGATIVE as NEGATIVE
from sentiment_core.text.label_table import POSITIVE as POSITIVE
from sentiment_core.text.label_table import groups_of, parse_labels
from sentiment_core.text.preview import LabelValue as LabelValue
from sentiment_core.text.preview import Preview as Preview
from sentiment_core.text.reviews import Reading, read_again
from sentiment_core.text.summary import Summary, summarize
from sentiment_core.text.table import Form

_READING = threading.Lock()


@dataclass(frozen=True)
class Choices:
    """How the reader has a source read. None and () mean that the guess holds."""

    encoding: str | None = None
    separator: str | None = None
    header: bool | None = None
    text: tuple[int, ...] = ()  # numbers of the text columns from 1
    label: int | None = None  # number of the label column from 1
    sides: Mapping[str, str] | None = None  # value of a label -> negative or positive; others are left out
    skip_bad_rows: bool = True
    drop_copies: bool = True


@dataclass(frozen=True)
class Looked:
    """What reading all of a source gives, without the texts."""

    summary: Summary
    shape: ReviewShape

    @property
    def trained_on(self) -> int:
        """Reviews of the training split."""
        return sum(split.negative + split.positive for split in self.summary.splits if split.name == "train")


def choices_of(upload: Upload) -> Choices:
    """The choices that are kept with an upload; the guesses where they are damaged."""
    try:
        known = known_entries(Choices, dict(upload.choices))
        text = tuple(int(place) for place in known.get("text") or ())
        sides = known.get("sides")
        sides = None if sides is None else {str(value): str(side) for value, side in sides.items()}
        return Choices(**known | {"text": text, "sides": sides})
    except (TypeError, ValueError, AttributeError):
        return Choices()


def change(number: str, **changed: Any) -> None:
    """Change some choices of an upload, by field of `Choices`. Raises JobError if it is gone, or cannot be written."""
    upload = uploads.find(number)
    if upload is None:
        raise JobError(uploads.gone())
    choices = replace(choices_of(upload), **changed)
    uploads.remember(upload, asdict(choices) | {"text": list(choices.text)})


def look(path: Path, choices: Choices) -> Preview:
    """A first look at a file: guesses, columns, values of the label column, and rows. Takes a second at most.

    Raises DataError if nothing of it can be shown, or it was deleted.
    """
    check_there(str(path))
    stamp = modified(path)
    try:
        guessed = _look(path, stamp, form_of(choices, None))
        if not choices.text and choices.label is None:
            return guessed
        return _look(path, stamp, form_of(choices, guessed))
    except DataError:
        check_there(str(path))  # if it was deleted meanwhile, that is what to tell
        raise


def form_of(choices: Choices, guessed: Preview | None) -> Form:
    """How to read the file. guessed: the look without columns, from which they were chosen; None to leave them out."""
    form = Form(
        separator=choices.separator,
        encoding=choices.encoding,
        header=choices.header,
        skip_bad_rows=choices.skip_bad_rows,
    )
    if guessed is None:
        return form
    text = "+".join(map(str, choices.text)) or guessed.form.text_column
    label = guessed.form.label_column if choices.label is None else str(choices.label)
    return replace(guessed.form, text_column=text, label_column=label, skip_bad_rows=choices.skip_bad_rows)


def reading_of(upload: Upload) -> Reading:
    """How an upload is read, with the reader's choices, for a job or a check.

    Raises DataError if nothing of it can be shown, or the two classes are not named yet.
    """
    choices = choices_of(upload)
    seen = look(upload.path, choices)
    if seen.label is None:
        raise DataError("Choose the column of the labels on the page Own data first.")
    sides = choices.sides if choices.sides is not None else sides_of(seen)
    form = replace(seen.form, skip_bad_rows=choices.skip_bad_rows)
    return Reading(str(upload.path.resolve()), form, groups_of(sides), drop_copies=choices.drop_copies)


def hub_reading(name: str, text: str, label: str, labels: str) -> Reading:
    """How a data set of the Hub is read. text, label and labels as the options of the command line; "" is a guess.

    Only who sits at this machine may have it download a data set.
    Raises DataError for another visitor, for what is no id, and for labels that are no two groups.
    """
    if not visitor().local:
        raise DataError("Only who sits at the machine that serves this page can name a data set of the Hub.")
    if len(name) > LONGEST_HUB_ID or not HUB_ID.fullmatch(name) or os.path.exists(name):
        raise DataError("{name!r} is not the id of a data set on the Hub. Give one such as owner/name.", name=name)
    groups = parse_labels(labels) if labels else None
    return Reading(name, Form(text or None, label or None, skip_bad_rows=True), groups, drop_copies=True)


def sides_of(seen: Preview) -> dict[str, str]:
    """The likely side of each value of the label column."""
    return {value.value: value.side for value in seen.labels if value.side}


def check(reading: Reading) -> Looked:
    """Read all of a source as a training would, and tell what was left out and what the reviews are like.

    Raises DataError if it cannot be read as labelled reviews, or is larger than this server takes.
    """
    check_there(reading.source)
    try:
        return _check(repr(reading), modified(Path(reading.source)), reading)
    except DataError:
        check_there(reading.source)  # if it was deleted meanwhile, that is what to tell
        raise


def forget() -> None:
    """Forget what was seen of files, because one was deleted."""
    _look.clear()
    _check.clear()


def bounds() -> Bounds:
    """The most that this server reads of a file."""
    limits = uploads.limits()
    return upload_bounds(limits.upload_megabytes, limits.upload_rows)


@st.cache_resource(max_entries=32, ttl=3600, show_spinner=SpinnerText(lazy("Looking at the file")))
def _look(path: Path, _stamp: int, form: Form) -> Preview:
    with _READING:
        return intake.look(path, form, bounds=bounds())


@st.cache_resource(max_entries=16, ttl=3600, show_spinner=SpinnerText(lazy("Reading the reviews")))
def _check(asked: str, stamp: int, _reading: Reading) -> Looked:
    with _READING:
        # A data set of the Hub may have to be downloaded, and the other process is offline.
        of_file = is_upload(_reading.source)
        summary = intake.inspect(_reading, bounds()) if of_file else summarize(read_again(_reading))
    return Looked(summary, shape_of(summary))

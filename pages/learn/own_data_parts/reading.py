"""How the file is read: each guess with a control that changes it, the first rows, and what the labels mean."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from math import isfinite
from typing import Any

import streamlit as st

from pages.learn.own_data_parts.problems import problems_kept
from pages.shared import own_data
from pages.shared.layout import errors_shown, plain
from pages.shared.own_data import NEGATIVE, POSITIVE, Choices, LabelValue, Preview, sides_of
from pages.shared.problems import told
from pages.shared.uploads import Upload
from sentiment_core.errors import SentimentError
from sentiment_core.messages import lazy, tr, tr_plural
from sentiment_core.messages.numbers import number

_ENCODINGS = ("utf-8", "utf-16", "cp949", "cp1252", "latin-1", "shift_jis", "gb18030", "big5")
_SEPARATORS = {
    ",": lazy("comma"),
    "\t": lazy("tab"),
    ";": lazy("semicolon"),
    "|": lazy("vertical bar"),
    " ": lazy("space"),
}
_KINDS = {
    "delimited": lazy("text with separators"),
    "json": "JSON",
    "parquet": lazy("Parquet"),
    "excel": lazy("Excel"),
    "folders": lazy("one text a file, in a folder for each class"),
}
_GUESS = "guess"
_MEANS = {NEGATIVE: lazy("◆ negative"), POSITIVE: lazy("● positive"), "": lazy("left out")}


def show_reading(upload: Upload) -> bool:
    """Show how an upload is read, with controls that change it. Every change is kept with the upload.

    Returns whether there are texts and two classes; if not, what is missing stands on the page.
    """
    st.header(tr("How it is read"), anchor=False)
    choices = own_data.choices_of(upload)
    try:
        guessed = own_data.look(upload.path, replace(choices, text=(), label=None))
    except SentimentError as error:
        _show_writing(upload, choices, None)
        st.error(plain(told(error, upload)), icon=":material/error:")
        return False
    _show_writing(upload, choices, guessed)
    if guessed.kind != "folders":
        _show_columns(upload, choices, guessed)
    with errors_shown():
        seen = own_data.look(upload.path, choices)
        _show_rows(seen)
        if seen.text and seen.label is not None:
            return _show_labels(upload, choices, seen)
        st.info(
            tr(
                "Choose the column of the texts and the column of the labels above. They were not found by their names."
            ),
            icon=":material/arrow_upward:",
        )
    return False


def _show_writing(upload: Upload, choices: Choices, seen: Preview | None) -> None:
    """The controls of how a text file is written. A kind of file that says it itself has none."""
    kind = seen.kind if seen is not None else "delimited"
    if seen is not None:
        st.caption(_summary(seen))
    with st.container(horizontal=True, gap="medium"):
        if kind in ("delimited", "json"):
            names = {name: name for name in _ENCODINGS}
            _choose(upload, tr("Encoding"), "encoding", choices.encoding, names, seen and seen.encoding)
        if kind == "delimited":
            marks = {mark: str(name) for mark, name in _SEPARATORS.items()}
            _choose(upload, tr("Separator"), "separator", choices.separator, marks, seen and seen.separator)
        if kind in ("delimited", "excel"):
            lines = {True: tr("names the columns"), False: tr("is a review")}
            _choose(upload, tr("The first line"), "header", choices.header, lines, seen and seen.header)


def _summary(seen: Preview) -> str:
    kind = str(_KINDS.get(str(seen.kind), str(seen.kind)))
    if seen.complete:
        rows = tr_plural("{count} row", "{count} rows", seen.row_count)
        return plain(tr("Read as: {kind}, {rows}.", kind=kind, rows=rows))
    return plain(tr("Read as: {kind}. Its first {count} rows were looked at.", kind=kind, count=seen.row_count))


def _choose(
    upload: Upload, label: str, name: str, chosen: object, options: Mapping[Any, str], guess: object = None
) -> None:
    """A box for one choice, named as its field, with the guess as its first option."""
    key = f"own_data.{name}.{upload.id}"
    st.session_state.setdefault(key, _GUESS if chosen is None else chosen)
    told = options.get(guess, guess) if chosen is None else None
    first = tr("guess it") if told is None else tr("guessed: {what}", what=told)
    offered = [_GUESS, *options, *([chosen] if chosen is not None and chosen not in options else [])]

    def keep() -> None:
        value = st.session_state[key]
        with problems_kept():
            own_data.change(upload.id, **{name: None if value == _GUESS else value}, text=(), label=None, sides=None)

    st.selectbox(
        label,
        offered,
        key=key,
        format_func=lambda value: first if value == _GUESS else options.get(value, str(value)),
        on_change=keep,
        width=230,
    )


def _show_columns(upload: Upload, choices: Choices, guessed: Preview) -> None:
    """The columns of the texts and of the labels."""
    names = {column.number: _named(column.number, column.name) for column in guessed.columns}
    place = f"{upload.id}.{guessed.encoding}.{guessed.separator}.{guessed.header}"
    keys = {name: f"own_data.{name}.{place}" for name in ("text", "label")}
    st.session_state.setdefault(keys["text"], [place for place in choices.text or guessed.text if place in names])
    label = choices.label if choices.label in names else guessed.label
    st.session_state.setdefault(keys["label"], label if label in names else None)

    def keep() -> None:
        text, value = tuple(st.session_state[keys["text"]]), st.session_state[keys["label"]]
        same = value == label
        with problems_kept():
            own_data.change(upload.id, text=text, label=value, sides=choices.sides if same else None)

    with st.container(horizontal=True, gap="medium"):
        st.multiselect(
            tr("Column of the texts"),
            list(names),
            key=keys["text"],
            format_func=lambda place: names.get(place, str(place)),
            on_change=keep,
            width=420,
            help=tr("Texts of several columns are joined by a space."),
        )
        st.selectbox(
            tr("Column of the labels"),
            list(names),
            key=keys["label"],
            format_func=lambda place: names.get(place, str(place)),
            on_change=keep,
            width=280,
        )


def _named(place: int, name: str) -> str:
    return name[:60] if name.strip() else tr("column {number}", number=place)


def _show_rows(seen: Preview) -> None:
    """The first rows as they are read. A table draws characters, so markup in a text stays text."""
    shown = [(number, row) for number, row in enumerate(seen.rows, start=1) if row]
    table: dict[str, list[Any]] = {"0": [number for number, _ in shown]}
    config: dict[str, Any] = {"0": st.column_config.NumberColumn(tr("row"), width=60)}
    for place, column in enumerate(seen.columns):
        name, key = _named(column.number, column.name), str(column.number)
        table[key] = [row[place] if place < len(row) else "" for _, row in shown]
        if column.number in seen.text:
            config[key] = st.column_config.TextColumn(tr("{name} → text", name=name), width="large")
        elif column.number == seen.label:
            config[key] = st.column_config.TextColumn(tr("{name} → label", name=name), width="small")
        else:
            config[key] = st.column_config.TextColumn(name, width="small")
    st.dataframe(table, hide_index=True, height=240, column_config=config, alt=tr("The first rows of the file"))
    if seen.width > len(seen.columns):
        st.caption(tr("{shown} of {count} columns are shown.", shown=len(seen.columns), count=seen.width))


def _show_labels(upload: Upload, choices: Choices, seen: Preview) -> bool:
    """The table from each value of the label column to its side, and the boxes that change it.

    Returns whether both classes have a value.
    """
    st.header(tr("What the labels mean"), anchor=False)
    counts = {value.value: value.count for value in _in_order(seen.labels)}
    sides = dict(choices.sides) if choices.sides is not None else sides_of(seen)
    place = f"{upload.id}.{seen.encoding}.{seen.separator}.{seen.header}.{seen.label}"
    keys = {side: f"own_data.{side}.{place}" for side in (NEGATIVE, POSITIVE)}

    def keep() -> None:
        chosen = {value: side for side, key in keys.items() for value in st.session_state[key]}
        with problems_kept():
            own_data.change(upload.id, sides=chosen)

    names = {value: _label_name(value, count, seen.complete) for value, count in counts.items()}
    boxes, table = st.columns([3, 2], gap="medium")
    with boxes:
        for side, other, label in ((NEGATIVE, POSITIVE, tr("◆ Negative")), (POSITIVE, NEGATIVE, tr("● Positive"))):
            st.session_state.setdefault(keys[side], [value for value in counts if sides.get(value) == side])
            st.multiselect(
                label,
                [value for value in counts if sides.get(value) != other],
                key=keys[side],
                format_func=lambda value: names.get(value, value),
                on_change=keep,
            )
        st.caption(tr("Rows with any other value are left out. Upper and lower case and spaces do not count."))
    with table:
        st.dataframe(
            {
                tr("value"): [value[:80] or tr("(empty)") for value in counts],
                tr("rows"): list(counts.values()),
                tr("means"): [str(_MEANS[sides.get(value, "")]) for value in counts],
            },
            hide_index=True,
            column_config={tr("rows"): st.column_config.NumberColumn(format="localized")},
            height="content" if len(counts) <= 7 else 280,
            alt=tr("The values of the label column, their rows and what they mean"),
        )
    if {NEGATIVE, POSITIVE} <= set(sides.values()):
        return True
    st.info(tr("Choose at least one value for each class."), icon=":material/arrow_upward:")
    return False


def _in_order(labels: Sequence[LabelValue]) -> list[LabelValue]:
    """Numbers by size before other values, which stay as they are: the most frequent first."""

    def rank(label: LabelValue) -> tuple[bool, float]:
        try:
            size = float(label.value)
        except ValueError:
            return True, 0.0
        return not isfinite(size), size if isfinite(size) else 0.0

    return sorted(labels, key=rank)


def _label_name(value: str, count: int, complete: bool) -> str:
    shown = value[:40] or tr("(empty)")
    return f"{shown} ({number(count)}{'' if complete else '+'})"

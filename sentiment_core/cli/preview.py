"""The command `preview`: shows how a data set would be read, and what is in it, before anything runs."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Annotated

import typer

from sentiment_core.cli.options import (
    EncodingOption,
    HeaderOption,
    JsonOption,
    LabelColumnOption,
    LabelsOption,
    SeparatorOption,
    TextColumnOption,
)
from sentiment_core.errors import DataError
from sentiment_core.storage.typed_json import to_json
from sentiment_core.text.bounds import Bounds
from sentiment_core.text.label_table import groups_of, parse_labels, write_labels
from sentiment_core.text.preview import Preview
from sentiment_core.text.preview import preview as look
from sentiment_core.text.table import Form


def preview(
    data: Annotated[Path, typer.Argument(help="A file, folder or archive.")],
    text_column: TextColumnOption = None,
    label_column: LabelColumnOption = None,
    labels: LabelsOption = None,
    separator: SeparatorOption = None,
    encoding: EncodingOption = None,
    header: HeaderOption = None,
    max_mb: Annotated[float | None, typer.Option(help="Refuse a larger file.", min=0)] = None,
    as_json: JsonOption = False,
) -> None:
    """Show how a file would be read: encoding, columns, labels and the first rows. Every guess can be changed."""
    if not data.exists():
        raise DataError("No file or folder {source}. Check the path, or use imdb, korean or toy.", source=data)
    form = Form(text_column, label_column, separator, encoding, header)
    bounds = Bounds(None if max_mb is None else round(max_mb * 1_000_000))
    found = look(data, form, None if labels is None else parse_labels(labels), bounds)
    if as_json:
        typer.echo(json.dumps(to_json(found), ensure_ascii=False))
        return
    _tell(found, data)


def _tell(found: Preview, data: Path) -> None:
    how = [found.kind.value, found.encoding, *([f"separator {found.separator!r}"] if found.separator else [])]
    typer.echo(f"{data.name}: {', '.join(how)}, {'with' if found.header else 'no'} header, {found.bytes:,} bytes")
    for split, files in found.files:
        typer.echo(f"  {split}: {', '.join(files[:5])}{', ...' if len(files) > 5 else ''}")
    part = "" if found.complete else " (of the first part)"
    typer.echo(f"rows{part}: {found.row_count:,}, of which {found.bad_count:,} cannot be read")
    for column in found.columns:
        use = "text" if column.number in found.text else "label" if column.number == found.label else ""
        examples = " | ".join(" ".join(example.split())[:40] for example in column.examples)
        typer.echo(f"  {column.number:>3} {column.name[:24]:<24} {column.kind.value:<8} {use:<6} {examples}")
    for bad in found.bad[:10]:
        typer.echo(f"  row {bad.row}: {bad.reason}")
    if found.labels:
        typer.echo(f"labels{part}:")
        for label in found.labels[:20]:
            typer.echo(f"  {label.value[:24] or '(none)':<24} {label.count:>9,}  {label.side or 'left out'}")
    for note in (found.note, found.problem):
        if note is not None:
            typer.echo(f"note: {note}", err=True)
    typer.echo(f"read it with: --data {data} {_options(found)}".rstrip())


def _options(found: Preview) -> str:
    """The options that read the source as shown."""
    form = found.form
    options = [] if form.text_column in (None, "text") else ["--text-column", form.text_column]
    options += [] if form.label_column in (None, "label") else ["--label-column", form.label_column]
    options += ["--no-header"] if form.header is False else []
    options += ["--skip-bad-rows"] if found.bad_count else []
    sides = {label.value: label.side for label in found.labels if label.side}
    if len(set(sides.values())) == 2:
        options += ["--labels", write_labels(groups_of(sides))]
    return " ".join(f"'{option}'" if set(option) & set(" ;|\"'&()<>$") else option for option in options)

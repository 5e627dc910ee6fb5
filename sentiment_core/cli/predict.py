"""The command `predict`: predicts the sentiment of texts, or of the lines of standard input."""

from __future__ import annotations

import json
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer
from typer.core import TyperCommand

from sentiment_core.cli.options import (
    DeviceOption,
    EncodingOption,
    HeaderOption,
    JsonOption,
    RunArgument,
    SeparatorOption,
    TextColumnOption,
    error_console,
    load_judge,
)
from sentiment_core.errors import TextError
from sentiment_core.text.encoding import check_text
from sentiment_core.text.table import Form

if TYPE_CHECKING:
    from sentiment_core.classifiers.prediction import Prediction


class TextsCommand(TyperCommand):
    """A command that takes texts. For an unknown option it explains how to pass a text that begins with a dash."""

    def parse_args(self, ctx: Any, args: list[str]) -> list[str]:
        """Raise TextError for an argument that looks like an option but is not one."""
        known = {name for param in self.get_params(ctx) for name in (*param.opts, *param.secondary_opts)}
        for argument in args[: args.index("--")] if "--" in args else args:
            if argument.startswith("-") and argument != "-" and argument.split("=")[0] not in known:
                shown = argument if len(argument) <= 40 else f"{argument[:40]}..."
                raise TextError(
                    'No option {shown}. Write -- before texts that begin with a dash, as in predict RUN -- "{shown}".',
                    shown=shown,
                )
        return super().parse_args(ctx, args)


def predict(
    run: RunArgument,
    texts: Annotated[
        list[str] | None, typer.Argument(metavar="TEXT...", help="Texts; - reads lines from standard input.")
    ] = None,
    file: Annotated[
        Path | None, typer.Option(help="A table whose rows are scored, in place of texts. It is written to --out.")
    ] = None,
    out: Annotated[
        Path | None,
        typer.Option(help="The table with new columns to write: .csv, .tsv, .jsonl, .parquet or .xlsx."),
    ] = None,
    text_column: TextColumnOption = None,
    separator: SeparatorOption = None,
    encoding: EncodingOption = None,
    header: HeaderOption = None,
    device: DeviceOption = "auto",
    as_json: JsonOption = False,
    overwrite: Annotated[bool, typer.Option("--overwrite", help="Replace the file at --out.")] = False,
) -> None:
    """Predict how positive each text is, or each row of a table. Put texts that begin with a dash after --."""
    if file is not None or out is not None or not texts:
        if file is None or out is None or texts:
            raise TextError("Give texts, or a table with --file and the file to write with --out.")
        _predict_rows(run, file, Form(text_column, None, separator, encoding, header), out, device, overwrite)
        return
    piped = texts == ["-"]
    if piped:
        texts = read_lines()
    else:
        refuse_files(texts)
    faults = find_faults(texts)
    classifier = load_judge(run, device)
    results = iter(classifier.predict([text for text, fault in zip(texts, faults, strict=True) if fault is None]))
    for text, fault in zip(texts, faults, strict=True):
        result = next(results) if fault is None else None
        if as_json:
            typer.echo(json.dumps({"text": text} | _figures(result)))
        elif result is None:
            typer.echo("" if piped and not text.strip() else "(not read)")
        else:
            shown = " ".join(text.split())
            note = "  (all words unknown)" if result.blind else ""
            typer.echo(f"{result.told}  {result.probability:6.1%}  {shown[:80]}{note}")
    if print_faults(texts, faults, piped):
        raise typer.Exit(2)


def _predict_rows(run: Path, file: Path, form: Form, out: Path, device: str, overwrite: bool) -> None:
    """Score a table, and say what was written."""
    from sentiment_core.classifiers.score_table import score_table

    if not file.is_file():
        raise TextError("No file {path}. Check the path.", path=file)
    with error_console.status("Scoring") as status:
        classifier = load_judge(run, device)
        done = score_table(
            file,
            form,
            classifier,
            out,
            overwrite=overwrite,
            progress=lambda rows: status.update(f"Scoring: {rows:,} rows"),
        )
    typer.echo(f"{out}: {done.rows:,} rows, {done.scored:,} scored, new columns {', '.join(done.columns)}")
    if done.scored < done.rows:
        typer.echo(f"{done.rows - done.scored:,} rows could not be read: see the column {done.columns[-1]}", err=True)
    if done.guarded:
        typer.echo(f"{done.guarded:,} cells that a spreadsheet would run have an apostrophe before them", err=True)


def _figures(result: Prediction | None) -> dict[str, str | float | None]:
    """The JSON values for a text; all None for a text that was not read."""
    if result is None:
        return dict.fromkeys(("verdict", "probability", "neutral", "logit", "tokens", "read", "unknown"))
    return {
        "verdict": result.verdict,
        "probability": result.probability,
        "neutral": result.neutral,
        "logit": result.logit,
        "tokens": result.length,
        "read": result.read,
        "unknown": result.unknown,
    }


def read_lines() -> list[str]:
    """The lines of standard input, including blank ones, so that answers have the line numbers of their texts.

    Raises TextError if no line holds a text, or if they are not UTF-8.
    """
    try:
        lines = sys.stdin.buffer.read().decode("utf-8-sig").split("\n")
    except UnicodeDecodeError as error:
        raise TextError("Standard input is not UTF-8. Convert it first.") from error
    if not lines[-1]:
        lines.pop()  # after the last line end
    if not any(line.strip() for line in lines):
        raise TextError("Standard input holds no text. Pipe in one text a line.")
    return [line.removesuffix("\r") for line in lines]


def refuse_files(texts: Sequence[str]) -> None:
    """Raise TextError if a text is the name of a file: the name would be classified instead of the file's contents."""
    for text in texts:
        try:
            is_file = Path(text).is_file()
        except (OSError, ValueError):  # too long for a name, or contains NUL
            continue
        if is_file:
            raise TextError(
                "{text} is a file, not a text. Score its rows with predict RUN --file {text} --out scored.csv, pipe in "
                "its lines with predict RUN - < {text}, or compare with its labels with evaluate RUN --data {text}.",
                text=text,
            )


def find_faults(texts: Sequence[str]) -> list[str | None]:
    """For each text, why it cannot be read, or None. Raises TextError if no text can be read."""
    faults: list[TextError | None] = []
    for text in texts:
        try:
            check_text(text)
            faults.append(None)
        except TextError as error:
            faults.append(error)
    if texts and faults[0] and all(faults):
        raise faults[0]
    return [str(fault) if fault else None for fault in faults]


def print_faults(texts: Sequence[str], faults: Sequence[str | None], piped: bool) -> bool:
    """Name the unread texts on standard error.

    Returns whether that is an error; a blank line of standard input is not.
    """
    what = "line" if piped else "text"
    wrong = False
    for number, (text, fault) in enumerate(zip(texts, faults, strict=True), start=1):
        if fault is not None and (not piped or text.strip()):
            typer.echo(f"error: {what} {number}: {fault}", err=True)
            wrong = True
    return wrong

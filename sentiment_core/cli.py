"""The command line: corpus, train, evaluate, predict, presets, reproduce."""

from __future__ import annotations

import inspect
import json
import sys
from pathlib import Path
from textwrap import fill
from typing import TYPE_CHECKING, Annotated

import numpy as np
import typer
from rich.console import Console

from sentiment_core.cli_options import (
    DataOption,
    DeviceOption,
    LabelColumnOption,
    LabelsOption,
    SplitSeedOption,
    TextColumnOption,
    error_console,
    load,
    pick_device,
)
from sentiment_core.cli_reproduce import reproduce
from sentiment_core.cli_train import train
from sentiment_core.errors import DataError, SentimentError, TextError
from sentiment_core.model.presets import PRESETS
from sentiment_core.text.corpus import check_corpus_free
from sentiment_core.text.encoding import default_cache

if TYPE_CHECKING:
    from sentiment_core.text.reviews import Reviews
    from sentiment_core.training.run import Run

app = typer.Typer(
    add_completion=False,
    no_args_is_help=True,
    pretty_exceptions_enable=False,
    help="Train, score and use recurrent networks that read sentiment.",
)
out_console = Console(highlight=False)

JsonOption = Annotated[bool, typer.Option("--json", help="Print JSON.")]
RunArgument = Annotated[Path, typer.Argument(help="A run folder, such as checkpoints/imdb/bilstm.")]


@app.command()
def corpus(
    out: Annotated[Path, typer.Option(help="Corpus folder to write, such as runs/mine.")],
    data: DataOption = "imdb",
    text_column: TextColumnOption = "text",
    label_column: LabelColumnOption = "label",
    labels: LabelsOption = None,
    split_seed: SplitSeedOption = 0,
    overwrite: Annotated[bool, typer.Option("--overwrite", help="Replace a corpus card already there.")] = False,
) -> None:
    """Write the corpus card of a data set: shared tokenizer, token counts, lengths. No review text."""
    from sentiment_core.training.pipeline import build_corpus

    check_corpus_free(out, overwrite)  # refuse before minutes of reading, not after
    reviews = load(data, text_column, label_column, labels, split_seed)
    with error_console.status("Training tokenizers and counting tokens"):
        build_corpus(reviews, out, seed=split_seed, overwrite=overwrite, cache=default_cache())
    typer.echo(f"{out}: " + ", ".join(f"{len(split):,} {name}" for name, split in reviews.splits.items()))


app.command()(train)


@app.command()
def evaluate(
    run: RunArgument,
    data: DataOption = "imdb",
    split: Annotated[str, typer.Option(help="train, valid or test.")] = "test",
    text_column: TextColumnOption = "text",
    label_column: LabelColumnOption = "label",
    labels: LabelsOption = None,
    split_seed: SplitSeedOption = 0,
    device: DeviceOption = "auto",
    as_json: JsonOption = False,
) -> None:
    """Score a run on a split of a data set."""
    import sentiment_core

    classifier = sentiment_core.load(run, pick_device(device).type)
    reviews = load(data, text_column, label_column, labels, split_seed)
    if split not in reviews.splits:
        raise DataError(f"No split {split!r}. Choose one of {', '.join(reviews.splits)}.")
    if classifier.run is None:
        typer.echo("note: nothing says which reviews it was trained on; it may have seen these.", err=True)
    elif _may_have_seen(classifier.run, reviews, split):
        typer.echo("note: these are not the splits it was trained on; it may have seen these reviews.", err=True)
    result = classifier.evaluate(reviews.splits[split], default_cache())
    if as_json:
        figures = {"accuracy": result.accuracy, "loss": result.loss, "reviews": len(result.scores.labels)}
        typer.echo(json.dumps({"run": str(run), "split": split} | figures | {"seconds": round(result.seconds, 2)}))
    else:
        typer.echo(
            f"{run.name} on {len(result.scores.labels):,} {split} reviews: accuracy {result.accuracy:.2%}, "
            f"loss {result.loss:.4f}, {result.seconds:.1f} s"
        )


@app.command()
def predict(
    run: RunArgument,
    texts: Annotated[list[str], typer.Argument(metavar="TEXT...", help="Texts; - reads lines from standard input.")],
    device: DeviceOption = "auto",
    as_json: JsonOption = False,
) -> None:
    """Say how positive each text is."""
    import sentiment_core

    if texts == ["-"]:
        texts = _read_lines()
    classifier = sentiment_core.load(run, pick_device(device).type)
    for text, result in zip(texts, classifier.predict(texts), strict=True):
        if as_json:
            row = {"text": text, "verdict": result.verdict, "probability": result.probability, "logit": result.logit}
            typer.echo(json.dumps(row | {"tokens": result.length, "read": result.read, "unknown": result.unknown}))
        else:
            shown = " ".join(text.split())
            note = "  (nothing in it is known)" if result.blind else ""
            typer.echo(f"{result.verdict}  {result.probability:6.1%}  {shown[:80]}{note}")


@app.command()
def presets(as_json: JsonOption = False) -> None:
    """List the presets and the recipe each follows."""
    if as_json:
        from dataclasses import asdict

        typer.echo(json.dumps({name: asdict(make()) for name, make in PRESETS.items()}, indent=2))
        return
    for name, make in PRESETS.items():
        out_console.print(name, style="bold")
        for paragraph in (inspect.getdoc(make) or "").split("\n\n"):
            line = " ".join(paragraph.split())
            typer.echo(fill(line, out_console.width, initial_indent="  ", subsequent_indent="  ") + "\n")


app.command()(reproduce)


def _may_have_seen(run: Run, reviews: Reviews, split: str) -> bool:
    """Whether reviews of this split may be among those that the run was trained on."""
    if reviews.fingerprint == run.data["fingerprint"]:
        return False
    if split != "test":
        return True
    scores = run.scores()  # of another data set, or of a test split that stands apart from the rest, it has seen none
    same = scores is not None and np.array_equal(scores.labels, reviews.test.labels)
    return reviews.source == run.data["source"] and not same


def _read_lines() -> list[str]:
    """The lines of standard input that are not blank. Raises TextError where there are none or they are not UTF-8."""
    try:
        lines = [line.rstrip("\n") for line in sys.stdin if line.strip()]
    except UnicodeDecodeError as error:
        raise TextError("Standard input is not UTF-8. Convert it first.") from error
    if not lines:
        raise TextError("Standard input holds no text. Pipe in one text a line.")
    return lines


def main() -> None:
    """Run the command line; an error its user can mend is one line and exit status 2."""
    try:
        app()
    except SentimentError as error:
        line = " ".join(str(error).split())  # a name within it may hold line ends
        error_console.print(f"error: {line}", style="red", markup=False, soft_wrap=True)
        sys.exit(2)

"""The command line: corpus, train, evaluate, predict, presets, reproduce."""

from __future__ import annotations

import inspect
import io
import json
import sys
from pathlib import Path
from textwrap import fill
from typing import TYPE_CHECKING, Annotated

import typer
from rich.console import Console

from sentiment_core.cli_evaluate import choose_split
from sentiment_core.cli_options import (
    DataOption,
    DeviceOption,
    EncodingOption,
    HeaderOption,
    LabelColumnOption,
    LabelsOption,
    SeparatorOption,
    SplitSeedOption,
    TextColumnOption,
    beside,
    error_console,
    load,
    pick_device,
)
from sentiment_core.cli_predict import TextsCommand, find_faults, read_lines, refuse_files, say_faults
from sentiment_core.cli_reproduce import reproduce
from sentiment_core.cli_signals import stoppable
from sentiment_core.cli_train import train
from sentiment_core.errors import SentimentError
from sentiment_core.model.presets import PRESETS
from sentiment_core.text.corpus import check_corpus_free
from sentiment_core.text.encoding import default_cache
from sentiment_core.text.report import majority
from sentiment_core.text.sources import ALL
from sentiment_core.text.tokenization import TOKENIZERS, check_kind

if TYPE_CHECKING:
    from sentiment_core.analysis.prediction import Prediction

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
@stoppable
def corpus(
    context: typer.Context,
    out: Annotated[Path, typer.Option(help="Corpus folder to write, such as runs/mine.")],
    data: DataOption = "imdb",
    text_column: TextColumnOption = None,
    label_column: LabelColumnOption = None,
    labels: LabelsOption = None,
    separator: SeparatorOption = None,
    encoding: EncodingOption = None,
    header: HeaderOption = None,
    split_seed: SplitSeedOption = 0,
    tokenizer: Annotated[
        str, typer.Option(help=f"The kind that the runs below it share: {', '.join(TOKENIZERS)}.")
    ] = "wordpiece",
    overwrite: Annotated[bool, typer.Option("--overwrite", help="Replace a corpus card already there.")] = False,
) -> None:
    """Write the corpus card of a data set: shared tokenizer, token counts, lengths. No review text."""
    from sentiment_core.training.pipeline import build_corpus

    check_corpus_free(out, overwrite)  # refuse before minutes of reading, not after
    check_kind(tokenizer)
    reviews = load(context)
    with error_console.status("Training tokenizers and counting tokens"):
        build_corpus(reviews, out, seed=split_seed, tokenizer=tokenizer, overwrite=overwrite, cache=default_cache())
    typer.echo(f"{out}: " + ", ".join(f"{len(split):,} {name}" for name, split in reviews.splits.items()))


app.command()(stoppable(train))


@app.command()
def evaluate(
    context: typer.Context,
    run: RunArgument,
    data: DataOption = "imdb",
    split: Annotated[
        str | None, typer.Option(help="train, valid, test or all.  [default: test; all of a source without splits]")
    ] = None,
    text_column: TextColumnOption = None,
    label_column: LabelColumnOption = None,
    labels: LabelsOption = None,
    separator: SeparatorOption = None,
    encoding: EncodingOption = None,
    header: HeaderOption = None,
    split_seed: SplitSeedOption = 0,
    device: DeviceOption = "auto",
    as_json: JsonOption = False,
) -> None:
    """Score a run on a split of a data set."""
    import sentiment_core
    from sentiment_core.model.process import settle_torch

    settle_torch()
    classifier = sentiment_core.load(run, pick_device(device).type)
    chosen = choose_split(context, split, classifier.run)
    if classifier.run is None:
        typer.echo("note: nothing says which reviews it was trained on; it may have seen these.", err=True)
    elif chosen.may_be_seen:
        typer.echo("note: these are not the splits it was trained on; it may have seen these reviews.", err=True)
    result = classifier.evaluate(chosen.split, default_cache())
    if as_json:
        figures = {"accuracy": result.accuracy, "majority": majority(chosen.split.labels)[1], "loss": result.loss}
        sizes = {"reviews": len(chosen.split), "seconds": round(result.seconds, 2)}
        typer.echo(json.dumps({"run": str(run), "split": chosen.name} | figures | sizes))
    else:
        label = "" if chosen.name == ALL else f"{chosen.name} "
        typer.echo(
            f"{run.name} on {len(chosen.split):,} {label}reviews: accuracy {result.accuracy:.2%} "
            f"({beside(chosen.split.labels)}), loss {result.loss:.4f}, {result.seconds:.1f} s"
        )


@app.command(cls=TextsCommand)
def predict(
    run: RunArgument,
    texts: Annotated[list[str], typer.Argument(metavar="TEXT...", help="Texts; - reads lines from standard input.")],
    device: DeviceOption = "auto",
    as_json: JsonOption = False,
) -> None:
    """Say how positive each text is. A text that begins with a dash stands after --."""
    import sentiment_core
    from sentiment_core.model.process import settle_torch

    settle_torch()
    piped = texts == ["-"]
    if piped:
        texts = read_lines()
    else:
        refuse_files(texts)
    faults = find_faults(texts)
    classifier = sentiment_core.load(run, pick_device(device).type)
    results = iter(classifier.predict([text for text, fault in zip(texts, faults, strict=True) if fault is None]))
    for text, fault in zip(texts, faults, strict=True):
        result = next(results) if fault is None else None
        if as_json:
            typer.echo(json.dumps({"text": text} | _figures(result)))
        elif result is None:
            typer.echo("" if piped and not text.strip() else "(not read)")
        else:
            shown = " ".join(text.split())
            note = "  (no word of it is known)" if result.blind else ""
            typer.echo(f"{result.verdict}  {result.probability:6.1%}  {shown[:80]}{note}")
    if say_faults(texts, faults, piped):
        raise typer.Exit(2)


def _figures(result: Prediction | None) -> dict[str, str | float | None]:
    """What JSON says of a text; of one that was not read, nothing."""
    if result is None:
        return dict.fromkeys(("verdict", "probability", "logit", "tokens", "read", "unknown"))
    return {
        "verdict": result.verdict,
        "probability": result.probability,
        "logit": result.logit,
        "tokens": result.length,
        "read": result.read,
        "unknown": result.unknown,
    }


@app.command()
def presets(as_json: JsonOption = False) -> None:
    """List the presets and the recipe each follows."""
    if as_json:
        typer.echo(json.dumps({name: make().settings() for name, make in PRESETS.items()}, indent=2))
        return
    for name, make in PRESETS.items():
        out_console.print(name, style="bold")
        for paragraph in (inspect.getdoc(make) or "").split("\n\n"):
            line = " ".join(paragraph.split())
            typer.echo(fill(line, out_console.width, initial_indent="  ", subsequent_indent="  ") + "\n")


app.command()(stoppable(reproduce))


def main() -> None:
    """Run the command line; an error its user can mend is one line and exit status 2."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(errors="backslashreplace")  # into a file, Windows writes one code page and no more
    try:
        app()
    except SentimentError as error:
        line = " ".join(str(error).split())  # a name within it may hold line ends
        error_console.print(f"error: {line}", style="red", markup=False, soft_wrap=True)
        sys.exit(2)

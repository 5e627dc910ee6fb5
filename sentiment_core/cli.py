"""The command line: corpus, train, evaluate, predict, presets."""

from __future__ import annotations

import inspect
import json
import sys
from contextlib import closing
from pathlib import Path
from textwrap import fill
from typing import Annotated

import typer
from rich.console import Console
from rich.markup import escape
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

from sentiment_core.errors import DataError, RunError, SentimentError, TextError
from sentiment_core.model.presets import PRESETS, preset
from sentiment_core.text.corpus import check_corpus_free
from sentiment_core.text.encoding import default_cache
from sentiment_core.text.reviews import Reviews, load_reviews

app = typer.Typer(
    add_completion=False,
    no_args_is_help=True,
    pretty_exceptions_enable=False,
    help="Train, score and use recurrent networks that read sentiment.",
)
out_console = Console(highlight=False)
error_console = Console(stderr=True, highlight=False)

DataOption = Annotated[
    str, typer.Option("--data", help="imdb, toy, a Hub id, or a folder or file (Parquet, CSV, TSV, JSON lines).")
]
TextColumnOption = Annotated[str, typer.Option(help="Column that holds the text.")]
LabelColumnOption = Annotated[str, typer.Option(help="Column that holds the label.")]
LabelsOption = Annotated[
    str | None, typer.Option("--labels", help="The two label values, negative first, as NEGATIVE,POSITIVE.")
]
JsonOption = Annotated[bool, typer.Option("--json", help="Print JSON.")]
RunArgument = Annotated[Path, typer.Argument(help="A run folder, such as checkpoints/imdb/bilstm.")]


@app.command()
def corpus(
    out: Annotated[Path, typer.Option(help="Corpus folder to write, such as runs/mine.")],
    data: DataOption = "imdb",
    text_column: TextColumnOption = "text",
    label_column: LabelColumnOption = "label",
    labels: LabelsOption = None,
    split_seed: Annotated[int, typer.Option(help="Draws the valid split.")] = 0,
    overwrite: Annotated[bool, typer.Option("--overwrite", help="Replace a corpus card already there.")] = False,
) -> None:
    """Write the corpus card of a data set: shared tokenizer, token counts, lengths. No review text."""
    from sentiment_core.training.pipeline import build_corpus

    check_corpus_free(out, overwrite)  # refuse before minutes of reading, not after
    reviews = _load(data, text_column, label_column, labels, split_seed)
    with error_console.status("Training tokenizers and counting tokens"):
        build_corpus(reviews, out, seed=split_seed, overwrite=overwrite, cache=default_cache())
    typer.echo(f"{out}: " + ", ".join(f"{len(split):,} {name}" for name, split in reviews.splits.items()))


@app.command()
def train(
    out: Annotated[Path, typer.Option(help="Run folder to write, such as runs/mine/bilstm.")],
    preset_name: Annotated[str, typer.Option("--preset", help="One of those that `presets` lists.")] = "bilstm",
    data: DataOption = "imdb",
    text_column: TextColumnOption = "text",
    label_column: LabelColumnOption = "label",
    labels: LabelsOption = None,
    split_seed: Annotated[int, typer.Option(help="Draws the valid split.")] = 0,
    epochs: Annotated[int | None, typer.Option(help="Passes over the training split.")] = None,
    seed: Annotated[int | None, typer.Option(help="Starts the weights and orders the batches.")] = None,
    max_length: Annotated[int | None, typer.Option(help="Tokens read of each review.")] = None,
    batch_size: Annotated[int | None, typer.Option(help="Reviews in a step.")] = None,
    learning_rate: Annotated[float | None, typer.Option(help="Adam's step size.")] = None,
    embedding_size: Annotated[int | None, typer.Option(help="Width of a word's vector.")] = None,
    hidden_size: Annotated[int | None, typer.Option(help="Width of one direction's state.")] = None,
    layers: Annotated[int | None, typer.Option(help="Recurrent layers.")] = None,
    pooling: Annotated[str | None, typer.Option(help="last, max, mean or maxmean.")] = None,
    head_size: Annotated[int | None, typer.Option(help="Width of a hidden layer before the logit; 0 for none.")] = None,
    dropout: Annotated[float | None, typer.Option(help="Share of states zeroed.")] = None,
    embedding_dropout: Annotated[float | None, typer.Option(help="Share of tokens zeroed.")] = None,
    tokenizer: Annotated[str | None, typer.Option(help="wordpiece, words or whitespace.")] = None,
    embedding_std: Annotated[float | None, typer.Option(help="Spread of the embedding's random start.")] = None,
    schedule: Annotated[str | None, typer.Option(help="constant or linear, how the step size goes on.")] = None,
    clip: Annotated[float | None, typer.Option(help="Greatest gradient norm.")] = None,
    overwrite: Annotated[bool, typer.Option("--overwrite", help="Replace a run that is already there.")] = False,
) -> None:
    """Train a preset, with any of its settings changed. Ctrl-C leaves a valid run."""
    recipe = preset(preset_name).change(
        epochs=epochs,
        seed=seed,
        max_length=max_length,
        batch_size=batch_size,
        learning_rate=learning_rate,
        embedding_size=embedding_size,
        hidden_size=hidden_size,
        layers=layers,
        pooling=pooling,
        dropout=dropout,
        embedding_dropout=embedding_dropout,
        tokenizer=tokenizer,
        head_size=head_size,
        embedding_std=embedding_std,
        schedule=schedule,
        clip=clip,
    )
    from sentiment_core.training.pipeline import check_recipe, train_run
    from sentiment_core.training.run import read_run
    from sentiment_core.training.writer import check_free

    check_recipe(recipe)  # refuse before minutes of reading, not after
    check_free(out, overwrite)
    reviews = _load(data, text_column, label_column, labels, split_seed)
    columns = (
        TextColumn("{task.description}"),
        BarColumn(),
        MofNCompleteColumn(),
        TextColumn("{task.fields[loss]}  {task.fields[speed]}"),
        TimeRemainingColumn(),
    )
    try:
        with (
            Progress(*columns, console=error_console) as bar,
            closing(train_run(recipe, reviews, out, overwrite=overwrite, cache=default_cache())) as steps,
        ):
            task = bar.add_task("reading", total=None, loss="", speed="")
            for progress in steps:
                bar.update(
                    task,
                    description=f"epoch {progress.epoch}/{recipe.epochs}",
                    total=progress.steps,
                    completed=progress.step,
                    loss=f"loss {progress.train_loss:.3f}",
                    speed=f"{progress.tokens / progress.seconds / 1000:,.0f}k tokens/s",
                )
                if progress.moment:
                    bar.console.print(
                        f"epoch {progress.moment.epoch:6.3f}  valid loss {progress.moment.valid_loss:.4f}  "
                        f"valid accuracy {progress.moment.valid_accuracy:.2%}"
                    )
    except KeyboardInterrupt:
        typer.echo(f"Interrupted. {_left_in(out)}", err=True)
        raise typer.Exit(130) from None
    scores = read_run(out).scores()
    assert scores is not None
    typer.echo(f"{out}: test accuracy {scores.accuracy:.2%} on {len(scores.labels):,} reviews")


def _left_in(out: Path) -> str:
    """What an interrupted training left, in words."""
    from sentiment_core.training.run import read_run

    try:
        status = read_run(out).status
    except RunError:
        return "No weights had been written yet."
    return f"{out} holds " + (
        "the best weights so far." if status == "interrupted" else "the run that was there before."
    )


@app.command()
def evaluate(
    run: RunArgument,
    data: DataOption = "imdb",
    split: Annotated[str, typer.Option(help="train, valid or test.")] = "test",
    text_column: TextColumnOption = "text",
    label_column: LabelColumnOption = "label",
    labels: LabelsOption = None,
    split_seed: Annotated[int, typer.Option(help="Draws the valid split.")] = 0,
    as_json: JsonOption = False,
) -> None:
    """Score a run on a split of a data set."""
    import sentiment_core

    classifier = sentiment_core.load(run)
    reviews = _load(data, text_column, label_column, labels, split_seed)
    if split not in reviews.splits:
        raise DataError(f"No split {split!r}. Choose one of {', '.join(reviews.splits)}.")
    if split != "test" and reviews.fingerprint != classifier.run.data["fingerprint"]:
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
    as_json: JsonOption = False,
) -> None:
    """Say how positive each text is."""
    import sentiment_core

    if texts == ["-"]:
        texts = _read_lines()
    classifier = sentiment_core.load(run)
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


def _read_lines() -> list[str]:
    """The lines of standard input that are not blank. Raises TextError where there are none or they are not UTF-8."""
    try:
        lines = [line.rstrip("\n") for line in sys.stdin if line.strip()]
    except UnicodeDecodeError as error:
        raise TextError("Standard input is not UTF-8. Convert it first.") from error
    if not lines:
        raise TextError("Standard input holds no text. Pipe in one text a line.")
    return lines


def _load(data: str, text_column: str, label_column: str, labels: str | None, seed: int) -> Reviews:
    names = labels.split(",") if labels is not None else None
    if names is not None and len(names) != 2:
        raise DataError("--labels takes two values, negative first, as in --labels bad,good.")
    with error_console.status(f"Reading {escape(data)}"):
        return load_reviews(data, text_column=text_column, label_column=label_column, label_names=names, seed=seed)


def main() -> None:
    """Run the command line; an error its user can mend is one line and exit status 2."""
    try:
        app()
    except SentimentError as error:
        line = " ".join(str(error).split())  # a name within it may hold line ends
        error_console.print(f"error: {line}", style="red", markup=False, soft_wrap=True)
        sys.exit(2)

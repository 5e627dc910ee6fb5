"""The command line: preview, corpus, train, evaluate, score, predict, presets, reproduce, fill, and so on."""

from __future__ import annotations

import io
import sys

import typer

from sentiment_core.cli.analogy import analogy
from sentiment_core.cli.corpus import corpus
from sentiment_core.cli.evaluate import evaluate
from sentiment_core.cli.fill import fill
from sentiment_core.cli.forgetting import forgetting
from sentiment_core.cli.jobs import app as jobs
from sentiment_core.cli.options import error_console
from sentiment_core.cli.predict import TextsCommand, predict
from sentiment_core.cli.presets import presets
from sentiment_core.cli.preview import preview
from sentiment_core.cli.reproduce import reproduce
from sentiment_core.cli.score import score
from sentiment_core.cli.seeds import seeds
from sentiment_core.cli.server_settings import settings
from sentiment_core.cli.signals import stoppable
from sentiment_core.cli.sweep import app as sweep
from sentiment_core.cli.train import train
from sentiment_core.errors import SentimentError

app = typer.Typer(
    add_completion=False,
    no_args_is_help=True,
    pretty_exceptions_enable=False,
    help="Train, score and use recurrent networks that read sentiment.",
)

app.command()(preview)
app.command()(stoppable(corpus))
app.command()(stoppable(train))
app.command()(evaluate)
app.command()(score)
app.command(cls=TextsCommand)(predict)
app.command()(presets)
app.command()(stoppable(reproduce))
app.command()(stoppable(fill))
app.command()(stoppable(forgetting))
app.command()(seeds)
app.command()(analogy)
app.command()(settings)
app.add_typer(jobs, name="jobs")
app.add_typer(sweep, name="sweep")


def main() -> None:
    """Run the command line. An error that the user can fix is printed as one line, with exit status 2."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(errors="backslashreplace")  # Windows writes files in one code page
    try:
        app()
    except SentimentError as error:
        line = " ".join(str(error).split())  # a file name in it may contain line breaks
        error_console.print(f"error: {line}", style="red", markup=False, soft_wrap=True)
        sys.exit(2)

"""What several commands share: the options that name a data set, reading it, and standard error."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import numpy as np
import typer
from rich.console import Console
from rich.markup import escape

from sentiment_core.text.report import Report, describe, majority
from sentiment_core.text.reviews import Labelled, Reviews, read_reviews, split_reviews
from sentiment_core.text.table import Form

if TYPE_CHECKING:
    import torch

    from sentiment_core.classifiers.protocol import Classifier

error_console = Console(stderr=True, highlight=False)

DataOption = Annotated[
    str,
    typer.Option(
        "--data",
        help="imdb, korean (a part), toy, a Hub id, or a file (CSV, TSV, JSON, Parquet, Excel, packed or not), folder "
        "or archive.",
    ),
]
TextColumnOption = Annotated[
    str | None,
    typer.Option(help="Column of the text: its name, its number from 1, or several as 2+3.  [default: text]"),
]
LabelColumnOption = Annotated[
    str | None, typer.Option(help="Column of the label: its name, or its number from 1.  [default: label]")
]
LabelsOption = Annotated[
    str | None,
    typer.Option(
        "--labels", help="The two labels, negative first, as bad,good, or groups, as 1+2,4+5. Others are left out."
    ),
]
SeparatorOption = Annotated[
    str | None, typer.Option(help="Between fields: a character, or tab, comma, semicolon or pipe. Recognised.")
]
EncodingOption = Annotated[str | None, typer.Option(help="Of the text, such as utf-16, cp1252 or cp949. Recognised.")]
HeaderOption = Annotated[
    bool | None, typer.Option("--header/--no-header", help="Whether the first line names the columns. Recognised.")
]
SplitSeedOption = Annotated[int, typer.Option(help="Draws the valid split.")]
JsonOption = Annotated[bool, typer.Option("--json", help="Print JSON.")]
RunArgument = Annotated[
    Path, typer.Argument(help="A run or another classifier, such as checkpoints/imdb/bilstm, or hub:owner/name.")
]
DeviceOption = Annotated[
    str,
    typer.Option(
        "--device",
        envvar="SENTIMENT_DEVICE",
        help="cpu, cuda or mps, where the network computes; auto takes CUDA where there is one.",
    ),
]


def pick_device(name: str) -> torch.device:
    """The device that --device names, named on standard error unless it is the CPU.

    Raises DeviceError where there is no such device.
    """
    from sentiment_core.model.device import choose_device, describe_device  # torch: two seconds

    device = choose_device(name)
    if device.type != "cpu":
        typer.echo(f"On {device.type}: {describe_device(device)}.", err=True)
    return device


def load_judge(run: Path, device: str) -> Classifier:
    """The classifier in a folder, or after hub:, and this process set up for a network where it is one.

    Raises what `sentiment_core.load` raises.
    """
    import sentiment_core
    from sentiment_core.classifiers.linear_files import is_linear

    if not is_linear(run):
        from sentiment_core.model.process import settle_torch  # torch: two seconds

        settle_torch()
        device = pick_device(device).type
    return sentiment_core.load(run, device)


def read(context: typer.Context, unlabelled: bool = False) -> Labelled:
    """The reviews that a command's options name, as their source splits them.

    Raises DataError where they cannot be read.
    """
    options = context.params
    columns = options["text_column"], options["label_column"]
    form = Form(*columns, options["separator"], options["encoding"], options["header"])
    names = options["labels"].split(",") if options["labels"] is not None else None
    with error_console.status(f"Reading {escape(options['data'])}"):
        return read_reviews(options["data"], form, names, unlabelled, options["split_seed"])


def load(context: typer.Context, unlabelled: bool = False) -> Reviews:
    """The three splits of the reviews that a command's options name, and on standard error what was read.

    Raises DataError where they cannot be read.
    """
    labelled = read(context, unlabelled)
    with error_console.status("Looking for copies"):
        reviews = split_reviews(labelled, seed=context.params["split_seed"])
    say_report(reviews.report)
    return reviews


def say_report(report: Report) -> None:
    """Say on standard error what was read and left out: a line a split, and one for whatever is odd."""
    if not report.splits:  # the toy reviews, which nothing was read for
        return
    for line in describe(report):
        typer.echo(line, err=True)


def beside(labels: np.ndarray) -> str:
    """What stands beside an accuracy on labels [reviews] int64: what always guessing the larger class reaches."""
    name, share = majority(labels)
    return f"always {name}: {share:.2%}"

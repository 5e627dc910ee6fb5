"""Shared by several commands: the options that name a data set, reading it, and printing to standard error."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import numpy as np
import typer
from rich.console import Console
from rich.markup import escape

from sentiment_core.environment import variables
from sentiment_core.errors import ClusterError
from sentiment_core.text.label_table import parse_labels
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
        help="imdb, korean (a part), toy, a Hub id, or a file (CSV, TSV, JSON, Parquet, Excel, or compressed), folder "
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
        "--labels",
        help="The two labels, negative first, as bad,good, or groups, as 1+2,4+5. Other rows are left out. A label "
        "with a comma or a plus stands in double quotes.",
    ),
]
SeparatorOption = Annotated[
    str | None, typer.Option(help="Between fields: a character, or tab, comma, semicolon or pipe. Default: detected.")
]
EncodingOption = Annotated[
    str | None, typer.Option(help="Of the text, such as utf-16, cp1252 or cp949. Default: detected.")
]
HeaderOption = Annotated[
    bool | None,
    typer.Option("--header/--no-header", help="Whether the first line names the columns. Default: detected."),
]
SkipBadRowsOption = Annotated[
    bool, typer.Option("--skip-bad-rows", help="Leave out rows that cannot be read, and say which. Default: stop.")
]
DropCopiesOption = Annotated[
    bool,
    typer.Option("--drop-copies", help="Leave out copies of a text. The test split of the source stays whole."),
]
SplitSeedOption = Annotated[int, typer.Option(help="Seed that draws the valid split.")]
JsonOption = Annotated[bool, typer.Option("--json", help="Print JSON.")]
RunArgument = Annotated[
    Path, typer.Argument(help="A run or another classifier, such as checkpoints/imdb/bilstm, or hub:owner/name.")
]
DeviceOption = Annotated[
    str,
    typer.Option(
        "--device",
        envvar=variables.DEVICE.name,
        help="Where the network computes: cpu, cuda, mps, or auto for CUDA if available.",
    ),
]
ExecutorOption = Annotated[
    str, typer.Option(help="Where it is computed: local, or ray for the machines of a Ray cluster.")
]
AddressOption = Annotated[
    str, typer.Option(help="Of the Ray cluster: auto on one of its machines, host:port of its head, or local.")
]


def pick_device(name: str) -> torch.device:
    """The device named by --device. It is printed on standard error unless it is the CPU.

    Raises DeviceError if there is no such device.
    """
    from sentiment_core.model.device import choose_device, describe_device  # importing torch takes two seconds

    device = choose_device(name)
    if device.type != "cpu":
        typer.echo(f"On {device.type}: {describe_device(device)}.", err=True)
    return device


def load_judge(run: Path, device: str, sides: dict[str, str] | None = None) -> Classifier:
    """The classifier in a folder, or after hub:, and this process set up for a network where it is one.

    sides: as in `load_classifier`.
    Raises what `sentiment_core.load` raises.
    """
    from sentiment_core.classifiers.linear_files import is_linear
    from sentiment_core.classifiers.loading import load_classifier

    if not is_linear(run):
        from sentiment_core.model.process import settle_torch  # torch: two seconds

        settle_torch()
        device = pick_device(device).type
    return load_classifier(run, device, sides=sides)


def read(context: typer.Context, unlabelled: bool = False, seed: int | None = None) -> Labelled:
    """The reviews named by a command's options, in the splits of their source.

    seed: in place of --split-seed.
    Raises DataError if they cannot be read.
    """
    options = context.params
    columns = options["text_column"], options["label_column"]
    written = options["separator"], options["encoding"], options["header"], options["skip_bad_rows"]
    form = Form(*columns, *written)
    names = parse_labels(options["labels"]) if options["labels"] is not None else None
    with error_console.status(f"Reading {escape(options['data'])}"):
        return read_reviews(options["data"], form, names, unlabelled, options["split_seed"] if seed is None else seed)


def load(context: typer.Context, unlabelled: bool = False, seed: int | None = None) -> Reviews:
    """The three splits of the reviews named by a command's options. What was read is reported on standard error.

    seed: in place of --split-seed.
    Raises DataError if they cannot be read.
    """
    labelled = read(context, unlabelled, seed)
    with error_console.status("Looking for copies"):
        split_seed = context.params["split_seed"] if seed is None else seed
        reviews = split_reviews(labelled, seed=split_seed, drop_copies=context.params["drop_copies"])
    print_report(reviews.report)
    return reviews


def print_report(report: Report) -> None:
    """Print on standard error what was read and left out: one line a split, then one for anything unusual."""
    if not report.splits:  # the toy reviews are not read from a file
        return
    for line in describe(report):
        typer.echo(line, err=True)


def majority_baseline(labels: np.ndarray) -> str:
    """The majority baseline to print beside an accuracy on labels [reviews] int64."""
    name, share = majority(labels)
    return f"always {name}: {share:.2%}"


def is_on_ray(executor: str) -> bool:
    """Whether --executor names Ray. Raises ClusterError if it names nothing."""
    if executor not in ("local", "ray"):
        raise ClusterError("--executor is local or ray, not {given}.", given=executor)
    return executor == "ray"

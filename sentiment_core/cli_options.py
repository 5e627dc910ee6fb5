"""What several commands share: the options that name a data set, reading it, and standard error."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer
from rich.console import Console
from rich.markup import escape

from sentiment_core.errors import DataError
from sentiment_core.text.reviews import Reviews, load_reviews

if TYPE_CHECKING:
    import torch

error_console = Console(stderr=True, highlight=False)

DataOption = Annotated[
    str, typer.Option("--data", help="imdb, toy, a Hub id, or a folder or file (Parquet, CSV, TSV, JSON lines).")
]
TextColumnOption = Annotated[str, typer.Option(help="Column that holds the text.")]
LabelColumnOption = Annotated[str, typer.Option(help="Column that holds the label.")]
LabelsOption = Annotated[
    str | None, typer.Option("--labels", help="The two label values, negative first, as NEGATIVE,POSITIVE.")
]
SplitSeedOption = Annotated[int, typer.Option(help="Draws the valid split.")]
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


def load(
    data: str, text_column: str, label_column: str, labels: str | None, seed: int, unlabelled: bool = False
) -> Reviews:
    """The reviews that a command's options name, with their unlabelled texts where asked for.

    Raises DataError where they cannot be read.
    """
    names = labels.split(",") if labels is not None else None
    if names is not None and len(names) != 2:
        raise DataError("--labels takes two values, negative first, as in --labels bad,good.")
    with error_console.status(f"Reading {escape(data)}"):
        return load_reviews(
            data,
            text_column=text_column,
            label_column=label_column,
            label_names=names,
            seed=seed,
            unlabelled=unlabelled,
        )

"""The command `fill`: adds to a corpus folder the files that it lacks."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from sentiment_core.cli.options import (
    DataOption,
    DeviceOption,
    DropCopiesOption,
    EncodingOption,
    HeaderOption,
    LabelColumnOption,
    LabelsOption,
    SeparatorOption,
    SkipBadRowsOption,
    TextColumnOption,
    load,
    pick_device,
)
from sentiment_core.text.corpus import load_corpus
from sentiment_core.text.encoding import default_cache


def fill(
    context: typer.Context,
    folder: Annotated[Path, typer.Argument(help="A corpus folder, such as checkpoints/imdb.")],
    data: DataOption = "imdb",
    text_column: TextColumnOption = None,
    label_column: LabelColumnOption = None,
    labels: LabelsOption = None,
    separator: SeparatorOption = None,
    encoding: EncodingOption = None,
    header: HeaderOption = None,
    skip_bad_rows: SkipBadRowsOption = False,
    drop_copies: DropCopiesOption = False,
    device: DeviceOption = "auto",
) -> None:
    """Add to a corpus and its classifiers the files that they lack, such as those of a later version."""
    from sentiment_core.experiments.filling import fill_corpus
    from sentiment_core.model.process import settle_torch

    corpus = load_corpus(folder)
    settle_torch()
    place = pick_device(device)
    for line in fill_corpus(corpus, load(context, seed=corpus.seed), default_cache(), place.type):
        typer.echo(line)

"""The command `forgetting`: records how far back a run's gradients reach, by training its recipe a second time."""

from __future__ import annotations

import shutil
import tempfile
from pathlib import Path
from typing import Annotated

import typer

from sentiment_core.cli.options import (
    DataOption,
    DropCopiesOption,
    EncodingOption,
    HeaderOption,
    LabelColumnOption,
    LabelsOption,
    SeparatorOption,
    SkipBadRowsOption,
    SplitSeedOption,
    TextColumnOption,
    load,
)
from sentiment_core.errors import RunError
from sentiment_core.text.encoding import default_cache

_CARD = ("corpus.json", "tokenizer.json", "lengths.parquet", "tokens.parquet")


def forgetting(
    context: typer.Context,
    run: Annotated[Path, typer.Argument(help="A run without forgetting.parquet, such as checkpoints/imdb/rnn.")],
    data: DataOption = "imdb",
    text_column: TextColumnOption = None,
    label_column: LabelColumnOption = None,
    labels: LabelsOption = None,
    separator: SeparatorOption = None,
    encoding: EncodingOption = None,
    header: HeaderOption = None,
    skip_bad_rows: SkipBadRowsOption = False,
    drop_copies: DropCopiesOption = False,
    split_seed: SplitSeedOption = 0,
) -> None:
    """Train a run's recipe a second time, and put forgetting.parquet of that training into the run.

    The run's weights stay as they are. On another machine than the first the two trainings differ a little.
    """
    from sentiment_core.runs.forgetting import adopt
    from sentiment_core.runs.reading import load_run
    from sentiment_core.training.pipeline import reads_unlabelled, train_run

    first = load_run(run)
    if first.variation:
        raise RunError("{path} was trained by an experiment. Only a plain training can be repeated.", path=run)
    reviews = load(context, reads_unlabelled(first.recipe))
    if reviews.fingerprint != first.data["fingerprint"]:
        raise RunError(
            "{path} was trained on other reviews ({source}, fingerprint {fingerprint}). Give the same --data, "
            "columns, labels and --split-seed again.",
            path=run,
            source=first.data["source"],
            fingerprint=first.data["fingerprint"],
        )
    with tempfile.TemporaryDirectory() as folder:
        for name in _CARD:  # so that the second training uses the same tokenizer
            if (run.parent / name).exists():
                shutil.copy(run.parent / name, folder)
        out = Path(folder) / "second"
        for progress in train_run(first.recipe, reviews, out, cache=default_cache()):
            if found := progress.checkpoint:
                typer.echo(f"epoch {found.epoch:6.3f}  valid accuracy {found.valid_accuracy:.2%}", err=True)
        second = load_run(out)
        adopt(run, out)
    pairs = zip(first.history, second.history, strict=True)
    apart = max(abs(one.valid_accuracy - two.valid_accuracy) for one, two in pairs)
    typer.echo(f"{run}: recorded by a second training; its valid accuracies differ by at most {apart:.2%}")

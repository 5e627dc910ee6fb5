"""The command `corpus`: writes the corpus card of a data set, without its texts."""

from __future__ import annotations

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
    error_console,
    load,
)
from sentiment_core.text.corpus import check_corpus_free
from sentiment_core.text.encoding import default_cache
from sentiment_core.text.tokenization import TOKENIZERS, check_kind


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
    skip_bad_rows: SkipBadRowsOption = False,
    drop_copies: DropCopiesOption = False,
    split_seed: SplitSeedOption = 0,
    tokenizer: Annotated[
        str, typer.Option(help=f"Kind of tokenizer that all runs below the folder share: {', '.join(TOKENIZERS)}.")
    ] = "wordpiece",
    overwrite: Annotated[bool, typer.Option("--overwrite", help="Replace an existing corpus card.")] = False,
) -> None:
    """Write the corpus card of a data set: shared tokenizer, token counts and lengths, without review text."""
    from sentiment_core.training.cards import build_corpus

    check_corpus_free(out, overwrite)  # refuse now, not after minutes of reading
    check_kind(tokenizer)
    reviews = load(context)
    with error_console.status("Training tokenizers and counting tokens"):
        build_corpus(reviews, out, seed=split_seed, tokenizer=tokenizer, overwrite=overwrite, cache=default_cache())
    typer.echo(f"{out}: " + ", ".join(f"{len(split):,} {name}" for name, split in reviews.splits.items()))

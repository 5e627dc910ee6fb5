"""The command `seeds`: adds the accuracies of other seeds to a corpus, for the dots on the Overview."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from sentiment_core.experiments.seed_results import add_seeds
from sentiment_core.text.corpus import load_corpus


def seeds(
    folder: Annotated[Path, typer.Argument(help="A corpus folder, such as checkpoints/imdb.")],
    runs: Annotated[list[Path], typer.Argument(help="Complete runs: recipes of that folder with other seeds.")],
) -> None:
    """Add the accuracies of other seeds of published recipes, which the Overview draws as dots."""
    for name, results in add_seeds(load_corpus(folder), runs).items():
        shown = ", ".join(f"{result.seed}: {result.test:.2%}" for result in results)
        typer.echo(f"{name}: test accuracy by seed {shown}")

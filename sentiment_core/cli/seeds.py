"""The command `seeds`: the accuracies of other seeds in a corpus, which the Overview draws as dots."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import numpy as np
import typer

from sentiment_core.analysis.seeds import deviation
from sentiment_core.errors import RunError
from sentiment_core.experiments.seed_results import SeedResult, add_seeds, load_seeds
from sentiment_core.runs.reading import load_run
from sentiment_core.text.corpus import load_corpus


def seeds(
    folder: Annotated[Path, typer.Argument(help="A corpus folder, such as checkpoints/imdb.")],
    runs: Annotated[
        list[Path] | None, typer.Argument(help="Complete runs to add: recipes of that folder with other seeds.")
    ] = None,
) -> None:
    """Print the test accuracy of each recipe by seed, and add runs with other seeds."""
    corpus = load_corpus(folder)
    found = add_seeds(corpus, runs) if runs else load_seeds(corpus)
    if not found:
        raise RunError("{path} has no other seeds. Name complete runs to add.", path=folder)
    for name, others in found.items():
        typer.echo(_line(folder / name, others))


def _line(published: Path, others: tuple[SeedResult, ...]) -> str:
    """The accuracies of a recipe, that of the published run first."""
    run = load_run(published)
    scores = run.scores()
    known = [(run.recipe.seed, scores.accuracy)] if scores is not None else []
    known += [(result.seed, result.test) for result in others]
    accuracies = np.array([accuracy for _, accuracy in known])
    shown = ", ".join(f"{seed}: {accuracy:.2%}" for seed, accuracy in known)
    return f"{run.name}: {accuracies.mean():.2%} ± {deviation(accuracies):.2%} ({len(known)} seeds: {shown})"

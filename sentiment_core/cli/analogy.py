"""The command `analogy`: the words nearest to a - b + c."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console

_HUB_ID = re.compile(r"[\w-]+/[\w.-]+")  # owner/name
out_console = Console(highlight=False)


def analogy(
    a: Annotated[str, typer.Argument(help="The first word: king in king - man + woman.")],
    b: Annotated[str, typer.Argument(help="The word to subtract.")],
    c: Annotated[str, typer.Argument(help="The word to add.")],
    vectors: Annotated[
        str,
        typer.Option(
            help="File of GloVe or word2vec (text or binary), folder with a .npy and a .parquet, model's folder or Hub "
            "id. The included GloVe if not given."
        ),
    ] = "",
) -> None:
    """Print the words nearest to a - b + c, and how many known analogies these vectors solve."""
    from sentiment_core.analysis.analogies.reading import read_vectors
    from sentiment_core.analysis.analogies.solving import count_solved, solve
    from sentiment_core.analysis.analogies.vectors import INCLUDED
    from sentiment_core.storage.hub import model_folder

    path = Path(vectors).expanduser() if vectors else INCLUDED
    if not path.exists() and _HUB_ID.fullmatch(vectors):
        path = model_folder(vectors)
    found = read_vectors(path, vectors or "glove")
    answers = solve(found, a, b, c)
    for word, cosine in zip(answers.words, answers.cosines.tolist(), strict=True):
        out_console.print(f"{cosine:+.3f}  {word}", markup=False)
    out_console.print(f"with the question's own words: {', '.join(answers.with_inputs)}", markup=False)
    solved = count_solved(found)
    out_console.print(
        f"{len(found.words):,} words of {found.units.shape[1]} numbers; solves {solved.right} of {solved.asked} known "
        f"analogies ({solved.known - solved.asked} more have a word without a vector)",
        markup=False,
    )

"""What the command `evaluate` scores: a split of a data set, or all of one that has none."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import numpy as np
import typer

from sentiment_core.cli_options import read, say_report
from sentiment_core.errors import DataError
from sentiment_core.text.report import find_copies
from sentiment_core.text.reviews import Labelled, Reviews, Split, split_reviews
from sentiment_core.text.sources import ALL

if TYPE_CHECKING:
    from sentiment_core.training.run import Run

SPLITS = ("train", "valid", "test", ALL)


@dataclass(frozen=True)
class Chosen:
    """The reviews to score."""

    name: str  # one of SPLITS
    split: Split
    may_be_seen: bool  # whether they may be among those that the run was trained on


def choose_split(context: typer.Context, wanted: str | None, run: Run | None) -> Chosen:
    """Read the data set that a command's options name, say what was read, and choose what to score.

    wanted: one of SPLITS. None: the test split; all of a source that names no splits, unless the run was trained on
    that very source, whose test split was then held out.
    Raises DataError where the source has no such split or cannot be read.
    """
    if wanted is not None and wanted not in SPLITS:
        raise DataError(f"No split {wanted!r}. Choose one of {', '.join(SPLITS)}.")
    labelled = read(context)
    try:
        reviews = split_reviews(labelled, seed=context.params["split_seed"])
        refusal = None
    except DataError as error:  # too few to hold any out, or no train among them: what there is can be scored
        reviews, refusal = None, error
    same = reviews is not None and run is not None and reviews.fingerprint == run.data["fingerprint"]
    name = wanted or _default(labelled, same)
    if name == ALL:
        split = _all(labelled)
    elif name in labelled.parts and (reviews is None or name != "train"):
        split = labelled.parts[name]
    elif reviews is None:
        assert refusal is not None
        raise refusal
    else:
        split = reviews.splits[name]
    copies = find_copies({name: split.texts}) if reviews is None or name == ALL else reviews.report.copies
    say_report(replace(labelled.report, copies=copies))
    return Chosen(name, split, run is not None and _may_have_seen(run, labelled, reviews, name, same))


def _default(labelled: Labelled, same: bool) -> str:
    if ALL in labelled.parts:
        return "test" if same else ALL
    return "test" if "test" in labelled.parts or "train" in labelled.parts else next(iter(labelled.parts))


def _all(labelled: Labelled) -> Split:
    parts = list(labelled.parts.values())
    return Split([text for part in parts for text in part.texts], np.concatenate([part.labels for part in parts]))


def _may_have_seen(run: Run, labelled: Labelled, reviews: Reviews | None, name: str, same: bool) -> bool:
    """Whether what is scored may be among what the run was trained on."""
    if same:
        return name == ALL
    if name in ("train", "valid"):
        return True
    scores = run.scores()  # of another data set, or of a test split that stands apart from the rest, it has seen none
    apart = scores is not None and reviews is not None and np.array_equal(scores.labels, reviews.test.labels)
    return labelled.source == run.data["source"] and not (apart and name == "test")

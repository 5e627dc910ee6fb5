"""The command `evaluate`: scores a run on a split of a data set, or on all of a data set without splits."""

from __future__ import annotations

import json
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Annotated

import numpy as np
import typer

from sentiment_core.classifiers.labels import NEUTRAL
from sentiment_core.cli.options import (
    DataOption,
    DeviceOption,
    DropCopiesOption,
    EncodingOption,
    HeaderOption,
    JsonOption,
    LabelColumnOption,
    LabelsOption,
    RunArgument,
    SeparatorOption,
    SkipBadRowsOption,
    SplitSeedOption,
    TextColumnOption,
    load_judge,
    majority_baseline,
    print_report,
    read,
)
from sentiment_core.errors import DataError
from sentiment_core.text.copies import find_copies
from sentiment_core.text.encoding import default_cache
from sentiment_core.text.report import majority
from sentiment_core.text.reviews import KOREAN_PART, Labelled, Reviews, Split, split_reviews
from sentiment_core.text.sources import ALL

if TYPE_CHECKING:
    from sentiment_core.classifiers.protocol import Classifier

SPLITS = ("train", "valid", "test", ALL)


@dataclass(frozen=True)
class Chosen:
    """The reviews to score."""

    name: str  # one of SPLITS
    split: Split
    may_be_seen: bool  # whether the classifier may have been trained on them


def evaluate(
    context: typer.Context,
    run: RunArgument,
    data: DataOption = "imdb",
    split: Annotated[
        str | None, typer.Option(help="train, valid, test or all.  [default: test, or all if the source has no splits]")
    ] = None,
    text_column: TextColumnOption = None,
    label_column: LabelColumnOption = None,
    labels: LabelsOption = None,
    separator: SeparatorOption = None,
    encoding: EncodingOption = None,
    header: HeaderOption = None,
    skip_bad_rows: SkipBadRowsOption = False,
    drop_copies: DropCopiesOption = False,
    split_seed: SplitSeedOption = 0,
    device: DeviceOption = "auto",
    as_json: JsonOption = False,
) -> None:
    """Evaluate a run on a split of a data set."""
    classifier = load_judge(run, device)
    chosen = choose_split(context, split, classifier)
    if classifier.origin is None:
        typer.echo("note: its training reviews are unknown; it may have seen these.", err=True)
    elif chosen.may_be_seen:
        typer.echo("note: it was trained on other splits; it may have seen these reviews.", err=True)
    result = classifier.evaluate(chosen.split, default_cache())
    if as_json:
        figures = {"accuracy": result.accuracy, "majority": majority(chosen.split.labels)[1], "loss": result.loss}
        sizes = {"reviews": len(chosen.split), "seconds": round(result.seconds, 2)}
        share = {"neutral": result.neutral} if NEUTRAL in classifier.labels.sides else {}
        typer.echo(json.dumps({"run": str(run), "split": chosen.name} | figures | share | sizes))
    else:
        neither = f", {result.neutral:.2%} judged neutral" if NEUTRAL in classifier.labels.sides else ""
        label = "" if chosen.name == ALL else f"{chosen.name} "
        typer.echo(
            f"{run.name} on {len(chosen.split):,} {label}reviews: accuracy {result.accuracy:.2%} "
            f"({majority_baseline(chosen.split.labels)}), loss {result.loss:.4f}{neither}, {result.seconds:.1f} s"
        )


def choose_split(context: typer.Context, wanted: str | None, classifier: Classifier) -> Chosen:
    """Read the data set named by a command's options, report what was read, and choose the reviews to score.

    wanted: one of SPLITS. None chooses the test split. For a source without named splits it chooses all, unless the
        classifier was trained on that very source, whose test split was then held out.
    Raises DataError if the source has no such split or cannot be read.
    """
    if wanted is not None and wanted not in SPLITS:
        raise DataError("No split {name!r}. Choose one of {names}.", name=wanted, names=list(SPLITS))
    labelled = read(context)
    try:
        reviews = split_reviews(labelled, seed=context.params["split_seed"], drop_copies=context.params["drop_copies"])
        refusal = None
    except DataError as error:  # too few reviews to hold any out, or no train split: what there is can still be scored
        reviews, refusal = None, error
    origin = classifier.origin
    same = reviews is not None and origin is not None and reviews.fingerprint == origin.fingerprint
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
    print_report(replace(labelled.report, copies=copies))
    return Chosen(name, split, _may_have_seen(classifier, labelled, reviews, name, same))


def _default(labelled: Labelled, same: bool) -> str:
    if ALL in labelled.parts:
        return "test" if same else ALL
    return "test" if "test" in labelled.parts or "train" in labelled.parts else next(iter(labelled.parts))


def _all(labelled: Labelled) -> Split:
    parts = list(labelled.parts.values())
    return Split([text for part in parts for text in part.texts], np.concatenate([part.labels for part in parts]))


def _may_have_seen(classifier: Classifier, labelled: Labelled, reviews: Reviews | None, name: str, same: bool) -> bool:
    """Whether the classifier may have been trained on the reviews to score, as far as is known."""
    if classifier.origin is None:
        return False
    if same:
        return name == ALL
    if name in ("train", "valid"):
        return True
    # It has seen none of another data set or of a separate test split.
    scores = classifier.scores()
    apart = scores is not None and reviews is not None and np.array_equal(scores.labels, reviews.test.labels)
    apart = apart or labelled.source == KOREAN_PART  # its test split is a part of the full set's
    known = labelled.source.removeprefix("./") == classifier.origin.source.removeprefix("./")
    return known and not (apart and name == "test")

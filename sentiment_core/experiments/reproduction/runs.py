"""Trains what is missing of a reproduction and keeps what is there, so that it can be stopped and resumed."""

from __future__ import annotations

from collections.abc import Callable, Generator, Iterable, Iterator
from contextlib import closing
from functools import lru_cache
from pathlib import Path

import torch

from sentiment_core.classifiers.linear_files import load_linear
from sentiment_core.errors import ClassifierError, DeviceError, NewerClassifierError, NewerRunError, RunError
from sentiment_core.experiments.baselines import measure_baseline
from sentiment_core.experiments.reproduction.folder import (
    load_baselines,
    run_folder,
    seed_runs,
    sources,
    write_baseline,
)
from sentiment_core.experiments.reproduction.procedure import VariedProcedure
from sentiment_core.experiments.reproduction.systems import System
from sentiment_core.experiments.saving import save_baseline
from sentiment_core.model.device import CPU
from sentiment_core.text.reviews import Reviews, Split, load_reviews
from sentiment_core.training.loop import Progress
from sentiment_core.training.pipeline import check_resumable, reads_unlabelled, resume_run, train_run


class IncompleteError(RunError):
    """Some runs of a reproduction failed; all others were made. The messages before say why."""


def reproduce(
    systems: Iterable[System],
    source: str,
    out: Path,
    seeds: int,
    cache: Path | None = None,
    device: torch.device = CPU,
) -> Generator[str, None, None]:
    """Make every run and baseline that `out` lacks, yielding lines about the progress.

    device: where networks train; baselines are always measured on the CPU.

    A complete run of the same recipe on the same reviews is kept, and a stopped one is resumed. Any other run in its
    place is trained again. A failed run is reported and skipped; IncompleteError at the end names all failed runs.
    Raises RunError if `out` holds figures of another data set, DataError if `source` cannot be read.
    """
    failed = []

    @lru_cache(maxsize=1)  # consecutive systems share a split; two splits would fill the memory
    def read(fraction: float, seed: int, prepare: Callable[[str], str] | None, unlabelled: bool) -> Reviews:
        reviews = load_reviews(source, valid_fraction=fraction, seed=seed, unlabelled=unlabelled)
        if others := sources(out) - {reviews.source}:
            raise RunError(
                "{path} holds figures of {names}. Name another folder for these.", path=out, names=sorted(others)
            )
        return reviews if prepare is None else _prepared(reviews, prepare)

    for system in systems:
        unlabelled = system.recipe is not None and reads_unlabelled(system.recipe, VariedProcedure(system.variation))
        reviews = read(system.valid_fraction, system.split_seed, system.prepare, unlabelled)
        if system.recipe is None:
            yield from _measure(system, reviews, out)
            continue
        for seed in range(seeds):
            try:
                yield from _train(system, seed, reviews, out, cache, device)
            except (RunError, DeviceError) as error:  # DeviceError if a network does not fit into memory
                failed.append(f"{system.name} seed {seed}")
                yield f"{failed[-1]} failed: {error}"
    if failed:
        raise IncompleteError(
            "{names} failed; see the messages above. Fix the cause and run the command again.", names=list(failed)
        )


def _prepared(reviews: Reviews, prepare: Callable[[str], str]) -> Reviews:
    def prepared(split: Split) -> Split:
        return Split([prepare(text) for text in split.texts], split.labels)

    texts = [prepare(text) for text in reviews.unlabelled]
    return Reviews(reviews.source, prepared(reviews.train), prepared(reviews.valid), prepared(reviews.test), texts)


def _train(
    system: System, seed: int, reviews: Reviews, out: Path, cache: Path | None, device: torch.device
) -> Iterator[str]:
    assert system.recipe is not None
    recipe = system.recipe.change(seed=seed)
    run = seed_runs(out, system.name).get(seed)
    if run and run.status == "complete" and system.trained(run) and run.data["fingerprint"] == reviews.fingerprint:
        yield f"{system.name} seed {seed}: complete already"
        return
    with closing(_steps(system, seed, reviews, run_folder(out, system.name, seed), cache, device)) as steps:
        for progress in steps:
            if progress.checkpoint and progress.checkpoint.epoch == progress.epoch:
                yield (
                    f"{system.name} seed {seed}: epoch {progress.epoch} of {recipe.epochs}, "
                    f"valid {progress.checkpoint.valid_accuracy:.2%}, {progress.seconds:.0f} s"
                )


def _steps(
    system: System, seed: int, reviews: Reviews, folder: Path, cache: Path | None, device: torch.device
) -> Generator[Progress, None, None]:
    """Resume the stopped run of this system and seed in `folder`, or train it from the start."""
    assert system.recipe is not None
    procedure = VariedProcedure(system.variation)
    try:
        stopped = check_resumable(folder)
        if system.trained(stopped) and stopped.recipe.seed == seed:
            return resume_run(folder, reviews, cache=cache, device=device, procedure=procedure)
    except NewerRunError:
        raise
    except RunError:  # nothing to resume, or a run on other reviews
        pass
    recipe = system.recipe.change(seed=seed)
    return train_run(recipe, reviews, folder, overwrite=True, cache=cache, device=device, procedure=procedure)


def _measure(system: System, reviews: Reviews, out: Path) -> Iterator[str]:
    result = load_baselines(out).get(system.name)
    if result and result.fingerprint == reviews.fingerprint:
        yield f"{system.name}: measured already"
    else:
        result = measure_baseline(system.name, reviews)
        write_baseline(out, system.name, result)
        yield f"{system.name}: valid {result.valid_accuracy:.2%}, {result.seconds:.0f} s"
    if not result.settings or _is_saved(out / system.name, reviews):
        return
    about = save_baseline(system.name, reviews, result, out / system.name)
    kept = f"{about['ngrams']:,} of {result.features:,} n-grams"
    yield f"{system.name}: saved with {kept}, test {about['test_accuracy']:.2%}"


def _is_saved(folder: Path, reviews: Reviews) -> bool:
    """Whether a folder holds a linear classifier that was fitted on these reviews."""
    try:
        return load_linear(folder).origin.fingerprint == reviews.fingerprint
    except NewerClassifierError:
        raise
    except ClassifierError:
        return False

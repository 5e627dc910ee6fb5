"""The accuracies of a published recipe's other seeds, in seeds.json of a corpus folder. Needs no torch.

The runs of those seeds are not published, because their accuracies say how far chance alone moves a network. They may
come from `train --seed`, from a sweep or from a seed lottery.
"""

from __future__ import annotations

import json
import math
from collections.abc import Iterable
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from sentiment_core.errors import NewerRunError, RunError
from sentiment_core.messages import lazy
from sentiment_core.runs.listing import list_runs
from sentiment_core.runs.reading import Run, load_run
from sentiment_core.storage.files import check_readable, write_json
from sentiment_core.storage.formats import FileFormat, Step, keep_unknown, known_entries, unchanged
from sentiment_core.storage.locks import hold
from sentiment_core.text.corpus import Corpus

SEEDS = "seeds.json"
_FORMAT = FileFormat((Step("0.5.0", unchanged),), NewerRunError)
_FREE = {"seed", "frames"}  # what two runs of one recipe may differ in; frames record the training and do not change it


@dataclass(frozen=True)
class SeedResult:
    """One training of a recipe."""

    seed: int
    valid: float  # accuracy of the kept weights on valid, share of reviews
    test: float  # theirs on the test split, read once after training


def load_seeds(corpus: Corpus) -> dict[str, tuple[SeedResult, ...]]:
    """Each published run's other seeds in order, by the name of the run.

    Results of other reviews than the corpus's are left out. Raises RunError if the file is damaged or newer than this
    program.
    """
    return _read(corpus)[1]


def add_seeds(corpus: Corpus, folders: Iterable[Path]) -> dict[str, tuple[SeedResult, ...]]:
    """Add complete runs to the file of a corpus, each to the published run of the same recipe. Returns all seeds.

    Raises RunError if a run cannot be added or the file cannot be written. Then nothing is written.
    """
    published = [run for run in list_runs(corpus)[0] if run.status == "complete"]
    new: dict[str, list[SeedResult]] = {}
    for folder in folders:
        run = load_run(folder)
        new.setdefault(_same_recipe(run, published, corpus).name, []).append(_result(run))
    path = corpus.path / SEEDS
    try:
        with hold(corpus.path / ".seeds", lazy("{path} is being written.", path=path), wait=30):
            before, known = _read(corpus)
            for name, results in new.items():
                together = {result.seed: result for result in (*known.get(name, ()), *results)}
                known[name] = tuple(together[seed] for seed in sorted(together))
            runs = {name: [asdict(result) for result in results] for name, results in sorted(known.items())}
            content = {"fingerprint": corpus.fingerprint, "runs": runs}
            write_json(path, _FORMAT.stamp(keep_unknown(before, content)))
    except OSError as error:
        raise RunError("Cannot write {path}: {reason}.", path=path, reason=error.strerror) from error
    return known


def _same_recipe(run: Run, published: list[Run], corpus: Corpus) -> Run:
    """The published run that a run is another seed of. Raises RunError if there is none, or it has the same seed."""
    if run.data.get("fingerprint") != corpus.fingerprint:
        raise RunError("{path} was trained on other reviews than {corpus}.", path=run.path, corpus=corpus.path)
    settings = _settings(run)
    for other in published:
        if _settings(other) == settings:
            if other.recipe.seed == run.recipe.seed:
                raise RunError(
                    "{path} has the seed {seed}, as {name} has. Train it with another --seed.",
                    path=run.path,
                    seed=run.recipe.seed,
                    name=other.name,
                )
            return other
    raise RunError("{path} has the recipe of no complete run in {corpus}.", path=run.path, corpus=corpus.path)


def _settings(run: Run) -> dict[str, Any]:
    return {name: value for name, value in run.settings().items() if name not in _FREE}


def _result(run: Run) -> SeedResult:
    """A run's accuracies. Raises RunError if it is not complete or has not read the test split."""
    scores = run.scores()
    if run.status != "complete" or scores is None:
        raise RunError("{path} is not complete. Resume it: train --resume {path}.", path=run.path)
    return SeedResult(run.recipe.seed, round(run.best.valid_accuracy, 6), round(scores.accuracy, 6))


def _read(corpus: Corpus) -> tuple[dict[str, Any], dict[str, tuple[SeedResult, ...]]]:
    """The whole content of the file, and its results if they are of the corpus's reviews."""
    path = corpus.path / SEEDS
    check_readable(path, RunError)
    try:
        content = _FORMAT.upgrade(json.loads(path.read_text("utf-8")), path)
        found = {
            str(name): tuple(SeedResult(**known_entries(SeedResult, entry)) for entry in entries)
            for name, entries in content["runs"].items()
        }
        values = [value for results in found.values() for one in results for value in (one.seed, one.valid, one.test)]
        if not all(isinstance(value, int | float) and math.isfinite(value) for value in values):
            raise ValueError("a figure that is no number")
        return content, found if content["fingerprint"] == corpus.fingerprint else {}
    except FileNotFoundError:
        return {}, {}
    except (OSError, ValueError, TypeError, KeyError, AttributeError) as error:
        raise RunError("{path} is damaged. Delete it, and add the seeds again.", path=path) from error

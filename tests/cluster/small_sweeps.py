"""Small sweeps for tests of clusters, and what their runs are compared by."""

from pathlib import Path

from sentiment_core.cluster.sweeping import TUNE
from sentiment_core.experiments.sweeps.plan import Search, Sweep
from sentiment_core.experiments.sweeps.results import Stand, TrialResult, read_results
from sentiment_core.jobs.places import prepare_place
from sentiment_core.model.config import Recipe
from sentiment_core.text.encoding import default_cache
from sentiment_core.text.reviews import Reviews
from tests.experiments.sweeps.sweeping import planned

# Long enough that a machine can be lost in the middle, with a state that is saved at every checkpoint.
RECIPE = Recipe("tiny").change(cell="gru", embedding_size=8, hidden_size=8, max_length=30, epochs=24, batch_size=8)
RATES = "learning_rate=0.0001,0.02"
WEIGHTS, SCORES = ("model.safetensors", "frames.safetensors"), ("valid.parquet", "test.parquet")


def made(folder: Path, few: Reviews, recipe: Recipe = RECIPE, search: Search | None = None) -> Sweep:
    sweep = planned(folder, recipe, few, RATES, search=search)
    prepare_place(sweep.runs, "", few, recipe.tokenizer, default_cache())
    return sweep


def trials(sweep: Sweep) -> list[TrialResult]:
    return [trial for result in read_results(sweep) for trial in result.trials]


def assert_equal(sweep: Sweep, whole: Sweep) -> None:
    """The runs are those of one process, the test split was read for the best alone, and nothing is left behind."""
    assert [trial.problem for trial in trials(sweep)] == [None, None]
    assert [trial.stand for trial in trials(sweep)] == [trial.stand for trial in trials(whole)]
    for one, other in zip(trials(sweep), trials(whole), strict=True):
        ours, theirs = sweep.place(one.trial), whole.place(other.trial)
        assert sorted(path.name for path in ours.iterdir()) == sorted(path.name for path in theirs.iterdir())
        for name in WEIGHTS + (SCORES if other.stand == Stand.COMPLETE else ()):
            assert (ours / name).read_bytes() == (theirs / name).read_bytes(), name
        assert [point.valid_loss for point in one.history] == [point.valid_loss for point in other.history]
    assert not (sweep.folder / TUNE).exists()


def epochs(sweep: Sweep) -> list[float]:
    """How far each trial has been trained."""
    return [trial.epoch for trial in trials(sweep)]


def in_the_middle(sweep: Sweep) -> bool:
    """Whether a trial has saved a state and has some epochs left."""
    return any(3 <= epoch < RECIPE.epochs - 6 for epoch in epochs(sweep))

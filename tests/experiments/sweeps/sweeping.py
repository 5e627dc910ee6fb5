"""Sweeps for tests: of the tiny recipe on the few toy reviews that all tests share."""

from pathlib import Path

from sentiment_core.experiments.sweeps.course import Course
from sentiment_core.experiments.sweeps.plan import Search, Sweep, make_sweep, write_sweep
from sentiment_core.experiments.sweeps.space import parse_axis
from sentiment_core.experiments.sweeps.trial import advance
from sentiment_core.model.config import Recipe
from sentiment_core.text.reviews import Reviews


def planned(
    folder: Path, recipe: Recipe, reviews: Reviews, *vary: str, seeds: int = 1, search: Search | None = None
) -> Sweep:
    """A sweep that is written, and not begun."""
    sweep = make_sweep(folder, recipe, [parse_axis(text) for text in vary], seeds, search or Search(), reviews)
    write_sweep(sweep)
    return sweep


def run_here(sweep: Sweep, reviews: Reviews, works: int | None = None) -> list[tuple[str, int]]:
    """Do the works of a sweep one after another in this process. Returns the setting and seed of each, and its end.

    works: how many are done, as if the process was killed then; None for all.
    """
    course, done = Course(sweep), []
    while (works is None or len(done) < works) and (work := course.ask()) is not None:
        for _ in advance(work, sweep.place(work.trial), reviews):
            pass
        course.tell(work.trial)
        done.append((f"{work.trial.setting + 1}/{work.trial.recipe.seed}", work.until))
    return done

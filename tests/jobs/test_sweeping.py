"""A sweep as jobs: it outlives the command, the supervisor and the workers, and the runs are those of `train`."""

from collections.abc import Callable, Iterator
from pathlib import Path

import psutil
import pytest

from benchmarks.processes import end_jobs
from sentiment_core.errors import JobError, SweepError
from sentiment_core.experiments.sweeps.course import Course
from sentiment_core.experiments.sweeps.plan import Sweep
from sentiment_core.experiments.sweeps.results import Stand, forget_problems, read_results
from sentiment_core.jobs.ending import discard
from sentiment_core.jobs.folders import Outcome, write_outcome
from sentiment_core.jobs.places import prepare_place
from sentiment_core.jobs.queue import list_jobs, start
from sentiment_core.jobs.records import Job, State
from sentiment_core.jobs.requests import Network, TrainingRequest
from sentiment_core.jobs.sweeping import JobsLook, run_jobs
from sentiment_core.messages import lazy
from sentiment_core.model.config import Recipe
from sentiment_core.text.encoding import default_cache
from sentiment_core.text.reviews import Reviews, load_reviews
from sentiment_core.text.toy import toy_reviews
from sentiment_core.training.pipeline import train_run
from tests.experiments.sweeps.sweeping import planned
from tests.jobs.lotteries import supervised as pretended

RECIPE = Recipe("tiny").change(cell="gru", embedding_size=4, hidden_size=4, max_length=30, epochs=12, batch_size=4)


@pytest.fixture
def few(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Reviews:
    """Few reviews of a file, which a job can read again."""
    monkeypatch.setenv("SENTIMENT_CACHE", str(tmp_path / "cache"))
    monkeypatch.setenv("SENTIMENT_JOBS_AT_ONCE", "1")
    texts, labels = toy_reviews(120, seed=0)
    rows = [f'"{text}",{label}' for text, label in zip(texts, labels, strict=True)]
    (tmp_path / "few.csv").write_text("\n".join(["text,label", *rows]), encoding="utf-8")
    return load_reviews(str(tmp_path / "few.csv"))


@pytest.fixture
def sweep(root: Path, few: Reviews) -> Sweep:
    """Two settings that are not begun."""
    return planned(root / "sweeps" / "rates", RECIPE, few, "learning_rate=0.0001,0.02")


def jobs_after(looks: Iterator[JobsLook]) -> list[Job]:
    """The jobs that were queued at the first look, as the second shows them."""
    assert next(looks).jobs == []
    return next(looks).jobs


def test_everything_is_killed_in_the_middle_and_the_same_command_goes_on(
    root: Path, few: Reviews, tmp_path: Path, supervised: Callable[[], psutil.Process]
):
    sweep = planned(root / "sweeps" / "one", RECIPE, few)
    prepare_place(sweep.runs, "", few, RECIPE.tokenizer, default_cache())
    for look in run_jobs(Course(sweep), root, 2):  # the command ends with this block
        if any(job.done > 40 for job in look.jobs):
            break
    end_jobs(root)  # and so do the supervisor and the job
    assert 0 < max(trial.epoch for trial in read_results(sweep)[0].trials) < 12
    ended = [trial.name for look in run_jobs(Course(sweep), root, 2) for trial in look.ended]
    assert ended == [trial.name for trial in sweep.trials]
    assert len(list_jobs(root)) == 1, "the job of the first command went on: no other was queued in its place"
    trials = read_results(sweep)[0].trials
    assert {trial.stand for trial in trials} == {Stand.COMPLETE}
    again = tmp_path / "again" / "run"
    prepare_place(again.parent, "", few, RECIPE.tokenizer, default_cache())
    for _ in train_run(trials[0].trial.recipe, few, again):
        pass
    for name in ("model.safetensors", "frames.safetensors", "test.parquet"):
        assert (again / name).read_bytes() == (sweep.place(trials[0].trial) / name).read_bytes(), name
    assert [trial for look in run_jobs(Course(sweep), root, 2) for trial in look.ended] == [], "nothing is left"


def test_a_command_finds_the_jobs_of_the_one_before_and_queues_no_more_than_it_may(root: Path, sweep: Sweep):
    with pretended(root):
        first = jobs_after(run_jobs(Course(sweep), root, 1))
        assert [job.request.networks[0].name for job in first] == [sweep.trials[0].name]
        assert [job.request.until for job in first] == [12], "it does not read the test split yet"
        looks = run_jobs(Course(sweep), root, 5)
        assert [job.id for job in next(looks).jobs] == [first[0].id]
        second = next(looks).jobs
        assert [job.request.networks[0].name for job in second] == [trial.name for trial in sweep.trials]


@pytest.mark.parametrize("how", ["cancelled", "stopped", "failed"])
def test_a_job_that_ends_early_counts_as_failed_until_the_next_command(how: str, root: Path, sweep: Sweep):
    with pretended(root):
        looks = run_jobs(Course(sweep), root, 1)
        job = jobs_after(looks)[0]
        if how == "cancelled":
            discard(job)
        else:
            problem = lazy("The loss is no number.") if how == "failed" else None
            write_outcome(job.folder, Outcome(State(how), problem))
        look = next(looks)
        assert [trial.name for trial in look.ended] == [sweep.trials[0].name]
        assert [job.request.networks[0].name for job in look.jobs] == [], "the next one was queued after this look"
        assert [job.request.networks[0].name for job in next(looks).jobs] == [sweep.trials[1].name]
        failed = read_results(sweep)[0].trials[0]
        assert failed.stand == Stand.FAILED
        assert ("no number" if how == "failed" else how) in str(failed.problem)
        forget_problems(sweep)
        assert Course(sweep).ask().trial == sweep.trials[0]


def test_a_queue_that_is_full_of_others_is_one_line(root: Path, sweep: Sweep, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setenv("SENTIMENT_JOBS_MOST", "1")
    with pretended(root):
        start(TrainingRequest((Network("other", RECIPE),), sweep.reading, str(root / "trained" / "x")), root)
        with pytest.raises(JobError, match="jobs wait already"):
            next(run_jobs(Course(sweep), root, 1))


def test_reviews_that_cannot_be_read_again_are_refused(root: Path, tmp_path: Path, recipe: Recipe, reviews: Reviews):
    sweep = planned(tmp_path / "a", recipe, reviews)
    with pytest.raises(SweepError, match="cannot be read again"):
        next(run_jobs(Course(sweep), root, 1))

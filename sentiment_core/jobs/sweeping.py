"""Runs a sweep on this machine: each work of its course is a training job, which the page Train shows and controls.

The jobs outlive whoever calls this, and the next caller finds those that live. Needs no torch.
"""

from __future__ import annotations

import time
from collections.abc import Generator
from dataclasses import dataclass
from pathlib import Path

from sentiment_core.errors import JobError, SweepError
from sentiment_core.experiments.sweeps.course import Course, Look
from sentiment_core.experiments.sweeps.plan import Work
from sentiment_core.jobs.launch import ASK_EVERY, keep_ready
from sentiment_core.jobs.queue import list_jobs, start
from sentiment_core.jobs.records import Job, State
from sentiment_core.jobs.requests import Network, TrainingRequest
from sentiment_core.messages import Message, lazy

_LOOK_EVERY = 0.3  # seconds


@dataclass(frozen=True)
class JobsLook(Look):
    """What is seen of a sweep and its jobs at one moment."""

    jobs: list[Job]  # of its trials, that have not ended


def run_jobs(course: Course, root: Path, workers: int, card: str = "") -> Generator[JobsLook, None, None]:
    """Run a sweep to its end as jobs below the folder of live runs, yielding what is seen every moment.

    workers: jobs of the sweep that wait or work at a time; the queue decides how many of them work.
    card: the published corpus folder of the same reviews; "" if there is none.
    Raises SweepError if the reviews cannot be read again, JobError if no job can be queued, OSError if the sweep's
    folder cannot be written. The jobs that live go on.
    """
    sweep = course.sweep
    if sweep.reading is None:
        raise SweepError("These reviews cannot be read again by a job. Give a file, a folder or a name as --data.")
    trials = {trial.name: trial for trial in sweep.trials}
    queued: dict[str, Path] = {}  # folders of the jobs, by trial
    for job in list_jobs(root):
        request = job.request
        if isinstance(request, TrainingRequest) and Path(request.folder) == sweep.runs and not job.state.ended:
            trial = trials[request.networks[0].name]
            queued[trial.name] = job.folder
            course.busy[trial.name] = Work(trial, request.until)
    asked = -ASK_EVERY
    while True:
        ended, jobs = [], {job.folder: job for job in list_jobs(root)}
        for name, folder in list(queued.items()):
            found = jobs.get(folder)
            if found is None or found.state.ended:
                del queued[name]
                course.tell(trials[name], _problem(found))
                ended.append(trials[name])
        while len(queued) < workers and (work := course.ask()) is not None:
            request = TrainingRequest(
                (Network(work.trial.name, work.trial.recipe),),
                *(sweep.reading, str(sweep.runs), card),
                until=work.until,
            )
            try:
                queued[work.trial.name] = start(request, root)
            except JobError:
                del course.busy[work.trial.name]
                if not queued:
                    raise
                break  # the queue is full of others' jobs: when one of ours has ended, there is room again
        if queued and time.monotonic() - asked > ASK_EVERY:
            asked = time.monotonic()
            keep_ready(root)  # the next training then begins without the seconds that loading torch takes
        at_work = [jobs[folder] for folder in queued.values() if folder in jobs]
        yield JobsLook(len(at_work), ended, at_work)
        if not queued:
            return
        time.sleep(_LOOK_EVERY)


def _problem(job: Job | None) -> Message | None:
    """Why a job has not done its work; None if it has."""
    if job is None or job.state == State.CANCELLED:
        return lazy("Its job was cancelled. The same command takes it up again.")
    if job.state == State.DONE:
        return None
    return job.problem or lazy("Its job was stopped. The same command takes it up again.")

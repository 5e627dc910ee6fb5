"""Jobs as pages see them. Many readers follow a job, and one of them reads its folder for all, once a second."""

from __future__ import annotations

from pathlib import Path

import streamlit as st

from pages.shared.hub_models import check_model
from pages.shared.resources import live_runs
from pages.shared.security_rates import count_action
from sentiment_core.classifiers.loading import HUB
from sentiment_core.environment import variables
from sentiment_core.jobs import control, queue
from sentiment_core.jobs.launch import ASK_EVERY, keep_ready
from sentiment_core.jobs.layout import scoring_folder
from sentiment_core.jobs.queue import list_jobs, living_jobs, read_job
from sentiment_core.jobs.records import Job
from sentiment_core.jobs.requests import ScoringRequest, scoring_request
from sentiment_core.text.corpus import Corpus

LOOK_EVERY = 1.0  # seconds between two looks at a job


def hub_job(corpus: Corpus, name: str) -> Job | None:
    """The job that scores a Hub model on a corpus, or did; None if nobody has started it.

    Raises ModelError for a name that is not a Hub id, and for a model that this server does not allow.
    """
    check_model(name)
    return _job(_folder(corpus, name))


def living(corpus: Corpus) -> list[Job]:
    """The jobs that score a classifier on a corpus and have not ended, in the order of the queue."""
    of_corpus = (job for job in queued() if isinstance(job.request, ScoringRequest))
    return [job for job in of_corpus if job.folder.parent.name == corpus.fingerprint]


def queued() -> list[Job]:
    """All jobs that have not ended, trainings too, in the order of the queue."""
    return _living(live_runs())


def start(corpus: Corpus, name: str, sides: dict[str, str]) -> None:
    """Start the job of a Hub model, or let it go on. sides: for labels whose names do not say it.

    Raises ModelError as `hub_job`, JobError if it cannot be started.
    """
    check_model(name)
    device = variables.DEVICE.value()
    count_action()
    queue.start(scoring_request(corpus, f"{HUB}{name}", sides, device), live_runs())
    look_again()


def cancel(corpus: Corpus, name: str) -> None:
    """End the job of a Hub model at once. Raises JobError if it cannot be asked."""
    control.cancel(_folder(corpus, name))
    look_again()


def _folder(corpus: Corpus, name: str) -> Path:
    return scoring_folder(live_runs(), corpus.fingerprint, f"{HUB}{name}")


def look_after_jobs() -> None:
    """See to it that jobs go on that a restart of the machine has interrupted. Needs no reader."""
    list_jobs(live_runs())


@st.fragment(run_every=ASK_EVERY)
def keep_making_ready() -> None:
    """Let a process load what a training needs for as long as this page is open. Not for a reader in a test."""
    if st.context.headers:
        keep_ready(live_runs())


def look_again() -> None:
    """Forget what the folders said, because something has just changed."""
    _job.clear()
    _living.clear()


@st.cache_resource(max_entries=16, ttl=0.8 * LOOK_EVERY, show_spinner=False)
def _job(folder: Path) -> Job | None:
    return read_job(folder)


@st.cache_resource(max_entries=2, ttl=0.8 * LOOK_EVERY, show_spinner=False)
def _living(root: Path) -> list[Job]:
    return living_jobs(root)

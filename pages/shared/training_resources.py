"""Jobs of training as pages see them: started, followed and controlled by those who may.

Who knows a job's id may look at it. Its visitor and local visitors control it. Only local visitors pin it.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import streamlit as st

from pages.shared.resources import live_runs
from pages.shared.security_rates import count_action
from pages.shared.training_data import DataSet, counted, reading_and_place
from pages.shared.visitors import Visitor as Visitor
from pages.shared.visitors import may_train, training_is_off, visitor
from sentiment_core.errors import JobError, SentimentError
from sentiment_core.jobs import control, queue
from sentiment_core.jobs.deleting import delete_jobs
from sentiment_core.jobs.estimate import Estimate, estimate
from sentiment_core.jobs.layout import id_of
from sentiment_core.jobs.limits import Limits, read_limits
from sentiment_core.jobs.records import Job, State
from sentiment_core.jobs.requests import Network, TrainingRequest
from sentiment_core.jobs.trained import free_name
from sentiment_core.model.config import Recipe
from sentiment_core.model.presets import PRESETS
from sentiment_core.text.encoding import default_cache

_LOOK_EVERY = 0.8  # seconds for which all readers of a job share one look at its folder


@dataclass(frozen=True)
class Planned:
    """One network of a plan."""

    recipe: Recipe
    name: str = ""  # what its run's name begins with; "" for one that says its architecture
    variation: Mapping[str, Any] = field(default_factory=dict)  # of its procedure


@dataclass(frozen=True)
class Plan:
    """A training that a visitor asks for."""

    data: DataSet
    networks: tuple[Planned, ...]  # one or two, with the same seed and batch size
    pins: tuple[str, ...] = ()
    title: str = ""
    lesson: str = ""
    group: str = ""
    expected: float | None = None  # seconds of work, if a step was measured


def start(plan: Plan) -> str:
    """Put a training of this visitor into the queue and return the job's id.

    Raises JobError if the visitor may not train, too many jobs live or the folder cannot be written; DataError if the
    reviews are not at hand; SettingError for a limit in the environment that cannot be used.
    """
    who = visitor()
    if not may_train(who):
        raise JobError(training_is_off())
    data = plan.data
    reading, place = reading_and_place(data)
    request = TrainingRequest(
        networks=tuple(_network(planned, place) for planned in plan.networks),
        reading=reading,
        folder=str(place),
        card=str(data.card.path.resolve()) if data.card else "",
        pins=plan.pins,
        title=plan.title.strip(),
        lesson=plan.lesson,
        group=plan.group,
        visitor=who.id,
        expected=plan.expected,
    )
    count_action()
    folder = queue.start(request, live_runs())
    look_again()
    return id_of(folder)


def _network(planned: Planned, place: Path) -> Network:
    """A network with a name that no run of the place has."""
    name = free_name(planned.name or architecture(planned.recipe), place)
    return Network(name, planned.recipe, dict(planned.variation))


def architecture(recipe: Recipe) -> str:
    """What a network is called: the preset if its cell and direction are the preset's, else after these."""
    network = recipe.network
    if recipe.preset in PRESETS:
        usual = PRESETS[recipe.preset]().network
        if (usual.cell, usual.bidirectional) == (network.cell, network.bidirectional):
            return recipe.preset
    return ("bi" if network.bidirectional else "") + ("rnn" if network.cell.startswith("rnn") else network.cell)


def job(job_id: str) -> Job | None:
    """The training job with this id; None if there is none, or it was deleted."""
    found = _job(live_runs(), job_id)
    return found if found is not None and isinstance(found.request, TrainingRequest) else None


def request_of(found: Job) -> TrainingRequest:
    """What a training job was asked to do."""
    assert isinstance(found.request, TrainingRequest)
    return found.request


def visible_jobs() -> list[Job]:
    """The training jobs that this visitor controls, the newest first: own ones, and for a local visitor all."""
    who = visitor()
    return [found for found in reversed(_jobs(live_runs())) if _is_training(found) and may_control(found, who)]


def ahead() -> tuple[int, float | None]:
    """How many jobs would be before a new one, and the seconds that it would wait; None if that is not known."""
    return queue.wait_of_new(_jobs(live_runs()))


def estimate_of(plan: Plan) -> Estimate | None:
    """What a training will take on this machine; None if nobody has counted the reviews yet. It may be measuring."""
    try:
        known = counted(plan.data)
    except SentimentError:  # told where the training is started
        return None
    if known is None:
        return None
    return estimate([planned.recipe for planned in plan.networks], known.lengths, known.vocab, default_cache())


def limits() -> Limits:
    """The limits of this server. Raises SettingError for a value in the environment that cannot be used."""
    return read_limits()


def may_control(found: Job, who: Visitor) -> bool:
    """Whether a visitor may pause, stop or delete a job."""
    return who.may_control(found.request.visitor)


def pause(found: Job) -> None:
    """Let a job rest after its step. As all controls, raises JobError if the visitor may not or it cannot be asked."""
    _ask(found, control.pause)


def go_on(found: Job) -> None:
    """Let a paused job go on."""
    _ask(found, control.go_on)


def step(found: Job) -> None:
    """Let a job take one step, and then rest."""
    _ask(found, control.step)


def stop(found: Job) -> None:
    """End a job and keep what it has made."""
    _ask(found, control.stop)


def delete(found: Job) -> None:
    """Delete a job and what it has made. One that lives is ended first."""
    _ask(found, lambda folder: delete_jobs(live_runs(), [found]))


def pin(found: Job, pinned: bool) -> None:
    """Show a job's runs to everybody and keep them, or no longer. Raises JobError if the visitor is not local."""
    if not visitor().local:
        raise JobError("Only who sits at the machine that serves this page can pin a job.")
    control.pin(found.folder, pinned)
    look_again()


def _ask(found: Job, wish: Callable[[Path], None]) -> None:
    if not may_control(found, visitor()):
        raise JobError("Only who started this job can control it. You can look, and train a network of your own.")
    wish(found.folder)
    look_again()


def look_again() -> None:
    """Forget what the folders said, because something has just changed."""
    _job.clear()
    _jobs.clear()


def _is_training(found: Job) -> bool:
    return isinstance(found.request, TrainingRequest) and found.state != State.CANCELLED


@st.cache_resource(max_entries=64, ttl=_LOOK_EVERY, show_spinner=False)
def _job(root: Path, job_id: str) -> Job | None:
    return queue.find_job(root, job_id)


@st.cache_resource(max_entries=2, ttl=_LOOK_EVERY, show_spinner=False)
def _jobs(root: Path) -> list[Job]:
    return queue.list_jobs(root)

"""Text about a run on pages: its title, its progress and the devices it was trained on."""

from __future__ import annotations

from sentiment_core.messages import lazy, tr
from sentiment_core.runs.listing import is_control
from sentiment_core.runs.reading import Run

_STATUS = {  # for runs that are not complete
    "running": lazy("training"),
    "interrupted": lazy("interrupted"),
    "stopped": lazy("stopped"),
    "failed": lazy("failed"),
}


def title(run: Run) -> str:
    """A run's name with its status, if that matters: 'bilstm (training)', 'mine (control: shuffled labels)'."""
    notes = [tr("control: shuffled labels")] * is_control(run)
    if run.status != "complete":
        notes.append(str(_STATUS[run.status]))
    return f"{run.name} ({', '.join(notes)})" if notes else run.name


def progress(run: Run) -> str | None:
    """The progress of an unfinished run and how to resume it; None for a complete run."""
    if run.status == "complete":
        return None
    last = run.history[-1]
    reached = lazy(
        "epoch {epoch:.3g} of {epochs}, step {step}", epoch=last.epoch, epochs=run.recipe.epochs, step=last.step
    )
    if run.status == "running":
        return tr("{name} is training: {reached}.", name=run.name, reached=reached)
    ended = {
        "interrupted": lazy("{name} was interrupted after {reached}.", name=run.name, reached=reached),
        "stopped": lazy("{name} was stopped after {reached}.", name=run.name, reached=reached),
        "failed": lazy("{name} failed after {reached}.", name=run.name, reached=reached),
    }[run.status]
    return tr(
        "{ended} To resume it, run python -m sentiment_core train --resume {path} with the --data that it was trained "
        "on.",
        ended=ended,
        path=run.path,
    )

"""Text about a run on pages: its title, its progress and the devices it was trained on."""

from __future__ import annotations

from pages.shared.trained_runs import is_trained_here, who_it_is
from sentiment_core.messages import lazy, lazy_in, tr
from sentiment_core.runs.listing import is_control
from sentiment_core.runs.reading import Run

_STATUS = {  # for runs that are not complete
    "running": lazy("training"),
    "interrupted": lazy("interrupted"),
    "stopped": lazy("stopped"),
    "failed": lazy("failed"),
    "untested": lazy("not tested"),
}

_SETTINGS = {
    "preset": lazy_in("a setting", "preset"),
    "cell": lazy_in("a setting", "cell"),
    "bidirectional": lazy_in("a setting", "bidirectional"),
    "tokenizer": lazy_in("a setting", "tokenizer"),
    "max_length": lazy_in("a setting", "max length"),
    "layers": lazy_in("a setting", "layers"),
    "embedding_size": lazy_in("a setting", "embedding size"),
    "hidden_size": lazy_in("a setting", "hidden size"),
    "pooling": lazy_in("a setting", "pooling"),
    "head_size": lazy_in("a setting", "head size"),
    "outputs": lazy_in("a setting", "outputs"),
    "embedding_dropout": lazy_in("a setting", "embedding dropout"),
    "dropout": lazy_in("a setting", "dropout"),
    "embedding_std": lazy_in("a setting", "embedding std"),
    "initialization": lazy_in("a setting", "initialization"),
    "ngrams": lazy_in("a setting", "n-grams"),
    "precision": lazy_in("a setting", "precision"),
    "pretraining_epochs": lazy_in("a setting", "pretraining epochs"),
    "epochs": lazy_in("a setting", "epochs"),
    "batch_size": lazy_in("a setting", "batch size"),
    "learning_rate": lazy_in("a setting", "learning rate"),
    "schedule": lazy_in("a setting", "schedule"),
    "clip": lazy_in("a setting", "clip"),
    "keep": lazy_in("a setting", "keep"),
    "shuffle_labels": lazy_in("a setting", "shuffled labels"),
    "seed": lazy_in("a setting", "seed"),
    "data": lazy_in("a setting", "data"),
    "averaging": lazy_in("a setting", "averaging"),
    "adversarial": lazy_in("a setting", "adversarial"),
    "labelled_texts": lazy_in("a setting", "labelled texts alone"),
    "bucketed_by": lazy_in("a setting", "batches by length up to"),
    "fault": lazy_in("a setting", "mistake on purpose"),
}


def title(run: Run) -> str:
    """A run's name with what matters about it: 'bilstm (training)', 'rnn-7f3a (trained here 12:31, seed 3)'."""
    notes = [who_it_is(run.path, run.recipe.seed)] if is_trained_here(run.path) else []
    if is_control(run):
        notes.append(tr("control: shuffled labels") if run.recipe.shuffle_labels else tr("control: broken on purpose"))
    if run.status != "complete":
        notes.append(str(_STATUS[_state(run)]))
    return f"{run.name} ({', '.join(notes)})" if notes else run.name


def progress(run: Run) -> str | None:
    """The progress of an unfinished run and how to resume it; None for a complete run, and for a job's."""
    if run.status == "complete" or is_trained_here(run.path):
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
        "untested": lazy("{name} has been trained, but not tested: {reached}.", name=run.name, reached=reached),
    }[_state(run)]
    return tr(
        "{ended} To resume it, run python -m sentiment_core train --resume {path} with the --data that it was trained "
        "on.",
        ended=ended,
        path=run.path,
    )


def _state(run: Run) -> str:
    """The status of a run that is not complete; "untested" if only the test is missing, as in a sweep."""
    ended = run.status in ("interrupted", "stopped") and run.history[-1].epoch >= run.recipe.epochs
    return "untested" if ended else run.status


def setting_name(name: str) -> str:
    """A setting by the name that a reader knows. Settings that only another version has keep their own name."""
    return str(_SETTINGS[name]) if name in _SETTINGS else name.replace("_", " ")


def setting_value(value: object) -> str:
    """The value of a setting. Choices keep their names, as on the command line."""
    if value is None:
        return tr("none")
    if isinstance(value, bool):
        return tr("yes") if value else tr("no")
    return str(value)

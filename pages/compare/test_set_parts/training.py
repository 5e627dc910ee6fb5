"""The part of the Test set page about training: learning curves, recipes, size, speed and seeds of the chosen runs."""

from __future__ import annotations

import numpy as np
import streamlit as st

from pages.compare.test_set_parts.view import TestSetView
from pages.shared import resources
from pages.shared.layout import errors_shown, setting_rows
from pages.shared.run_words import title
from sentiment_core.analysis.comparison import differs, seed_groups, settings_of
from sentiment_core.analysis.evaluation.compared import HALF
from sentiment_core.analysis.evaluation.learning import Learning, learning_of
from sentiment_core.experiments.leaderboard import RunSummary
from sentiment_core.figures.evaluation.learning import (
    Seeds,
    accuracies_text,
    draw_accuracy,
    draw_loss,
    draw_seeds,
)
from sentiment_core.messages import tr, tr_plural
from sentiment_core.messages.numbers import number, percent
from sentiment_core.runs.card import trained_on


def show(view: TestSetView) -> None:
    """Show how the chosen runs were trained and learned."""
    others = [name for name in view.names if name not in view.runs]
    if others:
        view.say(
            tr_plural(
                "{names:and} was not trained step by step here, so there is no training to show.",
                "{names:and} were not trained step by step here, so there is no training to show.",
                len(others),
                names=others,
            )
        )
    if view.runs:
        curves = {name: learning_of(run) for name, run in view.runs.items()}
        _show_curves(view, curves)
        _show_sizes(view, curves)
        _show_recipes(view)
        _show_seeds(view)


def _show_curves(view: TestSetView, curves: dict[str, Learning]) -> None:
    view.heading(tr("Learning curves"))
    for name, found in curves.items():
        view.say(_learning_sentence(name, found))
    left, right = st.columns(2, gap="medium")
    with left:
        last = [f"{name} {number(float(found.valid_loss[found.kept]), '.3f')}" for name, found in curves.items()]
        view.show(draw_loss(curves), "loss", tr("Loss over training, on train and valid. Kept: {values}", values=last))
    with right:
        last = [f"{name} {percent(float(found.valid_accuracy[found.kept]))}" for name, found in curves.items()]
        view.show(draw_accuracy(curves), "accuracy", tr("Accuracy on valid over training. Kept: {values}", values=last))
    view.say(
        tr(
            "A ring marks the checkpoint whose weights are kept. The loss in training is the mean over the reviews "
            "between two checkpoints, with dropout if the recipe has any; the accuracy in training is not recorded."
        ),
        caption=True,
    )


def _learning_sentence(name: str, found: Learning) -> str:
    known: dict[str, object] = {
        "name": name,
        "epoch": float(found.epochs[found.lowest]),
        "loss": float(found.valid_loss[found.lowest]),
        "last": float(found.valid_loss[-1]),
        "kept": float(found.epochs[found.kept]),
        "accuracy": float(found.valid_accuracy[found.kept]),
    }
    if found.overfits:
        return tr(
            "{name} overfits: its loss on valid is lowest at epoch {epoch:.3g} ({loss:.3f}) and rises to "
            "{last:.3f}, while its loss in training falls. Kept: epoch {kept:.3g}, {accuracy:.1%} right on valid.",
            **known,
        )
    return tr(
        "{name}: its loss on valid is lowest at epoch {epoch:.3g} ({loss:.3f}), and {last:.3f} at the end. Kept: "
        "epoch {kept:.3g}, {accuracy:.1%} right on valid.",
        **known,
    )


def _show_sizes(view: TestSetView, curves: dict[str, Learning]) -> None:
    view.heading(tr("Size and speed"))
    rows = []
    for name, run in view.runs.items():
        with errors_shown():
            summary = resources.summary(run)
            rows.append(
                {
                    tr("run"): title(run),
                    tr("parameters"): number(summary.parameters),
                    tr("training time (s)"): number(round(summary.seconds)),
                    tr("tokens/s"): number(round(summary.tokens_per_second)),
                    tr("epochs kept"): number(float(curves[name].epochs[curves[name].kept]), ".3g"),
                    tr("valid accuracy"): percent(run.best.valid_accuracy),
                    tr("test accuracy"): _accuracy_text(summary),
                    tr("trained on"): trained_on(run),
                }
            )
    if rows and (view.threshold != HALF or view.slice_name):
        view.say(
            tr("Over all test reviews and at the threshold 0.50: your slice and threshold do not apply."), caption=True
        )
    if rows:
        view.table(rows, tr("Parameters, training time and speed of each run"))


def _accuracy_text(summary: RunSummary) -> str:
    return "-" if summary.accuracy is None else percent(summary.accuracy)


def _show_recipes(view: TestSetView) -> None:
    view.heading(tr("Recipes"))
    table = settings_of(list(view.runs.values()))
    different = {name: row for name, row in table.items() if differs(row)}
    if len(view.runs) > 1:
        view.say(
            tr_plural(
                "The recipes differ in {count} setting, which is marked with ≠.",
                "The recipes differ in {count} settings, which are marked with ≠.",
                len(different),
            )
            if different
            else tr("The recipes are the same in every setting that affects results.")
        )
        everything = st.toggle(tr("All settings"), key="settings", bind="query-params")
        table = table if everything else different
    if table:
        view.table(setting_rows(table, marked=True), tr("The recipes' settings side by side"))


def _show_seeds(view: TestSetView) -> None:
    """Show the runs of the corpus that repeat a chosen run with another seed."""
    runs = {run.name: run for run in resources.runs(view.corpus)[0]}
    groups = []
    for names in seed_groups(list(runs.values())):
        if not view.runs.keys() & set(names):
            continue
        with errors_shown():
            known = {name: resources.summary(runs[name]).accuracy for name in names}
            told = {name: accuracy for name, accuracy in known.items() if accuracy is not None}
            seeds = [runs[name].recipe.seed for name in told]
            groups.append(Seeds(list(told), seeds, np.array(list(told.values()))))
    several = [group for group in groups if len(group.names) > 1]
    view.heading(tr("Seeds"))
    if not several:
        view.say(
            tr(
                "Each of these recipes was trained with one seed. Train one again with another --seed to see how far "
                "chance alone moves its accuracy."
            )
        )
        return
    for group in several:
        view.say(
            tr(
                "{names:and} differ only in their seed: {low:.1%} to {high:.1%} right on test, standard deviation "
                "{deviation:.2f} points. Of two recipes, a smaller difference may be the seed's.",
                names=group.names,
                low=float(group.accuracies.min()),
                high=float(group.accuracies.max()),
                deviation=100 * float(group.accuracies.std(ddof=1)),
            )
        )
    values = [text for group in groups for text in accuracies_text(group)]
    view.show(draw_seeds(groups), "seeds", tr("Test accuracy of each seed: {values}", values=values))

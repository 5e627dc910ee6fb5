"""What decides how far a network remembers: clipping, the start of the weights, the cell. Small networks."""

from __future__ import annotations

import numpy as np
import streamlit as st

from pages.inside.forgetting_parts.view import TITLES
from pages.shared.address import choice
from pages.shared.charts import show_figure
from pages.shared.forgetting_resources import study
from pages.shared.layout import plain
from sentiment_core.analysis.explanation.forgetting import LAST, ReachLine
from sentiment_core.experiments.distance_study import SHARED, DistanceStudy, Outcome
from sentiment_core.figures.forgetting import draw_outcomes, draw_reach
from sentiment_core.messages import lazy, tr
from sentiment_core.messages.numbers import number, percent

NAMES = {
    "rnn": lazy("RNN (tanh)"),
    "rnn-unclipped": lazy("RNN (tanh), not clipped"),
    "relu": lazy("RNN (ReLU)"),
    "relu-unclipped": lazy("RNN (ReLU), not clipped"),
    "identity": lazy("RNN (ReLU), identity start"),
    "identity-unclipped": lazy("RNN (ReLU), identity start, not clipped"),
    "lstm": lazy("LSTM"),
    "lstm-open": lazy("LSTM, forget gate open"),
    "gru": lazy("GRU"),
}
GROUPS = {
    "cell": (lazy("cell"), ("rnn", "lstm-open", "gru")),
    "start": (lazy("start of the weights"), ("relu", "identity", "lstm", "lstm-open")),
    "clip": (lazy("clipping"), ("rnn", "rnn-unclipped", "identity", "identity-unclipped")),
}


def show() -> None:
    """Show the accuracies of all seeds, and what arrives before and after training."""
    found = study()
    if found is None:
        st.info(
            tr("The small networks are not here. Train them with `python -m sentiment_core.experiments.distance`."),
            icon=":material/inventory_2:",
        )
        return
    options = {code: str(name) for code, (name, _) in GROUPS.items()}
    group = choice(st.segmented_control, tr("What differs"), options, "differs", required=True)
    chosen = [name for name in GROUPS[group][1] if name in found.outcomes]
    outcomes = {str(NAMES[name]): found.outcomes[name] for name in chosen}
    if not outcomes:
        return
    left, right = st.columns(2, gap="medium")
    seeds = len(next(iter(outcomes.values())))
    with left:
        st.header(tr("Accuracy of each seed"), anchor=False)
        alt = tr("Valid accuracy of each seed, for {names:and}.", names=list(outcomes))
        show_figure(draw_outcomes(outcomes), key="outcomes", alt=alt)
    with right:
        st.header(tr("What arrives, before and after training"), anchor=False)
        moment = choice(
            st.segmented_control,
            tr("Moment"),
            {"after": tr("after training"), "before": tr("before training")},
            "when",
            required=True,
        )
        lines = [_line(found, name, outcomes[name], moment) for name in outcomes]
        alt = tr("What arrives at the last state by distance, for {names:and}.", names=list(outcomes))
        show_figure(draw_reach([line for line in lines if line], title=str(TITLES[LAST])), key="starts", alt=alt)
    st.markdown("\n".join(f"- {plain(_sentence(name, outcomes[name]))}" for name in outcomes))
    st.caption(
        tr(
            "Toy reviews whose label stands {words} or more words before the end, read by networks of {hidden} units "
            "that judge by their last state alone. {epochs} epochs, {seeds} seeds (0 to {last}). The band is one "
            "standard deviation over seeds. `python -m sentiment_core.experiments.distance` trains them again.",
            words=found.words,
            hidden=SHARED["hidden_size"],
            epochs=len(next(iter(outcomes.values()))[0].accuracies),
            seeds=seeds,
            last=seeds - 1,
        )
    )


def _line(found: DistanceStudy, name: str, outcomes: list[Outcome], moment: str) -> ReachLine | None:
    """Mean and spread over seeds, without those whose training ended in numbers that are none."""
    values = [outcome.before if moment == "before" else outcome.after for outcome in outcomes]
    rows = np.array([row for row in values if row])
    if not len(rows):
        return None
    return ReachLine(name, False, False, np.array(found.distances), rows.mean(axis=0), rows.std(axis=0))


def _sentence(name: str, outcomes: list[Outcome]) -> str:
    """How many seeds learned, and the gradients of a step."""
    best = [outcome.accuracies[-1] for outcome in outcomes]
    return tr(
        "{name}: {learned} of {count} seeds got above 75%; accuracies {low} to {high}. Largest gradient of a step "
        "{largest}, median {median}.",
        name=name,
        learned=sum(accuracy > 0.75 for accuracy in best),
        count=len(best),
        low=percent(min(best), 1),
        high=percent(max(best), 1),
        largest=number(max(outcome.largest for outcome in outcomes), ".3g"),
        median=number(float(np.median([outcome.median for outcome in outcomes])), ".3g"),
    )

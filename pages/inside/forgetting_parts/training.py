"""How far back gradients reach before training and at each kept checkpoint, over valid reviews."""

from __future__ import annotations

from fractions import Fraction

import numpy as np
import streamlit as st

from pages.inside.forgetting_parts.view import TITLES, ForgettingView, pooling_text
from pages.shared.address import choice
from pages.shared.charts import show_figure
from pages.shared.forgetting_resources import forgetting
from pages.shared.layout import errors_shown, plain
from sentiment_core.analysis.explanation.forgetting import CELL, LOGIT, moment_of, recorded_lines
from sentiment_core.figures.forgetting import draw_reach
from sentiment_core.messages import tr
from sentiment_core.messages.checkpoints import checkpoint_phrase
from sentiment_core.messages.numbers import number, percent, power_of_ten
from sentiment_core.runs.forgetting import Forgetting

COMPARED = 16  # tokens back at which the sentence compares; further back nearly nothing arrives before training


def show(view: ForgettingView) -> None:
    """Show the recorded figures at the chosen checkpoint, with those before training behind them."""
    found: dict[str, Forgetting] = {}
    for name in view.networks:
        with errors_shown():
            if record := forgetting(view.runs[name]):
                found[name] = record
    missing = [name for name in view.networks if name not in found]
    if missing:
        st.info(
            plain(
                tr(
                    "{names:and}: trained before this was recorded. To record it, run "
                    '"python -m sentiment_core forgetting {folder} --data YOUR_DATA", which trains the same recipe a '
                    "second time and keeps the weights of the run.",
                    names=missing,
                    folder="/".join(view.folders[missing[0]].parts[-3:]),
                )
            ),
            icon=":material/timeline:",
        )
    if not found:
        return
    longest = max(found, key=lambda name: len(found[name].checkpoints))
    steps = {checkpoint.step: checkpoint.epoch for checkpoint in view.runs[longest].history}
    codes = {
        str(Fraction(steps.get(reach.step, place)).limit_denominator(64)): reach.step
        for place, reach in enumerate(found[longest].checkpoints)
    }
    last = list(codes)[-1]
    phrases = {code: str(checkpoint_phrase(code, last)) for code in codes}
    moment = choice(st.select_slider, tr("Checkpoint"), phrases, "moment", last)
    share = codes[moment] / max(codes[last], 1)
    lines, before = [], []
    for name, record in found.items():
        lines += recorded_lines(name, moment_of(record, share), view.of)
        before += recorded_lines(name, moment_of(record, 0), view.of)
    alt = tr(
        "How far back gradients reach in {names:and}, {moment}, beside before training.",
        names=list(found),
        moment=phrases[moment],
    )
    title = str(TITLES[LOGIT if view.of == CELL else view.of])
    show_figure(draw_reach(lines, before if codes[moment] else (), title), key="training", alt=alt)
    st.markdown("\n".join(f"- {plain(_sentence(name, record, share))}" for name, record in found.items()))
    st.caption(
        tr(
            "Mean and standard deviation over twenty of the longest valid reviews. Grey and dotted: before training. A "
            "value below 10⁻¹² is drawn as 10⁻¹²."
        )
    )
    if again := [name for name, record in found.items() if record.again]:
        st.caption(plain(_second_training(view, found, again)))
    if explained := pooling_text(view):
        st.caption(plain(explained))


def _sentence(name: str, record: Forgetting, share: float) -> str:
    """How far back the forward direction reaches before training and at a checkpoint."""
    now, before = moment_of(record, share), moment_of(record, 0)
    place = int(np.searchsorted(now.distances, COMPARED, side="right")) - 1
    return tr(
        "{name}: of a change {distance} tokens before the end, {before} arrives before training and {now} at this "
        "checkpoint (valid accuracy {accuracy}).",
        name=name,
        distance=int(now.distances[place]),
        before=power_of_ten(float(before.last[0, place])),
        now=power_of_ten(float(now.last[0, place])),
        accuracy=percent(now.accuracy, 1),
    )


def _second_training(view: ForgettingView, found: dict[str, Forgetting], again: list[str]) -> str:
    """That figures come from a second training, and how far its accuracies are from the first."""
    apart = {}
    for name in again:
        first = {checkpoint.step: checkpoint.valid_accuracy for checkpoint in view.runs[name].history}
        gaps = [abs(first[reach.step] - reach.accuracy) for reach in found[name].checkpoints if reach.step in first]
        apart[name] = max(gaps, default=float("nan"))
    if all(gap == 0 for gap in apart.values()):
        return tr(
            "{names:and}: recorded by a second training with the run's recipe and seed, with the same valid "
            "accuracies.",
            names=again,
        )
    return tr(
        "{names:and}: recorded by a second training with the run's recipe and seed. Its valid accuracies differ from "
        "the run's by at most {apart} points.",
        names=again,
        apart=[f"{number(100 * gap, '.1f')} ({name})" for name, gap in apart.items()],
    )

"""The settings of a sweep: what is known so far, as lines, as dots, and as a table."""

from __future__ import annotations

import math
from collections.abc import Sequence
from functools import partial

import numpy as np
import streamlit as st

from pages.learn.sweeps_parts.trials import choose_run
from pages.learn.sweeps_parts.words import failures, progress_text, result_text, setting_label, stand_text
from pages.shared import sweep_resources as resources
from pages.shared.charts import show_figure
from pages.shared.layout import plain
from pages.shared.run_words import setting_name, setting_value
from sentiment_core.experiments.sweeps.course import is_over
from sentiment_core.experiments.sweeps.plan import Sweep
from sentiment_core.experiments.sweeps.results import SettingResult, Stand, best_setting, count_ended
from sentiment_core.experiments.sweeps.space import Axis, Value
from sentiment_core.figures.sweeps import SweepAxis, SweepDot, SweepLine, draw_parallel, draw_seeds
from sentiment_core.messages import tr, tr_plural
from sentiment_core.messages.numbers import percent
from sentiment_core.storage.tables import csv_bytes

_MOST_ROWS = 25  # of the picture of dots
_MOST_SHOWN = 9  # rows of the table, which scrolls if it has more


def show_settings(sweep: Sweep) -> None:
    """The body of the timed fragment: progress, pictures and table."""
    results = resources.results(sweep)
    best = best_setting(results)
    at_work = resources.is_at_work(sweep)
    share = count_ended(results) / len(sweep.trials)
    if at_work and share < 1:
        st.progress(share, text=plain(progress_text(sweep, results, at_work)))
    else:
        st.caption(plain(progress_text(sweep, results, at_work)))
    for line in failures(sweep, results):
        st.warning(plain(line), icon=":material/warning:")
    lines = sorted(sweep_lines(sweep, results, best), key=lambda line: (not line.is_best, -(line.valid or 0.0)))
    if not any(line.dots for line in lines):
        st.info(
            tr("No accuracy yet. A dot appears when a network is evaluated for the first time, after a moment."),
            icon=":material/tune:",
        )
        return
    if best is not None:
        st.markdown(plain(result_text(sweep, best)))
    known = [line for line in lines if line.valid is not None]
    if sweep.axes and known:
        left, right = st.columns([4, 5], gap="medium")
        with left:
            show_figure(
                draw_parallel(known, [_axis(sweep, axis) for axis in sweep.axes]),
                key="parallel",
                alt=_alt(known),
                image=f"sweep-{sweep.name}",
            )
        with right:
            _table(sweep, results, best)
    else:
        _table(sweep, results, best)
    dotted = [line for line in lines if line.dots][:_MOST_ROWS]
    show_figure(
        draw_seeds(dotted),
        key="seeds",
        alt=_alt(dotted),
        image=f"sweep-{sweep.name}-seeds",
        on_click=choose_run,
    )
    if len(dotted) < len(lines):
        st.caption(
            tr_plural("The best setting is shown.", "The best {count} settings are shown.", len(dotted))
            if len(dotted) == _MOST_ROWS
            else tr("Settings without an accuracy so far are not shown.")
        )
    _save(sweep, results)


def sweep_lines(sweep: Sweep, results: Sequence[SettingResult], best: SettingResult | None) -> list[SweepLine]:
    """The settings as the pictures take them."""
    over = is_over(sweep, results)
    return [
        SweepLine(
            result.number + 1,
            setting_label(sweep, result.number),
            " · ".join(map(setting_value, sweep.settings[result.number].values())) or sweep.base.preset,
            tuple(_place(sweep, axis, sweep.settings[result.number][axis.name]) for axis in sweep.axes),
            tuple(
                SweepDot(one.trial.name, one.trial.recipe.seed, one.valid, one.stand == Stand.STARTED and not over)
                for one in result.trials
                if one.valid is not None
            ),
            result.valid,
            best is not None and result.number == best.number,
        )
        for result in results
    ]


def _values(sweep: Sweep, axis: Axis) -> list[Value]:
    """The values of an axis in their order: numbers by size, others as they were given."""
    found = list(axis.values)
    if all(isinstance(value, int | float) and not isinstance(value, bool) for value in found):
        found.sort()
    return found


def _place(sweep: Sweep, axis: Axis, value: Value) -> float:
    """Where a value stands on its axis, from 0 to 1: values of a list at equal distances, those of a range by size."""
    if not axis.is_range:
        values = _values(sweep, axis)
        return values.index(value) / (len(values) - 1) if len(values) > 1 else 0.5
    low, high, at = axis.low, axis.high, float(value)
    if low > 0:  # each order of magnitude is as long
        low, high, at = math.log(low), math.log(high), math.log(at)
    return (at - low) / (high - low)


def _axis(sweep: Sweep, axis: Axis) -> SweepAxis:
    marks: list[Value] = _values(sweep, axis)
    if axis.is_range:
        low, high = axis.low, axis.high
        middle = math.sqrt(low * high) if low > 0 else (low + high) / 2
        is_whole = isinstance(sweep.settings[0][axis.name], int)
        marks = [round(value) if is_whole else float(f"{value:.2g}") for value in (low, middle, high)]
    ticks = tuple((_place(sweep, axis, value), setting_value(value)) for value in marks)
    return SweepAxis(setting_name(axis.name), ticks)


def _alt(lines: Sequence[SweepLine]) -> str:
    said = [
        tr("{number}: {label}, {share}", number=line.number, label=line.label, share=percent(line.valid, 2))
        for line in lines
        if line.valid is not None
    ]
    return tr("Valid accuracy of each setting, the best first. {settings}", settings=said)


def _table(sweep: Sweep, results: Sequence[SettingResult], best: SettingResult | None) -> None:
    over = is_over(sweep, results)
    ranked = sorted(results, key=lambda one: (one is not best, not one.is_trained, -(one.valid or 0.0), one.number))
    st.dataframe(
        [
            {
                "number": str(one.number + 1) + (" *" if one is best else ""),
                "valid": None if one.valid is None else 100 * one.valid,
                "±": None if one.spread is None else 100 * one.spread,
                "test": None if one.test is None else 100 * one.test,
                **{axis.name: setting_value(sweep.settings[one.number][axis.name]) for axis in sweep.axes},
                "epochs": one.epoch,
                "state": stand_text(one, over),
            }
            for one in ranked
        ],
        hide_index=True,
        height="content" if len(ranked) <= _MOST_SHOWN else 40 * _MOST_SHOWN,
        row_height=40,
        placeholder="",
        column_config={
            "number": st.column_config.TextColumn(tr("setting"), help=tr("* marks the best by valid")),
            **{axis.name: st.column_config.TextColumn(setting_name(axis.name)) for axis in sweep.axes},
            "valid": st.column_config.NumberColumn(tr("valid"), format="%.2f%%", help=tr("Mean over the seeds")),
            "±": st.column_config.NumberColumn(format="%.2f%%", help=tr("Standard deviation over the seeds")),
            "test": st.column_config.NumberColumn(
                tr("test"), format="%.2f%%", width=90, help=tr("Mean over the seeds; read once, at the end")
            ),
            "epochs": st.column_config.NumberColumn(tr("epochs"), format="%.3g"),
            "state": st.column_config.TextColumn(tr("state")),
        },
        alt=tr("The settings of the sweep with their accuracies, the best first"),
    )


def _save(sweep: Sweep, results: Sequence[SettingResult]) -> None:
    st.download_button(
        tr("Save the runs (CSV)"),
        partial(sweep_csv, sweep, results),
        file_name=f"sweep-{sweep.name}.csv",
        mime="text/csv",
        key="sweep_csv",
        icon=":material/table:",
        on_click="ignore",
        help=tr("One row a run: its setting, seed, state, epochs, and accuracies on valid and test."),
    )


def sweep_csv(sweep: Sweep, results: Sequence[SettingResult]) -> bytes:
    """One row a run as CSV. An accuracy that is not known is not a number."""
    trials = [one for result in results for one in result.trials]
    columns = {
        axis.name: np.array([str(sweep.settings[one.trial.setting][axis.name]) for one in trials])
        for axis in sweep.axes
    }
    figures = {
        "valid_accuracy": np.array([np.nan if one.valid is None else one.valid for one in trials]).round(6),
        "test_accuracy": np.array([np.nan if one.test is None else one.test for one in trials]).round(6),
    }
    return csv_bytes(
        {
            "setting": np.array([one.trial.setting + 1 for one in trials]),
            **columns,
            "seed": np.array([one.trial.recipe.seed for one in trials]),
            "run": np.array([one.trial.name for one in trials]),
            "state": np.array([str(one.stand) for one in trials]),
            "epochs": np.array([round(one.epoch, 3) for one in trials]),
            **figures,
        }
    )

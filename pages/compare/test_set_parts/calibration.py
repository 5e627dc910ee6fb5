"""The part of the Test set page about probabilities: reliability curves, ECE, Brier score and temperature."""

from __future__ import annotations

import streamlit as st

from pages.compare.paired_words import interval_text
from pages.compare.test_set_parts.view import TestSetView
from pages.shared import curves_resources as resources
from pages.shared.address import choice
from pages.shared.layout import errors_shown
from sentiment_core.analysis.evaluation.calibration import BINS, MASS, WIDTH, Calibration
from sentiment_core.analysis.evaluation.temperature import HIGHEST, LOWEST, Temperature
from sentiment_core.figures.evaluation.calibration import draw_reliability
from sentiment_core.messages import lazy, tr
from sentiment_core.messages.numbers import number, percent

_BINNINGS = {MASS: lazy("equally many reviews"), WIDTH: lazy("equally wide")}


def show(view: TestSetView) -> None:
    """Show how far each classifier's probabilities can be taken at their word, before and after its temperature."""
    with st.container(horizontal=True, gap="medium", vertical_alignment="bottom"):
        binning = choice(st.segmented_control, tr("Bins"), _BINNINGS, "bins", required=True, width="content")
        with_temperature = st.toggle(
            tr("Curve with temperature"),
            value=True,
            key="temperature",
            bind="query-params",
            help=tr("Log-odds divided by one number, which is fitted on the valid reviews"),
        )
    found = {name: resources.calibration(view.compared, view.folders, name, binning) for name in view.names}
    fitted: dict[str, tuple[Temperature, int]] = {}
    without = []
    for name in view.names:
        with errors_shown():
            if given := resources.temperature(view.folders[name]):
                fitted[name] = given
            else:
                without.append(name)
    after = {
        name: resources.calibration(view.compared, view.folders, name, binning, given[0])
        for name, given in fitted.items()
    }

    view.heading(tr("Calibration"))
    view.say_what_neutral_counts()
    left, right = st.columns([3, 2], gap="medium")
    with left:
        values = [f"{name} {number(100 * one.ece.value, '.1f')}" for name, one in found.items()]
        alt = tr("Reliability curves. Mean distance from calibrated, in points: {values}", values=values)
        view.show(draw_reliability(found, after if with_temperature else {}), "calibration", alt)
    with right:
        for name, one in found.items():
            view.say(_calibration_sentence(name, one))
        for name, (temperature, reviews) in fitted.items():
            view.say(_temperature_sentence(name, temperature, reviews, found[name], after[name]))
        if fitted:
            view.say(_accuracy_sentence(view))
        if without:
            view.say(
                tr(
                    "{names:and}: no scores of the valid split are kept, so there is no temperature. Fitted on the "
                    "test reviews, it would look better than it is.",
                    names=without,
                )
            )
    view.table(_rows(found, fitted, after), tr("Calibration of each classifier"))
    view.say(
        tr(
            "A bin's bar is the 95% interval of its share of positive reviews. ECE is the mean distance of probability "
            "and share over {bins} bins. It depends on the bins, and chance alone makes it larger than 0: that part is "
            "named beside it. Its interval is from a bootstrap that keeps the bins and takes that bias away. The Brier "
            "score is the mean squared distance of probability and label: uncertainty minus resolution plus "
            "miscalibration.",
            bins=BINS,
        ),
        caption=True,
    )


def _calibration_sentence(name: str, found: Calibration) -> str:
    worst = found.worst
    known: dict[str, object] = {
        "name": name,
        "said": found.predicted[worst],
        "true": found.positive[worst],
        "error": 100 * found.ece.value,
        "low": 100 * found.ece.low,
        "high": 100 * found.ece.high,
        "chance": 100 * found.by_chance,
    }
    if not found.ece.low:
        return tr(
            "{name}: its probabilities are right, as far as these reviews can tell. On average they are {error:.1f} "
            "points off; chance alone would give {chance:.1f}.",
            **known,
        )
    if found.overconfident > 0:
        return tr(
            "{name} is too confident: where it says {said:.1%}, {true:.1%} are positive. On average it is {error:.1f} "
            "points off (95% interval {low:.1f} to {high:.1f}); chance alone would give {chance:.1f}.",
            **known,
        )
    return tr(
        "{name} is too cautious: where it says {said:.1%}, {true:.1%} are positive. On average it is {error:.1f} "
        "points off (95% interval {low:.1f} to {high:.1f}); chance alone would give {chance:.1f}.",
        **known,
    )


def _temperature_sentence(
    name: str, temperature: Temperature, reviews: int, before: Calibration, after: Calibration
) -> str:
    if temperature.bound == "lowest":
        return tr(
            "{name} has no temperature of its own: on its {count} valid reviews a lower one is always better, because "
            "it gets them right. {value:g} is the lowest allowed.",
            name=name,
            count=reviews,
            value=LOWEST,
        )
    if temperature.bound == "highest":
        return tr(
            "{name} has no temperature of its own: on its {count} valid reviews it is no better than a coin toss. "
            "{value:g} is the highest allowed.",
            name=name,
            count=reviews,
            value=HIGHEST,
        )
    return tr(
        "With a temperature of {value:.2f}, fitted on all {count} valid reviews, {name} is {after:.1f} points off "
        "instead of {before:.1f}.",
        name=name,
        value=temperature.value,
        count=reviews,
        before=100 * before.ece.value,
        after=100 * after.ece.value,
    )


def _accuracy_sentence(view: TestSetView) -> str:
    values = [f"{name} {percent(float(view.compared.right(name).mean()))}" for name in view.names]
    return tr(
        "A temperature changes no verdict at a threshold of 50%, so the accuracy stays the same: {values}.",
        values=values,
    )


def _rows(
    found: dict[str, Calibration], fitted: dict[str, tuple[Temperature, int]], after: dict[str, Calibration]
) -> list[dict[str, str]]:
    rows = []
    for name, one in found.items():
        later = after.get(name)
        rows.append(
            {
                tr("classifier"): name,
                tr("ECE, points"): interval_text(one.ece, ".1f", 100),
                tr("by chance"): number(100 * one.by_chance, ".1f"),
                tr("Brier score"): interval_text(one.brier, ".3f"),
                tr("uncertainty"): number(one.uncertainty, ".3f"),
                tr("resolution"): number(one.resolution, ".3f"),
                tr("miscalibration"): number(one.miscalibration, ".3f"),
                tr("temperature"): number(fitted[name][0].value, ".2f") if name in fitted else "-",
                tr("ECE with it"): interval_text(later.ece, ".1f", 100) if later else "-",
                tr("Brier with it"): interval_text(later.brier, ".3f") if later else "-",
            }
        )
    return rows

"""Slices: on which kinds of reviews the classifiers do better or worse, and where two of them differ."""

from __future__ import annotations

import streamlit as st

from pages.compare.paired_words import interval_text
from pages.compare.test_set_parts.slice_filter import KEY, choose_slice
from pages.compare.test_set_parts.slice_words import fill_text, slice_name
from pages.compare.test_set_parts.view import TestSetView
from pages.shared import slice_resources as resources
from pages.shared.layout import row_by_name
from sentiment_core.analysis.evaluation.paired import Interval
from sentiment_core.analysis.evaluation.slices import (
    FEW,
    SIGNIFICANT,
    SMALL,
    SliceResult,
    cut_limit,
    evaluate_slices,
)
from sentiment_core.figures.evaluation.slices import draw_slices, group_name, slice_label
from sentiment_core.messages import lazy, tr, tr_plural
from sentiment_core.messages.numbers import number, p_value, percent

_BOX = "slice_box"


def show(view: TestSetView) -> None:
    """Show every slice of the whole test split; a click on one limits the page to it."""
    if not resources.are_counted(view.corpus, view.whole):
        st.info(
            tr("These classifiers were tested on other reviews than those of the corpus, so there are no slices."),
            icon=":material/inventory_2:",
        )
        return
    limits = [run.recipe.max_length for run in view.runs.values()]
    chosen = st.query_params.get(KEY, "") if view.slice_name else ""
    if (limit := cut_limit(chosen)) is not None:
        limits.append(limit)  # the address may ask for another cut than those of the classifiers
    slices = resources.slices(view.corpus, limits)
    if not slices:
        st.info(
            tr("These reviews are alike in all that is counted, so there are no slices."), icon=":material/inventory_2:"
        )
        return
    results = evaluate_slices(view.whole, slices, view.pair, view.threshold)
    if view.pair:
        view.say(summary_text(results, view.pair))
    view.say(_explanation(view))
    key = f"slices {chosen}" if chosen else "slices"  # a new chart, in which no row is selected any more
    view.show(draw_slices(results, view.pair, chosen), key, _alt(results), on_click=choose_slice)
    _show_notes(view, results)
    _show_missing(view)
    _slice_box(results, chosen)
    with st.expander(tr("The numbers"), icon=":material/table:"):
        view.table([_row(result, view.pair) for result in results], tr("Accuracy of each classifier on each slice"))


def _explanation(view: TestSetView) -> str:
    rows = tr(
        "Each row is a part of the {count} test reviews. Dots are accuracies with their 95% intervals. Click a row to "
        "limit the whole page to it.",
        count=len(view.whole),
    )
    if view.pair is None:
        return rows
    first, second = view.pair
    beside = tr("On the right: the accuracy of {second} minus that of {first}.", first=first, second=second)
    return f"{rows} {beside}"


def summary_text(results: list[SliceResult], pair: tuple[str, str]) -> str:
    """How many differences hold, and the largest one."""
    tested = [result for result in results if result.gain is not None]
    if not tested:
        return tr("Every slice has too few reviews to compare the classifiers.")
    holding = [result for result in tested if result.differs]
    sentences = [
        tr_plural(
            "{count} slice is compared: with a probability of 5% it would seem to differ even if the classifiers were "
            "equally good.",
            "{count} slices are compared: about {expected:.1f} of them would seem to differ (p below 5%) even if the "
            "classifiers were equally good.",
            len(tested),
            expected=SIGNIFICANT * len(tested),
        ),
        tr_plural(
            "Corrected for that (Holm), {count} difference remains: filled marks.",
            "Corrected for that (Holm), {count} differences remain: filled marks.",
            len(holding),
        ),
    ]
    if holding:
        largest = max(holding, key=lambda result: abs(_gain(result).value))
        better, worse = pair[::-1] if _gain(largest).value > 0 else pair
        sentences.append(
            tr(
                "The largest: on {slice}, {better} is right on {points:.1f} points more reviews than {worse}.",
                slice=lazy("“{name}”", name=slice_name(largest.slice)),
                better=better,
                worse=worse,
                points=100 * abs(_gain(largest).value),
            )
        )
    return " ".join(sentences)


def _gain(result: SliceResult) -> Interval:
    assert result.gain is not None
    return result.gain


def _alt(results: list[SliceResult]) -> str:
    parts = [
        lazy(
            "{slice}: {values}",
            slice=slice_name(result.slice),
            values=[f"{name} {percent(found.value)}" for name, found in result.accuracies.items()],
        )
        for result in results
    ]
    return tr("Accuracy on each slice. {parts}", parts=parts)


def _show_notes(view: TestSetView, results: list[SliceResult]) -> None:
    """What the picture does not say of itself."""
    notes = []
    if any(result.small for result in results):
        notes.append(
            tr(
                "* fewer than {small} reviews: the intervals are wide. With fewer than {few} nothing is concluded.",
                small=SMALL,
                few=FEW,
            )
        )
    notes.append(
        tr(
            "Slices overlap: long reviews also have more negations. Negations and words of contrast are counted by "
            "lists of English or Korean words. A rare word is one that the tokenizer splits into pieces."
        )
    )
    view.say(" ".join(notes), caption=True)


def _show_missing(view: TestSetView) -> None:
    """Which slices cannot be made, and how to make them."""
    facts = resources.facts(view.corpus)
    if facts.features is None:
        st.info(
            tr(
                "Negations, words of contrast, unknown tokens and rare words were not counted for this corpus. {fill}",
                fill=fill_text(view.corpus),
            ),
            icon=":material/inventory_2:",
        )
    if facts.confidence is None:
        st.caption(
            tr(
                "There is no classifier {name} here, so no slices by its confidence. "
                "`python -m sentiment_core reproduce {name} --out {folder}/{corpus} --data YOUR_DATA` makes it.",
                name=resources.BASELINE,
                folder=view.corpus.path.parent.name,
                corpus=view.corpus.name,
            )
        )


def _slice_box(results: list[SliceResult], chosen: str) -> None:
    """A list of the slices, for those who do not click in the picture."""
    names = {"": tr("all reviews")}
    names |= {result.slice.code: f"{group_name(result.slice.group)}: {slice_label(result.slice)}" for result in results}
    st.session_state[_BOX] = chosen if chosen in names else ""
    st.selectbox(
        tr("Limit the page to"),
        list(names),
        format_func=names.__getitem__,
        key=_BOX,
        on_change=lambda: choose_slice(st.session_state[_BOX]),
        width=360,
    )


def _row(result: SliceResult, pair: tuple[str, str] | None) -> dict[str, str]:
    before = {
        tr("slice"): f"{group_name(result.slice.group)}: {slice_label(result.slice)}",
        tr("reviews"): f"{number(result.count)} *" if result.small else number(result.count),
    }
    accuracies = {name: interval_text(found, ".1%") for name, found in result.accuracies.items()}
    gain = result.gain
    after = {
        tr("second minus first, points"): (tr("too few reviews") if gain is None else interval_text(gain, "+.1f", 100)),
        tr("p, corrected"): "" if result.corrected is None else p_value(result.corrected),
    }
    return row_by_name(before, accuracies, after if pair else None)

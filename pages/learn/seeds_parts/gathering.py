"""The dots of a lottery as they come in, what they say together, and two of them compared."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

import numpy as np
import streamlit as st

from pages.compare.paired_words import difference_text, method_text
from pages.learn.seeds_parts.words import gap_text, luck_text, spread_text
from pages.shared import lottery_resources as resources
from pages.shared.address import choice
from pages.shared.charts import show_figure
from pages.shared.language import in_this_language
from pages.shared.layout import errors_shown, plain
from sentiment_core.analysis.evaluation.paired import differences
from sentiment_core.analysis.seeds import Spread, compare_recipes, spread
from sentiment_core.figures.lottery import LotteryDot, draw_lottery
from sentiment_core.jobs.lottery import Drawn, Lottery
from sentiment_core.messages import lazy, tr, tr_plural
from sentiment_core.messages.numbers import percent
from sentiment_core.storage.tables import csv_bytes

MEASURES = {"valid": lazy("valid accuracy, live"), "test": lazy("test accuracy, when complete")}
_TEST_SET = "pages/compare/test_set.py"
PAIR = ("one", "other")  # keys in the address


def accuracy_of(one: Drawn, measure: str) -> float | None:
    """A dot's place on the axis, if it has one yet."""
    return one.test_accuracy if measure == "test" else one.valid_accuracy


def complete_accuracies(drawn: Sequence[Drawn], recipes: int, measure: str) -> list[np.ndarray]:
    """The accuracies [seeds] float64 of the complete dots of each recipe."""
    found = [
        [accuracy_of(one, measure) for one in drawn if one.complete and one.ticket.recipe == place]
        for place in range(recipes)
    ]
    return [np.array([value for value in values if value is not None]) for values in found]


def show_dots(lottery: Lottery, large: bool) -> None:
    """The body of the timed fragment: the picture and the sentences. large: for a projector."""
    if resources.find_lottery(lottery.code) is None:
        st.warning(tr("This lottery is not there any more. Open a new one."), icon=":material/warning:")
        return
    drawn = resources.drawn(lottery)
    names = {code: str(name) for code, name in MEASURES.items()}
    measure = choice(st.segmented_control, tr("On the axis"), names, "of", required=True)
    shown = [one for one in drawn if accuracy_of(one, measure) is not None]
    st.caption(plain(_progress_text(lottery, drawn)))
    if not shown:
        if measure == "test":
            message = tr("No test accuracy yet: a network reads the test reviews once, when its training ends.")
        else:
            message = tr("No dot yet. A dot appears when a network is evaluated for the first time, after a moment.")
        st.info(message, icon=":material/casino:")
        return
    accuracies = complete_accuracies(drawn, len(lottery.recipes), measure)
    spreads = [spread(values) if len(values) else None for values in accuracies]
    chosen = {st.session_state.get(key) for key in PAIR} if not large else set()
    dots = [_dot(one, measure, chosen) for one in shown]
    axis = tr("accuracy on valid") if measure == "valid" else tr("test accuracy")
    show_figure(
        draw_lottery(dots, lottery.recipes, spreads, axis, large),
        key=f"lottery {large}",
        alt=_alt(lottery, dots, axis),
        image=f"lottery-{lottery.code}",
        on_click=None if large else partial(_choose, drawn),
    )
    _say(lottery, accuracies, spreads, large)
    if not large:
        _two_dots(lottery, drawn)
        _save(lottery, drawn)


def _progress_text(lottery: Lottery, drawn: Sequence[Drawn]) -> str:
    living = sum(not one.state.ended for one in drawn)
    complete = sum(one.complete for one in drawn)
    said = tr_plural(
        "{count} of {most} seed complete.", "{count} of {most} seeds complete.", complete, most=lottery.most
    )
    return " ".join([said, tr("Training or waiting: {count}.", count=living)]) if living else said


def _dot(one: Drawn, measure: str, chosen: set[object]) -> LotteryDot:
    accuracy = accuracy_of(one, measure)
    assert accuracy is not None
    ticket = one.ticket
    own = resources.is_own(ticket)
    return LotteryDot(
        ticket.run, ticket.recipe, ticket.seed, accuracy, not one.complete, own, one.complete and ticket.run in chosen
    )


def _alt(lottery: Lottery, dots: Sequence[LotteryDot], axis: str) -> str:
    values = [f"{lottery.recipes[dot.recipe]} {dot.seed} {percent(dot.accuracy)}" for dot in dots]
    return tr("A dot for each seed: {axis}. {values}", axis=axis, values=values)


def _say(lottery: Lottery, accuracies: Sequence[np.ndarray], spreads: Sequence[Spread | None], large: bool) -> None:
    """What the complete dots say together."""
    said = [spread_text(name, found) for name, found in zip(lottery.recipes, spreads, strict=True) if found]
    if len(accuracies) == 2:
        if min(map(len, accuracies)) < 2:
            said.insert(0, tr("Two complete dots of each recipe are needed to compare the recipes."))
        else:
            first, second = lottery.recipes
            said.insert(0, gap_text(first, second, compare_recipes(accuracies[0], accuracies[1])))
    for sentence in said:
        st.markdown(f"### {plain(sentence)}" if large else plain(sentence))


def _choose(drawn: Sequence[Drawn], run: str) -> None:
    """Compare a clicked dot with the one that was clicked before."""
    if any(one.complete and one.ticket.run == run for one in drawn) and run != st.session_state.get(PAIR[1]):
        st.session_state[PAIR[0]] = st.session_state.get(PAIR[1], run)
        st.session_state[PAIR[1]] = run


def _two_dots(lottery: Lottery, drawn: Sequence[Drawn]) -> None:
    """Two dots on the same test reviews, by McNemar's test, and how often luck does as much."""
    tested = {one.ticket.run: one for one in drawn if one.complete and one.test_accuracy is not None}
    st.header(tr("Two dots compared"), anchor=False)
    if len(tested) < 2:
        st.caption(tr("When two networks are complete, they can be compared on the same test reviews."))
        return
    by_accuracy = sorted(tested, key=lambda run: tested[run].test_accuracy or 0.0)
    labels = {run: _label(lottery, tested[run]) for run in tested}
    with st.container(horizontal=True):
        pair = [
            choice(st.selectbox, label, labels, key, usual, width=280)
            for label, key, usual in zip(
                (tr("A dot"), tr("Another dot")), PAIR, (by_accuracy[0], by_accuracy[-1]), strict=True
            )
        ]
    if pair[0] == pair[1]:
        st.caption(tr("Choose two different dots."))
        return
    first, second = (tested[run] for run in pair)
    with errors_shown():
        found = next(iter(differences(resources.compared(lottery, (first.ticket, second.ticket))).values()))
        st.markdown(plain(difference_text(found)))
        luck = luck_text(complete_accuracies(drawn, len(lottery.recipes), "test"), found.gain.value)
        st.markdown(plain(luck))
        st.caption(plain(method_text(found, 1)))
        st.caption(
            tr(
                "McNemar asks whether these two trained networks differ on other reviews. It does not ask whether the "
                "recipe with another seed would have done as well: that is what the dots show."
            )
        )
        st.page_link(
            _TEST_SET,
            label=tr("These two on Test set"),
            icon=":material/arrow_forward:",
            query_params=in_this_language({"runs": pair, **resources.corpus_address(lottery)}),
        )


def _label(lottery: Lottery, one: Drawn) -> str:
    assert one.test_accuracy is not None
    said = tr(
        "{recipe}, seed {seed}: {share}",
        recipe=lottery.recipes[one.ticket.recipe],
        seed=str(one.ticket.seed),
        share=percent(one.test_accuracy, 2),
    )
    return tr("{dot} (yours)", dot=said) if resources.is_own(one.ticket) else said


def _save(lottery: Lottery, drawn: Sequence[Drawn]) -> None:
    st.download_button(
        tr("Save the dots (CSV)"),
        partial(dots_csv, lottery, drawn),
        file_name=f"lottery-{lottery.code}.csv",
        mime="text/csv",
        key="dots",
        icon=":material/table:",
        on_click="ignore",
        help=tr("One row a seed: its recipe, run, state, epochs, and accuracies on valid and test."),
    )


def dots_csv(lottery: Lottery, drawn: Sequence[Drawn]) -> bytes:
    """One row a seed as CSV. An accuracy that is not known yet is not a number. Who drew it is not told."""
    valid, test = (
        np.array([np.nan if (value := accuracy_of(one, of)) is None else value for one in drawn]) for of in MEASURES
    )
    return csv_bytes(
        {
            "recipe": np.array([lottery.recipes[one.ticket.recipe] for one in drawn]),
            "seed": np.array([one.ticket.seed for one in drawn]),
            "run": np.array([one.ticket.run for one in drawn]),
            "state": np.array([str(one.state) for one in drawn]),
            "epochs": np.array([round(one.epoch, 3) for one in drawn]),
            "valid_accuracy": valid.round(6),
            "test_accuracy": test.round(6),
        }
    )

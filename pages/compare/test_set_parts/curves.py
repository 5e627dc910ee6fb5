"""The part of the Test set page about the threshold: ROC, precision-recall, and what errors cost."""

from __future__ import annotations

import streamlit as st

from pages.compare.test_set_parts.view import TestSetView
from pages.shared import curves_resources as resources
from pages.shared.layout import errors_shown, plain
from sentiment_core.analysis.evaluation.costs import Costs, cheapest_threshold
from sentiment_core.analysis.evaluation.paired import Interval
from sentiment_core.analysis.evaluation.ranking import Ranking
from sentiment_core.figures.evaluation.curves import draw_costs, draw_precision_recall, draw_roc
from sentiment_core.messages import tr
from sentiment_core.messages.numbers import number, percent

_MOST_COST = 1000.0


def show(view: TestSetView) -> None:
    """Show the curves of all chosen classifiers with the operating point at the threshold, and the costs."""
    rankings = resources.rankings(view.compared, view.folders)
    view.say_what_neutral_counts()
    if next(iter(rankings.values())).one_class:
        view.say(
            tr(
                "All of these reviews have the same label, so there are no curves: they show how positive and negative "
                "reviews are told apart."
            )
        )
    else:
        _show_curves(view, rankings)
    _show_costs(view, rankings)


def _show_curves(view: TestSetView, rankings: dict[str, Ranking]) -> None:
    for name, ranking in rankings.items():
        if ranking.constant:
            view.say(
                tr(
                    "{name} gives every one of these reviews the same probability. It cannot rank them: its curve is a "
                    "straight line.",
                    name=name,
                )
            )
    left, right = st.columns(2, gap="medium")
    with left:
        view.heading(tr("ROC curve"))
        view.say(_auc_sentence(view, rankings))
        areas = [f"{name} {number(ranking.auc, '.3f')}" for name, ranking in rankings.items()]
        alt = tr("ROC curves. Area under the curve: {values}", values=areas)
        view.show(draw_roc(rankings, view.threshold), "roc", alt)
    with right:
        view.heading(tr("Precision and recall"))
        view.say(_precision_sentence(view, rankings))
        areas = [f"{name} {number(ranking.average_precision, '.3f')}" for name, ranking in rankings.items()]
        alt = tr("Precision-recall curves. Average precision: {values}", values=areas)
        view.show(draw_precision_recall(rankings, view.threshold), "precision_recall", alt)
    view.say(
        tr(
            "The marks on the curves are at the threshold {threshold:.2f}. The intervals are paired: of the AUC by "
            "DeLong's method, of the average precision (AP) by a bootstrap.",
            threshold=view.threshold,
        ),
        caption=True,
    )


def _auc_sentence(view: TestSetView, rankings: dict[str, Ranking]) -> str:
    if view.pair is None:
        (name,) = rankings
        if (measured := resources.aucs(view.compared, view.folders)) is not None:
            area = measured.estimate(name)
            return tr(
                "Of a random positive and a random negative review, {name} finds the positive one more positive in "
                "{share:.1%} of cases (95% interval {low:.1%} to {high:.1%}): that is the AUC.",
                name=name,
                share=area.value,
                low=area.low,
                high=area.high,
            )
        return tr(
            "Of a random positive and a random negative review, {name} finds the positive one more positive in "
            "{share:.1%} of cases: that is the AUC.",
            name=name,
            share=rankings[name].auc,
        )
    first, second = view.pair
    sentence = tr(
        "Of a random positive and a random negative review, {first} finds the positive one more positive in "
        "{share:.1%} of cases, {second} in {other:.1%}: that is the AUC.",
        first=first,
        share=rankings[first].auc,
        second=second,
        other=rankings[second].auc,
    )
    aucs = resources.aucs(view.compared, view.folders)
    return f"{sentence} {_difference_sentence(view.pair, aucs.difference(second, first) if aucs else None)}"


def _precision_sentence(view: TestSetView, rankings: dict[str, Ranking]) -> str:
    told = []
    for name in view.pair or rankings:
        outcome = rankings[name].at(view.threshold)
        if outcome.true_positives + outcome.false_positives:
            told.append(
                tr(
                    "{name} finds {recall:.1%} of the positive reviews; of those that it calls positive, "
                    "{precision:.1%} are.",
                    name=name,
                    recall=outcome.recall,
                    precision=outcome.precision,
                )
            )
        else:
            told.append(tr("{name} calls no review positive at this threshold.", name=name))
    if view.pair:
        first, second = view.pair
        found = resources.average_precision_difference(view.compared, view.folders, (second, first))
        told.append(_difference_sentence(view.pair, found))
    return " ".join(told)


def _difference_sentence(pair: tuple[str, str], difference: Interval | None) -> str:
    """A sentence on how much larger the second classifier's area is than the first's. Areas are shares."""
    if difference is None:
        return tr("There are too few reviews for an interval of the difference.")
    points: dict[str, object] = {name: 100 * getattr(difference, name) for name in ("value", "low", "high")}
    points |= {"first": pair[0], "second": pair[1]}
    if difference.low <= 0 <= difference.high:
        return tr(
            "From {first} to {second} the area changes by {value:+.1f} points (95% interval {low:+.1f} to "
            "{high:+.1f}): it may be chance.",
            **points,
        )
    return tr(
        "From {first} to {second} the area changes by {value:+.1f} points (95% interval {low:+.1f} to "
        "{high:+.1f}): chance alone would seldom do that.",
        **points,
    )


def _show_costs(view: TestSetView, rankings: dict[str, Ranking]) -> None:
    view.heading(tr("What errors cost"))
    with st.container(horizontal=True, gap="medium"):
        entry = {"min_value": 0.0, "max_value": _MOST_COST, "value": 1.0, "step": 1.0, "bind": "query-params"}
        false_positive = st.number_input(
            tr("Cost of a false positive"),
            key="cost_positive",
            help=tr("A negative review that is called positive"),
            width=240,
            **entry,  # type: ignore[call-overload]
        )
        false_negative = st.number_input(
            tr("Cost of a false negative"),
            key="cost_negative",
            help=tr("A positive review that is called negative"),
            width=240,
            **entry,  # type: ignore[call-overload]
        )
    costs = Costs(float(false_positive), float(false_negative))
    cheapest: dict[str, float] = {}
    without = []
    for name in rankings:
        with errors_shown():
            if valid := resources.valid_ranking(view.folders[name]):
                cheapest[name] = cheapest_threshold(valid, costs)
            else:
                without.append(name)
    view.say(_cost_sentence(view, rankings, costs, cheapest))
    if without:
        view.say(
            tr(
                "{names:and}: no scores of the valid split are kept, so no cheapest threshold is named. Choosing it on "
                "the test reviews would make it look better than it is.",
                names=without,
            ),
            caption=True,
        )
    curves = {name: costs.curve(ranking) for name, ranking in rankings.items()}
    values = [f"{name} {number(costs.of(ranking.at(view.threshold)), '.1f')}" for name, ranking in rankings.items()]
    alt = tr(
        "Cost of 1,000 reviews at the threshold {threshold:.2f}: {values}", threshold=view.threshold, values=values
    )
    view.show(draw_costs(curves, view.threshold, cheapest), "costs", alt)
    _threshold_buttons(cheapest)
    view.table(_cost_rows(view, rankings, costs, cheapest), tr("Errors and costs of each classifier"))


def _cost_sentence(view: TestSetView, rankings: dict[str, Ranking], costs: Costs, cheapest: dict[str, float]) -> str:
    if costs.of_certainty is None:
        return tr("Errors cost nothing here. Give at least one of them a cost.")
    now = {name: costs.of(ranking.at(view.threshold)) for name, ranking in rankings.items()}
    least = min(now.values())
    best = [name for name, cost in now.items() if cost == least]
    known: dict[str, object] = {"threshold": view.threshold, "cost": least}
    told = [
        tr(
            "At the threshold {threshold:.2f}, 1,000 such reviews cost {cost:.1f} with {names:and}.",
            names=best,
            **known,
        )
        if len(best) == len(now)
        else tr(
            "At the threshold {threshold:.2f}, 1,000 such reviews cost least with {names:and}: {cost:.1f}.",
            names=best,
            **known,
        )
    ]
    told += [
        tr(
            "On valid, {name} costs least at {threshold:.2f}; on these reviews that costs {cost:.1f}.",
            name=name,
            threshold=cheapest[name],
            cost=costs.of(rankings[name].at(cheapest[name])),
        )
        for name in best
        if name in cheapest
    ]
    told.append(
        tr(
            "If all probabilities were right, each classifier would cost least at {threshold:.2f}.",
            threshold=costs.of_certainty,
        )
    )
    return " ".join(told)


def _threshold_buttons(cheapest: dict[str, float]) -> None:
    """A button for each classifier that sets the page's threshold to its cheapest."""
    with st.container(horizontal=True):
        for name, threshold in cheapest.items():
            st.button(
                plain(tr("Use {threshold:.2f}, cheapest for {name}", threshold=threshold, name=name)),
                key=f"cheapest {name}",
                on_click=_use_threshold,
                args=(threshold,),
            )


def _use_threshold(threshold: float) -> None:
    st.session_state["threshold"] = threshold


def _cost_rows(
    view: TestSetView, rankings: dict[str, Ranking], costs: Costs, cheapest: dict[str, float]
) -> list[dict[str, str]]:
    rows = []
    for name, ranking in rankings.items():
        outcome = ranking.at(view.threshold)
        chosen = cheapest.get(name)
        rows.append(
            {
                tr("classifier"): name,
                tr("false positives"): _counted(outcome.false_positives, outcome.reviews),
                tr("false negatives"): _counted(outcome.false_negatives, outcome.reviews),
                tr("cost of 1,000 reviews"): number(costs.of(outcome), ".1f"),
                tr("cheapest threshold on valid"): "-" if chosen is None else number(chosen, ".2f"),
                tr("its cost here"): "-" if chosen is None else number(costs.of(ranking.at(chosen)), ".1f"),
            }
        )
    return rows


def _counted(count: int, reviews: int) -> str:
    return f"{number(count)} ({percent(count / reviews)})"

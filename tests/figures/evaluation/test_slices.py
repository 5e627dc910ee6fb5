"""The picture of slices: one row each, with what a click reports."""

import numpy as np

from sentiment_core.analysis.evaluation.compared import Compared
from sentiment_core.analysis.evaluation.slices import ReviewFacts, SliceResult, evaluate_slices, make_slices
from sentiment_core.figures.evaluation.slices import draw_slices, slice_label
from sentiment_core.figures.style import CLASSIFIERS
from sentiment_core.text.review_counts import ReviewFeatures
from tests.figures.checking import checked


def results(pair: tuple[str, str] | None = ("a<b>", "b")) -> list[SliceResult]:
    """Of 400 reviews, 10 have an unknown token. The first classifier is wrong on the short ones."""
    labels, tokens = np.ones(400, np.int64), np.repeat([2, 9], 200)
    none = np.zeros(400, np.int64)
    unknown = np.where(np.arange(400) < 10, 1, 0)
    facts = ReviewFacts(labels, tokens, ReviewFeatures(none, none, unknown, none), None)
    log_odds = {"a<b>": np.where(tokens > 5, 1, -1).astype(np.float32), "b": np.ones(400, np.float32)}
    return evaluate_slices(Compared(labels, np.arange(400), log_odds), make_slices(facts, [5]), pair, 0.5)


def test_a_row_for_each_slice_reports_its_code_and_the_chosen_one_is_marked():
    found = results()
    figure = checked(draw_slices(found, ("a<b>", "b"), "cut-5"))
    bands = figure.data[0]
    assert list(bands.customdata) == [result.slice.code for result in found]
    assert len(set(bands.y)) == len(found)
    colours = dict(zip(bands.customdata, bands.marker.color, strict=True))
    assert [code for code, colour in colours.items() if not colour.endswith(",0)")] == ["cut-5"]
    assert list(figure.layout.yaxis.ticktext) == [
        slice_label(result.slice) + (" *" if result.small else "") for result in found
    ]


def test_the_accuracies_have_their_intervals_and_few_reviews_only_a_remark():
    found = results()
    figure = checked(draw_slices(found, ("a<b>", "b"), ""))
    first = next(trace for trace in figure.data if trace.name == "a&lt;b&gt;")
    shown = [result.accuracies["a<b>"] for result in found if result.enough]
    assert first.marker.color == CLASSIFIERS[0]
    assert first.x.tolist() == [one.value for one in shown]
    assert (first.x + first.error_x.array).tolist() == [one.high for one in shown]
    assert "10 reviews: too few" in [note.text for note in figure.layout.annotations]


def test_a_filled_mark_is_a_difference_that_is_not_chance():
    found = results()
    figure = checked(draw_slices(found, ("a<b>", "b"), ""))
    marks = {trace.name: trace for trace in figure.data if trace.xaxis == "x2"}
    holding = marks["difference, not chance"]
    assert (holding.marker.symbol, list(holding.customdata)) == (
        "diamond",
        [result.slice.code for result in found if result.differs],
    )
    assert marks["difference, may be chance"].marker.symbol == "diamond-open"
    assert figure.layout.xaxis2.title.text == "points"


def test_one_classifier_has_no_second_picture():
    figure = checked(draw_slices(results(None), None, ""))
    assert not [trace for trace in figure.data if trace.xaxis == "x2"]
    assert figure.layout.xaxis.domain == (0, 1)

"""The picture of probabilities shows the predictions."""

import math

import numpy as np
import pytest

from sentiment_core.classifiers.parts import Contributions
from sentiment_core.classifiers.prediction import Prediction
from sentiment_core.figures.one_review import draw_contributions, draw_probabilities
from sentiment_core.figures.style import NEGATIVE, NEUTRAL, POSITIVE, SYMBOLS
from tests.figures.checking import checked


def judged(probability: float, unknown: int = 0) -> Prediction:
    return Prediction(math.log(probability / (1 - probability)), 3, 3, unknown, 3, 3 - unknown, 1.0)


@pytest.fixture
def figure():
    return checked(draw_probabilities({"rnn": judged(0.2), "gru": judged(0.9), "blind": judged(0.7, unknown=3)}))


def test_each_run_is_drawn_at_its_probability(figure):
    marks = figure.data[0]
    assert list(marks.y) == ["rnn", "gru", "blind"]
    np.testing.assert_allclose(marks.x, [0.2, 0.9, 0.7])
    assert list(marks.text) == ["20.0%", "90.0%", "70.0%"]


def test_colour_and_shape_both_show_the_verdict(figure):
    marker = figure.data[0].marker
    assert list(marker.color) == [NEGATIVE, POSITIVE, NEUTRAL]
    assert list(marker.symbol) == [SYMBOLS["negative"], SYMBOLS["positive"], SYMBOLS["neutral"]]


def test_an_undecided_run_is_drawn_as_neutral():
    marker = checked(draw_probabilities({"toss": judged(0.5004), "sure": judged(0.501)})).data[0].marker
    assert list(marker.color) == [NEUTRAL, POSITIVE]
    assert list(marker.symbol) == [SYMBOLS["neutral"], SYMBOLS["positive"]]


def test_a_line_joins_each_run_to_50_percent(figure):
    ties = [shape for shape in figure.layout.shapes if shape.y0 in ("rnn", "gru", "blind")]
    assert [(tie.x0, tie.y0, tie.y1) for tie in ties] == [(0.5, name, name) for name in ("rnn", "gru", "blind")]
    np.testing.assert_allclose([tie.x1 for tie in ties], [0.2, 0.9, 0.7])


def test_the_axis_always_spans_negative_to_positive():
    axis = checked(draw_probabilities({"rnn": judged(0.49)})).layout.xaxis
    assert axis.range[0] < 0 < 1 < axis.range[1]


def test_markup_in_a_name_is_shown_as_text():
    figure = checked(draw_probabilities({"<b>2</b>": judged(0.4)}))
    assert figure.data[0].y[0] == "&lt;b&gt;2&lt;/b&gt;"
    assert figure.layout.yaxis.type == "category"


def test_a_probability_is_never_shown_as_certain_and_is_escaped():
    low, high = (Prediction(logit, 3, 3, 0, 3, 3, 1.0) for logit in (-20, 20))
    sure = checked(draw_probabilities({"low": low, "high": high}))
    assert list(sure.data[0].text) == ["&lt; 0.1%", "&gt; 99.9%"]


def test_neutral_is_a_band_around_the_mark():
    leaning = Prediction(math.log(0.3 / 0.1), 3, 3, 0, 3, 3, 1.0, 0.6)
    figure = checked(draw_probabilities({"rnn": judged(0.2), "hub": leaning}))
    band, *ties = [shape for shape in figure.layout.shapes if shape.y0 in ("rnn", "hub")]
    assert (band.y0, band.x0, band.x1) == ("hub", pytest.approx(0.3), pytest.approx(0.9))
    assert [tie.y0 for tie in ties] == ["rnn", "hub"]
    assert figure.data[0].x[1] == pytest.approx(0.6)
    assert figure.data[0].text[1] == "30.0%"
    assert figure.data[0].marker.symbol[1] == SYMBOLS["neutral"]


def test_each_ngram_has_a_bar_in_its_colour_and_is_shown_as_text():
    values = np.array([1.5, -0.25])
    found = Contributions(["superb <b>", "x" * 60], values, [np.zeros((1, 2), int)] * 2, 0.0)
    figure = checked(draw_contributions(found))
    bars = figure.data[0]
    np.testing.assert_allclose(bars.x, values)
    assert list(bars.marker.color) == [POSITIVE, NEGATIVE]
    assert list(bars.text) == ["+1.50", "-0.25"]
    assert figure.layout.yaxis.ticktext[0] == "superb &lt;b&gt;"
    assert len(figure.layout.yaxis.ticktext[1]) < 30
    assert figure.layout.yaxis.range[0] > figure.layout.yaxis.range[1], "the first stands on top"


def test_long_names_are_shortened_and_captions_have_room():
    name = "distilbert/distilbert-base-uncased-finetuned-sst-2-english"
    short, long = (checked(draw_probabilities({key: judged(0.2)})) for key in ("rnn", name))
    assert list(long.layout.yaxis.ticktext) == ["distilbert-base-…"]
    assert list(long.data[0].y) == [name], "where the mark is hovered over, the whole name stands"
    heights = [[note.yshift for note in figure.layout.annotations] for figure in (short, long)]
    assert heights[0] == [0, 0, 0]
    assert heights[1][1] > heights[1][0] == heights[1][2]

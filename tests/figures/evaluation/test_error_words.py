"""The picture of the words of errors."""

import numpy as np

from sentiment_core.analysis.evaluation.error_words import ErrorWords
from sentiment_core.figures.evaluation.error_words import draw_error_words
from sentiment_core.figures.style import NEGATIVE, POSITIVE
from tests.figures.checking import checked

FOUND = ErrorWords(
    ids=np.array([7, 9, 4]),
    wrong=np.array([40, 30, 8]),
    right=np.array([20, 20, 6]),
    log_odds=np.log([4.0, 3.0, 2.0]),
    z=np.array([6.0, 5.0, 1.0]),
    holding=np.array([True, True, False]),
    compared=100,
)


def test_each_word_has_a_row_a_mark_of_its_polarity_and_an_interval():
    figure = checked(draw_error_words(FOUND, ["great", "<b>bad", "fine"], np.array([1.0, -1.0, 0.5])))
    positive, negative = figure.data
    assert list(figure.layout.yaxis.ticktext) == ["great", "&lt;b&gt;bad", "fine"]
    assert (positive.marker.color, negative.marker.color) == (POSITIVE, NEGATIVE)
    assert list(positive.marker.symbol) == ["circle", "circle-open"], "what may be chance is open"
    assert list(negative.marker.symbol) == ["diamond"]
    assert np.exp(positive.x).tolist() == [4, 2]
    assert (positive.x - positive.error_x.arrayminus)[0] == FOUND.interval[0][0]
    assert "in 30 wrong and 20 right reviews" in negative.hovertext[0]
    assert "3.0 times as frequent" in negative.hovertext[0]
    assert "&lt;b&gt;bad" in negative.hovertext[0]


def test_ticks_are_multiples_of_one():
    figure = checked(draw_error_words(FOUND, ["great", "bad", "fine"], np.ones(3)))
    assert "1x" in figure.layout.xaxis.ticktext
    assert figure.layout.xaxis.tickvals[list(figure.layout.xaxis.ticktext).index("1x")] == 0

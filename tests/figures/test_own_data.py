"""The pictures of a visitor's own reviews, drawn from a handful of them."""

import numpy as np
import pytest

from sentiment_core.analysis.review_shape import ReviewShape, shape_of
from sentiment_core.figures.own_data import draw_classes, draw_word_lengths
from sentiment_core.figures.style import NEGATIVE, POSITIVE
from sentiment_core.text.reviews import Reviews, Split
from sentiment_core.text.summary import summarize
from tests.figures.checking import checked


@pytest.fixture
def shape() -> ReviewShape:
    train = Split(["a dull film", "superb", "a  good\nfilm", "bad"], np.array([0, 1, 1, 0]))
    test = Split(["good", "good " * 300, "fine", "awful"], np.array([1, 1, 1, 0]))
    return shape_of(summarize(Reviews("own", train, train, test)))


def test_classes_and_words_are_counted(shape: ReviewShape):
    assert shape.splits == ("train", "valid", "test")
    assert shape.counts.tolist() == [[2, 2], [2, 2], [1, 3]]
    assert sorted(shape.lengths.lengths.tolist()) == [1] * 7 + [3] * 4 + [300]
    assert shape.lengths.statistics["positive"].longest == 300


def test_each_class_is_a_share_of_its_split_with_its_number(shape: ReviewShape):
    figure = checked(draw_classes(shape.splits, shape.counts))
    negative, positive = figure.data
    assert (negative.name, negative.marker.color) == ("negative", NEGATIVE)
    assert (positive.name, positive.marker.color) == ("positive", POSITIVE)
    assert negative.marker.pattern.shape != positive.marker.pattern.shape, "distinguishable without colour"
    assert list(negative.y) == ["train", "valid", "test"]
    assert list(negative.x) == [0.5, 0.5, 0.25]
    assert list(positive.text) == ["<b>2</b>", "<b>2</b>", "<b>3</b>"]
    assert figure.layout.barmode == "stack"


def test_a_small_share_has_no_number_that_does_not_fit():
    negative, positive = checked(draw_classes(("all",), np.array([[1, 99]]))).data
    assert (list(negative.text), list(positive.text)) == ([""], ["<b>99</b>"])
    assert list(negative.customdata) == [1], "it is told when it is pointed at"


def test_lengths_are_named_in_words(shape: ReviewShape):
    figure = checked(draw_word_lengths(shape.lengths))
    negative, positive = figure.data
    assert "words" in figure.layout.xaxis.title.text
    assert "words" in negative.hovertemplate
    heights = {row[0]: height for row, height in zip(positive.customdata, positive.y, strict=True) if height > 0}
    assert sum(heights.values()) == pytest.approx(1)
    assert figure.layout.yaxis.range[1] > max(heights.values())

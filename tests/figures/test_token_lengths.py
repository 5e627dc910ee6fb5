"""The histogram of lengths, drawn from a handful of reviews."""

import numpy as np
import plotly.graph_objects as go
import pytest

from sentiment_core.analysis.lengths import LengthSummary, summarise_lengths
from sentiment_core.figures.style import NEGATIVE, POSITIVE
from sentiment_core.figures.token_lengths import draw_lengths
from sentiment_core.text.corpus import LengthTable
from tests.figures.checking import checked

# Bins of 2 up to 100. One of the 80 reviews is longer; it is negative.
LENGTHS = np.array([3] * 30 + [60] * 48 + [99, 150])
LABELS = np.array([1, 0] * 39 + [1, 0])


@pytest.fixture
def summary() -> LengthSummary:
    return summarise_lengths(LengthTable(np.full(80, "train", dtype=object), LABELS, LENGTHS), "train")


def shares(trace: go.Scatter) -> dict[str, float]:
    """Height by named bin."""
    return {row[0]: height for row, height in zip(trace.customdata, trace.y, strict=True) if height > 0}


def test_each_label_is_drawn_in_its_colour_as_shares_of_its_own_reviews(summary: LengthSummary):
    negative, positive = checked(draw_lengths(summary, 50)).data
    assert (negative.name, negative.line.color) == ("negative", NEGATIVE)
    assert (positive.name, positive.line.color) == ("positive", POSITIVE)
    assert negative.line.dash != positive.line.dash  # distinguishable without colour
    assert shares(negative) == {"2 to 3": 15 / 40, "60 to 61": 24 / 40, "100 or more": 1 / 40}
    assert shares(positive) == {"2 to 3": 15 / 40, "60 to 61": 24 / 40, "98 to 99": 1 / 40}


def test_steps_fall_on_the_edges_of_the_bins(summary: LengthSummary):
    negative = checked(draw_lengths(summary, 50)).data[0]
    places, heights = np.array(negative.x), np.array(negative.y)
    assert negative.line.shape == "hvh"  # steps half-way between points
    (bin_at,) = np.flatnonzero(heights == 24 / 40)
    assert (places[bin_at - 1] + places[bin_at]) / 2 == 60
    assert (places[bin_at] + places[bin_at + 1]) / 2 == 62


def test_the_last_bin_is_separate_and_the_gap_is_not_filled(summary: LengthSummary):
    figure = checked(draw_lengths(summary, 50))
    negative = figure.data[0]
    (gap,) = np.flatnonzero(np.isnan(negative.y))
    assert negative.y[gap - 1] == negative.y[gap + 1] == 0
    assert negative.x[gap - 1] == 100 < negative.x[gap + 1]
    assert figure.layout.xaxis.ticktext[-1].startswith("100")


def test_lengths_beyond_max_length_are_shaded_to_the_end(summary: LengthSummary):
    figure = checked(draw_lengths(summary, 50))
    shade, line = figure.layout.shapes
    assert (shade.type, shade.x0) == ("rect", 50)
    assert shade.x1 == figure.layout.xaxis.range[1]
    assert (line.x0, line.x1) == (50, 50)
    assert "50" in figure.layout.annotations[0].text


@pytest.mark.parametrize(("tokens", "place"), [(1, 1), (99, 99), (100, 104), (9000, 104)])
def test_the_readers_text_is_marked_in_its_bin(summary: LengthSummary, tokens: int, place: float):
    figure = checked(draw_lengths(summary, 50, tokens))
    assert figure.layout.shapes[-1].x0 == place
    assert f"{tokens:,}" in figure.layout.annotations[-1].text


@pytest.mark.parametrize(("max_length", "anchor"), [(1, "left"), (50, "left"), (60, "right"), (100, "right")])
def test_the_name_of_the_max_length_stays_inside_the_picture(summary: LengthSummary, max_length: int, anchor: str):
    (name,) = checked(draw_lengths(summary, max_length)).layout.annotations
    assert name.xanchor == anchor


@pytest.mark.parametrize(("tokens", "anchor"), [(1, "left"), (30, "right"), (50, "left"), (9000, "right")])
def test_the_name_of_a_text_is_on_the_side_away_from_max_length(summary: LengthSummary, tokens: int, anchor: str):
    name = checked(draw_lengths(summary, 40, tokens)).layout.annotations[-1]
    assert name.xanchor == anchor


def test_a_bin_of_one_token_is_named_by_that_length():
    table = LengthTable(np.full(4, "train", dtype=object), np.array([0, 1, 0, 1]), np.array([1, 2, 3, 4]))
    negative = checked(draw_lengths(summarise_lengths(table, "train"), 3)).data[0]
    assert shares(negative) == {"1": 0.5, "3": 0.5}


def test_a_label_without_reviews_is_a_flat_line():
    table = LengthTable(np.full(4, "train", dtype=object), np.zeros(4, dtype=np.int64), np.array([1, 2, 3, 4]))
    positive = checked(draw_lengths(summarise_lengths(table, "train"), 3)).data[1]
    assert shares(positive) == {}

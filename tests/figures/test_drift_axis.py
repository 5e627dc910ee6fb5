"""The charts of an axis that two lists of words define."""

import numpy as np
import pytest

from sentiment_core.figures.drift_axis import common_span, draw_ends, draw_positions
from sentiment_core.text.corpus import TokenTable
from tests.figures.checking import checked

EPOCHS = [0.0, 0.25, 1.0]
POSITIONS = np.array([[0, 0.0, 0.1, 0.0], [0, 0.2, 0.0, 0.01], [0, 0.8, -0.5, 0.81]])
IDS = np.array([1, 2, 3])
TABLE = TokenTable(
    np.array(["[PAD]", "good", "dull", "<b>"], dtype=object), np.zeros((4, 2)), np.array([0.0, 1.0, -1.0, 0.0])
)


def draw(span=(-1.0, 1.0)):
    return checked(draw_positions(EPOCHS, POSITIONS, IDS, TABLE, span))


def test_each_word_is_a_line_on_a_band_of_all_words():
    band, *lines = draw().data
    assert band.fill == "toself"
    assert [list(line.y) for line in lines] == [[0.0, 0.2, 0.8], [0.1, 0.0, -0.5], [0.0, 0.01, 0.81]]
    assert all(list(line.x) == EPOCHS for line in lines)
    assert len({(line.line.color, line.line.dash, line.marker.symbol) for line in lines}) == 3


def test_words_are_shown_as_text_beside_their_lines_without_overlap():
    notes = {note.text: note.y for note in draw().layout.annotations}
    assert set(notes) == {"good", "dull", "&lt;b&gt;"}
    assert notes["&lt;b&gt;"] == pytest.approx(0.81)
    assert notes["dull"] == pytest.approx(-0.5)
    assert notes["&lt;b&gt;"] - notes["good"] >= 0.1, "0.01 apart, and moved"


def test_words_near_the_bottom_stay_inside_the_picture():
    span = common_span(POSITIONS[:, IDS])
    figure = checked(draw_positions(EPOCHS, np.full((3, 4), -0.5), IDS, TABLE, span))
    notes = [note.y for note in figure.layout.annotations]
    assert min(notes) > span[0]


def test_pictures_side_by_side_share_a_span_that_holds_both():
    low, high = common_span(np.array([[0.0, 0.5]]), np.array([[-0.25, 0.1]]))
    assert low < -0.25
    assert high > 0.5
    assert common_span(np.zeros((2, 2)))[0] < 0 < common_span(np.zeros((2, 2)))[1]


def test_one_frame_is_drawn():
    figure = checked(draw_positions([0.0], POSITIONS[:1], IDS, TABLE, (-1.0, 1.0)))
    assert len(figure.data) == 4


def test_the_ends_of_the_axis_are_sorted_and_pinned_words_are_bold():
    tokens = np.array([f"w{index}" for index in range(30)], dtype=object)
    table = TokenTable(tokens, np.zeros((30, 2)), np.linspace(-1, 1, 30))
    positions = np.linspace(1, -1, 30)  # the last word has the lowest position
    stems, dots = checked(draw_ends(positions, np.arange(1, 30), np.array([15, 2]), table)).data
    ends = [*range(29, 21, -1), 15, *range(8, 0, -1)]
    assert list(dots.text) == [f"<b>w{index}</b>" if index in (15, 2) else f"w{index}" for index in ends]
    np.testing.assert_allclose(dots.x, positions[ends])
    assert len(stems.x) == 3 * len(ends)


def test_an_axis_without_pins_and_with_few_words_is_drawn():
    _, dots = checked(draw_ends(POSITIONS[-1], IDS, np.zeros(0, dtype=np.int64), TABLE)).data
    assert list(dots.text) == ["dull", "good", "&lt;b&gt;"]

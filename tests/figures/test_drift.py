"""The picture of words, drawn from a record made by hand."""

import numpy as np
import plotly.graph_objects as go
import pytest

from sentiment_core.analysis.drift.projection import Drift
from sentiment_core.figures.drift import draw_drift, place_labels
from sentiment_core.figures.style import NEGATIVE, NEUTRAL, POSITIVE
from sentiment_core.messages import in_language
from sentiment_core.text.corpus import TokenTable
from tests.figures.checking import checked

TOKENS = np.array(["[PAD]", "good", "dull", "the", "<b>x</b>"], dtype=object)
TABLE = TokenTable(
    TOKENS,
    np.array([[0, 0], [5, 20], [12, 1], [50, 51], [3, 3]]),
    np.array([0.0, 1.25, -1.5, 0.0, 0.0], dtype=np.float32),
)
DRIFT = Drift(
    np.array(
        [
            [[0, 0], [1, 0], [-1, 0], [0, 1], [0, -1]],
            [[0, 0], [4, 0], [-4, 0], [0, 1], [0, -1]],
            [[0, 0], [8, 2], [-8, -2], [0, 1], [0, -1]],
        ],
        dtype=np.float32,
    ),
    np.array([[0.2, 0.1], [0.2, 0.1], [0.231, 0.0345]]),
    np.array([0, 10, 20]),
    np.array([[0, 0, 0, 0, 0], [0, 3, 3, 0, 0], [0, 7.25, 7.25, 0, 0]], dtype=np.float32),
    np.array([0, 1, 1]),
    2,
)
NONE = np.array([], dtype=np.int64)
WORDS = np.array([1, 2, 3, 4])


def draw(frame: int = 2, words: np.ndarray = WORDS, pinned: np.ndarray = NONE, *, legend: bool = False) -> go.Figure:
    return checked(draw_drift(DRIFT, frame, TABLE, words, pinned, legend=legend))


def dots(figure: go.Figure) -> dict[str, tuple[float, float]]:
    """The position of each word, found by its hover text."""
    drawn = {}
    for trace in figure.data:
        if trace.customdata is not None:
            drawn |= dict(zip(trace.text, zip(trace.x.tolist(), trace.y.tolist(), strict=True), strict=True))
    return drawn


def colour_of(figure: go.Figure, word: str) -> str:
    for trace in figure.data:
        if trace.text is not None and word in trace.text:
            code = trace.marker.color[list(trace.text).index(word)]
            return trace.marker.colorscale[code][1]
    raise AssertionError(word)


@pytest.mark.parametrize("frame", [0, 1, 2])
def test_every_word_is_drawn_once_at_its_position_at_the_frame(frame):
    drawn = dots(draw(frame, pinned=np.array([2, 3])))
    assert len(drawn) == 4
    for word, index in (("good", 1), ("dull", 2), ("the", 3)):
        assert drawn[word] == tuple(DRIFT.coordinates[frame, index].tolist())


def test_axes_are_the_same_at_every_frame_and_hold_every_frame():
    figures = [draw(frame) for frame in range(3)]
    for axis in ("xaxis", "yaxis"):
        ranges = {tuple(figure.layout[axis].range) for figure in figures}
        assert len(ranges) == 1
        low, high = ranges.pop()
        places = DRIFT.coordinates[:, 1:, 0 if axis == "xaxis" else 1]
        assert low < places.min()
        assert high > places.max()
    assert len({figure.layout.height for figure in figures}) == 1


def test_a_pinned_word_outside_the_choice_widens_the_axes_and_is_drawn():
    assert draw(words=np.array([3, 4])).layout.xaxis.range[1] < 8
    figure = draw(words=np.array([3, 4]), pinned=np.array([1]))
    assert figure.layout.xaxis.range[1] > 8
    assert dots(figure)["good"] == (8, 2)


def test_a_unit_has_the_same_length_on_both_axes():
    assert draw().layout.yaxis.scaleanchor == "x"


def test_axis_titles_give_the_share_of_variance():
    layout = draw().layout
    assert layout.xaxis.title.text == "axis 1 (23.1% of variance)"
    assert layout.yaxis.title.text == "axis 2 (3.5% of variance)"


def test_colour_and_shape_show_the_polarity():
    figure = draw(pinned=np.array([1]))
    assert colour_of(figure, "good") == POSITIVE
    assert colour_of(figure, "dull") == NEGATIVE
    assert colour_of(figure, "the") == NEUTRAL
    symbols = {}
    for trace in figure.data:
        if trace.customdata is not None:
            symbols |= dict(zip(trace.text, trace.marker.symbol.tolist(), strict=True))
    assert len({symbols[word] for word in ("good", "dull", "the")}) == 3


def test_the_legend_names_the_three_polarities():
    assert {trace.name for trace in draw(legend=True).data if trace.showlegend is not False} == {
        "positive",
        "negative",
        "neutral",
    }
    assert not draw().layout.showlegend


def test_text_is_in_the_readers_language():
    with in_language("ko"):
        figure = draw(pinned=np.array([2]), legend=True)
    assert {trace.name for trace in figure.data if trace.showlegend is not False} == {"긍정", "부정", "중립"}
    assert figure.layout.xaxis.title.text == "축 1(분산의 23.1%)"
    hover = next(trace.hovertemplate for trace in figure.data if trace.customdata is not None)
    assert "극성 %{customdata[0]:+.2f}<br>" in hover


def test_hover_has_the_word_escaped_with_polarity_counts_and_displacement():
    known = {}
    for trace in draw(pinned=np.array([2])).data:
        if trace.customdata is not None:
            known |= dict(zip(trace.text, trace.customdata.tolist(), strict=True))
            for column in range(4):
                assert f"customdata[{column}]" in trace.hovertemplate
    assert set(known) == {"good", "dull", "the", "&lt;b&gt;x&lt;/b&gt;"}
    assert known["good"] == [1.25, 5, 20, 7.25]
    assert known["dull"] == [-1.5, 12, 1, 7.25]


def test_pinned_words_are_labelled_escaped():
    labels = [note.text for note in draw(pinned=np.array([1, 4])).layout.annotations]
    assert labels == ["<b>good</b>", "<b>&lt;b&gt;x&lt;/b&gt;</b>"]


def test_a_pinned_word_has_a_path_from_frame_0_to_the_chosen_frame():
    lines = [trace for trace in draw(1, pinned=np.array([1, 2])).data if trace.mode == "lines" and len(trace.x)]
    ways = {trace.line.color: trace.x[~np.isnan(trace.x)].tolist() for trace in lines}
    assert ways == {POSITIVE: [1, 4], NEGATIVE: [-1, -4]}


def test_a_picture_without_pins_has_no_labels():
    assert not draw().layout.annotations
    assert list(dots(draw(words=np.array([3]), pinned=NONE))) == ["the"]


def test_thousands_of_words_are_drawn_by_webgl_and_not_mixed_with_svg():
    many = 2001
    table = TokenTable(
        np.array([f"w{index}" for index in range(many)], dtype=object),
        np.ones((many, 2), dtype=np.int64),
        np.linspace(-2, 2, many, dtype=np.float32),
    )
    places = np.random.default_rng(0).normal(size=(1, many, 2)).astype(np.float32)
    drift = Drift(places, np.ones((1, 2)) / 2, np.zeros(1), np.zeros((1, many)), np.zeros(1), 2)
    for count, kind in ((2001, "scattergl"), (2000, "scatter")):
        figure = checked(draw_drift(drift, 0, table, np.arange(count), np.array([5]), legend=True))
        assert {trace.type for trace in figure.data} == {kind}
        assert len(dots(figure)) == count
        # An open circle has no fill: without a line WebGL draws nothing.
        neutral = next(trace for trace in figure.data if trace.text is not None and "w1000" in trace.text)
        assert neutral.marker.line.width >= 1


@pytest.mark.parametrize("screen", [1.0, 0.6])
def test_labels_of_close_words_do_not_overlap_on_a_projector_or_a_phone(screen):
    points = np.random.default_rng(3).normal(size=(8, 2)) * 12
    labels = ["great", "excellent", "good", "bad", "awful", "boring", "movie", "the"]
    half = np.array([240.0, 150.0])
    middles = points * screen + np.array(place_labels(points, labels, half))
    sizes = np.array([[3.5 * len(label) + 4, 11] for label in labels])
    low, high = middles - sizes, middles + sizes
    for one in range(8):
        assert (np.abs([low[one], high[one]]) <= half * [screen, 1]).all()
        for other in range(one):
            assert ((low[one] >= high[other]) | (low[other] >= high[one])).any(), (labels[one], labels[other])


def test_a_label_at_the_edge_is_placed_inward():
    (offset,) = place_labels(np.array([[238.0, 0.0]]), ["excellent"], np.array([240.0, 150.0]))
    assert offset[0] < 0


def test_twenty_labels_on_one_point_each_get_a_position():
    points = np.zeros((20, 2))
    offsets = place_labels(points, ["word"] * 20, np.array([240.0, 150.0]))
    assert len({tuple(offset) for offset in offsets}) == 20

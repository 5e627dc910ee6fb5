"""The pictures of the Mechanics page."""

import re
from base64 import b64decode

import numpy as np

from sentiment_core.analysis.mechanics.boxes import box
from sentiment_core.figures.mechanics.boxes import box_html
from sentiment_core.figures.mechanics.charts import draw_dependence, draw_probabilities, draw_trap
from sentiment_core.figures.style import NEGATIVE, POSITIVE
from tests.figures.checking import checked


def cells(html: str) -> list[str]:
    """The texts of the boxes, without the names of rows and columns."""
    return re.findall(r"<bdi[^>]*outline[^>]*>([^<]*)</bdi>", html)


def test_each_number_has_a_box_and_padding_is_hatched():
    ids = np.array([[7, 8, 0], [1, 2, 3]])
    html = box_html(box("ids", ["batch", "time"], ids, real=ids > 0))
    assert cells(html) == ["7", "8", "0", "1", "2", "3"]
    assert html.count("repeating-linear-gradient") == 1
    assert "batch <b>2</b>, time <b>3</b>" in html
    assert "int64" in html


def test_a_box_that_does_not_exist_is_not_drawn():
    html = box_html(
        box("packed", ["tokens"], np.array([[0, 2], [1, -1]]), exists=np.array([[1, 1], [1, 0]]) > 0, shape=(3,))
    )
    assert cells(html) == ["0", "2", "1"]


def test_vectors_are_bars_up_for_positive_and_down_for_negative_numbers():
    html = box_html(box("outputs", ["1", "1", "hidden"], np.array([[[0.5, -1.0, 0.0]]], np.float32)))
    (data,) = re.findall(r"base64,([^\"]+)", html)
    svg = b64decode(data).decode()
    up, down = (re.search(f'{color}" d="([^"]*)"', svg).group(1) for color in (POSITIVE, NEGATIVE))
    assert up.count("M") == down.count("M") == 1
    assert "v-22" in up, "half of the largest"
    assert "v44" in down
    assert "+0.50, -1.00, +0.00" in html


def test_a_long_vector_says_which_part_is_drawn():
    html = box_html(box("rows", ["time", "embedding"], np.ones((2, 1, 256), np.float32), shape=(2, 256)))
    assert "[..., :32]" in html
    assert "embedding <b>256</b>" in html


def test_nothing_a_reader_typed_is_markup():
    evil = np.array(["<img src=x onerror=alert(1)>", '"&'], dtype=object)
    html = box_html(box("ids", ["time"], evil, hints=evil, column_names=evil))
    assert "<img" not in html
    assert "&lt;img" in html
    assert "&quot;&amp;" in html


def test_one_box_and_wide_letters_have_room():
    html = box_html(box("ids", ["time"], np.array(["재미있는영화"], dtype=object)))
    assert cells(html) == ["재미있는영화"]
    (width,) = re.findall(r"repeat\(1,([\d.]+)em", html)
    assert float(width) > 6


def test_charts_are_figures_that_plotly_takes():
    chance = checked(draw_probabilities(["<b>", "b", "c"], np.array([0.2, 0.7, 0.1], np.float32)))
    assert list(chance.layout.yaxis.ticktext) == ["b", "&lt;b&gt;", "c"], "most probable first, escaped"
    trap = checked(draw_trap(np.array([0, 5]), np.array([0.9, 0.9]), np.array([0.9, 0.5])))
    assert [line.line.dash for line in trap.data] == ["solid", "8px,3px"], "a dash repeats the colour"
    far = checked(draw_dependence(["a", "b"], {"RNN": np.array([0.0, 1.0]), "LSTM": np.array([0.5, 1.0])}))
    assert far.layout.yaxis.type == "log"
    assert min(far.data[0].y) > 0, "zero has no logarithm"

"""The agreement matrix: counts, the outlined cell, and colours that are polarity's."""

import numpy as np
import pytest

from sentiment_core.analysis.evaluation.agreement import CELLS, Agreement
from sentiment_core.figures.evaluation.agreement import draw_agreement
from sentiment_core.figures.style import NEGATIVE, POSITIVE
from sentiment_core.messages import in_language
from tests.figures.checking import checked

COUNTS = np.array([[1200, 900, 2100], [10, 20, 30], [0, 40, 40], [5, 5, 10]])


def drawn(pair: tuple[str, str] = ("rnn", "bilstm"), chosen: str = "first-positive", counts: np.ndarray = COUNTS):
    return checked(draw_agreement(Agreement(pair, np.zeros(0, np.int64), counts), CELLS, chosen))


def test_each_cell_shows_its_count_where_its_code_says():
    (bars,) = drawn().data
    cells = dict(zip(bars.customdata, bars.text, strict=True))
    assert cells["both-negative"].startswith("<b>1,200</b>")
    assert cells["second-all"].startswith("<b>40</b>")
    assert cells["neither-all"].startswith("<b>10</b>")
    places = dict(zip(bars.customdata, zip(bars.x, bars.base, strict=True), strict=True))
    assert places["second-negative"] == (0, pytest.approx(2.04))
    assert places["neither-all"] == (2, pytest.approx(3.04))


def test_only_the_chosen_cell_is_outlined():
    (bars,) = drawn(chosen="neither-all").data
    widths = dict(zip(bars.customdata, bars.marker.line.width, strict=True))
    assert [cell for cell, width in widths.items() if width] == ["neither-all"]


def test_columns_have_the_colour_of_their_label_and_more_reviews_are_stronger():
    (bars,) = drawn().data
    colours = dict(zip(bars.customdata, bars.marker.color, strict=True))
    negative = ",".join(str(int(NEGATIVE[start : start + 2], 16)) for start in (1, 3, 5))
    positive = ",".join(str(int(POSITIVE[start : start + 2], 16)) for start in (1, 3, 5))
    assert colours["both-negative"].startswith(f"rgba({negative},")
    assert colours["both-positive"].startswith(f"rgba({positive},")
    opacities = [float(colours[cell].rpartition(",")[2][:-1]) for cell in ("both-negative", "first-negative")]
    assert opacities[0] > opacities[1] > 0
    symbols = drawn().layout.xaxis.ticktext
    assert "◆" in symbols[0]
    assert "●" in symbols[1]


def test_names_are_escaped_and_long_ones_broken():
    figure = drawn(("<i>x", "bilstm-pretrained"))
    labels = figure.layout.yaxis.ticktext
    assert labels[1] == "only<br>&lt;i&gt;x<br>right"
    assert labels[2] == "only<br>bilstm-<br>pretrained<br>right"
    assert not any("<i>" in text for text in figure.data[0].hovertext)


def test_without_reviews_every_cell_is_zero():
    (bars,) = drawn(counts=np.zeros((4, 3), np.int64)).data
    assert all(text.startswith("<b>0</b>") for text in bars.text)


def test_in_korean():
    with in_language("ko"):
        assert drawn().layout.yaxis.ticktext[0] == "둘 다 맞음"

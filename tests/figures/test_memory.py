"""The picture of a network's memory."""

import numpy as np
import pytest

from sentiment_core.analysis.explanation.memory import MemoryStrip
from sentiment_core.figures.memory import draw_memory, token_categories
from sentiment_core.figures.style import NEGATIVE, POSITIVE, inked
from sentiment_core.messages import in_language
from tests.figures.checking import checked

TOKENS = ["the", "<b>", "the"]


def strip(gates: tuple[str, ...] = ("forget", "input", "output"), backward: bool = False) -> MemoryStrip:
    values = np.linspace(0, 1, 3, dtype=np.float32)
    return MemoryStrip(
        backward,
        TOKENS,
        4,
        np.array([6, 1]),
        np.array([[0.5, -0.25, 0.0], [0.0, 0.1, 0.2]], np.float32),
        np.array([0.7, -0.3], np.float32),
        6,
        {"state": values} | ({"cell": 2 * values} if "forget" in gates else {}),
        dict.fromkeys(gates, (values, values[::-1])),
    )


@pytest.mark.parametrize("gates", [("forget", "input", "output"), ("reset", "update"), ()], ids=str)
def test_it_has_a_row_for_each_unit_and_two_lanes_for_each_gate(gates: tuple[str, ...]):
    figure = checked(draw_memory(strip(gates)))
    heat = [trace for trace in figure.data if trace.type == "heatmap"]
    assert [trace.z.shape for trace in heat] == [(2, 3), *([(2 * len(gates), 3)] if gates else [])]
    assert list(figure.layout.yaxis.ticktext) == ["7", "2"]
    if gates:
        assert len(figure.layout.yaxis2.ticktext) == 2 * len(gates)
        assert (heat[1].zmin, heat[1].zmax) == (0, 1)
    lines = [trace.name for trace in figure.data if trace.type == "scatter"]
    assert lines == ["hidden state of unit 7", *(["cell state of unit 7"] if "forget" in gates else [])]


def test_zero_is_the_middle_of_the_colours_and_a_share_has_the_colour_of_polarity():
    figure = draw_memory(strip())
    heat, bars = figure["data"][:2]
    assert heat["zmin"] == -heat["zmax"] == -0.5
    assert list(bars["marker"]["color"]) == [POSITIVE, NEGATIVE]
    assert {colour for _, colour in heat["colorscale"]}.isdisjoint({POSITIVE, NEGATIVE})


def test_equal_tokens_are_different_categories_that_look_alike_and_are_escaped():
    places = token_categories(TOKENS)
    assert len(set(places)) == 3
    bare = [place.strip("\u200b\u200c") for place in places]
    assert bare == ["the", "&lt;b&gt;", "the"]
    assert len(set(token_categories(["a"] * 400))) == 400


def test_every_axis_has_the_colour_of_text():
    layout = inked(draw_memory(strip()), "dark")["layout"]
    for name in ("xaxis", "yaxis", "yaxis2", "yaxis3"):
        assert layout[name]["tickfont"]["color"] == "#e8ecf1", name


def test_it_says_the_direction_of_reading():
    captions = [note["text"] for note in draw_memory(strip(backward=True))["layout"]["annotations"]]
    assert captions[0] == "States, read backward ←"
    with in_language("ko"):
        assert "역방향" in draw_memory(strip(backward=True))["layout"]["annotations"][0]["text"]

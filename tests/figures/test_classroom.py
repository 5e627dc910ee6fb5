"""The picture of how well the sureness of a class and of models fits."""

import numpy as np
import plotly.graph_objects as go

from sentiment_core.classroom.statistics import CLASS, Calibration
from sentiment_core.figures.classroom import draw_calibrations


def test_empty_bins_are_left_out_and_a_point_at_the_edge_is_drawn_whole():
    stated, right = np.array([0.55, 0.75, 0.97]), np.array([0.5, np.nan, 1.0])
    found = [Calibration(name, stated, right, np.array([1, 0, 4]), 0.04) for name in (CLASS, "rnn")]
    figure = draw_calibrations(found)
    go.Figure(figure)  # every property exists
    _, *traces = figure["data"]
    assert [trace["name"] for trace in traces] == ["the class", "rnn"]
    for trace in traces:
        assert trace["y"].tolist() == [0.5, 1.0]
        assert not trace["cliponaxis"]
        small, large = trace["marker"]["size"]
        assert small < large, "a larger point stands for more judgements"

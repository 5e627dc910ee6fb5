"""Learning curves and seeds, drawn from made-up runs."""

import numpy as np

from sentiment_core.analysis.evaluation.learning import Learning
from sentiment_core.figures.evaluation.learning import Seeds, draw_accuracy, draw_loss, draw_seeds
from sentiment_core.figures.style import CLASSIFIERS, MARKS
from tests.figures.checking import checked

EPOCHS = np.array([0.0, 1.0, 2.0])
CURVES = {
    "rnn": Learning(EPOCHS, np.array([0.7, 0.5, 0.6]), np.array([0.5, 0.8, 0.7]), EPOCHS[1:] - 0.5, EPOCHS[1:] / 4, 1),
    "<gru>": Learning(
        EPOCHS, np.array([0.7, 0.4, 0.3]), np.array([0.5, 0.8, 0.9]), EPOCHS[1:] - 0.5, EPOCHS[1:] / 5, 2
    ),
}


def test_valid_is_solid_and_train_is_dashed_in_the_colour_of_the_run():
    figure = checked(draw_loss(CURVES))
    assert [(trace.name, trace.line.dash) for trace in figure.data[:2]] == [("valid", "solid"), ("train", "4px,4px")]
    for place, (found, traces) in enumerate(zip(CURVES.values(), (figure.data[2:5], figure.data[5:8]), strict=True)):
        valid, train, kept = traces
        assert (valid.line.dash, train.line.dash) == ("solid", "4px,4px")
        assert valid.line.color == train.line.color == kept.marker.color == CLASSIFIERS[place]
        assert valid.marker.symbol == MARKS[place]
        np.testing.assert_array_equal(train.x, found.train_epochs)
        assert (kept.x[0], kept.y[0]) == (found.epochs[found.kept], found.valid_loss[found.kept])


def test_accuracy_is_that_on_valid_with_the_kept_checkpoint():
    curve, kept, other, _ = checked(draw_accuracy(CURVES)).data
    np.testing.assert_array_equal(curve.y, CURVES["rnn"].valid_accuracy)
    assert (kept.x[0], kept.y[0]) == (1, 0.8)
    assert other.name == "&lt;gru&gt;"
    assert "&lt;gru&gt;" in other.hovertemplate


def test_seeds_are_dots_in_a_row_with_their_mean():
    groups = [Seeds(["rnn", "rnn-<b>"], [0, 7], np.array([0.8, 0.82])), Seeds(["gru"], [0], np.array([0.85]))]
    figure = checked(draw_seeds(groups))
    mean, several, one = figure.data
    assert list(mean.x) == [0.81, 0.81]
    assert list(several.x) == [0.8, 0.82]
    assert list(several.y) == [0, 0]
    assert several.customdata[1] == ["rnn-&lt;b&gt;", "seed 7"]
    assert list(one.y) == [1]
    assert list(figure.layout.yaxis.ticktext) == ["rnn, 2 seeds", "gru"]

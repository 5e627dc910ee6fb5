"""The precision of a training follows from the measured speed of the machine."""

import pytest
import torch

from sentiment_core.model import precision
from sentiment_core.model.precision import LstmTrial, precision_note, training_precision, try_lstm

FAST, SLOW, NONE = LstmTrial(1.0, 0.5), LstmTrial(1.0, 1.5), LstmTrial(1.0, None)


@pytest.fixture
def machine(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> None:
    """A machine with this result of the trial."""
    monkeypatch.setattr(precision, "try_lstm", lambda device: request.param)


@pytest.mark.parametrize(
    ("machine", "cell", "before", "used", "note"),
    [
        (FAST, "lstm", None, "bfloat16", ""),
        (SLOW, "lstm", None, "float32", "bfloat16 is not faster on this processor: the run trains in float32."),
        (NONE, "lstm", None, "float32", "This processor has no bfloat16 LSTM: the run trains in float32."),
        (FAST, "gru", None, "float32", "Only LSTMs can compute in bfloat16: this gru network trains in float32."),
        (SLOW, "lstm", "bfloat16", "bfloat16", ""),
        (NONE, "lstm", "bfloat16", "float32", "This processor has no bfloat16 LSTM: the run trains in float32."),
        (FAST, "lstm", "float32", "float32", "The run was started in float32 and continues in it."),
    ],
    indirect=["machine"],
)
@pytest.mark.usefixtures("machine")
def test_bfloat16_where_it_was_asked_for_and_gains(cell: str, before: str | None, used: str, note: str):
    assert training_precision("bfloat16", cell, before) == used
    assert precision_note("bfloat16", cell, before) == note
    assert training_precision("float32", cell, before) == "float32"
    assert precision_note("float32", cell, before) == ""


def test_the_trial_leaves_threads_and_random_numbers_as_they_are():
    torch.manual_seed(0)
    expected, threads = torch.randn(3), torch.get_num_threads()
    torch.manual_seed(0)
    try_lstm.cache_clear()
    trial = try_lstm("cpu")
    assert torch.equal(torch.randn(3), expected)
    assert torch.get_num_threads() == threads
    assert trial.float32 > 0


def test_the_trial_agrees_with_what_the_machine_can_compute():
    lstm, states = torch.nn.LSTM(64, 64, batch_first=True), torch.randn(32, 64, 64)
    runs = True
    try:
        with torch.autocast("cpu", torch.bfloat16):
            lstm(states)[0].float().sum().backward()
    except RuntimeError:
        runs = False
    assert (try_lstm("cpu").bfloat16 is not None) is runs

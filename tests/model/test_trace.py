"""States computed step by step equal the kernel's, gates and cell states PyTorch's own cells', gradients the slope."""

import itertools
from collections.abc import Callable

import numpy as np
import pytest
import torch
from torch import Tensor, nn

from sentiment_core.model.config import CELLS, POOLINGS, NetworkConfig
from sentiment_core.model.recurrent import RecurrentClassifier
from sentiment_core.model.trace import state_gradients, unroll

LENGTHS = torch.tensor([5, 1, 7, 3])
VOCAB = 11
SHAPES = list(itertools.product(CELLS, [1, 2, 3], [True, False]))


def build(**settings: object) -> RecurrentClassifier:
    """A network in inference. If it has n-grams, their polarities are random."""
    torch.manual_seed(1)
    config = NetworkConfig(**{"embedding_size": 3, "hidden_size": 4, "dropout": 0.5, **settings})
    model = RecurrentClassifier(config, VOCAB).eval().requires_grad_(False)
    if model.ngrams is not None:
        model.ngrams.polarity.copy_(torch.randint(-40, 40, model.ngrams.polarity.shape, dtype=torch.int8))
    return model


def padded_ids(lengths: Tensor = LENGTHS, time: int = 9) -> Tensor:
    ids = torch.randint(1, VOCAB, (len(lengths), time))
    return ids.masked_fill(torch.arange(time) >= lengths[:, None], 0)


def kernel_states(model: RecurrentClassifier, ids: Tensor) -> list[Tensor]:
    """The kernel's states of each layer [batch, time, width], read off a network cut after that layer."""
    layers = []
    for depth in range(1, model.config.layers + 1):
        cut = RecurrentClassifier(NetworkConfig(**{**vars(model.config), "layers": depth}), VOCAB).eval()
        cut.load_state_dict(model.state_dict(), strict=False)
        layers.append(cut.hidden(ids, LENGTHS))
    return layers


@pytest.mark.parametrize("ngrams", [0, 3])
@pytest.mark.parametrize(("cell", "layers", "bidirectional"), SHAPES)
def test_states_of_every_layer_and_direction_are_the_kernels(cell: str, layers: int, bidirectional: bool, ngrams: int):
    model = build(cell=cell, layers=layers, bidirectional=bidirectional, ngrams=ngrams)
    ids = padded_ids()
    found = unroll(model, ids, LENGTHS)
    real = torch.arange(9) < LENGTHS[:, None]
    for layer, expected in enumerate(kernel_states(model, ids)):
        parts = [part for part in found.parts if part.layer == layer]
        assert [part.backward for part in parts] == [False, True][: len(parts)]
        states = torch.cat([part.in_text_order(part.states) for part in parts], dim=-1)
        torch.testing.assert_close(states[real], expected[real], atol=1e-5, rtol=0)


@pytest.mark.parametrize("settings", [{}, {"head_size": 3}, {"outputs": 2}], ids=str)
@pytest.mark.parametrize(("pooling", "bidirectional"), list(itertools.product(POOLINGS, [True, False])))
def test_the_logit_is_the_networks_with_every_pooling_and_head(pooling: str, bidirectional: bool, settings: dict):
    model = build(pooling=pooling, bidirectional=bidirectional, layers=2, **settings)
    ids = padded_ids()
    found = unroll(model, ids, LENGTHS)
    torch.testing.assert_close(found.logits, model(ids, LENGTHS), atol=1e-5, rtol=0)
    torch.testing.assert_close(found.pooled, model.pooled(model.embedding(ids), ids, LENGTHS), atol=1e-5, rtol=0)


def test_the_last_states_are_those_after_each_directions_last_token():
    model = build(bidirectional=True)
    ids = padded_ids()
    hidden = model.hidden(ids, LENGTHS)
    expected = torch.cat([hidden[torch.arange(4), LENGTHS - 1, :4], hidden[:, 0, 4:]], dim=1)
    torch.testing.assert_close(unroll(model, ids, LENGTHS).last, expected, atol=1e-5, rtol=0)


def test_cell_states_are_those_of_pytorchs_lstm_cell():
    model = build(cell="lstm", bidirectional=True)
    ids = padded_ids()
    for part, direction in zip(unroll(model, ids, LENGTHS).parts, model.recurrent[0], strict=True):
        single = nn.LSTMCell(3, 4)
        single.load_state_dict({name.removesuffix("_l0"): weight for name, weight in direction.state_dict().items()})
        inputs = model.embedding(ids[:1])[0, : LENGTHS[0]]
        memory = None
        expected = []
        for token in inputs.flip(0) if part.backward else inputs:
            memory = single(token, memory)
            expected.append(memory[1])
        found = part.in_text_order(part.cells)[0, : LENGTHS[0]]
        torch.testing.assert_close(found.flip(0) if part.backward else found, torch.stack(expected), atol=1e-5, rtol=0)


def test_gates_worked_by_hand():
    """One unit with weights 0, so that each gate is the sigmoid of its biases."""
    for cell, biases, expected in (
        ("lstm", [1.0, 2.0, 0.5, -1.0], {"input": 1.0, "forget": 2.0, "output": -1.0}),
        ("gru", [1.0, 2.0, 0.5], {"reset": 1.0, "update": 2.0}),
        ("rnn_tanh", [0.3], {}),
    ):
        model = build(cell=cell, hidden_size=1, embedding_size=1)
        for name, weight in model.recurrent[0][0].named_parameters():
            nn.init.zeros_(weight)
            if name == "bias_ih_l0":
                weight.copy_(torch.tensor(biases))
        (part,) = unroll(model, torch.tensor([[1, 2]]), torch.tensor([2])).parts
        assert part.gates.keys() == expected.keys()
        for name, bias in expected.items():
            torch.testing.assert_close(part.gates[name][1], torch.tensor([[bias]]).sigmoid())


def test_gates_rebuild_the_states_that_the_kernel_gives():
    """What the gates say of two neighbouring states of the kernel: an LSTM's c = f c' + i g and h = o tanh c."""
    ids = padded_ids()
    lstm, gru = build(cell="lstm"), build(cell="gru")
    (part,) = unroll(lstm, ids, LENGTHS).parts
    output, cells = (part.in_text_order(steps) for steps in (part.gates["output"], part.cells))
    torch.testing.assert_close(lstm.hidden(ids, LENGTHS), output * cells.tanh(), atol=1e-5, rtol=0)
    (part,) = unroll(gru, ids, LENGTHS).parts
    hidden, update = gru.hidden(ids, LENGTHS), part.in_text_order(part.gates["update"])
    change = (hidden[:, 1:] - update[:, 1:] * hidden[:, :-1]) / (1 - update[:, 1:])
    assert change.abs().max() <= 1 + 1e-4, "the new part of a state is a tanh"


Run = Callable[[Tensor], tuple[float, Tensor]]


def moved(model: RecurrentClassifier, ids: Tensor, lengths: Tensor, layer: int, backward: bool, cells: bool) -> Run:
    """A function of a shift [time, hidden] of the states (in the order of reading): the logit and the last states."""
    from sentiment_core.model import trace

    def run(shift: Tensor) -> tuple[float, Tensor]:
        before = trace._read_steps

        def shifted(cell, inputs, at, reads_backward, order):
            if (at, reads_backward) != (layer, backward):
                return before(cell, inputs, at, reads_backward, order)
            return _shifted_steps(cell, inputs, at, reads_backward, order, shift, cells)

        trace._read_steps = shifted
        try:
            with torch.no_grad():
                found = unroll(model, ids, lengths)
        finally:
            trace._read_steps = before
        return float(found.logits[0]), found.last[0]

    return run


def _shifted_steps(cell, inputs, layer, backward, order, shift: Tensor, cells: bool):
    """A layer by PyTorch's own cells, with a shift added to every state or cell state."""
    from sentiment_core.model.trace import DirectionSteps

    kind = {"LSTM": nn.LSTMCell, "GRU": nn.GRUCell}.get(cell.mode, nn.RNNCell)
    rest = {"nonlinearity": cell.mode.removeprefix("RNN_").lower()} if kind is nn.RNNCell else {}
    single = kind(cell.input_size, cell.hidden_size, **rest).double()
    single.load_state_dict({name.removesuffix("_l0"): weight for name, weight in cell.state_dict().items()})
    states, memory = [], None
    for step, token in enumerate((inputs.flip(1) if backward else inputs).unbind(1)):
        found = single(token, memory)
        if cell.mode != "LSTM":
            memory = found + shift[step]
            states.append(memory)
        elif cells:
            # The state is the output gate times the tanh of the cell state, so a shift of one moves the other.
            gate = found[0] / found[1].tanh()
            memory = gate * (found[1] + shift[step]).tanh(), found[1] + shift[step]
            states.append(memory[0])
        else:
            memory = found[0] + shift[step], found[1]
            states.append(memory[0])
    return DirectionSteps(layer, backward, states, [], {}, order)


CASES = [
    *({"cell": cell, "pooling": "last"} for cell in CELLS),
    {"cell": "lstm", "pooling": "maxmean", "bidirectional": True},
    {"cell": "gru", "pooling": "mean", "layers": 2, "bidirectional": True},
    {"cell": "rnn_tanh", "layers": 2, "ngrams": 2, "head_size": 3},
    {"cell": "lstm", "pooling": "max", "outputs": 2},
]


@pytest.mark.parametrize("settings", CASES, ids=str)
def test_gradients_are_the_slope_of_the_logit_and_of_the_last_state(settings: dict):
    model = build(**settings).double()
    ids, lengths = padded_ids(torch.tensor([6]), 6), torch.tensor([6])
    rng = np.random.default_rng(0)
    direction = torch.from_numpy(rng.standard_normal(unroll(model, ids, lengths).last.shape[1]))
    of_logit, of_last = torch.tensor([1.0, 0.0]).double(), torch.stack([torch.zeros_like(direction), direction])
    twice = ids.expand(2, -1), lengths.expand(2)
    for found in state_gradients(model, *twice, of_logit, of_last):
        kinds = [(found.states, False)] + ([(found.cells, True)] if found.cells is not None else [])
        for gradients, cells in kinds:
            run = moved(model, ids, lengths, found.layer, found.backward, cells)
            shift = torch.from_numpy(rng.standard_normal((6, 4))) * 1e-5
            up, down = run(shift), run(-shift)
            in_text_order = shift.flip(0) if found.backward else shift
            slopes = (up[0] - down[0]) / 2, float((up[1] - down[1]) @ direction) / 2
            for gradient, slope in zip(gradients, slopes, strict=True):
                assert float((gradient * in_text_order).sum()) == pytest.approx(slope, rel=1e-4, abs=1e-12)


def test_gradients_do_not_depend_on_padding_and_are_zero_there():
    model = build(cell="lstm", bidirectional=True, pooling="maxmean", layers=2)
    ids = padded_ids()
    ones, no_last = torch.ones(4), torch.zeros(4, 8)
    together = state_gradients(model, ids, LENGTHS, ones, no_last)
    for row, length in enumerate(LENGTHS.tolist()):
        alone = state_gradients(model, ids[row : row + 1, :length], LENGTHS[row : row + 1], ones[:1], no_last[:1])
        for one, all_rows in zip(alone, together, strict=True):
            torch.testing.assert_close(all_rows.states[row, :length], one.states[0], atol=1e-6, rtol=1e-4)
            torch.testing.assert_close(all_rows.cells[row, :length], one.cells[0], atol=1e-6, rtol=1e-4)
            assert not all_rows.states[row, length:].any()


def test_the_gradient_of_a_linear_network_is_a_power_of_its_weight():
    """A ReLU network of one unit with weight 0.5 and positive inputs: each step back halves the gradient."""
    model = build(cell="rnn_relu", hidden_size=1, embedding_size=1, pooling="last")
    cell = model.recurrent[0][0]
    for name, value in (("weight_hh_l0", 0.5), ("weight_ih_l0", 0.0), ("bias_ih_l0", 1.0), ("bias_hh_l0", 0.0)):
        nn.init.constant_(cell.get_parameter(name), value)
    (found,) = state_gradients(
        model, torch.ones(1, 5, dtype=torch.int64), torch.tensor([5]), torch.zeros(1), torch.ones(1, 1)
    )
    torch.testing.assert_close(found.states[0, :, 0], torch.tensor([0.0625, 0.125, 0.25, 0.5, 1.0]))


def test_gradients_leave_the_shared_network_and_the_random_numbers_as_they_were():
    model = build(cell="gru")
    before, ids = {name: weight.clone() for name, weight in model.state_dict().items()}, padded_ids()
    drawn = torch.get_rng_state()
    state_gradients(model, ids, LENGTHS, torch.ones(4), torch.zeros(4, 4))
    assert torch.equal(torch.get_rng_state(), drawn), "a training that measures takes the same steps"
    assert not any(weight.requires_grad or weight.grad is not None for weight in model.parameters())
    for name, weight in model.state_dict().items():
        assert torch.equal(weight, before[name])

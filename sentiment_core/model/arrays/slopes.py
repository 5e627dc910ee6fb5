"""Gradients of a recurrent layer by hand: the chain rule from the last token to the first.

All rows are equally long, because only one text at a time is explained. The rows differ in how the text's vectors are
scaled, or in the number whose gradient is taken; in the second case all of them share one reading of the text.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from sentiment_core.model.arrays.cells import LstmReader, Texts, read
from sentiment_core.model.arrays.layers import Layer

_TINY = np.float32(1e-30)  # smaller slopes count as 0: denormal numbers take a hundred times as long
_CLEARED_EVERY = 8  # steps


@dataclass(frozen=True)
class Recorded:
    """Everything that a layer computed, in the order of reading."""

    layer: Layer
    states: np.ndarray  # [time, directions, rows, hidden]
    gates: np.ndarray  # [time, directions, rows, gates * hidden], as in `Reader`
    spare: np.ndarray  # [time, directions, rows, hidden], as in `Reader`
    cells: np.ndarray | None  # [time, directions, rows, hidden], of an LSTM
    named: dict[str, slice]  # as in `Reader.named_gates`

    def in_text_order(self) -> np.ndarray:
        """The states [time, rows, directions * hidden] as the next layer reads them."""
        return join_directions(self.states)


def join_directions(steps: np.ndarray) -> np.ndarray:
    """Values of each step [time, directions, rows, width] side by side in the order of the text [time, rows, ...]."""
    if steps.shape[1] == 1:
        return steps[:, 0]
    return np.concatenate([steps[:, 0], steps[::-1, 1]], axis=-1)


def split_directions(values: np.ndarray, directions: int) -> np.ndarray:
    """The inverse of `join_directions`: [time, directions, rows, width] in the order of reading."""
    if directions == 1:
        return values[:, None]
    forward, backward = np.split(values, 2, axis=-1)
    return np.stack([forward, backward[::-1]], axis=1)


def record(layer: Layer, states: np.ndarray) -> Recorded:
    """Read rows of equal length. states [time, rows, input] float32."""
    time, rows, _ = states.shape
    width = time, layer.directions, rows, layer.hidden
    found, spare = np.empty(width, np.float32), np.empty(width, np.float32)
    gates = np.empty((*width[:3], layer.gates * layer.hidden), np.float32)
    cells = np.empty(width, np.float32) if layer.cell == "lstm" else None
    named: dict[str, slice] = {}
    for step, _, reader in read(layer, Texts(states, np.full(rows, time))):
        found[step], gates[step], spare[step] = reader.state, reader.gates, reader.spare
        if cells is not None and isinstance(reader, LstmReader):
            cells[step] = reader.memory
        named = named or reader.named_gates()
    return Recorded(layer, found, gates, spare, cells, named)


@dataclass(frozen=True)
class Slopes:
    """Gradients of one number a row, in the order of reading."""

    states: np.ndarray  # [time, directions, rows, hidden], with respect to each state, by every way
    cells: np.ndarray | None  # [time, directions, rows, hidden], with respect to each cell state of an LSTM
    entering: np.ndarray  # [time, directions, rows, gates * hidden], with respect to the inputs' part of each step

    def of_inputs(self, layer: Layer) -> np.ndarray:
        """The gradient with respect to what the layer reads [time, rows, input], in the order of the text."""
        each = np.matmul(self.entering, layer.into.swapaxes(1, 2))
        return each[:, 0] if layer.directions == 1 else each[:, 0] + each[::-1, 1]


def go_back(recorded: Recorded, outer: np.ndarray) -> Slopes:
    """The gradients of a layer.

    outer [time, directions, rows, hidden]: with respect to each state through everything but the layer's later states.
        There may be many rows if one was recorded.
    """
    if recorded.layer.cell == "lstm":
        return _back_lstm(recorded, outer)
    return _back_gru(recorded, outer) if recorded.layer.cell == "gru" else _back_rnn(recorded, outer)


def _before(values: np.ndarray) -> np.ndarray:
    """The values of the step before each step; zeros before the first."""
    return np.concatenate([np.zeros_like(values[:1]), values[:-1]])


def _clear(values: np.ndarray) -> None:
    values[np.abs(values) < _TINY] = 0


def _back_rnn(recorded: Recorded, outer: np.ndarray) -> Slopes:
    states = recorded.states
    inner = (states > 0).astype(np.float32) if recorded.layer.cell == "rnn_relu" else 1 - states * states
    weight = np.ascontiguousarray(recorded.layer.recurrent.swapaxes(1, 2))
    found, entering = np.empty_like(outer), np.empty_like(outer)
    carried = np.zeros_like(outer[0])
    for step in range(len(outer) - 1, -1, -1):
        np.add(carried, outer[step], out=found[step])
        np.multiply(found[step], inner[step], out=entering[step])
        np.matmul(entering[step], weight, out=carried)
        if step % _CLEARED_EVERY == 0:
            _clear(carried)
    return Slopes(found, None, entering)


def _back_lstm(recorded: Recorded, outer: np.ndarray) -> Slopes:
    size = recorded.layer.hidden
    assert recorded.cells is not None
    candidate, into, keep, out = (recorded.gates[..., place * size :][..., :size] for place in range(4))
    squashed = recorded.spare
    # A gate's weights are halved, so the slope of the gate is twice that of the logistic function.
    through_memory = np.stack(
        [
            into * (1 - candidate * candidate),
            candidate * (2 * into * (1 - into)),
            _before(recorded.cells) * (2 * keep * (1 - keep)),
        ],
        axis=-2,
    )  # [time, directions, rows, 3, hidden], for the gates in their order
    through_out = squashed * (2 * out * (1 - out))
    of_memory = out * (1 - squashed * squashed)
    weight = np.ascontiguousarray(recorded.layer.recurrent.swapaxes(1, 2))
    time, directions, rows, _ = outer.shape
    found, cells = np.empty_like(outer), np.empty_like(outer)
    entering = np.empty((time, directions, rows, 4, size), np.float32)
    flat = entering.reshape(time, directions, rows, 4 * size)
    carried, memory, spare = (np.zeros_like(outer[0]) for _ in range(3))
    for step in range(time - 1, -1, -1):
        state, cell = found[step], cells[step]
        np.add(carried, outer[step], out=state)
        np.multiply(state, of_memory[step], out=spare)
        np.add(memory, spare, out=cell)
        np.multiply(through_memory[step], cell[..., None, :], out=entering[step, ..., :3, :])
        np.multiply(through_out[step], state, out=entering[step, ..., 3, :])
        np.matmul(flat[step], weight, out=carried)
        np.multiply(cell, keep[step], out=memory)
        if step % _CLEARED_EVERY == 0:
            _clear(carried)
            _clear(memory)
    return Slopes(found, cells, flat)


def _back_gru(recorded: Recorded, outer: np.ndarray) -> Slopes:
    size = recorded.layer.hidden
    reset, update, repeated = (recorded.gates[..., place * size :][..., :size] for place in range(3))
    candidate = recorded.spare
    of_candidate = (1 - update) * (1 - candidate * candidate)
    of_reset = of_candidate * repeated * (2 * reset * (1 - reset))
    of_update = (_before(recorded.states) - candidate) * (2 * update * (1 - update))
    # The states' part of the candidate is scaled by the reset gate, the inputs' part is not.
    again = np.stack([of_reset, of_update, of_candidate * reset], axis=-2)
    weight = np.ascontiguousarray(recorded.layer.recurrent.swapaxes(1, 2))
    time, directions, rows, _ = outer.shape
    found = np.empty_like(outer)
    repeating = np.empty((directions, rows, 3, size), np.float32)
    carried, spare = np.zeros_like(outer[0]), np.zeros_like(outer[0])
    for step in range(time - 1, -1, -1):
        state = found[step]
        np.add(carried, outer[step], out=state)
        np.multiply(again[step], state[..., None, :], out=repeating)
        np.matmul(repeating.reshape(directions, rows, 3 * size), weight, out=carried)
        np.multiply(state, update[step], out=spare)
        np.add(carried, spare, out=carried)
        if step % _CLEARED_EVERY == 0:
            _clear(carried)
    entering = np.stack([of_reset, of_update, of_candidate], axis=-2) * found[..., None, :]
    return Slopes(found, None, entering.reshape(time, directions, rows, 3 * size))

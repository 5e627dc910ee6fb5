"""Records of a network's memory as in recurrent_memory.py, in NumPy."""

from __future__ import annotations

import numpy as np

from sentiment_core.classifiers.memory import DirectionGradients, DirectionTrace, Trace, probe_directions
from sentiment_core.model.arrays.network import ArrayNetwork
from sentiment_core.model.arrays.slopes import go_back


def trace_memory(network: ArrayNetwork, ids: np.ndarray) -> Trace:
    """The memory of a network at each token of one text. ids [time] int64."""
    layers = network.record(network.inputs(ids[None]))
    pooled = network.pool(layers[-1])
    slope = network.read_out_slope(pooled)
    logit = float(network.read_out(pooled)[0])
    # The product of a pooled value and its gradient. With a linear head this is exact, because the head adds up such
    # products. A unit's maximum and mean count together.
    top = (slope * pooled)[0].reshape(-1, network.directions, network.config.hidden_size).sum(axis=0)
    below = len(layers) > 1
    effects = network.go_back(layers, network.pool_slope(layers[-1], slope))[:-1] if below else []
    parts = []
    for number, recorded in enumerate(layers):
        for direction in range(network.directions):
            states = _of(recorded.states, direction)
            if number < len(effects):
                products = states * _of(effects[number].states, direction)
                says = np.take_along_axis(products, np.abs(products).argmax(axis=0)[None], axis=0)[0]
            else:
                says = top[direction]
            parts.append(
                DirectionTrace(
                    number,
                    bool(direction),
                    states,
                    None if recorded.cells is None else _of(recorded.cells, direction),
                    {name: _of(recorded.gates[..., part], direction) for name, part in recorded.named.items()},
                    _fixed(says),
                    number >= len(effects) and not network.config.head_size,
                )
            )
    return Trace(tuple(parts), logit - float(top.sum()), logit)


def reach_back(network: ArrayNetwork, ids: np.ndarray) -> tuple[DirectionGradients, ...]:
    """How far back gradients reach in the top layer for one text. ids [time] int64.

    The row of the logit and the rows of the probes go back together, after one reading of the text.
    """
    config, directions = network.config, network.directions
    basis = probe_directions(len(ids), config.hidden_size, directions, config.layers)  # [hidden, probes]
    top = network.record(network.inputs(ids[None]))[-1]
    slope = network.read_out_slope(network.pool(top))
    outer = np.zeros((len(ids), directions, 1 + basis.shape[1], config.hidden_size), np.float32)
    outer[:, :, :1] = network.pool_slope(top, slope)
    outer[-1, :, 1:] = basis.T
    found = go_back(top, outer)
    squares = np.square(found.states).sum(axis=-1)  # [time, directions, rows]
    return tuple(
        DirectionGradients(
            bool(direction),
            _fixed(_turned(np.sqrt(squares[:, direction, 0]), direction)),
            None
            if found.cells is None
            else _fixed(_turned(np.linalg.norm(found.cells[:, direction, 0], axis=-1), direction)),
            _fixed(_turned(np.sqrt(squares[:, direction, 1:].mean(axis=-1)), direction)),
        )
        for direction in range(directions)
    )


def _turned(values: np.ndarray, direction: int) -> np.ndarray:
    """Values of the steps [time, ...] of a direction in the order of the text."""
    return values[::-1] if direction else values


def _of(steps: np.ndarray, direction: int) -> np.ndarray:
    """The steps [time, hidden] of the only row in one direction, in the order of the text."""
    return _fixed(_turned(steps[:, direction, 0], direction))


def _fixed(values: np.ndarray) -> np.ndarray:
    """A read-only array: several readers share a record."""
    array = np.ascontiguousarray(values).copy()
    array.setflags(write=False)
    return array

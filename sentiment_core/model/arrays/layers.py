"""The weights of a recurrent layer, arranged for reading token by token."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np

from sentiment_core.model.config import NetworkConfig

# Where PyTorch's gates go: first what is squashed by tanh, then the gates between 0 and 1, as `Layer` describes.
_ORDER = {"lstm": (2, 0, 1, 3), "gru": (0, 1, 2)}
_SQUASHED = {"lstm": (1, 2, 3), "gru": (0, 1)}  # the gates between 0 and 1, in this order


@dataclass(frozen=True)
class Layer:
    """The weights of one layer in one or two directions.

    The gates of an LSTM are in the order candidate, input, forget, output; those of a GRU reset, update, candidate.
    A gate between 0 and 1 is `0.5 * tanh(x / 2) + 0.5`, so that one call of tanh serves all gates. The weights of
    those gates are therefore halved.
    """

    cell: str  # one of CELLS
    into: np.ndarray  # [directions, input, gates * hidden] float32
    bias: np.ndarray  # [directions, 1, gates * hidden] float32
    recurrent: np.ndarray  # [directions, hidden, gates * hidden] float32
    candidate_bias: np.ndarray  # [directions, 1, hidden] float32, of a GRU: its reset gate scales it; else zeros

    @property
    def directions(self) -> int:
        return len(self.recurrent)

    def direction(self, number: int) -> Layer:
        """One direction alone: 0 reads forward, 1 backward."""
        one = slice(number, number + 1)
        return Layer(self.cell, self.into[one], self.bias[one], self.recurrent[one], self.candidate_bias[one])

    @property
    def hidden(self) -> int:
        return self.recurrent.shape[1]

    @property
    def gates(self) -> int:
        return self.recurrent.shape[2] // self.hidden


def make_layer(config: NetworkConfig, tensors: Mapping[str, np.ndarray], number: int, width: int) -> Layer:
    """The layer of this number from a network's tensors by PyTorch's names.

    width: of the layer's input. PyTorch's may be padded with zeros beyond it.
    """
    directions = range(2 if config.bidirectional else 1)

    def stacked(name: str) -> np.ndarray:
        return np.stack([_arrange(config, tensors[f"recurrent.{number}.{one}.{name}_l0"]) for one in directions])

    into, recurrent = stacked("weight_ih").swapaxes(1, 2), stacked("weight_hh").swapaxes(1, 2)
    entering, repeated = stacked("bias_ih")[:, None], stacked("bias_hh")[:, None]
    candidate = np.zeros((len(into), 1, config.hidden_size), np.float32)
    if config.cell == "gru":
        candidate = repeated[..., -config.hidden_size :].copy()
        repeated[..., -config.hidden_size :] = 0
    contiguous = np.ascontiguousarray
    return Layer(config.cell, contiguous(into[:, :width]), entering + repeated, contiguous(recurrent), candidate)


def _arrange(config: NetworkConfig, weight: np.ndarray) -> np.ndarray:
    """A weight or bias [gates * hidden, ...] as float32, with its gates in the order and at the scale of `Layer`."""
    found = weight.astype(np.float32).reshape(-1, config.hidden_size, *weight.shape[1:])
    found = found[list(_ORDER.get(config.cell, (0,)))]
    found[list(_SQUASHED.get(config.cell, ()))] *= 0.5
    return found.reshape(weight.shape)

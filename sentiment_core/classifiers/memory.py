"""What a recurrent network holds in memory while it reads a text, and how far back gradients reach. Needs no torch."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

# Directions of the last state along which a change that arrives there is measured, at most and of a large network.
PROBES, LEAST_PROBES = 16, 4
_STATES = 2_000_000  # of probes, tokens and units, in all layers and directions; a larger network gets fewer probes


@dataclass(frozen=True)
class DirectionTrace:
    """One layer in one direction at each token that is read, in the order of the text."""

    layer: int  # from 0
    backward: bool  # whether it reads from the last token to the first
    states: np.ndarray  # [read, hidden] float32
    cells: np.ndarray | None  # [read, hidden] float32, the cell state of an LSTM
    gates: dict[str, np.ndarray]  # [read, hidden] float32, 0 closed to 1 open; see model/trace.py
    # What each unit adds to the log-odds of positive [hidden] float32. If `exact`, all units of the top layer and the
    # trace's `intercept` add up to the log-odds. Else it is the largest product of a state and its gradient over all
    # tokens: how the log-odds would change without that state, to first order.
    says: np.ndarray
    exact: bool


@dataclass(frozen=True)
class Trace:
    """The memory of a network while it reads a text."""

    parts: tuple[DirectionTrace, ...]  # each layer's forward and then its backward direction, from the first layer
    intercept: float  # log-odds of positive if all units said nothing
    log_odds: float  # of positive

    @property
    def layers(self) -> int:
        return self.parts[-1].layer + 1

    def layer(self, number: int) -> tuple[DirectionTrace, ...]:
        """The directions of a layer, counted from 0."""
        return tuple(part for part in self.parts if part.layer == number)


@dataclass(frozen=True)
class DirectionGradients:
    """Norms of gradients with respect to the states of the top layer in one direction, in the order of the text."""

    backward: bool
    logit: np.ndarray  # [read] float32, of the log-odds of positive
    cells: np.ndarray | None  # [read] float32, of the log-odds with respect to the cell state of an LSTM
    # [read] float32, of the direction's last state: the root mean square of what arrives there of a change of length 1
    # of the state. It is 1 at the last token that the direction reads. It leaves out what the pooling reads on the way.
    last: np.ndarray


def probe_directions(time: int, hidden: int, directions: int, layers: int) -> np.ndarray:
    """Directions of the last state [hidden, probes] float32 along which the change that arrives there is measured.

    They are orthonormal. If there are as many as units, the measurement is exact, else they are a fixed sample. A large
    network and a long text get fewer.
    """
    affordable = _STATES // (time * hidden * directions * layers) - 1
    count = min(max(affordable, LEAST_PROBES), PROBES, hidden)
    basis, _ = np.linalg.qr(np.random.default_rng(0).standard_normal((hidden, count)))
    return basis.astype(np.float32)

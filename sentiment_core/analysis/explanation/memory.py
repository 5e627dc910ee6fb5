"""A network's memory in figures: which units say most of the verdict, how long a gate keeps a value, what changes."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from sentiment_core.classifiers.memory import DirectionTrace


@dataclass(frozen=True)
class MemoryStrip:
    """A part of one direction's memory: some tokens and the units that say most of the verdict."""

    backward: bool
    tokens: list[str]  # [window]
    start: int  # place in the text of the first of these tokens
    units: np.ndarray  # [units] int64 from 0, those that say most first
    states: np.ndarray  # [units, window] float32
    says: np.ndarray  # [units] float32, what each adds to the log-odds of positive
    chosen: int  # the unit that is followed
    followed: dict[str, np.ndarray]  # "state", and "cell" of an LSTM: [window] float32 of the chosen unit
    gates: dict[str, tuple[np.ndarray, np.ndarray]]  # mean over all units and value of the chosen unit [window] each


def units_by_share(part: DirectionTrace) -> np.ndarray:
    """All units [hidden] int64, those that say most of the verdict, for or against, first."""
    return np.argsort(-np.abs(part.says), kind="stable")


def memory_strip(
    part: DirectionTrace, tokens: list[str], start: int, width: int, most: int, unit: int | None
) -> MemoryStrip:
    """The memory of one direction at `width` tokens from `start`, with at most `most` units.

    tokens: all that are read. unit: the unit to follow, from 0; None, or one that there is not, for the one that says
        most. It is shown even if it says little.
    """
    order = units_by_share(part)
    chosen = int(order[0]) if unit is None or not 0 <= unit < len(order) else unit
    shown = order[:most]
    if chosen not in shown:
        shown = np.append(shown[:-1], chosen)
    window = slice(start, start + width)
    followed = {"state": part.states[window, chosen]}
    if part.cells is not None:
        followed["cell"] = part.cells[window, chosen]
    return MemoryStrip(
        part.backward,
        tokens[window],
        start,
        shown,
        part.states[window, shown].T,
        part.says[shown],
        chosen,
        followed,
        {name: (gate[window].mean(axis=1), gate[window, chosen]) for name, gate in part.gates.items()},
    )


def share_that_changes(part: DirectionTrace) -> float:
    """How much of the state changes at a token, on average: 0 if nothing does, 1 if nothing of it stays.

    The length of the difference of two neighbouring states, divided by the sum of their lengths. NaN for one token.
    """
    if len(part.states) < 2:
        return float("nan")
    steps = np.linalg.norm(np.diff(part.states, axis=0), axis=1)
    lengths = np.linalg.norm(part.states, axis=1)
    both = lengths[1:] + lengths[:-1]
    return float(np.mean(np.divide(steps, both, out=np.zeros_like(steps), where=both > 0)))


def half_life(part: DirectionTrace, unit: int) -> float | None:
    """Tokens after which the gate of a unit has let half of an old value go; None if the cell has no gate that keeps.

    For an LSTM's forget gate and a GRU's update gate, from the geometric mean over all tokens.
    """
    gate = next((part.gates[name] for name in ("forget", "update") if name in part.gates), None)
    if gate is None:
        return None
    kept = float(np.log(np.maximum(gate[:, unit], 1e-12)).mean())
    return float("inf") if kept >= 0 else float(np.log(0.5) / kept)

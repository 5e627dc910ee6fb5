"""Recurrent cells that read one token after another, both directions of a layer at once.

A step is a handful of array operations on all rows and directions, because starting an operation takes longer than the
sums of one row. Rows that have ended are left out: they are sorted by length, the longest first, so the rows that
still read are a slice.
"""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np

from sentiment_core.model.arrays.layers import Layer

_HALF = np.float32(0.5)
_PROJECTED = 2**20  # numbers of the inputs' part that are computed at once


@dataclass(frozen=True)
class Texts:
    """What the first layer reads, and the order in which the directions of a layer read it."""

    states: np.ndarray  # [time, rows, input] float32, right-padded
    lengths: np.ndarray  # [rows] int64, descending
    reads_padding: bool = False  # whether rows go on reading past their end

    @property
    def reading(self) -> np.ndarray:
        """Rows that read at each step [time] int64."""
        time, rows, _ = self.states.shape
        if self.reads_padding:
            return np.full(time, rows)
        return np.searchsorted(-self.lengths, -np.arange(time), side="left")

    def backward(self) -> np.ndarray:
        """The place that the backward direction reads at each step [time, rows]: padding stays at the end."""
        step = np.arange(len(self.states))[:, None]
        return np.where(step < self.lengths, self.lengths - 1 - step, step)


class Reader(ABC):
    """A layer while it reads: the states of all rows in each direction."""

    def __init__(self, layer: Layer, rows: int) -> None:
        self.layer = layer
        width = layer.directions, rows, layer.hidden
        self.state = np.zeros(width, np.float32)  # [directions, rows, hidden]
        self.gates = np.empty((*width[:2], layer.gates * layer.hidden), np.float32)  # of the last step
        self.spare = np.empty(width, np.float32)
        self.select(slice(rows))

    def select(self, rows: slice) -> None:
        """Choose the rows that take the next steps."""
        self.h, self.z, self.t = self.state[:, rows], self.gates[:, rows], self.spare[:, rows]

    @abstractmethod
    def step(self, entering: np.ndarray) -> None:
        """Read a token. entering [directions, rows or 1, gates * hidden]: the inputs' part, with the bias."""

    def named_gates(self) -> dict[str, slice]:
        """The part of `gates` that each gate fills, by name; 1 is open."""
        return {}


class RnnReader(Reader):
    """h = f(W x + U h)."""

    def step(self, entering: np.ndarray) -> None:
        np.matmul(self.h, self.layer.recurrent, out=self.z)
        np.add(self.z, entering, out=self.z)
        if self.layer.cell == "rnn_relu":
            np.maximum(self.z, 0, out=self.h)
        else:
            np.tanh(self.z, out=self.h)


class LstmReader(Reader):
    """Gates what to write, to forget and to put out; `memory` is the cell state, and `spare` its tanh."""

    def __init__(self, layer: Layer, rows: int) -> None:
        self.memory = np.zeros((layer.directions, rows, layer.hidden), np.float32)
        super().__init__(layer, rows)

    def select(self, rows: slice) -> None:
        super().select(rows)
        size = self.layer.hidden
        self.c, self.squashed = self.memory[:, rows], self.z[..., size:]
        self.parts = [self.z[..., start : start + size] for start in range(0, 4 * size, size)]

    def step(self, entering: np.ndarray) -> None:
        candidate, into, keep, out = self.parts
        np.matmul(self.h, self.layer.recurrent, out=self.z)
        np.add(self.z, entering, out=self.z)
        np.tanh(self.z, out=self.z)
        np.multiply(self.squashed, _HALF, out=self.squashed)
        np.add(self.squashed, _HALF, out=self.squashed)
        np.multiply(keep, self.c, out=self.c)
        np.multiply(into, candidate, out=self.t)
        np.add(self.c, self.t, out=self.c)
        np.tanh(self.c, out=self.t)
        np.multiply(out, self.t, out=self.h)

    def named_gates(self) -> dict[str, slice]:
        return {
            name: slice(place * self.layer.hidden, (place + 1) * self.layer.hidden)
            for name, place in (("forget", 2), ("input", 1), ("output", 3))
        }


class GruReader(Reader):
    """Gates how much to reset before reading and how much to keep. The last part of `gates` is the states' part of the
    candidate, and `spare` the candidate."""

    def select(self, rows: slice) -> None:
        super().select(rows)
        size = self.layer.hidden
        self.both = self.z[..., : 2 * size]
        self.parts = [self.z[..., start : start + size] for start in range(0, 3 * size, size)]

    def step(self, entering: np.ndarray) -> None:
        size = self.layer.hidden
        reset, update, repeated = self.parts
        np.matmul(self.h, self.layer.recurrent, out=self.z)
        np.add(self.both, entering[..., : 2 * size], out=self.both)
        np.tanh(self.both, out=self.both)
        np.multiply(self.both, _HALF, out=self.both)
        np.add(self.both, _HALF, out=self.both)
        np.add(repeated, self.layer.candidate_bias, out=repeated)
        np.multiply(reset, repeated, out=self.t)
        np.add(self.t, entering[..., 2 * size :], out=self.t)
        np.tanh(self.t, out=self.t)
        np.subtract(self.h, self.t, out=self.h)
        np.multiply(self.h, update, out=self.h)
        np.add(self.h, self.t, out=self.h)

    def named_gates(self) -> dict[str, slice]:
        return {"reset": slice(self.layer.hidden), "update": slice(self.layer.hidden, 2 * self.layer.hidden)}


_READERS: dict[str, type[Reader]] = {"lstm": LstmReader, "gru": GruReader, "rnn_relu": RnnReader, "rnn_tanh": RnnReader}


def start_reading(layer: Layer, rows: int) -> Reader:
    """A layer before its first token, with all states zero."""
    return _READERS[layer.cell](layer, rows)


def read(layer: Layer, texts: Texts) -> Iterator[tuple[int, int, Reader]]:
    """Read texts to their end: each step's number, how many rows took it, and the layer after it."""
    reader = start_reading(layer, texts.states.shape[1])
    reading = texts.reading
    rows = -1
    for start, entering in _entering(layer, texts):
        for place in range(entering.shape[1]):
            step = start + place
            if reading[step] != rows:
                rows = int(reading[step])
                reader.select(slice(rows))
            reader.step(entering[:, place, :rows])
            yield step, rows, reader


def _entering(layer: Layer, texts: Texts) -> Iterator[tuple[int, np.ndarray]]:
    """The inputs' part of some steps after another [directions, steps, rows, gates * hidden], each with its first."""
    time, rows, width = texts.states.shape
    turned = texts.backward() if layer.directions == 2 else None
    columns = np.arange(rows)
    steps = max(1, _PROJECTED // (layer.directions * rows * layer.bias.shape[2]))
    for start in range(0, time, steps):
        some = texts.states[start : start + steps][None]
        if turned is not None:
            some = np.concatenate([some, texts.states[turned[start : start + steps], columns][None]])
        found = np.matmul(some.reshape(layer.directions, -1, width), layer.into)
        np.add(found, layer.bias, out=found)
        yield start, found.reshape(layer.directions, -1, rows, found.shape[2])

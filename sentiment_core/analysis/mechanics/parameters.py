"""The number of parameters of a layer: by formula, and counted in a layer that reads sequences of two lengths."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import torch
from torch import nn

from sentiment_core.analysis.mechanics.running import run
from sentiment_core.errors import SettingError

KINDS = {"RNN": 1, "GRU": 3, "LSTM": 4}  # layer of torch.nn -> how many times it computes W x + U h + two biases
LEAST, MOST = 1, 512  # widths
LENGTHS = (60, 600)


@dataclass(frozen=True)
class Counted:
    """The parameters of one kind of layer."""

    kind: str
    blocks: int  # gates and candidates: each has its own W, U and biases
    formula: int
    counted: int
    shapes: tuple[tuple[int, ...], ...]  # of the outputs for a sequence of each of the lengths


def count_parameters(embedding_size: int, hidden_size: int, lengths: tuple[int, ...]) -> tuple[str, list[Counted]]:
    """The lines that count, and the counts for each of KINDS. Raises SettingError for a width out of range."""
    for width in (embedding_size, hidden_size):
        if not LEAST <= width <= MOST:
            raise SettingError("A width must be {least} to {most}.", least=LEAST, most=MOST)
    rows, code = [], ""
    for kind, blocks in KINDS.items():
        ran = run(count, kind=kind, embedding_size=embedding_size, hidden_size=hidden_size, lengths=lengths)
        formula = blocks * hidden_size * (embedding_size + hidden_size + 2)
        shapes = tuple(tuple(output.shape) for output in ran["outputs"])
        rows.append(Counted(kind, blocks, formula, ran["counted"], shapes))
        code = ran.code
    return code, rows


def count(kind: str, embedding_size: int, hidden_size: int, lengths: tuple[int, ...]) -> dict[str, Any]:
    """Make a layer of torch.nn, let it read, and count its parameters."""
    layer = getattr(nn, kind)(embedding_size, hidden_size, batch_first=True)  # "RNN", "GRU" or "LSTM"
    outputs = [layer(torch.zeros(1, length, embedding_size))[0] for length in lengths]
    counted = sum(weight.numel() for weight in layer.parameters())
    return {"layer": layer, "outputs": outputs, "counted": counted}

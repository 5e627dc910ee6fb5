"""Recipes with a name: everything that decides a run, and where each comes from.

Knows nothing about torch: a page or the command line can list presets without loading it.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, fields, replace
from typing import Any

from sentiment_core.errors import PresetError


@dataclass(frozen=True)
class Recipe:
    """Every hyper-parameter of a run. Two equal recipes on equal data give equal runs."""

    preset: str
    tokenizer: str = "wordpiece"  # kind, see text/tokenization.py
    max_length: int = 400  # tokens read of each review, from its start
    # the network, as in model.recurrent.RecurrentConfig
    cell: str = "lstm"
    bidirectional: bool = False
    layers: int = 1
    embedding_size: int = 64
    hidden_size: int = 64
    pooling: str = "last"
    head_size: int = 0
    embedding_dropout: float = 0.0
    dropout: float = 0.0
    embedding_std: float = 1.0
    # the training
    epochs: int = 5
    batch_size: int = 32
    learning_rate: float = 1e-3  # Adam
    clip: float = 0.0  # greatest gradient norm; 0 for no clipping
    seed: int = 0

    def __post_init__(self) -> None:
        """Raises PresetError for a value that cannot be trained with."""
        if min(self.max_length, self.epochs, self.batch_size) < 1:
            raise PresetError("max_length, epochs and batch_size must be 1 or more.")
        if self.learning_rate <= 0 or self.clip < 0 or self.seed < 0:
            raise PresetError("learning_rate must be above 0, clip and seed 0 or more.")

    def change(self, **changes: Any) -> Recipe:
        """The same recipe with some values changed; None leaves a value as it is. Raises PresetError for unknown names."""
        known = {field.name for field in fields(self)}
        if unknown := set(changes) - known:
            raise PresetError(f"No setting {', '.join(sorted(unknown))}. Known: {', '.join(sorted(known))}.")
        return replace(self, **{name: value for name, value in changes.items() if value is not None})


def rnn() -> Recipe:
    """A plain two-layer ReLU network, 32 wide, read at its last token.

    Recipe A: embedding 32, Adam 1e-3, batches of 64, 400 tokens, 5 epochs, embedding started at N(0, 1).
    """
    return Recipe(
        "rnn", cell="rnn_relu", layers=2, embedding_size=32, hidden_size=32, batch_size=64
    )


def _gated(preset: str, cell: str, bidirectional: bool = False) -> Recipe:
    """What lstm, gru and bilstm share, so that a difference between them is the architecture's."""
    return Recipe(preset, cell=cell, bidirectional=bidirectional)


def lstm() -> Recipe:
    """One LSTM layer reading forward, 64 wide, read at its last token.

    The system of recipe B on WordPiece tokens, without its hidden head.
    """
    return _gated("lstm", "lstm")


def gru() -> Recipe:
    """One GRU layer reading forward: `lstm` with the simpler cell.

    The system of recipe D at the size of the others, on WordPiece tokens.
    """
    return _gated("gru", "gru")


def bilstm() -> Recipe:
    """Two LSTM layers side by side, one reading backward: `lstm` with the second direction of recipe B."""
    return _gated("bilstm", "lstm", bidirectional=True)


PRESETS: dict[str, Callable[[], Recipe]] = {make.__name__: make for make in (rnn, lstm, gru, bilstm)}


def preset(name: str) -> Recipe:
    """The recipe called `name`. Raises PresetError that lists the names there are."""
    if name not in PRESETS:
        raise PresetError(f"No preset {name!r}. Choose one of {', '.join(PRESETS)}.")
    return PRESETS[name]()

"""Recipes with a name, and where each comes from.

Knows nothing about torch: a page or the command line can list presets without loading it.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from sentiment_core.errors import PresetError
from sentiment_core.model.config import NetworkConfig, Recipe


def rnn() -> Recipe:
    """A plain two-layer ReLU network, 32 wide, read at its last token.

    Recipe A: embedding 32, Adam 1e-3, batches of 64, 400 tokens, 5 epochs. Two things are not the recipe's: the
    gradient is clipped at 1, without which the loss of seed 0 blew up to 1e8 in its fourth epoch; and the embedding
    starts a tenth as wide, as the others' here do, because what training moves is lost in a start of N(0, 1).
    """
    return Recipe(
        "rnn",
        network=NetworkConfig(cell="rnn_relu", layers=2, embedding_size=32, embedding_std=0.1, hidden_size=32),
        epochs=5,
        batch_size=64,
        learning_rate=1e-3,
        clip=1.0,
    )


def _gated(preset: str, cell: str, bidirectional: bool = False) -> Recipe:
    """What lstm, gru and bilstm share, so that a difference between them is the architecture's."""
    network = NetworkConfig(
        cell=cell,
        bidirectional=bidirectional,
        embedding_size=32,
        embedding_std=0.1,
        hidden_size=64,
        pooling="maxmean",
        embedding_dropout=0.4,
        dropout=0.5,
    )
    return Recipe(
        preset,
        network=network,
        epochs=5,
        batch_size=32,
        learning_rate=2e-3,
        schedule="linear",
        clip=1.0,
    )


def lstm() -> Recipe:
    """One LSTM layer reading forward, 64 wide, pooled over all its tokens by maximum and mean.

    Recipe B's network (LSTM 64) on WordPiece tokens cut at 400. Unlike the recipe it pools over all states
    instead of reading the last, has no hidden head, an embedding of 32 (recipe 20), a rate of 2e-3 (1e-3) and 5 epochs
    (10), and is regularised: dropout of whole tokens and of the pooled states, clipping, a rate that falls toward zero.
    """
    return _gated("lstm", "lstm")


def gru() -> Recipe:
    """One GRU layer reading forward: `lstm` with the simpler cell.

    Recipe D's cell at the size and with the training of `lstm`; the recipe itself has embedding 128 and hidden 256.
    """
    return _gated("gru", "gru")


def bilstm() -> Recipe:
    """Two LSTM layers side by side, one of them reading backward: `lstm` with the second direction of recipe B."""
    return _gated("bilstm", "lstm", bidirectional=True)


def _strong(preset: str, **changes: Any) -> Recipe:
    """What bilstm_best and bilstm_pretrained share."""
    network = NetworkConfig(
        bidirectional=True,
        embedding_size=64,
        embedding_std=0.1,
        hidden_size=128,
        pooling="maxmean",
        embedding_dropout=0.3,
        dropout=0.5,
        ngrams=3,
        precision="bfloat16",
    )
    recipe = Recipe(
        preset,
        max_length=1000,
        network=network,
        epochs=4,
        batch_size=32,
        learning_rate=2e-3,
        schedule="linear",
        clip=1.0,
        frames=False,  # wider than the others', they would not fit into what is published
    )
    return recipe.change(**changes)


def bilstm_best() -> Recipe:
    """`bilstm`, with what made it most accurate on labelled training text alone.

    It reads 1,000 tokens and, beside each vector, the polarity of the words, pairs and triples that end there (Wang and
    Manning 2012).
    """
    return _strong("bilstm-best")


def bilstm_pretrained() -> Recipe:
    """`bilstm-best`, wider, and started as a language model of all training texts, the unlabelled ones too.

    Dai and Le (2015). The published run keeps an average of its weights besides, which gives bilstm-best nothing.
    """
    return _strong(
        "bilstm-pretrained",
        embedding_size=128,
        hidden_size=256,
        epochs=3,
        learning_rate=1e-3,
        pretraining_epochs=3,
    )


def bilstm_shuffled() -> Recipe:
    """`bilstm` trained on shuffled labels: a control, not a result.

    Such labels say nothing of reviews not seen, so its accuracy is that of a coin. Its words move all the same: this is
    what movement without meaning looks like.
    """
    return bilstm().change(preset="bilstm-shuffled", shuffle_labels=True)


PRESETS: dict[str, Callable[[], Recipe]] = {
    make.__name__.replace("_", "-"): make
    for make in (rnn, lstm, gru, bilstm, bilstm_best, bilstm_pretrained, bilstm_shuffled)
}


def preset(name: str) -> Recipe:
    """The recipe called `name`. Raises PresetError that lists the names there are."""
    if name not in PRESETS:
        raise PresetError(f"No preset {name!r}. Choose one of {', '.join(PRESETS)}.")
    return PRESETS[name]()

"""Named recipes and their sources.

Needs no torch, so a page or the command line can list presets without loading it.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from sentiment_core.errors import PresetError
from sentiment_core.model.config import NetworkConfig, Recipe


def rnn() -> Recipe:
    """A plain two-layer ReLU network, 32 wide, that predicts from the state at the last token.

    Recipe A: embedding 32, Adam 1e-3, batches of 64, 400 tokens, 5 epochs. Two things differ from the recipe. The
    gradient is clipped at 1; without this the loss of seed 0 rose to 1e8 in its fourth epoch. The embedding starts with
    a tenth of the spread, as in the other presets; starting from N(0, 1) would hide the movement that training causes.
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
    """The settings that lstm, gru and bilstm share, so that they differ only in architecture."""
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
    """One LSTM layer reading forward, 64 wide, pooled over all tokens by maximum and mean.

    Recipe B's network (LSTM 64) on WordPiece tokens, cut at 400. Unlike the recipe it pools over all states instead of
    using the last, has no hidden layer in the head, an embedding of 32 (recipe 20), a learning rate of 2e-3 (1e-3) and
    5 epochs (10). It is regularised by dropout of whole tokens and of the pooled states, by clipping, and by a learning
    rate that decreases to zero.
    """
    return _gated("lstm", "lstm")


def gru() -> Recipe:
    """One GRU layer reading forward: `lstm` with a simpler cell.

    Recipe D's cell with the size and training of `lstm`. The recipe itself has embedding 128 and hidden 256.
    """
    return _gated("gru", "gru")


def bilstm() -> Recipe:
    """Two LSTM layers side by side, one reading backward: `lstm` with the second direction of recipe B."""
    return _gated("bilstm", "lstm", bidirectional=True)


def _strong(preset: str, **changes: Any) -> Recipe:
    """The settings that bilstm_best and bilstm_pretrained share."""
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
        frames=False,  # too large to publish, because the embedding is wider
    )
    return recipe.change(**changes)


def bilstm_best() -> Recipe:
    """`bilstm` with everything that improved accuracy without other training text.

    It reads 1,000 tokens. Beside each vector it reads the polarity of the words, pairs and triples that end there (Wang
    and Manning 2012).
    """
    return _strong("bilstm-best")


def bilstm_pretrained() -> Recipe:
    """A wider `bilstm-best`, pretrained as a language model of all training texts, including the unlabelled ones.

    Dai and Le (2015). The published run also averages its weights, which gains bilstm-best nothing.
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

    Shuffled labels say nothing about new reviews, so its accuracy is chance. Its words move all the same, which shows
    what movement without meaning looks like.
    """
    return bilstm().change(preset="bilstm-shuffled", shuffle_labels=True)


PRESETS: dict[str, Callable[[], Recipe]] = {
    make.__name__.replace("_", "-"): make
    for make in (rnn, lstm, gru, bilstm, bilstm_best, bilstm_pretrained, bilstm_shuffled)
}


def preset(name: str) -> Recipe:
    """The recipe called `name`. Raises PresetError, which lists the known names."""
    if name not in PRESETS:
        raise PresetError("No preset {name!r}. Choose one of {names}.", name=name, names=list(PRESETS))
    return PRESETS[name]()

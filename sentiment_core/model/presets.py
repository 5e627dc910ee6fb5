"""Recipes with a name: everything that decides a run, and where each comes from.

Knows nothing about torch: a page or the command line can list presets without loading it.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, fields, replace
from typing import Any

from sentiment_core.errors import PresetError

# How the learning rate goes on from its start; linear falls in a straight line toward zero.
SCHEDULES = ("constant", "linear")
# The moment of highest valid accuracy, the one of lowest valid loss, or the last.
KEEPS = ("accuracy", "loss", "last")
# The labelled training texts alone, or with the unlabelled ones of the same source.
PRETRAINING_TEXTS = ("train", "unlabelled")


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
    embedding_size: int = 64  # numbers a token
    hidden_size: int = 64  # state width of one direction
    pooling: str = "last"
    head_size: int = 0  # width of a hidden ReLU layer before the logit; 0 for none
    outputs: int = 1  # 1 logit, or 2, one a class, whose difference is the logit
    embedding_dropout: float = 0.0  # share of tokens whose whole embedding is zeroed in training
    dropout: float = 0.0  # share of state values zeroed in training
    embedding_std: float = 1.0  # spread of the embedding's random start
    initialization: str = "open"  # of the recurrent weights
    ngrams: int = 0  # polarity of n-grams of up to this many tokens read beside each vector; 0 for none
    precision: str = "float32"  # what an LSTM computes in while training; "bfloat16" where the CPU has matrix units
    # a language model as the start of the embedding and of the first layer, see training/pretraining.py
    pretraining_epochs: int = 0  # 0 for a random start
    pretraining_texts: str = "train"  # what it reads, one of PRETRAINING_TEXTS
    # the training
    epochs: int = 5
    batch_size: int = 32
    learning_rate: float = 1e-3  # Adam's, at the start
    schedule: str = "constant"  # one of SCHEDULES
    clip: float = 0.0  # greatest gradient norm; 0 for no clipping
    averaging: float = 0.0  # share of the average of the weights kept at each step; 0 for the last weights themselves
    adversarial: float = 0.0  # length of the worst step of a review's embeddings, trained against; 0 for none
    frames: bool = True  # whether the embedding is kept at every moment, for the Drift page to show
    keep: str = "accuracy"  # which moment's weights are kept, one of KEEPS
    shuffle_labels: bool = False  # a control: trains on labels that say nothing of their reviews
    seed: int = 0

    def __post_init__(self) -> None:
        """Raises PresetError for a value that cannot be trained with."""
        whole = [field.name for field in fields(self) if field.type == "int"]
        if broken := [name for name in whole if type(getattr(self, name)) is not int]:
            raise PresetError(f"{', '.join(broken)} must be whole numbers.")
        if broken := [name for name in whole if getattr(self, name) >= 2**63]:
            raise PresetError(f"{', '.join(broken)} must be below 2**63.")
        if min(self.max_length, self.epochs, self.batch_size) < 1:
            raise PresetError("max_length, epochs and batch_size must be 1 or more.")
        if not 0 < self.learning_rate < float("inf") or not 0 <= self.clip < float("inf") or self.seed < 0:
            raise PresetError("learning_rate must be above 0, clip and seed 0 or more, none of them infinite.")
        if self.schedule not in SCHEDULES:
            raise PresetError(f"No schedule {self.schedule!r}. Choose one of {', '.join(SCHEDULES)}.")
        if not (0 <= self.averaging < 1 and 0 <= self.adversarial < float("inf") and self.pretraining_epochs >= 0):
            raise PresetError("averaging must be below 1, and it, adversarial and pretraining_epochs 0 or more.")
        if self.pretraining_texts not in PRETRAINING_TEXTS:
            raise PresetError(
                f"No texts {self.pretraining_texts!r} to pretrain on. Choose one of {', '.join(PRETRAINING_TEXTS)}."
            )
        if self.keep not in KEEPS:
            raise PresetError(f"Nothing to keep called {self.keep!r}. Choose one of {', '.join(KEEPS)}.")

    def change(self, **changes: Any) -> Recipe:
        """The same recipe with some values changed; None leaves one as it is. Raises PresetError for unknown names."""
        known = {field.name for field in fields(self)}
        if unknown := set(changes) - known:
            raise PresetError(f"No setting {', '.join(sorted(unknown))}. Known: {', '.join(sorted(known))}.")
        return replace(self, **{name: value for name, value in changes.items() if value is not None})


def rnn() -> Recipe:
    """A plain two-layer ReLU network, 32 wide, read at its last token.

    Recipe A: embedding 32, Adam 1e-3, batches of 64, 400 tokens, 5 epochs. Two things are not the recipe's: the
    gradient is clipped at 1, without which the loss of seed 0 blew up to 1e8 in its fourth epoch; and the embedding
    starts a tenth as wide, as the others' here do, because what training moves is lost in a start of N(0, 1).
    """
    return Recipe(
        "rnn",
        cell="rnn_relu",
        layers=2,
        embedding_size=32,
        embedding_std=0.1,
        hidden_size=32,
        epochs=5,
        batch_size=64,
        learning_rate=1e-3,
        clip=1.0,
    )


def _gated(preset: str, cell: str, bidirectional: bool = False) -> Recipe:
    """What lstm, gru and bilstm share, so that a difference between them is the architecture's."""
    return Recipe(
        preset,
        cell=cell,
        bidirectional=bidirectional,
        embedding_size=32,
        embedding_std=0.1,
        hidden_size=64,
        pooling="maxmean",
        embedding_dropout=0.4,
        dropout=0.5,
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
    recipe = Recipe(
        preset,
        max_length=1000,
        bidirectional=True,
        embedding_size=64,
        embedding_std=0.1,
        hidden_size=128,
        pooling="maxmean",
        embedding_dropout=0.3,
        dropout=0.5,
        ngrams=3,
        precision="bfloat16",
        epochs=4,
        batch_size=32,
        learning_rate=2e-3,
        schedule="linear",
        clip=1.0,
        averaging=0.999,
        frames=False,  # wider than the others', they would not fit into what is published
    )
    return recipe.change(**changes)


def bilstm_best() -> Recipe:
    """`bilstm`, with what made it most accurate on labelled training text alone.

    It reads 1,000 tokens and, beside each vector, the polarity of the words, pairs and triples that end there (Wang and
    Manning 2012), and an average of its weights is kept.
    """
    return _strong("bilstm-best")


def bilstm_pretrained() -> Recipe:
    """`bilstm-best`, wider, and started as a language model of all training texts, the unlabelled ones too.

    Dai and Le (2015).
    """
    return _strong(
        "bilstm-pretrained",
        embedding_size=128,
        hidden_size=256,
        epochs=3,
        learning_rate=1e-3,
        averaging=0.998,
        pretraining_epochs=3,
        pretraining_texts="unlabelled",
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

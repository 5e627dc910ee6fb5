"""Every setting of a run, each in one place: the network's, and the recipe's around them.

Presets, the command line, config.json, recipe.json and the comparison of runs are all made from these two dataclasses.
A setting has a name of its own in both together. Knows nothing about torch: a page can read recipes without loading it.
"""

from __future__ import annotations

from dataclasses import MISSING, Field, dataclass, field, fields, replace
from typing import Any

from sentiment_core.errors import PresetError
from sentiment_core.model.settings import about, check_settings, setting, setting_fields
from sentiment_core.storage.formats import known_entries
from sentiment_core.text.tokenization import TOKENIZERS

CELLS = ("rnn_relu", "rnn_tanh", "lstm", "gru")
# "column" is the state at the batch's last column, padding or not: what is read where nobody asks for the lengths.
POOLINGS = ("last", "column", "max", "mean", "maxmean")
PRECISIONS = ("float32", "bfloat16")
# How the recurrent weights start: PyTorch's way with an LSTM's forget gates opened, PyTorch's way, or the identity
# of Le, Jaitly and Hinton (2015), with which a ReLU network begins by adding up what it reads.
INITIALIZATIONS = ("open", "torch", "identity")
LONGEST_NGRAM = 3  # tokens
# How the learning rate goes on from its start; linear falls in a straight line toward zero.
SCHEDULES = ("constant", "linear")
# The checkpoint of highest valid accuracy, the one of lowest valid loss, or the last.
KEEPS = ("accuracy", "loss", "last")


@dataclass(frozen=True, kw_only=True)
class NetworkConfig:
    """A network but for the size of its vocabulary, which is the tokenizer's."""

    cell: str = setting("lstm", "Recurrent cell.", choices=CELLS, by_preset=True, shapes_pretraining=True)
    bidirectional: bool = setting(
        False, "Whether a second network reads backward.", by_preset=True, shapes_pretraining=True
    )
    layers: int = setting(1, "Recurrent layers.", least=1)
    embedding_size: int = setting(64, "Width of a word's vector.", least=1, shapes_pretraining=True)
    hidden_size: int = setting(64, "Width of one direction's state.", least=1, shapes_pretraining=True)
    pooling: str = setting("last", "What the states of all tokens become.", choices=POOLINGS)
    head_size: int = setting(0, "Width of a hidden ReLU layer before the logit; 0 for none.", least=0)
    # Two logits, one a class, are trained by cross-entropy: their difference is the logit.
    outputs: int = setting(1, "1 logit, or 2, one a class.", choices=(1, 2))
    embedding_dropout: float = setting(
        0.0, "Share of tokens whose whole vector is zeroed in training.", least=0, below=1
    )
    # Between layers, and before the head.
    dropout: float = setting(0.0, "Share of state values zeroed in training.", least=0, below=1)
    embedding_std: float = setting(1.0, "Spread of the embedding's random start.", shapes_pretraining=True)
    initialization: str = setting(
        "open", "How the recurrent weights start.", choices=INITIALIZATIONS, shapes_pretraining=True
    )
    ngrams: int = setting(
        0,
        "Polarity of n-grams of up to this many tokens read beside each vector; 0 for none.",
        least=0,
        most=LONGEST_NGRAM,
        shapes_pretraining=True,
    )
    # What is asked for; model/precision.py says what runs. A network reads in float32 whatever it trains in.
    precision: str = setting("float32", "What an LSTM computes in while training.", choices=PRECISIONS)

    def __post_init__(self) -> None:
        """Raises PresetError for a value that no network can have."""
        check_settings(self)
        if self.initialization == "identity" and not self.cell.startswith("rnn"):
            raise PresetError("Only the cells rnn_relu and rnn_tanh can start from the identity.")


@dataclass(frozen=True)
class Recipe:
    """Every hyper-parameter of a run. Two equal recipes on equal data give equal runs."""

    preset: str = setting(MISSING, "One of those that `presets` lists.", by_preset=True)
    tokenizer: str = setting("wordpiece", f"Kind of tokenizer: {', '.join(TOKENIZERS)}.")
    max_length: int = setting(400, "Tokens read of each review, from its start.", least=1)
    network: NetworkConfig = field(default_factory=NetworkConfig)
    # A language model of all texts, the unlabelled ones too, as the start of the embedding and of the first layer: see
    # training/pretraining.py.
    pretraining_epochs: int = setting(
        0, "Passes of a language model over all texts first, the unlabelled ones too; 0 for none.", least=0
    )
    epochs: int = setting(5, "Passes over the training split.", least=1)
    batch_size: int = setting(32, "Reviews in a step.", least=1)
    learning_rate: float = setting(1e-3, "Adam's step size, at the start.", above=0)
    schedule: str = setting("constant", "How the step size goes on.", choices=SCHEDULES)
    clip: float = setting(0.0, "Greatest gradient norm; 0 for no clipping.", least=0)
    # For the Drift page to show.
    frames: bool = setting(True, "Whether the embedding is kept at every checkpoint.", sets_apart=False)
    keep: str = setting("accuracy", "Which checkpoint's weights are kept.", choices=KEEPS)
    # Such labels say nothing of their reviews.
    shuffle_labels: bool = setting(False, "Train on shuffled labels: a control, no result.")
    seed: int = setting(0, "Starts the weights and orders the batches.", least=0)

    def __post_init__(self) -> None:
        """Raises PresetError for a value that cannot be trained with."""
        check_settings(self)

    def change(self, **changes: Any) -> Recipe:
        """The same recipe with some settings changed, the network's too; None leaves one as it is.

        Raises PresetError for unknown names and for values that cannot be trained with.
        """
        if unknown := set(changes) - set(SETTINGS):
            raise PresetError(f"No setting {', '.join(sorted(unknown))}. Known: {', '.join(sorted(SETTINGS))}.")
        changes = {name: value for name, value in changes.items() if value is not None}
        inner = {name: changes.pop(name) for name in _NETWORK if name in changes}
        return replace(self, network=replace(self.network, **inner), **changes)

    def settings(self) -> dict[str, Any]:
        """Every setting by its name, the network's among the others."""
        return {name: getattr(self.network if name in _NETWORK else self, name) for name in SETTINGS}


def read_network(content: dict[str, Any]) -> NetworkConfig:
    """The network that an object of JSON describes: the default for what is not named; what is unknown is passed over.

    Raises PresetError where a value is none.
    """
    return NetworkConfig(**known_entries(NetworkConfig, content))


def read_recipe(content: dict[str, Any]) -> Recipe:
    """The recipe that an object of JSON describes, as `read_network` does. Raises KeyError where it has no preset."""
    entries = known_entries(Recipe, content) | {"preset": content["preset"]}
    return Recipe(**entries | {"network": read_network(content["network"])})


def _all_settings() -> dict[str, Field]:
    """In the order of a recipe, the network's where the network stands."""
    found: dict[str, Field] = {}
    for entry in fields(Recipe):
        inside = setting_fields(NetworkConfig) if entry.name == "network" else [entry]
        found |= {inner.name: inner for inner in inside}
    return found


_NETWORK = {entry.name: entry for entry in setting_fields(NetworkConfig)}
SETTINGS = _all_settings()  # every setting of a run by its name
OPTIONS = {name: entry for name, entry in SETTINGS.items() if not about(entry).by_preset}  # what a caller may change

"""Every setting of a run, each defined once: those of the network, and those of the recipe around it.

Presets, the command line, config.json, recipe.json and the comparison of runs are all derived from these two
dataclasses. No name occurs in both. Needs no torch, so a page can read recipes without loading it.
"""

from __future__ import annotations

from dataclasses import MISSING, Field, dataclass, field, fields, replace
from typing import Any

from sentiment_core.errors import PresetError
from sentiment_core.messages import lazy
from sentiment_core.model.settings import about, check_settings, setting, setting_fields
from sentiment_core.storage.formats import known_entries
from sentiment_core.text.tokenization import TOKENIZERS

CELLS = ("rnn_relu", "rnn_tanh", "lstm", "gru")
# "column" is the state at the batch's last column, even if it is padding: what code reads that ignores lengths.
POOLINGS = ("last", "column", "max", "mean", "maxmean")
MODEL_TYPE = "sentiment_recurrent"  # in config.json, which tells these networks from all others
PRECISIONS = ("float32", "bfloat16")
# How the recurrent weights are initialized: "open" is PyTorch's way with an LSTM's forget gates opened, "torch" is
# PyTorch's way, "identity" follows Le, Jaitly and Hinton (2015): a ReLU network then begins by summing its inputs.
INITIALIZATIONS = ("open", "torch", "identity")
LONGEST_NGRAM = 3  # tokens
# How the learning rate changes; linear decreases it to zero.
SCHEDULES = ("constant", "linear")
# Which checkpoint is kept: highest valid accuracy, lowest valid loss, or the last.
KEEPS = ("accuracy", "loss", "last")


@dataclass(frozen=True, kw_only=True)
class NetworkConfig:
    """A network without the size of its vocabulary, which the tokenizer decides."""

    cell: str = setting("lstm", lazy("Recurrent cell."), choices=CELLS, by_preset=True, shapes_pretraining=True)
    bidirectional: bool = setting(
        False, lazy("Whether a second direction reads backward."), by_preset=True, shapes_pretraining=True
    )
    layers: int = setting(1, lazy("Recurrent layers."), least=1)
    embedding_size: int = setting(64, lazy("Width of a token's vector."), least=1, shapes_pretraining=True)
    hidden_size: int = setting(64, lazy("Width of one direction's state."), least=1, shapes_pretraining=True)
    pooling: str = setting("last", lazy("How the states of all tokens are pooled."), choices=POOLINGS)
    head_size: int = setting(0, lazy("Width of a hidden ReLU layer before the logit; 0 for none."), least=0)
    # With two logits, one a class, training uses cross-entropy, and their difference is the logit.
    outputs: int = setting(1, lazy("Number of logits: 1, or one a class."), choices=(1, 2))
    embedding_dropout: float = setting(
        0.0, lazy("Share of tokens whose whole vector is zeroed in training."), least=0, below=1
    )
    # Applied between layers and before the head.
    dropout: float = setting(0.0, lazy("Share of state values zeroed in training."), least=0, below=1)
    embedding_std: float = setting(
        1.0, lazy("Standard deviation of the embedding's random start."), shapes_pretraining=True
    )
    initialization: str = setting(
        "open", lazy("How the recurrent weights are initialized."), choices=INITIALIZATIONS, shapes_pretraining=True
    )
    ngrams: int = setting(
        0,
        lazy("Longest n-grams, in tokens, whose polarity is read beside each vector; 0 for none."),
        least=0,
        most=LONGEST_NGRAM,
        shapes_pretraining=True,
    )
    # The requested precision; model/precision.py decides what runs. Inference is always float32.
    precision: str = setting("float32", lazy("Precision of an LSTM in training."), choices=PRECISIONS)

    def __post_init__(self) -> None:
        """Raises PresetError for a value that no network can have."""
        check_settings(self)
        if self.initialization == "identity" and not self.cell.startswith("rnn"):
            raise PresetError("Only the cells rnn_relu and rnn_tanh can start from the identity.")


@dataclass(frozen=True)
class Recipe:
    """Every hyper-parameter of a run. Equal recipes on equal data give equal runs."""

    preset: str = setting(MISSING, lazy("One of those that `presets` lists."), by_preset=True)
    tokenizer: str = setting("wordpiece", lazy("Kind of tokenizer: {names}.", names=", ".join(TOKENIZERS)))
    max_length: int = setting(400, lazy("Tokens read of each review, from its start."), least=1)
    network: NetworkConfig = field(default_factory=NetworkConfig)
    # Pretrains the embedding and the first layer as a language model of all texts: see training/pretraining.py.
    pretraining_epochs: int = setting(
        0,
        lazy("Epochs of pretraining as a language model of all texts, including unlabelled ones; 0 for none."),
        least=0,
    )
    epochs: int = setting(5, lazy("Passes over the training split."), least=1)
    batch_size: int = setting(32, lazy("Reviews in a step."), least=1)
    learning_rate: float = setting(1e-3, lazy("Adam's learning rate at the start."), above=0)
    schedule: str = setting("constant", lazy("How the learning rate changes."), choices=SCHEDULES)
    clip: float = setting(0.0, lazy("Greatest gradient norm; 0 for no clipping."), least=0)
    # The Drift page shows them.
    frames: bool = setting(True, lazy("Whether to keep the embedding at every checkpoint."), sets_apart=False)
    keep: str = setting("accuracy", lazy("Which checkpoint's weights are kept."), choices=KEEPS)
    # Shuffled labels carry no information about their reviews.
    shuffle_labels: bool = setting(False, lazy("Train on shuffled labels, as a control."))
    seed: int = setting(0, lazy("Seed of the initial weights and of the batch order."), least=0)

    def __post_init__(self) -> None:
        """Raises PresetError for a value that cannot be trained with."""
        check_settings(self)

    def change(self, **changes: Any) -> Recipe:
        """The recipe with some settings changed, including the network's; None keeps a setting.

        Raises PresetError for unknown names and for values that cannot be trained with.
        """
        if unknown := set(changes) - set(SETTINGS):
            raise PresetError(
                "No setting {names}. Known settings: {known}.", names=sorted(unknown), known=sorted(SETTINGS)
            )
        changes = {name: value for name, value in changes.items() if value is not None}
        inner = {name: changes.pop(name) for name in _NETWORK if name in changes}
        return replace(self, network=replace(self.network, **inner), **changes)

    def settings(self) -> dict[str, Any]:
        """Every setting by name, including the network's."""
        return {name: getattr(self.network if name in _NETWORK else self, name) for name in SETTINGS}


def read_network(content: dict[str, Any]) -> NetworkConfig:
    """The network that a JSON object describes. Missing settings get their default; unknown ones are ignored.

    Raises PresetError for an invalid value.
    """
    return NetworkConfig(**known_entries(NetworkConfig, content))


def read_recipe(content: dict[str, Any]) -> Recipe:
    """The recipe that a JSON object describes, read as in `read_network`. Raises KeyError if it names no preset."""
    entries = known_entries(Recipe, content) | {"preset": content["preset"]}
    return Recipe(**entries | {"network": read_network(content["network"])})


def _all_settings() -> dict[str, Field]:
    """All settings in the order of a recipe, with the network's in the place of `network`."""
    found: dict[str, Field] = {}
    for entry in fields(Recipe):
        inside = setting_fields(NetworkConfig) if entry.name == "network" else [entry]
        found |= {inner.name: inner for inner in inside}
    return found


_NETWORK = {entry.name: entry for entry in setting_fields(NetworkConfig)}
SETTINGS = _all_settings()  # every setting of a run by name
OPTIONS = {name: entry for name, entry in SETTINGS.items() if not about(entry).by_preset}  # a caller may change these

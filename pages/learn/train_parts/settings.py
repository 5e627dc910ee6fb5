"""The settings of a training as widgets, made from the dataclasses that define them."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from typing import Any

import streamlit as st

from pages.shared.address import kept
from pages.shared.run_words import setting_name
from pages.shared.training_data import ABOUT
from sentiment_core.messages import Message, lazy, lazy_in

# In the words of the lesson. Those that two networks have in common, those of each, and those that are folded away.
SHARED = ("epochs", "batch_size", "seed")
MAIN = ("cell", "bidirectional", "hidden_size", "layers", "max_length", "dropout", "learning_rate", "clip")
FOLDED = (
    *("pooling", "embedding_size", "embedding_dropout", "embedding_std", "head_size", "outputs", "initialization"),
    *("schedule", "keep", "ngrams", "pretraining_epochs", "precision", "shuffle_labels"),
)
_LABELS: dict[str, Message] = {
    "cell": lazy("Cell"),
    "bidirectional": lazy("Direction"),
    "hidden_size": lazy("Width"),
    "layers": lazy("Layers"),
    "max_length": lazy("Tokens read"),
    "dropout": lazy("Dropout"),
    "learning_rate": lazy("Learning rate"),
    "clip": lazy("Clip at"),
    "epochs": lazy("Epochs"),
    "batch_size": lazy("Batch"),
    "seed": lazy("Seed"),
}
_WORDS: dict[str, dict[object, Message]] = {  # of values; those without words keep their names
    "cell": {
        "rnn_relu": lazy("plain RNN, ReLU"),
        "rnn_tanh": lazy("plain RNN, tanh"),
        "lstm": lazy("LSTM"),
        "gru": lazy("GRU"),
    },
    "bidirectional": {False: lazy("forward"), True: lazy("both ways")},
    "shuffle_labels": {False: lazy_in("labels", "as they are"), True: lazy_in("labels", "shuffled")},
    "pooling": {
        "last": lazy("last state"),
        "column": lazy("last column"),
        "max": lazy("maximum"),
        "mean": lazy("mean"),
        "maxmean": lazy("maximum and mean"),
    },
}
# Beyond these a training in the page would not end, or not fit into memory.
_MOST = {
    **{"hidden_size": 512, "embedding_size": 512, "head_size": 512, "layers": 4, "max_length": 2000, "clip": 1e6},
    **{"batch_size": 1024, "epochs": 200, "pretraining_epochs": 20, "learning_rate": 100.0, "embedding_std": 10.0},
    "seed": 2**31 - 1,
}
_STEPS = {"learning_rate": 0.001, "dropout": 0.1, "embedding_dropout": 0.1, "clip": 0.5, "embedding_std": 0.1}
_SMALLEST = 1e-9  # for a number that must be above a bound


def label(name: str) -> str:
    """A setting in the words of the lesson, or by its name."""
    if name in _LABELS:
        return str(_LABELS[name])
    words = setting_name(name)
    return words[:1].upper() + words[1:]


def words(name: str, value: object) -> str:
    """A value of a setting in the reader's words."""
    return str(_WORDS.get(name, {}).get(value, value))


def setting(
    name: str,
    key: str,
    default: Any,
    choices: tuple[Any, ...] = (),
    limits: tuple[float, float] | None = None,
    **given: Any,
) -> Any:
    """A widget for a setting, which is in the address as `key` where its value is not the default.

    choices: the values to choose from, limits: the least and the most of a number; both where a lesson allows fewer.
    given: further arguments of the widget.
    """
    about = ABOUT[name]
    given = {"help": str(about.help), **given}
    values = choices or ((False, True) if type(default) is bool else about.choices)
    if values:
        return _one_of(name, key, default, values, given)
    least, most = bounds(name, limits)
    whole = type(default) is int
    kind: type = int if whole else float

    def read(text: str) -> Any:
        try:
            value = kind(text)
        except ValueError:
            return None
        return value if least <= value <= most else None

    return kept(
        st.number_input,
        label(name),
        key,
        default,
        read,
        in_address,
        min_value=kind(least),
        max_value=kind(most),
        step=1 if whole else _STEPS.get(name, 0.1),
        format="%d" if whole else "%g",
        width=132,
        **given,
    )


def _one_of(name: str, key: str, default: Any, values: Sequence[Any], given: Mapping[str, Any]) -> Any:
    codes: Mapping[str, Any] = {in_address(value): value for value in values}
    texts = {value: words(name, value) for value in values}
    return kept(
        st.selectbox,
        label(name),
        key,
        default,
        codes.get,
        in_address,
        options=list(values),
        format_func=lambda value: texts[value],
        width=168,
        **given,
    )


def in_address(value: object) -> str:
    """A value as the address has it."""
    return f"{value:.10g}" if isinstance(value, float) else str(value).lower()


def bounds(name: str, limit: tuple[float, float] | None = None) -> tuple[float, float]:
    """The least and the most of a number."""
    about = ABOUT[name]
    least = max(about.least, about.above + _SMALLEST)
    most = min(about.most, about.below - 0.01, _MOST.get(name, math.inf))
    if limit is not None:
        least, most = max(least, limit[0]), min(most, limit[1])
    return (least if math.isfinite(least) else 0.0), most

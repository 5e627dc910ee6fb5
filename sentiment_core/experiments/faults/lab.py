"""What the debug lab trains, and what it says of the reviews that a network was trained on. Needs no torch."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from sentiment_core.experiments.faults.fault import TRAINED_ON, Fault
from sentiment_core.experiments.reproduction.variation import Variation
from sentiment_core.model.config import Recipe
from sentiment_core.text.copies import Copies, find_copies
from sentiment_core.text.reviews import KOREAN_PART, Reviews

# Real reviews: on toy every network that learns is right about all of valid and test, so a leak would not show. A plain
# RNN that judges by its last state: an LSTM would carry its verdict past the padding, and nothing would show either.
SOURCE = KOREAN_PART
HEALTHY, BROKEN = "healthy", "broken"  # what the names of the runs begin with
RECIPE = Recipe("rnn").change(
    max_length=60,
    cell="rnn_tanh",
    embedding_size=32,
    embedding_std=0.1,
    hidden_size=32,
    epochs=4,
    batch_size=32,
    learning_rate=2e-3,
    clip=1.0,
    keep="last",
)
PARTS = ("curves", "drift", "forgetting")  # of the live view


def lab_networks(fault: Fault, seed: int) -> dict[str, tuple[Recipe, Mapping[str, Any]]]:
    """The recipe and the variation of the healthy and the broken network, by what their names begin with."""
    recipe = RECIPE.change(seed=seed)
    return {HEALTHY: (recipe, {}), BROKEN: (recipe, Variation(fault=fault.code).record())}


def copies_in_training(reviews: Reviews, fault: str) -> Copies:
    """Texts of valid and test that also stand among the reviews that a network with this fault was trained on.

    fault: its code; empty for a healthy network.
    """
    splits = {name: split.texts for name, split in reviews.splits.items()}
    read = [text for name in TRAINED_ON.get(fault, ("train",)) for text in splits[name]]
    return find_copies(splits | {"train": read})

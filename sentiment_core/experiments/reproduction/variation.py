"""Differences that an experiment makes to the training of a network, beside the settings of a recipe. Needs no torch.

The first three were tried for the presets and gained nothing beyond the spread over seeds (docs/results.md), so they
are no settings of a recipe. The rows that show this, and older runs that use them, can still be reproduced.
`bucketed_by` lets two networks that read different numbers of tokens train on the same batches. `fault` makes one of
the mistakes of the debug lab on purpose: its runs are controls, not results.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, fields
from typing import Any

from sentiment_core.errors import PresetError, RunError
from sentiment_core.messages import lazy
from sentiment_core.model.settings import check_settings, setting

# What each does: experiments/faults/.
FAULT_CODES = ("padding", "order", "labels", "sigmoid", "rate", "leak")


@dataclass(frozen=True)
class Variation:
    """The default is a plain training."""

    averaging: float = setting(
        0.0, lazy("Share of an average of the weights kept at a step; 0 for none."), least=0, below=1
    )
    adversarial: float = setting(0.0, lazy("Length of the worst step of a review's embeddings; 0 for none."), least=0)
    labelled_texts: bool = setting(False, lazy("Whether pretraining reads the labelled texts alone."))
    bucketed_by: int = setting(
        0, lazy("Tokens at which reviews are cut to find batches of similar length; 0 for the max length."), least=0
    )

    fault: str = setting(
        "", lazy("A mistake that training makes on purpose; empty for none."), choices=("", *FAULT_CODES)
    )

    def __post_init__(self) -> None:
        """Raises PresetError for a value that cannot be trained with."""
        check_settings(self)

    def record(self) -> dict[str, Any]:
        """The differences from a plain training by name, as recipe.json stores them."""
        return {entry.name: value for entry in fields(self) if (value := getattr(self, entry.name)) != entry.default}


PLAIN = Variation()


def read_variation(record: Mapping[str, Any]) -> Variation:
    """The variation that `Variation.record` recorded. Raises RunError if this program does not know it."""
    known = {entry.name for entry in fields(Variation)}
    if unknown := set(record) - known:
        raise RunError(
            "This program cannot train with {names}. Use the program that wrote the run.", names=sorted(unknown)
        )
    try:
        return Variation(**record)
    except PresetError as error:
        raise RunError("The run's variation is damaged: {error} Train it again.", error=error.words) from error

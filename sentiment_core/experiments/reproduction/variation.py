"""What an experiment changes in how a network is trained, beside the settings of a recipe. Knows nothing about torch.

Each of these was tried for the presets and gave nothing within the spread over seeds (docs/results.md), so it is no
setting of a recipe. The rows that show it, and older runs that have it, stay reproducible.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, fields
from typing import Any

from sentiment_core.errors import PresetError, RunError
from sentiment_core.model.settings import check_settings, setting


@dataclass(frozen=True)
class Variation:
    """By default a plain training."""

    averaging: float = setting(0.0, "Share of an average of the weights kept at a step; 0 for none.", least=0, below=1)
    adversarial: float = setting(0.0, "Length of the worst step of a review's embeddings; 0 for none.", least=0)
    labelled_texts: bool = setting(False, "Whether pretraining reads the labelled texts alone.")

    def __post_init__(self) -> None:
        """Raises PresetError for a value that cannot be trained with."""
        check_settings(self)

    def record(self) -> dict[str, Any]:
        """What is not as in a plain training, by name, as recipe.json keeps it."""
        return {entry.name: value for entry in fields(self) if (value := getattr(self, entry.name)) != entry.default}


PLAIN = Variation()


def read_variation(record: Mapping[str, Any]) -> Variation:
    """What `Variation.record` recorded. Raises RunError where this program knows no such variation."""
    known = {entry.name for entry in fields(Variation)}
    if unknown := set(record) - known:
        raise RunError(f"No way to train with {', '.join(sorted(unknown))} here. Take the program that wrote the run.")
    try:
        return Variation(**record)
    except PresetError as error:
        raise RunError(f"The run's variation is damaged: {error} Train it again.") from error

"""The formats of a run folder: the changes from each version of its files to the next."""

from __future__ import annotations

from typing import Any

from sentiment_core.errors import NewerRunError
from sentiment_core.storage.formats import FileFormat, Step, unchanged

# The settings of 0.1.0's recipe that describe the network, under their names at the time.
_NETWORK_OF_0 = (
    *("cell", "bidirectional", "layers", "embedding_size", "hidden_size", "pooling", "head_size", "outputs"),
    *("embedding_dropout", "dropout", "embedding_std", "initialization", "ngrams", "precision"),
)


def _part_settings(content: dict[str, Any]) -> dict[str, Any]:
    """Moves the network's settings into an object of their own, and those of the ablation beside the recipe."""
    recipe = dict(content["recipe"])
    network = {name: recipe.pop(name) for name in _NETWORK_OF_0 if name in recipe}
    averaging, adversarial = recipe.pop("averaging", 0.0), recipe.pop("adversarial", 0.0)
    texts = recipe.pop("pretraining_texts", "train")
    variation: dict[str, Any] = {"averaging": averaging} if averaging else {}
    if adversarial:
        variation["adversarial"] = adversarial
    if texts == "train" and recipe.get("pretraining_epochs"):
        variation["labelled_texts"] = True
    return content | {"recipe": recipe | {"network": network}, "variation": variation}


def _rename_checkpoint(content: dict[str, Any]) -> dict[str, Any]:
    """Renames "moment" to "checkpoint"."""
    content = dict(content)
    content["since_checkpoint"] = content.pop("since_moment")
    return content


# Of recipe.json and the files beside it.
RECIPE = FileFormat((Step("0.2.0", _part_settings),), NewerRunError)
# Of the position in state.safetensors.
STATE = FileFormat((Step("0.2.0", unchanged), Step("0.3.0", _rename_checkpoint)), NewerRunError)

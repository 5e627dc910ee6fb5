"""Load a classifier of any kind from its folder."""

from __future__ import annotations

import json
from pathlib import Path

from sentiment_core.classifiers.linear_files import is_linear, load_linear
from sentiment_core.classifiers.protocol import Classifier
from sentiment_core.model.blas import limit_blas
from sentiment_core.model.config import MODEL_TYPE
from sentiment_core.runs.layout import HISTORY, RECIPE

HUB = "hub:"  # marks the id of a Hub model where a folder name is expected


def load_classifier(
    folder: str | Path,
    device: str = "cpu",
    threads: int | None = None,
    sides: dict[str, str] | None = None,
    light: bool = False,
) -> Classifier:
    """Load the classifier in a folder, of any kind.

    folder: a run, a linear classifier that `reproduce` saved, or a text classifier that transformers' `save_pretrained`
        wrote. For a Hub model, hub:owner/name.
    device: where a network computes, as in `choose_device`.
    threads: the number that one operation of a network may use, for the whole process. None leaves it unchanged.
    sides: negative, neutral or positive for the labels of a transformers model whose names do not say it.
    light: whether a network is computed by NumPy, on the CPU and without torch, which takes 190 MB. It reads one text
        at a time nearly as fast, and gives the same numbers.
    Raises RunError, TokenizerError, ClassifierError or ModelError if a file is missing, damaged or contradicts another,
    and DeviceError if there is no such device.
    """
    path = Path(folder)
    if is_linear(path):
        return load_linear(path)
    name = path.as_posix()
    of_transformers = name.startswith(HUB) or _is_of_transformers(path)
    if light and not of_transformers:
        from sentiment_core.classifiers.arrays import load_arrays

        if threads is not None:
            limit_blas(threads)
        return load_arrays(path)
    if threads is not None:
        from sentiment_core.model.threads import limit_threads  # imports torch, which takes seconds

        limit_threads(threads)
    if of_transformers:
        from sentiment_core.classifiers.hub import load_hub  # imports transformers: two more seconds

        return load_hub(name.removeprefix(HUB), device, sides)
    from sentiment_core.classifiers.recurrent import load_network

    return load_network(folder, device)


def _is_of_transformers(folder: Path) -> bool:
    """Whether a folder holds a transformers model that was not trained here, and no run."""
    if (folder / RECIPE).exists() or (folder / HISTORY).exists():
        return False
    try:
        return json.loads((folder / "config.json").read_text("utf-8"))["model_type"] != MODEL_TYPE
    except (OSError, ValueError, TypeError, KeyError):
        return False  # load_network reports what is wrong with the file

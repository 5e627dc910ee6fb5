"""A classifier of any kind from its folder."""

from __future__ import annotations

import json
from pathlib import Path

from sentiment_core.classifiers.linear_files import is_linear, load_linear
from sentiment_core.classifiers.protocol import Classifier
from sentiment_core.model.config import MODEL_TYPE
from sentiment_core.runs.layout import HISTORY, RECIPE

HUB = "hub:"  # before the id of a model of the Hub, where a folder is asked for


def load_classifier(folder: str | Path, device: str = "cpu", threads: int | None = None) -> Classifier:
    """Load whatever classifier a folder holds.

    folder: of a run, of a linear classifier that `reproduce` saved, or what transformers' `save_pretrained` wrote of
        any text classifier; or hub:owner/name for one of the Hub.
    device: where a network computes, as in `choose_device`.
    threads: that one operation of a network may take from here on, in all of this process; None leaves it as it is.
    Raises RunError, TokenizerError, ClassifierError or ModelError where anything in it is missing, damaged or
    disagrees, DeviceError where there is no such device.
    """
    path = Path(folder)
    if is_linear(path):
        return load_linear(path)
    if threads is not None:
        from sentiment_core.model.threads import limit_threads  # torch: seconds, only for what computes with it

        limit_threads(threads)
    name = path.as_posix()
    if name.startswith(HUB) or _is_of_transformers(path):
        from sentiment_core.classifiers.hub import load_hub  # transformers: two seconds more

        return load_hub(name.removeprefix(HUB), device)
    from sentiment_core.classifiers.recurrent import load_network

    return load_network(folder, device)


def _is_of_transformers(folder: Path) -> bool:
    """Whether a folder holds a model of another kind than those trained here, and no run."""
    if (folder / RECIPE).exists() or (folder / HISTORY).exists():
        return False
    try:
        return json.loads((folder / "config.json").read_text("utf-8"))["model_type"] != MODEL_TYPE
    except (OSError, ValueError, TypeError, KeyError):
        return False  # load_network says what is wrong with it

"""A classifier of any kind from its folder."""

from __future__ import annotations

from pathlib import Path

from sentiment_core.classifiers.protocol import Classifier


def load_classifier(folder: str | Path, device: str = "cpu", threads: int | None = None) -> Classifier:
    """Load whatever classifier a folder holds: a run, or what transformers' `save_pretrained` wrote of one.

    device: where a network computes, as in `choose_device`.
    threads: that one operation of a network may take from here on, in all of this process; None leaves it as it is.
    Raises RunError, TokenizerError or ClassifierError where anything in it is missing, damaged or disagrees,
    DeviceError where there is no such device.
    """
    from sentiment_core.classifiers.recurrent import load_network  # torch: seconds, only for what computes with it
    from sentiment_core.model.threads import limit_threads

    if threads is not None:
        limit_threads(threads)
    return load_network(folder, device)

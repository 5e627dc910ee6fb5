"""How recurrent networks learn sentiment, from a review to a picture.

    reviews = load_reviews("imdb")                    # text.reviews       reviews -> tokens -> ids
    recipe = preset("bilstm")                         # model.presets      ids -> logits
    for progress in train_run(recipe, reviews, out):  # training.pipeline  logits -> a run on disk
        ...
    drift = load_drift(load_run(out), tokens)         # analysis.drift     a run -> records of numbers
    figure = draw_drift(drift, frame, tokens, ...)    # figures.drift      records -> plotly figures

A trained classifier in one line: `load("checkpoints/imdb/bilstm").predict(["not bad at all"])`.
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from sentiment_core.version import __version__

if TYPE_CHECKING:
    from sentiment_core.classifiers.protocol import Classifier

__all__ = ["__version__", "load"]


def load(folder: str | Path, device: str = "cpu") -> Classifier:
    """The classifier in a folder, ready to `predict`.

    folder: of a run, of a linear classifier, of any text classifier that transformers' `save_pretrained` wrote, or
        hub:owner/name for one of the Hub.
    device: where a network computes: cpu, cuda, mps, or auto for CUDA if there is one.
    Raises RunError, ClassifierError or ModelError if there is no such classifier or it is damaged, and DeviceError if
    there is no such device.
    """
    from sentiment_core.classifiers.loading import load_classifier

    return load_classifier(folder, device)

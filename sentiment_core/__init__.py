"""How recurrent networks learn sentiment, from a review to a picture.

    reviews = load_reviews("imdb")                    # text.reviews       reviews -> tokens -> ids
    recipe = preset("bilstm")                         # model.presets      ids -> logits
    for progress in train_run(recipe, reviews, out):  # training.pipeline  logits -> a run on disk
        ...
    drift = load_drift(load_run(out), tokens)         # analysis.drift     a run -> records of numbers
    figure = draw_drift(drift, frame, tokens, ...)    # figures.drift      records -> plotly figures

A trained run in one line: `load("checkpoints/imdb/bilstm").predict(["not bad at all"])`.
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from sentiment_core.version import __version__

if TYPE_CHECKING:
    from sentiment_core.classifiers.protocol import Classifier

__all__ = ["__version__", "load"]


def load(folder: str | Path, device: str = "cpu") -> Classifier:
    """The trained network in a run folder, or in one of transformers' `save_pretrained`, ready to `predict`.

    device: where it reads: cpu, cuda, mps, or auto for CUDA where there is one.
    Raises RunError where the folder holds no sound network, DeviceError where there is no such device.
    """
    from sentiment_core.classifiers.loading import load_classifier

    return load_classifier(folder, device)

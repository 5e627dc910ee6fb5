"""How recurrent networks learn sentiment, from a review to a picture.

reviews = load_reviews("imdb")                    # text/      reviews -> tokens -> ids
recipe = preset("bilstm")                         # model/     ids -> logits
for progress in train_run(recipe, reviews, out):  # training/  logits -> a run on disk
    ...
drift = project_frames(read_frames(out))          # analysis/  a run -> records of numbers
draw_drift(drift, ...).show()                     # figures/   records -> plotly figures

load("checkpoints/imdb/bilstm").predict(["not bad at all"])
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from sentiment_core.analysis.prediction import Classifier

__all__ = ["load"]


def load(folder: str | Path) -> Classifier:
    """The trained network in a run folder, ready to `predict`. Raises RunError where the folder holds no sound run."""
    from sentiment_core.analysis.prediction import load_classifier  # torch loads only when a network is asked for

    return load_classifier(folder)

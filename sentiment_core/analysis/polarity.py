"""When a token's polarity is read as leaning, the same in every figure and every measure."""

from __future__ import annotations

import numpy as np

# Beyond this log-odds a token counts as leaning: e^0.5, about 1.6 times as frequent in reviews of one label.
LEANING = 0.5


def lean(polarity: np.ndarray) -> np.ndarray:
    """Which way each token leans [vocab] str, from polarity [vocab]: positive, negative or neutral; NaN is neutral."""
    return np.where(polarity > LEANING, "positive", np.where(polarity < -LEANING, "negative", "neutral"))

"""The threshold beyond which a token counts as positive or negative, for every figure and measure."""

from __future__ import annotations

import numpy as np

# A token beyond this log-odds is not neutral: e^0.5, about 1.6 times as frequent in reviews of one label.
LEANING = 0.5


def lean(polarity: np.ndarray) -> np.ndarray:
    """The side of each token [vocab] str, from polarity [vocab]: positive, negative or neutral; NaN is neutral."""
    return np.where(polarity > LEANING, "positive", np.where(polarity < -LEANING, "negative", "neutral"))

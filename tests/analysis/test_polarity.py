"""The threshold of polarity."""

import numpy as np

from sentiment_core.analysis.polarity import lean


def test_leaning_starts_past_the_limit():
    assert lean(np.array([0.5, 0.51, -0.5, -0.51, 0.0, np.nan])).tolist() == [
        "neutral",
        "positive",
        "neutral",
        "negative",
        "neutral",
        "neutral",
    ]

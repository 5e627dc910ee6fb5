"""Made-up test splits: classifiers of known quality whose errors go together, with as many ties as float16 has."""

import numpy as np

from sentiment_core.analysis.evaluation.compared import Compared


def made_up(reviews: int = 400, seed: int = 0, decimals: int = 1) -> Compared:
    """Two classifiers, the second better, on the same reviews. Few decimals make many log-odds equal."""
    rng = np.random.default_rng(seed)
    labels = rng.integers(0, 2, reviews)
    difficulty = rng.normal(size=reviews)
    log_odds = {
        name: np.round(signal * (2 * labels - 1) + difficulty + rng.normal(size=reviews), decimals).astype(np.float32)
        for name, signal in (("weak", 0.8), ("strong", 1.6))
    }
    return Compared(labels, np.arange(reviews), log_odds)


def by_hand(labels: list[int], log_odds: list[float], name: str = "one") -> Compared:
    """One classifier on a handful of reviews."""
    return Compared(np.array(labels), np.arange(len(labels)), {name: np.array(log_odds, dtype=np.float32)})

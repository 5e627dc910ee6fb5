"""A panel of random points, by default as large as a published run's."""

import numpy as np

from sentiment_core.analysis.drift.separation import Separation
from sentiment_core.player.panels import Frame, Panel, Vocabulary


def full_panel(title: str, words: int = 10_000, frames: int = 12) -> Panel:
    rng = np.random.default_rng(0)
    names = np.array([f"w{index:05}" for index in range(words)], dtype=object)  # 6 bytes, IMDB's have 5.7
    counts = rng.integers(0, 300_000, (words, 2))
    vocabulary = Vocabulary(names, np.linspace(-4, 4, words), counts, np.full(words, True))
    return Panel(
        title,
        vocabulary,
        rng.normal(size=(frames, words, 2)).astype(np.float32),
        rng.random((frames, words)).astype(np.float32),
        [("axis 1 (34.0% of variance)", "axis 2 (12.0% of variance)")],
        [Frame(float(index), index * 400, f"epoch {index}", 0.5) for index in range(frames)],
        separation=Separation(rng.random(frames), rng.random(frames), words // 2, words // 2),
    )

"""A small grammar of our own that writes labelled reviews: data with no download, and known answers.

Each review has one sentence that decides its label (the cue) among sentences that say nothing. The cue is plain ("the
acting was superb"), in one of six negated ("the plot was not good"), in another a contrast whose second half wins ("a
dull plot but superb acting"). So a word that praises stands more often in positive reviews, and yet cannot be trusted
alone. How many neutral words stand after the cue is chosen, so that memory over distance can be tested.
"""

from __future__ import annotations

import numpy as np

POSITIVE = ["good", "great", "superb", "wonderful", "brilliant", "moving", "funny", "charming", "excellent", "clever"]
NEGATIVE = ["bad", "awful", "dull", "terrible", "boring", "clumsy", "stupid", "weak", "dreadful", "tedious"]
ASPECTS = ["plot", "acting", "story", "script", "music", "ending", "cast", "dialogue", "camera", "pacing"]
FILLERS = (
    "we saw it on a friday evening",
    "the hall was nearly full",
    "it runs for about two hours",
    "the film was shot in the north",
    "my brother bought the tickets",
    "the story begins in a small town",
    "there is a train and a long road",
    "it opened in the spring",
)


def toy_cue(label: int, rng: np.random.Generator) -> str:
    """One clause whose sentiment is `label` (0 negative, 1 positive): plain, negated or a contrast."""
    words, others = (POSITIVE, NEGATIVE) if label else (NEGATIVE, POSITIVE)
    first, second = (ASPECTS[i] for i in rng.choice(len(ASPECTS), 2, replace=False))
    word, other = words[rng.integers(len(words))], others[rng.integers(len(others))]
    match rng.integers(6):
        case 0:
            return f"the {first} was not {other}"
        case 1:
            return f"a {other} {first} but {word} {second}"
        case _:
            return f"the {first} was {word}"


def toy_reviews(count: int, *, seed: int = 0, distance: int | None = None) -> tuple[list[str], np.ndarray]:
    """`count` reviews and their labels [count] int64, half of each label, shuffled.

    distance: neutral words after the cue, at least (whole sentences are added until reached); None draws it for each
    review, from 0 to 40.
    """
    rng = np.random.default_rng(seed)
    labels = rng.permutation(np.arange(count, dtype=np.int64) % 2)
    texts = []
    for label in labels:
        before = [FILLERS[i] for i in rng.choice(len(FILLERS), rng.integers(0, 4), replace=False)]
        after: list[str] = []
        wanted = int(rng.integers(0, 41)) if distance is None else distance
        words = 0
        while words < wanted:
            after.append(FILLERS[rng.integers(len(FILLERS))])
            words += after[-1].count(" ") + 1
        texts.append(". ".join([*before, toy_cue(int(label), rng), *after]) + ".")
    return texts, labels

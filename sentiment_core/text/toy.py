"""A small grammar that writes labelled reviews: data without a download, with known answers.

One sentence in each review decides its label (the cue); the others are neutral. The cue is plain ("the acting was
superb"). In one review of six it is negated ("the plot was not good"), in another it is a contrast whose second half
decides ("a dull plot but superb acting"). So a word of praise is more frequent in positive reviews, but cannot be
trusted alone. The number of neutral words after the cue can be chosen, to test memory over a distance.
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
    """One clause with the sentiment `label` (0 negative, 1 positive): plain, negated or a contrast."""
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

    distance: the least number of neutral words after the cue; whole sentences are added until it is reached. None draws
        it from 0 to 40 for each review.
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

"""What is said about each mistake of the debug lab, and which puzzle code stands for it. Needs no torch."""

from __future__ import annotations

import hashlib
import re
import secrets
from collections.abc import Mapping
from dataclasses import dataclass

from sentiment_core.experiments.reproduction.variation import FAULT_CODES
from sentiment_core.messages import Message, lazy

_LETTERS = "abcdefghijklmnopqrstuvwxyz234567"
_PUZZLE = re.compile(f"[{_LETTERS}]{{4}}", re.ASCII)
SEEDS = (0, 1, 2)  # of puzzles
# The splits that a network is trained on, where they are not the training split alone.
TRAINED_ON: Mapping[str, tuple[str, ...]] = {"leak": ("train", "test")}


@dataclass(frozen=True)
class Fault:
    """One mistake."""

    code: str  # one of FAULT_CODES
    title: Message
    signs: Message  # what one would see if this were the mistake: a hint after a wrong answer
    explanation: Message  # why it shows in this way, Markdown
    wrong: str  # the lines of Python that are wrong
    mended: str  # the same lines as they should be


FAULTS: dict[str, Fault] = {
    fault.code: fault
    for fault in (
        Fault(
            "padding",
            lazy("Padding is read as text"),
            lazy(
                "If padding were read as text, the broken network would read several times as many tokens a step, and "
                "what it knows of the words would have to survive dozens of empty tokens."
            ),
            lazy(
                """
Each review was filled up to 100 tokens, and the state after the last of them was taken in place of the state after the
last word. A plain RNN forgets within some tens of tokens, so after eighty empty ones nothing of the text is left, and
hardly any gradient reaches the words. It learns nothing, although all labels are right.

**What shows it:** the loss stays at 0.69 and valid at 50%, as with wrong labels. But at each step the broken network
reads 3,200 tokens, always the same number, where the healthy one reads about 500. So its line of tokens a second lies
higher, and yet each step takes longer.
"""
            ),
            "lengths = torch.full_like(batch.lengths, ids.shape[1])",
            "lengths = batch.lengths",
        ),
        Fault(
            "order",
            lazy("The reviews are not shuffled"),
            lazy(
                "If the reviews were not shuffled, the loss on train would have the same shape in each epoch: near 0 "
                "while all reviews are negative, a high peak when the positive ones begin, then near 0 again."
            ),
            lazy(
                """
The reviews were sorted by label. In the first half of an epoch every review is negative, so the network learns to say
negative whatever it reads, and its loss falls to 0. Then every review is positive: the loss jumps up, and the network
learns to say positive.

**What shows it:** one peak of the loss and of the gradient norm in the middle of each epoch. The accuracy on valid,
measured at the end of each epoch, stays near 50%, because the network has just learned to always say positive.
"""
            ),
            "np.split(np.arange(len(lengths)), range(batch_size, len(lengths), batch_size))",
            "order = rng.permutation(len(lengths))",
        ),
        Fault(
            "labels",
            lazy("The labels are off by one"),
            lazy(
                "If the labels were off by one, nothing could be learned about new reviews: valid would stay near 50%. "
                "The loss on train would fall slowly or not at all, without peaks. Both networks would read equally "
                "many tokens a step."
            ),
            lazy(
                """
Each review was trained with the label of the review before it. Reviews that follow each other have nothing to do with
each other, so the labels were as good as shuffled.

**What shows it:** the accuracy on valid stays near 50% and the loss on valid does not fall, while everything else looks
orderly: no peaks, a small gradient norm. If the loss on train falls at all, the network learns reviews by heart.
"""
            ),
            "labels = batch.labels.roll(1)",
            "labels = batch.labels",
        ),
        Fault(
            "sigmoid",
            lazy("The sigmoid is applied twice"),
            lazy(
                "If the sigmoid were applied twice, the loss on train could not fall below 0.50, however high the "
                "accuracy is."
            ),
            lazy(
                """
The loss takes logits and applies the sigmoid itself. Here it got numbers between 0 and 1 that had been through a
sigmoid already, and took them for logits. Then even the best answers cost 0.31 for a positive and 0.69 for a negative
review, 0.50 on average. To come near to that the network makes its logits as large as it can.

**What shows it:** the accuracy on train rises as it should, but the loss on train levels off at 0.50. On valid the loss
is computed correctly: there it falls, and rises again as the logits become huge.
"""
            ),
            "F.binary_cross_entropy_with_logits(torch.sigmoid(logits), batch.labels.float())",
            "F.binary_cross_entropy_with_logits(logits, batch.labels.float())",
        ),
        Fault(
            "rate",
            lazy("The rate is 100 times too high"),
            lazy(
                "If the rate were 100 times too high, the loss would rise far above 0.69 within the first steps, and "
                "the words would jump instead of drifting."
            ),
            lazy(
                """
The learning rate was 0.2 where the healthy network has 0.002. The first steps throw the weights far from their start:
the loss rises above that of guessing before anything is learned.

**What shows it:** a peak of the loss at the very beginning, a restless loss afterwards, and words that land far from
where they started after a single epoch.
"""
            ),
            "rate = RATE_FACTOR",
            "rate = 1.0",
        ),
        Fault(
            "leak",
            lazy("The test split is in training"),
            lazy(
                "If the test split were in training, the curves would look healthy. The accuracy on test, which is "
                "read once at the end, would be far above that on valid, and the report of copies would say why."
            ),
            lazy(
                """
The test reviews were trained on. Nothing in the curves is wrong: the network learns, and valid is an honest measure,
because it was not trained on. But the accuracy on test measures what the network knows by heart.

**What shows it:** at the end, test is far above valid; both should be about equal. The broken network also takes more
steps an epoch, because it reads more reviews. The report of copies is certain: all test reviews stand in its training
reviews. Look at it *before* you train.
"""
            ),
            'join_reviews(encoded["train"], encoded["test"])',
            'encoded["train"]',
        ),
    )
}


def is_puzzle(code: str) -> bool:
    """Whether a text is a code of `draw_puzzle`."""
    return _PUZZLE.fullmatch(code) is not None


def puzzle_fault(code: str) -> Fault:
    """The mistake that a puzzle code stands for. It cannot be read off the code."""
    return FAULTS[FAULT_CODES[_number(code) % len(FAULT_CODES)]]


def puzzle_seed(code: str) -> int:
    """The seed of the networks of a puzzle: one of those that docs/lessons.md has figures for."""
    return SEEDS[_number(code) // len(FAULT_CODES) % len(SEEDS)]


def draw_puzzle(fault: str = "") -> str:
    """A new code, drawn at random. fault: the mistake that it stands for; empty for any."""
    while True:
        code = "".join(secrets.choice(_LETTERS) for _ in range(4))
        if not fault or puzzle_fault(code).code == fault:
            return code


def _number(code: str) -> int:
    return int.from_bytes(hashlib.blake2b(f"debug lab {code}".encode(), digest_size=8).digest())

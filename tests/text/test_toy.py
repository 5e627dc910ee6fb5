"""The toy grammar: the one sentence that is not filler decides every label."""

import re

import numpy as np
import pytest

from sentiment_core.text.toy import ASPECTS, FILLERS, NEGATIVE, POSITIVE, toy_reviews

ASPECT, WORD = "|".join(ASPECTS), "|".join(POSITIVE + NEGATIVE)
PLAIN = re.compile(f"the (?:{ASPECT}) was (not )?({WORD})")
CONTRAST = re.compile(f"a ({WORD}) (?:{ASPECT}) but ({WORD}) (?:{ASPECT})")
LONGEST = max(len(filler.split()) for filler in FILLERS)


def read_cue(cue: str) -> int:
    """The label of a cue, derived from its words."""
    if plain := PLAIN.fullmatch(cue):
        return int((plain[2] in POSITIVE) != bool(plain[1]))
    contrast = CONTRAST.fullmatch(cue)
    assert contrast, cue
    first, second = (word in POSITIVE for word in contrast.groups())
    assert first != second, "a contrast sets a good word against a bad one"
    return int(second)


def split_cue(text: str) -> tuple[str, int]:
    """The cue and the number of words after it."""
    sentences = text.removesuffix(".").split(". ")
    (place,) = [index for index, sentence in enumerate(sentences) if sentence not in FILLERS]
    return sentences[place], sum(len(sentence.split()) for sentence in sentences[place + 1 :])


def test_labels_follow_from_the_cue():
    texts, labels = toy_reviews(300, seed=1)
    assert [read_cue(split_cue(text)[0]) for text in texts] == labels.tolist()


def test_all_three_kinds_of_cue_appear_for_both_labels():
    texts, labels = toy_reviews(300, seed=2)
    cues = [split_cue(text)[0] for text in texts]
    kinds = {("but" in cue.split(), "not" in cue.split(), label) for cue, label in zip(cues, labels, strict=True)}
    assert len(kinds) == 6


def test_polarity_agrees_with_the_sentiment_of_words_but_not_always():
    """Plain cues outnumber the others; otherwise all words would have a polarity of 0."""
    texts, labels = toy_reviews(4000)
    held = np.array([[word in text.split() for word in POSITIVE] for text in (t.replace(".", "") for t in texts)])
    praised = held[labels == 1].sum(axis=0) / held.sum(axis=0)
    assert ((praised > 0.6) & (praised < 0.85)).all(), praised


def test_no_filler_carries_sentiment():
    assert not set(" ".join(FILLERS).split()) & set(POSITIVE + NEGATIVE)


@pytest.mark.parametrize("distance", [0, 1, 15, 100])
def test_the_cue_is_at_the_requested_distance(distance: int):
    texts, _ = toy_reviews(60, distance=distance)
    for text in texts:
        assert distance <= split_cue(text)[1] < distance + LONGEST


def test_without_a_distance_it_varies():
    distances = [split_cue(text)[1] for text in toy_reviews(200)[0]]
    assert min(distances) == 0
    assert 30 < max(distances) <= 40 + LONGEST


@pytest.mark.parametrize("count", [2, 7, 40])
def test_half_of_each_label(count: int):
    texts, labels = toy_reviews(count)
    assert len(texts) == count
    assert labels.sum() == count // 2
    assert labels.dtype == np.int64


def test_the_seed_decides():
    first, again, other = (toy_reviews(50, seed=seed)[0] for seed in (0, 0, 1))
    assert first == again
    assert first != other

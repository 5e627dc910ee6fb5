"""The seeded, stratified division that draws the valid split."""

import numpy as np
import pytest

from sentiment_core.errors import DataError
from sentiment_core.text.reviews import Split, hold_out, load_reviews

# 10 negative and 20 positive reviews, every third one negative.
LABELS = np.array([0, 1, 1] * 10, dtype=np.int64)
SPLIT = Split([f"review {number}" for number in range(30)], LABELS)


def test_each_label_gives_the_same_share():
    kept, held = hold_out(SPLIT, 0.1, seed=0)
    assert np.bincount(held.labels).tolist() == [1, 2]
    assert np.bincount(kept.labels).tolist() == [9, 18]


def test_no_review_is_lost_repeated_or_relabelled():
    kept, held = hold_out(SPLIT, 0.3, seed=5)
    assert sorted(kept.texts + held.texts) == sorted(SPLIT.texts)
    labels = dict(zip(SPLIT.texts, SPLIT.labels, strict=True))
    for part in (kept, held):
        assert [labels[text] for text in part.texts] == part.labels.tolist()


def test_both_sides_keep_the_order_of_the_source():
    for part in hold_out(SPLIT, 0.5, seed=1):
        places = [SPLIT.texts.index(text) for text in part.texts]
        assert places == sorted(places)


def test_the_seed_decides_which_reviews_are_held_out():
    held = {seed: hold_out(SPLIT, 0.5, seed)[1].texts for seed in (0, 1)}
    assert held[0] == hold_out(SPLIT, 0.5, seed=0)[1].texts
    assert held[0] != held[1]


@pytest.mark.parametrize("fraction", [0.01, 0.99])
def test_too_few_reviews_of_a_label(fraction: float):
    with pytest.raises(DataError, match=r"Too few negative reviews \(10\) to hold out"):
        hold_out(SPLIT, fraction, seed=0)


def test_a_fingerprint_changes_with_text_label_and_order():
    flipped = Split(SPLIT.texts, 1 - SPLIT.labels)
    edited = Split([*SPLIT.texts[:-1], "another"], SPLIT.labels)
    turned = SPLIT.take(np.arange(30)[::-1])
    prints = {split.fingerprint for split in (SPLIT, flipped, edited, turned)}
    assert len(prints) == 4
    assert Split(list(SPLIT.texts), SPLIT.labels.copy()).fingerprint == SPLIT.fingerprint


def test_texts_that_differ_only_at_their_ends_have_different_fingerprints():
    one, other = (Split(texts, np.array([0, 1])) for texts in (["ab", "c"], ["a", "bc"]))
    assert one.fingerprint != other.fingerprint


def test_valid_is_carved_from_train_by_the_seed_alone():
    first, again, other = (load_reviews("toy", seed=seed) for seed in (3, 3, 4))
    assert (len(first.train), len(first.valid), len(first.test)) == (3600, 400, 1000)
    assert first.fingerprint == again.fingerprint != other.fingerprint


@pytest.mark.parametrize("fraction", [0.0, 1.0, -0.5])
def test_a_fraction_outside_0_and_1(fraction: float):
    with pytest.raises(DataError, match="between 0 and 1"):
        load_reviews("toy", valid_fraction=fraction)


def test_a_negative_seed():
    with pytest.raises(DataError, match="0 or more, not -1"):
        load_reviews("toy", seed=-1)

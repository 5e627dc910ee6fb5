"""The six lessons are whole: what a page needs of each is there, and a student can change only what is offered."""

import numpy as np
import pytest

from sentiment_core.errors import PresetError
from sentiment_core.experiments.lessons import LESSONS, Lesson
from sentiment_core.experiments.lessons.lesson import PARTS, SOURCES
from sentiment_core.text.reviews import load_reviews
from sentiment_core.text.tokenization import train_tokenizer
from sentiment_core.text.toy import NEGATIVE, POSITIVE

CUES = {*POSITIVE, *NEGATIVE}
LESSON = pytest.mark.parametrize("lesson", LESSONS.values(), ids=list(LESSONS))


def test_there_are_six():
    assert list(LESSONS) == ["learns", "rate", "clipping", "shuffled", "tokens", "pooling"]
    assert [lesson.code for lesson in LESSONS.values()] == list(LESSONS)


@LESSON
def test_a_lesson_is_whole(lesson: Lesson):
    assert lesson.source in SOURCES
    assert lesson.parts
    assert set(lesson.parts) <= set(PARTS)
    assert len({network.name for network in lesson.networks}) == len(lesson.networks) in (1, 2)
    assert 2 <= len(lesson.steps) <= 5
    assert 1 <= len(lesson.pins) <= 3


@LESSON
def test_both_networks_read_the_same_batches(lesson: Lesson):
    read = {(recipe.seed, recipe.batch_size, recipe.epochs, recipe.tokenizer) for recipe in lesson.recipes}
    assert len(read) == 1


@LESSON
def test_its_networks_differ_in_one_setting(lesson: Lesson):
    """So that what one sees has one cause."""
    settings = [recipe.settings() for recipe in lesson.recipes]
    different = {name for name in settings[0] if settings[0][name] != settings[-1][name]}
    assert len(different) == len(settings) - 1


@LESSON
def test_what_it_offers_holds_its_own_values(lesson: Lesson):
    for freedom in lesson.freedoms:
        assert freedom.allows(lesson.value(freedom.setting)), freedom.setting
        values = freedom.choices or (freedom.least, freedom.most)
        for value in values:
            changed = lesson.change({freedom.setting: value})
            assert changed.value(freedom.setting) == value
            shared = {(recipe.seed, recipe.batch_size, recipe.epochs) for recipe in changed.recipes}
            assert len(shared) == 1, "both networks still read the same batches"


@LESSON
def test_every_word_of_a_pinned_review_is_known(lesson: Lesson):
    tokenizer = train_tokenizer("wordpiece", load_reviews(lesson.source).train.texts)
    for pin in lesson.pins:
        assert "[UNK]" not in tokenizer.encode(pin).tokens


def test_what_the_lessons_say_of_the_toy_reviews():
    """100 tokens are a whole review. A cue is up to 57 tokens before the end, and in 71% within the first 20 tokens."""
    reviews = load_reviews("toy")
    tokenizer = train_tokenizer("wordpiece", reviews.train.texts)
    tokens = [encoding.tokens for encoding in tokenizer.encode_batch(reviews.train.texts)]
    cues = np.array([max(place for place, token in enumerate(text) if token in CUES) for text in tokens])
    lengths = np.array([len(text) for text in tokens])
    assert lengths.max() == 83 <= LESSONS["tokens"].recipes[0].max_length
    assert (lengths - 1 - cues).max() == 57
    assert (cues < 20).mean() == pytest.approx(0.714, abs=0.0005)
    far = [tokenizer.encode(lesson.pins[-1]).tokens for lesson in (LESSONS["tokens"], LESSONS["pooling"])]
    assert [text.index("awful" if "awful" in text else "superb") for text in far] == [24, 3]
    assert len(far[1]) - 1 - 3 == 22


def test_a_fixed_setting_stays_fixed():
    lesson = LESSONS["rate"]
    with pytest.raises(PresetError, match="does not offer cell"):
        lesson.change({"cell": "gru"})
    with pytest.raises(PresetError, match="does not offer learning_rate"):
        lesson.change({"learning_rate": 5.0})
    with pytest.raises(PresetError, match="does not offer seed"):
        lesson.change({"seed": True})


def test_a_change_reaches_the_networks_that_it_is_for():
    changed = LESSONS["rate"].change({"learning_rate": 0.02, "seed": 7})
    assert [recipe.learning_rate for recipe in changed.recipes] == [0.002, 0.02]
    assert [recipe.seed for recipe in changed.recipes] == [7, 7]
    assert LESSONS["rate"].recipes[1].learning_rate == 0.3

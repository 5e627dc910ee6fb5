"""The published networks on the script of a lesson: there is something to talk about."""

from pathlib import Path

import pytest

from sentiment_core.classifiers.loading import load_classifier
from sentiment_core.classroom.script import COURSE, script_in

CHECKPOINTS = Path(__file__).parents[2] / "checkpoints"


@pytest.mark.parametrize(("language", "corpus"), [("en", "imdb"), ("ko", "korean")])
def test_the_course_begins_with_what_all_agree_on_and_comes_to_what_they_do_not(language: str, corpus: str):
    course = script_in(language)[:COURSE]
    texts = [review.text for review in course]
    said = {
        run: [one.probability > 0.5 for one in load_classifier(CHECKPOINTS / corpus / run, threads=1).predict(texts)]
        for run in ("rnn", "bilstm")
    }
    truths = [bool(review.truth) for review in course]
    assert said["rnn"][:2] == said["bilstm"][:2] == truths[:2]
    assert sum(one != other for one, other in zip(*said.values(), strict=True)) >= 3
    for run, sides in said.items():
        assert 4 <= sum(side == truth for side, truth in zip(sides, truths, strict=True)) <= 8, run

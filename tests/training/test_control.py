"""The control: a run on shuffled labels is the same training on the same texts, and is always marked as a control."""

from dataclasses import asdict, replace
from pathlib import Path

import numpy as np
import pytest

from sentiment_core.model.config import Recipe
from sentiment_core.runs.listing import is_control
from sentiment_core.runs.reading import Run, load_run
from sentiment_core.text.encoding import EncodedReviews, encode_reviews
from sentiment_core.text.reviews import Reviews, Split
from sentiment_core.text.tokenization import load_tokenizer
from sentiment_core.training.pipeline import resume_run, shuffle_labels, train_run

SAME = ("model.safetensors", "frames.safetensors", "forgetting.parquet", "test.parquet", "tokenizer.json")


@pytest.fixture(scope="module")
def control(recipe: Recipe) -> Recipe:
    """With n-grams, which are counted by label."""
    return recipe.change(shuffle_labels=True, ngrams=2)


def run_to_the_end(recipe: Recipe, reviews: Reviews, out: Path, **options: object) -> Run:
    for _ in train_run(recipe, reviews, out, **options):
        pass
    return load_run(out)


def check_same(one: Path, other: Path) -> None:
    for name in SAME:
        assert (one / name).read_bytes() == (other / name).read_bytes(), name
    histories = [[asdict(checkpoint) | {"seconds": 0} for checkpoint in load_run(out).history] for out in (one, other)]
    assert histories[0] == histories[1]


def test_labels_change_places_and_nothing_else():
    labels = np.array([0] * 60 + [1] * 40)
    encoded = EncodedReviews(np.arange(100, dtype=np.uint16), np.arange(101), labels)
    shuffled = shuffle_labels(encoded, seed=0)
    assert np.bincount(shuffled.labels).tolist() == [60, 40]
    assert 30 < (shuffled.labels == labels).sum() < 70, "chance would have 52 in their places"
    assert (shuffled.ids is encoded.ids, shuffled.offsets is encoded.offsets) == (True, True)
    assert encoded.labels.tolist() == [0] * 60 + [1] * 40
    assert np.array_equal(shuffle_labels(encoded, seed=0).labels, shuffled.labels)
    assert not np.array_equal(shuffle_labels(encoded, seed=1).labels, shuffled.labels)


def test_a_control_equals_a_training_on_reviews_with_shuffled_labels(
    control: Recipe, reviews: Reviews, recipe: Recipe, tmp_path: Path
):
    """The same files as for reviews whose train labels were shuffled beforehand; valid and test keep theirs."""
    run = run_to_the_end(control, reviews, tmp_path / "control")
    encoded = encode_reviews(reviews.train, load_tokenizer(run.path / "tokenizer.json"))
    labels = shuffle_labels(encoded, control.seed).labels
    assert (labels != reviews.train.labels).mean() > 0.3
    relabelled = replace(reviews, train=Split(reviews.train.texts, labels))
    run_to_the_end(recipe.change(ngrams=2), relabelled, tmp_path / "relabelled")
    check_same(run.path, tmp_path / "relabelled")
    assert run.data["fingerprint"] == reviews.fingerprint, "the reviews are those of the runs beside it"
    assert run.scores().labels.tolist() == reviews.test.labels.tolist()


def test_it_learns_other_things_from_the_same_start(control: Recipe, reviews: Reviews, tmp_path: Path):
    shuffled = run_to_the_end(control, reviews, tmp_path / "control")
    plain = run_to_the_end(control.change(shuffle_labels=False), reviews, tmp_path / "plain")
    assert shuffled.history[0].valid_loss == pytest.approx(plain.history[0].valid_loss, abs=0.2)
    assert shuffled.history[-1].train_loss != plain.history[-1].train_loss
    assert shuffled.history[-1].tokens == plain.history[-1].tokens


def test_the_true_labels_stay_in_the_cache(control: Recipe, reviews: Reviews, tmp_path: Path):
    cache = tmp_path / "cache"
    run_to_the_end(control, reviews, tmp_path / "control", cache=cache)
    plain = control.change(shuffle_labels=False)
    cached = run_to_the_end(plain, reviews, tmp_path / "cached", cache=cache)
    check_same(cached.path, run_to_the_end(plain, reviews, tmp_path / "fresh").path)


def test_a_stopped_control_resumes_with_the_same_labels(control: Recipe, reviews: Reviews, tmp_path: Path):
    whole = run_to_the_end(control, reviews, tmp_path / "whole")
    steps = train_run(control, reviews, tmp_path / "stopped")
    next(steps)
    steps.close()
    for _ in resume_run(tmp_path / "stopped", reviews):
        pass
    check_same(tmp_path / "stopped", whole.path)


def test_it_says_what_it_is(control: Recipe, reviews: Reviews, tmp_path: Path):
    run = run_to_the_end(control.change(epochs=1), reviews, tmp_path / "mine")
    assert is_control(run)
    card = (run.path / "README.md").read_text(encoding="utf-8")
    assert card.index("**A control, not a result.**") < card.index("test accuracy")
    assert "| shuffle_labels | True |" in card
    plain = replace(run, recipe=run.recipe.change(shuffle_labels=False))
    assert not is_control(plain)

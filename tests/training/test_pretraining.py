"""Pretraining as a language model."""

import os
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
import torch
from torch.nn import functional as F

from sentiment_core.errors import DataError, LockedError, RunError
from sentiment_core.model.config import Recipe
from sentiment_core.model.recurrent import RecurrentClassifier
from sentiment_core.runs import state
from sentiment_core.runs.reading import load_run
from sentiment_core.text.encoding import EncodedReviews
from sentiment_core.text.reviews import Reviews, Split
from sentiment_core.text.toy import toy_reviews
from sentiment_core.training import pretraining
from sentiment_core.training.loop import Progress
from sentiment_core.training.pipeline import build_model, resume_run, train_run
from sentiment_core.training.pretraining import LanguageModel, pretrain, start_pretrained

RECIPE = Recipe("tiny").change(cell="lstm", bidirectional=True, embedding_size=8, hidden_size=16, pretraining_epochs=2)
VOCAB = 12
SIZES = {"train": 200, "valid": 50, "test": 50}


@pytest.fixture(scope="module", autouse=True)
def small_steps() -> Iterator[None]:
    """Steps of eight windows of sixteen tokens, so that a hundred take a second."""
    with pytest.MonkeyPatch.context() as patch:
        for name, value in {"BATCH": 8, "WINDOW": 16, "SAMPLES": 64, "WARM_UP": 5, "LEARNING_RATE": 2e-2}.items():
            patch.setattr(pretraining, name, value)
        yield


@pytest.fixture(scope="module")
def texts() -> EncodedReviews:
    """Texts that count upward in cycles: each token determines the next and the previous one."""
    ids = (np.arange(8 * 17 * 30) % (VOCAB - 2) + 2).astype(np.int32)
    offsets = np.arange(0, len(ids) + 1, 136)
    return EncodedReviews(ids, offsets, np.zeros(len(offsets) - 1, np.int64))


@pytest.fixture(scope="module")
def uninterrupted(
    texts: EncodedReviews, tmp_path_factory: pytest.TempPathFactory
) -> tuple[RecurrentClassifier, Progress]:
    """A network after the pretraining of RECIPE without a stop, and the last progress. Read only."""
    model = build_model(RECIPE, VOCAB)
    *_, done = start_pretrained(RECIPE, model, [texts], tmp_path_factory.mktemp("uninterrupted"))
    return model, done


@pytest.fixture
def enough() -> Reviews:
    """Toy reviews for fifty steps in an epoch of pretraining, and as many unlabelled texts."""
    splits = {name: Split(*toy_reviews(size, seed=seed)) for seed, (name, size) in enumerate(SIZES.items())}
    return Reviews("toy", **splits, unlabelled=toy_reviews(SIZES["train"], seed=3)[0])


def full_loss(language: LanguageModel, direction: int) -> float:
    """Cross-entropy of the next token over the whole vocabulary, without sampling."""
    language.eval()
    ids = torch.arange(2, VOCAB).repeat(4)[None]
    ids = ids.flip(1) if direction else ids
    with torch.no_grad():
        model = language.classifier
        states = model.recurrent[0][direction](model.embedding(ids[:, :-1]))[0]
        projected = language.projections[direction](states)
        logits = F.linear(projected, model.embedding.weight, language.bias)[0]
    return F.cross_entropy(logits, ids[0, 1:]).item()


def test_both_directions_learn_which_token_follows(texts: EncodedReviews, monkeypatch: pytest.MonkeyPatch):
    kept = []
    monkeypatch.setattr(pretraining, "LanguageModel", lambda *given: kept.append(LanguageModel(*given)) or kept[-1])
    model = build_model(RECIPE.change(pretraining_epochs=4), VOCAB)
    progress = list(pretrain(RECIPE.change(pretraining_epochs=4), model, [texts]))
    assert (progress[-1].step, progress[-1].steps, {entry.epoch for entry in progress}) == (120, 120, {0})
    assert progress[-1].tokens == 120 * 8 * 16
    assert progress[-1].train_loss < progress[0].train_loss
    for direction in (0, 1):  # a guess among ten costs 2.3 nats
        assert full_loss(kept[0], direction) < 0.5


def test_the_same_seed_gives_the_same_start(texts: EncodedReviews, uninterrupted: tuple[RecurrentClassifier, Progress]):
    model = build_model(RECIPE, VOCAB)
    list(pretrain(RECIPE, model, [texts]))
    assert torch.equal(model.embedding.weight, uninterrupted[0].embedding.weight)
    assert not torch.equal(model.embedding.weight, build_model(RECIPE, VOCAB).embedding.weight)


def test_what_was_pretrained_once_is_read_from_the_cache(
    texts: EncodedReviews, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    def start(recipe: Recipe) -> tuple[Progress, torch.Tensor, torch.Tensor]:
        model = build_model(recipe, VOCAB)
        *_, done = start_pretrained(recipe, model, [texts], tmp_path)
        return done, model.embedding.weight, torch.rand(1)

    fresh = start(RECIPE)
    (kept,) = tmp_path.iterdir()
    other = start(RECIPE.change(seed=1))
    assert not torch.equal(fresh[1], other[1])
    whole = kept.read_bytes()
    kept.write_bytes(whole[:-100])
    assert torch.equal(start(RECIPE)[1], fresh[1])  # made again
    monkeypatch.setattr(pretraining, "pretrain", None)  # and not called if it is complete
    done, weights, draw = start(RECIPE)
    assert torch.equal(weights, fresh[1])
    assert torch.equal(draw, fresh[2])
    assert (done.step, done.tokens, done.train_loss) == (fresh[0].step, fresh[0].tokens, fresh[0].train_loss)


@pytest.mark.parametrize("taken", [10, 30, 40, 60])
def test_a_stopped_pretraining_resumes_to_the_same_weights(
    taken: int,
    texts: EncodedReviews,
    uninterrupted: tuple[RecurrentClassifier, Progress],
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
):
    """Stopped in its first epoch of thirty steps, at the end of that epoch, in the second, and after its last step."""
    monkeypatch.setattr(state, "SAVE_EVERY", 0.0)
    whole, done = uninterrupted
    stopped, resumed = (build_model(RECIPE, VOCAB) for _ in range(2))
    steps = start_pretrained(RECIPE, stopped, [texts], tmp_path / "cache")
    while next(steps).step < taken:
        pass
    steps.close()
    (kept,) = (tmp_path / "cache").iterdir()
    rest = list(start_pretrained(RECIPE, resumed, [texts], tmp_path / "cache"))
    assert (rest[0].step, rest[-1].step, rest[-1].train_loss) == (min(taken + 10, 60), done.step, done.train_loss)
    for weight, same in zip(whole.parameters(), resumed.parameters(), strict=True):
        assert torch.equal(weight, same)
    assert [path.name for path in (tmp_path / "cache").iterdir()] == [kept.name.replace("pretraining", "pretrained")]


@pytest.mark.parametrize(
    "change", [{"max_length": 3}, {"shuffle_labels": True}, {"head_size": 3}, {"layers": 2}, {"pooling": "mean"}]
)
def test_pretraining_resumes_from_a_network_with_another_head(
    change: dict[str, object], texts: EncodedReviews, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    """The language model is the same; the other network's remaining weights must not be loaded."""
    monkeypatch.setattr(state, "SAVE_EVERY", 0.0)
    labels = np.arange(len(texts)) % 2
    labelled = replace(texts, labels=labels)
    shuffled = replace(texts, labels=labels[::-1].copy())
    first = RECIPE.change(ngrams=2, max_length=30)
    other = first.change(**change)

    def start(recipe: Recipe, cache: Path) -> tuple[RecurrentClassifier, Iterator[Progress]]:
        model = build_model(recipe, VOCAB, shuffled if recipe.shuffle_labels else labelled)
        return model, start_pretrained(recipe, model, [texts], cache)

    _, steps = start(first, tmp_path / "cache")
    assert [next(steps).step for _ in range(2)] == [10, 20]
    steps.close()
    resumed, steps = start(other, tmp_path / "cache")
    assert next(steps).step == 30
    list(steps)
    whole, steps = start(other, tmp_path / "empty")
    list(steps)
    for name, weight in whole.state_dict().items():
        assert torch.equal(weight, resumed.state_dict()[name]), name


def test_a_damaged_state_is_ignored(texts: EncodedReviews, tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(state, "SAVE_EVERY", 0.0)
    steps = start_pretrained(RECIPE, build_model(RECIPE, VOCAB), [texts], tmp_path)
    next(steps)
    steps.close()
    (kept,) = tmp_path.iterdir()
    kept.write_bytes(kept.read_bytes()[:-100])
    assert next(start_pretrained(RECIPE, build_model(RECIPE, VOCAB), [texts], tmp_path)).step == 10


@pytest.mark.parametrize("change", [{"head_size": 3}, {"pooling": "maxmean"}, {"dropout": 0.5}])
def test_what_else_the_network_is_built_of_does_not_change_the_start(
    change: dict[str, object], texts: EncodedReviews, uninterrupted: tuple[RecurrentClassifier, Progress]
):
    recipe = RECIPE.change(**change)
    model = build_model(recipe, VOCAB)
    list(pretrain(recipe, model, [texts]))
    assert torch.equal(model.recurrent[0][1].weight_hh_l0, uninterrupted[0].recurrent[0][1].weight_hh_l0)


def test_an_unwritable_cache_is_reported_before_the_work(texts: EncodedReviews, tmp_path: Path):
    (tmp_path / "file").write_text("", encoding="utf-8")
    steps = start_pretrained(RECIPE, build_model(RECIPE, VOCAB), [texts], tmp_path / "file")
    with pytest.raises(DataError, match="Cannot write the cache in"):
        next(steps)


def test_too_little_to_pretrain_on_is_said():
    few = EncodedReviews(np.ones(100, np.int32), np.array([0, 100]), np.zeros(1, np.int64))
    with pytest.raises(RunError, match="needs at least 136 tokens"):
        list(pretrain(RECIPE, build_model(RECIPE, VOCAB), [few]))


def test_a_run_counts_its_pretraining_and_reads_what_has_no_label(enough: Reviews, tmp_path: Path):
    recipe = RECIPE.change(pretraining_epochs=1, epochs=1, max_length=30)
    progress = list(train_run(recipe, enough, tmp_path / "run"))
    before = [entry for entry in progress if entry.epoch == 0]
    run = load_run(tmp_path / "run")
    assert run.status == "complete"
    assert run.history[0].tokens == before[-1].tokens
    assert run.history[0].seconds == before[-1].seconds > 0
    assert run.history[-1].seconds > run.history[0].seconds
    assert run.data["sizes"]["unlabelled"] == len(enough.unlabelled)
    assert f"{len(enough.unlabelled):,} unlabelled)" in (run.path / "README.md").read_text(encoding="utf-8")


def test_a_run_interrupted_while_pretraining_can_be_resumed(
    enough: Reviews, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setattr(state, "SAVE_EVERY", 0.0)
    recipe = RECIPE.change(epochs=1, max_length=30)
    steps = train_run(recipe, enough, tmp_path / "run", cache=tmp_path / "cache")
    taken = [next(steps).step for _ in range(3)]
    steps.close()
    with pytest.raises(RunError, match=r"has no weights yet\. .*Resume it: train --resume"):
        load_run(tmp_path / "run")
    resumed = list(resume_run(tmp_path / "run", enough, cache=tmp_path / "cache"))
    assert resumed[0].step == taken[-1] + 10
    list(train_run(recipe, enough, tmp_path / "whole"))
    assert load_run(tmp_path / "run").status == "complete"
    for name in ("model.safetensors", "test.parquet"):
        assert (tmp_path / "run" / name).read_bytes() == (tmp_path / "whole" / name).read_bytes()


def test_two_processes_do_not_pretrain_the_same(enough: Reviews, tmp_path: Path):
    """The second process learns who pretrains, and then uses the first one's result."""
    reviews, recipe = enough, RECIPE.change(epochs=1, max_length=30)
    first = train_run(recipe, reviews, tmp_path / "first", cache=tmp_path / "cache")
    next(first)
    second = tmp_path / "second"
    with pytest.raises(LockedError) as caught:
        list(train_run(recipe, reviews, second, cache=tmp_path / "cache"))
    said = f"The same pretraining is running already. Wait for it to end, or stop it: process {os.getpid()} of "
    assert str(caught.value).startswith(said)
    assert str(caught.value).endswith(f"Then resume the run: train --resume {second}.")
    assert list(first)
    assert list(resume_run(second, reviews, cache=tmp_path / "cache"))
    assert (second / "model.safetensors").read_bytes() == (tmp_path / "first" / "model.safetensors").read_bytes()
    assert [path.suffix for path in (tmp_path / "cache").iterdir() if "pretrain" in path.name] == [".safetensors"]


def test_unlabelled_texts_that_were_not_loaded_are_asked_for(reviews: Reviews, tmp_path: Path):
    with pytest.raises(DataError, match="Load the reviews with them"):
        list(train_run(RECIPE, reviews, tmp_path / "run"))
    assert not (tmp_path / "run").exists()

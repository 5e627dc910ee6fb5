"""A recipe and reviews become a run folder: the same one each time, and a valid one wherever training stops."""

import weakref
from dataclasses import asdict, replace
from pathlib import Path

import numpy as np
import pytest
import torch

import sentiment_core
from sentiment_core.errors import PresetError, RunError, SentimentError, TokenizerError
from sentiment_core.model.config import Recipe
from sentiment_core.model.weights import load_model
from sentiment_core.runs.error_tokens import load_error_tokens
from sentiment_core.runs.frames import load_frames
from sentiment_core.runs.reading import Run, load_run
from sentiment_core.text.corpus import load_corpus
from sentiment_core.text.encoding import encode_reviews
from sentiment_core.text.reviews import Reviews, Split, hold_out, load_reviews
from sentiment_core.text.tokenization import load_tokenizer
from sentiment_core.text.toy import toy_reviews
from sentiment_core.training.cards import build_corpus
from sentiment_core.training.judging import evaluate_split, predict_logits
from sentiment_core.training.pipeline import build_model, resume_run, train_run

FILES = {
    *("config.json", "model.safetensors", "tokenizer.json", "tokenizer_config.json", "recipe.json"),
    *("history.jsonl", "frames.safetensors", "forgetting.parquet", "valid.parquet", "test.parquet", "README.md"),
}


def run_to_the_end(recipe: Recipe, reviews: Reviews, out: Path, **options: object) -> Run:
    for _ in train_run(recipe, reviews, out, **options):
        pass
    return load_run(out)


def without_seconds(run: Run) -> list[dict]:
    return [asdict(checkpoint) | {"seconds": 0} for checkpoint in run.history]


def names(folder: Path) -> set[str]:
    return {path.name for path in folder.iterdir()}


def test_the_same_seed_gives_the_same_run(recipe: Recipe, reviews: Reviews, tmp_path: Path):
    first, second = (run_to_the_end(recipe, reviews, tmp_path / name) for name in ("first", "second"))
    for file in ("model.safetensors", "frames.safetensors", "test.parquet", "tokenizer.json"):
        assert (first.path / file).read_bytes() == (second.path / file).read_bytes(), file
    assert without_seconds(first) == without_seconds(second)


def test_another_seed_gives_another_run(recipe: Recipe, reviews: Reviews, tmp_path: Path):
    first = run_to_the_end(recipe, reviews, tmp_path / "first")
    second = run_to_the_end(recipe.change(seed=1), reviews, tmp_path / "second")
    assert without_seconds(first) != without_seconds(second)
    weights = [load_model(run.path).embedding.weight for run in (first, second)]
    assert not torch.equal(*weights)


def test_a_complete_run(recipe: Recipe, reviews: Reviews, tmp_path: Path):
    run = run_to_the_end(recipe, reviews, tmp_path / "run")
    assert names(run.path) == FILES, "every file, and nothing half-written"
    assert run.status == "complete"
    assert run.recipe == recipe
    assert run.data["sizes"] == {"train": 100, "valid": 30, "test": 20}
    assert (run.data["source"], run.data["fingerprint"]) == ("toy", reviews.fingerprint)
    assert set(run.machine["versions"]) >= {"python", "torch", "tokenizers"}


def test_a_frame_for_every_checkpoint_from_the_very_start(recipe: Recipe, reviews: Reviews, tmp_path: Path):
    run = run_to_the_end(recipe, reviews, tmp_path / "run")
    frames = load_frames(run.path)
    assert frames.steps.tolist() == [checkpoint.step for checkpoint in run.history]
    assert len(frames.embeddings) == len(run.history) == 5
    started = build_model(recipe, load_tokenizer(run.path / "tokenizer.json").get_vocab_size())
    assert frames.embeddings[0] == pytest.approx(started.embedding.weight.detach().numpy(), abs=0.02)  # kept as int8


def test_the_weights_kept_are_those_of_the_best_checkpoint(recipe: Recipe, reviews: Reviews, tmp_path: Path):
    run = run_to_the_end(recipe.change(learning_rate=0.3, epochs=6), reviews, tmp_path / "run")
    valid = encode_reviews(reviews.valid, load_tokenizer(run.path / "tokenizer.json"))
    score = evaluate_split(load_model(run.path), valid, recipe.max_length)
    assert score.valid_loss == pytest.approx(run.best.valid_loss, rel=1e-3)  # the weights are rounded on disk
    assert score.valid_accuracy == run.best.valid_accuracy


def test_valid_and_test_are_scored_with_the_weights_kept(recipe: Recipe, reviews: Reviews, tmp_path: Path):
    run = run_to_the_end(recipe, reviews, tmp_path / "run")
    scores = run.scores()
    for split, kept in ((reviews.valid, run.valid_scores()), (reviews.test, scores)):
        assert kept.labels.tolist() == split.labels.tolist()
        encoded = encode_reviews(split, load_tokenizer(run.path / "tokenizer.json"))
        logits = predict_logits(load_model(run.path), encoded, recipe.max_length)
        assert np.array_equal(logits.astype(np.float16), kept.logits)
    predicted = [answer.logit for answer in sentiment_core.load(run.path).predict(reviews.test.texts)]
    assert predicted == pytest.approx(scores.logits.tolist(), rel=2**-11, abs=1e-5)


def test_the_tokens_of_its_errors_are_counted_if_it_shares_the_tokenizer_of_the_corpus(toy_corpus: Path):
    corpus = load_corpus(toy_corpus)
    run = load_run(toy_corpus / "tiny")
    test = load_reviews("toy").test
    encoded = encode_reviews(test, load_tokenizer(run.path / "tokenizer.json"))
    wrong = (run.scores().logits > 0) != (test.labels == 1)
    counts = np.zeros((corpus.vocab_size, 2), dtype=np.int64)
    for row in np.flatnonzero(wrong):
        tokens = encoded.ids[encoded.offsets[row] : encoded.offsets[row + 1]]
        counts[np.unique(tokens), test.labels[row]] += 1
    found = load_error_tokens(run.path, corpus)
    assert wrong.any()
    assert np.array_equal(found.counts, np.where(counts >= 5, counts, 0))
    assert np.array_equal(found.totals, counts.sum(axis=0))


def test_closed_early_it_is_a_valid_run(recipe: Recipe, reviews: Reviews, tmp_path: Path):
    steps = train_run(recipe, reviews, tmp_path / "run")
    next(steps)
    assert load_run(tmp_path / "run").status == "running"
    steps.close()
    run = load_run(tmp_path / "run")
    assert run.status == "interrupted"
    assert run.scores() is None
    assert names(run.path) == FILES - {"valid.parquet", "test.parquet"} | {"state.safetensors"}
    assert len(sentiment_core.load(run.path).predict(["the plot was good"])) == 1
    assert "| status | interrupted |" in (run.path / "README.md").read_text(encoding="utf-8")


def test_interrupted_it_is_a_valid_run(recipe: Recipe, reviews: Reviews, tmp_path: Path):
    steps = train_run(recipe, reviews, tmp_path / "run")
    next(steps)
    with pytest.raises(KeyboardInterrupt):
        steps.throw(KeyboardInterrupt)
    assert load_run(tmp_path / "run").status == "interrupted"
    assert sentiment_core.load(tmp_path / "run").run.history


def test_a_loss_that_is_not_a_number_keeps_the_last_good_weights(recipe: Recipe, reviews: Reviews, tmp_path: Path):
    wild = recipe.change(cell="rnn_relu", learning_rate=1e30)
    with pytest.raises(RunError, match=r"The valid loss is not a number after step 1 at learning rate 1e\+30"):
        run_to_the_end(wild, reviews, tmp_path / "run")
    run = load_run(tmp_path / "run")
    assert (run.status, len(run.history)) == ("failed", 1)
    started = build_model(wild, load_tokenizer(run.path / "tokenizer.json").get_vocab_size())
    assert torch.equal(load_model(run.path).embedding.weight, started.embedding.weight.half().float())
    assert names(run.path) == FILES - {"valid.parquet", "test.parquet"} | {"state.safetensors"}


@pytest.mark.parametrize(
    ("changes", "error"),
    [
        ({"cell": "transformer"}, PresetError),
        ({"pooling": "first"}, PresetError),
        ({"hidden_size": 0}, PresetError),
        ({"dropout": 1.0}, PresetError),
        ({"tokenizer": "sentences"}, TokenizerError),
        ({"seed": 2**63}, PresetError),
        ({"hidden_size": 10**7}, PresetError),
        ({"hidden_size": 2**62}, PresetError),
        ({"head_size": 10**13}, PresetError),
    ],
)
def test_a_recipe_that_cannot_be_trained_leaves_nothing(
    changes: dict, error: type[SentimentError], recipe: Recipe, reviews: Reviews, tmp_path: Path
):
    with pytest.raises(error) as caught:
        run_to_the_end(recipe.change(**changes), reviews, tmp_path / "run")
    assert "\n" not in str(caught.value)
    assert names(tmp_path) == set()


def test_an_embedding_too_large_for_memory_leaves_nothing(recipe: Recipe, reviews: Reviews, tmp_path: Path):
    """Its size is known only once the words are counted."""
    with pytest.raises(PresetError, match="does not fit into memory"):
        run_to_the_end(recipe.change(embedding_size=10**11 // 2, tokenizer="words"), reviews, tmp_path / "run")
    assert names(tmp_path) == set()


def test_a_run_is_replaced_only_when_told(recipe: Recipe, reviews: Reviews, tmp_path: Path):
    out = tmp_path / "run"
    run_to_the_end(recipe, reviews, out)
    before = {path.name: path.read_bytes() for path in out.iterdir()}
    with pytest.raises(RunError, match="already holds a run"):
        run_to_the_end(recipe.change(seed=1), reviews, out)
    assert {path.name: path.read_bytes() for path in out.iterdir()} == before
    steps = train_run(recipe.change(seed=1), reviews, out, overwrite=True)
    next(steps)
    steps.close()
    run = load_run(out)
    assert (run.recipe.seed, run.status) == (1, "interrupted")
    assert run.scores() is None, "nothing of the run before is left"


def test_runs_beside_their_corpus_card_share_its_tokenizer(recipe: Recipe, reviews: Reviews, tmp_path: Path):
    corpus = tmp_path / "corpus"
    build_corpus(reviews, corpus, seed=0, cache=tmp_path / "cache")
    card = (corpus / "tokenizer.json").read_bytes()
    run = run_to_the_end(recipe, reviews, corpus / "run", cache=tmp_path / "cache")
    assert (run.path / "tokenizer.json").read_bytes() == card

    with pytest.raises(TokenizerError, match="No tokenizer 'letters'"):
        build_corpus(reviews, tmp_path / "letters", seed=0, tokenizer="letters")
    build_corpus(reviews, tmp_path / "syllables", seed=0, tokenizer="syllables")
    run = run_to_the_end(recipe.change(tokenizer="syllables", epochs=1), reviews, tmp_path / "syllables" / "run")
    assert load_corpus(tmp_path / "syllables").tokenizer == "syllables"
    assert (run.path / "tokenizer.json").read_bytes() == (tmp_path / "syllables" / "tokenizer.json").read_bytes()

    kept, held = hold_out(reviews.train, 0.3, seed=0)
    others = Reviews("toy", kept, held, reviews.test)
    for name, changed, data in (("words", recipe.change(tokenizer="words"), reviews), ("others", recipe, others)):
        run = run_to_the_end(changed.change(epochs=1), data, corpus / name)
        assert (run.path / "tokenizer.json").read_bytes() != card, name


@pytest.mark.parametrize("tokenizer", ["wordpiece", "words", "whitespace", "syllables", "jamo"])
@pytest.mark.parametrize("cell", ["rnn_relu", "rnn_tanh", "lstm", "gru"])
def test_every_cell_learns_a_step_on_every_tokenizer(
    tokenizer: str, cell: str, recipe: Recipe, reviews: Reviews, tmp_path: Path
):
    settings = {"tokenizer": tokenizer, "cell": cell, "pooling": "maxmean", "bidirectional": True, "head_size": 3}
    run = run_to_the_end(recipe.change(**settings, epochs=1, batch_size=50), reviews, tmp_path / "run")
    assert run.status == "complete"
    frames = load_frames(run.path)
    assert np.abs(frames.embeddings[-1] - frames.embeddings[0]).max() > 0


def test_a_network_learns_the_toy_grammar(tmp_path: Path):
    """From text to accuracy on data with known answers: far above chance."""
    sizes = {"train": 1000, "valid": 100, "test": 200}
    splits = {name: Split(*toy_reviews(size, seed=seed, distance=0)) for seed, (name, size) in enumerate(sizes.items())}
    recipe = Recipe("tiny").change(
        cell="gru", embedding_size=16, hidden_size=16, max_length=60, epochs=6, learning_rate=1e-2
    )
    run = run_to_the_end(recipe.change(pooling="max", tokenizer="words"), Reviews("toy", **splits), tmp_path / "run")
    assert run.scores().accuracy > 0.8


def test_raw_texts_go_once_they_are_encoded(recipe: Recipe, reviews: Reviews, tmp_path: Path):
    own = replace(reviews)
    held = weakref.ref(own)
    steps = train_run(recipe, own, tmp_path / "run")
    del own
    next(steps)
    assert held() is None
    steps.close()
    own = replace(reviews)
    held = weakref.ref(own)
    steps = resume_run(tmp_path / "run", own)
    del own
    next(steps)
    assert held() is None
    steps.close()

"""A recipe and a data set become a finished run: tokenizer, encoding, training, and the test split read once."""

from __future__ import annotations

from collections.abc import Generator
from dataclasses import fields
from pathlib import Path

import torch
from tokenizers import Tokenizer

from sentiment_core.errors import DataError, RunError
from sentiment_core.model.presets import Recipe
from sentiment_core.model.recurrent import RecurrentClassifier, RecurrentConfig
from sentiment_core.model.weights import load_model
from sentiment_core.text.corpus import read_corpus, write_corpus
from sentiment_core.text.encoding import encode_reviews
from sentiment_core.text.reviews import Reviews
from sentiment_core.text.tokenization import TOKENIZERS, check_kind, load_tokenizer, train_tokenizer
from sentiment_core.training.loop import Progress, predict_logits, train
from sentiment_core.training.writer import RunWriter, check_free, claim_folder


def build_model(recipe: Recipe, vocab_size: int) -> RecurrentClassifier:
    """The recipe's network with weights started from its seed."""
    torch.manual_seed(recipe.seed)
    return RecurrentClassifier(_config(recipe, vocab_size))


def check_recipe(recipe: Recipe) -> None:
    """Raise PresetError or TokenizerError where the recipe names what there is not: at once, before data is read."""
    _config(recipe, vocab_size=2)
    check_kind(recipe.tokenizer)


def _config(recipe: Recipe, vocab_size: int) -> RecurrentConfig:
    shape = {field.name: getattr(recipe, field.name) for field in fields(RecurrentConfig) if field.name != "vocab_size"}
    return RecurrentConfig(vocab_size, **shape)


def train_run(
    recipe: Recipe, reviews: Reviews, out: Path, *, overwrite: bool = False, cache: Path | None = None
) -> Generator[Progress, None, None]:
    """Train `recipe` on `reviews` into the run folder `out`, yielding as training goes; then score the test split.

    Where the folder above `out` is the corpus card of the same reviews, its tokenizer is used, so that a word can be
    followed across its runs. Closed early or interrupted, the folder is a valid run that says so; interrupted before
    the first moment, it is gone.
    Raises RunError where `out` is not free or training fails, PresetError or TokenizerError for a recipe that cannot be
    trained, DataError where the cache cannot be written.
    """
    check_recipe(recipe)
    check_free(out, overwrite)
    torch.set_flush_denormal(True)  # dead ReLU and saturated gates otherwise crawl
    tokenizer = _shared_tokenizer(out.parent, reviews, recipe.tokenizer)
    if tokenizer is None:
        tokenizer = train_tokenizer(recipe.tokenizer, reviews.train.texts)
    encoded = {name: encode_reviews(split, tokenizer, cache) for name, split in reviews.splits.items()}
    model = build_model(recipe, tokenizer.get_vocab_size())
    sizes = {name: len(split) for name, split in reviews.splits.items()}
    data = {"source": reviews.source, "fingerprint": reviews.fingerprint, "sizes": sizes}
    writer = RunWriter(out, recipe, tokenizer, data)
    claim_folder(out, overwrite)
    status = "failed"
    try:
        writer.open(model)
        yield from train(recipe, model, encoded["train"], encoded["valid"], writer)
        logits = predict_logits(load_model(out), encoded["test"], recipe.max_length)
        writer.score(encoded["test"].labels, logits)
        status = "complete"
    except (KeyboardInterrupt, GeneratorExit):
        status = "interrupted"
        raise
    except OSError as error:
        raise RunError(f"Cannot write to {out}: {error.strerror}. Make room, or name another folder.") from error
    finally:
        writer.close(status)


def build_corpus(reviews: Reviews, out: Path, *, seed: int, overwrite: bool = False, cache: Path | None = None) -> None:
    """Write the corpus card of `reviews` with one shared WordPiece tokenizer and, to compare, the two others.

    Raises DataError where `out` is not free.
    """
    tokenizers = {kind: train_tokenizer(kind, reviews.train.texts) for kind in TOKENIZERS}
    shared = next(iter(tokenizers.values()))
    encoded = {name: encode_reviews(split, shared, cache) for name, split in reviews.splits.items()}
    write_corpus(out, reviews, encoded, tokenizers, seed, overwrite)


def _shared_tokenizer(folder: Path, reviews: Reviews, kind: str) -> Tokenizer | None:
    try:
        corpus = read_corpus(folder)
    except DataError:
        return None
    if (corpus.fingerprint, corpus.tokenizer) != (reviews.fingerprint, kind):
        return None
    return load_tokenizer(folder / "tokenizer.json")

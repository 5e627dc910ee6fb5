"""Trains a recipe on a data set to a finished run: tokenizer, encoding, training, and one evaluation on test."""

from __future__ import annotations

from collections.abc import Generator
from dataclasses import replace
from pathlib import Path

import numpy as np
import torch
from safetensors import SafetensorError
from tokenizers import Tokenizer

from sentiment_core.errors import DataError, DeviceError, LockedError, PresetError, RunError
from sentiment_core.model.config import Recipe
from sentiment_core.model.device import CPU, describe_device
from sentiment_core.model.ngrams import count_ngrams
from sentiment_core.model.precision import training_precision
from sentiment_core.model.process import settle_torch
from sentiment_core.model.recurrent import RecurrentClassifier
from sentiment_core.model.weights import load_model
from sentiment_core.runs import layout
from sentiment_core.runs.reading import Run, load_start
from sentiment_core.runs.scores import Scores
from sentiment_core.runs.state import SavedState, load_state
from sentiment_core.runs.writing import RunWriter, check_free, check_unlocked, claim_folder, hold_folder
from sentiment_core.text.encoding import EncodedReviews, encode_reviews
from sentiment_core.text.reviews import Reviews, Split
from sentiment_core.text.tokenization import check_kind, load_tokenizer, train_tokenizer
from sentiment_core.training.cards import shared_tokenizer
from sentiment_core.training.judging import predict_logits
from sentiment_core.training.loop import STRETCH, Progress, train
from sentiment_core.training.observation import Observer
from sentiment_core.training.pretraining import start_pretrained
from sentiment_core.training.procedure import Procedure

_SHUFFLING = 1  # added to the seed, so that shuffling labels and ordering batches use different random numbers


def build_model(recipe: Recipe, vocab_size: int, train: EncodedReviews | None = None) -> RecurrentClassifier:
    """The recipe's network with initial weights from its seed, and its n-grams counted in `train`.

    Raises PresetError if the network is impossible.
    """
    network = recipe.network
    torch.manual_seed(recipe.seed)
    try:
        model = RecurrentClassifier(network, vocab_size)
    except (RuntimeError, MemoryError, OverflowError, TypeError) as error:  # depends on how far it exceeds memory
        raise PresetError(
            "A network of these sizes (hidden {hidden}, embedding {embedding}, {words} words) does not fit into "
            "memory. Choose smaller sizes.",
            hidden=network.hidden_size,
            embedding=network.embedding_size,
            words=vocab_size,
        ) from error
    if model.ngrams is not None and train is not None:
        model.ngrams.fill(count_ngrams(train, network.ngrams, recipe.max_length), train.labels)
    return model


def check_recipe(recipe: Recipe) -> None:
    """Raise PresetError or TokenizerError for a recipe that cannot be trained: immediately, before data is read."""
    build_model(recipe, vocab_size=2)
    check_kind(recipe.tokenizer)


def reads_unlabelled(recipe: Recipe, procedure: Procedure | None = None) -> bool:
    """Whether the recipe needs the reviews' unlabelled texts."""
    return recipe.pretraining_epochs > 0 and (procedure or Procedure()).unlabelled


def train_run(
    recipe: Recipe,
    reviews: Reviews,
    out: Path,
    *,
    overwrite: bool = False,
    cache: Path | None = None,
    device: torch.device = CPU,
    procedure: Procedure | None = None,
    observer: Observer | None = None,
    stretch: int = STRETCH,
) -> Generator[Progress, None, None]:
    """Train `recipe` on `reviews` into the run folder `out`, yielding progress; then evaluate on the test split.

    If the folder above `out` is the corpus card of the same reviews, its tokenizer is used, so that a word can be
    followed across runs. If the generator is closed or interrupted, the folder is a valid run with that status. If that
    happens before the first checkpoint, the folder is deleted; during pretraining it is kept and can be resumed.
    procedure: an experiment's, made for this training; None for a plain one.
    observer: sees the training, which does not change it. stretch: steps between two yields.
    Raises RunError if `out` is not free or training fails, LockedError if another process is training there or runs the
    same pretraining, PresetError or TokenizerError for a recipe that cannot be trained, DataError if the cache cannot
    be written or the corpus card is newer than this program.
    """
    procedure = procedure or Procedure()
    check_recipe(recipe)
    check_free(out, overwrite)
    unlabelled = reads_unlabelled(recipe, procedure)
    if unlabelled and not reviews.unlabelled:
        raise DataError("The recipe pretrains on unlabelled texts, and none were read. Load the reviews with them.")
    with hold_folder(out):
        tokenizer = shared_tokenizer(out.parent, reviews, recipe.tokenizer)
        if tokenizer is None:
            tokenizer = train_tokenizer(recipe.tokenizer, reviews.train.texts)
        sizes = {name: len(split) for name, split in reviews.splits.items()}
        if unlabelled:
            sizes["unlabelled"] = len(reviews.unlabelled)
        data = {"source": reviews.source, "fingerprint": reviews.fingerprint, "sizes": sizes}
        precision = training_precision(recipe.network.precision, recipe.network.cell, device=device.type)
        writer = RunWriter(out, recipe, tokenizer, data, [precision], [describe_device(device)], procedure.variation)
        encoded = _encode_splits(recipe, reviews, tokenizer, cache, procedure)
        if unlabelled:
            texts = list(reviews.unlabelled)
            encoded["unlabelled"] = encode_reviews(Split(texts, np.zeros(len(texts), np.int64)), tokenizer, cache)
            del texts
        del reviews  # the raw texts are no longer needed; frees their memory
        model = build_model(recipe, tokenizer.get_vocab_size(), encoded["train"]).to(device)
        model.precision = precision
        claim_folder(out, overwrite)
        yield from _fill(writer, recipe, model, encoded, None, cache, procedure, observer, stretch)


def resume_run(
    out: Path,
    reviews: Reviews,
    *,
    cache: Path | None = None,
    device: torch.device = CPU,
    procedure: Procedure | None = None,
    observer: Observer | None = None,
    stretch: int = STRETCH,
) -> Generator[Progress, None, None]:
    """Resume the stopped run in `out` and train it to the end, with the same result as without the stop.

    The result is the same on the device it was trained on so far. On another device, sums and random numbers differ.

    procedure: made for this training, with the run's variation; None for a plain one. observer, stretch: as in
    `train_run`.
    Raises RunError, when called and not only when iterated, if there is nothing to resume (see `check_resumable`), if
    `reviews` are not those of the run, or if `procedure` has another variation.
    """
    procedure = procedure or Procedure()
    run = check_resumable(out)
    if run.variation != procedure.variation:
        raise RunError(
            "{path} was trained in another way ({variation}). Resume it in that way.",
            path=out,
            variation=run.variation or "plain",
        )
    if reviews.fingerprint != run.data["fingerprint"]:
        raise RunError(
            "{path} was trained on other reviews ({source}, fingerprint {fingerprint}). Give the same --data, "
            "columns, labels and --split-seed again.",
            path=out,
            source=run.data["source"],
            fingerprint=run.data["fingerprint"],
        )
    if not (out / layout.STATE).exists():  # killed before the first step: start the run again
        return train_run(
            *(run.recipe, reviews, out),
            overwrite=True,
            cache=cache,
            device=device,
            procedure=procedure,
            observer=observer,
            stretch=stretch,
        )
    return _go_on(run, reviews, cache, device, procedure, observer, stretch)


def check_resumable(out: Path) -> Run:
    """The stopped run in `out`, with an empty history.

    Raises RunError if there is no run, it is complete, or its saved state is missing or damaged; LockedError if another
    process is training it.
    """
    check_unlocked(out)
    run = load_start(out)
    if load_state(out / layout.STATE) is None:
        if run.status == "complete":
            raise RunError("{path} is complete: there is nothing to resume. Train into another folder.", path=out)
        if (out / "history.jsonl").exists():
            raise RunError(
                "{path} holds no {name} to resume from. Train it again with --overwrite.", path=out, name=layout.STATE
            )
    return run


def _go_on(
    run: Run,
    reviews: Reviews,
    cache: Path | None,
    device: torch.device,
    procedure: Procedure,
    observer: Observer | None,
    stretch: int,
) -> Generator[Progress, None, None]:
    with hold_folder(run.path):
        stopped = load_state(run.path / layout.STATE)
        if stopped is None or load_start(run.path).recipe != run.recipe:
            raise RunError(
                "Another process has changed {path} meanwhile. Look at it before you resume it.", path=run.path
            )
        tokenizer = load_tokenizer(run.path / "tokenizer.json")
        precision = training_precision(
            run.recipe.network.precision, run.recipe.network.cell, run.precision, device.type
        )
        precisions = _followed_by(run.precisions, precision)
        devices = _followed_by(run.devices, describe_device(device))
        writer = RunWriter(run.path, run.recipe, tokenizer, run.data, precisions, devices, run.variation)
        encoded = _encode_splits(run.recipe, reviews, tokenizer, cache, procedure)
        del reviews  # as in train_run
        model = build_model(run.recipe, tokenizer.get_vocab_size(), encoded["train"]).to(device)
        model.precision = precision
        yield from _fill(writer, run.recipe, model, encoded, stopped, cache, procedure, observer, stretch)


def _followed_by(before: list[str], now: str) -> list[str]:
    return before if before[-1:] == [now] else [*before, now]


def _encode_splits(
    recipe: Recipe, reviews: Reviews, tokenizer: Tokenizer, cache: Path | None, procedure: Procedure
) -> dict[str, EncodedReviews]:
    """The three splits: train as the procedure gives it, with its labels shuffled if the recipe says so."""
    encoded = {name: encode_reviews(split, tokenizer, cache) for name, split in reviews.splits.items()}
    encoded["train"] = procedure.training_reviews(encoded)
    if recipe.shuffle_labels:
        encoded["train"] = shuffle_labels(encoded["train"], recipe.seed)
    return encoded


def shuffle_labels(encoded: EncodedReviews, seed: int) -> EncodedReviews:
    """The same reviews with their labels in random order: as many of each, but unrelated to the texts.

    The counts of n-grams are taken from these labels too, so no part of a network sees the true ones.
    """
    order = np.random.default_rng([seed, _SHUFFLING]).permutation(len(encoded))
    return replace(encoded, labels=encoded.labels[order])


def _fill(
    writer: RunWriter,
    recipe: Recipe,
    model: RecurrentClassifier,
    encoded: dict[str, EncodedReviews],
    stopped: SavedState | None,
    cache: Path | None,
    procedure: Procedure,
    observer: Observer | None,
    stretch: int,
) -> Generator[Progress, None, None]:
    """Train into the folder that the writer has claimed, then evaluate on test; end the run with its status."""
    settle_torch()
    status = "failed"
    try:
        if stopped is None:
            writer.open(model)
        else:
            writer.reopen()
        pretrained = None
        if stopped is None and recipe.pretraining_epochs:
            texts = [encoded[name] for name in ("train", "unlabelled") if name in encoded]
            for pretrained in start_pretrained(recipe, model, texts, cache, stretch):
                yield pretrained
        splits = encoded["train"], encoded["valid"]
        yield from train(recipe, model, *splits, writer, stopped, pretrained, procedure, observer, stretch)
        kept = load_model(writer.path).to(model.device)
        valid, test = (
            Scores(split.labels, predict_logits(kept, split, recipe.max_length))
            for split in (encoded["valid"], encoded["test"])
        )
        writer.score(layout.VALID, valid)
        writer.score(layout.TEST, test)
        writer.count_errors(test, encoded["test"])
        writer.finish()
        status = "complete"
    except (KeyboardInterrupt, GeneratorExit):
        status = "interrupted"
        raise
    except LockedError as error:  # another process runs the same pretraining
        status = "interrupted"
        raise LockedError(
            "{error} Then resume the run: train --resume {path}.", error=error.words, path=writer.path
        ) from error
    except torch.OutOfMemoryError as error:
        raise DeviceError(
            "{device} has too little memory. Train with a smaller --batch-size or --max-length, or with --device cpu.",
            device=describe_device(model.device),
        ) from error
    except (OSError, SafetensorError) as error:  # safetensors reports a full disk by its own error
        reason = getattr(error, "strerror", None) or error
        raise RunError(
            "Cannot write to {path}: {reason}. Make room, or name another folder.", path=writer.path, reason=reason
        ) from error
    finally:
        if status != "complete":
            writer.close(status)

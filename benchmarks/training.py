"""Measures how fast encoding, training and inference are, compared with the plain form of the same networks.

`python -m benchmarks.training --data imdb` prints everything; name sections to print only those:

steps     one training step of an LSTM and a BiLSTM: embedding 20, hidden 64, 32 reviews of 256 tokens
epoch     a whole epoch of networks with embedding 64, hidden 64, batches of 64, and of the rnn and gru presets
encode    all reviews from text to ids, and a second start that finds them in the cache
read      the published bilstm on the whole test split; one review of 400 tokens on rnn and bilstm
growth    10,000, 100,000 and 1,000,000 synthetic reviews, each in a process of its own (benchmarks/growth.py)
target    from raw text to a given test accuracy: tokenizer, encoding and training, until the valid split stops it

The plain form (benchmarks/plain.py) is measured over its first steps and extrapolated, in batches of 32 that are
tokenised when they are needed; the share of tokenising is printed. Our form runs a whole epoch over encoded reviews, in
the recipe's batches and, if a line says so, in bfloat16. Neither validates. GFLOP/s count the recurrent matrix products
of real tokens (benchmarks/measure.py) and are compared with the measured float32 peak of this machine.

One process measures both. The plain form comes first, with PyTorch's default settings, because the settings of
`settle_torch` cannot be undone. Then they are made, and our form is measured.
"""

from __future__ import annotations

import argparse
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import closing
from dataclasses import dataclass
from functools import cached_property, partial
from pathlib import Path

import numpy as np
import torch
from tokenizers import Tokenizer

from benchmarks.measure import gemm_peak, median_seconds, training_flops
from benchmarks.plain import BATCH, PlainTraining, plain_epoch
from sentiment_core.classifiers.loading import load_classifier
from sentiment_core.errors import SentimentError
from sentiment_core.experiments.reproduction.systems import all_systems
from sentiment_core.model.config import Recipe
from sentiment_core.model.precision import PRECISIONS, try_lstm
from sentiment_core.model.presets import preset
from sentiment_core.model.process import settle_torch
from sentiment_core.runs.reading import load_run
from sentiment_core.text.encoding import default_cache, encode_reviews
from sentiment_core.text.reviews import Reviews, Split, load_reviews
from sentiment_core.text.tokenization import is_word, load_tokenizer, train_tokenizer
from sentiment_core.training.batching import bucketed_batches
from sentiment_core.training.feeding import Batch, feed
from sentiment_core.training.loop import train_step
from sentiment_core.training.optimizer import build_optimizer
from sentiment_core.training.pipeline import build_model, train_run

CORPUS = Path(__file__).parents[1] / "checkpoints" / "imdb"
PLAIN_STEPS = 30
STEP_REPEATS = 30
SLOWEST = "faithful-bilstm"  # of the recipes that follow the lecture notes exactly


@dataclass(frozen=True)
class Subject:
    """The data of the measurements, loaded when a section first needs it."""

    data: str
    max_length: int
    preset: str
    target: float
    margin: float

    @cached_property
    def reviews(self) -> Reviews:
        return load_reviews(self.data)

    @cached_property
    def tokenizer(self) -> Tokenizer:
        return load_tokenizer(CORPUS / "tokenizer.json")

    @cached_property
    def peak(self) -> float:
        """Float32 operations a second."""
        return gemm_peak()

    def work(self, recipe: Recipe, tokens: int, seconds: float) -> str:
        """Tokens a second, operations a second, and their share of the peak."""
        flops = training_flops(recipe, tokens) / seconds
        rate = f"{tokens / seconds / 1000:,.0f}k tokens/s, {flops / 1e9:,.0f} GFLOP/s"
        return f"{rate}, {flops / self.peak:.0%} of the float32 peak"


# A section measures the plain form up to its one yield, then ours, and prints both. It depends on nothing but Subject.
Section = Callable[[Subject], Iterator[None]]


def steps(subject: Subject) -> Iterator[None]:
    """One step on 32 reviews of 256 tokens, one of them a token shorter.

    Packed reviews of equal length use the fused kernel too, but no real batch has only one length; both are printed.
    """
    rng = np.random.default_rng(0)
    vocab_size = subject.tokenizer.get_vocab_size()
    ids, labels = rng.integers(2, vocab_size, (BATCH, 256)), rng.integers(0, 2, BATCH)
    even, lengths = np.full(BATCH, 256), np.array([256] * (BATCH - 1) + [255])
    recipes = [preset(name).change(embedding_size=20, hidden_size=64, pooling="last") for name in ("lstm", "bilstm")]
    # As in the plain form.
    recipes = [recipe.change(embedding_dropout=0.0, dropout=0.0, clip=0.0) for recipe in recipes]
    plain = []
    for recipe in recipes:
        training = PlainTraining(recipe, vocab_size)
        batches = [map(torch.from_numpy, (ids, counts, labels)) for counts in (lengths, even)]
        plain.append([median_seconds(partial(training.step, *batch), STEP_REPEATS) for batch in batches])
    yield
    for recipe, (packed, packed_even) in zip(recipes, plain, strict=True):
        print(
            f"{recipe.preset} step, packed: {packed * 1000:.0f} ms; {subject.work(recipe, lengths.sum(), packed)}; "
            f"were all of one length, {packed_even * 1000:.0f} ms"
        )
        for precision in precisions(recipe):
            model = build_model(recipe, vocab_size)
            model.precision = precision
            optimizer = build_optimizer(model.parameters(), recipe.learning_rate)
            tensors = torch.from_numpy(ids), torch.from_numpy(lengths), torch.from_numpy(labels)
            batch = Batch(*tensors, int(lengths.sum()))
            step = partial(train_step, model, optimizer, batch, recipe.clip)
            ours = median_seconds(step, STEP_REPEATS)
            print(
                f"{recipe.preset} step, ours in {precision}: {ours * 1000:.1f} ms, {packed / ours:.1f}x as fast; "
                f"{subject.work(recipe, lengths.sum(), ours)}"
            )


def epoch(subject: Subject) -> Iterator[None]:
    """A whole epoch over the training split."""
    wide = {"embedding_size": 64, "hidden_size": 64, "batch_size": 64}
    recipes = [preset("lstm").change(**wide), preset("bilstm").change(**wide), preset("rnn"), preset("gru")]
    recipes = [recipe.change(max_length=subject.max_length) for recipe in recipes]
    train = subject.reviews.train
    plain = [plain_epoch(recipe, train, subject.tokenizer, PLAIN_STEPS) for recipe in recipes]
    yield
    for recipe, packed in zip(recipes, plain, strict=True):
        network = recipe.network
        sizes = f"embed {network.embedding_size}, hidden {network.hidden_size}, {recipe.max_length} tokens"
        print(
            f"{recipe.preset} epoch, packed: {packed.seconds:.0f} s multiplied out from {PLAIN_STEPS} steps, "
            f"{packed.tokenising:.0f} s of it tokenising; {sizes}, batches of {BATCH}, ours of {recipe.batch_size}"
        )
        for precision in precisions(recipe):
            seconds, tokens = time_epoch(recipe, precision, subject)
            whole, bare = packed.seconds / seconds, (packed.seconds - packed.tokenising) / seconds
            print(
                f"{recipe.preset} epoch, ours in {precision}: {seconds:.1f} s, {whole:.1f}x as fast, {bare:.1f}x as "
                f"without its tokenising; {subject.work(recipe, tokens, seconds)}"
            )


def precisions(recipe: Recipe) -> tuple[str, ...]:
    """The precisions in which this machine can train the recipe, fast or not."""
    return PRECISIONS if recipe.network.cell == "lstm" and try_lstm("cpu").bfloat16 is not None else PRECISIONS[:1]


def time_epoch(recipe: Recipe, precision: str, subject: Subject) -> tuple[float, int]:
    """Seconds and real tokens of a whole epoch: ordering, padding and steps, without validation and writing."""
    reviews = encode_reviews(subject.reviews.train, subject.tokenizer, default_cache())
    model = build_model(recipe, subject.tokenizer.get_vocab_size())
    model.precision = precision
    optimizer = build_optimizer(model.parameters(), recipe.learning_rate)
    lengths = np.minimum(reviews.lengths, recipe.max_length)
    started = time.perf_counter()
    batches = bucketed_batches(lengths, recipe.batch_size, np.random.default_rng(0))
    for batch in feed(reviews, batches, recipe.max_length, model.device):
        train_step(model, optimizer, batch, recipe.clip)
    return time.perf_counter() - started, int(lengths.sum())


def encode(subject: Subject) -> Iterator[None]:
    """Encode every split, with an empty cache and from a full one."""
    splits = list(subject.reviews.splits.values())
    count = sum(map(len, splits))
    sample = splits[0].texts[:1000]
    started = time.perf_counter()
    one_by_one = [subject.tokenizer.encode(text).ids for text in sample]
    plain = (time.perf_counter() - started) / len(sample) * count
    yield
    with tempfile.TemporaryDirectory() as folder:
        seconds = []
        for _ in range(2):
            fresh = [Split(split.texts, split.labels) for split in splits]  # without cached fingerprints
            started = time.perf_counter()
            encoded = [encode_reviews(split, subject.tokenizer, Path(folder)) for split in fresh]
            seconds.append(time.perf_counter() - started)
        equal = encoded[0].ids[: encoded[0].offsets[len(sample)]].tolist() == [id for row in one_by_one for id in row]
    print(f"encoding {count:,} reviews: {seconds[0]:.1f} s; {plain:.1f} s one by one, from {len(sample):,} of them")
    print(
        f"  the same from the cache: {seconds[1]:.2f} s; ids of those {len(sample):,} "
        f"{'equal' if equal else 'DIFFER FROM'} the tokenizer's own"
    )


def read(subject: Subject) -> Iterator[None]:
    """Inference with the published runs; there is no plain form."""
    yield
    rnn, bilstm = (load_classifier(CORPUS / name) for name in ("rnn", "bilstm"))
    test = subject.reviews.test
    started = time.perf_counter()
    evaluation = bilstm.evaluate(test, default_cache())
    print(
        f"bilstm on {len(test):,} test reviews: {evaluation.accuracy:.2%} after {time.perf_counter() - started:.1f} s, "
        f"{evaluation.seconds:.1f} s of it reading, the rest encoding or its cache"
    )
    words = [token for token in subject.tokenizer.get_vocab() if is_word(token)]
    text = " ".join(np.random.default_rng(0).choice(words, 400))
    assert bilstm.predict([text])[0].read == 400
    milliseconds = 1000 * median_seconds(lambda: (rnn.predict([text]), bilstm.predict([text])), 100)
    print(f"one review of 400 tokens on rnn and bilstm: {milliseconds:.1f} ms, the median of 100")


def growth(subject: Subject) -> Iterator[None]:
    """Each size in a process of its own, to measure its own memory."""
    yield
    for count in (10_000, 100_000, 1_000_000):
        subprocess.run([sys.executable, "-m", "benchmarks.growth", str(count)], check=True)


def target(subject: Subject) -> Iterator[None]:
    """A run as the command line makes it, stopped by the valid split; then the test split is read once."""
    system = all_systems()[SLOWEST]
    reviews = subject.reviews
    assert system.recipe is not None
    assert system.prepare is not None
    prepared = Split([system.prepare(text) for text in reviews.train.texts], reviews.train.labels)
    tokenizer = train_tokenizer(system.recipe.tokenizer, prepared.texts)
    read_each_epoch = round((len(reviews.train) + len(reviews.valid)) * (1 - system.valid_fraction))
    one = plain_epoch(system.recipe, prepared, tokenizer, PLAIN_STEPS, read_each_epoch).seconds
    slowest = one * system.recipe.epochs
    yield
    goal = subject.target + subject.margin
    with tempfile.TemporaryDirectory() as folder:
        out, cache = Path(folder) / subject.preset, Path(folder) / "cache"
        started = time.perf_counter()
        with closing(train_run(preset(subject.preset), reviews, out, cache=cache)) as progress:
            reached = next((row for p in progress if (row := p.checkpoint) and row.valid_accuracy >= goal), None)
            seconds = time.perf_counter() - started
        run = load_run(out)
        test = run.scores() or load_classifier(out).evaluate(reviews.test, cache).scores  # a complete run has read it
    valid = f"{run.best.valid_accuracy:.2%} on valid after {run.best.epoch:g} epochs"
    print(f"{subject.preset} from raw text, {valid}: {seconds:.1f} s, {test.accuracy:.2%} on test, read after that")
    if reached is None or test.accuracy < subject.target:
        print(f"  NOT REACHED: {goal:.2%} on valid and {subject.target:.2%} on test were asked for")
    print(
        f"  {SLOWEST}, plain: {one:.0f} s an epoch multiplied out from {PLAIN_STEPS} steps, times "
        f"{system.recipe.epochs} epochs is {slowest:,.0f} s, {slowest / seconds:.0f} times as long"
    )


SECTIONS: dict[str, Section] = {section.__name__: section for section in (steps, epoch, encode, read, growth, target)}


def main() -> None:
    """Print the figures."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument(
        "sections", nargs="*", metavar="section", help=f"of {', '.join(SECTIONS)}; all of them for none"
    )
    parser.add_argument("--data", default="imdb", help="imdb, toy, a Hub id, a folder or a file")
    parser.add_argument("--max-length", type=int, default=256, help="tokens read of each review in `epoch`")
    parser.add_argument("--preset", default="lstm", help="trained in `target`")
    parser.add_argument("--target", type=float, default=0.8568, help="test accuracy to reach in `target`")
    parser.add_argument("--margin", type=float, default=0.005, help="by which valid must exceed it")
    options = vars(parser.parse_args())
    names = options.pop("sections") or list(SECTIONS)
    if unknown := set(names) - set(SECTIONS):
        parser.error(f"no section {', '.join(sorted(unknown))}; choose from {', '.join(SECTIONS)}")
    try:
        subject = Subject(**options)
        sections = [SECTIONS[name](subject) for name in names]
        for section in sections:
            next(section)
        settle_torch()
        print(f"{torch.get_num_threads()} threads, float32 peak {subject.peak / 1e9:.0f} GFLOP/s", flush=True)
        for section in sections:
            next(section, None)
    except SentimentError as error:
        raise SystemExit(f"error: {error}") from None


if __name__ == "__main__":
    main()

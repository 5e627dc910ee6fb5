"""Measures how fast and how accurately networks train on the CPU and on a GPU, in one run on the same reviews.

`python -m benchmarks.device --data imdb` trains each preset on each device available to `--device`. It prints the
seconds of the last epoch without validation, tokens a second and test accuracy. Before that it times one step on a GPU
in other ways: packed, as notebooks write it; with kernels launched one by one; and in the other precision.

It needs torch, numpy, tokenizers, safetensors and pyarrow. `--data` may be a folder with train.parquet and test.parquet
with columns text and label, which does not need the package datasets.
"""

from __future__ import annotations

import argparse
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from statistics import mean
from tempfile import TemporaryDirectory

import numpy as np
import pyarrow.parquet as pq
import torch
from tokenizers import Tokenizer

from benchmarks.measure import median_seconds
from benchmarks.plain import PlainTraining
from sentiment_core.errors import SentimentError
from sentiment_core.model.device import CPU, available_devices, describe_device, synchronize
from sentiment_core.model.precision import PRECISIONS, training_precision
from sentiment_core.model.presets import Recipe, preset
from sentiment_core.model.process import settle_torch
from sentiment_core.model.recurrent import RecurrentClassifier
from sentiment_core.model.weights import load_model
from sentiment_core.runs.reading import load_run
from sentiment_core.runs.scores import Scores
from sentiment_core.runs.writing import RunWriter, claim_folder
from sentiment_core.text.encoding import EncodedReviews, encode_reviews
from sentiment_core.text.reviews import Reviews, Split, hold_out, load_reviews
from sentiment_core.text.tokenization import load_tokenizer, train_tokenizer
from sentiment_core.training.batching import bucketed_batches
from sentiment_core.training.feeding import Batch, feed
from sentiment_core.training.graphs import RecordedGradients, recorded_gradients
from sentiment_core.training.judging import predict_logits
from sentiment_core.training.loop import train, train_step
from sentiment_core.training.optimizer import build_optimizer
from sentiment_core.training.pipeline import build_model
from sentiment_core.training.procedure import Procedure

PRESETS = ("rnn", "gru", "lstm", "bilstm", "bilstm-best")
TOKENIZER = Path(__file__).parents[1] / "checkpoints" / "imdb" / "tokenizer.json"
_STEPS = 30  # with batches of different lengths, timed in each way


@dataclass(frozen=True)
class Subject:
    """The reviews, encoded."""

    reviews: Reviews
    tokenizer: Tokenizer
    encoded: dict[str, EncodedReviews]

    def model(self, recipe: Recipe, device: torch.device) -> RecurrentClassifier:
        model = build_model(recipe, self.tokenizer.get_vocab_size(), self.encoded["train"]).to(device)
        model.precision = training_precision(recipe.network.precision, recipe.network.cell, device=device.type)
        return model


@dataclass(frozen=True)
class Trained:
    """The result of one training."""

    seconds: float  # of the last epoch
    tokens: int  # read in it
    accuracy: float  # of the test split
    precision: str


def read_data(data: str) -> Reviews:
    """The reviews that `data` names, split as in `load_reviews`."""
    files = [Path(data) / f"{name}.parquet" for name in ("train", "test")]
    if not all(file.exists() for file in files):
        return load_reviews(data)
    whole, test = (Split(table["text"].to_pylist(), table["label"].to_numpy()) for table in map(pq.read_table, files))
    return Reviews(Path(data).name, *hold_out(whole, 0.1, seed=0), test)


def prepare(data: str) -> Subject:
    """Read and encode the reviews. Reviews other than IMDB's get a tokenizer of their own."""
    started = time.perf_counter()
    reviews = read_data(data)
    is_imdb = "imdb" in Path(data).name
    tokenizer = load_tokenizer(TOKENIZER) if is_imdb else train_tokenizer("wordpiece", reviews.train.texts)
    encoded = {name: encode_reviews(split, tokenizer) for name, split in reviews.splits.items()}
    print(f"{sum(map(len, encoded.values())):,} reviews read and encoded in {time.perf_counter() - started:.1f} s")
    return Subject(reviews, tokenizer, encoded)


def train_once(subject: Subject, recipe: Recipe, device: torch.device) -> Trained:
    """A complete training, and the evaluation of the kept weights on the test split."""
    model = subject.model(recipe, device)
    precision = model.trains_in()
    data = {"source": subject.reviews.source, "fingerprint": "", "sizes": dict.fromkeys(subject.encoded, 0)}
    with TemporaryDirectory() as folder:
        out = Path(folder) / "run"
        writer = RunWriter(out, recipe, subject.tokenizer, data, [precision], [describe_device(device)])
        claim_folder(out, overwrite=False)
        writer.open(model)
        for _ in train(recipe, model, subject.encoded["train"], subject.encoded["valid"], writer):
            pass
        history = load_run(out).history
        test = subject.encoded["test"]
        logits = predict_logits(load_model(out).to(device), test, recipe.max_length)
    last = history[-1]
    before = next(checkpoint for checkpoint in reversed(history) if checkpoint.epoch <= last.epoch - 1)
    accuracy = Scores(np.asarray(test.labels), logits).accuracy
    return Trained(last.seconds - before.seconds, last.tokens - before.tokens, accuracy, precision)


def print_training(subject: Subject, name: str, tokens: int, epochs: int, seeds: int, device: torch.device) -> float:
    """Train a preset with each seed, print a line, and return the seconds of an epoch."""
    recipe = preset(name).change(max_length=tokens, epochs=epochs)
    runs = [train_once(subject, recipe.change(seed=seed), device) for seed in range(seeds)]
    seconds = mean(run.seconds for run in runs)
    rates = [run.accuracy for run in runs]
    spread = f" ({min(rates):.2%} to {max(rates):.2%}, {seeds} seeds)" if seeds > 1 else ""
    print(
        f"{name:<12} {describe_device(device)}, {runs[0].precision}: epoch {seconds:.2f} s, "
        f"{runs[0].tokens / seconds / 1000:,.0f}k tokens/s, test {mean(rates):.2%}{spread}",
        flush=True,
    )
    return seconds


def print_ways(subject: Subject, name: str, tokens: int, device: torch.device, profile: bool) -> None:
    """Time a training step of a preset in our way and in others, on the same batches of mixed lengths."""
    recipe = preset(name).change(max_length=tokens)
    train_split = subject.encoded["train"]
    rows = bucketed_batches(np.minimum(train_split.lengths, tokens), recipe.batch_size, np.random.default_rng(0))
    batches = list(feed(train_split, rows[:_STEPS], tokens, device))
    plain = PlainTraining(recipe, subject.tokenizer.get_vocab_size())
    plain.network.to(device)
    packed = [(batch, batch.lengths.cpu()) for batch in batches]  # packing needs the lengths on the CPU
    ways = {"packed": _seconds(lambda: [plain.step(batch.ids, cut, batch.labels) for batch, cut in packed], device)}
    for precision in PRECISIONS if recipe.network.cell == "lstm" else PRECISIONS[:1]:
        model = subject.model(recipe, device)
        model.precision = precision
        optimizer = build_optimizer(model.parameters(), recipe.learning_rate)
        one_by_one = _steps(model, optimizer, batches, recipe.clip)
        ways[f"{precision}, kernels one by one"] = _seconds(one_by_one, device)
        model = subject.model(recipe, device)
        model.precision = precision
        optimizer = build_optimizer(model.parameters(), recipe.learning_rate)
        recorded = _steps(model, optimizer, batches, recipe.clip, recorded_gradients(model, Procedure()))
        ways[precision] = _seconds(recorded, device)
        if profile and precision == "float32":
            print_profile(recorded)
    ours = ways[subject.model(recipe, device).trains_in()]
    lines = [f"{way} {each * 1000:.2f} ms ({each / ours:.2f} of ours)" for way, each in ways.items()]
    print(f"{name} step on {describe_device(device)}: {'; '.join(lines)}", flush=True)


def _steps(
    model: RecurrentClassifier,
    optimizer: torch.optim.Optimizer,
    batches: list[Batch],
    clip: float,
    recorded: RecordedGradients | None = None,
) -> Callable[[], object]:
    return lambda: [train_step(model, optimizer, batch, clip, recorded=recorded) for batch in batches]


def _seconds(steps: Callable[[], object], device: torch.device) -> float:
    """Seconds of one step, the median of three rounds."""

    def work() -> None:
        steps()
        synchronize(device)

    return median_seconds(work, 3, warm_up=2) / _STEPS  # shapes are recorded in the second round


def print_profile(steps: Callable[[], object]) -> None:
    """Print where the time of some steps is spent, by PyTorch's profiler."""
    activities = [torch.profiler.ProfilerActivity.CPU, torch.profiler.ProfilerActivity.CUDA]
    with torch.profiler.profile(activities=activities) as profiler:
        steps()
    for order in ("cuda_time_total", "cpu_time_total"):
        print(profiler.key_averages().table(sort_by=order, row_limit=15, max_name_column_width=60))


def main() -> None:
    """Print the figures."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--data", default="imdb", help="as `train` takes it, or a folder of two Parquet files")
    parser.add_argument("--presets", nargs="+", default=list(PRESETS), metavar="NAME")
    parser.add_argument("--tokens", type=int, default=256, help="read of each review")
    parser.add_argument("--epochs", type=int, default=2, help="the last of them is timed")
    parser.add_argument("--seeds", type=int, default=1, help="trainings of each preset on each device")
    parser.add_argument("--no-cpu", action="store_true", help="only what is faster")
    parser.add_argument("--threads", type=int, default=0, help="of the CPU; 0 for as many as PyTorch takes")
    parser.add_argument("--profile", action="store_true", help="print where the time of bilstm's steps goes")
    options = parser.parse_args()
    settle_torch()
    if options.threads:
        torch.set_num_threads(options.threads)
    try:
        for name in options.presets:
            preset(name)
        subject = prepare(options.data)
    except SentimentError as error:
        raise SystemExit(f"error: {error}") from None
    devices = [torch.device(name) for name in available_devices()]
    if options.no_cpu:
        devices.remove(CPU)
    shown = ", ".join(describe_device(device) for device in devices) or "nothing"
    print(
        f"on {shown}; PyTorch {torch.__version__}, {torch.get_num_threads()} CPU threads; {options.tokens} tokens, "
        f"{options.epochs} epochs",
        flush=True,
    )
    for device in devices:
        if device != CPU:
            for name in [name for name in options.presets if name.startswith("bilstm")]:
                print_ways(subject, name, options.tokens, device, options.profile and name == "bilstm")
    seconds: dict[str, list[float]] = {name: [] for name in options.presets}
    for device in reversed(devices):  # fast ones first
        for name in options.presets:
            took = print_training(subject, name, options.tokens, options.epochs, options.seeds, device)
            seconds[name].append(took)
    for name, times in seconds.items():
        if len(times) > 1:
            print(f"{name:<12} {times[-1] / times[0]:.1f} times as fast as on the CPU")


if __name__ == "__main__":
    main()

"""Trains published runs again with other seeds, to see how far accuracy depends on the seed and on the device.

`python -m benchmarks.seeds checkpoints/imdb/rnn checkpoints/imdb/bilstm --data FOLDER --seeds 5 --device cuda` trains
the recipe of each run with each seed. It prints a JSON object for each training: run, device, seed, the accuracy of the
kept weights on the valid split, theirs on the test split, read once at the end, and the seconds. `--summary FILE...`
reads such lines and prints mean, standard deviation and range for each run and device.

`--data` is as in `benchmarks.device`.
"""

from __future__ import annotations

import argparse
import json
import statistics
from collections import defaultdict
from pathlib import Path
from tempfile import TemporaryDirectory

import numpy as np
import torch

from benchmarks.device import read_data
from sentiment_core.errors import SentimentError
from sentiment_core.model.device import choose_device, describe_device
from sentiment_core.model.precision import training_precision
from sentiment_core.model.process import settle_torch
from sentiment_core.model.weights import load_model
from sentiment_core.runs.reading import Run, load_run
from sentiment_core.runs.scores import Scores
from sentiment_core.runs.writing import RunWriter, claim_folder
from sentiment_core.text.encoding import EncodedReviews, default_cache, encode_reviews
from sentiment_core.text.tokenization import load_tokenizer
from sentiment_core.training.judging import predict_logits
from sentiment_core.training.loop import train
from sentiment_core.training.pipeline import build_model


def train_again(run: Run, encoded: dict[str, EncodedReviews], seed: int, device: torch.device) -> dict[str, object]:
    """Train the recipe of a run with another seed on encoded reviews by split. Returns what `main` prints."""
    recipe = run.recipe.change(seed=seed, frames=False)
    tokenizer = load_tokenizer(run.path / "tokenizer.json")
    model = build_model(recipe, tokenizer.get_vocab_size(), encoded["train"]).to(device)
    model.precision = training_precision(recipe.network.precision, recipe.network.cell, device=device.type)
    with TemporaryDirectory() as folder:
        out = Path(folder) / "run"
        writer = RunWriter(out, recipe, tokenizer, run.data, [model.precision], [describe_device(device)])
        claim_folder(out, overwrite=False)
        writer.open(model)
        for _ in train(recipe, model, encoded["train"], encoded["valid"], writer):
            pass
        again = load_run(out)
        kept = load_model(out).to(device)
    test = encoded["test"]
    scores = Scores(np.asarray(test.labels), predict_logits(kept, test, recipe.max_length))
    return {
        "run": f"{run.path.parent.name}/{run.name}",
        "device": device.type,
        "seed": seed,
        "valid": again.best.valid_accuracy,
        "test": scores.accuracy,
        "seconds": round(again.history[-1].seconds, 1),
    }


def summarise(files: list[Path]) -> None:
    """Print a line for each run and device in files of `train_again`'s results."""
    found: dict[tuple[str, str], list[dict[str, float]]] = defaultdict(list)
    for file in files:
        for line in file.read_text(encoding="utf-8").splitlines():
            row = json.loads(line)
            found[row["run"], row["device"]].append(row)
    for (name, device), rows in sorted(found.items()):
        parts = []
        for split in ("valid", "test"):
            rates = [100 * row[split] for row in rows]
            spread = statistics.stdev(rates) if len(rates) > 1 else float("nan")
            parts.append(f"{split} {statistics.mean(rates):.2f} ± {spread:.2f} ({min(rates):.2f} to {max(rates):.2f})")
        print(f"{name:<24} {device:<5} {len(rows)} seeds: {', '.join(parts)}")


def main() -> None:
    """Train and print, or summarise."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("runs", nargs="*", type=Path, metavar="RUN")
    parser.add_argument("--data", default="imdb", help="as `train` takes it, or a folder of two Parquet files")
    parser.add_argument("--seeds", type=int, default=5, help="trainings of each run")
    parser.add_argument("--first", type=int, default=1, help="the first seed; published runs have 0")
    parser.add_argument("--device", default="auto")
    parser.add_argument("--summary", nargs="+", type=Path, metavar="FILE", help="files of printed lines")
    options = parser.parse_args()
    if options.summary:
        summarise(options.summary)
        return
    settle_torch()
    try:
        device = choose_device(options.device)
        runs = [load_run(path) for path in options.runs]
        reviews = read_data(options.data)
    except SentimentError as error:
        raise SystemExit(f"error: {error}") from None
    for run in runs:
        if reviews.fingerprint != run.data["fingerprint"]:
            raise SystemExit(f"error: {run.path} was trained on other reviews than {options.data}.")
        tokenizer = load_tokenizer(run.path / "tokenizer.json")
        encoded = {name: encode_reviews(split, tokenizer, default_cache()) for name, split in reviews.splits.items()}
        for seed in range(options.first, options.first + options.seeds):
            print(json.dumps(train_again(run, encoded, seed, device)), flush=True)


if __name__ == "__main__":
    main()

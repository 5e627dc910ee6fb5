"""How fast a training epoch is, beside the plain notebook form of a network of the same sizes.

`python -m benchmarks.training --data imdb` prints seconds for one bilstm epoch and the ratio to the plain form: batches
of 32 in random order, padded to their longest, packed, one bidirectional nn.LSTM, PyTorch defaults. The plain epoch is
measured over its first steps and multiplied out; ours is run whole, so the ratio includes batching and all else.
"""

from __future__ import annotations

import argparse
import time

import numpy as np
import torch
from torch import Tensor, nn
from torch.nn import functional as F
from torch.nn.utils.rnn import pack_padded_sequence

from sentiment_core.errors import SentimentError
from sentiment_core.model.presets import Recipe, preset
from sentiment_core.text.encoding import EncodedReviews, default_cache, encode_reviews
from sentiment_core.text.reviews import load_reviews
from sentiment_core.text.tokenization import train_wordpiece
from sentiment_core.training.batching import bucketed_batches, pad_batch, random_batches
from sentiment_core.training.loop import train_step
from sentiment_core.training.pipeline import build_model

PLAIN_STEPS = 30
VOCAB_SIZE = 10_000


class PackedBiLSTM(nn.Module):
    """The plain form: recipe B's bidirectional network, read at its last states, at the preset's sizes."""

    def __init__(self, recipe: Recipe) -> None:
        super().__init__()
        self.embedding = nn.Embedding(VOCAB_SIZE, recipe.embedding_size, padding_idx=0)
        self.lstm = nn.LSTM(recipe.embedding_size, recipe.hidden_size, batch_first=True, bidirectional=True)
        self.head = nn.Linear(2 * recipe.hidden_size, 1)

    def forward(self, ids: Tensor, lengths: Tensor) -> Tensor:
        """Logits [batch] from ids [batch, time] int64 and lengths [batch] int64."""
        packed = pack_padded_sequence(self.embedding(ids), lengths, batch_first=True, enforce_sorted=False)
        _, (state, _) = self.lstm(packed)  # [directions, batch, hidden]
        return self.head(torch.cat([state[0], state[1]], dim=-1)).squeeze(-1)


def time_ours(recipe: Recipe, reviews: EncodedReviews) -> tuple[float, int]:
    """Seconds and tokens of one whole epoch."""
    model = build_model(recipe, VOCAB_SIZE)
    optimizer = torch.optim.Adam(model.parameters(), lr=recipe.learning_rate)
    rng = np.random.default_rng(0)
    started = time.perf_counter()
    tokens = 0
    for rows in bucketed_batches(np.minimum(reviews.lengths, recipe.max_length), recipe.batch_size, rng):
        ids, lengths = pad_batch(reviews, rows, recipe.max_length)
        train_step(model, optimizer, ids, lengths, reviews.labels[rows], recipe.clip)
        tokens += int(lengths.sum())
    return time.perf_counter() - started, tokens


def time_plain(recipe: Recipe, reviews: EncodedReviews, batch_size: int = 32) -> float:
    """Seconds of one epoch, from `PLAIN_STEPS` steps after two to warm up."""
    model = PackedBiLSTM(recipe)
    optimizer = torch.optim.Adam(model.parameters(), lr=recipe.learning_rate)
    batches = random_batches(len(reviews), batch_size, np.random.default_rng(0))
    started = 0.0
    for step, rows in enumerate(batches[: PLAIN_STEPS + 2]):
        if step == 2:
            started = time.perf_counter()
        ids, lengths = (torch.from_numpy(array) for array in pad_batch(reviews, rows, recipe.max_length))
        loss = F.binary_cross_entropy_with_logits(model(ids, lengths), torch.from_numpy(reviews.labels[rows]).float())
        optimizer.zero_grad()
        loss.backward()
        optimizer.step()
    return (time.perf_counter() - started) / PLAIN_STEPS * len(batches)


def main() -> None:
    """Print the figures."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--data", default="imdb", help="imdb, toy, a Hub id, a folder or a file")
    parser.add_argument("--max-length", type=int, default=256, help="tokens read of each review")
    options = parser.parse_args()
    torch.set_flush_denormal(True)
    try:
        reviews = load_reviews(options.data).train
    except SentimentError as error:
        raise SystemExit(f"error: {error}") from None
    tokenizer = train_wordpiece(reviews.texts, VOCAB_SIZE)
    encoded = encode_reviews(reviews, tokenizer, default_cache())
    recipe = preset("bilstm").change(max_length=options.max_length)
    plain = time_plain(recipe, encoded)
    ours, tokens = time_ours(recipe, encoded)
    where = f"{len(reviews):,} reviews at {options.max_length} tokens, {torch.get_num_threads()} threads"
    print(f"bilstm epoch, {where}: {ours:.1f} s, {tokens / ours / 1000:,.0f}k tokens/s")
    print(f"plain packed epoch, the same reviews: {plain:.0f} s, multiplied out from {PLAIN_STEPS} steps")
    print(f"ours is {plain / ours:.1f}x as fast")


if __name__ == "__main__":
    main()

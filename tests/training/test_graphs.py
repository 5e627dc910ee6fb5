"""Gradients replayed by a CUDA device equal computed ones."""

import copy

import numpy as np
import pytest
import torch

from sentiment_core.model.config import NetworkConfig
from sentiment_core.model.device import CPU
from sentiment_core.model.precision import full_float32
from sentiment_core.model.recurrent import RecurrentClassifier
from sentiment_core.text.encoding import EncodedReviews
from sentiment_core.training.batching import bucketed_batches
from sentiment_core.training.feeding import feed
from sentiment_core.training.graphs import WIDTH, RecordedGradients, pad_further, recorded_gradients
from sentiment_core.training.loop import train_step
from sentiment_core.training.optimizer import build_optimizer
from sentiment_core.training.procedure import Procedure
from tests.devices import needs_cuda

SHAPE = {"embedding_size": 16, "hidden_size": 16, "layers": 2, "bidirectional": True}


@pytest.fixture
def encoded() -> EncodedReviews:
    """100 reviews of 1 to 60 tokens: batches of several shapes, with a smaller last one in each epoch."""
    rng = np.random.default_rng(0)
    lengths = rng.integers(1, 61, 100)
    ids = rng.integers(2, 50, lengths.sum()).astype(np.int32)
    return EncodedReviews(ids, np.concatenate([[0], np.cumsum(lengths)]), rng.integers(0, 2, 100))


def network(**changes: object) -> RecurrentClassifier:
    torch.manual_seed(0)
    model = RecurrentClassifier(NetworkConfig(**SHAPE | {"pooling": "maxmean"} | changes), 50)
    if model.ngrams is not None:
        counts = np.random.default_rng(0).integers(0, 9, (2**20, 2))
        model.ngrams.fill(counts, np.array([0, 1]))
    return model


def test_more_padding_changes_no_logit(encoded: EncodedReviews):
    model = network().eval()
    batches = bucketed_batches(encoded.lengths, 16, np.random.default_rng(1))
    for batch in feed(encoded, batches, 60, CPU):
        wide = pad_further(batch)
        assert wide.ids.shape[1] % WIDTH == 0
        assert wide.ids.shape[1] - batch.ids.shape[1] < WIDTH
        torch.testing.assert_close(model(wide.ids, wide.lengths), model(batch.ids, batch.lengths))


def test_nothing_is_recorded_on_the_cpu():
    assert recorded_gradients(network(), Procedure()) is None


@needs_cuda
def test_what_padding_or_an_experiment_changes_is_not_recorded():
    class Doubled(Procedure):
        def add_gradients(self, model, batch):
            return 2 * super().add_gradients(model, batch)

    assert recorded_gradients(network(pooling="column").to("cuda"), Procedure()) is None
    assert recorded_gradients(network().to("cuda"), Doubled()) is None
    assert isinstance(recorded_gradients(network().to("cuda"), Procedure()), RecordedGradients)


@needs_cuda
@pytest.mark.parametrize("changes", [{"cell": cell} for cell in ("rnn_relu", "lstm", "gru")] + [{"ngrams": 3}], ids=str)
def test_replayed_gradients_are_the_computed_ones(encoded: EncodedReviews, changes: dict):
    model = network(**changes).to("cuda")
    other = copy.deepcopy(model)
    recorded = recorded_gradients(model, Procedure())
    assert recorded is not None
    device = torch.device("cuda")
    with full_float32(device):
        for seed in range(4):  # a shape occurs, is recorded, and is replayed for other reviews
            for batch in feed(encoded, bucketed_batches(encoded.lengths, 16, np.random.default_rng(seed)), 60, device):
                loss = recorded(batch)
                other.zero_grad()
                torch.testing.assert_close(loss, Procedure().add_gradients(other, batch), rtol=1e-4, atol=1e-5)
                for mine, theirs in zip(model.parameters(), other.parameters(), strict=True):
                    torch.testing.assert_close(mine.grad, theirs.grad, rtol=1e-3, atol=1e-4)
    assert sum(recording is not None for recording in recorded._recordings.values()) >= 3


@needs_cuda
def test_a_network_that_was_trained_without_recordings_is_recorded(encoded: EncodedReviews):
    """As after pretraining: autograd has met its weights in another stream."""
    model = network(dropout=0.5, embedding_dropout=0.4).to("cuda")
    optimizer = build_optimizer(model.parameters(), 1e-3)
    kept = []  # keeps autograd's nodes of the weights alive
    for batch in feed(encoded, [np.arange(16)] * 2, 60, torch.device("cuda")):
        train_step(model, optimizer, batch)
        kept.append(model(batch.ids, batch.lengths))
    del kept[:]
    recorded = recorded_gradients(model, Procedure())
    for batch in feed(encoded, [np.arange(16)] * 4, 60, torch.device("cuda")):
        assert torch.isfinite(train_step(model, optimizer, batch, 1.0, recorded=recorded))


@needs_cuda
def test_replayed_steps_draw_new_dropout_and_move_the_weights(encoded: EncodedReviews):
    model = network(dropout=0.5).to("cuda")
    optimizer = build_optimizer(model.parameters(), 1e-9)  # too small a rate to change a loss
    recorded = recorded_gradients(model, Procedure())
    rows = [np.arange(16)] * 6
    batches = feed(encoded, rows, 60, torch.device("cuda"))
    losses = [float(train_step(model, optimizer, batch, 1.0, recorded=recorded)) for batch in batches]
    assert len(set(losses)) == len(losses)
    start = model.embedding.weight.detach().clone()
    optimizer.param_groups[0]["lr"] = 1e-2
    for batch in feed(encoded, rows, 60, torch.device("cuda")):
        train_step(model, optimizer, batch, 1.0, recorded=recorded)
    assert (model.embedding.weight - start).abs().max() > 1e-2

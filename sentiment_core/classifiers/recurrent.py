"""A trained recurrent network as a classifier, computed by PyTorch on any device."""

from __future__ import annotations

import time
from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np
import torch
from torch import Tensor

from sentiment_core.classifiers.labels import BINARY, binary_logits
from sentiment_core.classifiers.memory import DirectionGradients, Trace
from sentiment_core.classifiers.network import RunClassifier, abilities_of, encode_views, read_run, read_surroundings
from sentiment_core.classifiers.parts import Gradients, split_inputs
from sentiment_core.classifiers.protocol import Ability, speed_of
from sentiment_core.classifiers.recurrent_memory import reach_back, trace_memory
from sentiment_core.classifiers.tokens import TextView
from sentiment_core.errors import RunError
from sentiment_core.model.device import choose_device
from sentiment_core.model.precision import full_float32
from sentiment_core.model.prefixes import judge_prefixes, pool_prefixes
from sentiment_core.model.recurrent import RecurrentClassifier
from sentiment_core.model.weights import load_model
from sentiment_core.text.encoding import EncodedReviews, encode_reviews
from sentiment_core.text.reviews import Split
from sentiment_core.training.judging import predict_logits
from sentiment_core.training.pipeline import build_model


@dataclass(frozen=True, eq=False)
class NetworkClassifier(RunClassifier):
    """A trained network that PyTorch computes."""

    model: RecurrentClassifier

    def logits(self, views: Sequence[TextView]) -> np.ndarray:
        """Logit of each label for each view [views, 2] float32."""
        return binary_logits(self.encoded_logits(encode_views(views)))

    def encoded_logits(self, encoded: EncodedReviews) -> np.ndarray:
        """The logit of every review [reviews] float32, in the order of `encoded`."""
        return predict_logits(self.model, encoded, self.max_length)

    def split_logits(self, split: Split, cache: Path | None = None) -> tuple[np.ndarray, float]:
        """Logit of each label for each review of a split [reviews, 2] float32, and the network's seconds.

        The seconds do not include tokenization. cache: a folder where the tokens are kept.
        """
        encoded = encode_reviews(split, self.tokenizer, cache)
        started = time.perf_counter()
        logits = self.encoded_logits(encoded)
        return binary_logits(logits), time.perf_counter() - started

    def states(self, view: TextView) -> np.ndarray:
        """States of the top layer at each token that is read [read, directions * hidden] float32."""
        ids, lengths = self._batch(view)
        with torch.inference_mode(), full_float32(self.model.device):
            return self.model.hidden(ids, lengths)[0].cpu().numpy()

    def prefixes(self, view: TextView) -> np.ndarray:
        """Log-odds of positive after each token that is read [read] float32, all from one pass of the network.

        Raises ClassifierError for a bidirectional network, whose backward direction must read each prefix separately.
        """
        if not self.can(Ability.PREFIXES):
            raise self._cannot(Ability.PREFIXES)
        ids, lengths = self._batch(view)
        with torch.inference_mode(), full_float32(self.model.device):
            hidden = self.model.hidden(ids, lengths)[0]
            return self.model.read_out(pool_prefixes(hidden, self.model.config.pooling)).cpu().numpy()

    def prefix_logits(self, view: TextView, ends: np.ndarray) -> np.ndarray:
        """Logit of each label [prefixes, 2] float32 for the first `ends` tokens of a view [prefixes] int64."""
        if self.can(Ability.PREFIXES):
            return binary_logits(self.prefixes(view)[ends - 1])
        ids, _ = self._batch(view)
        with torch.inference_mode(), full_float32(self.model.device):
            log_odds = judge_prefixes(self.model, ids[0], torch.from_numpy(ends).to(ids.device))
        return binary_logits(log_odds.cpu().numpy())

    @property
    def tokens_a_second(self) -> float:
        """A rough number of tokens that the network reads in a second on one core."""
        return speed_of(weight.numel() for weight in self.model.recurrent.parameters())

    def gradients(self, view: TextView, shares: Sequence[float] = (1.0,)) -> Gradients:
        """Gradients of the log-odds of positive with respect to the inputs, all of which are scaled by each share."""
        ids, lengths = self._batch(view)
        # cuDNN can differentiate a recurrent network in training mode only. This network is shared, so its mode must
        # not change.
        with torch.enable_grad(), full_float32(self.model.device), torch.backends.cudnn.flags(enabled=False):
            inputs = self.model.inputs(self.model.embedding(ids), ids).detach()
            scaled = (torch.tensor(shares, device=ids.device)[:, None, None] * inputs).requires_grad_()
            logits = self.model.judge_inputs(scaled, lengths.expand(len(shares)))
            (gradients,) = torch.autograd.grad(logits.sum(), scaled)
        read, slopes = inputs[0].cpu().numpy(), gradients.cpu().numpy()
        size, longest = self.model.config.embedding_size, self.model.config.ngrams
        return split_inputs(read, slopes, logits.detach().cpu().numpy(), size, longest)

    def vectors(self, ids: np.ndarray) -> np.ndarray:
        """Embedding of each row of the vocabulary [ids, dim] float32."""
        with torch.inference_mode():
            return self.model.embedding(torch.from_numpy(ids).to(self.model.device)).cpu().numpy()

    def trace(self, view: TextView) -> Trace:
        """States, cell states and gates of every layer and direction at each token that is read."""
        with full_float32(self.model.device):
            return trace_memory(self.model, *self._batch(view))

    def state_gradients(self, view: TextView) -> tuple[DirectionGradients, ...]:
        """How far back gradients reach in the top layer, in each direction, forward first."""
        with full_float32(self.model.device):
            return reach_back(self.model, *self._batch(view))

    def before_training(self) -> NetworkClassifier:
        """The network as it was before its first step, from its recipe's seed, without the polarities of n-grams.

        Raises RunError if there is no recipe.
        """
        if self.run is None:
            raise RunError("{path} has no recipe.json, so how it started is not known.", path=self.path)
        with torch.random.fork_rng(devices=[]):
            model = build_model(self.run.recipe, self.model.vocab_size)
        return replace(self, model=model.eval().requires_grad_(False).to(self.model.device))

    def _batch(self, view: TextView) -> tuple[Tensor, Tensor]:
        """The ids [1, read] and the lengths [1] of a view, on the network's device."""
        ids = torch.from_numpy(view.ids[: view.read])[None].to(self.model.device)
        return ids, torch.tensor([view.read], device=ids.device)


def load_network(folder: str | Path, device: str = "cpu") -> NetworkClassifier:
    """Load a run folder, or a folder into which transformers' `save_pretrained` wrote a run's model and tokenizer.

    device: where the network computes, as in `choose_device`.
    Raises RunError or TokenizerError if a file is missing, damaged or contradicts another, and DeviceError if there is
    no such device.
    """
    place = choose_device(device)
    path = Path(folder)
    run = read_run(path)
    model = load_model(path)
    found = read_surroundings(path, run, model.config, model.vocab_size)
    abilities = abilities_of(model.config)
    return NetworkClassifier(
        found.name, BINARY, abilities, found.max_length, path, found.tokenizer, run, model.to(place)
    )

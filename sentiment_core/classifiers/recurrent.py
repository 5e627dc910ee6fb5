"""A trained recurrent network as a classifier."""

from __future__ import annotations

import os
import time
from collections.abc import Sequence
from dataclasses import dataclass, fields, replace
from functools import cached_property
from pathlib import Path

import numpy as np
import torch
from tokenizers import Tokenizer
from torch import Tensor

from sentiment_core.classifiers.labels import BINARY, binary_logits
from sentiment_core.classifiers.memory import DirectionGradients, Trace
from sentiment_core.classifiers.parts import Gradients
from sentiment_core.classifiers.protocol import Ability, Classifier, Origin, speed_of
from sentiment_core.classifiers.recurrent_memory import reach_back, trace_memory
from sentiment_core.classifiers.tokens import TextView, tokenize
from sentiment_core.errors import RunError
from sentiment_core.model.config import NetworkConfig
from sentiment_core.model.device import choose_device
from sentiment_core.model.precision import full_float32
from sentiment_core.model.prefixes import judge_prefixes, pool_prefixes
from sentiment_core.model.recurrent import RecurrentClassifier
from sentiment_core.model.weights import load_model, read_max_length
from sentiment_core.runs.reading import Run, load_run
from sentiment_core.runs.scores import Scores
from sentiment_core.text.encoding import EncodedReviews, encode_reviews, tokenizer_fingerprint
from sentiment_core.text.reviews import Split
from sentiment_core.text.tokenization import load_tokenizer
from sentiment_core.training.judging import predict_logits
from sentiment_core.training.pipeline import build_model


@dataclass(frozen=True, eq=False)
class NetworkClassifier(Classifier):
    """A trained network with its tokenizer."""

    path: Path  # the folder it was loaded from
    model: RecurrentClassifier
    tokenizer: Tokenizer
    max_length: int  # tokens read of each text
    run: Run | None  # how it was trained; None if transformers saved it, because that keeps no record

    @cached_property
    def tokenizer_fingerprint(self) -> str:
        """Equal for networks that split every text into the same tokens."""
        return tokenizer_fingerprint(self.tokenizer)

    def tokenize(self, text: str) -> TextView:
        """Split a text into tokens."""
        return tokenize(text, self.tokenizer, self.max_length)

    def logits(self, views: Sequence[TextView]) -> np.ndarray:
        """Logit of each label for each view [views, 2] float32."""
        ids = [view.ids for view in views]
        offsets = np.concatenate([[0], np.cumsum([len(row) for row in ids])])
        encoded = EncodedReviews(np.concatenate(ids), offsets, np.zeros(len(ids), np.int64))
        return binary_logits(predict_logits(self.model, encoded, self.max_length))

    def split_logits(self, split: Split, cache: Path | None = None) -> tuple[np.ndarray, float]:
        """Logit of each label for each review of a split [reviews, 2] float32, and the network's seconds.

        The seconds do not include tokenization. cache: a folder where the tokens are kept.
        """
        encoded = encode_reviews(split, self.tokenizer, cache)
        started = time.perf_counter()
        logits = predict_logits(self.model, encoded, self.max_length)
        return binary_logits(logits), time.perf_counter() - started

    @property
    def origin(self) -> Origin | None:
        """The reviews that the run was trained on."""
        return Origin(self.run.data["source"], self.run.data["fingerprint"]) if self.run else None

    def scores(self) -> Scores | None:
        """The run's scores on the test split, if it is a run. Raises RunError if its record of them is damaged."""
        return self.run.scores() if self.run else None

    def valid_scores(self) -> Scores | None:
        """The run's scores on the valid split, if it kept them. Raises RunError if its record of them is damaged."""
        return self.run.valid_scores() if self.run else None

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
        found = Gradients(read[:, :size], slopes[..., :size], logits.detach().cpu().numpy())
        if not longest:
            return found
        known = slice(size, size + longest)  # after it the inputs are padded
        return replace(found, ngrams=read[:, known], ngram_gradients=slopes[..., known])

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
    run = None if _is_saved_by_transformers(path) else load_run(path)
    model = load_model(path)
    if run is not None:
        _check_agreement(run, model.config)
    tokenizer = load_tokenizer(path / "tokenizer.json")
    sizes = tokenizer.get_vocab_size(), model.vocab_size
    if sizes[0] != sizes[1]:
        raise RunError(
            "The tokenizer in {path} has {tokens} tokens and the network {rows}. Copy the tokenizer.json it was "
            "trained with, or train again.",
            path=path,
            tokens=sizes[0],
            rows=sizes[1],
        )
    limit = run.recipe.max_length if run else read_max_length(path)
    abilities = {Ability.STATES, Ability.GRADIENTS, Ability.TRACE, Ability.STATE_GRADIENTS}
    abilities |= {Ability.PREFIXES} if model.directions == 1 else set()
    name = path.resolve().name
    return NetworkClassifier(name, BINARY, frozenset(abilities), limit, path, model.to(place), tokenizer, run)


def _is_saved_by_transformers(path: Path) -> bool:
    """Whether a folder holds a network and no file about its training, not even part of a damaged run."""
    return os.path.exists(path / "config.json") and not any(
        os.path.exists(path / name) for name in ("recipe.json", "history.jsonl")
    )


def _check_agreement(run: Run, config: NetworkConfig) -> None:
    """Raise RunError if a run's two descriptions of its network differ."""
    for field in fields(NetworkConfig):
        pair = getattr(config, field.name), getattr(run.recipe.network, field.name)
        if pair[0] != pair[1]:
            raise RunError(
                "config.json and recipe.json in {path} disagree about {name}: {first!r} and {second!r}. Train the "
                "run again.",
                path=run.path,
                name=field.name,
                first=pair[0],
                second=pair[1],
            )

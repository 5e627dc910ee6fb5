"""A trained recurrent network as a classifier, computed by NumPy: what the pages judge and explain texts with.

It gives the numbers of recurrent.py and takes a fraction of the memory, because nothing here imports torch.
"""

from __future__ import annotations

import time
from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np

from sentiment_core.classifiers.array_memory import reach_back, trace_memory
from sentiment_core.classifiers.labels import BINARY, binary_logits
from sentiment_core.classifiers.memory import DirectionGradients, Trace
from sentiment_core.classifiers.network import RunClassifier, abilities_of, encode_views, read_run, read_surroundings
from sentiment_core.classifiers.parts import Gradients, split_inputs
from sentiment_core.classifiers.protocol import Ability, speed_of
from sentiment_core.classifiers.tokens import TextView
from sentiment_core.errors import RunError
from sentiment_core.model.arrays.network import ArrayNetwork, make_network
from sentiment_core.model.arrays.prefixes import judge_prefixes
from sentiment_core.model.arrays.start import start_tensors
from sentiment_core.model.weight_files import read_tensors
from sentiment_core.text.encoding import EncodedReviews, encode_reviews
from sentiment_core.text.reviews import Split
from sentiment_core.training.batching import pad_batch, sorted_batches

_AT_ONCE = 64  # texts in a batch


@dataclass(frozen=True, eq=False)
class ArrayClassifier(RunClassifier):
    """A trained network that NumPy computes."""

    network: ArrayNetwork

    def logits(self, views: Sequence[TextView]) -> np.ndarray:
        """Logit of each label for each view [views, 2] float32."""
        return binary_logits(self.encoded_logits(encode_views(views)))

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
        return self.network.hidden(view.ids[: view.read])

    def prefixes(self, view: TextView) -> np.ndarray:
        """Log-odds of positive after each token that is read [read] float32, all from one pass of the network.

        Raises ClassifierError for a bidirectional network, whose backward direction must read each prefix separately.
        """
        if not self.can(Ability.PREFIXES):
            raise self._cannot(Ability.PREFIXES)
        return judge_prefixes(self.network, view.ids[: view.read], np.arange(1, view.read + 1))

    def prefix_logits(self, view: TextView, ends: np.ndarray) -> np.ndarray:
        """Logit of each label [prefixes, 2] float32 for the first `ends` tokens of a view [prefixes] int64."""
        return binary_logits(judge_prefixes(self.network, view.ids[: view.read], ends))

    @property
    def tokens_a_second(self) -> float:
        """A rough number of tokens that the network reads in a second on one core."""
        return speed_of(layer.into.size + layer.recurrent.size + 2 * layer.bias.size for layer in self.network.layers)

    def gradients(self, view: TextView, shares: Sequence[float] = (1.0,)) -> Gradients:
        """Gradients of the log-odds of positive with respect to the inputs, all of which are scaled by each share."""
        read, log_odds, slopes = self.network.slopes(view.ids[: view.read], np.array(shares, np.float32))
        config = self.network.config
        return split_inputs(read, slopes, log_odds, config.embedding_size, config.ngrams)

    def vectors(self, ids: np.ndarray) -> np.ndarray:
        """Embedding of each row of the vocabulary [ids, dim] float32."""
        return self.network.vectors(ids)

    def trace(self, view: TextView) -> Trace:
        """States, cell states and gates of every layer and direction at each token that is read."""
        return trace_memory(self.network, view.ids[: view.read])

    def state_gradients(self, view: TextView) -> tuple[DirectionGradients, ...]:
        """How far back gradients reach in the top layer, in each direction, forward first."""
        return reach_back(self.network, view.ids[: view.read])

    def before_training(self) -> ArrayClassifier:
        """The network as it was before its first step, from its recipe's seed, without the polarities of n-grams.

        Raises RunError if there is no recipe.
        """
        if self.run is None:
            raise RunError("{path} has no recipe.json, so how it started is not known.", path=self.path)
        tensors = start_tensors(self.network.config, self.network.vocab_size, self.run.recipe.seed)
        return replace(self, network=make_network(self.network.config, tensors))

    def encoded_logits(self, encoded: EncodedReviews) -> np.ndarray:
        """The logit of every review [reviews] float32, in the order of `encoded`."""
        logits = np.empty(len(encoded), np.float32)
        for rows in sorted_batches(np.minimum(encoded.lengths, self.max_length), _AT_ONCE):
            logits[rows] = self.network.judge(*pad_batch(encoded, rows, self.max_length))
        return logits


def load_arrays(folder: str | Path) -> ArrayClassifier:
    """Load a run folder, or a folder into which transformers' `save_pretrained` wrote a run's model and tokenizer.

    Raises RunError or TokenizerError if a file is missing, damaged or contradicts another.
    """
    path = Path(folder)
    run = read_run(path)
    config, vocab_size, tensors = read_tensors(path)
    found, able = read_surroundings(path, run, config, vocab_size), abilities_of(config)
    network = make_network(config, tensors)
    return ArrayClassifier(found.name, BINARY, able, found.max_length, path, found.tokenizer, run, network)

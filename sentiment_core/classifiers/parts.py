"""What the parts of a text do to a classifier's log-odds: gradients, and contributions of n-grams. Needs no torch."""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np

_READABLE = 0.005  # smallest contribution that is not displayed as 0.00


@dataclass(frozen=True)
class Gradients:
    """How the log-odds of positive change with what a classifier reads at each token.

    That is the token's vector, and for some networks also a number for the n-gram of each length that ends there.
    """

    vectors: np.ndarray  # [read, dim] float32, the embedding of each token
    # [shares, read, dim] float32, the gradient with every vector multiplied by a share; share 1 is the text itself.
    gradients: np.ndarray
    log_odds: np.ndarray  # [shares] float32, of positive, with every vector multiplied by a share
    ngrams: np.ndarray | None = None  # [read, longest] float32, column 0 for the token alone; multiplied by shares too
    ngram_gradients: np.ndarray | None = None  # [shares, read, longest] float32

    @property
    def longest(self) -> int:
        """Most tokens of an n-gram that has a number; 0 if the classifier reads vectors alone."""
        return 0 if self.ngrams is None else self.ngrams.shape[1]

    def products(self, weights: np.ndarray | None = None) -> np.ndarray:
        """The gradient times the input at each token [read] float64, summed over shares by their weights [shares].

        Without weights it is the mean of all shares. What an n-gram's number gives is divided evenly among its tokens.
        """
        if weights is None:
            weights = np.full(len(self.gradients), 1 / len(self.gradients))
        found: np.ndarray = (np.einsum("s,srd->rd", weights, self.gradients) * self.vectors).sum(axis=1)
        if self.ngrams is not None and self.ngram_gradients is not None:
            each = np.einsum("s,srn->rn", weights, self.ngram_gradients) * self.ngrams
            for longer in range(each.shape[1]):
                part = each[longer:, longer] / (longer + 1)  # of n-grams of longer + 1 tokens, by their first token
                for token in range(longer + 1):
                    found[token : token + len(part)] += part
        return found


def split_inputs(read: np.ndarray, slopes: np.ndarray, log_odds: np.ndarray, dim: int, longest: int) -> Gradients:
    """The record of what a network reads at each token: its vector, then the numbers of its n-grams, if it reads any.

    read [read, input], slopes [shares, read, input], log_odds [shares]. dim: of a vector. longest: n-grams, 0 for none.
    The inputs may be padded.
    """
    found = Gradients(read[:, :dim], slopes[..., :dim], log_odds)
    if not longest:
        return found
    known = slice(dim, dim + longest)
    return replace(found, ngrams=read[:, known], ngram_gradients=slopes[..., known])


@dataclass(frozen=True)
class Contributions:
    """What each n-gram adds to the log-odds of positive, which are exactly the intercept plus the sum of all values.

    N-grams are sorted by the absolute value of their contribution, largest first.
    """

    ngrams: list[str]  # [ngrams] the text's n-grams that the classifier knows, each once
    values: np.ndarray  # [ngrams] float64, summed over all occurrences
    places: list[np.ndarray]  # for each n-gram, [occurrences, 2] int64: its tokens [start, end)
    intercept: float  # log-odds of a text without any known n-gram

    @property
    def sum(self) -> float:
        """Sum of all values. Adding the intercept gives the log-odds of positive."""
        return float(self.values.sum())

    def largest(self, most: int) -> Contributions:
        """At most `most` n-grams with the largest absolute values, without those that would be displayed as 0.00."""
        many = int((np.abs(self.values[:most]) >= _READABLE).sum())
        return Contributions(self.ngrams[:many], self.values[:many], self.places[:many], self.intercept)

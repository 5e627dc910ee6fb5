"""What each token adds to a classifier's log-odds, by several methods on one scale. Needs no torch.

gradient    gradient times input: the slope of the log-odds at the text, times the token's vector
integrated  integrated gradients: the mean slope on the way from zero vectors to the text, times the token's vector
            (Sundararajan et al. 2017). Its values add up to the change of the log-odds, but for an error of the steps.
            A network that also reads the polarity of n-grams starts from zeros there too
occlusion   the log-odds minus those of the text without the token

A linear classifier is a sum: what its n-grams add is exact, and stands in for both methods that need a gradient. Every
value is in log-odds of positive, so that classifiers and methods can be compared.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from itertools import combinations

import numpy as np

from sentiment_core.classifiers.protocol import Ability, Classifier
from sentiment_core.classifiers.tokens import TextView

GRADIENT, INTEGRATED, OCCLUSION, EXACT = "gradient", "integrated", "occlusion", "exact"
METHODS = (INTEGRATED, GRADIENT, OCCLUSION)
STEPS = 33  # of integrated gradients, at most: a third of them is tried first
MOST_DROPPED = 256  # texts that occlusion reads; a longer text loses several tokens at a time
SECONDS = 3.0  # that a slow model may take, roughly
_PASSES = 3  # a gradient takes about as long as this many passes
_AT_ONCE = 8_192  # most tokens whose gradients are taken at once, which bounds the memory
_FEWEST_STEPS, _FEWEST_DROPPED = 4, 8
_EXACT_ENOUGH = 0.01  # log-odds: the error of a third of the steps with which the rest is not taken


@dataclass(frozen=True)
class Salience:
    """What each token that is read adds to the log-odds of positive."""

    method: str  # one of METHODS, or EXACT
    values: np.ndarray  # [read] float64, log-odds; not a number where the classifier's logits are none
    start: float | None = None  # log-odds that the values start from: of zero vectors, or of a text without n-grams
    error: float | None = None  # start plus all values, minus the log-odds of the text; integrated gradients only
    steps: int = 0  # of integrated gradients
    group: int = 1  # tokens that occlusion dropped at a time; their value is divided evenly
    longest: int = 0  # most tokens of the n-grams that the network reads beside vectors, for methods with a gradient


def can_explain(classifier: Classifier, method: str) -> bool:
    """Whether a method, one of METHODS, works for a classifier."""
    return method == OCCLUSION or classifier.can(Ability.GRADIENTS) or classifier.can(Ability.CONTRIBUTIONS)


def salience(classifier: Classifier, view: TextView, method: str, steps: int = STEPS) -> Salience:
    """What each token that is read adds to the log-odds of positive.

    method: one of METHODS. Where it needs a gradient, a linear classifier's exact contributions take its place.
    steps: of integrated gradients; fewer if the model is slow, and a third if that is exact to 0.01.
    Raises ClassifierError if the classifier cannot, see `can_explain`.
    """
    if method == OCCLUSION:
        return _occlude(classifier, view)
    if classifier.can(Ability.CONTRIBUTIONS):
        return _contribute(classifier, view)
    if method == GRADIENT:
        found = classifier.gradients(view)
        return Salience(GRADIENT, found.products(), longest=found.longest)
    return _integrate(classifier, view, steps)


def _integrate(classifier: Classifier, view: TextView, steps: int) -> Salience:
    """Integrated gradients by the midpoint rule, whose error falls with the square of the number of steps.

    A third of the steps comes first. These are steps of the whole rule too, so that nothing is read twice.
    """
    affordable = int(SECONDS * classifier.tokens_a_second / (_PASSES * view.read))
    steps = max(1, min(steps, max(affordable, _FEWEST_STEPS)))
    few = steps // 3 if steps % 3 == 0 else steps
    shares = (np.arange(few) + 0.5) / few
    total, log_odds, longest = _along(classifier, view, np.append([0.0, 1.0], shares), np.append([0, 0], np.ones(few)))
    start, end = log_odds[:2].tolist()
    error = start + float(total.sum()) / few - end
    if few == steps or abs(error) <= _EXACT_ENOUGH:
        return Salience(INTEGRATED, total / few, start, error, few, longest=longest)
    rest = np.delete((np.arange(steps) + 0.5) / steps, np.s_[1::3])
    total += _along(classifier, view, rest, np.ones(len(rest)))[0]
    error = start + float(total.sum()) / steps - end
    return Salience(INTEGRATED, total / steps, start, error, steps, longest=longest)


def _along(
    classifier: Classifier, view: TextView, shares: np.ndarray, weights: np.ndarray
) -> tuple[np.ndarray, np.ndarray, int]:
    """The weighted sum of slope times input over shares of the text [read], each log-odds, and the longest n-gram.

    shares, weights: [shares] float64.
    """
    # A slow model is a large one, which needs much memory for each token.
    at_once = min(_AT_ONCE, max(view.read, int(classifier.tokens_a_second)))
    total, log_odds, longest = np.zeros(view.read), [], 0
    for some in np.array_split(np.arange(len(shares)), min(len(shares), -(-len(shares) * view.read // at_once))):
        found = classifier.gradients(view, shares[some].tolist())
        total += found.products(weights[some])
        log_odds.append(found.log_odds)
        longest = found.longest
    return total, np.concatenate(log_odds), longest


def _occlude(classifier: Classifier, view: TextView) -> Salience:
    """Drop each token, or each group of neighbours in a long text. A text of one token has nothing left to compare."""
    read = view.read
    if read == 1:
        return Salience(OCCLUSION, np.zeros(1))
    affordable = int(SECONDS * classifier.tokens_a_second / read)
    if classifier.can(Ability.CONTRIBUTIONS):  # it reads the text once for all of them
        affordable = MOST_DROPPED
    group = -(-read // max(2, min(MOST_DROPPED, max(affordable, _FEWEST_DROPPED))))
    ends = np.append(np.arange(0, read, group), read)
    dropped = np.stack([np.append(0, ends[:-1]), np.append(0, ends[1:])], axis=1)  # the first text lacks nothing
    log_odds = classifier.labels.log_odds(classifier.logits_without(view, dropped)).astype(np.float64)
    sizes = np.diff(ends)
    return Salience(OCCLUSION, np.repeat((log_odds[0] - log_odds[1:]) / sizes, sizes), group=group)


def _contribute(classifier: Classifier, view: TextView) -> Salience:
    """Divide what each n-gram adds evenly among its occurrences, and there among its tokens."""
    found = classifier.contributions(view)
    values = np.zeros(len(view.tokens))
    if found.places:
        first, last = np.concatenate(found.places).T
        counts = np.array([len(places) for places in found.places])
        each = np.repeat(found.values / counts, counts) / (last - first)
        for back in range(int((last - first).max())):
            inside = first + back < last
            np.add.at(values, first[inside] + back, each[inside])
    return Salience(EXACT, values[: view.read], found.intercept)


def sum_over_words(values: np.ndarray, view: TextView, starts: np.ndarray) -> np.ndarray:
    """Sum the values of a view's tokens over words of the text [words] float64; not a number for a word not read.

    values: [read] of the tokens that are read. starts: [words] int64, the place in the text at which each word starts,
    ascending. A token belongs to the word that its first character is in, so words need not be the view's own.
    """
    word = np.maximum(np.searchsorted(starts, view.spans[: view.read, 0], side="right") - 1, 0)
    sums = np.bincount(word, weights=values, minlength=len(starts))
    sums[word.max(initial=0) + 1 :] = np.nan
    return sums


def rank_correlation(first: np.ndarray, second: np.ndarray) -> float:
    """Spearman's rank correlation of two arrays [words]; not a number if either is constant, short or unfinished.

    Words for which either is not a number do not count.
    """
    kept = np.isfinite(first) & np.isfinite(second)
    if kept.sum() < 3 or np.ptp(first[kept]) == 0 or np.ptp(second[kept]) == 0:
        return float("nan")
    return float(np.corrcoef(_ranks(first[kept]), _ranks(second[kept]))[0, 1])


def _ranks(values: np.ndarray) -> np.ndarray:
    """The rank of each value [values] float64; equal values share the mean of their ranks."""
    _, group, counts = np.unique(values, return_inverse=True, return_counts=True)
    return (np.cumsum(counts) - (counts - 1) / 2)[group]


def agreement_of_methods(sums: Mapping[str, np.ndarray]) -> dict[tuple[str, str], float]:
    """The rank correlation of each pair of methods, given each method's values over the same words."""
    return {(first, second): rank_correlation(sums[first], sums[second]) for first, second in combinations(sums, 2)}

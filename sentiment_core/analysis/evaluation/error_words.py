"""Words that are over-represented in the reviews that a classifier gets wrong. Needs counts only, no texts.

Of the reviews of one label, those that the classifier gets wrong are compared with those that it gets right, by the
log-odds ratio with an informative Dirichlet prior (Monroe, Colaresi and Quinn 2008, "Fightin' Words", equations 16 to
22). A review counts a word once, because a word that one review repeats is not further evidence.
"""

from __future__ import annotations

from dataclasses import dataclass
from math import erfc, sqrt

import numpy as np

from sentiment_core.analysis.evaluation.intervals import DEVIATIONS
from sentiment_core.analysis.evaluation.paired import SIGNIFICANT, holm
from sentiment_core.text.review_counts import LEAST, TokenReviews

# Size of the prior: as if 1,000 more words with the frequencies of the test split had been counted on each side, about
# the different words of ten reviews. That is little beside hundreds of errors and tames words with few counts.
PRIOR = 1_000.0


@dataclass(frozen=True)
class ErrorWords:
    """The words of the errors on the reviews of one label, most clearly over-represented first."""

    ids: np.ndarray  # [words] int64, in the corpus's vocabulary
    wrong: np.ndarray  # [words] int64, wrong reviews that have the word
    right: np.ndarray  # [words] int64, right reviews that have it
    log_odds: np.ndarray  # [words] float64, log-odds ratio; above 0 is more frequent in wrong reviews
    z: np.ndarray  # [words] float64, log-odds ratio in standard errors
    holding: np.ndarray  # [words] bool, whether it is over-represented by more than chance, for all words together
    compared: int  # words that were compared

    @property
    def interval(self) -> tuple[np.ndarray, np.ndarray]:
        """The ends of the 95% interval of each log-odds ratio [words] float64."""
        half = DEVIATIONS * np.abs(self.log_odds / np.where(self.z == 0, 1.0, self.z))
        return self.log_odds - half, self.log_odds + half

    def first(self, count: int) -> ErrorWords:
        """The first `count` words."""
        arrays = (self.ids, self.wrong, self.right, self.log_odds, self.z, self.holding)
        ids, wrong, right, log_odds, z, holding = (array[:count] for array in arrays)
        return ErrorWords(ids, wrong, right, log_odds, z, holding, self.compared)


def error_words(errors: TokenReviews, everything: TokenReviews, allowed: np.ndarray, label: int) -> ErrorWords:
    """The words that are more frequent in the wrong reviews of a label (0 or 1) than in its right ones.

    errors: of the classifier; everything: of all test reviews; allowed: [vocab] bool, the tokens to compare.
    Tokens in fewer than LEAST wrong reviews are not listed in `errors` and therefore not compared.
    """
    wrong, total = errors.counts[:, label], everything.counts[:, label]
    ids = np.flatnonzero(allowed & (wrong >= LEAST) & (total >= wrong))
    log_odds, error = log_odds_ratio(
        wrong[ids],
        (total - wrong)[ids],
        int(errors.totals[label]),
        int((everything.totals - errors.totals)[label]),
        total[ids] / max(int(everything.totals[label]), 1),
    )
    z = log_odds / error
    holding = holm(_upper_tail(z)) < SIGNIFICANT
    order = np.argsort(-z, kind="stable")
    order = order[z[order] > 0]
    found = ids[order]
    return ErrorWords(found, wrong[found], (total - wrong)[found], log_odds[order], z[order], holding[order], len(ids))


def log_odds_ratio(
    first: np.ndarray, second: np.ndarray, in_first: int, in_second: int, frequency: np.ndarray, prior: float = PRIOR
) -> tuple[np.ndarray, np.ndarray]:
    """Each word's log-odds in a first group minus those in a second one, and its standard error [words] float64.

    first, second: [words] counts in the groups; in_first, in_second: of all words; frequency: [words] share of the
    word among all words, which the prior expects in both groups.
    """
    expected = prior * frequency
    one, other = first + expected, second + expected
    log_odds = np.log(one / (in_first + prior - one)) - np.log(other / (in_second + prior - other))
    return log_odds, np.sqrt(1 / one + 1 / other)


def _upper_tail(z: np.ndarray) -> np.ndarray:
    """The probability that a standard normal number is at least z [...] float64."""
    return np.array([0.5 * erfc(value / sqrt(2)) for value in z.tolist()])

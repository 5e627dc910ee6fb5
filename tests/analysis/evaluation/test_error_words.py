"""Words over-represented in errors, against numbers worked by hand from the paper's formulas."""

from math import exp, log, sqrt

import numpy as np
import pytest

from sentiment_core.analysis.evaluation.error_words import error_words, log_odds_ratio
from sentiment_core.text.review_counts import TokenReviews


def test_the_log_odds_ratio_by_hand():
    """Of 100 words in the first group 10 are "bad", of 900 in the second 30. The prior expects 40 of 1,000."""
    found, error = log_odds_ratio(np.array([10]), np.array([30]), 100, 900, np.array([0.04]), prior=50.0)
    first, second = 10 + 2, 30 + 2  # 50 * 0.04 = 2 more of each
    expected = log(first / (100 + 50 - first)) - log(second / (900 + 50 - second))
    assert found == pytest.approx([expected])
    assert expected == pytest.approx(log(12 / 138) - log(32 / 918)) == pytest.approx(0.91411, abs=1e-5)
    assert error == pytest.approx([sqrt(1 / 12 + 1 / 32)])
    assert sqrt(1 / 12 + 1 / 32) == pytest.approx(0.33850, abs=1e-5)


def test_a_word_as_frequent_in_both_groups_has_no_log_odds():
    found, _ = log_odds_ratio(np.array([10]), np.array([100]), 1_000, 10_000, np.array([0.01]), prior=500.0)
    assert found == pytest.approx([0.0])


def test_a_larger_prior_pulls_a_rare_word_toward_zero():
    small, large = (
        log_odds_ratio(np.array([5]), np.array([5]), 1_000, 10_000, np.array([1e-3]), prior)[0][0]
        for prior in (100, 100_000)
    )
    assert 0 < large < small / 5


# Tokens 0 to 4. Of the negative reviews: "great" is in 40 of the errors and 60 right reviews, "the" in proportion,
# "bad" mostly in right ones; "rare" is in too few errors to be listed; "piece" may not be named.
TOTAL = np.array([100, 400, 300, 12, 50])
WRONG = np.array([40, 100, 10, 0, 45])
EVERYTHING = TokenReviews(np.stack([TOTAL, TOTAL * 0], axis=1), np.array([138, 0]))
ERRORS = TokenReviews(np.stack([WRONG, WRONG * 0], axis=1), np.array([55, 0]))
ALLOWED = np.array([True, True, True, True, False])


def test_words_of_the_errors():
    found = error_words(ERRORS, EVERYTHING, ALLOWED, 0)
    assert found.ids.tolist() == [0], "the others are as frequent in right reviews, or more"
    assert (found.wrong.tolist(), found.right.tolist()) == ([40], [60])
    assert found.compared == 3, "a word that is not listed, and one that may not be named, are not compared"
    prior = 1_000 * 100 / 1_000
    one, other = 40 + prior, 60 + prior
    assert found.log_odds == pytest.approx([log(one / (250 + 1_000 - one)) - log(other / (750 + 1_000 - other))])
    assert found.z == pytest.approx(found.log_odds / sqrt(1 / one + 1 / other))
    low, high = found.interval
    assert exp(low[0]) < exp(found.log_odds[0]) < exp(high[0])
    assert (high - found.log_odds) / found.log_odds * found.z == pytest.approx([1.96], abs=1e-3)


def test_what_holds_for_all_words_together():
    """Of 2,000 words one is clearly over-represented. At 5% each, about 50 others seem so too."""
    rng = np.random.default_rng(1)
    total = np.full(2_000, 500)
    wrong = rng.binomial(500, 0.1, 2_000)
    wrong[7] = 120
    errors, everything = (
        TokenReviews(np.stack([counts, counts], axis=1), np.zeros(2, np.int64)) for counts in (wrong, total)
    )
    found = error_words(errors, everything, np.ones(2_000, bool), 1)
    assert found.ids[0] == 7
    assert found.holding.tolist() == [True] + [False] * (len(found.ids) - 1)
    assert (found.z > 1.645).sum() > 30
    assert (np.diff(found.z) <= 0).all()
    assert found.first(3).ids.tolist() == found.ids[:3].tolist()


def test_no_error_has_no_words():
    none = TokenReviews(np.zeros((5, 2), np.int64), np.zeros(2, np.int64))
    found = error_words(none, EVERYTHING, ALLOWED, 0)
    assert (len(found.ids), found.compared) == (0, 0)

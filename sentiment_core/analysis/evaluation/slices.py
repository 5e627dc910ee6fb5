"""Slices of a test split: subsets of its reviews that have something in common, and how classifiers do on each.

Slices are made from published counts, so no text is needed. Each slice has a code for the address:

length-1 .. 4      quarters by length in tokens, the shortest first
cut-N, whole-N     longer than N tokens, of which a classifier reads the first N; and the others
negations-N        N negations; from 2 on, the last slice also has all reviews with more
contrasts-N        the same with words of contrast
unknown-0, -1      without and with an unknown token
pieces-1 .. 3      thirds by the share of tokens that continue a word: rare words are split into pieces
confidence-1 .. 3  thirds by the size of a baseline's log-odds, the least confident first
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np

from sentiment_core.analysis.evaluation.compared import Compared
from sentiment_core.analysis.evaluation.paired import (
    SIGNIFICANT,
    Interval,
    bootstrap_gain,
    count_outcomes,
    holm,
    mcnemar,
    outcomes,
    wilson,
)
from sentiment_core.text.review_counts import ReviewFeatures

FEW = 30  # reviews; a slice with fewer gets no verdict
SMALL = 300  # reviews; a slice with fewer is marked, because its intervals are wide
LENGTH, CUT, NEGATIONS, CONTRASTS, UNKNOWN, PIECES, CONFIDENCE = GROUPS = (
    *("length", "cut", "negations", "contrasts", "unknown", "pieces", "confidence"),
)
_MANY = {NEGATIONS: (0, 1, 2, 5), CONTRASTS: (0, 1, 2), UNKNOWN: (0, 1)}  # first counts of the slices
_CUT_CODE = re.compile(r"(?:cut|whole)-([1-9]\d{0,6})")


@dataclass(frozen=True)
class ReviewFacts:
    """What is known of each test review. None stands for what is not recorded."""

    labels: np.ndarray  # [reviews] int64
    tokens: np.ndarray  # [reviews] int64, length
    features: ReviewFeatures | None
    confidence: np.ndarray | None  # [reviews] float32, size of a baseline's log-odds


@dataclass(frozen=True)
class Slice:
    """Some of the reviews of a test split, at least one."""

    group: str  # one of GROUPS
    code: str  # in the address
    members: np.ndarray  # [reviews] bool
    low: float  # the smallest and largest value of its members: tokens, a count, a share or log-odds
    high: float


@dataclass(frozen=True)
class SliceResult:
    """How the classifiers do on a slice."""

    slice: Slice
    count: int  # reviews
    accuracies: dict[str, Interval]  # by classifier
    gain: Interval | None  # accuracy of the pair's second minus its first; None without a pair or enough reviews
    p: float | None  # of McNemar's exact test
    corrected: float | None  # for the number of slices

    @property
    def enough(self) -> bool:
        """Whether the slice has enough reviews to say anything."""
        return self.count >= FEW

    @property
    def small(self) -> bool:
        """Whether the slice is so small that its intervals are wide."""
        return self.count < SMALL

    @property
    def differs(self) -> bool:
        """Whether the difference holds when the number of slices is taken into account."""
        return self.corrected is not None and self.corrected < SIGNIFICANT


def make_slices(facts: ReviewFacts, limits: Sequence[int]) -> list[Slice]:
    """All slices that have reviews, in the order of GROUPS. limits: the max lengths to make a cut at."""
    found = _parts(LENGTH, facts.tokens, _quantiles(facts.tokens, 4))
    for limit in sorted(set(limits)):
        cut = facts.tokens > limit
        found += [
            _slice(CUT, f"{name}-{limit}", members, facts.tokens)
            for name, members in (("whole", ~cut), ("cut", cut))
            if members.any() and not members.all()
        ]
    if facts.features is not None:
        features = facts.features
        for group, values in (
            (NEGATIONS, features.negations),
            (CONTRASTS, features.contrasts),
            (UNKNOWN, features.unknown),
        ):
            firsts = np.array(_MANY[group])
            found += _parts(group, values, np.searchsorted(firsts, values, side="right") - 1, firsts.tolist())
        shares = features.pieces / np.maximum(facts.tokens, 1)
        found += _parts(PIECES, shares, _quantiles(shares, 3))
    if facts.confidence is not None:
        found += _parts(CONFIDENCE, facts.confidence, _quantiles(facts.confidence, 3))
    return found


def cut_limit(code: str) -> int | None:
    """The max length at which the slice with a code is cut; None if it is another kind of slice."""
    found = _CUT_CODE.fullmatch(code)
    return int(found[1]) if found else None


def find_slice(facts: ReviewFacts, code: str) -> Slice | None:
    """The slice with a code; None if there is none, or it has no review."""
    limit = cut_limit(code)
    slices = make_slices(facts, [] if limit is None else [limit])
    return next((one for one in slices if one.code == code), None)


def evaluate_slices(
    compared: Compared, slices: Sequence[Slice], pair: tuple[str, str] | None, threshold: float
) -> list[SliceResult]:
    """Each slice's results. The p-values are corrected by Holm for the slices that have one.

    compared: all reviews of the test split, in the order of the slices' members.
    """
    right = {name: compared.right(name, threshold) for name in compared.names}
    who = outcomes(right[pair[0]], right[pair[1]]) if pair else None
    results = []
    for one in slices:
        count = int(one.members.sum())
        accuracies = {
            name: wilson(int(np.count_nonzero(values & one.members)), count) for name, values in right.items()
        }
        if who is None or count < FEW:
            results.append(SliceResult(one, count, accuracies, None, None, None))
            continue
        counts = count_outcomes(who[one.members])
        p = mcnemar(int(counts[1]), int(counts[2])).exact
        results.append(SliceResult(one, count, accuracies, bootstrap_gain(counts), p, None))
    corrected = iter(holm([result.p for result in results if result.p is not None]).tolist())
    return [result if result.p is None else replace(result, corrected=next(corrected)) for result in results]


def _quantiles(values: np.ndarray, count: int) -> np.ndarray:
    """Which of `count` parts of about equal size each value is in [values] int64. Equal values stay together."""
    edges = np.quantile(values, np.arange(1, count) / count)
    return np.searchsorted(edges, values, side="left")


def _parts(group: str, values: np.ndarray, part: np.ndarray, names: Sequence[int] | None = None) -> list[Slice]:
    """The slices of a group that have reviews. part: [reviews] int64; names: of the parts, by default from 1."""
    found = np.unique(part).tolist()
    if len(found) < 2:  # one slice would be the whole split
        return []
    return [_slice(group, f"{group}-{names[place] if names else place + 1}", part == place, values) for place in found]


def _slice(group: str, code: str, members: np.ndarray, values: np.ndarray) -> Slice:
    inside = values[members]
    return Slice(group, code, members, float(inside.min()), float(inside.max()))

"""A class beside the models, over the questions whose votes are closed.

Who is right is compared on the same questions: those with a known truth on which the class has voted. A model that did
not judge all of them is compared with the class on those that it judged.

Fleiss' kappa: J. L. Fleiss, "Measuring nominal scale agreement among many raters", Psychological Bulletin 76, 1971;
questions may have different numbers of votes, as in J. L. Fleiss, B. Levin, M. C. Paik, "Statistical Methods for Rates
and Proportions", 3rd edition, 2003, section 18.3.
Cohen's kappa: J. Cohen, "A coefficient of agreement for nominal scales", Educational and Psychological Measurement 20,
1960. Expected calibration error: M. P. Naeini et al., "Obtaining well calibrated probabilities using Bayesian binning",
AAAI 2015. Brier score: G. W. Brier, Monthly Weather Review 78, 1950.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from sentiment_core.classroom.records import STATED, SURE, Question, Vote

Judged = Sequence[tuple[Question, Mapping[int, Vote]]]  # questions whose votes are closed, each with its votes by seat

CLASS = ""  # the class among the names of models
_Row = tuple[float, int | None, int]  # of a question: probability of positive, side (None is wrong), truth
_BINS = 5  # of a model's confidence, from 50% to 100%


@dataclass(frozen=True)
class Standing:
    """How the class or a model did on the questions that are compared and on which it judged."""

    name: str  # CLASS, or the model's
    right: int
    of: int
    class_right: int  # how often the class was right on the same questions
    confidence: float  # mean of the probability of the judgement, 0.5 to 1; NaN without a question
    brier: float  # mean squared error of the probability of positive, 0 is best; NaN without a question

    @property
    def share(self) -> float:
        """Share that was right; NaN without a question."""
        return self.right / self.of if self.of else float("nan")


@dataclass(frozen=True)
class Calibration:
    """How often judgements were right, by how sure they were."""

    name: str  # CLASS: every vote counts; or a model's
    stated: np.ndarray  # [bins] float64, mean stated probability of being right
    right: np.ndarray  # [bins] float64, share that was right, NaN for an empty bin
    count: np.ndarray  # [bins] int64, votes or questions
    error: float  # expected calibration error, 0 to 1; NaN without a judgement


@dataclass(frozen=True)
class Score:
    """How one phone did on the questions whose truth the class has seen."""

    right: int
    of: int
    steps: tuple[tuple[int, int], ...]  # [SURE] right and all votes by how sure they were, a guess first


def class_probability(votes: Mapping[int, Vote]) -> float:
    """The class's probability of positive: the mean of what its votes state. NaN without a vote."""
    return float(np.mean([vote.probability for vote in votes.values()])) if votes else float("nan")


def class_side(votes: Mapping[int, Vote]) -> int | None:
    """What the majority of votes says: 1 positive, 0 negative; None on a tie and without a vote."""
    lead = sum(1 if vote.positive else -1 for vote in votes.values())
    return None if lead == 0 else int(lead > 0)


def model_names(judged: Judged) -> list[str]:
    """The models that gave a verdict, in the order in which they first did."""
    return list(dict.fromkeys(verdict.run for question, _ in judged for verdict in question.verdicts))


def compared(judged: Judged) -> Judged:
    """The questions on which the class and the models are compared: the truth is known, and somebody has voted."""
    return [(question, votes) for question, votes in judged if question.truth is not None and votes]


def standings(judged: Judged) -> list[Standing]:
    """The class, then each model, on the questions that are compared."""
    known = compared(judged)
    ours = [_class_row(question, votes) for question, votes in known]
    found = [_standing(CLASS, ours, ours)]
    for name in model_names(known):
        pairs = [
            ((verdict.probability, int(verdict.probability > 0.5), int(question.truth or 0)), row)
            for (question, _), row in zip(known, ours, strict=True)
            for verdict in question.verdicts
            if verdict.run == name
        ]
        found.append(_standing(name, [theirs for theirs, _ in pairs], [row for _, row in pairs]))
    return found


def class_calibration(judged: Judged) -> Calibration:
    """How often votes were right at each step of how sure they were."""
    steps = np.zeros((SURE, 2), np.int64)
    for question, votes in compared(judged):
        for vote in votes.values():
            steps[vote.sure - 1] += (vote.positive == bool(question.truth), 1)
    return _calibration(CLASS, np.array(STATED), steps[:, 0], steps[:, 1])


def calibration(judged: Judged, name: str) -> Calibration:
    """How often the class (CLASS) or a model was right, by how sure it was."""
    return class_calibration(judged) if name == CLASS else model_calibration(judged, name)


def model_calibration(judged: Judged, name: str) -> Calibration:
    """How often a model was right, in bins of equal width of its confidence."""
    pairs = [
        (max(verdict.probability, 1 - verdict.probability), (verdict.probability > 0.5) == bool(question.truth))
        for question, _ in compared(judged)
        for verdict in question.verdicts
        if verdict.run == name
    ]
    confidence = np.array([sure for sure, _ in pairs], float)
    right = np.array([is_right for _, is_right in pairs], bool)
    bins = np.minimum(((confidence - 0.5) * 2 * _BINS).astype(int), _BINS - 1)
    counts = np.bincount(bins, minlength=_BINS)
    sums = np.bincount(bins, confidence, minlength=_BINS)
    middles = 0.5 + (np.arange(_BINS) + 0.5) / (2 * _BINS)
    stated = np.where(counts > 0, sums / np.maximum(counts, 1), middles)
    return _calibration(name, stated, np.bincount(bins[right], minlength=_BINS), counts)


def fleiss_kappa(judged: Judged) -> float:
    """How far the votes of a class agree beyond chance: 1 for full agreement, about 0 for chance.

    Questions with fewer than two votes do not count. NaN if none is left, or all votes are for one side.
    """
    counts = np.array(
        [[sum(vote.positive == side for vote in votes.values()) for side in (False, True)] for _, votes in judged],
        float,
    ).reshape(-1, 2)
    counts = counts[counts.sum(axis=1) >= 2]
    if not len(counts):
        return float("nan")
    raters = counts.sum(axis=1)
    agreed = ((counts**2).sum(axis=1) - raters) / (raters * (raters - 1))
    shares = counts.sum(axis=0) / counts.sum()
    return _beyond_chance(float(agreed.mean()), float((shares**2).sum()))


def cohen_kappa(judged: Judged, name: str) -> float:
    """How far the class's majority agrees with a model beyond chance. NaN without a common question or without both."""
    pairs = [
        (side, int(verdict.probability > 0.5))
        for question, votes in judged
        for verdict in question.verdicts
        if verdict.run == name and (side := class_side(votes)) is not None
    ]
    if not pairs:
        return float("nan")
    ours, theirs = np.array(pairs, float).T
    by_chance = ours.mean() * theirs.mean() + (1 - ours.mean()) * (1 - theirs.mean())
    return _beyond_chance(float((ours == theirs).mean()), float(by_chance))


def score(votes: Sequence[Vote], truths: Mapping[str, int | None], revealed: Collection[str]) -> Score:
    """How one phone did. truths: by question. Only questions whose truth the class has seen count."""
    steps = np.zeros((SURE, 2), np.int64)
    for vote in votes:
        truth = truths.get(vote.question)
        if vote.question in revealed and truth is not None:
            steps[vote.sure - 1] += (vote.positive == bool(truth), 1)
    right, of = steps.sum(axis=0).tolist()
    return Score(right, of, tuple((int(good), int(every)) for good, every in steps))


def _class_row(question: Question, votes: Mapping[int, Vote]) -> _Row:
    return class_probability(votes), class_side(votes), int(question.truth or 0)


def _standing(name: str, rows: Sequence[_Row], ours: Sequence[_Row]) -> Standing:
    """rows: the judgements. ours: the class's on the same questions."""
    if not rows:
        return Standing(name, 0, 0, 0, float("nan"), float("nan"))
    probabilities = np.array([row[0] for row in rows])
    truths = np.array([row[2] for row in rows])
    right, class_right = (sum(side == truth for _, side, truth in judgements) for judgements in (rows, ours))
    confidence, squares = np.maximum(probabilities, 1 - probabilities).mean(), (probabilities - truths) ** 2
    return Standing(name, right, len(rows), class_right, float(confidence), float(squares.mean()))


def _calibration(name: str, stated: np.ndarray, right: np.ndarray, count: np.ndarray) -> Calibration:
    shares = np.divide(right, count, out=np.full(len(count), np.nan), where=count > 0)
    gaps = np.abs(np.nan_to_num(shares) - stated) * count
    error = float(gaps.sum() / count.sum()) if count.sum() else float("nan")
    return Calibration(name, stated, shares, count.astype(np.int64), error)


def _beyond_chance(agreed: float, by_chance: float) -> float:
    return (agreed - by_chance) / (1 - by_chance) if by_chance < 1 - 1e-12 else float("nan")

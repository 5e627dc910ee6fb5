"""Solves a - b + c, with and without the words of the question, and counts how many known analogies vectors solve."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
import torch
from torch import Tensor

from sentiment_core.analysis.analogies.vectors import WordVectors
from sentiment_core.analysis.mechanics.running import run
from sentiment_core.errors import WordError
from sentiment_core.text.hangul import KOREAN

# b is to a as c is to d: family, capitals, adjectives, verbs, and what film reviews speak of.
KNOWN = tuple(
    tuple(line.split())
    for line in """king man woman queen
uncle man woman aunt
actor man woman actress
son man woman daughter
father man woman mother
brother man woman sister
husband man woman wife
boy man woman girl
prince king queen princess
hero man woman heroine
paris france italy rome
berlin germany spain madrid
tokyo japan korea seoul
london england russia moscow
better good bad worse
best good bad worst
bigger big small smaller
older old young younger
stronger strong weak weaker
walking walk swim swimming
watching watch read reading
played play write wrote
saw see go went
films film story stories
books book movie movies
children child woman women
french france germany german
italian italy japan japanese""".splitlines()
)
_QUESTIONS = {"en": ("king", "man", "woman"), KOREAN: ("왕", "남자", "여자")}


def usual_question(language: str) -> tuple[str, str, str]:
    """The words a, b and c to begin with, in a language as a corpus card names it."""
    return _QUESTIONS.get(language, _QUESTIONS["en"])


@dataclass(frozen=True)
class Answers:
    """The words nearest to a - b + c by cosine."""

    code: str  # the lines that ran
    words: list[str]  # [at most 5] without the question's own words
    cosines: np.ndarray  # [at most 5] float32
    with_inputs: list[str]  # [at most 5] with them


@dataclass(frozen=True)
class Solved:
    """How many of KNOWN some vectors solve."""

    right: int  # d is the nearest word, without the question's
    asked: int  # analogies of whose four words each has a vector
    known: int  # all


def solve(vectors: WordVectors, a: str, b: str, c: str) -> Answers:
    """The words nearest to a - b + c. Raises WordError if a word is blank, typed twice or has no vector."""
    typed = [word.strip() for word in (a, b, c)]
    if not all(typed):
        raise WordError("The analogy a - b + c needs three words. Type the missing one.")
    rows = [vectors.find(word) for word in typed]
    if missing := [word[:40] for word, row in zip(typed, rows, strict=True) if row is None]:
        raise WordError("Without a vector in {name}: {words}. Choose another word.", name=vectors.name, words=missing)
    if len(set(rows)) < 3:
        raise WordError("The analogy a - b + c needs three different words. Change the one typed twice.")
    given: dict[str, Any] = dict(zip(("a", "b", "c"), rows, strict=True))
    ran = run(nearest, units=torch.from_numpy(vectors.units), answers=torch.from_numpy(vectors.answers), **given)
    return Answers(ran.code, *_listed(vectors, ran["without"]), _listed(vectors, ran["with_inputs"])[0])


def nearest(units: Tensor, answers: Tensor, a: int, b: int, c: int) -> dict[str, Any]:
    """The rows of units [words, dim], vectors of length 1, nearest to a - b + c; answers [words] bool may be named."""
    target = units[a] - units[b] + units[c]  # [dim]
    cosines = torch.where(answers, units @ (target / target.norm().clamp(min=1e-12)), -2)  # [words]
    with_inputs = cosines.topk(min(5, len(units)))
    cosines[[a, b, c]] = -2  # the question's own words are left out
    without = cosines.topk(min(5, len(units)))
    return {"target": target, "cosines": cosines, "with_inputs": with_inputs, "without": without}


def count_solved(vectors: WordVectors) -> Solved:
    """How many of KNOWN these vectors solve."""
    right = asked = 0
    for a, b, c, d in KNOWN:
        if all(vectors.find(word) is not None for word in (a, b, c, d)):
            asked += 1
            best = solve(vectors, a, b, c).words[:1]
            right += best == [d]
    return Solved(right, asked, len(KNOWN))


def _listed(vectors: WordVectors, found: Any) -> tuple[list[str], np.ndarray]:
    """Words and cosines of a topk, without those that may not be named."""
    cosines, rows = found.values.numpy(), found.indices.numpy()
    kept = cosines > -2
    return [str(vectors.words[row]) for row in rows[kept]], cosines[kept]

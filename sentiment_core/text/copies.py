"""Finds and drops texts that occur more than once in a split or in several. Case and white space do not count."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np

_ORDER = ("train", "valid", "test")  # a copy is dropped from the earlier of two splits


@dataclass(frozen=True)
class Copies:
    """Texts that occur more than once, ignoring case and white space."""

    within: tuple[tuple[str, int], ...] = ()  # split, and the number of its reviews that copy an earlier one in it
    across: tuple[tuple[str, tuple[str, ...], int, int], ...] = ()  # split, the others, copied reviews, all reviews
    dropped: tuple[tuple[str, int], ...] = ()  # split, and the number of its reviews that were left out as copies


def find_copies(splits: Mapping[str, Sequence[str]]) -> Copies:
    """Texts that occur more than once in or across splits."""
    keys = _keys(splits)
    sets = {name: set(values) for name, values in keys.items()}
    across = []
    for name, others in (("valid", ["train"]), ("test", ["train", "valid"])):
        there = set().union(*(sets[other] for other in others if other in sets))
        if count := sum(key in there for key in keys.get(name, ())):
            across.append((name, tuple(others), count, len(keys[name])))
    within = ((name, len(values) - len(sets[name])) for name, values in keys.items())
    return Copies(tuple(pair for pair in within if pair[1]), tuple(across))


def originals(splits: Mapping[str, Sequence[str]]) -> dict[str, np.ndarray]:
    """The rows of each split that stay if copies are dropped, ascending int64.

    The test split stays whole, so that an accuracy on it can be compared with others' on the same split. A text of
    train stays unless it is also in valid or test, and a text of valid unless it is also in test. Of copies within
    train, valid or a data set without splits, the first stays.
    """
    keys = _keys(splits)
    later: set[str] = set()
    kept: dict[str, np.ndarray] = {}
    for name in sorted(keys, key=lambda name: _ORDER.index(name) if name in _ORDER else -1, reverse=True):
        values = keys[name]
        if name == "test":
            kept[name] = np.arange(len(values), dtype=np.int64)
        else:
            first = {key: row for row, key in reversed(list(enumerate(values)))}
            kept[name] = np.array(sorted(row for key, row in first.items() if key not in later), dtype=np.int64)
        later |= set(values)
    return kept


def _keys(splits: Mapping[str, Sequence[str]]) -> dict[str, list[str]]:
    """A key for each text, equal for copies.

    Most texts already differ in their first characters. Only the others are compared whole, which takes seconds for
    IMDB.
    """
    starts = {name: ["".join(text[:200].split())[:24].casefold() for text in texts] for name, texts in splits.items()}
    seen = Counter(start for values in starts.values() for start in values)
    return {
        name: [
            start if seen[start] == 1 else " ".join(text.split()).casefold()
            for start, text in zip(starts[name], texts, strict=True)
        ]
        for name, texts in splits.items()
    }

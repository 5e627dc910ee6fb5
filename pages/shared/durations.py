"""How long something took in the last minutes: percentiles in constant memory, for what happens often."""

from __future__ import annotations

import math
import time
from collections.abc import Callable

import numpy as np

WINDOW = 300.0  # seconds that the percentiles are about
_SLOT = 10.0  # seconds of one slot, by which the window moves
_SLOTS = round(WINDOW / _SLOT)
_LEAST, _MOST = 1e-4, 1e3  # seconds; what is shorter or longer counts as that
_STEP = math.log(1.05)  # bins are 5 % wide, so a percentile is wrong by 2.5 % at most
_BINS = math.ceil(math.log(_MOST / _LEAST) / _STEP) + 1


class Durations:
    """Counts durations in bins, for each ten seconds of the window. One thread adds; any may ask."""

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        self._clock = clock
        self._counts = np.zeros((_SLOTS, _BINS), dtype=np.uint32)
        self._of = [-1] * _SLOTS  # which ten seconds since the clock's start each slot is about
        self.count = 0  # since the start
        self.total = 0.0  # seconds since the start

    def add(self, seconds: float) -> None:
        """Count one duration."""
        slot = int(self._clock() / _SLOT)
        place = slot % _SLOTS
        if self._of[place] != slot:
            self._counts[place] = 0
            self._of[place] = slot
        within = min(max(seconds, _LEAST), _MOST)
        self._counts[place, int(math.log(within / _LEAST) / _STEP)] += 1
        self.count += 1
        self.total += seconds

    def percentiles(self, *shares: float) -> list[float]:
        """The duration in seconds that a share of the last five minutes' did not exceed; [] if there was none."""
        now = int(self._clock() / _SLOT)
        recent = [place for place, slot in enumerate(self._of) if now - _SLOTS < slot <= now]
        reached = np.cumsum(self._counts[recent].sum(axis=0, dtype=np.int64))
        if not reached[-1]:
            return []
        bins = [int(np.searchsorted(reached, max(1.0, share * reached[-1] - 1e-9))) for share in shares]
        return [_LEAST * math.exp((place + 0.5) * _STEP) for place in bins]

"""Codes of classes, and what slows those down who guess them.

A right code always lets a phone in, also at a school with one address where somebody types wrong codes all day. Who
guesses needs luck: of 31^6 = 887,503,681 codes, at most 20 open a class. An address may try 60 codes as fast as it
likes. After that each of its codes, right or wrong, is looked at 4 s later, and no more than 200 wait for that. So it
tries 50 codes a second at most: 180,000 in a lesson of an hour, which finds a given class with a chance of 1 in 4,900,
and one of 20 classes with 1 in 250. What it would win is a seat: the review that is projected anyway, and one vote.
"""

from __future__ import annotations

import re
import secrets
import time
from collections import Counter, OrderedDict, deque
from collections.abc import Callable, Iterator
from contextlib import contextmanager

ALPHABET = "23456789ABCDEFGHJKMNPQRSTUVWXYZ"  # without 0, O, 1, I and L, which look alike
LENGTH = 6
CODE = re.compile(f"[{ALPHABET}]{{{LENGTH}}}", re.ASCII)

WINDOW = 600.0  # seconds for which a wrong code counts
MOST_AT_ONCE = 60  # wrong codes of an address in the window, before it is slowed down
SLOW = 4.0  # seconds until a code is looked at then; a phone's page waits up to ten for an answer
MOST_WAITING = 200  # codes of an address that wait for it: a large class may arrive while somebody guesses
_MOST_ADDRESSES = 2000  # held in memory


def new_code() -> str:
    """A code that nobody can foresee."""
    return "".join(secrets.choice(ALPHABET) for _ in range(LENGTH))


class WrongCodes:
    """Counts wrong codes by address. Who has a seat is never counted. Not safe for threads."""

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        self._clock = clock
        self._by_address: OrderedDict[str, deque[float]] = OrderedDict()
        self._waiting: Counter[str] = Counter()

    def is_slow(self, address: str) -> bool:
        """Whether so many codes of this address were wrong that the next one must wait."""
        times = self._by_address.get(address, deque())
        return len(times) >= MOST_AT_ONCE and times[0] + WINDOW > self._clock()

    @contextmanager
    def waiting(self, address: str) -> Iterator[bool]:
        """A place among the codes of this address that wait; false if there is none."""
        is_free = self._waiting[address] < MOST_WAITING
        self._waiting[address] += is_free
        try:
            yield is_free
        finally:
            self._waiting[address] -= is_free
            if not self._waiting[address]:
                del self._waiting[address]

    def add(self, address: str) -> None:
        """Count a wrong code. The address that has tried none for longest is forgotten first."""
        self._by_address.setdefault(address, deque(maxlen=MOST_AT_ONCE)).append(self._clock())
        self._by_address.move_to_end(address)
        while len(self._by_address) > _MOST_ADDRESSES:
            self._by_address.popitem(last=False)

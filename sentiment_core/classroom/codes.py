"""Codes of classes, and the limit for those who guess them."""

from __future__ import annotations

import re
import secrets
import time
from collections import OrderedDict, deque
from collections.abc import Callable

ALPHABET = "23456789ABCDEFGHJKMNPQRSTUVWXYZ"  # without 0, O, 1, I and L, which look alike
LENGTH = 6  # 31^6 codes: 890 million
CODE = re.compile(f"[{ALPHABET}]{{{LENGTH}}}", re.ASCII)

WINDOW = 600.0  # seconds for which a wrong code counts
MOST_OF_ADDRESS = 60  # wrong codes in the window; a whole school has one address
MOST_IN_ALL = 600
_MOST_ADDRESSES = 2000  # held in memory


def new_code() -> str:
    """A code that nobody can foresee."""
    return "".join(secrets.choice(ALPHABET) for _ in range(LENGTH))


class WrongCodes:
    """Counts wrong codes, for each address and in all. Who has a seat is never counted. Not safe for threads."""

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        self._clock = clock
        self._all: deque[float] = deque(maxlen=MOST_IN_ALL)
        self._by_address: OrderedDict[str, deque[float]] = OrderedDict()

    def wait(self, address: str) -> float:
        """Seconds until this address may try a code again; 0 if it may now."""
        own = self._by_address.get(address, deque())
        return max(self._until(own, MOST_OF_ADDRESS), self._until(self._all, MOST_IN_ALL))

    def add(self, address: str) -> None:
        """Count a wrong code. The address that has tried none for longest is forgotten first."""
        now = self._clock()
        self._all.append(now)
        self._by_address.setdefault(address, deque(maxlen=MOST_OF_ADDRESS)).append(now)
        self._by_address.move_to_end(address)
        while len(self._by_address) > _MOST_ADDRESSES:
            self._by_address.popitem(last=False)

    def _until(self, times: deque[float], most: int) -> float:
        return max(times[0] + WINDOW - self._clock(), 0.0) if len(times) >= most else 0.0

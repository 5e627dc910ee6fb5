"""Memory that the server has freed and the C library has kept, given back to the system. On other than glibc: nothing.

Each reader's script runs in a thread. glibc gives threads heaps of their own, up to eight for each core, and a heap
keeps what was freed in it. Two heaps are enough, because Python computes in one thread at a time.
"""

from __future__ import annotations

import ctypes
import sys
from functools import cache
from typing import Any

_ARENA_MAX, _MMAP_THRESHOLD = -8, -3  # mallopt's names for them
_HEAPS = 2
# Bytes from which an array has pages of its own, which are given back as soon as it is freed. glibc raises its limit to
# 32 MB on the way. Then a frame of embeddings leaves a hole in a heap.
_LARGE = 4 * 2**20


@cache
def _glibc() -> Any:
    """The C library, or None if it is not glibc."""
    library = ctypes.CDLL(None) if sys.platform == "linux" else None
    return library if hasattr(library, "malloc_trim") and hasattr(library, "mallopt") else None


def settle_heaps() -> None:
    """Let this process have few heaps, from now on."""
    if library := _glibc():
        library.mallopt(_ARENA_MAX, _HEAPS)
        library.mallopt(_MMAP_THRESHOLD, _LARGE)


def give_back() -> None:
    """Give freed memory back to the system. Takes some milliseconds, and other threads go on meanwhile."""
    if library := _glibc():
        library.malloc_trim(0)

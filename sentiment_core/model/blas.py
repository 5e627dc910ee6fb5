"""The threads of NumPy's matrix products. PyTorch has its own, see threads.py."""

from __future__ import annotations

from functools import cache

from threadpoolctl import threadpool_limits


@cache
def limit_blas(threads: int) -> None:
    """Compute each matrix product of this process on this many threads from now on.

    The products of one review are too small to gain from two threads, which wait for each other on a busy machine.
    """
    threadpool_limits(threads, user_api="blas")

"""Settings for a process that trains or predicts, made once."""

from __future__ import annotations

import ctypes
import sys

import torch

from sentiment_core.model.threads import settle_threads


def settle_torch() -> None:
    """Prepare the process for many short steps: denormals count as zero, freed memory is kept, no thread spins.

    Denormals, which dead units and closed gates produce, are a hundred times slower than other numbers. glibc returns
    each large tensor's memory to the kernel and faults it in again at the next step, which takes a third of an LSTM's
    training time.
    """
    torch.set_flush_denormal(True)
    settle_threads()
    mallopt = getattr(ctypes.CDLL(None), "mallopt", None) if sys.platform == "linux" else None  # glibc only
    if mallopt is not None:
        m_trim_threshold, m_top_pad, m_mmap_max = -1, -2, -4
        mallopt(m_mmap_max, 0)
        mallopt(m_trim_threshold, 2**31 - 1)
        mallopt(m_top_pad, 2**26)

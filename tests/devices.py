"""Marks for tests that need a GPU: each is skipped with the reason if there is none."""

import pytest
import torch

needs_cuda = pytest.mark.skipif(not torch.cuda.is_available(), reason="PyTorch finds no CUDA device here")
needs_mps = pytest.mark.skipif(not torch.backends.mps.is_available(), reason="PyTorch finds no Apple GPU here")

"""Fixtures of the tests of the steps."""

from collections.abc import Iterator

import pytest
import torch

from sentiment_core.model.threads import limit_threads


@pytest.fixture(autouse=True)
def one_thread() -> Iterator[None]:
    """Compute on one thread, as the page does: several threads that wait for each other take ten times as long."""
    before = torch.get_num_threads()
    limit_threads(1)
    yield
    limit_threads(before)

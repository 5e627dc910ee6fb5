"""A hundred toy reviews and a network that learns from them in a second."""

import pytest

from sentiment_core.model.config import Recipe
from sentiment_core.text.reviews import Reviews, Split
from sentiment_core.text.toy import toy_reviews


@pytest.fixture(scope="session")
def reviews() -> Reviews:
    """100 train, 30 valid and 20 test reviews."""
    sizes = {"train": 100, "valid": 30, "test": 20}
    splits = {name: Split(*toy_reviews(size, seed=seed)) for seed, (name, size) in enumerate(sizes.items())}
    return Reviews("toy", **splits)


@pytest.fixture(scope="session")
def recipe() -> Recipe:
    """Two epochs of seven steps: batches of 16, the last of an epoch's of 4."""
    return Recipe("tiny").change(
        cell="gru", embedding_size=4, hidden_size=4, max_length=30, epochs=2, batch_size=16, dropout=0.2
    )

"""`train --job`: puts a training into the queue, in place of training in this process."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from sentiment_core.environment import variables
from sentiment_core.errors import DataError
from sentiment_core.jobs.layout import TRAINED
from sentiment_core.jobs.queue import start
from sentiment_core.jobs.requests import Network, TrainingRequest
from sentiment_core.jobs.trained import free_name
from sentiment_core.runs.listing import list_corpora

if TYPE_CHECKING:
    from sentiment_core.model.config import Recipe
    from sentiment_core.text.reviews import Reviews

_PUBLISHED = Path(__file__).parents[2] / "checkpoints"


def queue_training(recipe: Recipe, reviews: Reviews, runs: Path) -> Path:
    """Put the training of one network into the queue of the folder of live runs. Returns the folder of its job.

    Raises DataError if the reviews cannot be read again by another process, JobError as `start`.
    """
    if reviews.reading is None:
        raise DataError("These reviews cannot be read again by a job. Train with --out instead.")
    place = runs.resolve() / TRAINED / reviews.fingerprint
    card = published_card(reviews)
    network = Network(free_name(recipe.preset, place), recipe)
    return start(TrainingRequest((network,), reviews.reading, str(place), card), runs)


def published_card(reviews: Reviews) -> str:
    """The absolute path of the published corpus folder with the same reviews; "" if there is none."""
    published = variables.CHECKPOINTS.value() or _PUBLISHED
    cards = [corpus for corpus in list_corpora(published)[0] if corpus.fingerprint == reviews.fingerprint]
    return str(cards[0].path.resolve()) if cards else ""

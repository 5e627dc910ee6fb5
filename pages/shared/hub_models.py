"""Hub models that visitors name, and which of them this server allows. The same rules apply on every page."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager

from pages.shared.on_demand import IMPORTING
from pages.shared.visitors import visitor
from sentiment_core.environment import variables
from sentiment_core.environment.kinds import AUTO, HUB_ID, LONGEST_HUB_ID, OFF
from sentiment_core.errors import ModelError


def models_allowed() -> list[str] | None:
    """The Hub ids that this visitor may name; None if any id is allowed, [] if none is.

    $SENTIMENT_MODELS lists them, and $SENTIMENT_HUB says who may name one. Unless it says so, only who sits at this
    machine may have it download a model that is not on the list.
    """
    listed, who = variables.MODELS.value(), variables.HUB.value()
    if who == OFF or (who == AUTO and listed is None and not visitor().local):
        return []
    return None if listed is None else list(listed)


def check_model(name: str) -> None:
    """Raise ModelError for a name that is not a Hub id, such as a folder, and for a model that is not allowed."""
    # A visitor must not read the server's folders.
    if len(name) > LONGEST_HUB_ID or not HUB_ID.fullmatch(name) or os.path.exists(name):
        raise ModelError("{name!r} is not the id of a model on the Hub. Give one such as owner/name.", name=name[:80])
    allowed = models_allowed()
    if allowed == []:
        raise ModelError(
            "Models of the Hub are off for visitors of this server. Its owner turns them on with SENTIMENT_HUB=on when "
            "the server starts."
        )
    if allowed is not None and name not in allowed:
        raise ModelError("This server shows only these models: {names}. Choose one of them.", names=allowed)


@contextmanager
def transformers_needed() -> Iterator[None]:
    """A block that imports modules that need transformers. The import takes two seconds, so it happens on demand.

    Raises ModelError if the import fails.
    """
    try:
        with IMPORTING:
            yield
    except Exception as error:  # a broken package can raise any error on import
        raise ModelError(
            "This server cannot import transformers, which reads models of the Hub. "
            "Run `pip install -r requirements.txt` there and start the app again."
        ) from error

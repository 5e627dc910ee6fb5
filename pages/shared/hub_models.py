"""Hub models that visitors name, and which of them this server allows. The same rules apply on every page."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from pages.shared.on_demand import IMPORTING
from sentiment_core.environment import variables
from sentiment_core.environment.kinds import HUB_ID
from sentiment_core.errors import ModelError


def models_allowed() -> list[str] | None:
    """The Hub ids in $SENTIMENT_MODELS, separated by commas, which visitors may name. None if it allows any id."""
    listed = variables.MODELS.value()
    return None if listed is None else list(listed)


def check_model(name: str) -> None:
    """Raise ModelError for a name that is not a Hub id, such as a folder, and for a model that is not allowed."""
    if not HUB_ID.fullmatch(name) or Path(name).exists():  # a visitor must not read the server's folders
        raise ModelError("{name!r} is not the id of a model on the Hub. Give one such as owner/name.", name=name[:80])
    allowed = models_allowed()
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

"""Models of the Hub that visitors name: which of them this server takes, the same on every page."""

from __future__ import annotations

import os
import re
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from sentiment_core.errors import ModelError

_HUB_ID = re.compile(r"\w[\w.-]*(/\w[\w.-]*)?")
_IMPORTING = threading.Lock()  # two readers who ask at once must not find it half imported


def models_allowed() -> list[str] | None:
    """The Hub ids that visitors may name, where $SENTIMENT_MODELS lists them between commas; None where any may be."""
    listed = os.environ.get("SENTIMENT_MODELS")
    return None if listed is None else [name.strip() for name in listed.split(",") if name.strip()]


def check_model(name: str) -> None:
    """Raise ModelError for what is no Hub id, a folder for one, and for a model that this server does not take."""
    if not _HUB_ID.fullmatch(name) or Path(name).exists():  # a visitor is not to look into the server's folders
        raise ModelError("{name!r} is not the id of a model on the Hub. Give one such as owner/name.", name=name[:80])
    allowed = models_allowed()
    if allowed is not None and name not in allowed:
        raise ModelError("This server shows only these models: {names}. Choose one of them.", names=allowed)


@contextmanager
def transformers_needed() -> Iterator[None]:
    """A block that imports what needs transformers: two seconds, paid by who asks for it.

    Raises ModelError where it cannot be imported.
    """
    try:
        with _IMPORTING:
            yield
    except Exception as error:  # an import that breaks off raises whatever the broken package raises
        raise ModelError(
            "This server cannot import transformers, which reads models of the Hub. "
            "Run `pip install -r requirements.txt` there and start the app again."
        ) from error

"""The player's messages in the reader's language. Python passes them to the modules, which are built only once."""

from __future__ import annotations

import functools
import json
from pathlib import Path

from sentiment_core.messages import current_language
from sentiment_core.messages.catalogue import translations
from sentiment_core.messages.language import DEFAULT

_ENGLISH = Path(__file__).parent / "dist" / "messages.json"


def speech() -> dict[str, object]:
    """The current language, and the translation of each English message of the player's modules."""
    language = current_language()
    known = translations(language) if language != DEFAULT else {}
    messages = {english: known[None, english] for english in english_messages() if (None, english) in known}
    return {"language": language, "messages": messages}


@functools.cache
def english_messages() -> tuple[str, ...]:
    """Every message of the player's modules, from the list that the build writes."""
    return tuple(json.loads(_ENGLISH.read_text(encoding="utf-8")))

"""What the player says, in the reader's language: handed to its modules, which are built once for all languages."""

from __future__ import annotations

import functools
import json
from pathlib import Path

from sentiment_core.messages import current_language
from sentiment_core.messages.catalogue import translations
from sentiment_core.messages.language import DEFAULT

_ENGLISH = Path(__file__).parent / "dist" / "messages.json"


def speech() -> dict[str, object]:
    """The current language and, by the English, the translation of every message of the player's modules."""
    language = current_language()
    known = translations(language) if language != DEFAULT else {}
    messages = {english: known[None, english] for english in english_messages() if (None, english) in known}
    return {"language": language, "messages": messages}


@functools.cache
def english_messages() -> tuple[str, ...]:
    """Every message of the player's modules, as the build lists them."""
    return tuple(json.loads(_ENGLISH.read_text(encoding="utf-8")))

"""The player's messages in the reader's language. Python passes them to the modules, which are built only once."""

from __future__ import annotations

import functools
import json
from pathlib import Path

from sentiment_core.messages import LANGUAGES, current_language
from sentiment_core.messages.catalogue import translations
from sentiment_core.messages.language import DEFAULT

_BUILT = Path(__file__).parent / "dist"


def speech() -> dict[str, object]:
    """The current language, and the translation of each English message of the player's modules."""
    language = current_language()
    return {"language": language, "messages": _translated(english_messages(), language)}


def speech_of_phones() -> dict[str, dict[str, str]]:
    """The translations of the messages of a student's phone into each language. The phone chooses among them."""
    return {language: _translated(english_messages("phone.json"), language) for language in LANGUAGES}


def _translated(messages: tuple[str, ...], language: str) -> dict[str, str]:
    known = translations(language) if language != DEFAULT else {}
    return {english: known[None, english] for english in messages if (None, english) in known}


@functools.cache
def english_messages(listed: str = "messages.json") -> tuple[str, ...]:
    """Every message of the modules that a list of the build is about; by default of all."""
    return tuple(json.loads((_BUILT / listed).read_text(encoding="utf-8")))

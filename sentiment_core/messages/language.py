"""The languages that the program speaks, and the one it speaks now."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar

LANGUAGES = {"en": "English", "ko": "한국어"}  # by code; each is named in itself
DEFAULT = "en"

_chosen: ContextVar[str | None] = ContextVar("language", default=None)
_resolver: Callable[[], str | None] | None = None


def current_language() -> str:
    """The code of the language that messages are worded in now, one of LANGUAGES."""
    language = _chosen.get() or (_resolver() if _resolver else None)
    return language if language in LANGUAGES else DEFAULT


@contextmanager
def in_language(language: str) -> Iterator[None]:
    """Word messages in this language within the block, in this thread; for tests, files and cached functions."""
    if language not in LANGUAGES:
        raise ValueError(f"no language {language!r}")
    token = _chosen.set(language)
    try:
        yield
    finally:
        _chosen.reset(token)


def resolve_language_by(resolver: Callable[[], str | None] | None) -> None:
    """Ask this function for the language wherever no `in_language` names one; its None or unknown code is English.

    It is called for each message, in whatever thread words it.
    """
    global _resolver
    _resolver = resolver


def matching_language(preferred: str) -> str | None:
    """The first of our languages that a browser accepts, from an Accept-Language header or a tag such as 'ko-KR'."""
    ranked: list[tuple[float, str]] = []
    for part in preferred.split(","):
        tag, _, weight = part.strip().partition(";q=")
        try:
            ranked.append((float(weight or 1), tag.partition("-")[0].lower()))
        except ValueError:
            continue
    ranked.sort(key=lambda pair: -pair[0])
    return next((code for weight, code in ranked if weight > 0 and code in LANGUAGES), None)

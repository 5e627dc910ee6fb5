"""The languages of the program, and the current one."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar

LANGUAGES = {"en": "English", "ko": "한국어"}  # code -> the language's own name
DEFAULT = "en"

_chosen: ContextVar[str | None] = ContextVar("language", default=None)
_resolver: Callable[[], str | None] | None = None


def current_language() -> str:
    """The code of the current language, one of LANGUAGES."""
    language = _chosen.get() or (_resolver() if _resolver else None)
    return language if language in LANGUAGES else DEFAULT


@contextmanager
def in_language(language: str) -> Iterator[None]:
    """Use this language for messages within the block, in this thread. For tests, files and cached functions."""
    if language not in LANGUAGES:
        raise ValueError(f"no language {language!r}")
    token = _chosen.set(language)
    try:
        yield
    finally:
        _chosen.reset(token)


def resolve_language_by(resolver: Callable[[], str | None] | None) -> None:
    """Use this function's answer as the language where no `in_language` applies. None or an unknown code is English.

    It is called for each message, in the thread that asks for the message.
    """
    global _resolver
    _resolver = resolver


def matching_language(preferred: str) -> str | None:
    """The first language that both the browser and the program have, from Accept-Language or a tag such as 'ko-KR'."""
    ranked: list[tuple[float, str]] = []
    for part in preferred.split(","):
        tag, _, weight = part.strip().partition(";q=")
        try:
            ranked.append((float(weight or 1), tag.partition("-")[0].lower()))
        except ValueError:
            continue
    ranked.sort(key=lambda pair: -pair[0])
    return next((code for weight, code in ranked if weight > 0 and code in LANGUAGES), None)

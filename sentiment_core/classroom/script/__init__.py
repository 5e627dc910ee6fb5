"""The script of a lesson: twenty reviews in each language, from easy to hard, and what each of them shows.

The first ten are the course of one lesson, half of them positive. The other ten are for a longer lesson, or to choose
from. Both languages follow the same order, so that classes can be compared.
"""

from __future__ import annotations

from sentiment_core.classroom.script.english import ENGLISH
from sentiment_core.classroom.script.korean import KOREAN
from sentiment_core.classroom.script.phenomena import PHENOMENA, Phenomenon
from sentiment_core.classroom.script.review import ScriptReview

COURSE = 10  # reviews of the course
_SCRIPTS = {"en": ENGLISH, "ko": KOREAN}

__all__ = ["COURSE", "PHENOMENA", "Phenomenon", "ScriptReview", "script_in"]


def script_in(language: str) -> tuple[ScriptReview, ...]:
    """The twenty reviews in a language as a corpus card names it; the English ones if there are none."""
    return _SCRIPTS.get(language, ENGLISH)

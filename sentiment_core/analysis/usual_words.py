"""Default words in the language of a corpus, for readers who have chosen none. Needs no torch.

Each is one token of the published vocabulary of its language.
"""

from __future__ import annotations

from dataclasses import dataclass

from sentiment_core.text.hangul import KOREAN


@dataclass(frozen=True)
class UsualWords:
    """Default words of one language, by their roles on the Drift page."""

    pinned: tuple[str, ...]
    good: tuple[str, ...]  # one end of the named axis
    bad: tuple[str, ...]  # the other end
    neutral: str  # a frequent neutral word
    analogy: tuple[str, str, str]  # a - b + c


_ENGLISH = UsualWords(
    pinned=tuple("great excellent good bad awful boring movie the".split()),
    good=tuple("good great excellent wonderful brilliant superb amazing perfect beautiful fantastic".split()),
    bad=tuple("bad awful terrible boring worst poor horrible dull stupid lame".split()),
    neutral="the",
    analogy=("great", "good", "bad"),  # the toy corpus knows them too
)
_KOREAN = UsualWords(
    pinned=tuple("최고 명작 좋은 별로 지루 최악 영화 그".split()),
    good=tuple("최고 명작 수작 좋은 좋다 재밌다 아름다운 멋진 감동 강추".split()),
    bad=tuple("최악 쓰레기 졸작 별로 지루 재미없다 실망 억지 유치 막장".split()),
    neutral="영화",
    analogy=("최고", "좋은", "별로"),
)


def usual_words(language: str) -> UsualWords:
    """The words in a language as a corpus card names it; English ones if there are none."""
    return _KOREAN if language == KOREAN else _ENGLISH

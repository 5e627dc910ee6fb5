"""Opposite words that no statistic of reviews finds: common words that say little of the verdict by themselves.

"good" occurs as often in negative reviews ("good actors, bad film"), so neither its polarity nor its place among used
words leads to "bad". In Korean, the words on both sides have the same form, so that a sentence stays a sentence.
"""

from __future__ import annotations

from functools import cache

# A word of one side is opposite to those of the other, best first.
PAIRS = """
good decent fine | bad poor awful
well | badly poorly
better | worse
best | worst
great | terrible awful
funny hilarious | unfunny dull serious
fun | boring dull tedious
interesting | boring dull uninteresting
original unpredictable | predictable unoriginal derivative
love loves | hate hates dislike
loved | hated disliked
loving | hating
like | dislike hate
liked | disliked hated
enjoy | hate endure
enjoyed | hated endured
recommend | avoid skip
happy | sad unhappy miserable
hope | despair
laugh laughs | cry cries
strong | weak
fast quick | slow
quickly | slowly
old | new young
first | last
beginning start | ending end
always | never
ever | never
everything | nothing
everyone everybody | nobody
more | less
most | least
many | few
much | little
big large | small little
high | low
long | short
early | late
hot warm | cold
rich | poor
easy | hard difficult
right | wrong
true | false
real realistic | fake unrealistic
believable | unbelievable
smart clever intelligent | stupid dumb
beautiful pretty | ugly
deep | shallow
fresh | stale
light bright | dark
alive | dead
success | failure
hero | villain
worth | waste
with | without
before | after
man | woman
men | women
boy | girl
좋다 | 싫다 별로다 나쁘다
좋은 | 나쁜 싫은
좋고 | 나쁘고 싫고 없고
좋아 | 싫어
좋아요 | 싫어요 별로예요 재미없어요
좋았다 | 별로였다 지루했다 나빴다
좋았어요 | 별로였어요 재미없어요
좋아하는 | 싫어하는
재미있다 재밌다 잼있다 | 재미없다 지루하다
재미있는 재밌는 | 재미없는 지루한
재미있고 재밌고 | 재미없고 지루하고
재미있게 재밌게 | 재미없게 지루하게
재미있어요 재밌어요 | 재미없어요 지루해요
재미있음 재밌음 | 재미없음 지루함
재미있어 재밌어 | 재미없어 지루해
재미있네 재밌네 | 재미없네
재미있었다 재밌었다 | 지루했다 재미없었다
꿀잼 | 노잼
최고 명작 | 최악 쓰레기
최고의 | 최악의
최고다 명작이다 | 최악이다 쓰레기다
명작 걸작 수작 대작 | 졸작 망작 쓰레기
감동 | 실망
감동적인 | 실망스러운 유치한 지루한
추천 강추 | 비추
대박 성공 | 쪽박 실패
완벽 | 엉망
완벽한 탄탄한 | 엉성한 허접한
훌륭하다 대단하다 | 형편없다 허접하다 별로다
훌륭한 뛰어난 대단한 | 형편없는 허접한
새로운 신선한 독특한 | 진부한 식상한 뻔한
신선하고 | 진부하고 뻔하고
흥미진진 | 지루
잔잔한 | 지루한
유쾌한 즐거운 | 짜증나는 답답한
행복한 | 슬픈 불행한
똑똑한 | 멍청한
자연스러운 | 어색한 억지스러운
명품 | 싸구려
높다 | 낮다
높은 | 낮은
높게 | 낮게
많은 | 적은
있다 | 없다
있는 | 없는
있고 | 없고
보세요 | 보지마세요
굿 | 별로
사랑 | 미움 증오
천사 | 악마
천재 | 바보
처음 시작 | 마지막 끝
남자 | 여자
"""


@cache
def _table() -> dict[str, list[str]]:
    table: dict[str, list[str]] = {}
    for line in PAIRS.strip().splitlines():
        sides = [side.split() for side in line.split("|")]
        for own, other in (sides, sides[::-1]):
            for word in own:
                listed = table.setdefault(word, [])
                listed += [found for found in other if found not in listed]
    return table


def antonyms(word: str) -> list[str]:
    """The words that are listed as opposite to a word in lower case, best first; none if it is not listed."""
    return list(_table().get(word, []))

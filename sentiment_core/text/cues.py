"""Counts words that turn a sentiment around: negations, and words of contrast such as "but".

English is split into words, so a list of words finds nearly all. In Korean negation is partly a part of a word:

안, 못          adverbs before a verb, often written together with it (안 봤다, 안봤다)
-지 않, -지 못  after a verb; 않 occurs in no other word
없, 아니        verbs of their own: there is none, it is not; 없 also ends adjectives (재미없다)
-지 마, -지 말  tells someone not to

The rules know no grammar. They do not see how far a negation reaches, miss words that are negative by their meaning
(fail, lack; 모르다, 싫다) and those with a negative prefix (unfunny; 비-, 불-, 무-), and count fixed expressions in
which a negation has lost its meaning (no doubt; 끊임없이, 어쩔 수 없이). An 안 that means "inside" counts if it is
written as a word of its own. Texts in other languages are read as English and have few or none.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

import numpy as np

from sentiment_core.text.hangul import KOREAN

# With and without the apostrophe, because reviewers often leave it out. "cant" and "wont" are rare as other words.
# Hardly, scarcely and barely take a negation's place and its grammar ("hardly any").
_NOT = (
    *("not", "no", "never", "none", "nobody", "nothing", "nowhere", "neither", "nor", "without", "cannot"),
    *("hardly", "scarcely", "barely"),
    "(?:ai|are|ca|could|did|does|do|had|has|have|is|might|must|need|should|was|were|wo|would)nt",
)
# Only words that are nearly always a contrast: "yet" and "while" are usually about time, and "still" is too.
_BUT = (
    *("but", "however", "although", "though", "despite", "nevertheless", "nonetheless", "whereas"),
    *("in spite of", "on the other hand"),
)
# What follows an 안 or 못 that is written together with its verb. Bare 안 and 못 begin many other words, such as 안녕,
# 안전, 안타깝다, 못생기다, and names such as 안나 and 안성기.
_AFTER_AN = (
    "[봐봤본볼봄봅좋되돼됐된될됨됩해했한할함합갔간갈왔온올와맞웃어울끝그든들믿속]|보[고는면이니려지여았세기]|하[고는면니려지여였세기]|"
    "가[고는면]|오[고는면]|나[오와왔온올]|재[밌미]|무[서섭]|지루|슬[프픈퍼]|쓰(?!럽|러)"
)
_AFTER_MOT = (
    "[봐봤본볼봄봅하해했한할함합되돼된될알참견믿잊찾웃]|보[고는면이니려지여았세기]|느[끼낀낄껴꼈]|따라|나오|미[치친]|받"
)
_NOT_KOREAN = (
    r"\b[안못](?![\w])",
    rf"\b안(?:{_AFTER_AN})",
    rf"(?<![연잘])못(?:{_AFTER_MOT})",  # also after -지; not 연못 (a pond) and 잘못 (a mistake)
    *("않", "없"),
    r"지 ?안(?=[는은다고아았음])",  # 않, misspelt
    "아니[다라고며지면었였에요니잖란함ㄴㅁ]|아[닌닐닙님녔냐]",  # 아니 alone is often an exclamation
    r"지 ?(?:마(?=[세라시십셔요]|\b)|말(?=[고아자라았길]|\b)|맙)",
)
# The ending -지만, but not "only" (까지만, 한 가지만). The endings -는데 and -(으)나 do not count: they often only lead
# over to what follows, or mean "or".
_BUT_KOREAN = (
    r"(?<!까)(?<![한두] 가)(?<![한두]가)(?<!여러가)지만",
    *("그러나", "그런데", "근데", "그래도", "다만", "반면", "불구하고", "건만"),
)
_RULES = {
    KOREAN: tuple(re.compile("|".join(words)) for words in (_NOT_KOREAN, _BUT_KOREAN)),
    "": (re.compile(rf"\b(?:{'|'.join(_NOT)})\b|n't\b"), re.compile(rf"\b(?:{'|'.join(_BUT)})\b")),
}


def count_cues(texts: Sequence[str], language: str) -> np.ndarray:
    """Negations and words of contrast in each text [texts, 2] int64.

    language: as `find_language` returns it.
    """
    negation, contrast = _RULES[language if language in _RULES else ""]
    found = np.zeros((len(texts), 2), dtype=np.int64)
    for row, text in enumerate(texts):
        plain = text.lower().replace("\u2019", "'")  # the typographic apostrophe
        found[row] = sum(1 for _ in negation.finditer(plain)), sum(1 for _ in contrast.finditer(plain))
    return found

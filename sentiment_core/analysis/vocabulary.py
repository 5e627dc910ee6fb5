"""Tokens of a vocabulary by spelling, frequency and polarity. Needs no torch."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from sentiment_core.text.corpus import TokenTable
from sentiment_core.text.tokenization import is_word

MATCHES = ("start", "part")  # what a query is of a token
ORDERS = ("frequent", "positive", "negative", "id")  # the most frequent first, and so on


# Words that no picture or table names unasked, because a class looks at them: sexual words and slurs. A reader still
# finds, encircles and pins them, and they are points like any other. Lower case.
UNSAID = frozenset(
    "ass bitch bitches boobs breasts cock cunt dick dyke erotic fag faggot fuck fucked fucking incest masturbation "
    "naked nigga nigger nude nudity orgasm paki penis porn porno pornographic pornography prostitute prostitutes rape "
    "raped rapist retard retarded sex sexual sexuality sexually sexy slut sluts spic tit tits tranny vagina whore "
    "whores ㅅㅂ 강간 걸레 변태 병신 빨갱이 새끼 섹스 섹시 "
    "썅 씨발 야동 야한 에로 에로영화 좆 존나 졸라 쪽바리 창녀 포르노".split()
)


def search_vocabulary(table: TokenTable, query: str, match: str, order: str) -> np.ndarray:
    """Ids [found] int64 of the tokens that have `query` as one of MATCHES, sorted by one of ORDERS; all if it is blank.

    Case and white space around the query do not matter. Tokens that are equal in the order are sorted by id.
    """
    wanted = query.strip().lower()
    fits = str.startswith if match == MATCHES[0] else str.__contains__
    found = np.array([index for index, token in enumerate(table.tokens) if fits(token.lower(), wanted)], dtype=np.int64)
    ranks = (-table.counts.sum(axis=1), -table.polarity, table.polarity, np.arange(len(table.tokens)))
    return found[np.argsort(ranks[ORDERS.index(order)][found], kind="stable")]


def stand_alone(table: TokenTable) -> np.ndarray:
    """Which tokens stand alone as words [vocab] bool: no piece, no mark, no special token."""
    return np.array([is_word(token) for token in table.tokens], dtype=bool)


def named_unasked(table: TokenTable) -> np.ndarray:
    """Which tokens a picture may name without being asked [vocab] bool: those that stand alone and are not UNSAID."""
    return stand_alone(table) & np.array([token.lower() not in UNSAID for token in table.tokens], dtype=bool)


def frequent_words(table: TokenTable, count: int) -> np.ndarray:
    """Ids [<= count] int64 of the most frequent words that may be named unasked, most frequent first."""
    order = np.argsort(-table.counts.sum(axis=1), kind="stable")
    return order[named_unasked(table)[order]][:count]


def find_words(table: TokenTable, words: list[str]) -> tuple[np.ndarray, list[str]]:
    """Ids [found] int64 of `words` in the vocabulary, each once, as typed or else lower-cased; and those it lacks."""
    ids = {token: index for index, token in enumerate(table.tokens)}
    found, missing = [], []
    for word in dict.fromkeys(word.strip() for word in words if word.strip()):
        if (index := ids.get(word, ids.get(word.lower()))) is None:
            missing.append(word)
        else:
            found.append(index)
    return np.array(list(dict.fromkeys(found)), dtype=np.int64), missing


def spelt_table(tokens: Sequence[str], table: TokenTable) -> TokenTable:
    """Tokens of another vocabulary with what `table` knows of the same spelling: elsewhere counts 0, polarity NaN."""
    ids = {token: index for index, token in enumerate(table.tokens)}
    places = np.array([ids.get(token, -1) for token in tokens], dtype=np.int64)
    known = places >= 0
    polarity = np.where(known, table.polarity[places], np.nan).astype(np.float32)
    counts = np.where(known[:, None], table.counts[places], 0)
    return TokenTable(np.array(tokens, dtype=object), counts, polarity)

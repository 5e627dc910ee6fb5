"""Selects tokens of a vocabulary by spelling, frequency and polarity. Needs no torch."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from sentiment_core.text.corpus import TokenTable
from sentiment_core.text.tokenization import is_word

MATCHES = ("start", "part")  # what a query is of a token
ORDERS = ("frequent", "positive", "negative", "id")  # the most frequent first, and so on


# Sexual words and slurs, which no figure or table names by itself, because a class may be watching. A reader can still
# search, select and pin them, and their points are drawn. In lower case.
UNSAID = frozenset(
    "ass bitch bitches boobs breasts cock cunt dick dyke erotic fag faggot fuck fucked fucking incest masturbation "
    "naked nigga nigger nude nudity orgasm paki penis porn porno pornographic pornography prostitute prostitutes rape "
    "raped rapist retard retarded sex sexual sexuality sexually sexy slut sluts spic tit tits tranny vagina whore "
    "whores ㅅㅂ 강간 걸레 변태 병신 빨갱이 새끼 섹스 섹시 "
    "썅 씨발 야동 야한 에로 에로영화 좆 존나 졸라 쪽바리 창녀 포르노".split()
)


def search_vocabulary(table: TokenTable, query: str, match: str, order: str) -> np.ndarray:
    """Ids [found] int64 of the tokens that match `query` by one of MATCHES, in one of ORDERS; all for a blank query.

    Case and surrounding white space of the query do not matter. Ties are ordered by id.
    """
    wanted = query.strip().lower()
    fits = str.startswith if match == MATCHES[0] else str.__contains__
    found = np.array([index for index, token in enumerate(table.tokens) if fits(token.lower(), wanted)], dtype=np.int64)
    ranks = (-table.counts.sum(axis=1), -table.polarity, table.polarity, np.arange(len(table.tokens)))
    return found[np.argsort(ranks[ORDERS.index(order)][found], kind="stable")]


def stand_alone(table: TokenTable) -> np.ndarray:
    """Whether each token is a word by itself [vocab] bool: no word piece, no punctuation, no special token."""
    return np.array([is_word(token) for token in table.tokens], dtype=bool)


def named_unasked(table: TokenTable) -> np.ndarray:
    """Whether a figure may label each token by itself [vocab] bool: whole words that are not in UNSAID."""
    return stand_alone(table) & np.array([token.lower() not in UNSAID for token in table.tokens], dtype=bool)


def frequent_words(table: TokenTable, count: int) -> np.ndarray:
    """Ids [<= count] int64 of the most frequent words that may be labelled, most frequent first."""
    order = np.argsort(-table.counts.sum(axis=1), kind="stable")
    return order[named_unasked(table)[order]][:count]


def find_words(table: TokenTable, words: list[str]) -> tuple[np.ndarray, list[str]]:
    """Ids [found] int64 of the `words` in the vocabulary, each once, and the missing words.

    A word is looked up as typed, else in lower case.
    """
    ids = table.ids
    found, missing = [], []
    for word in dict.fromkeys(word.strip() for word in words if word.strip()):
        if (index := ids.get(word, ids.get(word.lower()))) is None:
            missing.append(word)
        else:
            found.append(index)
    return np.array(list(dict.fromkeys(found)), dtype=np.int64), missing


def spelt_table(tokens: Sequence[str], table: TokenTable) -> TokenTable:
    """Tokens of another vocabulary, with the counts and polarity of the same spelling in `table`.

    A token that `table` lacks has counts 0 and polarity NaN.
    """
    places = np.array([table.ids.get(token, -1) for token in tokens], dtype=np.int64)
    known = places >= 0
    polarity = np.where(known, table.polarity[places], np.nan).astype(np.float32)
    counts = np.where(known[:, None], table.counts[places], 0)
    return TokenTable(np.array(tokens, dtype=object), counts, polarity)

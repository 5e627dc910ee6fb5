"""Tokens of a vocabulary by how they are spelt, how often they occur and how they lean. Needs no torch."""

from __future__ import annotations

import numpy as np

from sentiment_core.text.corpus import TokenTable

MATCHES = ("starts with", "contains")
ORDERS = ("most frequent", "most positive", "most negative", "id")


def search_vocabulary(table: TokenTable, query: str, match: str, order: str) -> np.ndarray:
    """Ids [found] int64 of the tokens that fit `query` as one of MATCHES, in one of ORDERS; all where it is blank.

    Capitals and white space around the query do not matter. Tokens that are equal in the order stand by id.
    """
    wanted = query.strip().lower()
    fits = str.startswith if match == MATCHES[0] else str.__contains__
    found = np.array([index for index, token in enumerate(table.tokens) if fits(token.lower(), wanted)], dtype=np.int64)
    ranks = (-table.counts.sum(axis=1), -table.polarity, table.polarity, np.arange(len(table.tokens)))
    return found[np.argsort(ranks[ORDERS.index(order)][found], kind="stable")]

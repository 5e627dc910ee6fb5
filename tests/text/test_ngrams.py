"""N-grams of words and of characters equal those of scikit-learn, with which the weights are fitted."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sklearn.feature_extraction.text import CountVectorizer

from sentiment_core.text.ngrams import CHARACTER, TOKEN, WORD, clean, find_tokens, join_ngram

ANALYSE = {
    unit: CountVectorizer(
        preprocessor=clean, analyzer=unit, token_pattern=TOKEN if unit == WORD else None, ngram_range=(1, 3)
    ).build_analyzer()
    for unit in (WORD, CHARACTER)
}
TEXTS = st.lists(
    st.sampled_from(
        ["<br />", "İ", "ς", "Don't", "10/10", "!", " ", "\n", "\u2003", "é", "재미", "GOOD", "_", "'", "ß"]
    )
).map("".join)


def ngrams(tokens: list[str], unit: str) -> list[str]:
    return sorted(
        join_ngram(tokens[first : first + length], unit)
        for length in (1, 2, 3)
        for first in range(len(tokens) - length + 1)
    )


@pytest.mark.parametrize("unit", [WORD, CHARACTER])
@given(text=TEXTS | st.text(st.characters(codec="utf-8")))
def test_ngrams_equal_those_of_scikit_learn(unit: str, text: str):
    assert ngrams(find_tokens(text, unit)[0], unit) == sorted(ANALYSE[unit](text))


@pytest.mark.parametrize("unit", [WORD, CHARACTER])
@given(text=TEXTS)
def test_each_token_has_its_offsets(unit: str, text: str):
    tokens, spans = find_tokens(text, unit)
    assert len(tokens) == len(spans)
    for token, (start, end) in zip(tokens, spans.tolist(), strict=True):
        written = text[start:end]
        assert start < end
        if token != " ":
            # A character that becomes two in lower case can be part of two tokens.
            assert token in clean(written)


def test_places_after_a_tag_and_a_letter_that_grows():
    text = "İt<br />is GOOD."
    tokens, spans = find_tokens(text, WORD)
    assert [text[start:end] for start, end in spans.tolist()][-3:] == ["is", "GOOD", "."]
    assert tokens[-3:] == ["is", "good", "."]

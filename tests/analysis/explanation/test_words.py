"""Words of a text as the common axis of classifiers that split it differently."""

import numpy as np

from sentiment_core.analysis.explanation.prefixes import PrefixCurve
from sentiment_core.analysis.explanation.salience import OCCLUSION, Salience
from sentiment_core.analysis.explanation.words import words_in
from sentiment_core.classifiers.tokens import TextView
from sentiment_core.player.reading import Read, reading_data


def view(text: str, *tokens: str, most: int = 100) -> TextView:
    """A view whose tokens are found in the text one after the other; ## marks a piece that continues another."""
    spans, end = [], 0
    for token in tokens:
        start = text.index(token.removeprefix("##"), end)
        end = start + len(token.removeprefix("##"))
        spans.append((start, end))
    many = len(tokens)
    return TextView(text, list(tokens), np.array(spans), np.arange(many), np.zeros(many, bool), most)


TEXT = "An unlikable hero, though."
PIECES = view(TEXT, "An", "un", "##lik", "##able", "hero", ",", "though", ".")
CHARACTERS = view(TEXT, *TEXT)


def test_pieces_are_merged_into_words():
    words = words_in([PIECES])
    assert words.texts == ["An", "unlikable", "hero", ",", "though", "."]
    assert words.starts.tolist() == [0, 3, 13, 17, 19, 25]
    assert words.joined.tolist() == [False, False, False, True, False, True]
    assert words.more == 0


def test_words_of_characters_are_what_spaces_separate():
    assert words_in([CHARACTERS]).texts == ["An", "unlikable", "hero,", "though."]


def test_tokens_of_another_classifier_lie_within_the_words_of_the_first():
    words = words_in([PIECES, CHARACTERS])
    along = words.along(CHARACTERS.spans[:, 1])
    assert along[:4].tolist() == [0.5, 1.0, 1.0, 1 + 1 / 9]  # A, n, a space, u
    assert along[-1] == len(words.texts)
    assert (np.diff(along) >= 0).all()


def test_words_end_where_the_last_classifier_stops_reading():
    assert words_in([view(TEXT, *PIECES.tokens, most=4), view(TEXT, *PIECES.tokens, most=5)]).texts[-1] == "hero"
    short = words_in([PIECES], most=2)
    assert short.texts == ["An", "unlikable"]
    assert short.more == 4


def test_what_the_browser_draws_is_one_axis_and_one_scale():
    cut = view(TEXT, *PIECES.tokens, most=5)
    ends = np.arange(1, 6)
    log_odds = np.array([-1, -1, np.nan, 2, 2], np.float32)
    curve = PrefixCurve(ends, cut.spans[ends - 1, 1], log_odds, 1 / (1 + np.exp(-log_odds)), np.array([3]), True)
    whole_ends = np.arange(1, 9)
    flat = np.zeros(8, np.float32)
    whole = PrefixCurve(
        whole_ends, PIECES.spans[whole_ends - 1, 1], flat, flat + 0.5, np.array([], dtype=np.int64), False
    )
    data = reading_data(
        words_in([cut, PIECES]),
        [
            Read("short", cut, curve, Salience(OCCLUSION, np.array([0.5, 1.0, -3.0, 1.0, 0.25]))),
            Read("long", PIECES, whole, None),
        ],
        token=8,
    )
    short, long = data["models"]
    assert short["salience"] == [0.5, -1.0, 0.25, None, None, None]
    assert data["scale"] == 1.0
    assert short["reads"] == 3
    assert short["p"][2] is None
    assert short["turns"] == [{"place": 3, "word": 1, "positive": True}]
    assert long["reads"] == 6
    assert long["salience"] is None
    assert data["selected"] == 1, "the place is within unlikable"

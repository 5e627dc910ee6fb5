"""Where a training in the page starts: the presets, adapted to a data set so that a class sees something soon.

The presets are made for the long reviews of IMDB. Short ones need fewer tokens, and few words a narrower network.
"""

from __future__ import annotations

from typing import Any

from sentiment_core.model.config import Recipe
from sentiment_core.model.presets import preset
from sentiment_core.text.hangul import KOREAN
from sentiment_core.text.reviews import KOREAN_PART, TOY

# Those that a page offers to start from. A control is made of any of them by shuffling its labels.
OFFERED = ("rnn", "lstm", "gru", "bilstm", "bilstm-best", "bilstm-pretrained")
PAIR = ("rnn", "bilstm")  # the usual two networks
# What differs from the preset, by the source of the reviews.
_CHANGES: dict[str, dict[str, Any]] = {
    TOY: {"max_length": 60, "embedding_size": 16, "hidden_size": 16, "learning_rate": 2e-3, "epochs": 12},
    KOREAN_PART: {"max_length": 60, "epochs": 4},
    "./korean": {"max_length": 60, "epochs": 3},
    "imdb": {"max_length": 200, "epochs": 2},
}
# With the preset's two layers, 16 wide, the plain RNN stays below 57% on toy's valid for eight epochs. With one layer,
# 32 wide, it stays below 60% for six to eight epochs and passes 95% within twelve, with seeds 0 to 2. The BiLSTM passes
# 80% in its third epoch, with seed 0.
_OF_PRESETS: dict[tuple[str, str], dict[str, Any]] = {(TOY, "rnn"): {"layers": 1, "hidden_size": 32}}
_BATCH = 32  # of both networks, which read the same batches


def starting_point(name: str, source: str) -> Recipe:
    """The recipe to start from: a preset, adapted to the reviews of a source such as toy, korean or imdb.

    Raises PresetError if there is no such preset.
    """
    changes = _CHANGES.get(source, {}) | _OF_PRESETS.get((source, name), {})
    return preset(name).change(batch_size=_BATCH, **changes)


PINS = 3  # reviews whose probability is followed through the steps
_PINNED = {
    TOY: (
        "the acting was superb. we saw it on a friday evening.",
        "the plot was not good.",
        "a dull plot but superb acting. the hall was nearly full.",
    ),
    KOREAN: (
        "정말 재미있고 감동적인 영화였다.",
        "재미없지는 않았다.",
        "배우들 연기는 좋았지만 이야기가 너무 지루했다.",
    ),
    "": (
        "A wonderful, moving film. I loved every minute of it.",
        "Not bad at all.",
        "The plot is dull, but the acting is superb.",
    ),
}


def pinned_reviews(source: str, language: str) -> tuple[str, ...]:
    """The reviews to follow unless others are given: plain praise, a negation and a contrast.

    language: of the reviews, as `find_language` returns it.
    """
    return _PINNED.get(source) or _PINNED.get(language) or _PINNED[""]

"""What the browser needs to draw how several classifiers read one text: their curves and the words with salience."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np

from sentiment_core.analysis.explanation.salience import sum_over_words
from sentiment_core.figures.style import CLASSIFIERS, DASHES, shortened
from sentiment_core.player.speech import speech

if TYPE_CHECKING:
    from sentiment_core.analysis.explanation.prefixes import PrefixCurve
    from sentiment_core.analysis.explanation.salience import Salience
    from sentiment_core.analysis.explanation.words import Words
    from sentiment_core.classifiers.tokens import TextView

_LONGEST = 60  # most characters of a word that are drawn


@dataclass(frozen=True)
class Read:
    """How one classifier read the text."""

    name: str
    view: TextView
    curve: PrefixCurve
    salience: Salience | None  # None if it has none by the chosen method


def reading_data(words: Words, read: Sequence[Read], token: int | None = None) -> dict[str, Any]:
    """The data of the component, described as `Data` in src/reading/reading.js. It can be written as JSON.

    token: the place in the text of the selected word's first character.
    """
    models = [_model(words, one, at) for at, one in enumerate(read)]
    largest = [abs(value) for model in models for value in model["salience"] or [] if value is not None]
    return {
        "words": [shortened(text, _LONGEST) for text in words.texts],
        "starts": words.starts.tolist(),
        "joined": words.joined.tolist(),
        "models": models,
        "scale": max(largest, default=0.0),
        "selected": None if token is None else int(words.holding(np.array([token]))[0]),
        "speech": speech(),
    }


def _model(words: Words, one: Read, at: int) -> dict[str, Any]:
    count, curve = len(words.texts), one.curve
    drawn = curve.characters <= words.spans[-1, 1]
    drawn[0] = True
    places = int(drawn.sum())
    along = words.along(curve.characters[:places])
    reached = words.holding(curve.characters[-1:] - 1)[0] + 1
    turns = [place for place in curve.turns.tolist() if place < places]
    dash = DASHES[at % len(DASHES)]
    return {
        "name": one.name,
        "colour": CLASSIFIERS[at % len(CLASSIFIERS)],
        "dash": None if dash == "solid" else dash.replace("px", ""),
        "onePass": curve.one_pass,
        "reads": int(min(reached, count)),
        "x": np.round(along, 4).tolist(),
        "p": _finite(curve.probability[:places], 6),
        "turns": [
            {
                "place": place,
                "word": int(min(np.ceil(along[place] - 1e-9), count) - 1),
                "positive": bool(curve.log_odds[place] > 0),
            }
            for place in turns
        ],
        "salience": None if one.salience is None else _finite(_summed(words, one.salience, one.view), 4),
    }


def _summed(words: Words, found: Salience, view: TextView) -> np.ndarray:
    """The salience of each word [words]; what lies past the last word that is drawn does not count."""
    spans = view.spans[: view.read]
    kept = int(np.searchsorted(spans[:, 0], words.spans[-1, 1]))
    return sum_over_words(found.values[:kept], view.take(np.arange(kept)), words.starts)


def _finite(values: np.ndarray, decimals: int) -> list[float | None]:
    """Numbers for JSON, which has no NaN and no infinity."""
    return [round(value, decimals) if np.isfinite(value) else None for value in values.tolist()]

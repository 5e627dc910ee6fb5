"""What the parts of the One review page share."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from sentiment_core.classifiers.prediction import Prediction
    from sentiment_core.classifiers.protocol import Classifier
    from sentiment_core.classifiers.tokens import TextView
    from sentiment_core.runs.reading import Run
    from sentiment_core.text.corpus import Corpus


@dataclass(frozen=True)
class Reader:
    """A classifier that has read the text."""

    name: str
    classifier: Classifier
    stamp: str  # differs after any change of the classifier; with `name`, a key for caches
    view: TextView
    prediction: Prediction
    run: Run | None  # None for a classifier that is not a run of the corpus


# How Streamlit hashes a reader in the arguments of a cached function. What depends on the text needs the text too.
BY_STAMP: dict[str | type, Callable[[Any], str]] = {Reader: lambda reader: f"{reader.name} {reader.stamp}"}


@dataclass(frozen=True)
class ReviewView:
    """One text and the classifiers that have read it, in the order in which they were chosen."""

    corpus: Corpus
    text: str
    readers: dict[str, Reader]  # by name
    # The place in the text of the first character of the selected word, or None. It means the same for all classifiers:
    # `TextView.word_at` gives the tokens that it stands for.
    token: int | None

"""Reads many edits of one text at once, and estimates them by gradients. Used by the search for the smallest edit."""

from __future__ import annotations

import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

import numpy as np

from sentiment_core.analysis.explanation.edits import Edit, apply_edits
from sentiment_core.classifiers.protocol import Classifier
from sentiment_core.classifiers.tokens import TextView

_AT_ONCE = 128  # edits read together


@dataclass(frozen=True, eq=False)
class Tried:
    """Edits that the classifiers read."""

    edits: list[tuple[Edit, ...]]
    log_odds: np.ndarray  # [edits, classifiers] float64, of positive


class Reading:
    """A text, its words, and the classifiers that read its edits.

    An edit of words that a tokenizer treats by themselves changes only their tokens. It is then put together from
    tokens, which takes a tenth of the time of tokenizing the edited text.
    """

    def __init__(
        self,
        text: str,
        spans: np.ndarray,
        classifiers: Mapping[str, Classifier],
        views: Mapping[str, TextView],
        seconds: float,
    ) -> None:
        """spans: the words that may be edited, as in `edits.word_spans`. After `seconds` no more edits are read."""
        self.text = text
        self.classifiers = classifiers
        self.views = views
        self.words = {start: text[start:end] for start, end in spans.tolist()}  # by their first character
        # Words made of letters, which are worth an edit.
        self.places = [place for place, word in self.words.items() if any(map(str.isalpha, word))]
        self.count = 0  # edits read
        self._ends = time.perf_counter() + seconds
        self._parts: dict[str, _Parts] = {}  # by tokenizer
        for name, classifier in classifiers.items():
            key = classifier.tokenizer_fingerprint
            if key not in self._parts:
                self._parts[key] = _Parts(classifier, views[name], self.words)

    @property
    def in_time(self) -> bool:
        """Whether more edits may be read."""
        return time.perf_counter() < self._ends

    def tokens_of(self, place: int, name: str) -> tuple[int, int]:
        """The tokens [first, last) of a word that a classifier reads; none if it is past the cut."""
        first, last = self._parts[self.classifiers[name].tokenizer_fingerprint].slices[place]
        read = self.views[name].read
        return min(first, read), min(last, read)

    def read(self, edits: Sequence[tuple[Edit, ...]]) -> Tried:
        """Read each edit with every classifier. The last ones are left out if the time is up."""
        parts = [np.empty((0, len(self.classifiers)))]
        done = 0
        while done < len(edits) and (self.in_time or not self.count):
            batch = edits[done : done + _AT_ONCE]
            parts.append(self._log_odds(batch))
            done += len(batch)
            self.count += len(batch)
        return Tried(list(edits[:done]), np.concatenate(parts))

    def _log_odds(self, edits: Sequence[tuple[Edit, ...]]) -> np.ndarray:
        """Log-odds of positive for each edit [edits, classifiers] float64."""
        columns = []
        viewed: dict[tuple[str, int | None], list[TextView]] = {}
        for name, classifier in self.classifiers.items():
            key = classifier.tokenizer_fingerprint, classifier.max_length
            if key not in viewed:
                viewed[key] = [self._view(name, edit) for edit in edits]
            columns.append(classifier.labels.log_odds(classifier.logits(viewed[key])))
        return np.stack(columns, axis=1).astype(np.float64)

    def _view(self, name: str, edits: tuple[Edit, ...]) -> TextView:
        """The tokens of an edited text."""
        classifier = self.classifiers[name]
        view = self._parts[classifier.tokenizer_fingerprint].assemble(edits)
        if view is None:
            return classifier.tokenize(apply_edits(self.text, edits))
        limit = classifier.max_length
        return replace(view, max_length=len(view.tokens) if limit is None else limit)


class _Parts:
    """The tokens of a text by word, and those of replacements."""

    def __init__(self, classifier: Classifier, view: TextView, words: Mapping[int, str]) -> None:
        """words: those of the text, by their first character."""
        self._classifier = classifier
        self._view = view
        self._alone: dict[str, TextView] = {"": view.take(np.arange(0))}
        starts = np.array(list(words), dtype=np.int64)
        first = np.searchsorted(view.spans[:, 1], starts, side="right")
        last = np.searchsorted(view.spans[:, 0], starts + [len(word) for word in words.values()], side="left")
        slices = zip(words, first.tolist(), np.maximum(first, last).tolist(), strict=True)
        self.slices: dict[int, tuple[int, int]] = {place: (a, b) for place, a, b in slices}
        # Words that have the tokens in the text that they have alone.
        self._separate = {
            place
            for place, (a, b) in self.slices.items()
            if a < b and view.ids[a:b].tolist() == self._tokens(words[place]).ids.tolist()
        }

    def assemble(self, edits: tuple[Edit, ...]) -> TextView | None:
        """The view of an edited text, put together; None if the tokenizer has to read the text."""
        if not all(edit.place in self._separate for edit in edits):
            return None
        view, at = self._view, 0
        parts: list[TextView] = []
        for edit in edits:
            first, last = self.slices[edit.place]
            parts += [view.take(np.arange(at, first)), self._tokens(edit.becomes)]
            at = last
        parts.append(view.take(np.arange(at, len(view.tokens))))
        tokens = [token for part in parts for token in part.tokens]
        if not tokens:  # a classifier reads at least one token
            return None
        spans, ids, unknown = (
            np.concatenate([getattr(part, field) for part in parts]) for field in ("spans", "ids", "unknown")
        )
        return replace(view, tokens=tokens, spans=spans, ids=ids, unknown=unknown)

    def _tokens(self, word: str) -> TextView:
        """The tokens of a word alone."""
        if word not in self._alone:
            self._alone[word] = self._classifier.tokenize(word)
        return self._alone[word]


class Slope:
    """Estimates of a classifier's log-odds after edits of one word, to the first order."""

    def __init__(self, reading: Reading, name: str, embedded: np.ndarray) -> None:
        """embedded: vectors of the words that may replace another [words, dim]; NaN for a word without."""
        view = reading.views[name]
        found = reading.classifiers[name].gradients(view.take(np.arange(view.read)))
        gradient = found.gradients[0]
        parts = found.products()  # [read] what each token adds, to the first order
        slices = [reading.tokens_of(place, name) for place in reading.places]
        self.drops = np.array([-parts[first:last].sum() for first, last in slices])  # [places]
        # The gradient at each word's first token, where the replacement stands; 0 past the cut.
        at_first = [gradient[a] if a < b else np.zeros(gradient.shape[1], np.float32) for a, b in slices]
        self._gradients = np.array(at_first, dtype=np.float32).reshape(-1, gradient.shape[1])
        self._embedded = embedded

    def replacements(self, rows: Sequence[int]) -> np.ndarray:
        """Change by each replacement [rows, words] float32, for these rows of the reading's places."""
        picked = list(rows)
        return self.drops[picked, None].astype(np.float32) + self._gradients[picked] @ self._embedded.T

"""Words that could replace another: the nearest in a network's embedding, and the opposite ones. Needs no torch.

**Nearest**: the largest cosine in the embedding of a network, whose mean vector is subtracted first.

**Opposite**: first come the words that are listed as opposite (antonyms.py), for common words that reviews of both
kinds use. Then come words of the other polarity that are used alike; a neutral word has none. If a network of the
corpus was pretrained as a language model, its embedding knows use: words that fit the same gaps lie together,
"wonderful" beside "terrible". The direction from the mean negative to the mean positive word is removed, and the
nearest words of the other polarity remain. An embedding trained on sentiment alone knows no use. A word that is not
listed then has the words whose polarity mirrors its own and which are about as frequent: they say as much, as often,
for the other side. In Hangul the last syllable tells how a word is used (훌륭하다 and 지루하다), so they must share it.
"""

from __future__ import annotations

import re
from collections.abc import Collection
from dataclasses import dataclass

import numpy as np

from sentiment_core.analysis.explanation.antonyms import antonyms
from sentiment_core.analysis.polarity import LEANING
from sentiment_core.analysis.vocabulary import named_unasked
from sentiment_core.classifiers.protocol import Classifier
from sentiment_core.classifiers.tokens import tokenizer_files
from sentiment_core.text.corpus import Corpus, TokenTable
from sentiment_core.text.hangul import is_hangul
from sentiment_core.text.tokenization import load_tokenizer

SUGGESTED = 6
_RARE = 1 / 50_000  # share of a corpus's tokens below which a word is too rare to be suggested, for at most
_ENOUGH = 50  # occurrences
_HALF = 0.5  # an opposite word is at least this share as polar as the word
_POLARITY, _FREQUENCY = 0.8, 0.3  # of mirrored words: the weights of a difference in polarity and in log frequency
_LETTERS = re.compile("[ㄱ-ㅣ]")  # Hangul letters outside a syllable, as in ㅋㅋ: they are no words
_WORD_KINDS = ("whitespace", "words")  # tokenizers whose vocabulary consists of whole words


@dataclass(frozen=True, eq=False)
class Lexicon:
    """The words of a corpus that may replace others: whole words in readable spelling, not too rare."""

    words: list[str]  # [words]
    polarity: np.ndarray  # [words] float32, log-odds
    counts: np.ndarray  # [words] int64, in the training reviews
    rows: dict[str, int]  # word -> row

    def find(self, word: str) -> int | None:
        """The row of a word in any case. For a Hangul word with an ending it is the row of its longest beginning.

        A single syllable begins too many words to be one: 나쁘다 (bad) is not 나 (I).
        """
        word = word.lower()
        ends = [len(word), *(range(len(word) - 1, 1, -1) if all(map(is_hangul, word)) else [])]
        return next((self.rows[word[:end]] for end in ends if word[:end] in self.rows), None)


@dataclass(frozen=True)
class Suggestion:
    """A word that could replace another."""

    word: str
    polarity: float  # log-odds in the corpus


def build_lexicon(corpus: Corpus, table: TokenTable) -> Lexicon:
    """The words of a corpus's vocabulary that may replace others.

    A sub-word vocabulary also has beginnings of words, such as "overwhel". They are left out if the corpus has a
    vocabulary of whole words too. Raises TokenizerError if that file is damaged.
    """
    files = tokenizer_files(corpus)
    kinds = [kind for kind in _WORD_KINDS if kind in files and kind != corpus.tokenizer]
    whole: Collection[str] = load_tokenizer(files[kinds[0]]).get_vocab() if kinds else table.tokens.tolist()
    counts = table.counts.sum(axis=1)
    kept = named_unasked(table) & (counts >= min(_ENOUGH, max(3, _RARE * counts.sum())))
    kept &= np.array([token in whole and not _LETTERS.search(token) for token in table.tokens], dtype=bool)
    words = table.tokens[kept].tolist()
    return Lexicon(words, table.polarity[kept], counts[kept], {word: row for row, word in enumerate(words)})


def embedded(lexicon: Lexicon, classifier: Classifier) -> np.ndarray:
    """The vector of each word in a classifier's embedding [words, dim] float32; NaN if the word is no single token.

    Raises ClassifierError if the classifier has no embedding to show.
    """
    ids = single_ids(lexicon, classifier)
    found = classifier.vectors(ids[ids >= 0])
    vectors = np.full((len(ids), found.shape[1]), np.nan, dtype=np.float32)
    vectors[ids >= 0] = found
    return vectors


def single_ids(lexicon: Lexicon, classifier: Classifier) -> np.ndarray:
    """The row of each word in a classifier's vocabulary [words] int64; -1 if it is no single token there."""
    view = classifier.tokenize(" ".join(lexicon.words))  # all at once, which is much faster
    ends = np.cumsum([len(word) + 1 for word in lexicon.words])
    word_of = np.searchsorted(ends, view.spans[:, 0], side="right")
    single = (np.bincount(word_of, minlength=len(ends)) == 1)[word_of] & ~view.unknown
    ids = np.full(len(ends), -1, dtype=np.int64)
    ids[word_of[single]] = view.ids[single]
    return ids


def nearest_words(word: str, classifier: Classifier, lexicon: Lexicon, vectors: np.ndarray) -> list[Suggestion]:
    """The words nearest to a word in a classifier's embedding, nearest first. vectors: from `embedded`.

    A word of several tokens is at their mean. A word with an unknown token has no place, so the list is empty.
    """
    view = classifier.tokenize(word)
    if view.unknown.any():
        return []
    known = np.isfinite(vectors[:, 0])
    centre = vectors[known].mean(axis=0) if known.any() else 0.0
    own = classifier.vectors(view.ids).mean(axis=0) - centre
    cosines = _cosines(vectors - centre, own)
    cosines[[other == word.lower() for other in lexicon.words]] = np.nan
    return _first(lexicon, cosines)


def opposite_words(word: str, lexicon: Lexicon, use: np.ndarray | None) -> list[Suggestion]:
    """The words opposite to a word, best first; see the top of this file.

    use: vectors from `embedded` for a network that was pretrained as a language model; None if there is none.
    The list is empty for a word that is not listed and that the lexicon lacks or has as neutral.
    """
    row = lexicon.find(word)
    listed = antonyms(word.lower()) or (antonyms(lexicon.words[row]) if row is not None else [])
    rows = [lexicon.rows[found] for found in listed if found in lexicon.rows]
    suggested = [Suggestion(lexicon.words[found], float(lexicon.polarity[found])) for found in rows]
    polarity = lexicon.polarity.astype(np.float64)
    if row is not None and abs(polarity[row]) > LEANING:
        if use is not None and np.isfinite(use[row, 0]):
            likeness = _use_cosines(use, row, polarity)
        elif rows:  # mirror images are worse than what is listed
            return suggested[:SUGGESTED]
        else:
            likeness = _mirrored(lexicon, row)
        other_side = -np.sign(polarity[row]) * polarity >= max(LEANING, _HALF * abs(polarity[row]))
        other_side[rows] = False
        suggested += _first(lexicon, np.where(other_side, likeness, np.nan))
    return suggested[:SUGGESTED]


def _mirrored(lexicon: Lexicon, row: int) -> np.ndarray:
    """How much each word [words] is like the word in `row` with the opposite polarity; NaN with another ending."""
    apart = _POLARITY * np.abs(lexicon.polarity.astype(np.float64) + lexicon.polarity[row])
    apart += _FREQUENCY * np.abs(np.log(lexicon.counts) - np.log(lexicon.counts[row]))
    ending = lexicon.words[row][-1]
    if is_hangul(ending):
        apart[[len(word) == 1 or not word.endswith(ending) for word in lexicon.words]] = np.nan
    return -apart


def _use_cosines(use: np.ndarray, row: int, polarity: np.ndarray) -> np.ndarray:
    """Cosine of each word [words] to the word in `row`, in an embedding without its direction of polarity."""
    known = np.isfinite(use[:, 0])
    centred = use - use[known].mean(axis=0)
    good, bad = known & (polarity > LEANING), known & (polarity < -LEANING)
    if good.any() and bad.any():
        axis = centred[good].mean(axis=0) - centred[bad].mean(axis=0)
        axis /= np.linalg.norm(axis) or 1.0
        centred = centred - np.outer(centred @ axis, axis)
    return _cosines(centred, centred[row])


def _cosines(vectors: np.ndarray, own: np.ndarray) -> np.ndarray:
    """Cosine of each vector [words, dim] to `own` [dim]; NaN for a vector of NaN, 0 for one of zeros."""
    length = np.linalg.norm(vectors, axis=1) * np.linalg.norm(own)
    cosines: np.ndarray = vectors @ own / np.where(length == 0, 1.0, length)
    return cosines


def _first(lexicon: Lexicon, likeness: np.ndarray) -> list[Suggestion]:
    """The words with the largest likeness, without those that have none (NaN)."""
    order = np.argsort(-likeness, kind="stable")[:SUGGESTED]  # NaN is sorted last
    return [Suggestion(lexicon.words[row], float(lexicon.polarity[row])) for row in order if np.isfinite(likeness[row])]

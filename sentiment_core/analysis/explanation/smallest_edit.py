"""The smallest edit of a text that turns the verdict of some classifiers and keeps that of others.

Words are dropped, or replaced by another word of the corpus. Which replacements are worth a try follows from the
gradient (HotFlip, Ebrahimi et al. 2018): to the first order, the log-odds change by (new vector - old vector) x
gradient. A classifier without gradients is asked instead: each word's part is what the log-odds lose when it is dropped
(occlusion), and a new word's part is taken to be its polarity, which is its log-odds under naive Bayes.

These estimates only choose what is tried. Every edit is then read by the classifiers. Edits of one word come first;
edits of two and three words are put together from the best smaller ones (a beam). The result therefore is a real
flip, and nothing smaller was found among the edits tried; not every possible edit is tried.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from sentiment_core.analysis.explanation.edit_reading import Reading, Slope, Tried
from sentiment_core.analysis.explanation.edits import Edit, apply_edits, match_case, word_spans
from sentiment_core.analysis.explanation.suggestions import Lexicon
from sentiment_core.classifiers.labels import NEGATIVE, POSITIVE
from sentiment_core.classifiers.prediction import Prediction
from sentiment_core.classifiers.protocol import Classifier, Judged, judge_with_each
from sentiment_core.errors import ClassifierError

MOST_WORDS = 3  # most words that an edit changes
SHOWN = 5  # most edits in a result
_REPEATED = 2  # most of them with the same new words
_READ = 60_000  # tokens that a classifier reads in a round, which bounds its time; one round for each number of words
_LEAST_TRIES, _MOST_TRIES = 150, 1_000  # edits tried in a round
_PATIENCE = 4.0  # seconds after which no more edits are read: only a large model from the Hub needs as many
_PER_PLACE = 12  # replacements tried at one word of a long text, by each of the two orders; more of a short one
_BEAM = 60  # edits from which larger ones are made, by each order
_ALIKE = 4  # most edits of the same words among them


@dataclass(frozen=True)
class FoundEdit:
    """An edit that does what was asked, as the classifiers judge the edited text."""

    edits: tuple[Edit, ...]
    after: dict[str, Prediction]  # by the classifier's name


@dataclass(frozen=True)
class SmallestEdit:
    """The result of a search."""

    found: list[FoundEdit]  # edits of equally many words, clearest first; empty if there is none among those tried
    tried: int  # number of edits that the classifiers read
    most_words: int  # most words changed in an edit that was tried


def smallest_edit(
    text: str,
    classifiers: Mapping[str, Classifier],
    flips: Sequence[str],
    lexicon: Lexicon,
    embedded: Mapping[str, np.ndarray],
) -> SmallestEdit:
    """Find the smallest edit that turns some classifiers' verdicts between positive and negative, and no other's.

    flips: the names of the classifiers to turn. The others must keep their verdict.
    embedded: for each classifier that has gradients, `suggestions.embedded` of the lexicon.
    Raises TextError if the text cannot be read, and ClassifierError if a classifier is undecided about it, says
    neutral, or knows no word of it.
    """
    judged = judge_with_each(text, classifiers)
    for name, one in judged.items():
        if one.prediction.blind or one.prediction.told not in (POSITIVE, NEGATIVE):
            raise ClassifierError(
                "{name} calls this text neither positive nor negative, so there is no verdict to turn or to keep. "
                "Change the text.",
                name=name,
            )
    aim = _Aim(
        np.array([1.0 if one.prediction.told == POSITIVE else -1.0 for one in judged.values()]),
        np.array([one.prediction.logit for one in judged.values()]),
        np.array([name in flips for name in judged]),
    )
    views = {name: one.view for name, one in judged.items()}
    # Only a word that a classifier to turn reads can turn it.
    end = max(int(views[name].spans[views[name].read - 1, 1]) for name in flips)
    reading = Reading(text, word_spans(text, end), classifiers, views, _PATIENCE)
    tries = min(max(_READ // max(view.read for view in views.values()), _LEAST_TRIES), _MOST_TRIES)

    singles = _one_word(reading, aim, lexicon, embedded, tries)
    found = _verified(reading, aim, singles, judged)
    tried, words = singles, 1
    beginnings = _beam(aim, singles)
    while not found and words < MOST_WORDS and reading.in_time and len(tried.edits):
        tried = _one_more(reading, aim, _beam(aim, tried), beginnings, tries)
        words += bool(len(tried.edits))
        found = _verified(reading, aim, tried, judged)
    return SmallestEdit(found, reading.count, words)


@dataclass(frozen=True, eq=False)
class _Aim:
    """What an edit should do to the classifiers."""

    signs: np.ndarray  # [classifiers] float64, 1 if the verdict is positive, -1 if negative
    log_odds: np.ndarray  # [classifiers] float64, of the text as it is
    flipped: np.ndarray  # [classifiers] bool, whether the verdict should turn

    def misses(self, log_odds: np.ndarray) -> np.ndarray:
        """How far each classifier is from its wanted verdict [..., classifiers]; below 0 it has it."""
        missed: np.ndarray = np.where(self.flipped, self.signs, -self.signs) * log_odds
        return missed

    def loss(self, log_odds: np.ndarray) -> np.ndarray:
        """Cross-entropy of the wanted verdicts [...], summed over the classifiers."""
        total: np.ndarray = np.logaddexp(0, self.misses(log_odds)).sum(axis=-1)
        return total

    def bluntness(self, log_odds: np.ndarray) -> np.ndarray:
        """Small for an edit that moves the classifiers to turn, and only them [...]."""
        moved = self.misses(log_odds) - self.misses(self.log_odds)
        total: np.ndarray = np.where(self.flipped, moved, np.maximum(moved, 0)).sum(axis=-1)
        return total

    def best(self, log_odds: np.ndarray, most: int) -> np.ndarray:
        """Rows of the edits [edits, classifiers] that are among the `most` best by loss or by bluntness, best first."""
        orders = [_smallest(measure(log_odds), most) for measure in (self.loss, self.bluntness)]
        width = max(map(len, orders), default=0)
        mixed = [order[place] for place in range(width) for order in orders if place < len(order)]
        return np.array(list(dict.fromkeys(mixed)), dtype=np.int64)


def _smallest(values: np.ndarray, most: int) -> np.ndarray:
    """Places of the `most` smallest values, smallest first. Sorting all of them would take much longer."""
    among = np.argpartition(values, most)[:most] if most < len(values) else np.arange(len(values))
    return among[np.argsort(values[among], kind="stable")]


def _one_word(reading: Reading, aim: _Aim, lexicon: Lexicon, embedded: Mapping[str, np.ndarray], tries: int) -> Tried:
    """Try edits of one word: drops, then the replacements that are estimated best."""
    slopes = {name: Slope(reading, name, embedded[name]) for name in embedded}
    names = list(reading.classifiers)
    places = reading.places
    if len(places) > tries // 2:
        guess = np.stack([slopes[name].drops if name in slopes else np.zeros(len(places)) for name in names], axis=1)
        places = [places[row] for row in np.sort(aim.best(aim.log_odds + guess, tries // 4))]
    dropped = reading.read([(Edit(place, reading.words[place], ""),) for place in places])
    lost = dropped.log_odds - aim.log_odds
    # [classifiers][places, words]: estimated change of the log-odds by each replacement
    rows = [reading.places.index(place) for place in places[: len(lost)]]
    changes = [
        slopes[name].replacements(rows) if name in slopes else lost[:, at, None] + lexicon.polarity
        for at, name in enumerate(names)
    ]
    per_place = max(_PER_PLACE, tries // max(len(places), 1))
    chosen: list[tuple[Edit, ...]] = []
    estimates: list[np.ndarray] = []
    for row, place in enumerate(places[: len(lost)]):
        estimate = aim.log_odds + np.stack([change[row] for change in changes], axis=1)
        usable = np.flatnonzero(np.isfinite(estimate).all(axis=1))
        for word in usable[aim.best(estimate[usable], per_place)].tolist():
            edit = Edit(place, reading.words[place], match_case(lexicon.words[word], reading.words[place]))
            if edit.becomes.lower() != edit.was.lower():
                chosen.append((edit,))
                estimates.append(estimate[word])
    if not chosen:
        return dropped
    best = aim.best(np.stack(estimates), tries)[: tries - len(dropped.edits)]
    replaced = reading.read([chosen[row] for row in best])
    return Tried(dropped.edits + replaced.edits, np.concatenate([dropped.log_odds, replaced.log_odds]))


def _beam(aim: _Aim, tried: Tried) -> Tried:
    """The edits from which larger ones are made, few of them at the same words."""
    kept: list[int] = []
    times: Counter[tuple[int, ...]] = Counter()
    for row in aim.best(tried.log_odds, len(tried.edits)).tolist():
        words = tuple(edit.place for edit in tried.edits[row])
        times[words] += 1
        if times[words] <= _ALIKE:
            kept.append(row)
        if len(kept) == 2 * _BEAM:
            break
    return Tried([tried.edits[row] for row in kept], tried.log_odds[kept])


def _one_more(reading: Reading, aim: _Aim, beam: Tried, singles: Tried, tries: int) -> Tried:
    """Try the edits of a beam with one word more. Their effects are estimated to add up."""
    added = beam.log_odds[:, None] + (singles.log_odds - aim.log_odds)[None]  # [beam, singles, classifiers]
    free = [[single[0].place not in {edit.place for edit in edits} for single in singles.edits] for edits in beam.edits]
    pairs = np.argwhere(np.array(free, dtype=bool).reshape(added.shape[:2]))
    chosen: dict[tuple[Edit, ...], None] = {}
    for row in aim.best(added[pairs[:, 0], pairs[:, 1]], tries).tolist():
        first, second = pairs[row].tolist()
        chosen[tuple(sorted((*beam.edits[first], *singles.edits[second]), key=lambda edit: edit.place))] = None
        if len(chosen) == tries:
            break
    return reading.read(list(chosen))


def _verified(reading: Reading, aim: _Aim, tried: Tried, before: Mapping[str, Judged]) -> list[FoundEdit]:
    """The tried edits that do what was asked, read once more as whole texts; one for the same words, SHOWN at most.

    Those that only drop words come first, then the clearest.
    """
    worst = aim.misses(tried.log_odds).max(axis=1)
    replaced = np.array([any(edit.becomes for edit in edits) for edits in tried.edits], dtype=bool)
    found: dict[tuple[int, ...], FoundEdit] = {}
    times: Counter[tuple[str, ...]] = Counter()
    for row in np.lexsort((worst, replaced)).tolist():
        edits = tried.edits[row]
        places = tuple(edit.place for edit in edits)
        words = tuple(edit.becomes for edit in edits)
        if worst[row] >= 0 or places in found or (any(words) and times[words] == _REPEATED):
            continue
        if len(found) == SHOWN:
            break
        edited = apply_edits(reading.text, edits)
        if not edited.strip():
            continue
        judged = judge_with_each(edited, reading.classifiers)
        after = {name: one.prediction for name, one in judged.items()}
        turned = [after[name].told != before[name].prediction.told for name in after]
        decided = all(one.told in (POSITIVE, NEGATIVE) and not one.blind for one in after.values())
        if decided and turned == aim.flipped.tolist():
            found[places] = FoundEdit(edits, after)
            times[words] += 1
    return list(found.values())

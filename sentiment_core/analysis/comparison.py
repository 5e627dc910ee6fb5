"""Compares classifiers on one text, and the settings of runs. Needs no torch."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Literal

from sentiment_core.classifiers.labels import NEGATIVE, NEUTRAL, POSITIVE
from sentiment_core.model.config import SETTINGS
from sentiment_core.model.settings import about

if TYPE_CHECKING:
    from sentiment_core.classifiers.prediction import Prediction
    from sentiment_core.classifiers.tokens import TextView
    from sentiment_core.runs.reading import Run

UNDECIDED = "undecided"  # Prediction.told if the text is neither positive nor negative
# Why a verdict may be meaningless: nothing in the text is known; it has no words; at least half or all of its words are
# unknown; too few tokens are read.
Doubt = Literal["nothing-known", "no-words", "no-known-words", "few-known-words", "few-tokens"]
_EQUALLY_CONFIDENT = 0.01  # a smaller difference of two margins is not reported
_MOSTLY_KNOWN = 0.5  # share of a text's words that must be known for a meaningful verdict
_TOO_SHORT = 2  # tokens; the classifiers here were trained on whole reviews


@dataclass(frozen=True)
class Agreement:
    """The verdicts of several classifiers, by name, on one text."""

    verdicts: dict[str, list[str]]  # positive, negative, neutral or undecided -> names of classifiers
    blind: list[str]  # names of those that know no word of the text; their verdicts do not count
    most_confident: list[str]  # of those that say positive or negative, the farthest from 50%; several if about equal
    lead: float  # how much farther from 50% than the next one, 0 to 0.5; 0 if several are about equal

    @property
    def deciding(self) -> int:
        """The number of classifiers that say positive or negative."""
        return sum(len(self.verdicts.get(side, [])) for side in (POSITIVE, NEGATIVE))


def agreement(predictions: dict[str, Prediction]) -> Agreement:
    """Whether classifiers, by name, agree about a text, and which is the most confident."""
    seeing = {name: prediction for name, prediction in predictions.items() if not prediction.blind}
    verdicts = {
        told: [name for name, prediction in seeing.items() if prediction.told == told]
        for told in (POSITIVE, NEGATIVE, NEUTRAL, UNDECIDED)
    }
    margins = {name: seeing[name].margin for side in (POSITIVE, NEGATIVE) for name in verdicts[side]}
    order = sorted(margins, key=lambda name: -margins[name])
    first = [name for name in order if margins[order[0]] - margins[name] < _EQUALLY_CONFIDENT]
    return Agreement(
        {told: names for told, names in verdicts.items() if names},
        [name for name in predictions if name not in seeing],
        first,
        margins[order[0]] - margins[order[1]] if len(first) == 1 and len(order) > 1 else 0.0,
    )


def settings_of(runs: Sequence[Run]) -> dict[str, dict[str, Any]]:
    """Every setting of runs side by side: setting -> run -> value; "data" is the fingerprint of the reviews.

    A run without a variation has None for it. Settings that do not affect results are left out.
    """
    values = {run.name: run.settings() | {"data": run.data["fingerprint"]} for run in runs}
    names = dict.fromkeys(name for settings in values.values() for name in settings)
    told = [name for name in names if name not in SETTINGS or about(SETTINGS[name]).sets_apart]
    return {name: {run: settings.get(name) for run, settings in values.items()} for name in told}


def differs(row: Mapping[str, Any]) -> bool:
    """Whether a row of `settings_of` has more than one value."""
    return len(set(map(str, row.values()))) > 1


def setting_differences(runs: Sequence[Run]) -> dict[str, dict[str, Any]]:
    """The rows of `settings_of` in which runs differ, except what the preset fixes, such as cell and direction."""
    return {
        name: row
        for name, row in settings_of(runs).items()
        if differs(row) and not (name in SETTINGS and about(SETTINGS[name]).by_preset)
    }


def seed_groups(runs: Sequence[Run]) -> list[list[str]]:
    """The names of runs, those together that differ only in their seed, in the order of the runs."""
    groups: dict[str, list[str]] = {}
    for run in runs:
        same = {
            name: value
            for name, value in run.settings().items()
            if name != "seed" and (name not in SETTINGS or about(SETTINGS[name]).sets_apart)
        }
        groups.setdefault(repr((run.data["fingerprint"], sorted(same.items()))), []).append(run.name)
    return list(groups.values())


def doubt(prediction: Prediction) -> Doubt | None:
    """Why a verdict on this text may be meaningless; None if there is no reason."""
    words, known = prediction.words, prediction.known_words
    if prediction.blind and not words:
        return "nothing-known"
    if not words:
        return "no-words"
    if known < words * _MOSTLY_KNOWN:
        return "no-known-words" if prediction.blind else "few-known-words"
    return "few-tokens" if prediction.read <= _TOO_SHORT else None


def alike_views(views: dict[str, TextView]) -> list[tuple[list[str], TextView]]:
    """The distinct views of one text, each with the classifiers that share it: same tokens, known and read alike."""
    groups: dict[tuple[Any, ...], tuple[list[str], TextView]] = {}
    for name, view in views.items():
        key = tuple(view.tokens), view.unknown.tobytes(), view.max_length
        groups.setdefault(key, ([], view))[0].append(name)
    return list(groups.values())

"""Several runs on one text, in words and side by side. Needs no torch."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from sentiment_core.model.config import SETTINGS
from sentiment_core.model.settings import about

if TYPE_CHECKING:
    from sentiment_core.classifiers.prediction import Prediction
    from sentiment_core.classifiers.tokens import TextView
    from sentiment_core.runs.reading import Run

_EQUALLY_SURE = 0.01  # difference of two margins that is not worth naming
_MOSTLY_KNOWN = 0.5  # share of a text's words that a classifier must know for its verdict to be about the text
_TOO_SHORT = 2  # tokens; the classifiers here were trained on whole reviews


def listed(names: Sequence[str]) -> str:
    """At least one name, as 'rnn', 'rnn and gru' or 'rnn, gru and bilstm'."""
    return " and ".join([", ".join(names[:-1]), names[-1]] if len(names) > 1 else names)


def agreement(predictions: dict[str, Prediction]) -> str:
    """Whether runs, by name, agree about a text, which is surest, and to which all of it is unknown."""
    seeing = {name: prediction for name, prediction in predictions.items() if not prediction.blind}
    if not seeing:
        return "No word of this text is known, so the verdicts say nothing about it."
    sides = {
        told: [name for name, prediction in seeing.items() if prediction.told == told]
        for told in ("positive", "negative", "neutral", "undecided")
    }
    parts = [f"{listed(names)} {_tell(names, told)}" for told, names in sides.items() if names]
    if sides["positive"] and sides["negative"]:
        sentence = f"They disagree: {', '.join(parts)}."
    elif len(seeing) == 1 or len(parts) > 1:
        sentence = f"{', '.join(parts)}."
    else:
        all_of_them = "Both" if len(seeing) == 2 else f"All {len(seeing)}"
        sentence = f"{all_of_them} {_tell(list(seeing), next(iter(seeing.values())).told)}."
    blind = [name for name in predictions if name not in seeing]
    apart = f" {listed(blind)} {_verb(blind, 'know')} no word of it." if blind else ""
    deciding = {name: prediction for name, prediction in seeing.items() if prediction.told in ("positive", "negative")}
    return sentence + _surest(deciding) + apart


def _tell(names: Sequence[str], told: str) -> str:
    """The verb of what these runs make of a text."""
    if told == "undecided":
        return "are undecided" if len(names) > 1 else "is undecided"
    return f"{_verb(names, 'say')} {told}"


def setting_differences(runs: Sequence[Run]) -> dict[str, dict[str, Any]]:
    """What runs differ in besides cell and direction: setting -> run -> value; "data" is the reviews' fingerprint.

    The value of a variation that a run does not have is None. Settings that set no results apart are left out.
    """
    values = {run.name: run.settings() | {"data": run.data["fingerprint"]} for run in runs}
    names = dict.fromkeys(name for settings in values.values() for name in settings)
    told = [name for name in names if name not in SETTINGS or _sets_apart(name)]
    table = {name: {run: settings.get(name) for run, settings in values.items()} for name in told}
    return {name: row for name, row in table.items() if len(set(map(str, row.values()))) > 1}


def _sets_apart(name: str) -> bool:
    known = about(SETTINGS[name])
    return known.sets_apart and not known.by_preset


def setting_table(runs: Sequence[Run]) -> list[dict[str, str]]:
    """What `setting_differences` finds in words: a row for each setting, with its name and each run's value by name."""
    return [
        {"setting": name.replace("_", " ")}
        | {run: "none" if value is None else str(value) for run, value in row.items()}
        for name, row in setting_differences(runs).items()
    ]


def doubt(prediction: Prediction) -> str:
    """Why a verdict says little about its text, in words; an empty string where there is no such reason."""
    words, known = prediction.words, prediction.known_words
    if prediction.blind and not words:
        return "Nothing in this text is known to this classifier: its verdict says nothing."
    if not words:
        return "There is no word in this text: the verdict is about its signs alone."
    if known < words * _MOSTLY_KNOWN:
        says = "nothing" if prediction.blind else "little"
        return f"This classifier knows {known:,} of the {words:,} word{'s' * (words > 1)}: its verdict says {says}."
    if prediction.read <= _TOO_SHORT:
        return f"A text of {prediction.read} token{'s' * (prediction.read > 1)} gives a classifier little to go by."
    return ""


def alike_views(views: dict[str, TextView]) -> list[tuple[list[str], TextView]]:
    """Views of one text, by classifier, with the names of those that share each: same tokens, known and read alike."""
    groups: dict[tuple[Any, ...], tuple[list[str], TextView]] = {}
    for name, view in views.items():
        key = tuple(view.tokens), view.unknown.tobytes(), view.max_length
        groups.setdefault(key, ([], view))[0].append(name)
    return list(groups.values())


def _surest(predictions: dict[str, Prediction]) -> str:
    margins = sorted(((prediction.margin, name) for name, prediction in predictions.items()), reverse=True)
    if len(margins) < 2:
        return ""
    lead = margins[0][0] - margins[1][0]
    if lead < _EQUALLY_SURE:
        return " They are about equally sure." if len(margins) == 2 else ""
    return f" {margins[0][1]} is the {'surer' if len(margins) == 2 else 'surest'}, by {100 * lead:.1f} points."


def _verb(names: Sequence[str], verb: str) -> str:
    return verb if len(names) > 1 else f"{verb}s"

"""Sentences on the One review page about the verdicts of several classifiers."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sentiment_core.messages import lazy, tr, tr_plural

if TYPE_CHECKING:
    from sentiment_core.analysis.comparison import Agreement, Doubt
    from sentiment_core.classifiers.prediction import Prediction

VERDICTS = {
    "positive": lazy("positive"),
    "negative": lazy("negative"),
    "neutral": lazy("neutral"),
    "undecided": lazy("undecided"),
}
MARKS = {"positive": "●", "negative": "◆", "neutral": "○", "undecided": "○"}  # beside the colour, which they repeat
_COLOURS = {"positive": "blue", "negative": "orange", "neutral": "gray", "undecided": "gray"}
_BOTH = {
    "positive": lazy("Both say positive."),
    "negative": lazy("Both say negative."),
    "neutral": lazy("Both say neutral."),
    "undecided": lazy("Both are undecided."),
}


def agreement_text(found: Agreement) -> str:
    """A sentence on whether classifiers agree about a text, and which is the most confident."""
    if not found.verdicts:
        return tr("No word of this text is known, so the verdicts say nothing about it.")
    sentences = []
    if found.verdicts.keys() >= {"positive", "negative"}:
        sentences.append(tr("They disagree."))
    several = sum(map(len, found.verdicts.values()))
    for verdict, names in found.verdicts.items():
        if len(names) == several == 2:
            sentences.append(str(_BOTH[verdict]))
        elif len(names) == several > 2:
            sentences.append(_all_say(verdict, several))
        else:
            sentences.append(_names_say(verdict, names))
    if confidence := _confidence(found):
        sentences.append(confidence)
    if found.blind:
        blind = tr_plural(
            "{names:and} knows no word of it.", "{names:and} know no word of it.", len(found.blind), names=found.blind
        )
        sentences.append(blind)
    return " ".join(sentences)


def _all_say(verdict: str, count: int) -> str:
    return {
        "positive": tr("All {count} say positive.", count=count),
        "negative": tr("All {count} say negative.", count=count),
        "neutral": tr("All {count} say neutral.", count=count),
        "undecided": tr("All {count} are undecided.", count=count),
    }[verdict]


def _names_say(verdict: str, names: list[str]) -> str:
    count = len(names)
    return {
        "positive": tr_plural("{names:and} says positive.", "{names:and} say positive.", count, names=names),
        "negative": tr_plural("{names:and} says negative.", "{names:and} say negative.", count, names=names),
        "neutral": tr_plural("{names:and} says neutral.", "{names:and} say neutral.", count, names=names),
        "undecided": tr_plural("{names:and} is undecided.", "{names:and} are undecided.", count, names=names),
    }[verdict]


def _confidence(found: Agreement) -> str:
    """A sentence on the most confident of at least two classifiers; "" if only some of them share first place."""
    if found.deciding < 2:
        return ""
    if len(found.most_confident) > 1:
        return tr("They are about equally confident.") if len(found.most_confident) == found.deciding else ""
    (name,) = found.most_confident
    points = 100 * found.lead
    if found.deciding == 2:
        return tr("{name} is more confident (by {points:.1f} points).", name=name, points=points)
    return tr("{name} is the most confident (by {points:.1f} points).", name=name, points=points)


def verdict_text(judged: Prediction) -> str:
    """The verdict in its colour, and how confident it is, as Markdown."""
    verdict = marked_verdict(judged.told)
    if _COLOURS[judged.told] == "gray":
        return verdict
    return tr("{verdict}, {points:.1f} points from 50%", verdict=verdict, points=100 * judged.margin)


def marked_verdict(told: str, words: str = "") -> str:
    """A verdict with its mark, in its colour, as Markdown. told: as in `Prediction.told`; words: said in its place."""
    colour, mark = _COLOURS[told], MARKS[told]
    said = words or str(VERDICTS[told])
    if colour == "gray":  # too pale for text
        return f":gray[{mark}] {said}"
    return f":{colour}[{mark} {said}]"


def doubt_text(doubt: Doubt, judged: Prediction) -> str:
    """The reason why a verdict says little about its text."""
    words, known = judged.words, judged.known_words
    match doubt:
        case "nothing-known":
            return tr("This classifier knows nothing in this text, so its verdict says nothing about it.")
        case "no-words":
            return tr("There are no words in this text, so the verdict is about its symbols only.")
        case "no-known-words":
            return tr_plural(
                "This classifier does not know the {count} word of this text, so its verdict says nothing.",
                "This classifier knows none of the {count} words, so its verdict says nothing.",
                words,
            )
        case "few-known-words":
            return tr_plural(
                "This classifier knows {known} of {count} word, so its verdict says little.",
                "This classifier knows {known} of {count} words, so its verdict says little.",
                words,
                known=known,
            )
        case "few-tokens":
            return tr_plural(
                "A text of {count} token is too short for a reliable verdict.",
                "A text of {count} tokens is too short for a reliable verdict.",
                judged.read,
            )

"""Training as pages see it: the data sets whose texts are at hand, and the settings of a network."""

from __future__ import annotations

from dataclasses import dataclass

from pages.shared import resources
from sentiment_core.messages import Message, lazy
from sentiment_core.model.config import SETTINGS
from sentiment_core.model.config import Recipe as Recipe
from sentiment_core.model.settings import about
from sentiment_core.text.corpus import Corpus
from sentiment_core.text.encoding import default_cache
from sentiment_core.text.hangul import KOREAN
from sentiment_core.text.reviews import KOREAN_PART, TOY, Reading
from sentiment_core.text.whereabouts import places, what_would_help

ABOUT = {name: about(entry) for name, entry in SETTINGS.items()}  # help, choices and bounds of each setting
_NAMES = {TOY: lazy("toy: a small grammar"), KOREAN_PART: lazy("Korean film reviews (a part)")}
_WHOLE_KOREAN = "./korean"  # source of the published Korean corpus


@dataclass(frozen=True)
class DataSet:
    """Reviews to train on."""

    code: str  # in the address
    name: Message | str
    source: str  # as a corpus names it
    language: str  # of the texts, as `find_language` returns it
    reading: Reading | None  # how to read them; None if they are not at hand
    card: Corpus | None = None  # the corpus that was counted before, if any
    missing: Message | None = None  # why they are not at hand, and what would help


def data_sets() -> dict[str, DataSet]:
    """The data sets by code: those in the package, then those of the corpora, at hand or not."""
    corpora, _ = resources.corpora()
    cards = {corpus.source: corpus for corpus in reversed(corpora)}
    found = {
        source: DataSet(
            source, name, source, KOREAN if source == KOREAN_PART else "", Reading(source), cards.get(source)
        )
        for source, name in _NAMES.items()
    }
    for corpus in corpora:
        if corpus.source in found:
            continue
        whole = corpus.source == _WHOLE_KOREAN
        code, name = (
            ("korean-all", lazy("Korean film reviews (all)")) if whole else (corpus.path.name, corpus.path.name)
        )
        if code not in found:
            at_hand = places(corpus, default_cache())
            missing = None if at_hand else what_would_help(corpus)
            reading = at_hand[0] if at_hand else None
            found[code] = DataSet(code, name, corpus.source, corpus.language, reading, corpus, missing)
    return found

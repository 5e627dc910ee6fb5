"""What pages train on: the data sets, at hand or not, and what is said about each setting of a network."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import numpy as np
import streamlit as st

from pages.shared import own_data, resources, uploads
from pages.shared.folders import live_runs
from pages.shared.uploads import Upload
from sentiment_core.errors import DataError, SentimentError
from sentiment_core.jobs.layout import TRAINED
from sentiment_core.jobs.requests import TrainingRequest
from sentiment_core.jobs.uploads import is_upload
from sentiment_core.messages import Message, lazy
from sentiment_core.model.config import SETTINGS
from sentiment_core.model.config import Recipe as Recipe
from sentiment_core.model.settings import about
from sentiment_core.text.corpus import Corpus, load_corpus
from sentiment_core.text.encoding import default_cache, encode_reviews
from sentiment_core.text.hangul import KOREAN
from sentiment_core.text.reviews import KOREAN_PART, TOY, Reading, read_again
from sentiment_core.text.whereabouts import places, what_would_help

ABOUT = {name: about(entry) for name, entry in SETTINGS.items()}  # help, choices and bounds of each setting
_NAMES = {TOY: lazy("toy: a small grammar"), KOREAN_PART: lazy("Korean film reviews (a part)")}
CHOSEN = "data"  # in the address
_FEW, _EPOCHS, _RATE = 5_000, 20, "0.003"  # training reviews, and what suits fewer
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
    place: str = ""  # folder of its runs below trained/; "" for the fingerprint of the reviews


def data_sets() -> dict[str, DataSet]:
    """The data sets by code: those in the package, then those of the corpora, at hand or not."""
    corpora, _ = resources.corpora()
    cards = {corpus.source: corpus for corpus in reversed(corpora) if not corpus.of_jobs}
    found = {
        source: DataSet(
            source, name, source, KOREAN if source == KOREAN_PART else "", Reading(source), cards.get(source)
        )
        for source, name in _NAMES.items()
    }
    for corpus in corpora:
        if corpus.source in found or corpus.of_jobs:  # the reviews of a job are an upload, or known by another name
            continue
        whole = corpus.source == _WHOLE_KOREAN
        code, name = ("korean-all", lazy("Korean film reviews (all)")) if whole else (corpus.name, corpus.name)
        if code not in found:
            at_hand = places(corpus, default_cache())
            missing = None if at_hand else what_would_help(corpus)
            reading = at_hand[0] if at_hand else None
            found[code] = DataSet(code, name, corpus.source, corpus.language, reading, corpus, missing)
    return found | {upload.id: _own(upload) for upload in uploads.mine()}


def _own(upload: Upload) -> DataSet:
    """A visitor's own file. It is read only if it is the chosen one, because that takes a second."""
    missing = None
    if upload.id in (st.query_params.get(CHOSEN), st.session_state.get(CHOSEN)):
        try:
            reading = own_data.reading_of(upload)
            summary = own_data.check(reading).summary
            place = f"{upload.id}-{summary.fingerprint[:6]}"  # other labels give other reviews
            return DataSet(upload.id, upload.name, upload.file, summary.language, reading, place=place)
        except SentimentError as error:
            missing = error.words
    return DataSet(upload.id, upload.name, upload.file, "", None, missing=missing)


def data_set_of(reading: Reading, card: str) -> str:
    """The code of the data set that a job reads. card: its corpus folder, if any; "" if no data set fits any more."""
    found = data_sets()
    if is_upload(reading.source):
        number = Path(reading.source).parent.name
        return number if number in found else ""
    for code, data in found.items():
        if data.card is not None and card and data.card.path.resolve() == Path(card):
            return code
    return next((code for code, data in found.items() if data.reading and data.reading.source == reading.source), "")


def fingerprint(data: DataSet) -> str:
    """The fingerprint of a data set's reviews. Raises DataError if they cannot be read."""
    if data.card is not None:
        return data.card.fingerprint
    assert data.reading is not None
    return _fingerprint(repr(data.reading), data.reading)


def reading_and_place(data: DataSet) -> tuple[Reading, Path]:
    """How to read a data set, and the folder below trained/ that gets the runs.

    Raises DataError if the reviews are not at hand.
    """
    if data.reading is None:
        raise DataError(data.missing) if data.missing else DataError("No reviews were chosen. Choose some.")
    return data.reading, (live_runs() / TRAINED / (data.place or fingerprint(data))).resolve()


@st.cache_data(max_entries=8, show_spinner=False)
def _fingerprint(key: str, _reading: Reading) -> str:
    return read_again(_reading).fingerprint


def corpus_of(request: TrainingRequest) -> str | None:
    """What the pages call the corpus that the runs of a request stand with; None if there is none yet.

    It is found by its reviews, because the published corpora may have moved since the training.
    """
    try:
        fingerprint = load_corpus(Path(request.folder)).fingerprint
    except DataError:
        return None
    return next((corpus.name for corpus in resources.corpora()[0] if corpus.fingerprint == fingerprint), None)


@dataclass(frozen=True)
class Counted:
    """How long the reviews of a data set are."""

    lengths: dict[str, np.ndarray]  # split -> tokens of each review [reviews]
    vocab: int  # tokens of the tokenizer


def counted(data: DataSet) -> Counted | None:
    """The lengths of a data set's reviews, for what a training will take; None if nobody has counted them yet.

    Those of the Korean reviews in the package are counted with the published Korean tokenizer.
    """
    card = data.card or _card_of(data)
    if card is not None:
        table = resources.lengths(card)
        return Counted({split: table.tokens[table.split == split] for split in card.sizes}, card.vocab_size)
    like = next((corpus for corpus in resources.corpora()[0] if corpus.language == data.language), None)
    if like is None or data.reading is None or data.source != KOREAN_PART:
        return None
    return _count(repr(data.reading), str(like.path), data.reading)


def _card_of(data: DataSet) -> Corpus | None:
    """The corpus that an earlier training has counted, if any."""
    place = data.place or (fingerprint(data) if data.reading is not None else "")
    try:
        return load_corpus(live_runs() / TRAINED / place) if place else None
    except DataError:
        return None


@st.cache_resource(max_entries=4, show_spinner=False)
def _count(key: str, like: str, _reading: Reading) -> Counted:
    tokenizer = resources.tokenizer(Path(like) / "tokenizer.json")
    splits = read_again(_reading).splits
    lengths = {name: encode_reviews(split, tokenizer, default_cache()).lengths for name, split in splits.items()}
    return Counted(lengths, tokenizer.get_vocab_size())


def form_for(reviews: int) -> dict[str, str]:
    """The address of a form that suits so many training reviews: a few need more epochs and a higher rate to learn."""
    if reviews >= _FEW:
        return {}
    return {"epochs": str(_EPOCHS), "a_learning_rate": _RATE, "b_learning_rate": _RATE}

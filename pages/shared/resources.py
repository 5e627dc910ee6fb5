"""The caches of all pages. The caches of the Drift page are in drift_resources.py.

All readers share the cached models, arrays and records of runs, so pages must not change them. They contain no
messages, so they are the same in every language.

Each key has the path and the names, times and sizes of the files. A run that is trained again therefore shows at once.
"""

from __future__ import annotations

import gc
from collections.abc import Callable
from pathlib import Path
from typing import Any

import streamlit as st
from tokenizers import Tokenizer

from pages.shared import trained_runs
from pages.shared.folders import live_runs, modified, published_corpora, stamp
from pages.shared.hub_models import check_model, transformers_needed
from sentiment_core.analysis.lengths import LengthSummary, in_split, summarise_lengths
from sentiment_core.analysis.padding import PaddingCost, padding_cost
from sentiment_core.classifiers.linear_files import list_linear
from sentiment_core.classifiers.loading import HUB, load_classifier
from sentiment_core.classifiers.protocol import Classifier
from sentiment_core.errors import ModelError, SentimentError
from sentiment_core.experiments.leaderboard import RunSummary, summarise
from sentiment_core.experiments.seed_results import SEEDS, SeedResult, load_seeds
from sentiment_core.messages import Message, lazy
from sentiment_core.runs.listing import list_corpora, list_runs, list_training
from sentiment_core.runs.reading import Run
from sentiment_core.text.corpus import Corpus, LengthTable, TokenTable, load_lengths, load_tokens
from sentiment_core.text.encoding import default_cache
from sentiment_core.text.texts import Texts, find_texts
from sentiment_core.text.tokenization import load_tokenizer
from sentiment_core.text.whereabouts import places


class SpinnerText(str):
    """The text of the spinner while a cache is filled, in the reader's language.

    Streamlit takes it as a str when the function is defined, and reads its text each time it shows the spinner.
    """

    message: Message

    def __new__(cls, message: Message) -> SpinnerText:
        made = super().__new__(cls, message.english)
        made.message = message
        return made

    def __str__(self) -> str:
        return str(self.message)


def corpora() -> tuple[list[Corpus], list[Message]]:
    """Published corpora, then those in runs/, then those of jobs that the visitor sees; a line for each damaged one."""
    found, problems = list_corpora(published_corpora(), live_runs())
    return found + trained_runs.trained_corpora(found), problems


def runs(corpus: Corpus) -> tuple[list[Run], list[Message]]:
    """The runs of a corpus, then those trained here that the visitor sees, and a line for each damaged one."""
    listed, problems = runs_in_folder(corpus)
    here, damaged = trained_runs.trained_runs(corpus)
    taken = {run.name for run in listed}
    return listed + [one.run for one in here if one.run.name not in taken], problems + damaged


def runs_in_folder(corpus: Corpus) -> tuple[list[Run], list[Message]]:
    """The runs in the folder of a corpus and a line for each damaged one. None for the corpus of a job."""
    if corpus.of_jobs:
        return [], []
    # A cache cannot notice a process that is killed, because no file changes.
    return _runs(corpus, f"{stamp(corpus.path, depth=2)} {list_training(corpus)}")


def summary(run: Run) -> RunSummary:
    """Accuracy, size and speed of a run. Raises RunError if it was deleted or is damaged."""
    trained_runs.check_there(run.path)
    return _summary(run, stamp(run.path))


def seeds(corpus: Corpus) -> dict[str, tuple[SeedResult, ...]]:
    """The other seeds of each published run, by its name. Raises RunError if their file is damaged."""
    return _seeds(corpus, modified(corpus.path / SEEDS))


def lengths(corpus: Corpus) -> LengthTable:
    """Length in tokens of every review of a corpus."""
    return _lengths(corpus, stamp(corpus.path))


def tokens(corpus: Corpus) -> TokenTable:
    """Vocabulary of a corpus with counts and polarity."""
    return _tokens(corpus, stamp(corpus.path))


def review_texts(corpus: Corpus, split: str = "test") -> Texts:
    """The texts of the reviews of a split, test or valid, where they are at hand. They are not held in memory."""
    cache = default_cache()
    return _review_texts(corpus, stamp(corpus.path), split, cache, repr(places(corpus, cache)))


def tokenizer(path: Path) -> Tokenizer:
    """A tokenizer file."""
    return _tokenizer(path, modified(path))


def length_summary(corpus: Corpus, split: str) -> LengthSummary:
    """Histogram and statistics of the lengths of a split, or of "all"."""
    return _length_summary(corpus, stamp(corpus.path), split)


def padding(corpus: Corpus, split: str, max_length: int, batch_size: int) -> PaddingCost:
    """The cost of padding on a split, or on "all", at a max length."""
    return _padding(corpus, stamp(corpus.path), split, max_length, batch_size)


def classifier(folder: Path) -> Classifier:
    """The classifier in a folder: a run or any other kind. Raises RunError if it was deleted since it was listed."""
    trained_runs.check_there(folder)
    return _classifier(folder, stamp(folder))


def linear(corpus: Corpus) -> dict[str, Path]:
    """The folders of the corpus's linear classifiers by name."""
    return {folder.name: folder for folder in list_linear(corpus.path)}


def hub_classifier(name: str) -> Classifier:
    """A text classifier from the Hub. Raises ModelError or ClassifierError if it cannot be loaded."""
    check_model(name)
    found = _hub_classifier(name)
    if isinstance(found, Message):
        raise ModelError(found)
    return found


# How Streamlit hashes arguments: a corpus by its folder, a run by its folder and status.
BY_PATH: dict[str | type, Callable[[Any], str]] = {
    Corpus: lambda corpus: str(corpus.path),
    Run: lambda run: f"{run.path} {run.status}",
}


@st.cache_resource(max_entries=8, show_spinner=False, hash_funcs=BY_PATH)
def _runs(corpus: Corpus, changed: str) -> tuple[list[Run], list[Message]]:
    return list_runs(corpus)


@st.cache_resource(max_entries=256, show_spinner=False, hash_funcs=BY_PATH)
def _summary(run: Run, changed: str) -> RunSummary:
    return summarise(run)


@st.cache_resource(max_entries=8, show_spinner=False, hash_funcs=BY_PATH)
def _seeds(corpus: Corpus, changed: int) -> dict[str, tuple[SeedResult, ...]]:
    return load_seeds(corpus)


@st.cache_resource(max_entries=4, show_spinner=False, hash_funcs=BY_PATH)
def _lengths(corpus: Corpus, changed: str) -> LengthTable:
    return load_lengths(corpus)


@st.cache_resource(max_entries=4, show_spinner=False, hash_funcs=BY_PATH)
def _tokens(corpus: Corpus, changed: str) -> TokenTable:
    return load_tokens(corpus)


# The first reader after the data set was found here waits for seconds.
@st.cache_resource(max_entries=8, ttl=600, show_spinner=SpinnerText(lazy("Reading the texts")), hash_funcs=BY_PATH)
def _review_texts(corpus: Corpus, changed: str, split: str, cache: Path, found: str) -> Texts:
    return find_texts(corpus, split, cache)


@st.cache_resource(max_entries=8, show_spinner=SpinnerText(lazy("Loading the vocabulary")))
def _tokenizer(path: Path, changed: int) -> Tokenizer:
    return load_tokenizer(path)


@st.cache_resource(max_entries=16, show_spinner=False, hash_funcs=BY_PATH)
def _length_summary(corpus: Corpus, changed: str, split: str) -> LengthSummary:
    return summarise_lengths(lengths(corpus), split)


@st.cache_data(max_entries=256, show_spinner=False, hash_funcs=BY_PATH)
def _padding(corpus: Corpus, changed: str, split: str, max_length: int, batch_size: int) -> PaddingCost:
    table = lengths(corpus)
    return padding_cost(table.tokens[in_split(table, split)], max_length, batch_size)


@st.cache_resource(max_entries=16, show_spinner=SpinnerText(lazy("Loading the classifiers")))
def _classifier(folder: Path, changed: str) -> Classifier:
    # One thread is enough for one review. Two threads that wait for each other on a busy machine take seconds.
    loaded = load_classifier(folder, threads=1, light=True)
    gc.freeze()
    return loaded


@st.cache_resource(max_entries=2, ttl=600, show_spinner=SpinnerText(lazy("Loading the model")))
def _hub_classifier(name: str) -> Classifier | Message:
    """The model, or the error. The error is cached too, because a failed request to the Hub takes seconds."""
    try:
        with transformers_needed():
            import sentiment_core.classifiers.hub  # noqa: F401
        return load_classifier(f"{HUB}{name}", threads=1)
    except SentimentError as error:
        return error.words

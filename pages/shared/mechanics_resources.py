"""The caches of the Mechanics page. The keys are as in resources.py."""

from __future__ import annotations

import gc
from pathlib import Path

import streamlit as st

from pages.shared import resources
from pages.shared.hub_models import check_model
from pages.shared.resources import BY_PATH, SpinnerText
from sentiment_core.analysis.analogies.reading import read_vectors
from sentiment_core.analysis.analogies.solving import Solved, count_solved
from sentiment_core.analysis.analogies.vectors import WordVectors, vector_files
from sentiment_core.analysis.mechanics.far_apart import FarApart, measure_dependence
from sentiment_core.analysis.mechanics.generation import LanguageModel, language_model
from sentiment_core.analysis.mechanics.lookup_tables import LookupTable
from sentiment_core.analysis.mechanics.lookup_tables import lookup_tables as read_lookup_tables
from sentiment_core.analysis.mechanics.running import settle
from sentiment_core.analysis.mechanics.sequences import Sequences, own_sequences, toy_sequences
from sentiment_core.analysis.mechanics.tensors import TENSOR_STEPS, Pictured, show_states
from sentiment_core.analysis.mechanics.trap import Trap, judges_by_last, published_trap, spring_trap, toy_trap
from sentiment_core.analysis.mechanics.two_senses import BeforeAfter, SensePair, Senses, compare_senses, load_pair
from sentiment_core.errors import ModelError
from sentiment_core.messages import Message, lazy
from sentiment_core.runs.reading import Run
from sentiment_core.storage.hub import model_folder
from sentiment_core.text.corpus import Corpus
from sentiment_core.text.hangul import KOREAN

settle()  # small tensors: threads that wait for each other would take longer


def sequences(corpus: Corpus, text: str | None) -> Sequences:
    """The lines of a text as the corpus's tokenizer splits them, or the toy sequences for None."""
    return _sequences(corpus, resources.stamp(corpus.path), text)


def pictured(corpus: Corpus, text: str | None, step: str, cell: str = "") -> Pictured:
    """A step of tensors.TENSOR_STEPS, or "states" with a cell, on the sequences of `sequences`."""
    return _pictured(corpus, resources.stamp(corpus.path), text, step, cell)


def model(corpus: Corpus, text: str | None, trained: bool) -> LanguageModel:
    """A language model of the sequences of `sequences`."""
    return _model(corpus, resources.stamp(corpus.path), text, trained)


def senses(run: Run, corpus: Corpus, asked: SensePair) -> Senses:
    """A word in two sentences, before training and after. Raises RunError, WordError and TextError."""
    stamp = resources.stamp(run.path)
    return compare_senses(_pair(run, stamp), run, resources.tokens(corpus), asked)


def lookup_tables(corpus: Corpus) -> list[LookupTable]:
    """The embeddings at hand with their sizes, the largest first."""
    return read_lookup_tables(resources.runs(corpus)[0])


def trap_run() -> Run | None:
    """The published Korean run whose network judges by its last state, if there is one."""
    for corpus in resources.corpora()[0]:
        if corpus.language == KOREAN:
            for run in resources.runs_in_folder(corpus)[0]:
                if judges_by_last(run):
                    return run
    return None


def trap(run: Run | None) -> Trap:
    """The padding trap of a published run on Korean reviews; for None, of a network trained here on toy reviews."""
    return _trap(run, resources.stamp(run.path) if run else "")


def dependence(corpus: Corpus, text: str) -> FarApart:
    """How much the last state of untrained cells depends on each token of a text."""
    return _dependence(corpus, resources.stamp(corpus.path), text)


@st.cache_resource(max_entries=8, show_spinner=False, hash_funcs=BY_PATH)
def _sequences(corpus: Corpus, changed: str, text: str | None) -> Sequences:
    if text is None:
        return toy_sequences()
    return own_sequences(text, resources.tokenizer(corpus.path / "tokenizer.json"))


@st.cache_resource(max_entries=32, show_spinner=False, hash_funcs=BY_PATH)
def _pictured(corpus: Corpus, changed: str, text: str | None, step: str, cell: str) -> Pictured:
    found = sequences(corpus, text)
    return show_states(found, cell) if step == "states" else TENSOR_STEPS[step](found)


@st.cache_resource(max_entries=8, show_spinner=SpinnerText(lazy("Training a small language model")), hash_funcs=BY_PATH)
def _model(corpus: Corpus, changed: str, text: str | None, trained: bool) -> LanguageModel:
    return language_model(sequences(corpus, text), trained)


@st.cache_resource(max_entries=2, show_spinner=SpinnerText(lazy("Loading the network")), hash_funcs=BY_PATH)
def _pair(run: Run, changed: str) -> BeforeAfter:
    loaded = load_pair(run)
    gc.freeze()
    return loaded


@st.cache_resource(max_entries=4, show_spinner=SpinnerText(lazy("Judging the reviews")), hash_funcs=BY_PATH)
def _trap(run: Run | None, changed: str) -> Trap:
    return spring_trap(toy_trap() if run is None else published_trap(run))


@st.cache_resource(max_entries=16, show_spinner=False, hash_funcs=BY_PATH)
def _dependence(corpus: Corpus, changed: str, text: str) -> FarApart:
    return measure_dependence(text, resources.tokenizer(corpus.path / "tokenizer.json"))


def vectors(code: str) -> WordVectors:
    """Vectors of `vector_files` by their code. Raises EmbeddingError if they cannot be read."""
    path = vector_files()[code]
    return _vectors(code, path, resources.stamp(path) if path.is_dir() else str(path.stat() if path.exists() else ""))


def hub_vectors(name: str) -> WordVectors:
    """The input embedding of a Hub model. Raises ModelError if it cannot be loaded or is a local folder."""
    check_model(name)
    found = _hub_vectors(name)
    if isinstance(found, Message):
        raise ModelError(found)
    return found


def run_vectors(run: Run) -> WordVectors:
    """The embedding of a run after training."""
    return _vectors(run.name, run.path, resources.stamp(run.path))


def solved(vectors: WordVectors) -> Solved:
    """How many known analogies vectors solve."""
    return _solved(vectors)


@st.cache_resource(max_entries=3, show_spinner=SpinnerText(lazy("Reading the word vectors")))
def _vectors(code: str, path: Path, changed: str) -> WordVectors:
    return read_vectors(path, code)


@st.cache_resource(max_entries=1, ttl=600, show_spinner=SpinnerText(lazy("Loading the model's embedding")))
def _hub_vectors(name: str) -> WordVectors | Message:
    """The vectors, or the error. The error is cached too, because a failed request to the Hub takes seconds."""
    try:
        return read_vectors(model_folder(name), name)
    except ModelError as error:
        return error.words


@st.cache_data(max_entries=16, show_spinner=False, hash_funcs={WordVectors: lambda vectors: vectors.digest})
def _solved(vectors: WordVectors) -> Solved:
    return count_solved(vectors)

"""Caches of the Drift page: frames, their projection on two axes, movement, and the player's payload."""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np
import streamlit as st

from pages.shared import resources
from pages.shared.hub_models import check_model, transformers_needed
from pages.shared.resources import BY_PATH, stamp
from pages.shared.run_words import title
from pages.shared.trained_runs import check_there
from sentiment_core.analysis.drift.checkpoints import checkpoint_code, common_checkpoints, former_names
from sentiment_core.analysis.drift.movement import Movement, Neighbours, measure_movement, nearest
from sentiment_core.analysis.drift.projection import Drift, load_word_frames, load_words, project_frames
from sentiment_core.analysis.drift.separation import Separation, measure_separation
from sentiment_core.analysis.drift.snapshot import Snapshot, project_snapshot
from sentiment_core.analysis.vocabulary import frequent_words, named_unasked
from sentiment_core.errors import ModelError
from sentiment_core.messages import Message, current_language, tr, tr_in
from sentiment_core.messages.checkpoints import checkpoint_label
from sentiment_core.player.bundle import standalone_template
from sentiment_core.player.panels import Frame, Panel, Vocabulary, drift_panel
from sentiment_core.player.payload import pack
from sentiment_core.runs.frames import Frames
from sentiment_core.runs.reading import Run
from sentiment_core.storage.tables import csv_bytes
from sentiment_core.text.corpus import Corpus, TokenTable

MEASURED = 2000  # number of most frequent words whose movement is always measured


@dataclass(frozen=True)
class Played:
    """The player's payload, and its time axis."""

    payload: bytes
    checkpoints: dict[str, list[int]]  # the common time axis: code -> the frame that each run had reached


def words(run: Run, corpus: Corpus) -> TokenTable:
    """The vocabulary of a run with the corpus's counts and polarities."""
    return _words(run, corpus, _stamps(run, corpus))


def frames(run: Run, corpus: Corpus) -> Frames:
    """The frames of a run, with one row for each of its `words`. Raises RunError if it was deleted or is damaged."""
    check_there(run.path)
    return _frames(run, corpus, _stamps(run, corpus))


def projection(run: Run, corpus: Corpus, basis: str) -> Drift:
    """The frames of a run on two axes, whose signs follow the corpus's polarity."""
    return _projection(run, corpus, basis, _stamps(run, corpus))


def measured_words(run: Run, corpus: Corpus) -> np.ndarray:
    """Ids [<= MEASURED] int64 of the run's words that `movement` measures by default."""
    return _measured_words(run, corpus, _stamps(run, corpus))


def movement(run: Run, corpus: Corpus, frame: int, ids: np.ndarray | None = None) -> Movement:
    """Every measure at a frame, of the words `ids` [words] int64. The measures of `measured_words` are cached."""
    if ids is not None:
        return _measure(run, corpus, frame, ids)
    return _movement(run, corpus, frame, _stamps(run, corpus))


def measures_csv(corpus: Corpus, shown: list[tuple[Run, int]]) -> bytes:
    """Every measure of every token as CSV, with one row per run and token, at the runs' frames."""
    parts = []
    for run, frame in shown:
        table = words(run, corpus)
        ids = np.arange(1, len(table.tokens))  # without [PAD]
        moved = _measure(run, corpus, frame, ids)
        row = run.history[frame]
        columns = {
            "run": np.full(len(ids), run.name),
            "epoch": np.full(len(ids), row.epoch),
            "step": np.full(len(ids), row.step),
            "token": table.tokens[ids],
            "polarity": table.polarity[ids].round(4),
            "times_negative": table.counts[ids, 0],
            "times_positive": table.counts[ids, 1],
        }
        measures = {name: values.round(5) for name, values in vars(moved).items()}
        parts.append(columns | measures)
    return csv_bytes({name: np.concatenate([part[name] for part in parts]) for name in parts[0]})


def snapshot(name: str, corpus: Corpus) -> Snapshot:
    """The word embedding of a Hub model on two axes. Raises ModelError if it cannot be loaded or is a local folder."""
    check_model(name)
    with st.spinner(tr("Loading the model's embedding")):
        found = _snapshot(name, corpus, stamp(corpus.path))
    if isinstance(found, Message):
        raise ModelError(found)
    return found


def played(runs: list[Run], corpus: Corpus, basis: str, pins: list[str], model: str = "") -> Played:
    """The player's payload: one or two runs, and a Hub model beside them if one is named."""
    stamps = "".join(stamp(run.path) for run in runs) + stamp(corpus.path)
    with st.spinner(tr("Projecting the frames")):
        titles = tuple(title(run) for run in runs)
        return _played(tuple(runs), titles, corpus, basis, tuple(pins), model, stamps, current_language())


def _stamps(run: Run, corpus: Corpus) -> str:
    return stamp(run.path) + stamp(corpus.path)


@st.cache_resource(max_entries=6, show_spinner=False, hash_funcs=BY_PATH)
def _words(run: Run, corpus: Corpus, changed: str) -> TokenTable:
    return load_words(run, resources.tokens(corpus))


@st.cache_resource(max_entries=2, show_spinner=False, hash_funcs=BY_PATH)  # up to 10 MB each, read in milliseconds
def _frames(run: Run, corpus: Corpus, changed: str) -> Frames:
    return load_word_frames(run, words(run, corpus))


@st.cache_resource(max_entries=12, show_spinner=False, hash_funcs=BY_PATH)
def _measured_words(run: Run, corpus: Corpus, changed: str) -> np.ndarray:
    return frequent_words(words(run, corpus), MEASURED)


@st.cache_resource(max_entries=12, show_spinner=False, hash_funcs=BY_PATH)
def _projection(run: Run, corpus: Corpus, basis: str, changed: str) -> Drift:
    return project_frames(frames(run, corpus), words(run, corpus).polarity, basis)


@st.cache_resource(max_entries=12, show_spinner=False, hash_funcs=BY_PATH)
def _separation(run: Run, corpus: Corpus, basis: str, changed: str) -> Separation | None:
    coordinates = projection(run, corpus, basis).coordinates
    return measure_separation(frames(run, corpus), coordinates, words(run, corpus).polarity)


def _measure(run: Run, corpus: Corpus, frame: int, ids: np.ndarray) -> Movement:
    found = frames(run, corpus)
    return measure_movement(found, frame, ids, nearest(found.embeddings[0], ids))


@st.cache_resource(max_entries=6, show_spinner=False, hash_funcs=BY_PATH)
def _neighbours_before(run: Run, corpus: Corpus, changed: str) -> Neighbours:
    return nearest(frames(run, corpus).embeddings[0], measured_words(run, corpus))


@st.cache_resource(max_entries=24, show_spinner=False, hash_funcs=BY_PATH)
def _movement(run: Run, corpus: Corpus, frame: int, changed: str) -> Movement:
    before = _neighbours_before(run, corpus, changed)
    return measure_movement(frames(run, corpus), frame, measured_words(run, corpus), before)


@st.cache_resource(max_entries=2, ttl=600, show_spinner=False, hash_funcs=BY_PATH)
def _snapshot(name: str, corpus: Corpus, changed: str) -> Snapshot | Message:
    """The model, or the error. The error is cached too, because a failed request to the Hub takes seconds."""
    try:
        tokens, matrix = _load_embedding(name)
        return project_snapshot(tokens.tolist(), matrix, resources.tokens(corpus))
    except ModelError as error:
        return error.words


def _load_embedding(name: str) -> tuple[np.ndarray, np.ndarray]:
    """As `sentiment_core.hub.load_embedding`. Also raises ModelError if transformers cannot be imported."""
    with transformers_needed():
        from sentiment_core.hub import load_embedding
    return load_embedding(name)


@st.cache_resource(max_entries=16, show_spinner=False, hash_funcs=BY_PATH)
def _played(
    runs: tuple[Run, ...],
    titles: tuple[str, ...],
    corpus: Corpus,
    basis: str,
    pins: tuple[str, ...],
    model: str,
    changed: str,
    language: str,
) -> Played:
    panels = [_run_panel(run, name, corpus, basis) for run, name in zip(runs, titles, strict=True)]
    checkpoints = common_checkpoints([run.history for run in runs])
    codes = list(checkpoints)
    shown = checkpoints
    names = list(titles)
    if model:
        panels.append(_snapshot_panel(model, snapshot(model, corpus)))
        shown = {code: [*reached, 0] for code, reached in checkpoints.items()}
        names.append(model)
    payload = pack(
        tr("Drift: {runs:and}", runs=names),
        panels,
        shown,
        pins,
        standalone_template(),
        labels={code: str(checkpoint_label(code, codes[-1])) for code in codes},
        former=former_names(codes),
    )
    return Played(payload, checkpoints)


def _vocabulary(table: TokenTable) -> Vocabulary:
    return Vocabulary(table.tokens, table.polarity, table.counts, named_unasked(table))


def _run_panel(run: Run, name: str, corpus: Corpus, basis: str) -> Panel:
    shown = [
        Frame(row.epoch, row.step, str(checkpoint_label(checkpoint_code(row.epoch))), row.valid_accuracy)
        for row in run.history
    ]
    return drift_panel(
        name,
        projection(run, corpus, basis),
        _vocabulary(words(run, corpus)),
        shown,
        _separation(run, corpus, basis, _stamps(run, corpus)),
    )


def _snapshot_panel(model: str, found: Snapshot) -> Panel:
    table = found.table
    frames = [Frame(0.0, 0, tr_in("a checkpoint", "as it is"), None)]
    panel = drift_panel(model, found.drift, _vocabulary(table), frames, found.separation)
    notes = [panel.note]
    notes.append(tr("The corpus has {known} of the model's {size} tokens too.", known=found.known, size=found.size))
    if len(table.tokens) < found.size:
        notes.append(tr("Showing {shown} tokens, first those that the corpus has.", shown=len(table.tokens)))
    return replace(panel, note=" ".join(notes))

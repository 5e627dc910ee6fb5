"""Runs that were trained here, in jobs: which of them a visitor sees, in which order, and what is said of each.

They lie below trained/ in the folder of live runs, beside the published ones. A run of reviews that a published corpus
has too stands with that corpus. Who sees a run: everybody if it is pinned, else its visitor, a local visitor, and who
names it in the address. The runs of a sweep are many: only who names one sees it.
"""

from __future__ import annotations

import os
from collections.abc import Iterable
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime
from functools import lru_cache
from pathlib import Path

import streamlit as st

from pages.shared.folders import live_runs, published_corpora
from pages.shared.language import time_zone
from pages.shared.visitors import Visitor, visitor
from sentiment_core.errors import DataError, RunError, SentimentError
from sentiment_core.experiments.sweeps.plan import RUNS, SWEEPS
from sentiment_core.jobs.layout import TRAINED
from sentiment_core.jobs.trained import Origin, list_origins
from sentiment_core.messages import Message, lazy, tr
from sentiment_core.runs.layout import HISTORY, LOCK, RECIPE
from sentiment_core.runs.reading import Run, load_run
from sentiment_core.storage.locks import living_writer, lock_files
from sentiment_core.text.corpus import Corpus, load_corpus

_NAMED = "trained_runs.named"  # in the session: names of runs that its addresses named
_SEEN = "trained_runs.seen"  # in the session: folder of a corpus that a page has listed -> run -> origin
_NOBODYS = Origin()
_RECORD = lock_files(Path(LOCK))[1].name  # names the process that writes a run


@dataclass(frozen=True)
class TrainedRun:
    """A run that was trained here."""

    run: Run
    origin: Origin


def trained_corpora(published: Iterable[Corpus]) -> list[Corpus]:
    """The corpora below trained/ with reviews that no published corpus has and a run that the visitor sees."""
    known = {corpus.fingerprint for corpus in published}
    found = [corpus for corpus in _places() if corpus.fingerprint not in known and _visible(corpus)]
    return list({corpus.fingerprint: corpus for corpus in reversed(found)}.values())[::-1]  # one for the same reviews


def trained_runs(corpus: Corpus) -> tuple[list[TrainedRun], list[Message]]:
    """The runs of these reviews that were trained here and that the visitor sees, and a line for each damaged one.

    The pinned ones come first, then the visitor's own, each newest first. A run without a checkpoint is not one yet.
    """
    found, problems = [], []
    for place in _places():
        if place.fingerprint == corpus.fingerprint:
            for name, origin in _visible(place).items():
                folder = os.path.join(place.path, name)
                changed = _changed(folder)
                if not changed[1]:  # it has no history
                    continue
                loaded = _load(folder, changed)
                if isinstance(loaded, Run):
                    found.append(TrainedRun(loaded, origin))
                else:
                    problems.append(loaded)
    who = visitor()
    found.sort(key=lambda one: (not one.origin.pinned, not who.owns(one.origin.visitor), -one.origin.queued))
    return found, problems


def is_trained_here(folder: Path) -> bool:
    """Whether a folder is of a run that a job or a sweep trained."""
    return folder.parent.parent.name == TRAINED or _is_of_sweep(folder.parent)


def check_there(folder: Path) -> None:
    """Raise RunError if a run that was trained here has been deleted since the page listed it."""
    if is_trained_here(folder) and not os.path.exists(folder / RECIPE):
        raise RunError("{name} is not there any more: it was deleted. Choose another run.", name=folder.name)


def is_pinned(folder: Path) -> bool:
    """Whether a run trained here is pinned as published."""
    return is_trained_here(folder) and _origin(folder).pinned


def who_it_is(folder: Path, seed: int) -> str:
    """When a run was trained here and its seed, for its title. folder: of a run trained here."""
    origin = _origin(folder)
    said = lazy("trained here {moment}, seed {seed}", moment=moment(origin.queued or _began(folder)), seed=str(seed))
    if origin.pinned:
        return tr("pinned, {trained}", trained=said)
    return str(said)


def moment(seconds: float) -> str:
    """A moment in the visitor's time: the hour if it was today, else the day too."""
    at = datetime.fromtimestamp(seconds, time_zone())
    return f"{at:%H:%M}" if at.date() == datetime.now(at.tzinfo).date() else f"{at:%Y-%m-%d %H:%M}"


def _began(folder: Path) -> float:
    """When the training began, for a run whose job is gone: its tokenizer is written before the first step."""
    with suppress(OSError):
        return (folder / "tokenizer.json").stat().st_mtime
    return 0.0


def _origin(folder: Path) -> Origin:
    """The origin of a run that the page has listed. The title of each asks, so it is not read again."""
    seen: dict[str, dict[str, Origin]] = st.session_state.get(_SEEN, {})
    return seen.get(folder.parent.name, {}).get(folder.name, _NOBODYS)


def _is_of_sweep(place: Path) -> bool:
    """Whether a corpus folder is that of a sweep's runs."""
    return place.name == RUNS and place.parent.parent.name == SWEEPS


def _places() -> list[Corpus]:
    """The corpora below trained/ and those of sweeps.

    A place whose card is not there yet, or damaged, has no runs to show.
    """
    trained = live_runs() / TRAINED
    places = [trained / name for name in _folders(trained)]
    for root in (live_runs() / SWEEPS, published_corpora() / SWEEPS):
        places += [root / name / RUNS for name in _folders(root)]
    found = []
    for place in places:
        with suppress(OSError):
            card = _card(place, (place / "corpus.json").stat().st_mtime_ns)
            if card is not None:
                found.append(card)
    return found


def _folders(root: Path) -> list[str]:
    """The names of the folders in a folder, sorted."""
    try:
        with os.scandir(root) as entries:
            return sorted(entry.name for entry in entries if entry.is_dir() and not entry.name.startswith("."))
    except OSError:
        return []


def _visible(place: Corpus) -> dict[str, Origin]:
    """The runs of a place that the visitor sees, by name."""
    who, origins, named = visitor(), list_origins(live_runs()), _named()
    names = _folders(place.path)
    all_here = {name: origins.get((place.path.name, name), _NOBODYS) for name in names}
    st.session_state.setdefault(_SEEN, {})[place.path.name] = all_here
    if asked := named.intersection(names):
        st.session_state[_NAMED] = st.session_state.get(_NAMED, set()) | asked
    everything = not _is_of_sweep(place.path)
    return {name: at for name, at in all_here.items() if name in named or (everything and _may_see(at, who))}


def _may_see(origin: Origin, who: Visitor) -> bool:
    return origin.pinned or who.local or who.owns(origin.visitor)


def _named() -> set[str]:
    """What the address names, and the runs that it has named before in this session.

    The menu's links do not carry the choices of a page, but the next page keeps them.
    """
    values = (value for key in st.query_params for value in st.query_params.get_all(key))
    return {name for value in values for name in value.split(",")} | st.session_state.get(_NAMED, set())


def _changed(folder: str) -> tuple[object, ...]:
    """What differs after any change to what `load_run` reads: the two files, and whether a process writes the run.

    A cache cannot notice a process that is killed, because no file changes.
    """
    files: list[object] = []
    for name in (RECIPE, HISTORY):
        try:
            found = os.stat(os.path.join(folder, name))
            files.append((found.st_mtime_ns, found.st_size))
        except OSError:
            files.append(None)
    training = os.path.exists(os.path.join(folder, _RECORD)) and living_writer(Path(folder, LOCK)) is not None
    return *files, training


@lru_cache(maxsize=256)
def _card(folder: Path, changed: int) -> Corpus | None:
    try:
        return load_corpus(folder)
    except DataError:
        return None


# Not a cache of Streamlit's: hashing the arguments of 60 of its calls takes longer than reading the runs.
@lru_cache(maxsize=512)
def _load(folder: str, changed: tuple[object, ...]) -> Run | Message:
    """The run, or why it cannot be read. Its path is not told, because it may name a secret upload."""
    try:
        return load_run(folder)
    except SentimentError:
        return lazy("{name}, which was trained here, is damaged. Train it again on Train.", name=Path(folder).name)

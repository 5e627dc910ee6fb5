"""The corpora and runs that lie below a folder. Needs no torch."""

from __future__ import annotations

from pathlib import Path

from sentiment_core.errors import DataError, SentimentError
from sentiment_core.model.presets import PRESETS
from sentiment_core.runs.layout import LOCK
from sentiment_core.runs.reading import Run, load_run
from sentiment_core.storage.locks import living_writer, lock_files
from sentiment_core.text.corpus import Corpus, load_corpus


def list_corpora(*roots: Path) -> tuple[list[Corpus], list[str]]:
    """The corpora directly below `roots`, in order of name, and one line for each folder whose card does not read."""
    corpora, problems = [], []
    for root in roots:
        for folder in _folders(root):
            try:
                if _may_hold(folder, "corpus.json"):
                    corpora.append(load_corpus(folder))
            except DataError as error:
                problems.append(str(error))
    return corpora, problems


def list_runs(corpus: Corpus) -> tuple[list[Run], list[str]]:
    """The runs of a corpus, simplest preset first, and one line for each folder that holds a damaged one."""
    runs, problems = [], []
    for folder in _folders(corpus.path):
        try:
            if _may_hold(folder, "recipe.json"):
                runs.append(load_run(folder))
        except SentimentError as error:
            problems.append(str(error))
    order = list(PRESETS)
    rank = {name: place for place, name in enumerate(order)}
    runs.sort(key=lambda run: (rank.get(run.recipe.preset, len(order)), run.name))
    return runs, problems


def _folders(root: Path) -> list[Path]:
    """The folders directly below `root`, in order of name: a glob says nothing of one that may not be looked into."""
    try:
        return sorted(folder for folder in root.iterdir() if folder.is_dir())
    except OSError:
        return []


def _may_hold(folder: Path, name: str) -> bool:
    """Whether the file is there, or cannot be said to be missing because the folder may not be looked into."""
    try:
        return (folder / name).exists()
    except PermissionError:
        return True


def is_control(run: Run) -> bool:
    """Whether a run was trained on shuffled labels, so that its figures are what chance gives."""
    return run.recipe.shuffle_labels


def list_training(corpus: Corpus) -> list[str]:
    """Names of the runs of a corpus that a process is training now. Cheap: it reads no run."""
    folders = sorted(record.parent for record in corpus.path.glob(f"*/{lock_files(Path(LOCK))[1]}"))
    return [folder.name for folder in folders if living_writer(folder / LOCK)]

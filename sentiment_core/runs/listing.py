"""Lists the corpora and runs below a folder. Needs no torch."""

from __future__ import annotations

from pathlib import Path

from sentiment_core.errors import DataError, SentimentError
from sentiment_core.messages import Message
from sentiment_core.model.presets import PRESETS
from sentiment_core.runs.layout import LOCK
from sentiment_core.runs.reading import Run, load_run
from sentiment_core.storage.locks import living_writer, lock_files
from sentiment_core.text.corpus import Corpus, load_corpus

FAULT = "fault"  # in the variation of a run that was broken on purpose


def list_corpora(*roots: Path) -> tuple[list[Corpus], list[Message]]:
    """The corpora directly below `roots`, sorted by name, and an error line for each unreadable card."""
    corpora, problems = [], []
    for root in roots:
        for folder in _folders(root):
            try:
                if _may_hold(folder, "corpus.json"):
                    corpora.append(load_corpus(folder))
            except DataError as error:
                problems.append(error.words)
    return corpora, problems


def list_runs(corpus: Corpus) -> tuple[list[Run], list[Message]]:
    """The runs of a corpus, simplest preset first, and an error line for each damaged run."""
    runs, problems = [], []
    for folder in _folders(corpus.path):
        try:
            if _may_hold(folder, "recipe.json"):
                runs.append(load_run(folder))
        except SentimentError as error:
            problems.append(error.words)
    order = list(PRESETS)
    rank = {name: place for place, name in enumerate(order)}
    runs.sort(key=lambda run: (rank.get(run.recipe.preset, len(order)), run.name))
    return runs, problems


def _folders(root: Path) -> list[Path]:
    """The folders directly below `root`, sorted by name. Unlike glob, this reports a folder without permission."""
    try:
        return sorted(folder for folder in root.iterdir() if folder.is_dir())
    except OSError:
        return []


def _may_hold(folder: Path, name: str) -> bool:
    """Whether the file exists, or may exist in a folder without permission."""
    try:
        return (folder / name).exists()
    except PermissionError:
        return True


def is_control(run: Run) -> bool:
    """Whether a run was trained to show what goes wrong: on shuffled labels, or with a fault of the debug lab."""
    return run.recipe.shuffle_labels or FAULT in run.variation


def list_training(corpus: Corpus) -> list[str]:
    """The names of the runs of a corpus that a process is training now. Fast: it reads no run."""
    folders = sorted(record.parent for record in corpus.path.glob(f"*/{lock_files(Path(LOCK))[1]}"))
    return [folder.name for folder in folders if living_writer(folder / LOCK)]

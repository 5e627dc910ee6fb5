"""The kept scores of a classifier that a job scored: scores.json, test.parquet and valid.parquet. Needs no torch."""

from __future__ import annotations

import json
import platform
from dataclasses import asdict, dataclass
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path

from sentiment_core.errors import NewerRunError, RunError
from sentiment_core.jobs.layout import SCORES
from sentiment_core.runs.scores import Scores, load_scores
from sentiment_core.storage.files import write_json
from sentiment_core.storage.formats import FileFormat, Step, known_entries, unchanged
from sentiment_core.text.corpus import Corpus

RESULT = "scores.json"
_FORMAT = FileFormat((Step("0.4.0", unchanged),), NewerRunError)
_VERSIONS = ("torch", "transformers", "tokenizers", "numpy")  # packages that decide the scores


@dataclass(frozen=True)
class Kept:
    """What was scored, on what."""

    name: str  # hub:owner/name, or the name of a folder
    revision: str  # commit of a model of the Hub; "" if it is not known
    labels: tuple[str, ...]  # in the order of the classifier's logits
    sides: tuple[str, ...]  # negative, neutral or positive for each
    source: str  # of the corpus
    fingerprint: str  # of the corpus
    splits: dict[str, str]  # split that was scored -> its fingerprint
    seconds: float  # that scoring took, without loading
    machine: dict[str, str]  # device and versions


def list_kept(corpus: Corpus, root: Path) -> dict[str, Path]:
    """The folders of the kept scores of a corpus below the folder of live runs, by the name of the classifier.

    Scores of other reviews, and those that nobody can read, are left out.
    """
    found = {}
    for path in sorted((root / SCORES / corpus.fingerprint).glob(f"*/{RESULT}")):
        try:
            kept = load_kept(path.parent)
        except RunError:
            continue
        if kept.fingerprint == corpus.fingerprint:
            found[kept.name] = path.parent
    return found


def is_kept(folder: Path) -> bool:
    """Whether a folder holds kept scores."""
    return (folder / RESULT).exists()


def load_kept(folder: Path) -> Kept:
    """What was scored. Raises RunError if the file is missing, damaged or newer than this program."""
    path = folder / RESULT
    try:
        content = known_entries(Kept, _FORMAT.upgrade(json.loads(path.read_text(encoding="utf-8")), path))
        texts = {name: str(content[name]) for name in ("name", "revision", "source", "fingerprint")}
        lists = {name: tuple(map(str, content[name])) for name in ("labels", "sides")}
        return Kept(**content | texts | lists)
    except (OSError, ValueError, TypeError, KeyError) as error:
        raise RunError("{path} is missing or damaged. Score the classifier again.", path=path) from error


def kept_scores(folder: Path, name: str) -> Scores:
    """The scores in the file `name`, layout.VALID or layout.TEST. Raises RunError if it is missing or damaged."""
    scores = load_scores(folder, name)
    if scores is None:
        raise RunError("{path} is missing or damaged. Score the classifier again.", path=folder / name)
    return scores


def write_kept(folder: Path, kept: Kept) -> None:
    """Write what was scored, after the scores themselves. Raises OSError if it cannot be written."""
    write_json(folder / RESULT, _FORMAT.stamp(asdict(kept)))


def installed() -> dict[str, str]:
    """The versions of Python and of the packages that decide a classifier's scores."""
    found = {"python": platform.python_version()}
    for name in _VERSIONS:
        try:
            found[name] = version(name)
        except PackageNotFoundError:
            continue
    return found

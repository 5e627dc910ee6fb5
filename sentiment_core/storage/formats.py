"""Versions of the files that the program writes, so that formats can change and older files stay readable.

The entry "format" of a file names its version, and the first version of the program that reads it. A file without the
entry has version 0, as 0.1.0 wrote all files. An older file is upgraded in memory, by a small function for each
version; the file itself changes when it is next written. A newer file is refused, with the version of the program that
is needed. An unknown entry in a file of the current version is ignored when read, and kept when the file is written
again.

recipe.json         runs/formats.py; also the version of history.jsonl, the frames and the tables beside it
state.safetensors   runs/formats.py; in its metadata
forgetting.parquet  runs/forgetting.py; in its metadata
config.json         model/weight_files.py; transformers reads the file too and ignores the entry
corpus.json         text/corpus.py; also the version of lengths.parquet, tokens.parquet and tokenizers/ beside it
baselines.json      experiments/reproduction/folder.py
seeds.json          experiments/seed_results.py
linear.json         classifiers/linear_files.py; also the version of the tables beside it
estimates/          jobs/estimate.py; the files in this folder of the cache
live/<run>.json     jobs/live.py; also the version of the frames beside it
upload.json         jobs/uploads.py
lottery.json        jobs/lottery.py; also the version of the files beside it
job.json            jobs/folders.py; also the version of the files beside it
sweep.json          experiments/sweeps/plan.py
class.json          classroom/store.py; also the version of the log beside it
_job.json           bulk/job.py; in a folder of scored parts
features.parquet    text/review_counts.py; in its metadata, as in those of test_tokens.parquet and error_tokens.parquet
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, fields
from pathlib import Path
from typing import Any

from sentiment_core.errors import SentimentError
from sentiment_core.messages import lazy
from sentiment_core.version import __version__

_KEY = "format"


@dataclass(frozen=True)
class Step:
    """The change from one version of a file to the next."""

    since: str  # first version of the program that reads the result
    change: Callable[[dict[str, Any]], dict[str, Any]]  # raises KeyError, TypeError or ValueError for a damaged file


def unchanged(content: dict[str, Any]) -> dict[str, Any]:
    """The step to a version that changes nothing but its number."""
    return content


@dataclass(frozen=True)
class FileFormat:
    """One kind of file. `steps[n]` leads from version n to n + 1, the last one to the current version."""

    steps: tuple[Step, ...]
    error: type[SentimentError]  # raised for a newer file

    def upgrade(self, content: Any, path: Path) -> dict[str, Any]:
        """The content of the file `path` in the current version.

        Raises `error` for a newer file; KeyError, TypeError or ValueError for a damaged one.
        """
        if not isinstance(content, dict):
            raise TypeError("no object")
        version, needs = _stamp_of(content)
        if version > len(self.steps):
            raise self.error(
                lazy(
                    "{path} was written by a newer Sentiment Lab than this, {version}. Install version {needed} or a "
                    "later one to read it.",
                    path=path,
                    version=__version__,
                    needed=needs,
                )
            )
        for step in self.steps[version:]:
            content = step.change(content)
        return {name: entry for name, entry in content.items() if name != _KEY}

    def stamp(self, content: dict[str, Any]) -> dict[str, Any]:
        """`content` with the entry "format" in front."""
        return {_KEY: {"version": len(self.steps), "needs": self.steps[-1].since}} | content


def _stamp_of(content: dict[str, Any]) -> tuple[int, str]:
    """The version of a file and the program version that it needs.

    Raises TypeError or ValueError for invalid values.
    """
    if _KEY not in content:
        return 0, ""
    version, needs = content[_KEY]["version"], content[_KEY]["needs"]
    if type(version) is not int or version < 0 or type(needs) is not str:
        raise ValueError("an invalid format entry")
    return version, needs


def known_entries(of: type, content: dict[str, Any]) -> dict[str, Any]:
    """The entries of a JSON object that are fields of the dataclass `of`."""
    if not isinstance(content, dict):
        raise TypeError("no object")
    return {entry.name: content[entry.name] for entry in fields(of) if entry.name in content}


def keep_unknown(old: Any, new: Any) -> Any:
    """`new` with the entries of `old` that it lacks, at every depth, so that a later program's entries are not lost."""
    if isinstance(old, dict) and isinstance(new, dict):
        return old | {name: keep_unknown(old.get(name), entry) for name, entry in new.items()}
    if isinstance(old, list) and isinstance(new, list):
        return [keep_unknown(*pair) for pair in zip(old, new, strict=False)] + new[len(old) :]
    return new

"""Versions of the files that the program writes, so that each of them can change and the older ones still be read.

A file names its version, and the first version of the program that reads it, in its entry "format". One without that
entry is of version 0, as 0.1.0 wrote them all. An older one is brought up to date by a small function for each version,
in memory: the file itself changes when it is next written. A newer one is refused, with the version of the program that
is needed. An entry that nobody here knows, in a file of the present version, is passed over when it is read, and it is
kept when the file is written again.

    recipe.json         runs/formats.py; the version of history.jsonl, the frames and test.parquet beside it too
    state.safetensors   runs/formats.py; in its metadata
    config.json         model/weights.py; it is transformers' too, which passes the entry over
    corpus.json         text/corpus.py; the version of lengths.parquet and tokens.parquet beside it too
    baselines.json     experiments/reproduction/folder.py
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, fields
from pathlib import Path
from typing import Any

from sentiment_core.errors import SentimentError
from sentiment_core.version import __version__

_KEY = "format"


@dataclass(frozen=True)
class Step:
    """From one version of a file to the next."""

    since: str  # first version of the program that reads what comes out
    change: Callable[[dict[str, Any]], dict[str, Any]]  # may raise KeyError, TypeError or ValueError for a damaged file


def unchanged(content: dict[str, Any]) -> dict[str, Any]:
    """The step to a version whose only news is that it is named."""
    return content


@dataclass(frozen=True)
class FileFormat:
    """One kind of file: `steps[n]` leads from its version n to n + 1, and the last to the present version."""

    steps: tuple[Step, ...]
    error: type[SentimentError]  # raised for a file that is newer

    def upgrade(self, content: Any, path: Path) -> dict[str, Any]:
        """What the file `path` holds, as the present version has it.

        Raises `error` for a newer file; KeyError, TypeError or ValueError for one that is damaged.
        """
        if not isinstance(content, dict):
            raise TypeError("no object")
        version, needs = _stamp_of(content)
        if version > len(self.steps):
            raise self.error(
                f"{path} was written by a newer Sentiment Lab than this, {__version__}. "
                f"Install version {needs} or a later one to read it."
            )
        for step in self.steps[version:]:
            content = step.change(content)
        return {name: entry for name, entry in content.items() if name != _KEY}

    def stamp(self, content: dict[str, Any]) -> dict[str, Any]:
        """`content` with its entry "format" in front."""
        return {_KEY: {"version": len(self.steps), "needs": self.steps[-1].since}} | content


def _stamp_of(content: dict[str, Any]) -> tuple[int, str]:
    """Version of a file and the version of the program that it needs. Raises TypeError or ValueError for nonsense."""
    if _KEY not in content:
        return 0, ""
    version, needs = content[_KEY]["version"], content[_KEY]["needs"]
    if type(version) is not int or version < 0 or type(needs) is not str:
        raise ValueError("a format that is none")
    return version, needs


def known_entries(of: type, content: dict[str, Any]) -> dict[str, Any]:
    """Those entries of an object of JSON that the dataclass `of` has a field for."""
    if not isinstance(content, dict):
        raise TypeError("no object")
    return {entry.name: content[entry.name] for entry in fields(of) if entry.name in content}


def keep_unknown(old: Any, new: Any) -> Any:
    """`new` with those entries of `old` that it lacks, at every depth: what a later program wrote is not lost."""
    if isinstance(old, dict) and isinstance(new, dict):
        return old | {name: keep_unknown(old.get(name), entry) for name, entry in new.items()}
    if isinstance(old, list) and isinstance(new, list):
        return [keep_unknown(*pair) for pair in zip(old, new, strict=False)] + new[len(old) :]
    return new

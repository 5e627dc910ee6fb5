"""The folder of a reproduction: NAME-seedK for each system and seed, and baselines.json. Needs no torch."""

from __future__ import annotations

import json
import os
import re
from dataclasses import asdict
from pathlib import Path
from typing import Any

from sentiment_core.errors import NewerRunError, RunError
from sentiment_core.experiments.baselines import BaselineResult
from sentiment_core.messages import lazy
from sentiment_core.runs.reading import Run, load_run
from sentiment_core.storage.files import check_readable, write_json
from sentiment_core.storage.formats import FileFormat, Step, keep_unknown, known_entries
from sentiment_core.storage.locks import hold

_BASELINES = "baselines.json"
_FORMER = "yardsticks.json"  # its name before format 2


def _name_entries(content: dict[str, Any]) -> dict[str, Any]:
    """Puts the baselines into an object of their own."""
    return {"yardsticks": content}


def _rename_baselines(content: dict[str, Any]) -> dict[str, Any]:
    """Renames "yardsticks" to "baselines"."""
    content = dict(content)
    content["baselines"] = content.pop("yardsticks")
    return content


_FORMAT = FileFormat((Step("0.2.0", _name_entries), Step("0.3.0", _rename_baselines)), NewerRunError)


def run_folder(out: Path, name: str, seed: int) -> Path:
    """The folder of the run of a system with a seed."""
    return out / f"{name}-seed{seed}"


def seed_runs(out: Path, name: str) -> dict[int, Run]:
    """The runs of a system by seed, whatever their status. Unreadable ones are left out.

    Raises RunError for a run of a later program, which must not be replaced.
    """
    runs = {}
    for folder in out.glob(f"{name}-seed*"):
        if found := re.fullmatch(r"-seed(\d+)", folder.name.removeprefix(name)):
            try:
                runs[int(found[1])] = load_run(folder)
            except NewerRunError:
                raise
            except RunError:
                continue
    return dict(sorted(runs.items()))


def load_baselines(out: Path) -> dict[str, BaselineResult]:
    """The baselines by name. Raises RunError if their file is damaged or newer than this program."""
    return _read(out)[1]


def _read(out: Path) -> tuple[dict[str, Any], dict[str, BaselineResult]]:
    """The whole content of baselines.json, or of the file with its former name, and its known entries."""
    path = out / _BASELINES
    if not os.path.exists(path) and os.path.exists(out / _FORMER):
        path = out / _FORMER
    check_readable(path, RunError)
    try:
        content = _FORMAT.upgrade(json.loads(path.read_text("utf-8")), path)
        entries = content["baselines"].items()
        return content, {name: BaselineResult(**known_entries(BaselineResult, entry)) for name, entry in entries}
    except FileNotFoundError:
        return {}, {}
    except (OSError, ValueError, TypeError, KeyError, AttributeError) as error:
        raise RunError("{path} is damaged. Delete it and run reproduce again.", path=path) from error


def write_baseline(out: Path, name: str, result: BaselineResult) -> None:
    """Add a baseline to those in the file, which other processes may write too.

    Raises RunError if `out` cannot be written.
    """
    try:
        out.mkdir(parents=True, exist_ok=True)
        with hold(out / ".baselines", lazy("{path} is being written.", path=out / _BASELINES), wait=30):
            before, results = _read(out)
            content = {"baselines": {name: asdict(entry) for name, entry in (results | {name: result}).items()}}
            write_json(out / _BASELINES, _FORMAT.stamp(keep_unknown(before, content)))
            (out / _FORMER).unlink(missing_ok=True)
    except OSError as error:
        raise RunError(
            "Cannot write to {path}: {reason}. Name a folder you may write to.", path=out, reason=error.strerror
        ) from error


def sources(out: Path) -> set[str]:
    """The data sets that the figures in `out` belong to."""
    found = {result.source for result in load_baselines(out).values()}
    for recipe in out.glob("*-seed*/recipe.json"):
        try:
            found.add(load_run(recipe.parent).data["source"])
        except RunError:
            continue
    return found

"""The folder that a reproduction fills: NAME-seedK for each system and seed, yardsticks.json. Needs no torch."""

from __future__ import annotations

import json
import re
from dataclasses import asdict
from pathlib import Path
from typing import Any

from sentiment_core.errors import NewerRunError, RunError
from sentiment_core.experiments.baselines import YardstickResult
from sentiment_core.runs.reading import Run, read_run
from sentiment_core.storage.files import check_readable, write_json
from sentiment_core.storage.formats import FileFormat, Step, keep_unknown, known_entries
from sentiment_core.storage.locks import hold

_YARDSTICKS = "yardsticks.json"


def _name_entries(content: dict[str, Any]) -> dict[str, Any]:
    """The yardsticks stand in an object of their own."""
    return {"yardsticks": content}


_FORMAT = FileFormat((Step("0.2.0", _name_entries),), NewerRunError)


def run_folder(out: Path, name: str, seed: int) -> Path:
    """Where the run of a system with a seed lies."""
    return out / f"{name}-seed{seed}"


def seed_runs(out: Path, name: str) -> dict[int, Run]:
    """The runs of a system by seed, whatever became of them; what does not read is passed over.

    Raises RunError for a run of a later program, in whose place none should be made.
    """
    runs = {}
    for folder in out.glob(f"{name}-seed*"):
        if found := re.fullmatch(r"-seed(\d+)", folder.name.removeprefix(name)):
            try:
                runs[int(found[1])] = read_run(folder)
            except NewerRunError:
                raise
            except RunError:
                continue
    return dict(sorted(runs.items()))


def read_yardsticks(out: Path) -> dict[str, YardstickResult]:
    """The yardsticks by name. Raises RunError where their file is damaged, or newer than this program."""
    return _read(out)[1]


def _read(out: Path) -> tuple[dict[str, Any], dict[str, YardstickResult]]:
    """All that yardsticks.json says, and what is known of it."""
    path = out / _YARDSTICKS
    check_readable(path, RunError)
    try:
        content = _FORMAT.upgrade(json.loads(path.read_text("utf-8")), path)
        entries = content["yardsticks"].items()
        return content, {name: YardstickResult(**known_entries(YardstickResult, entry)) for name, entry in entries}
    except FileNotFoundError:
        return {}, {}
    except (OSError, ValueError, TypeError, KeyError, AttributeError) as error:
        raise RunError(f"{path} is damaged. Remove it, and reproduce makes it again.") from error


def write_yardstick(out: Path, name: str, result: YardstickResult) -> None:
    """Add a yardstick to those measured, by this process and others. Raises RunError where `out` cannot be written."""
    try:
        out.mkdir(parents=True, exist_ok=True)
        with hold(out / ".yardsticks", f"{out / _YARDSTICKS} is being written", wait=30):
            before, results = _read(out)
            content = {"yardsticks": {name: asdict(entry) for name, entry in (results | {name: result}).items()}}
            write_json(out / _YARDSTICKS, _FORMAT.stamp(keep_unknown(before, content)))
    except OSError as error:
        raise RunError(f"Cannot write to {out}: {error.strerror}. Name a folder you may write to.") from error


def sources(out: Path) -> set[str]:
    """The data sets whose figures lie in `out`."""
    found = {result.source for result in read_yardsticks(out).values()}
    for recipe in out.glob("*-seed*/recipe.json"):
        try:
            found.add(read_run(recipe.parent).data["source"])
        except RunError:
            continue
    return found

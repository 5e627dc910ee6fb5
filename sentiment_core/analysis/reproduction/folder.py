"""The folder that a reproduction fills: NAME-seedK for each system and seed, yardsticks.json. Needs no torch."""

from __future__ import annotations

import json
import re
from dataclasses import asdict
from pathlib import Path

from sentiment_core.analysis.yardsticks import YardstickResult
from sentiment_core.errors import RunError
from sentiment_core.files import write_json
from sentiment_core.training.run import Run, read_run

_YARDSTICKS = "yardsticks.json"


def run_folder(out: Path, name: str, seed: int) -> Path:
    """Where the run of a system with a seed lies."""
    return out / f"{name}-seed{seed}"


def seed_runs(out: Path, name: str) -> dict[int, Run]:
    """The runs of a system by seed, whatever became of them; what does not read is passed over."""
    runs = {}
    for folder in out.glob(f"{name}-seed*"):
        if found := re.fullmatch(r"-seed(\d+)", folder.name.removeprefix(name)):
            try:
                runs[int(found[1])] = read_run(folder)
            except RunError:
                continue
    return dict(sorted(runs.items()))


def read_yardsticks(out: Path) -> dict[str, YardstickResult]:
    """The yardsticks measured so far, by name. Raises RunError where their file is damaged."""
    path = out / _YARDSTICKS
    try:
        return {name: YardstickResult(**entry) for name, entry in json.loads(path.read_text("utf-8")).items()}
    except FileNotFoundError:
        return {}
    except (OSError, ValueError, TypeError, AttributeError) as error:
        raise RunError(f"{path} is damaged. Remove it, and reproduce makes it again.") from error


def write_yardstick(out: Path, name: str, result: YardstickResult) -> None:
    """Add a yardstick to those measured. Raises RunError where the folder cannot be written to."""
    results = read_yardsticks(out) | {name: result}
    try:
        out.mkdir(parents=True, exist_ok=True)
        write_json(out / _YARDSTICKS, {name: asdict(entry) for name, entry in results.items()})
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

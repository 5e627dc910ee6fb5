"""Markdown tables of reproduced figures, read from run folders alone. Needs no torch."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from statistics import mean

from sentiment_core.errors import RunError
from sentiment_core.experiments.baselines import BaselineResult
from sentiment_core.experiments.leaderboard import RunSummary, summarise
from sentiment_core.experiments.reproduction import systems
from sentiment_core.experiments.reproduction.folder import load_baselines, seed_runs, sources
from sentiment_core.experiments.reproduction.systems import (
    ABLATED,
    ABLATION_BASE,
    KOREAN,
    System,
    all_systems,
)
from sentiment_core.runs.card import trained_on
from sentiment_core.runs.reading import Run
from sentiment_core.storage.files import write_text

EMPTY = "-"
COMMAND = "python -m sentiment_core reproduce"


@dataclass(frozen=True)
class Row:
    """The result of one system: the runs of its seeds, or its baseline."""

    system: System
    source: str  # of the reviews
    started: int  # runs of this recipe, complete or not
    runs: list[RunSummary]  # complete ones, by seed
    baseline: BaselineResult | None
    base: float | None  # mean valid accuracy of the ablation's base, if it was run

    @property
    def tests(self) -> list[float]:
        """Test accuracies, share of reviews; empty for an ablation, which is judged on valid."""
        if self.system.group == "ablation":
            return []
        found = [run.accuracy for run in self.runs if run.accuracy is not None]
        return [self.baseline.test_accuracy] if self.baseline else found

    @property
    def valids(self) -> list[float]:
        """Valid accuracies of the kept weights, share of reviews."""
        return [self.baseline.valid_accuracy] if self.baseline else [run.run.best.valid_accuracy for run in self.runs]

    @property
    def seconds(self) -> list[float]:
        """Seconds of training without validation; for a baseline, seconds of fitting."""
        return [self.baseline.seconds] if self.baseline else [run.seconds for run in self.runs]

    @property
    def in_epochs(self) -> list[float]:
        """Seconds of the epochs, without pretraining; empty for a baseline."""
        return [run.seconds - run.run.history[0].seconds for run in self.runs]


def read_rows(out: Path) -> list[Row]:
    """A row for each system with results in `out`. Raises RunError if `out` holds figures of two data sets."""
    found = sorted(sources(out))
    if len(found) > 1:
        raise RunError(
            "{path} holds figures of {names:and}. Keep each data set in a folder of its own.",
            path=out,
            names=list(found),
        )
    baselines = load_baselines(out)
    rows: list[Row] = []
    base = None
    for system in all_systems().values():
        if result := baselines.get(system.name):
            rows.append(Row(system, result.source, 1, [], result, None))
        elif runs := _own_runs(system, out):
            complete = [summarise(run) for run in runs if run.status == "complete"]
            row = Row(system, runs[0].data["source"], len(runs), complete, None, base)
            rows.append(row)
            if system.name == ABLATION_BASE and row.valids:  # it comes before its changes
                base = mean(row.valids)
    return rows


def _own_runs(system: System, out: Path) -> list[Run]:
    """A system's runs in `out`, without those of another recipe."""
    if system.recipe is None:
        return []
    runs = seed_runs(out, system.name)
    return [run for seed, run in runs.items() if system.trained(run) and run.recipe.seed == seed]


Column = Callable[[Row], str]


def _accuracy(values: Sequence[float]) -> str:
    """The mean, and if there are several values the lowest and highest."""
    if not values:
        return EMPTY
    spread = f" ({min(values):.2%} to {max(values):.2%})" if len(values) > 1 else ""
    return f"{mean(values):.2%}{spread}"


def _points(values: Sequence[float], reference: float | None) -> str:
    return f"{100 * (mean(values) - reference):+.2f}" if values and reference is not None else EMPTY


def _seconds(values: Sequence[float], parts: int = 1) -> str:
    return f"{mean(values) / parts:,.1f} s" if values else EMPTY


def _epochs(row: Row) -> int:
    return row.system.recipe.epochs if row.system.recipe else 1


def _changes(row: Row) -> str:
    changes = systems.ABLATION.get(row.system.name.removeprefix("ablation-"), {})
    return ", ".join(f"{name} {value}" for name, value in changes.items()) or "none"


def _seeds(row: Row) -> str:
    if row.baseline:  # it has no randomness
        return EMPTY
    return f"{len(row.runs)}" + (f" of {row.started}" if row.started > len(row.runs) else "")


def _tokens(row: Row) -> str:
    """Mean number of tokens read of a training review."""
    read = [run.run.history[-1].tokens / run.run.data["sizes"]["train"] / _epochs(row) for run in row.runs]
    return f"{mean(read):.1f}" if read else EMPTY


def _parameters(row: Row) -> str:
    """The number of trained parameters: a network's, or one weight for each feature."""
    return f"{row.runs[0].parameters:,}" if row.runs else f"{row.baseline.features:,}" if row.baseline else EMPTY


def _settings(row: Row) -> str:
    settings = row.baseline.settings if row.baseline else {}
    return ", ".join(f"{name} {value}" for name, value in settings.items()) or EMPTY


def _command(row: Row) -> str:
    seeds = f" --seeds {len(row.runs)}" if row.runs else ""
    return f"`{COMMAND} {row.system.name} --data {row.source}{seeds}`"


_COLUMNS: dict[str, Column] = {
    "system": lambda row: row.system.name,
    "seeds": _seeds,
    "recorded": lambda row: _accuracy([row.system.recorded] if row.system.recorded else []),
    "test": lambda row: _accuracy(row.tests),
    "difference in points": lambda row: _points(row.tests, row.system.recorded),
    "valid": lambda row: _accuracy(row.valids),
    "parameters": _parameters,
    "tokens read of a review": _tokens,
    "changes": _changes,
    "points of valid gained": lambda row: _points(row.valids, row.base),
    "features": lambda row: f"{row.baseline.features:,}" if row.baseline else EMPTY,
    "chosen on valid": _settings,
    "test, refitted on train and valid": lambda row: _accuracy(
        [row.baseline.refitted_accuracy] if row.baseline else []
    ),
    "time a run": lambda row: _seconds(row.seconds),
    "time an epoch": lambda row: _seconds(row.in_epochs, _epochs(row)),
    "command": _command,
}
_TIMES = ("time a run", "time an epoch")
_SUMMARY = ("system", "seeds", "recorded", "test", "difference in points", "valid", *_TIMES, "command")
# For each section of the page: its title, the text above its table, and the table's columns.
_SECTIONS: dict[str, tuple[str, str, tuple[str, ...]]] = {
    "faithful": (
        "The lecture notes' recipes",
        (systems.__doc__ or "").partition("\n\n")[2].rpartition("\n\n")[0],  # how they differ from the notes
        _SUMMARY,
    ),
    "baselines": (
        "Baselines without a network",
        "Fitted on the train split, with settings chosen on valid. Test is read once, with those settings.",
        (
            *("system", "features", "chosen on valid", "test", "valid", "test, refitted on train and valid"),
            *("time a run", "command"),
        ),
    ),
    "presets": (
        "The presets",
        "Each finished run reads test once, with the weights that its recipe selects on valid.",
        ("system", "seeds", "test", "valid", "parameters", *_TIMES, "command"),
    ),
    "ablation": (
        f"What each part of {ABLATED} contributes",
        f"One change at a time to {ABLATION_BASE}, which is {ABLATED} with averaged weights. Judged on the valid split "
        "alone. A difference within the spread over seeds is not a difference.",
        ("system", "seeds", "changes", "valid", "points of valid gained", *_TIMES, "command"),
    ),
    KOREAN: (
        "Korean: which tokens to use",
        "bilstm with three kinds of tokenizer, and baselines. Each max length holds nearly every review completely. "
        "The best kind was chosen on valid, and each finished run reads test once. korean-wordpiece with seed 0 is the "
        "published bilstm. Syllables and jamo were trained for fewer epochs and were still improving in the last one, "
        "so the table does not show their limit.",
        ("system", "seeds", "tokens read of a review", "valid", "test", "parameters", "time a run", "command"),
    ),
}
_PAGE = """\
# Results

This page is generated by `{command} --docs {path}`. The command in each row reproduces that row.

Data: {source}. Accuracy is the mean over the seeds, with the lowest and highest in brackets. Training time excludes
validation. Trained on: {machines}.
"""


def markdown_table(rows: Sequence[Row], columns: Sequence[str] | None = None) -> str:
    """Rows as a Markdown table, with the columns of their group, or common columns for rows of several groups."""
    if columns is None:
        group = _common_group(rows)
        columns = _SECTIONS[group][2] if group else _SUMMARY
    lines = [columns, ["---"] * len(columns), *([_COLUMNS[column](row) for column in columns] for row in rows)]
    return "".join(f"| {' | '.join(line)} |\n" for line in lines)


def _common_group(rows: Sequence[Row]) -> str | None:
    """The group whose table lists all rows; None if there is none."""
    for group in _SECTIONS:
        if rows and all(group in (row.system.group, row.system.beside) for row in rows):
            return group
    return None


def _sections(rows: Sequence[Row]) -> dict[str, list[Row]]:
    """The rows of each section of a page, by group. If any row belongs to Korean only, one section holds all."""
    if any(row.system.group == KOREAN for row in rows):
        return {KOREAN: [row for row in rows if KOREAN in (row.system.group, row.system.beside)]}
    return {group: found for group in _SECTIONS if (found := [row for row in rows if row.system.group == group])}


def write_results(out: Path, path: Path) -> None:
    """Write the page of all results in `out`. Raises RunError if there are none."""
    rows = read_rows(out)
    if not rows:
        raise RunError("{path} holds no figures. Run reproduce first.", path=out)
    machines = sorted({trained_on(run.run) for row in rows for run in row.runs})
    sections = _sections(rows)
    page = _PAGE.format(
        command=COMMAND + (f" {KOREAN} --data {rows[0].source}" if KOREAN in sections else ""),
        path="docs/korean.md" if KOREAN in sections else "docs/results.md",
        source=rows[0].source,
        machines="; ".join(machines) or "nothing yet",
    )
    parts = [page]
    for group, members in sections.items():
        title, text, columns = _SECTIONS[group]
        remarks = [f"- {row.system.name}: {row.system.remark}\n" for row in members if row.system.remark]
        table = markdown_table(members, columns)
        parts.append(f"## {title}\n\n{text}\n\n{table}" + ("\n" + "".join(remarks) if remarks else ""))
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        write_text(path, "\n".join(parts))
    except OSError as error:
        raise RunError(
            "Cannot write {path}: {reason}. Name a file you may write.", path=path, reason=error.strerror
        ) from error

"""The table of the baselines saved as classifiers: what pruning kept and what it cost. Needs no torch."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from sentiment_core.classifiers.linear_files import is_linear, load_linear
from sentiment_core.experiments.reproduction.systems import System

_COLUMNS = ("saved", "n-grams", "of", "kB", "valid", "test", "test before pruning", "points lost")


def saved_table(out: Path, systems: Iterable[System]) -> str:
    """A Markdown table of those of `systems` that `out` holds as classifiers; empty if there are none.

    Raises ClassifierError if one is damaged.
    """
    lines = [_row(out / system.name) for system in systems if system.recipe is None and is_linear(out / system.name)]
    if not lines:
        return ""
    return "".join(f"| {' | '.join(line)} |\n" for line in [_COLUMNS, ("---",) * len(_COLUMNS), *lines])


def _row(folder: Path) -> tuple[str, ...]:
    about = load_linear(folder).about
    before, size = about["before_pruning"], sum(file.stat().st_size for file in folder.iterdir())
    lost = before["test_accuracy"] - about["test_accuracy"]
    shares = (about["valid_accuracy"], about["test_accuracy"], before["test_accuracy"])
    counts = (about["ngrams"], before["ngrams"], size // 1000)
    return (
        folder.name,
        *(f"{count:,}" for count in counts),
        *(f"{100 * share:.2f}%" for share in shares),
        f"{100 * lost:+.2f}",
    )

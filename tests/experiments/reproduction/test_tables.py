"""Tables read from a folder, without data and without training."""

import json
import shutil
from dataclasses import replace
from pathlib import Path
from statistics import mean

import pytest

from sentiment_core.errors import RunError
from sentiment_core.experiments.reproduction import systems, tables
from sentiment_core.experiments.reproduction.folder import seed_runs
from sentiment_core.experiments.reproduction.systems import System
from sentiment_core.experiments.reproduction.tables import markdown_table, read_rows, write_results

BASE = systems.ABLATION_BASE


@pytest.fixture
def out(tiny: dict[str, System], made: Path, tmp_path: Path) -> Path:
    """Two seeds of every system."""
    return shutil.copytree(made, tmp_path / "out")


def cells(table: str) -> dict[str, dict[str, str]]:
    """The cells of a Markdown table by system and column."""
    header, line, *rows = [[cell.strip() for cell in row.strip("| ").split(" | ")] for row in table.splitlines()]
    assert set(line) == {"---"}
    return {row[0]: dict(zip(header, row, strict=True)) for row in rows}


def test_a_row_compares_the_mean_of_its_seeds_with_the_recorded_figure(out: Path):
    runs = list(seed_runs(out, "faithful-tiny").values())
    tests = [run.scores().accuracy for run in runs]
    valids = [run.best.valid_accuracy for run in runs]
    rows = read_rows(out)
    row = cells(markdown_table(rows))["faithful-tiny"]
    assert row["test"] == f"{mean(tests):.2%} ({min(tests):.2%} to {max(tests):.2%})"
    assert (row["recorded"], row["seeds"]) == ("50.00%", "2")
    assert row["difference in points"] == f"{100 * (mean(tests) - 0.5):+.2f}"
    assert row["valid"].startswith(f"{mean(valids):.2%}")
    assert row["time an epoch"] == row["time a run"], "it has one epoch"
    assert row["command"] == "`python -m sentiment_core reproduce faithful-tiny --data small.csv --seeds 2`"


def test_groups_together_share_columns_and_one_alone_has_its_own(out: Path):
    rows = read_rows(out)
    together = cells(markdown_table(rows))
    assert list(together) == ["faithful-tiny", "majority", "tiny", systems.ABLATED, BASE, "ablation-last"]
    assert (together["majority"]["test"], together["majority"]["recorded"]) == ("50.00%", "-")
    assert together["ablation-last"]["test"] == "-", "an ablation is judged on valid"
    alone = cells(markdown_table([row for row in rows if row.system.group == "presets"]))
    assert "parameters" in alone["tiny"]
    assert float(alone["tiny"]["time an epoch"].split()[0]) == pytest.approx(
        float(alone["tiny"]["time a run"].split()[0]) / 2, abs=0.1
    )


def test_an_ablation_shows_what_valid_gains_over_the_base(out: Path):
    base, changed = (
        100 * mean(run.best.valid_accuracy for run in seed_runs(out, name).values()) for name in (BASE, "ablation-last")
    )
    table = cells(markdown_table([row for row in read_rows(out) if row.system.group == "ablation"]))
    assert "test" not in table["ablation-last"]
    assert table["ablation-last"]["changes"] == "pooling last"
    assert table["ablation-last"]["points of valid gained"] == f"{changed - base:+.2f}"


def test_the_page_holds_every_group_and_is_reproducible(out: Path, tmp_path: Path):
    write_results(out, tmp_path / "docs" / "results.md")
    page = (tmp_path / "docs" / "results.md").read_text(encoding="utf-8")
    titles = [line for line in page.splitlines() if line.startswith("## ")]
    assert len(titles) == 4
    assert "- faithful-tiny: Told." in page
    assert "Data: small.csv." in page
    ablation = page[page.index(titles[-1]) :]
    assert list(cells(ablation[ablation.index("|") :].rstrip())) == [BASE, "ablation-last"]
    moved = shutil.move(out, tmp_path / "elsewhere")
    write_results(moved, tmp_path / "again.md")
    assert (tmp_path / "again.md").read_text(encoding="utf-8") == page


def test_korean_has_a_page_of_its_own(out: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    """A folder with its systems has one section, which also holds the baselines."""
    every = systems.all_systems()
    korean = {
        "majority": replace(every["majority"], beside="korean"),
        "tiny": replace(every["tiny"], group="korean"),
    }
    monkeypatch.setattr(tables, "all_systems", lambda: every | korean)
    write_results(out, tmp_path / "korean.md")
    page = (tmp_path / "korean.md").read_text(encoding="utf-8")
    assert [line for line in page.splitlines() if line.startswith("## ")] == ["## Korean: which tokens to use"]
    assert "reproduce korean --data small.csv --docs docs/korean.md" in page
    shown = cells("\n".join(line for line in page.splitlines() if line.startswith("|")))
    assert list(shown) == ["majority", "tiny"]
    assert (shown["majority"]["parameters"], shown["majority"]["tokens read of a review"]) == ("0", "-")
    runs = list(seed_runs(out, "tiny").values())
    read = mean(run.history[-1].tokens / run.recipe.epochs / run.data["sizes"]["train"] for run in runs)
    assert shown["tiny"]["tokens read of a review"] == f"{read:.1f}"
    assert shown["tiny"]["test"] != "-"


def test_a_run_that_did_not_finish_is_counted_and_its_figures_are_not(out: Path):
    path = out / "tiny-seed1" / "recipe.json"
    path.write_text(json.dumps(json.loads(path.read_text(encoding="utf-8")) | {"status": "failed"}), encoding="utf-8")
    row = cells(markdown_table(read_rows(out)))["tiny"]
    assert row["seeds"] == "1 of 2"
    assert row["test"] == f"{seed_runs(out, 'tiny')[0].scores().accuracy:.2%}"


def test_a_run_of_another_recipe_is_not_the_systems(out: Path, monkeypatch: pytest.MonkeyPatch):
    other = systems.PRESETS["tiny"]().change(epochs=7)
    monkeypatch.setitem(systems.PRESETS, "tiny", lambda: other)
    assert "tiny" not in {row.system.name for row in read_rows(out)}


def test_nothing_made_or_two_data_sets_in_one_folder(out: Path, tmp_path: Path):
    with pytest.raises(RunError, match="holds no figures"):
        write_results(tmp_path / "empty", tmp_path / "page.md")
    assert not (tmp_path / "page.md").exists()
    path = out / "tiny-seed1" / "recipe.json"
    content = json.loads(path.read_text(encoding="utf-8"))
    path.write_text(json.dumps(content | {"data": content["data"] | {"source": "imdb"}}), encoding="utf-8")
    with pytest.raises(RunError, match=r"holds figures of imdb and small.csv"):
        read_rows(out)

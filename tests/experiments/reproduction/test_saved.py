"""Baselines that reproduce saves as classifiers, and the table of the cost of pruning."""

from pathlib import Path

import pytest

from sentiment_core.classifiers.linear_files import list_linear, load_linear
from sentiment_core.errors import ClassifierError
from sentiment_core.experiments import saving
from sentiment_core.experiments.reproduction.runs import reproduce
from sentiment_core.experiments.reproduction.saved import saved_table
from sentiment_core.experiments.reproduction.systems import choose

NAMES = ["majority", "bag-of-words", "nb-svm-bigrams"]


@pytest.fixture(scope="module")
def out(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The output of reproduce for the toy reviews, with fifty n-grams kept of each baseline. Read only."""
    folder = tmp_path_factory.mktemp("saved")
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(saving.save_baseline, "__defaults__", (50,))
        lines = list(reproduce(choose(NAMES), "toy", folder, 1))
    assert any(line.startswith("nb-svm-bigrams: saved with 50 of 464 n-grams, test ") for line in lines)
    return folder


def test_each_linear_baseline_is_saved(out: Path):
    assert [folder.name for folder in list_linear(out)] == ["bag-of-words", "nb-svm-bigrams"]


def test_the_table_says_what_was_kept_and_what_it_cost(out: Path):
    header, line, words, pairs = [
        [cell.strip() for cell in row.strip("| \n").split(" | ")]
        for row in saved_table(out, choose(NAMES)).splitlines()
    ]
    assert set(line) == {"---"}
    assert words[0] == "bag-of-words"
    cells = dict(zip(header, pairs, strict=True))
    about = load_linear(out / "nb-svm-bigrams").about
    assert (cells["saved"], cells["n-grams"], cells["of"]) == ("nb-svm-bigrams", "50", "464")
    assert cells["test"] == f"{100 * about['test_accuracy']:.2f}%"
    assert cells["test before pruning"] == f"{100 * about['before_pruning']['test_accuracy']:.2f}%"
    lost = about["before_pruning"]["test_accuracy"] - about["test_accuracy"]
    assert cells["points lost"] == f"{100 * lost:+.2f}"


def test_what_is_there_is_kept_and_what_is_damaged_is_made_again(out: Path, tmp_path: Path):
    import shutil

    folder = shutil.copytree(out, tmp_path / "out")
    assert not any("saved" in line for line in reproduce(choose(NAMES), "toy", folder, 1))
    (folder / "bag-of-words" / "ngrams.parquet").write_bytes(b"PAR1")
    with pytest.raises(ClassifierError, match="damaged"):
        saved_table(folder, choose(NAMES))
    made = [line for line in reproduce(choose(NAMES), "toy", folder, 1) if "saved" in line]
    assert [line.split(":")[0] for line in made] == ["bag-of-words"]
    load_linear(folder / "bag-of-words")


def test_without_saved_classifiers_there_is_no_table(tmp_path: Path):
    assert saved_table(tmp_path, choose(NAMES)) == ""

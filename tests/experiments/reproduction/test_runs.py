"""A reproduction makes what is missing and keeps what is there."""

from pathlib import Path

import pytest

from sentiment_core.errors import DataError, RunError
from sentiment_core.experiments.reproduction.folder import load_baselines, run_folder, seed_runs
from sentiment_core.experiments.reproduction.runs import IncompleteError, reproduce
from sentiment_core.experiments.reproduction.systems import System, emoticons_last
from sentiment_core.runs.reading import load_run
from sentiment_core.text.reviews import Reviews, Split, load_reviews


@pytest.fixture
def out(tmp_path: Path) -> Path:
    return tmp_path / "out"


def stamps(out: Path) -> dict[str, int]:
    """When the weights of each run were written, by run folder."""
    return {path.parent.name: path.stat().st_mtime_ns for path in out.glob("*/model.safetensors")}


def test_every_seed_becomes_a_complete_run_and_a_second_call_trains_nothing(
    tiny: dict[str, System], data: str, out: Path
):
    chosen = [tiny["faithful-tiny"], tiny["majority"], tiny["tiny"]]
    lines = list(reproduce(chosen, data, out, 2))
    assert {path.name for path in out.iterdir()} == {
        *("faithful-tiny-seed0", "faithful-tiny-seed1", "tiny-seed0", "tiny-seed1", "baselines.json")
    }
    for name in ("faithful-tiny", "tiny"):
        runs = seed_runs(out, name)
        assert {seed: run.recipe for seed, run in runs.items()} == {
            seed: tiny[name].recipe.change(seed=seed) for seed in (0, 1)
        }
        assert {run.status for run in runs.values()} == {"complete"}
    assert [line.split(", valid ")[0] for line in lines if line.startswith("tiny seed 1")] == [
        "tiny seed 1: epoch 1 of 2",
        "tiny seed 1: epoch 2 of 2",
    ]

    before = stamps(out)
    again = list(reproduce(chosen, data, out, 2))
    assert stamps(out) == before
    assert again == [
        *("faithful-tiny seed 0: complete already", "faithful-tiny seed 1: complete already"),
        *("majority: measured already", "tiny seed 0: complete already", "tiny seed 1: complete already"),
    ]


def test_a_system_reads_its_own_split_prepared_its_own_way(tiny: dict[str, System], data: str, out: Path):
    list(reproduce([tiny["faithful-tiny"]], data, out, 1))
    run = load_run(run_folder(out, "faithful-tiny", 0))
    assert run.data["sizes"] == {"train": 96, "valid": 24, "test": 30}
    raw = load_reviews(data, valid_fraction=0.2, seed=1)
    splits = [Split([emoticons_last(text) for text in split.texts], split.labels) for split in raw.splits.values()]
    assert run.data["fingerprint"] == Reviews("small.csv", *splits).fingerprint


def test_a_stopped_run_resumes_and_one_of_another_recipe_is_trained_again(
    tiny: dict[str, System], data: str, out: Path
):
    steps = reproduce([tiny["tiny"]], data, out, 2)
    for line in steps:
        if line.startswith("tiny seed 1: epoch 1"):
            break
    steps.close()
    assert [run.status for run in seed_runs(out, "tiny").values()] == ["complete", "interrupted"]
    before = stamps(out)
    lines = list(reproduce([tiny["tiny"]], data, out, 2))
    assert not any(line.startswith("tiny seed 1: epoch 1") for line in lines), "its first epoch is behind it"
    assert [run.status for run in seed_runs(out, "tiny").values()] == ["complete", "complete"]
    after = stamps(out)
    assert after["tiny-seed0"] == before["tiny-seed0"]

    changed = System("tiny", "presets", tiny["tiny"].recipe.change(epochs=1))
    list(reproduce([changed], data, out, 1))
    assert load_run(run_folder(out, "tiny", 0)).recipe.epochs == 1


def test_a_failed_run_is_reported_and_the_next_one_starts(tiny: dict[str, System], data: str, out: Path):
    wild = tiny["tiny"].recipe.change(preset="wild", cell="rnn_relu", learning_rate=1e30)
    steps = reproduce([System("wild", "presets", wild), tiny["majority"]], data, out, 1)
    lines = [next(steps), next(steps)]
    with pytest.raises(IncompleteError, match="wild seed 0 failed"):
        next(steps)
    assert lines[0].startswith("wild seed 0 failed: ")
    assert "not a number after step 1" in lines[0]
    assert lines[-1].startswith("majority: valid 50.00%")
    assert load_run(run_folder(out, "wild", 0)).status == "failed"


def test_a_folder_of_something_else_is_left_alone(tiny: dict[str, System], data: str, out: Path):
    mine = run_folder(out, "tiny", 0)
    mine.mkdir(parents=True)
    (mine / "thesis.txt").write_text("mine", encoding="utf-8")
    steps = reproduce([tiny["tiny"]], data, out, 1)
    lines = [next(steps)]
    with pytest.raises(IncompleteError):
        next(steps)
    assert "holds something other than a run" in lines[0]
    assert (mine / "thesis.txt").read_text(encoding="utf-8") == "mine"


def test_figures_of_another_data_set_are_never_replaced(tiny: dict[str, System], data: str, out: Path, tmp_path: Path):
    list(reproduce([tiny["tiny"], tiny["majority"]], data, out, 1))
    rows = "".join(f"a {word} film,{label}\n" for word, label in [("good", 1), ("bad", 0)] * 40)
    (tmp_path / "mine.csv").write_text(f"text,label\n{rows}", encoding="utf-8")
    before = stamps(out)
    with pytest.raises(RunError, match=r"holds figures of small.csv. Name another folder"):
        list(reproduce([tiny["tiny"]], str(tmp_path / "mine.csv"), out, 1))
    assert stamps(out) == before


def test_data_that_cannot_be_read(tiny: dict[str, System], data: str, out: Path):
    with pytest.raises(DataError, match="No file or folder"):
        list(reproduce([tiny["tiny"]], "missing.csv", out, 1))


def test_a_damaged_file_of_baselines(tmp_path: Path):
    assert load_baselines(tmp_path) == {}
    for content in ("", "[]", '{"majority": {}}', '{"majority": 3}'):
        (tmp_path / "baselines.json").write_text(content, encoding="utf-8")
        with pytest.raises(RunError, match=r"baselines.json is damaged. Delete it"):
            load_baselines(tmp_path)

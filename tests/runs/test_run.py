"""The run folder: which places can become one, how its files are replaced, and what a damaged one reports."""

import json
import os
from pathlib import Path

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq
import pytest
import torch

from sentiment_core.errors import LockedError, RunError
from sentiment_core.model.config import Recipe
from sentiment_core.model.weights import load_model
from sentiment_core.runs.forgetting import Reach
from sentiment_core.runs.frames import load_frames
from sentiment_core.runs.reading import Checkpoint, load_run
from sentiment_core.runs.writing import RunWriter, check_free, claim_folder, hold_folder
from sentiment_core.storage.files import atomic_path, write_json
from sentiment_core.text.tokenization import train_words
from sentiment_core.training.pipeline import build_model

TINY = Recipe("tiny").change(embedding_size=2, hidden_size=2)


def tree(folder: Path) -> dict[str, bytes]:
    return {str(path.relative_to(folder)): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def fails(folder: Path, *, overwrite: bool) -> str:
    """The one line of the refusal to claim a folder; everything in and around it stays unchanged."""
    before = tree(folder.parent)
    for claim in (check_free, claim_folder):
        with pytest.raises(RunError) as caught:
            claim(folder, overwrite)
        assert "\n" not in str(caught.value)
    assert tree(folder.parent) == before
    return str(caught.value)


def test_checking_makes_nothing(tmp_path: Path):
    check_free(tmp_path / "a" / "b", overwrite=False)
    assert not (tmp_path / "a").exists()


def test_a_name_that_is_too_long_is_refused(tmp_path: Path):
    assert "File name too long. Name a folder you may write to." in fails(tmp_path / ("x" * 300), overwrite=True)


@pytest.mark.parametrize("overwrite", [True, False])
def test_a_new_or_empty_folder_is_free(overwrite: bool, tmp_path: Path):
    claim_folder(tmp_path / "a" / "b", overwrite)
    claim_folder(tmp_path / "a" / "b", overwrite)
    assert (tmp_path / "a" / "b").is_dir()


def test_a_run_is_refused_unless_it_is_to_be_replaced(toy_copy: Path):
    assert "already holds a run. Name another folder, or give --overwrite" in fails(toy_copy, overwrite=False)
    claim_folder(toy_copy, overwrite=True)
    assert list(toy_copy.iterdir()) == []


def test_remains_of_a_killed_process_are_replaced_too(tmp_path: Path):
    (tmp_path / "recipe.json").write_text("{}", encoding="utf-8")
    for name in ("state.safetensors", ".model.safetensors.writing"):
        (tmp_path / name).write_text("half", encoding="utf-8")
    claim_folder(tmp_path, overwrite=True)
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("overwrite", [True, False])
@pytest.mark.parametrize("names", [["notes.txt"], ["README.md", "config.json"], ["corpus.json", "tokenizer.json"]])
def test_a_folder_of_something_else_is_always_refused(overwrite: bool, names: list[str], tmp_path: Path):
    for name in names:
        (tmp_path / "out" / name).parent.mkdir(exist_ok=True)
        (tmp_path / "out" / name).write_text("mine", encoding="utf-8")
    assert "holds something other than a run" in fails(tmp_path / "out", overwrite=overwrite)


@pytest.mark.parametrize("overwrite", [True, False])
def test_a_run_with_something_else_beside_it_is_always_refused(overwrite: bool, toy_copy: Path):
    (toy_copy / "thesis.txt").write_text("mine", encoding="utf-8")
    assert "holds thesis.txt, which does not belong to a run" in fails(toy_copy, overwrite=overwrite)


@pytest.mark.parametrize("place", ["file", "file/run", "file/deep/run"])
def test_a_file_is_no_folder(place: str, tmp_path: Path):
    (tmp_path / "file").write_text("mine", encoding="utf-8")
    assert "file is a file" in fails(tmp_path / place, overwrite=True)


def test_a_held_folder_leaves_nothing_behind(toy_copy: Path, tmp_path: Path):
    before = tree(tmp_path)
    for folder in (tmp_path / "a" / "b", toy_copy):
        with hold_folder(folder):
            told = rf"{folder} is being trained\. Wait for it to end, or stop it: process {os.getpid()} of"
            with pytest.raises(LockedError, match=told):
                check_free(folder, overwrite=True)
            with pytest.raises(LockedError), hold_folder(folder):
                pytest.fail("two train in one folder")
    assert tree(tmp_path) == before
    assert not (tmp_path / "a").exists()


def test_a_folder_held_while_it_is_emptied_stays_held(toy_copy: Path):
    with hold_folder(toy_copy):
        claim_folder(toy_copy, overwrite=True)
        assert {path.name for path in toy_copy.iterdir()} == {".writer.lock", ".writer.json"}
    assert list(toy_copy.iterdir()) == []


def reach(step: int) -> Reach:
    figures = [np.zeros((1, 2), np.float32)] * 4
    return Reach(step, 0.5, np.array([0, 1]), np.array([1, 1]), *figures)


def writer(folder: Path, recipe: Recipe = TINY) -> RunWriter:
    tokenizer = train_words(["good film"])
    sizes = {"train": 1, "valid": 1, "test": 1}
    data = {"source": "toy", "fingerprint": "0", "sizes": sizes}
    run = RunWriter(folder, recipe, tokenizer, data, ["float32"], ["cpu"])
    claim_folder(folder, overwrite=False)
    run.open(build_model(recipe, tokenizer.get_vocab_size()))
    return run


@pytest.mark.parametrize(("keep", "kept"), [("accuracy", 1), ("loss", 2), ("last", 4)])
def test_the_first_of_the_best_checkpoints_keeps_its_weights(keep: str, kept: int, tmp_path: Path):
    run = writer(tmp_path / "run", TINY.change(keep=keep))
    model = build_model(TINY, vocab_size=4)
    history = []
    for step, (loss, accuracy) in enumerate([(0.7, 0.5), (0.6, 0.8), (0.5, 0.6), (0.6, 0.8), (0.5, 0.7)]):
        with torch.no_grad():
            model.embedding.weight.fill_(step)
        history.append(Checkpoint(step / 4, step, 1.0, step, None, loss, accuracy))
        run.add(history, model, reach(step))
    assert load_run(run.path).history == history
    assert load_run(run.path).best.step == kept
    assert load_model(run.path).embedding.weight.unique().tolist() == [kept]
    assert load_frames(run.path).embeddings[:, 1, 0] == pytest.approx([0, 1, 2, 3, 4], abs=0.05)
    assert load_frames(run.path).steps.tolist() == [0, 1, 2, 3, 4]


@pytest.mark.parametrize("status", ["interrupted", "failed"])
def test_a_run_that_ended_before_its_first_checkpoint_is_deleted(status: str, tmp_path: Path):
    run = writer(tmp_path / "run")
    assert (tmp_path / "run" / "recipe.json").exists()
    run.close(status)
    assert list(run.path.iterdir()) == [], "the folder itself is left to what holds it"


def test_a_saved_recipe_is_loaded_unchanged(toy_copy: Path, tmp_path: Path):
    changes = {"cell": "gru", "bidirectional": True, "learning_rate": 0.1 + 0.2, "dropout": 1 / 3, "seed": 2**40}
    recipe = TINY.change(**changes)
    written = writer(tmp_path / "run", recipe).path / "recipe.json"
    (toy_copy / "recipe.json").write_bytes(written.read_bytes())
    run = load_run(toy_copy)
    assert run.recipe == recipe
    assert run.status == "stopped", "nobody is training it"


def test_an_atomic_write_that_fails_leaves_the_old_file(tmp_path: Path):
    path = tmp_path / "file"
    path.write_text("old", encoding="utf-8")

    def write(content: str, error: type[BaseException] | None) -> None:
        with atomic_path(path) as target:
            target.write_text(content, encoding="utf-8")
            assert path.read_text(encoding="utf-8") == "old", "readers see the old file until the new one is whole"
            if error:
                raise error

    for error in (KeyboardInterrupt, OSError):
        with pytest.raises(error):
            write("ne", error)
        assert tree(tmp_path) == {"file": b"old"}
    write("new", None)
    assert tree(tmp_path) == {"file": b"new"}


def test_json_that_cannot_be_written_leaves_nothing(tmp_path: Path):
    with pytest.raises(TypeError):
        write_json(tmp_path / "file.json", {"a": object()})
    assert list(tmp_path.iterdir()) == []


def damaged(folder: Path) -> str:
    with pytest.raises(RunError) as caught:
        load_run(folder)
    assert "\n" not in str(caught.value)
    return str(caught.value)


def test_no_run(tmp_path: Path):
    assert "holds no run" in damaged(tmp_path)
    assert "holds no run" in damaged(tmp_path / "missing")
    assert "holds no run" in damaged(tmp_path / ("a" * 256))


@pytest.mark.parametrize("content", [b"", b"[]", b"{}", b"{", b"\xff", b'{"status": "complete", "recipe": 3}'])
def test_a_damaged_recipe(content: bytes, toy_copy: Path):
    (toy_copy / "recipe.json").write_bytes(content)
    assert "is damaged" in damaged(toy_copy)


@pytest.mark.parametrize(
    ("part", "content"),
    [
        ("data", {}),
        ("machine", {}),
        ("machine", []),
        ("data", {"source": 3}),
        ("data", {"fingerprint": None}),
        ("data", {"sizes": [1, 1, 1]}),
        ("data", {"sizes": {"train": 1, "valid": 1}}),
        ("data", {"sizes": {"train": 1, "valid": 1, "test": "1"}}),
        ("data", {"sizes": {"train": 1, "valid": 1, "test": 1, "unlabelled": None}}),
        ("machine", {"threads": "two"}),
        ("machine", {"processor": None}),
    ],
)
def test_damaged_data_or_machine(part: str, content: object, toy_copy: Path):
    about = json.loads((toy_copy / "recipe.json").read_text(encoding="utf-8"))
    about[part] = about[part] | content if content else content
    (toy_copy / "recipe.json").write_text(json.dumps(about), encoding="utf-8")
    assert "is damaged" in damaged(toy_copy)


@pytest.mark.parametrize(
    "change", [{"max_length": 0}, {"max_length": 400.5}, {"network": 3}, {"epochs": "many"}, {"learning_rate": None}]
)
def test_a_recipe_with_invalid_values(change: dict, toy_copy: Path):
    content = json.loads((toy_copy / "recipe.json").read_text(encoding="utf-8"))
    content["recipe"] |= change
    (toy_copy / "recipe.json").write_text(json.dumps(content), encoding="utf-8")
    assert "is damaged" in damaged(toy_copy)


@pytest.mark.parametrize("content", [b"{", b"[]\n", b'{"epoch": 0}\n', b"\xff\n"])
def test_a_damaged_history(content: bytes, toy_copy: Path):
    (toy_copy / "history.jsonl").write_bytes(content)
    assert "is damaged" in damaged(toy_copy)


@pytest.mark.parametrize("name", ["epoch", "step", "tokens", "valid_loss", "valid_accuracy"])
@pytest.mark.parametrize("value", [None, "0.5", float("nan"), float("inf")])
def test_a_history_with_invalid_values(name: str, value: object, toy_copy: Path):
    lines = [json.loads(line) for line in (toy_copy / "history.jsonl").read_text(encoding="utf-8").splitlines()]
    lines[-1][name] = value
    (toy_copy / "history.jsonl").write_text("\n".join(map(json.dumps, lines)), encoding="utf-8")
    assert "is damaged" in damaged(toy_copy)


def test_no_history(toy_copy: Path):
    (toy_copy / "history.jsonl").write_text("", encoding="utf-8")
    assert "an empty history" in damaged(toy_copy)
    (toy_copy / "history.jsonl").unlink()
    assert "is damaged" in damaged(toy_copy)
    about = json.loads((toy_copy / "recipe.json").read_text(encoding="utf-8"))
    (toy_copy / "recipe.json").write_text(json.dumps(about | {"status": "running"}), encoding="utf-8")
    assert f"(stopped) has no weights yet. Resume it: train --resume {toy_copy}." in damaged(toy_copy)
    with hold_folder(toy_copy):
        assert "(running) has no weights yet. Wait for its first evaluation." in damaged(toy_copy)


def test_damaged_test_logits(toy_copy: Path):
    path = toy_copy / "test.parquet"
    path.write_bytes(path.read_bytes()[:-9])
    with pytest.raises(RunError, match=r"test\.parquet is damaged"):
        load_run(toy_copy).scores()
    pq.write_table(pa.table({"row": [0]}), path)
    with pytest.raises(RunError, match=r"test\.parquet is damaged"):
        load_run(toy_copy).scores()
    path.unlink()
    assert load_run(toy_copy).scores() is None


@pytest.mark.parametrize(
    ("labels", "logits"),
    [
        ([], []),
        (["1"], [0.5]),
        ([2], [0.5]),
        ([None], [0.5]),
        ([1], [float("nan")]),
        ([1], [float("inf")]),
        ([1], ["a"]),
    ],
)
def test_invalid_test_logits(labels: list, logits: list, toy_copy: Path):
    pq.write_table(pa.table({"label": labels, "logit": logits}), toy_copy / "test.parquet")
    with pytest.raises(RunError, match=r"test\.parquet is damaged") as caught:
        load_run(toy_copy).scores()
    assert "\n" not in str(caught.value)


def test_accuracy_by_hand(toy_copy: Path):
    # Right, right, wrong, and a logit of exactly zero counts as negative: wrong here.
    table = {"row": [0, 1, 2, 3], "label": [1, 0, 1, 1], "logit": pa.array([0.5, -2.0, -0.1, 0.0], pa.float32())}
    pq.write_table(pa.table(table), toy_copy / "test.parquet")
    assert load_run(toy_copy).scores().accuracy == 0.5

"""A stopped run resumes as if it had not stopped, wherever that was: the same files, bit for bit."""

import shutil
from collections.abc import Callable, Iterator
from dataclasses import asdict
from pathlib import Path

import pytest
import torch

from sentiment_core.errors import RunError
from sentiment_core.experiments.reproduction.procedure import VariedProcedure, make_procedure
from sentiment_core.experiments.reproduction.variation import Variation
from sentiment_core.model.config import Recipe
from sentiment_core.model.weights import load_model
from sentiment_core.runs import state
from sentiment_core.runs.layout import STATE
from sentiment_core.runs.reading import load_run, load_start
from sentiment_core.runs.state import load_state
from sentiment_core.text.encoding import encode_reviews
from sentiment_core.text.reviews import Reviews
from sentiment_core.text.tokenization import load_tokenizer
from sentiment_core.training.judging import evaluate_split
from sentiment_core.training.loop import Progress
from sentiment_core.training.pipeline import resume_run, train_run
from tests.full_disk import full_disk

SAME = (
    *("config.json", "model.safetensors", "frames.safetensors", "forgetting.parquet", "test.parquet", "valid.parquet"),
    "tokenizer.json",
)


@pytest.fixture
def eager(monkeypatch: pytest.MonkeyPatch) -> None:
    """Every stretch of steps ends with a saved state."""
    monkeypatch.setattr(state, "SAVE_EVERY", 0.0)


@pytest.fixture(scope="module")
def recipe() -> Recipe:
    """Two epochs of 25 steps with everything random in training: batches, dropout, a changing learning rate."""
    shape = {"cell": "lstm", "bidirectional": True, "embedding_size": 4, "hidden_size": 4, "pooling": "maxmean"}
    training = {"epochs": 2, "batch_size": 4, "dropout": 0.3, "embedding_dropout": 0.2, "schedule": "linear"}
    return Recipe("tiny").change(max_length=30, tokenizer="words", learning_rate=2e-2, **shape, **training)


def run_to_the_end(steps: Iterator[Progress]) -> None:
    for _ in steps:
        pass


def history(folder: Path) -> list[dict]:
    return [asdict(checkpoint) | {"seconds": 0} for checkpoint in load_run(folder).history]


def check_same(resumed: Path, whole: Path) -> None:
    for name in SAME:
        assert (resumed / name).read_bytes() == (whole / name).read_bytes(), name
    assert history(resumed) == history(whole)
    assert {path.name for path in resumed.iterdir()} == {path.name for path in whole.iterdir()}
    assert load_run(resumed).status == "complete"
    assert "| status | complete |" in (resumed / "README.md").read_text(encoding="utf-8")


@pytest.fixture(scope="module")
def whole(recipe: Recipe, reviews: Reviews, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The run without a stop. Read only."""
    torch.set_num_threads(1)
    out = tmp_path_factory.mktemp("whole") / "run"
    run_to_the_end(train_run(recipe, reviews, out))
    return out


def as_kills_leave_it(out: Path, train: Callable[[], None], monkeypatch: pytest.MonkeyPatch) -> list[Path]:
    """Copies of the folder `out` before each change of one of its files while `train` filled it.

    A kill can leave the folder in these states only, possibly with an unfinished file beside the others.
    """
    copies = out.parent / "copies"
    found: list[Path] = []

    def copy() -> None:
        if out.exists():
            found.append(Path(shutil.copytree(out, copies / str(len(found)) / "run")))

    def before(change: Callable) -> Callable:
        def changed(path: Path, *arguments: object, **options: object) -> object:
            ours = path.parent == out and ".writer." not in path.name  # the lock is not part of the run
            if ours and (change.__name__ != "unlink" or path.exists()):
                copy()
            return change(path, *arguments, **options)

        return changed

    with monkeypatch.context() as patched:
        for name in ("replace", "unlink"):
            patched.setattr(Path, name, before(getattr(Path, name)))
        train()
    return found


@pytest.mark.usefixtures("eager")
def test_killed_before_any_change_of_any_file(
    recipe: Recipe, reviews: Reviews, whole: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    out = tmp_path / "run"
    found = as_kills_leave_it(out, lambda: run_to_the_end(train_run(recipe, reviews, out)), monkeypatch)
    check_same(out, whole)
    assert len(found) > 25, "4 files at the start, 3 or 4 at each of 5 checkpoints, states, 4 at the end"
    begun = 0
    for folder in found:
        if not (folder / "recipe.json").exists():
            assert all(path.match(".*.writing") or path.match(".writer.*") for path in folder.iterdir())
            run_to_the_end(train_run(recipe, reviews, folder))
            check_same(folder, whole)
            continue
        begun += 1
        if (saved := load_state(folder / STATE)) and (folder / "history.jsonl").exists():
            checkpoints = saved.position.history
            assert load_run(folder).history in (checkpoints, checkpoints[:-1]), "no file knows more than the state"
        run_to_the_end(resume_run(folder, reviews))
        check_same(folder, whole)
    assert begun == len(found) - 1, "only before its very first file there is no run"


@pytest.mark.usefixtures("eager")
def test_a_resumed_run_killed_once_more(
    recipe: Recipe, reviews: Reviews, whole: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    out = tmp_path / "run"
    steps = train_run(recipe, reviews, out)
    while (progress := next(steps)).step < 20:
        pass
    assert progress.checkpoint is None
    steps.close()
    for name in (STATE, "test.parquet"):
        (out / f".{name}.writing").write_bytes(b"half of a file")
    found = as_kills_leave_it(out, lambda: run_to_the_end(resume_run(out, reviews)), monkeypatch)
    check_same(out, whole)
    for folder in found[::3]:
        run_to_the_end(resume_run(folder, reviews))
        check_same(folder, whole)


@pytest.mark.parametrize("stop", [GeneratorExit, KeyboardInterrupt])
def test_stopped_between_two_steps_nothing_is_lost(
    stop: type[BaseException], recipe: Recipe, reviews: Reviews, whole: Path, tmp_path: Path
):
    out = tmp_path / "run"
    steps = train_run(recipe, reviews, out)
    while (progress := next(steps)).step < 40:
        pass
    with pytest.raises(stop):
        steps.throw(stop)
    run = load_run(out)
    assert (run.status, run.history[-1].step) == ("interrupted", 25)
    resumed = resume_run(out, reviews)
    first = next(resumed)
    assert (first.step, first.tokens > progress.tokens) == (50, True), "40 was saved, though no checkpoint asked for it"
    run_to_the_end(resumed)
    check_same(out, whole)
    assert load_run(out).history[-1].seconds > progress.seconds


def test_interrupted_within_a_step(
    recipe: Recipe, reviews: Reviews, whole: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    """Half a step is not a state: the run resumes from the last complete one."""
    out = tmp_path / "run"
    taken = 0

    def interrupted(*_: object) -> float:
        nonlocal taken
        taken += 1
        if taken == 33:
            raise KeyboardInterrupt
        return clip(*_)

    clip = torch.nn.utils.clip_grad_norm_
    monkeypatch.setattr(torch.nn.utils, "clip_grad_norm_", interrupted)
    clipped = recipe.change(clip=1e9)
    with pytest.raises(KeyboardInterrupt):
        run_to_the_end(train_run(clipped, reviews, out))
    saved = load_state(out / STATE)
    assert saved is not None
    assert saved.position.step == 25
    run_to_the_end(resume_run(out, reviews))
    other = tmp_path / "other"
    run_to_the_end(train_run(clipped, reviews, other))
    check_same(out, other)


@pytest.mark.usefixtures("eager")
def test_what_the_strongest_presets_are_made_of_goes_on_too(
    recipe: Recipe, reviews: Reviews, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    out, other = tmp_path / "run", recipe.change(ngrams=2, precision="bfloat16")
    found = as_kills_leave_it(out, lambda: run_to_the_end(train_run(other, reviews, out)), monkeypatch)
    for folder in found[5::6]:
        run_to_the_end(resume_run(folder, reviews))
        check_same(folder, out)


@pytest.mark.usefixtures("eager")
def test_an_experiment_resumes_as_it_was_trained(
    recipe: Recipe, reviews: Reviews, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    out, varied = tmp_path / "run", Variation(averaging=0.9, adversarial=0.5)

    def train() -> None:
        run_to_the_end(train_run(recipe, reviews, out, procedure=VariedProcedure(varied)))

    found = as_kills_leave_it(out, train, monkeypatch)
    assert load_run(out).variation == {"averaging": 0.9, "adversarial": 0.5}
    with pytest.raises(RunError, match="was trained in another way"):
        resume_run(found[5], reviews)
    for folder in found[5::6]:
        run_to_the_end(resume_run(folder, reviews, procedure=make_procedure(load_start(folder).variation)))
        check_same(folder, out)


@pytest.mark.parametrize("keep", ["accuracy", "loss", "last"])
def test_the_recipe_decides_which_weights_are_kept(
    keep: str, recipe: Recipe, reviews: Reviews, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    """With a learning rate so high that checkpoints differ.

    The training is killed wherever the weights could be another checkpoint's.
    """
    out, wild = tmp_path / "run", recipe.change(learning_rate=0.3, schedule="constant", keep=keep)
    found = as_kills_leave_it(out, lambda: run_to_the_end(train_run(wild, reviews, out)), monkeypatch)
    checkpoints = load_run(out).history
    expected = {
        "accuracy": next(m for m in checkpoints if m.valid_accuracy == max(m.valid_accuracy for m in checkpoints)),
        "loss": next(m for m in checkpoints if m.valid_loss == min(m.valid_loss for m in checkpoints)),
        "last": checkpoints[-1],
    }[keep]
    assert load_run(out).best == expected
    valid = encode_reviews(reviews.valid, load_tokenizer(out / "tokenizer.json"))
    score = evaluate_split(load_model(out), valid, wild.max_length)
    assert score.valid_loss == pytest.approx(expected.valid_loss, rel=1e-3)  # the weights are rounded on disk
    assert all(
        abs(score.valid_loss - checkpoint.valid_loss) > 1e-3 for checkpoint in checkpoints if checkpoint != expected
    )
    assert f"| {expected.valid_accuracy:.2%}, after {expected.epoch:g} epochs" in (out / "README.md").read_text(
        encoding="utf-8"
    )
    for folder in [copy for copy in found if list(copy.glob(".history.jsonl.*.writing"))]:
        run_to_the_end(resume_run(folder, reviews))
        check_same(folder, out)


def test_a_full_disk_is_one_line_and_making_room_mends_it(
    recipe: Recipe, reviews: Reviews, whole: Path, tmp_path: Path
):
    out = tmp_path / "run"
    steps = train_run(recipe, reviews, out)
    next(steps)
    before = {path.name: path.read_bytes() for path in out.iterdir() if not path.match(".writer.*")}
    with full_disk(), pytest.raises(RunError, match=r"Cannot write to .*File too large.*Make room") as caught:
        run_to_the_end(steps)
    assert "\n" not in str(caught.value)
    assert {path.name: path.read_bytes() for path in out.iterdir()} == before
    load_model(out)
    run_to_the_end(resume_run(out, reviews))
    check_same(out, whole)


def test_a_folder_removed_while_it_is_trained_is_one_line(recipe: Recipe, reviews: Reviews, tmp_path: Path):
    out = tmp_path / "run"
    steps = train_run(recipe, reviews, out)
    next(steps)
    shutil.rmtree(out)
    with pytest.raises(RunError, match=r"Cannot write to .*No such file") as caught:
        run_to_the_end(steps)
    assert "\n" not in str(caught.value)
    assert list(tmp_path.iterdir()) == []


def test_a_disk_that_is_full_from_the_start_leaves_nothing(recipe: Recipe, reviews: Reviews, tmp_path: Path):
    with full_disk(), pytest.raises(RunError, match="Cannot write to"):
        run_to_the_end(train_run(recipe, reviews, tmp_path / "run"))
    assert not (tmp_path / "run").exists()

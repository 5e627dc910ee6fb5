"""What cannot be resumed is refused in one line, and the folder stays unchanged."""

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from sentiment_core.errors import RunError, SentimentError
from sentiment_core.model.config import Recipe
from sentiment_core.runs.layout import STATE
from sentiment_core.text.reviews import Reviews, Split
from sentiment_core.text.toy import toy_reviews
from sentiment_core.training.pipeline import check_resumable, resume_run, train_run
from tests.state_files import rewrite_position


def stopped(recipe: Recipe, reviews: Reviews, out: Path) -> Path:
    steps = train_run(recipe, reviews, out)
    next(steps)
    steps.close()
    return out


def refused(folder: Path, reviews: Reviews) -> str:
    """The one line of the immediate refusal to resume; the folder stays unchanged."""
    before = {path.name: path.read_bytes() for path in folder.iterdir()} if folder.exists() else {}
    with pytest.raises(SentimentError) as caught:
        resume_run(folder, reviews)
    assert "\n" not in str(caught.value)
    assert before == ({path.name: path.read_bytes() for path in folder.iterdir()} if folder.exists() else {})
    return str(caught.value)


def test_other_reviews_are_refused(recipe: Recipe, reviews: Reviews, tmp_path: Path):
    out = stopped(recipe, reviews, tmp_path / "run")
    others = Reviews("toy", reviews.train, Split(*toy_reviews(30, seed=9)), reviews.test)
    assert f"was trained on other reviews (toy, fingerprint {reviews.fingerprint})" in refused(out, others)


def test_a_complete_run_is_refused(toy_run: Path, reviews: Reviews):
    assert "is complete" in refused(toy_run, reviews)


def test_a_folder_of_no_run_is_refused(reviews: Reviews, tmp_path: Path):
    assert "holds no run" in refused(tmp_path, reviews)
    assert "holds no run" in refused(tmp_path / "missing", reviews)


def test_a_run_without_its_state_is_refused(recipe: Recipe, reviews: Reviews, tmp_path: Path):
    out = stopped(recipe, reviews, tmp_path / "run")
    (out / STATE).unlink()
    assert f"holds no {STATE} to resume from" in refused(out, reviews)


@pytest.mark.parametrize("kept", [0, 7, 100, 3000, -1])
def test_a_truncated_state_is_refused(kept: int, recipe: Recipe, reviews: Reviews, tmp_path: Path):
    out = stopped(recipe, reviews, tmp_path / "run")
    content = (out / STATE).read_bytes()
    (out / STATE).write_bytes(content[:kept])
    assert "truncated or damaged" in refused(out, reviews)
    with pytest.raises(RunError, match="truncated or damaged"):
        check_resumable(out)


@pytest.mark.parametrize(
    "change",
    [
        lambda position: position.pop("history"),
        lambda position: position.update(history=[]),
        lambda position: position.update(history=[{"epoch": 0}]),
        lambda position: position.update(since_checkpoint=3),
        lambda position: position.update(format={"version": "one"}),
    ],
)
def test_an_invalid_state_is_refused(change: Callable, recipe: Recipe, reviews: Reviews, tmp_path: Path):
    out = stopped(recipe, reviews, tmp_path / "run")
    rewrite_position(out / STATE, change)
    assert "truncated or damaged" in refused(out, reviews)


def test_a_state_of_another_network_is_one_line(recipe: Recipe, reviews: Reviews, tmp_path: Path):
    out = stopped(recipe, reviews, tmp_path / "run")
    other = stopped(recipe.change(hidden_size=3), reviews, tmp_path / "other")
    shutil.copy(other / STATE, out / STATE)
    with pytest.raises(RunError, match=r"state\.safetensors belongs to another network") as caught:
        list(resume_run(out, reviews))
    assert "\n" not in str(caught.value)

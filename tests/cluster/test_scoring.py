"""Scoring on a cluster of several nodes on this machine: whatever is lost, each row is written once, and to the bit."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
import psutil
import pytest

from sentiment_core.bulk.executors import here
from sentiment_core.bulk.job import BulkJob, Done, Settings, part_path
from sentiment_core.bulk.plan import plan_job
from sentiment_core.bulk.running import Progress, run_job
from sentiment_core.bulk.worker import open_scorer
from sentiment_core.classifiers.loading import load_classifier
from sentiment_core.cluster.scoring import on_ray
from sentiment_core.cluster.scoring_driver import Scorer
from sentiment_core.errors import BulkError, SentimentError
from tests.bulk.conftest import UNREADABLE, read_parts, reviews, write_table
from tests.cluster.clusters import actors, add_node, rested, run_on_a_new_head, run_until_the_head_is_lost
from tests.conftest import ROOT

RUN = ROOT / "checkpoints" / "imdb" / "bag-of-words"
ROWS, BLOCK = 12_000, 500
Planned = tuple[Path, BulkJob]


def planned_job(folder: Path, run: Path, rows: int, block: int) -> Planned:
    """A table with rows that cannot be read, the parts that one process makes of it, and their job."""
    path = write_table(folder / "in" / "mine.csv", reviews(rows), "only one field")
    settings = Settings(str(run), {}, "cpu", None, None, None, None, None, "parquet", block)
    classifier = load_classifier(run, threads=1)
    job = plan_job(settings, [str(path)], folder / "whole", classifier, lambda rows: None)
    run_job(folder / "whole", job, here(classifier))
    return folder / "whole", job


@pytest.fixture(scope="module")
def planned(tmp_path_factory: pytest.TempPathFactory) -> Planned:
    return planned_job(tmp_path_factory.mktemp("cluster"), RUN, ROWS, BLOCK)


def assert_equal(out: Path, planned: Planned) -> None:
    """Nothing is lost, nothing is there twice, and nothing is left behind."""
    whole, job = planned
    for number in range(len(job.blocks)):
        assert part_path(out, job, number).read_bytes() == part_path(whole, job, number).read_bytes()
    assert sorted(path.name for path in out.iterdir()) == sorted(path.name for path in whole.iterdir())


def scorers(node: Any) -> list[psutil.Process]:
    """The processes of a node that score."""
    return actors(node, "(Scorer)")


def once(when: Callable[[Progress], bool], act: Callable[[], object]) -> tuple[Callable[[Progress], None], list[int]]:
    """A function for the progress of a job that acts once, and the list of the rows that were done then."""
    acted: list[int] = []

    def look(progress: Progress) -> None:
        if not acted and when(progress):
            acted.append(progress.rows)
            act()

    return look, acted


def test_two_nodes_write_what_one_process_writes(two_nodes: Any, tmp_path: Path):
    """With a network, to the bit, and with errors for the same rows."""
    planned = planned_job(tmp_path, ROOT / "checkpoints" / "toy" / "bilstm", 600, 100)
    done = run_job(tmp_path / "scored", planned[1], on_ray(two_nodes.address, 2))
    assert (done.rows, done.scored, done.before) == (601, 600 - len(UNREADABLE), 0)
    assert_equal(tmp_path / "scored", planned)
    errors = [row["error"] for row in read_parts(tmp_path / "scored") if row["error"]]
    assert "it has 1 field, and the first line 3" in errors


def test_a_node_that_is_lost_loses_no_row(two_nodes: Any, planned: Planned, tmp_path: Path):
    lost = next(iter(two_nodes.worker_nodes))
    look, acted = once(
        lambda progress: progress.rows > ROWS / 6 and bool(scorers(lost)),
        lambda: two_nodes.remove_node(lost, allow_graceful=False),
    )
    assert run_job(tmp_path, planned[1], on_ray(two_nodes.address, 2), progress=look).rows == planned[1].rows
    assert acted
    assert acted[0] < ROWS
    assert_equal(tmp_path, planned)


def test_a_node_that_joins_late_takes_part(two_nodes: Any, planned: Planned, tmp_path: Path):
    """The node that was there rests until the new one has scored."""
    two_nodes.remove_node(next(iter(two_nodes.worker_nodes)))
    (old,) = two_nodes.worker_nodes
    joined: list[Any] = []
    took_part: list[psutil.Process] = []

    def join() -> None:
        rest.take(scorers(old))
        joined.append(add_node(two_nodes))

    look, acted = once(lambda progress: progress.rows > 0, join)

    def watch(progress: Progress) -> None:
        look(progress)
        if joined and not took_part and progress.rows > acted[0]:
            took_part.extend(scorers(joined[0]))
            if took_part:
                rest.wake()

    with rested() as rest:
        run_job(tmp_path, planned[1], on_ray(two_nodes.address), progress=watch)
    assert took_part
    assert_equal(tmp_path, planned)


def test_a_worker_that_is_killed_as_for_lack_of_memory_loses_no_row(two_nodes: Any, planned: Planned, tmp_path: Path):
    def kill() -> None:
        for node in two_nodes.worker_nodes:
            for process in scorers(node):
                process.kill()

    look, acted = once(lambda progress: progress.rows > ROWS / 6, kill)
    run_job(tmp_path, planned[1], on_ray(two_nodes.address, 2), progress=look)
    assert acted
    assert_equal(tmp_path, planned)


def test_a_block_that_is_lost_again_and_again_ends_the_job(two_nodes: Any, planned: Planned, tmp_path: Path):
    """Ray itself would begin it without end."""
    (tmp_path / "_job.json").write_bytes((planned[0] / "_job.json").read_bytes())
    (tmp_path / ".part-0.begun").write_bytes(b"." * 8)
    with pytest.raises(BulkError, match=r"rows 1 to 500 of mine\.csv was ended 8 times"):
        list(on_ray(two_nodes.address, 1)(tmp_path, planned[1], [0], lambda rows: None))


@pytest.mark.parametrize("when", ["before a block", "in a block"])
def test_a_process_that_outlives_its_command_writes_nothing(
    when: str, planned: Planned, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    """As on a machine whose link is cut. Another job may have taken the folder by then."""
    (tmp_path / "_job.json").write_bytes((planned[0] / "_job.json").read_bytes())
    run_file = tmp_path / ".part-0f.run"
    run_file.touch()
    scorer = Scorer(str(tmp_path), str(run_file))
    score = scorer._scorer.score

    def score_later(number: int, progress: Callable[[int], None]) -> Done:
        run_file.unlink()
        return score(number, progress)

    if when == "in a block":
        monkeypatch.setattr(scorer._scorer, "score", score_later)
    else:
        run_file.unlink()
    assert "is not there" in scorer({"number": np.array([0])})["problem"][0]
    assert [path.name for path in tmp_path.iterdir()] == ["_job.json"]


def test_an_error_on_a_machine_is_said_by_the_command(two_nodes: Any, planned: Planned, tmp_path: Path):
    (tmp_path / "_job.json").write_text("{")
    with pytest.raises(SentimentError, match=r"_job\.json is damaged"):
        list(on_ray(two_nodes.address, 1)(tmp_path, planned[1], [0], lambda rows: None))
    with pytest.raises(SentimentError, match=r"_job\.json is damaged"):
        open_scorer(tmp_path)


def test_after_a_restart_of_the_head_the_same_command_goes_on(planned: Planned, tmp_path: Path):
    out = tmp_path / "scored"
    what = ("score", RUN, "--files", planned[1].files[0].path, "--out", out)
    words = (*what, "--block-rows", BLOCK, "--device", "cpu", "--workers", 1)
    run_until_the_head_is_lost(words, lambda: bool(list(out.glob("part-*"))))
    kept = {part: part.stat().st_mtime_ns for part in out.glob("part-*")}
    assert 0 < len(kept) < len(planned[1].blocks)
    run_on_a_new_head(words)
    assert kept.items() <= {part: part.stat().st_mtime_ns for part in out.glob("part-*")}.items()
    assert_equal(out, planned)

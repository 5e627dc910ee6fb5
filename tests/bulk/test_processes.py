"""Several processes write what one does, one that is killed is started again, and none is left."""

import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import psutil
import pytest

from sentiment_core.bulk.executors import here
from sentiment_core.bulk.job import BulkJob, Settings, part_path, read_job
from sentiment_core.bulk.plan import plan_job
from sentiment_core.bulk.processes import TRIES, in_processes
from sentiment_core.bulk.running import Progress, run_job
from sentiment_core.classifiers.loading import load_classifier
from sentiment_core.errors import BulkError
from tests.bulk.conftest import reviews, write_table
from tests.conftest import ROOT

# A linear classifier, whose processes start in a second.
RUN = ROOT / "checkpoints" / "imdb" / "bag-of-words"
Planned = tuple[Path, BulkJob]


@pytest.fixture(scope="module")
def planned(tmp_path_factory: pytest.TempPathFactory) -> Planned:
    """A table, whole parts of it, and the job that wrote them."""
    folder = tmp_path_factory.mktemp("bulk")
    path = write_table(folder / "in" / "mine.csv", reviews(6_000))
    settings = Settings(str(RUN), {}, "cpu", None, None, None, None, None, "parquet", 1_000)
    classifier = load_classifier(RUN)
    job = plan_job(settings, [str(path)], folder / "whole", classifier, lambda rows: None)
    run_job(folder / "whole", job, here(classifier))
    return folder / "whole", job


def workers() -> list[psutil.Process]:
    return [one for one in psutil.Process().children(recursive=True) if "sentiment_core.bulk.worker" in one.cmdline()]


def assert_equal(out: Path, planned: Planned) -> None:
    whole, job = planned
    for number in range(len(job.blocks)):
        assert part_path(out, job, number).read_bytes() == part_path(whole, job, number).read_bytes()
    assert sorted(path.name for path in out.iterdir()) == sorted(path.name for path in whole.iterdir())


def test_a_process_that_is_killed_is_started_again_and_the_parts_are_the_same(planned: Planned, tmp_path: Path):
    killed = []

    def kill_one(progress: Progress) -> None:
        assert 0 <= progress.rows <= progress.total
        if progress.rows > 1_000 and not killed:
            killed.append(workers()[0])
            killed[0].kill()

    done = run_job(tmp_path, planned[1], in_processes(2), progress=kill_one)
    assert killed
    assert done.rows == 6_000
    assert workers() == []
    assert_equal(tmp_path, planned)


def test_a_block_that_ends_its_process_every_time_ends_the_job(planned: Planned, tmp_path: Path):
    def kill_all(progress: Progress) -> None:
        for process in workers():
            process.kill()

    with pytest.raises(BulkError, match=rf"rows [\d,]+ to [\d,]+ of mine\.csv was ended {TRIES} times"):
        run_job(tmp_path, planned[1], in_processes(1), progress=kill_all)
    assert workers() == []
    assert run_job(tmp_path, planned[1], in_processes(1)).rows == 6_000
    assert_equal(tmp_path, planned)


def test_an_error_in_a_process_is_the_error_of_the_job(planned: Planned, tmp_path: Path):
    path = Path(planned[1].files[0].path)
    before = path.stat()
    os.utime(path, ns=(0, 0))
    try:
        with pytest.raises(BulkError, match=r"mine\.csv has changed since the job began"):
            run_job(tmp_path, planned[1], in_processes(2))
    finally:
        os.utime(path, ns=(before.st_atime_ns, before.st_mtime_ns))
    assert workers() == []


@pytest.fixture
def command(planned: Planned, tmp_path: Path, heard_signals: None) -> Iterator[Callable[[], subprocess.Popen[str]]]:
    """Starts the command that writes the planned job to `scored`."""
    started = []

    def start() -> subprocess.Popen[str]:
        arguments = ("score", RUN, "--files", planned[1].files[0].path, "--out", tmp_path / "scored")
        options = ("--block-rows", 1_000, "--device", "cpu", "--workers", 2)
        words = [sys.executable, "-m", "sentiment_core", *map(str, (*arguments, *options))]
        started.append(subprocess.Popen(words, cwd=ROOT, stderr=subprocess.PIPE, encoding="utf-8"))
        return started[-1]

    yield start
    for process in started:
        process.kill()
        process.wait()
        assert process.stderr is not None
        process.stderr.close()


@pytest.mark.skipif(sys.platform == "win32", reason="sends POSIX signals")
@pytest.mark.parametrize("how", [signal.SIGINT, signal.SIGKILL])
def test_a_stopped_command_leaves_whole_parts_and_no_process(
    how: signal.Signals, command: Callable[[], subprocess.Popen[str]], planned: Planned, tmp_path: Path
):
    process = command()
    while not list((tmp_path / "scored").glob("part-*")):
        assert process.poll() is None, process.communicate()[1]
        time.sleep(0.01)
    children = psutil.Process(process.pid).children(recursive=True)
    process.send_signal(how)
    words = process.communicate(timeout=60)[1]
    assert psutil.wait_procs(children, timeout=30)[1] == []
    if how != signal.SIGKILL:
        assert process.returncode == 128 + how
        assert f"The parts in {tmp_path / 'scored'} are whole. The same command goes on after them." in " ".join(
            words.split()
        )
    job = read_job(tmp_path / "scored")
    assert job == planned[1]
    assert run_job(tmp_path / "scored", job, in_processes(1)).before > 0
    assert_equal(tmp_path / "scored", planned)

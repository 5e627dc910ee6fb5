"""Links of a cluster are cut: nobody is told, both sides live on, and still nothing is lost or there twice."""

import os
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import suppress
from operator import ge
from pathlib import Path
from typing import TypeVar

import psutil
import pytest

from sentiment_core.bulk.executors import here
from sentiment_core.bulk.running import run_job
from sentiment_core.classifiers.loading import load_classifier
from sentiment_core.experiments.sweeps.plan import Sweep
from sentiment_core.text.reviews import Reviews
from tests.cluster.namespaces import IsolatedCluster, Machine, isolated_cluster, reason_against
from tests.cluster.small_sweeps import assert_equal as assert_same_runs
from tests.cluster.small_sweeps import epochs, in_the_middle, made
from tests.cluster.test_scoring import RUN, Planned, assert_equal, planned_job

ROWS, BLOCK = 20_000, 1_000
Found = TypeVar("Found")
PATIENCE = 120.0  # seconds until a test gives up to wait; a busy machine is slow


@pytest.fixture(scope="module")
def planned(tmp_path_factory: pytest.TempPathFactory) -> Planned:
    return planned_job(tmp_path_factory.mktemp("cut"), RUN, ROWS, BLOCK)


@pytest.fixture(scope="module")
def isolated() -> Iterator[IsolatedCluster]:
    """Two nodes of one core each, and the desk that the commands are given at."""
    if (reason := reason_against()) is not None:
        (pytest.fail if os.environ.get("SENTIMENT_REQUIRE_NAMESPACES") else pytest.skip)(reason)
    with isolated_cluster(nodes=2) as running:
        yield running


@pytest.fixture
def net(isolated: IsolatedCluster) -> IsolatedCluster:
    """The cluster with all its links, whatever a test before has done."""
    isolated.restore()
    return isolated


def start_scoring(net: IsolatedCluster, planned: Planned, out: Path) -> subprocess.Popen[str]:
    files = ["--files", planned[1].files[0].path, "--out", out, "--block-rows", BLOCK, "--device", "cpu"]
    where = ["--executor", "ray", "--address", net.address, "--workers", len(net.nodes)]
    return net.run(sys.executable, "-m", "sentiment_core", "score", RUN, *files, *where)


def stop_in_a_block(
    net: IsolatedCluster, out: Path, command: subprocess.Popen[str]
) -> tuple[Machine, psutil.Process, Path]:
    """The first machine that writes a part, its scorer, suspended in the middle of it, and the file that it writes."""

    def found() -> tuple[Machine, psutil.Process, Path] | None:
        assert command.poll() is None, command.communicate()[1]
        for machine in net.nodes:
            for scorer in net.processes(machine, "(Scorer)"):
                with suppress(psutil.Error):
                    scorer.suspend()
                    for path in (Path(file.path) for file in scorer.open_files()):
                        if path.parent == out and path.suffix == ".writing":
                            return machine, scorer, path
                    scorer.resume()
        return None

    return wait_for(found)


def lives(process: psutil.Process) -> bool:
    """Whether a process runs. Number one of a machine does not collect those that have ended."""
    with suppress(psutil.NoSuchProcess):
        return process.status() != psutil.STATUS_ZOMBIE
    return False


def wait_for(look: Callable[[], Found | None]) -> Found:
    """What `look` finds, as soon as it does."""
    deadline = time.monotonic() + PATIENCE
    while not (found := look()):
        assert time.monotonic() < deadline, "it does not come"
        time.sleep(0.03)
    return found


def parts(out: Path) -> dict[str, int]:
    """When each part was written, by name."""
    return {path.name: path.stat().st_mtime_ns for path in out.glob("part-*")}


def idle(process: psutil.Process) -> bool:
    """Whether a process does nothing for a second, or has ended."""
    try:
        before = sum(process.cpu_times()[:2])
        process.wait(1)
    except psutil.TimeoutExpired:
        return sum(process.cpu_times()[:2]) - before < 0.05
    except psutil.NoSuchProcess:
        pass
    return True


def test_a_link_that_is_soon_mended_loses_nothing(net: IsolatedCluster, planned: Planned, tmp_path: Path):
    """The scorer ends its block without a link, and the node stays one of the cluster."""
    out = tmp_path / "scored"
    command = start_scoring(net, planned, out)
    machine, scorer, half = stop_in_a_block(net, out, command)
    (raylet,) = (one for one in net.processes(machine, "raylet") if one.name() == "raylet")
    net.cut(machine)
    scorer.resume()
    wait_for(lambda: not half.exists())
    time.sleep(2)  # a fifth of what Ray waits for here
    net.mend(machine)
    words = command.communicate(timeout=PATIENCE)[1]
    assert command.returncode == 0, words
    assert_equal(out, planned)
    assert lives(raylet)


def test_a_node_without_a_link_loses_no_row_and_leaves_nothing(net: IsolatedCluster, planned: Planned, tmp_path: Path):
    """Its scorer lives on and wakes when another node has done its block. Not even another job that
    has replaced this one is changed by what it does then."""
    out = tmp_path / "scored"
    command = start_scoring(net, planned, out)
    lost, scorer, _ = stop_in_a_block(net, out, command)
    net.cut(lost)
    written = len(parts(out))
    words = command.communicate(timeout=PATIENCE)[1]
    assert command.returncode == 0, words
    assert written < len(planned[1].blocks)
    assert_equal(out, planned)
    whole, other = planned_job(tmp_path / "other", RUN, 3 * BLOCK, BLOCK)
    run_job(out, other, here(load_classifier(RUN, threads=1)), overwrite=True)
    assert scorer.status() == psutil.STATUS_STOPPED
    scorer.resume()
    wait_for(lambda: idle(scorer))
    assert_equal(out, (whole, other))


def test_a_command_without_a_link_to_the_head_ends_with_a_line_and_goes_on(
    net: IsolatedCluster, planned: Planned, tmp_path: Path
):
    out = tmp_path / "scored"
    command = start_scoring(net, planned, out)
    wait_for(lambda: len(parts(out)) > 1 or command.poll() is not None)
    net.cut(net.desk)
    words = " ".join(command.communicate(timeout=60)[1].split())
    assert command.returncode == 2, words
    assert "The Ray cluster is lost: its head has ended, or does not answer." in words
    kept = parts(out)
    assert 0 < len(kept) < len(planned[1].blocks)
    net.restore()
    again = start_scoring(net, planned, out)
    words = again.communicate(timeout=PATIENCE)[1]
    assert again.returncode == 0, words
    assert kept.items() <= parts(out).items()
    assert_equal(out, planned)


def test_a_trial_of_a_node_without_a_link_goes_on_elsewhere(
    net: IsolatedCluster, few: Reviews, whole: Sweep, tmp_path: Path
):
    """The process without a link still holds the run folder. It ends, and only then another goes on from the state."""
    sweep = made(tmp_path / "sweep", few)
    script = """
import sys
from pathlib import Path
from sentiment_core.cluster.sweeping import run_on_ray
from sentiment_core.experiments.sweeps.plan import read_sweep
for look in run_on_ray(read_sweep(Path(sys.argv[1])), sys.argv[2], 2):
    pass
"""
    command = net.run(sys.executable, "-c", script, sweep.folder, net.address)

    def held() -> tuple[Machine, psutil.Process] | None:
        assert command.poll() is None, command.communicate()[1]
        if not in_the_middle(sweep):
            return None
        return next(((node, one) for node in net.nodes for one in net.processes(node, "Train")), None)

    lost, trainer = wait_for(held)
    net.cut(lost)
    least = epochs(sweep)
    while command.poll() is None:
        assert all(map(ge, epochs(sweep), least)), "no trial began again"
        time.sleep(0.1)
    assert command.returncode == 0, command.communicate()[1]
    assert_same_runs(sweep, whole)
    assert not lives(trainer)


def test_a_machine_that_is_no_node_is_told_how_to_join(net: IsolatedCluster):
    """As after its link was cut for long."""
    script = f"from sentiment_core.cluster.connection import connected\nwith connected({net.address!r}): pass"
    for process in net.processes(net.desk, "raylet"):
        process.kill()
    done = net.run(sys.executable, "-c", script, RAY_gcs_server_request_timeout_seconds="2")  # instead of 60
    assert f"This machine is no node of the Ray cluster at {net.address}" in done.communicate(timeout=60)[1]

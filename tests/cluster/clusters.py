"""Clusters of Ray for tests: several nodes on this machine, each with a raylet of its own."""

import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager, suppress
from typing import Any

import psutil

from sentiment_core.cluster.connection import import_ray
from sentiment_core.storage.processes import environment
from tests.conftest import ROOT

STORE = 80_000_000  # bytes of a node's object store


def start_cluster() -> Any:
    """A head that computes nothing."""
    import_ray()
    from ray.cluster_utils import Cluster

    head = {"num_cpus": 0, "object_store_memory": STORE, "include_dashboard": False}
    return Cluster(initialize_head=True, head_node_args=head)


def add_node(cluster: Any) -> Any:
    """A node of one core."""
    return cluster.add_node(num_cpus=1, object_store_memory=STORE)


def actors(node: Any, kind: str) -> list[psutil.Process]:
    """The processes of a node that hold an actor of a class."""
    raylet = psutil.Process(node.all_processes["raylet"][0].process.pid)
    return [one for one in raylet.children() if any(kind in part for part in one.cmdline())]


class Rest:
    """Lets processes rest until they are woken."""

    def __init__(self) -> None:
        self.processes: list[psutil.Process] = []

    def take(self, processes: Iterable[psutil.Process]) -> None:
        for process in processes:
            process.suspend()
            self.processes.append(process)

    def wake(self) -> None:
        for process in self.processes:
            with suppress(psutil.NoSuchProcess):
                process.resume()


@contextmanager
def rested(seconds: float = 90) -> Iterator[Rest]:
    """A rest that ends with the block, or after some seconds, so that no test waits for ever."""
    rest = Rest()
    watchdog = threading.Timer(seconds, rest.wake)
    watchdog.start()
    try:
        yield rest
    finally:
        watchdog.cancel()
        rest.wake()


def start_command(address: str, *words: object) -> subprocess.Popen[str]:
    """The command of these words, on a cluster."""
    return subprocess.Popen(
        [sys.executable, "-m", "sentiment_core", *map(str, words), "--executor", "ray", "--address", address],
        stdout=subprocess.DEVNULL,
        stderr=subprocess.PIPE,
        encoding="utf-8",
        cwd=ROOT,
        env=environment(RAY_gcs_rpc_server_reconnect_timeout_s="5"),  # seconds until a head counts as lost
    )


def run_until_the_head_is_lost(words: Iterable[object], has_begun: Callable[[], bool]) -> None:
    """Give a command on a cluster of one node, and end the head once it has begun. It ends by itself, with a line."""
    running = start_cluster()
    try:
        add_node(running)
        command = start_command(running.address, *words)
        while not has_begun():
            assert command.poll() is None, command.communicate()[1]
            time.sleep(0.05)
        running.shutdown()
        said = command.communicate(timeout=120)[1]
    finally:
        running.shutdown()
    assert command.returncode == 2, said
    assert "The Ray cluster is lost" in " ".join(said.split())


def run_on_a_new_head(words: Iterable[object]) -> None:
    """Give a command on a cluster of one node that has just been started, and wait for its end."""
    running = start_cluster()
    try:
        add_node(running)
        command = start_command(running.address, *words)
        said = command.communicate(timeout=180)[1]
    finally:
        running.shutdown()
    assert command.returncode == 0, said

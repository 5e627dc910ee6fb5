"""Clusters of Ray for tests: several nodes on this machine, each with a raylet of its own."""

import threading
from collections.abc import Iterable, Iterator
from contextlib import contextmanager, suppress
from typing import Any

import psutil

from sentiment_core.cluster.connection import import_ray

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

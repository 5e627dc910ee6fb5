"""Scores blocks on the machines of a Ray cluster, by Ray Data.

Every machine must see the files, the classifier and the folder of the parts at the same paths.
"""

from __future__ import annotations

import json
import subprocess
import tempfile
from collections.abc import Iterator
from pathlib import Path

from sentiment_core.bulk.executors import Advance, Executor
from sentiment_core.bulk.job import BulkJob, Done
from sentiment_core.bulk.processes import end_process, start_apart
from sentiment_core.cluster.connection import LOCAL, import_ray
from sentiment_core.errors import BulkError, ClusterError
from sentiment_core.messages.packing import unpack


def on_ray(address: str = LOCAL, workers: int = 0) -> Executor:
    """Scores by Ray.

    address: as `connected` takes it. workers: actors of one core each; 0 for as many as the cluster has cores, also
    those of machines that join later.
    Raises ClusterError if Ray is not installed.
    """
    import_ray()

    def run(out: Path, job: BulkJob, numbers: list[int], advance: Advance) -> Iterator[Done]:
        with tempfile.TemporaryFile() as log:  # what Ray says; it is no help to a reader
            driver = start_apart("sentiment_core.cluster.driver", out.absolute(), address, workers, errors=log)
            try:
                for done in _done(driver, numbers):
                    advance(done.rows)
                    yield done
            finally:
                end_process(driver)

    return run


def _done(driver: subprocess.Popen[str], numbers: list[int]) -> Iterator[Done]:
    """Each block that is done. Raises BulkError for a file that cannot be read, ClusterError if Ray is lost."""
    assert driver.stdin is not None
    assert driver.stdout is not None
    driver.stdin.write(json.dumps(numbers) + "\n")
    driver.stdin.flush()
    for line in driver.stdout:
        found = json.loads(line)
        if "problem" in found:
            raise BulkError(unpack(found["problem"]))
        if "end" in found:
            return
        yield Done(*found["done"])
    raise ClusterError(
        "The Ray cluster is lost: its head has ended, or does not answer. Start it again, and run the same command "
        "again."
    )

"""Scores blocks on the machines of a Ray cluster, by Ray Data.

Every machine must see the files, the classifier and the folder of the parts at the same paths.
"""

from __future__ import annotations

import secrets
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

from sentiment_core.bulk.executors import Advance, Executor
from sentiment_core.bulk.job import BulkJob, Done
from sentiment_core.cluster.connection import LOCAL, import_ray
from sentiment_core.cluster.drivers import drive
from sentiment_core.errors import BulkError


def on_ray(address: str = LOCAL, workers: int = 0) -> Executor:
    """Scores by Ray.

    address: as `connected` takes it. workers: actors of one core each; 0 for as many as the cluster has cores, also
    those of machines that join later.
    Raises ClusterError if Ray is not installed.
    """
    import_ray()

    def run(out: Path, job: BulkJob, numbers: list[int], advance: Advance) -> Iterator[Done]:
        with _under_way(out.absolute()) as run_file:
            driver = "sentiment_core.cluster.scoring_driver", out.absolute(), address, workers, run_file
            with closing(drive(*driver, task=numbers, error=BulkError)) as answers:
                for answer in answers:
                    done = Done(*answer["done"])
                    advance(done.rows)
                    yield done

    return run


@contextmanager
def _under_way(out: Path) -> Iterator[Path]:
    """A file in the folder of the parts that is there as long as this command works on them.

    A process on a machine whose link is cut can be told nothing, but it sees this file. The next command deletes what a
    killed one left beside the parts, this file too.
    """
    run_file = out / f".part-{secrets.token_hex(8)}.run"
    run_file.touch()
    try:
        yield run_file
    finally:
        run_file.unlink(missing_ok=True)

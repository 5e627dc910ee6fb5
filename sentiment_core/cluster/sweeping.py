"""Runs a sweep on the machines of a Ray cluster, by Ray Tune.

Every machine must see the folder of the sweep and its reviews at the same paths.
"""

from __future__ import annotations

import shutil
from collections.abc import Generator
from contextlib import closing

from sentiment_core.cluster.connection import LOCAL
from sentiment_core.cluster.drivers import drive
from sentiment_core.errors import SweepError
from sentiment_core.experiments.sweeps.course import Look, is_over
from sentiment_core.experiments.sweeps.plan import Sweep
from sentiment_core.experiments.sweeps.results import read_results

TUNE = ".tune"  # a folder in that of the sweep for Tune's own records, which nobody reads again


def run_on_ray(sweep: Sweep, address: str = LOCAL, workers: int = 0) -> Generator[Look, None, None]:
    """Run a sweep to its end, yielding what is seen whenever something changes.

    address: as `connected` takes it. workers: trials at a time, one core each; 0 for as many as the cluster has cores,
    also those of machines that join later.
    Raises SweepError if the reviews cannot be read again, ClusterError if Ray is not installed or is lost.
    """
    if sweep.reading is None:
        raise SweepError("These reviews cannot be read again elsewhere. Give a file, a folder or a name as --data.")
    if is_over(sweep, read_results(sweep)):
        return
    trials, at_work = {trial.name: trial for trial in sweep.trials}, 0
    driver = "sentiment_core.cluster.sweeping_driver", address, workers
    try:
        with closing(drive(*driver, task=str(sweep.folder), error=SweepError)) as answers:
            for answer in answers:
                at_work = answer.get("at_work", at_work)
                yield Look(at_work, [trials[answer["ended"]]] if "ended" in answer else [])
    finally:
        shutil.rmtree(sweep.folder / TUNE, ignore_errors=True)

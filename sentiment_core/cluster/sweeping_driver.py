"""The process that talks to Ray for `sweeping`: its arguments are ADDRESS WORKERS.

Its task is the folder of the sweep; it answers {"at_work": trials} and {"ended": name of a trial}.
"""

from __future__ import annotations

import sys
from collections.abc import Callable
from pathlib import Path

from sentiment_core.cluster.connection import connected
from sentiment_core.cluster.drivers import be_driven
from sentiment_core.experiments.sweeps.plan import read_sweep


def main(address: str, workers: str) -> None:
    """Run the sweep of the standard input."""

    def sweep(folder: str, answer: Callable[..., None]) -> None:
        with connected(address, int(workers) or None):
            from sentiment_core.cluster.tuning import run_sweep  # which imports ray

            run_sweep(read_sweep(Path(folder)), int(workers), answer)

    be_driven(sweep)


if __name__ == "__main__":
    main(*sys.argv[1:])

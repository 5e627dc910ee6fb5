"""The process that talks to Ray for `sweeping`: its arguments are FOLDER ADDRESS WORKERS.

It has no task beyond the plan in the folder. It answers {"at_work": trials} and {"ended": name of a trial}.
"""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Any

from sentiment_core.cluster.connection import connected
from sentiment_core.cluster.drivers import be_driven
from sentiment_core.experiments.sweeps.plan import read_sweep


def main(folder: str, address: str, workers: str) -> None:
    """Run the sweep in a folder."""

    def sweep(task: Any, answer: Any) -> None:
        with connected(address, int(workers) or None):
            from sentiment_core.cluster.tuning import run_sweep  # which imports ray

            run_sweep(read_sweep(Path(folder)), int(workers), answer)

    be_driven(sweep)


if __name__ == "__main__":
    main(*sys.argv[1:])

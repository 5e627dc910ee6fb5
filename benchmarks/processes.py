"""Ends what was started below a folder of live runs, for the benchmarks and the tests."""

from __future__ import annotations

import os
from contextlib import suppress
from pathlib import Path

import psutil

from sentiment_core.jobs import layout
from sentiment_core.jobs.folders import worker_process
from sentiment_core.storage.locks import living_writer
from sentiment_core.storage.processes import end_process


def end_jobs(root: Path) -> None:
    """Kill the supervisor of a folder and all processes of its jobs but this one, and wait until they have ended."""
    found = []
    if writer := living_writer(root / layout.JOBS / layout.SUPERVISOR):
        with suppress(psutil.NoSuchProcess):
            found.append(psutil.Process(writer.pid))  # first: it would start those again that are killed
    found += filter(None, map(worker_process, layout.job_folders(root)))
    found = [process for process in found if process.pid != os.getpid()]  # a benchmark that plays a worker
    for process in found:
        end_process(process)
    psutil.wait_procs(found, timeout=5)

"""Ends what was started below a folder of live runs, for the benchmarks and the tests."""

from __future__ import annotations

from contextlib import suppress
from pathlib import Path

import psutil

from sentiment_core.jobs import layout
from sentiment_core.jobs.folders import worker_process
from sentiment_core.storage.locks import living_writer
from sentiment_core.storage.processes import end_process


def end_jobs(root: Path) -> None:
    """Kill the supervisor of a folder, its children and the processes of its jobs, and wait until they have ended."""
    found = []
    if writer := living_writer(root / layout.JOBS / layout.SUPERVISOR):
        with suppress(psutil.NoSuchProcess):
            found.append(psutil.Process(writer.pid))  # first: it would start those again that are killed
    found += filter(None, map(worker_process, layout.job_folders(root)))
    for process in found:
        end_process(process)
    psutil.wait_procs(found, timeout=5)

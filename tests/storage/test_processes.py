"""Processes that are started and ended."""

import subprocess
import sys
import time
from pathlib import Path

import psutil
import pytest

from sentiment_core.storage.processes import environment

# It starts a process of its own, and one that goes on when it ends: that one ends it.
STARTER = """
import os, subprocess, sys, time
from pathlib import Path
from sentiment_core.storage.processes import start_detached
own = subprocess.Popen([sys.executable, "-c", "import time; time.sleep(60)"])
print(own.pid, flush=True)
start_detached([sys.executable, "-c", sys.argv[1], str(os.getpid())], Path(sys.argv[2]), {})
time.sleep(60)
"""
DETACHED = """
import sys, psutil
from sentiment_core.storage.processes import end_process
end_process(psutil.Process(int(sys.argv[1])))
print("goes on")
"""


@pytest.mark.skipif(sys.platform == "win32", reason="needs sessions")
def test_a_process_is_ended_with_its_own_by_one_that_it_has_started_to_go_on(tmp_path: Path):
    """As a worker that was left without a supervisor, has started one, and is cancelled by it."""
    log = tmp_path / "log.txt"
    command = [sys.executable, "-c", STARTER, DETACHED, str(log)]
    with subprocess.Popen(command, stdout=subprocess.PIPE, encoding="utf-8", env=environment()) as starter:
        assert starter.stdout is not None
        own = psutil.Process(int(starter.stdout.readline()))
        assert starter.wait(30) == -9
        assert psutil.wait_procs([own], timeout=30)[1] == []
        deadline = time.monotonic() + 30
        while "goes on" not in log.read_text(encoding="utf-8"):
            assert time.monotonic() < deadline, log.read_text(encoding="utf-8")
            time.sleep(0.02)

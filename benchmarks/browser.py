"""Serves the app on a free port and opens it in Chromium, for the benchmarks and the browser tests."""

from __future__ import annotations

import os
import shutil
import socket
import subprocess
import sys
import tempfile
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path

from playwright.sync_api import Locator, Page, expect

from benchmarks.processes import end_jobs

ROOT = Path(__file__).parents[1]
# $CHROMIUM, else a browser on the path, else None: the one that `playwright install chromium` installs.
CHROMIUM = os.environ.get("CHROMIUM") or next(
    filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))), None
)
# No sandbox as root in a container; no background traffic where there is no network.
CHROMIUM_FLAGS = ["--no-sandbox", "--disable-gpu", "--disable-background-networking", "--no-first-run"]


@dataclass(frozen=True)
class Server:
    """A running app."""

    address: str  # http://127.0.0.1:port, with the base path if there is one
    process: subprocess.Popen[bytes]
    log: Path  # what it prints
    answering: float = 0  # seconds from start to the first answer; 0 before

    @property
    def pid(self) -> int:
        return self.process.pid

    def check(self) -> None:
        """Raise RuntimeError with the last that it printed if the server has ended by itself."""
        if (code := self.process.poll()) is not None:
            last = self.log.read_text(encoding="utf-8", errors="replace")[-4000:]
            raise RuntimeError(f"The server has ended by itself with {code}. The last that it printed:\n{last}")


@contextmanager
def serve(root: Path = ROOT, /, log: Path | None = None, **environment: str) -> Iterator[Server]:
    """Run the app of a folder, with additional environment variables; it is stopped at the end.

    STREAMLIT_SERVER_BASE_URL_PATH among these is the base path, and STREAMLIT_SERVER_PORT the port, else a free one.
    The jobs in the folder of live runs that these name end with it.
    log: file that its output is appended to, else one that is deleted at the end.
    Raises RuntimeError if it does not start, or has ended by itself.
    """
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = int(environment.get("STREAMLIT_SERVER_PORT") or probe.getsockname()[1])
    base = environment.get("STREAMLIT_SERVER_BASE_URL_PATH")
    address = f"http://127.0.0.1:{port}/{base}" if base else f"http://127.0.0.1:{port}"
    options = [f"--server.port={port}", "--server.address=127.0.0.1"]
    with tempfile.TemporaryDirectory() as folder:
        log = log or Path(folder) / "log.txt"
        started = time.perf_counter()
        with log.open("ab") as printed:
            process = subprocess.Popen(
                [sys.executable, "-X", "faulthandler", "-m", "streamlit", "run", "streamlit_app.py", *options],
                cwd=root,
                env=os.environ | environment,
                stdout=printed,
                stderr=printed,
            )
        server = Server(address, process, log)
        try:
            while not _answers(address):
                server.check()
                time.sleep(0.02)
            yield replace(server, answering=time.perf_counter() - started)
            server.check()
        finally:
            process.terminate()
            process.wait(20)
            if "SENTIMENT_RUNS" in environment:
                end_jobs(Path(environment["SENTIMENT_RUNS"]))


def _answers(address: str) -> bool:
    try:
        urllib.request.urlopen(f"{address}/_stcore/health", timeout=1)
    except (urllib.error.URLError, OSError):
        return False
    return True


def wait_until_usable(page: Page) -> None:
    """Wait until the page's script has ended and its title is shown; drawing may continue."""
    page.wait_for_selector("[data-testid=stApp][data-test-connection-state=CONNECTED]", timeout=60_000)
    page.wait_for_selector("[data-testid=stApp][data-test-script-state=notRunning]", timeout=60_000)
    page.wait_for_selector("h1", timeout=60_000)


def wait_until_drawn(page: Page) -> None:
    """Wait until the page is usable and shows no placeholder."""
    wait_until_usable(page)
    expect(page.get_by_test_id("stSkeleton")).to_have_count(0, timeout=60_000)


def wait_for(place: Page | Locator, condition: str, seconds: float = 30) -> None:
    """Wait until a condition in JavaScript holds, of a page or, as a function, of an element. Raises TimeoutError.

    Playwright's own `wait_for_function` evaluates text in the page, which the policy of the pages forbids.
    """
    page = place if isinstance(place, Page) else place.page
    deadline = time.monotonic() + seconds
    while not place.evaluate(condition):
        if time.monotonic() > deadline:
            raise TimeoutError(condition)
        page.wait_for_timeout(20)

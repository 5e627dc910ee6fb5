"""Measures what it costs the server that many browsers follow one running training, against one browser.

`python -m benchmarks.live` starts the app as `make app` does, and lets a training of two networks with 2,000 words grow
in a folder as a worker does. First 1, then 200 readers ask for its events and frames once a second, as the live view
does. It prints the server's processor time for a tick of all readers, what one reader adds, and how long readers wait.
"""

from __future__ import annotations

import argparse
import asyncio
import json
import statistics
import tempfile
import threading
import time
from pathlib import Path

import numpy as np
import psutil

from benchmarks.browser import Server, serve
from benchmarks.connections import Connection
from sentiment_core.jobs import layout
from sentiment_core.jobs.events import append
from sentiment_core.jobs.folders import Progress, write_progress, write_request
from sentiment_core.jobs.live import MOST_WORDS, append_frame
from sentiment_core.jobs.records import Stage
from sentiment_core.jobs.requests import Network, TrainingRequest
from sentiment_core.messages import lazy
from sentiment_core.model.config import Recipe
from sentiment_core.storage.locks import hold
from sentiment_core.text.reviews import Reading

TICK = 1.0  # seconds between two questions of a reader
_WIDTH = 64
_CORPUS = Path(__file__).parents[1] / "checkpoints" / "korean"
_ID = "benchmarkbenchma"


class Worker(threading.Thread):
    """Writes events and frames of two networks into a job's folder until it is stopped, four times a second."""

    def __init__(self, root: Path) -> None:
        super().__init__(daemon=True)
        self.folder = layout.training_folder(root, _ID)
        self.folder.mkdir(parents=True)
        self.stopped = threading.Event()
        networks = Network("rnn-7f3a", Recipe("rnn")), Network("bilstm-2k4c", Recipe("bilstm"))
        write_request(self.folder, TrainingRequest(networks, Reading("korean"), str(_CORPUS)), 1, time.time())
        (self.folder / layout.TURN).touch()
        write_progress(self.folder, Progress(Stage.TRAINING))

    def run(self) -> None:
        """Work until stopped. The lock tells everybody that the job is worked on."""
        rng = np.random.default_rng(0)
        ids, table = np.arange(2, 2 + MOST_WORDS, dtype=np.int32), rng.standard_normal((MOST_WORDS + 2, _WIDTH))
        table = table.astype(np.float32)
        step = 0
        with hold(self.folder / layout.LOCK, lazy("The benchmark works."), wait=0):
            while not self.stopped.wait(0.25):
                for run in range(2):
                    figures = {"loss": 0.5, "accuracy": 0.75, "gradient_norm": 1.0, "tokens": 9000 * step}
                    append(self.folder, {"kind": "steps", "run": run, "step": step, "seconds": step / 4, **figures})
                    if step % 4 == 0:
                        index = append_frame(self.folder, run, ids, table + 0.01 * step, step)
                        append(self.folder, {"kind": "frame", "run": run, "step": step, "index": index})
                step += 1


class Reader:
    """A browser that follows a job."""

    def __init__(self, address: str, job_id: str = _ID) -> None:
        self._job_id = job_id
        self._connection = Connection(address)

    async def get(self, path: str) -> tuple[int, bytes]:
        """The status and the content of an answer."""
        answer = await self._connection.get(f"live/{self._job_id}/{path}")
        return answer.status, answer.content

    async def follow(self, until: float, delay: float, waits: list[float]) -> None:
        """Ask as the live view does, from `delay` seconds on. Adds the seconds that each tick took to `waits`."""
        await asyncio.sleep(delay)
        after, bases, last = 0, [0, 0], [-1, -1]
        while time.perf_counter() < until:
            started = time.perf_counter()
            asked = f"after={after}&bases={bases[0]},{bases[1]}&steps={last[0]},{last[1]}"
            status, content = await self.get(f"news?{asked}")
            if status == 200:
                events, *frames = _parts_of(content)
                after = json.loads(events)["next"]
                for run, part in enumerate(frames):
                    if part:
                        header = json.loads(part[8 : 8 + int.from_bytes(part[4:8], "little")])
                        last[run], bases[run] = header["frames"][-1]["step"], header["basis"]
            waits.append(time.perf_counter() - started)
            await asyncio.sleep(max(TICK - (time.perf_counter() - started), 0))


def _parts_of(content: bytes) -> list[bytes]:
    """The parts of an answer, each after its length: see `LiveJob.news`."""
    parts = []
    while content:
        end = 4 + int.from_bytes(content[:4], "little")
        parts.append(content[4:end])
        content = content[end:]
    return parts


async def measure(server: Server, readers: int, seconds: float) -> tuple[float, list[float]]:
    """The server's processor seconds for a second with so many readers, and the seconds that each tick took."""
    waits: list[float] = []
    process = psutil.Process(server.pid)
    started, spent = time.perf_counter(), sum(process.cpu_times()[:2])
    until = started + seconds
    await asyncio.gather(*(Reader(server.address).follow(until, TICK * at / readers, waits) for at in range(readers)))
    spent = sum(process.cpu_times()[:2]) - spent
    return spent / (time.perf_counter() - started), waits


def main() -> None:
    """Print the figures."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--readers", type=int, default=200)
    parser.add_argument("--seconds", type=float, default=20, help="of each measurement")
    chosen = parser.parse_args()
    with tempfile.TemporaryDirectory() as root:
        worker = Worker(Path(root))
        worker.start()
        try:
            with serve(SENTIMENT_RUNS=root) as server:
                asyncio.run(measure(server, 1, 3))  # warm
                found = {count: asyncio.run(measure(server, count, chosen.seconds)) for count in (1, chosen.readers)}
        finally:
            worker.stopped.set()
            worker.join()
    for count, (spent, waits) in found.items():
        late = sorted(waits)[int(0.95 * (len(waits) - 1))]
        print(
            f"{count} readers: {1000 * spent:.0f} ms of the server's processor a tick; "
            f"a reader waits {1000 * statistics.median(waits):.0f} ms in the median, {1000 * late:.0f} ms (p95)"
        )
    (one, _), (many, _) = found.values()
    print(f"one more reader costs {1000 * (many - one) / (chosen.readers - 1):.2f} ms of processor a tick")
    print(
        f"{chosen.readers} readers cost {many / max(one, 1e-9):.1f}x as much as one, and asking alone {chosen.readers}x"
    )


if __name__ == "__main__":
    main()

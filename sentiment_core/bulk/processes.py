"""Scores in several processes, each on one thread. One that is killed is started again with the block it had."""

from __future__ import annotations

import json
import subprocess
import sys
import threading
from collections import deque
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path
from queue import Empty, Queue
from typing import Any, BinaryIO

from sentiment_core.bulk.executors import Advance, Executor
from sentiment_core.bulk.job import BulkJob, Done
from sentiment_core.errors import BulkError
from sentiment_core.messages.packing import unpack
from sentiment_core.storage.processes import environment, module_command

TRIES = 3  # of a block whose process ends
_PATIENCE = 5.0  # seconds for a process to end


def in_processes(count: int) -> Executor:
    """Scores in `count` processes."""

    def run(out: Path, job: BulkJob, numbers: list[int], advance: Advance) -> Iterator[Done]:
        waiting, answers, stop = deque(numbers), Queue[Any](), threading.Event()
        drivers = [_Driver(out, job, waiting, answers, stop) for _ in range(min(count, len(numbers)))]
        for driver in drivers:
            driver.start()
        try:
            left = len(numbers)
            while left:
                try:
                    answer = answers.get(timeout=0.2)
                except Empty:  # so that a signal is heard on every system
                    continue
                if isinstance(answer, Exception):
                    raise answer
                if isinstance(answer, Done):
                    left -= 1
                    yield answer
                else:
                    advance(answer)
        finally:
            stop.set()
            for driver in drivers:
                driver.end()

    return run


class _Driver(threading.Thread):
    """Gives blocks to one process, and puts its answers in a queue: rows done, a `Done`, or the error that ends it."""

    def __init__(
        self, out: Path, job: BulkJob, waiting: deque[int], answers: Queue[Any], stop: threading.Event
    ) -> None:
        super().__init__(daemon=True, name="scoring")
        self._out, self._job, self._waiting, self._answers, self._stop_asked = out, job, waiting, answers, stop
        self._process: subprocess.Popen[str] | None = None

    def run(self) -> None:
        """Score blocks until none waits."""
        try:
            while not self._stop_asked.is_set():
                try:
                    number = self._waiting.popleft()
                except IndexError:
                    return
                self._score(number)
        except Exception as error:
            self._answers.put(error)

    def end(self) -> None:
        """End the process, which leaves nothing half-written."""
        if self._process is not None:
            end_process(self._process)
        self.join(_PATIENCE)

    def _score(self, number: int) -> None:
        for _ in range(TRIES):
            rows = 0
            for answer in self._ask(number):
                if "problem" in answer:
                    raise BulkError(unpack(answer["problem"]))
                if "done" in answer:
                    self._answers.put(Done(*answer["done"]))
                    return
                rows += answer["rows"]
                self._answers.put(answer["rows"])
            if self._stop_asked.is_set():
                return
            self._answers.put(-rows)  # the process was killed, and the block begins again
        raise killed(self._job, number, TRIES)

    def _ask(self, number: int) -> Iterator[dict[str, Any]]:
        """The answers of the process to a number, until it ends. A process that has ended is started again."""
        if self._process is None or self._process.poll() is not None:
            self._process = start_apart("sentiment_core.bulk.worker", self._out.absolute())
        assert self._process.stdin is not None
        assert self._process.stdout is not None
        with suppress(OSError, ValueError):  # it has ended: there are no answers
            self._process.stdin.write(f"{number}\n")
            self._process.stdin.flush()
            for line in self._process.stdout:
                yield json.loads(line)
        self._process.wait()


def start_apart(module: str, *arguments: object, errors: BinaryIO | None = None) -> subprocess.Popen[str]:
    """A process that answers lines, on one thread, and that Ctrl-C does not reach: this one ends it.

    errors: the file of its standard error.
    """
    apart: dict[str, Any] = {"process_group": 0}
    if sys.platform == "win32":
        apart = {"creationflags": subprocess.CREATE_NEW_PROCESS_GROUP}
    return subprocess.Popen(
        module_command(module, *arguments),
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=errors,
        env=environment(OMP_NUM_THREADS="1"),
        encoding="utf-8",
        **apart,
    )


def end_process(process: subprocess.Popen[str]) -> None:
    """End a process of `start_apart`, which leaves nothing half-written."""
    process.terminate()
    try:
        process.wait(_PATIENCE)
    except subprocess.TimeoutExpired:
        process.kill()
        process.wait()
    for stream in (process.stdin, process.stdout):
        assert stream is not None
        with suppress(OSError):
            stream.close()


def killed(job: BulkJob, number: int, times: int) -> BulkError:
    """The error for a block whose process was ended again and again."""
    block = job.blocks[number]
    return BulkError(
        "The process that scored rows {first} to {last} of {file} was ended {count} times. It may lack memory: use "
        "fewer --workers.",
        first=block.first + 1,
        last=block.first + block.rows,
        file=job.files[block.file].name,
        count=times,
    )

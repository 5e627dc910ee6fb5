"""Takes in data that somebody else made: reads it in a process of its own, with a limit of time and memory.

A hostile file may take any time and memory to parse, whatever is checked beforehand. So a server that lets visitors
upload files calls `look` and `inspect` here, which give the same as `preview` and `summarize` or one clear line.

    seen = look(path, Form(), bounds=upload_bounds(50, 200_000))
    found = inspect(Reading(str(path), seen.form, labels, drop_copies=True), bounds=upload_bounds(50, 200_000))
"""

from __future__ import annotations

import json
import subprocess
import sys
import tempfile
import time
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import psutil

from sentiment_core.errors import DataError
from sentiment_core.messages.packing import pack, unpack
from sentiment_core.storage.processes import environment, module_command, yield_to_others
from sentiment_core.storage.typed_json import from_json, to_json
from sentiment_core.text.bounds import Bounds
from sentiment_core.text.preview import Preview, preview
from sentiment_core.text.reviews import Reading, read_reviews, split_reviews
from sentiment_core.text.summary import Summary, summarize
from sentiment_core.text.table import Form
from sentiment_core.text.tokenization import load_tokenizer

LOOK_SECONDS, INSPECT_SECONDS = 10.0, 60.0
MEMORY = 1_500_000_000  # bytes that the process may take, 150 MB of them for its libraries
_LOOK_EVERY = 0.05  # seconds between two looks at the process


@dataclass(frozen=True)
class Task:
    """What the process is asked to do."""

    reading: Reading
    bounds: Bounds
    summary: bool  # whether to read all of it, and not only to look at its start
    tokenizer: str = ""  # path of the tokenizer that counts tokens


def look(
    path: Path,
    form: Form = Form(),  # noqa: B008, frozen
    label_names: Sequence[object] | None = None,
    bounds: Bounds = Bounds(),  # noqa: B008, frozen
    seconds: float = LOOK_SECONDS,
    memory: int = MEMORY,
) -> Preview:
    """`preview` in a process of its own. Raises DataError as it does, and if time or memory do not suffice."""
    task = Task(Reading(str(path), form, label_names), bounds, summary=False)
    return from_json(Preview, _ask(task, path.name, seconds, memory))


def inspect(
    reading: Reading,
    bounds: Bounds = Bounds(),  # noqa: B008, frozen
    tokenizer: Path | None = None,
    seconds: float = INSPECT_SECONDS,
    memory: int = MEMORY,
) -> Summary:
    """Read a data set as a training would, and summarize it, in a process of its own.

    Raises DataError if it cannot be read as labelled reviews, and if time or memory do not suffice.
    """
    task = Task(reading, bounds, summary=True, tokenizer=str(tokenizer) if tokenizer else "")
    return from_json(Summary, _ask(task, Path(reading.source).name, seconds, memory))


def _ask(task: Task, name: str, seconds: float, memory: int) -> Any:
    """Run a task. Raises DataError for what it raises, and if it takes too long or too much."""
    command = module_command("sentiment_core.text.intake")
    offline = environment(HF_HUB_OFFLINE="1", HF_DATASETS_OFFLINE="1", OMP_NUM_THREADS="1")
    with tempfile.TemporaryFile() as told, tempfile.TemporaryFile() as said:
        told.write(json.dumps(to_json(task)).encode())
        told.seek(0)
        with subprocess.Popen(command, stdin=told, stdout=said, env=offline) as process:
            try:
                if not _wait(process, seconds, memory):
                    raise DataError(
                        "{name} takes more time or memory to read than is allowed here. Save it as CSV, or keep a part "
                        "of its rows.",
                        name=name,
                    )
            finally:
                process.kill()
        said.seek(0)
        try:
            answer = json.loads(said.read())
        except ValueError:
            answer = {}
    if "problem" in answer:
        raise DataError(unpack(answer["problem"]))
    if "result" not in answer:
        raise DataError("{name} could not be read: the reader ended without an answer. Save it as CSV.", name=name)
    return answer["result"]


def _wait(process: subprocess.Popen[bytes], seconds: float, memory: int) -> bool:
    """Whether the process ended by itself, within its limits."""
    started = time.monotonic()
    try:
        watched = psutil.Process(process.pid)
    except psutil.Error:
        return True
    while True:
        try:
            process.wait(_LOOK_EVERY)
            return True
        except subprocess.TimeoutExpired:
            pass
        try:
            spent = watched.cpu_times()
            if spent.user + spent.system > seconds or watched.memory_info().rss > memory:
                return False
            if time.monotonic() - started > 6 * seconds:  # asleep, or the machine is busy
                return False
        except psutil.Error:
            return True


def _do(task: Task) -> Any:
    reading = task.reading
    if not task.summary:
        return preview(Path(reading.source), reading.form, reading.label_names, task.bounds)
    read = read_reviews(reading.source, reading.form, reading.label_names, seed=reading.seed, bounds=task.bounds)
    reviews = split_reviews(read, reading.valid_fraction, reading.seed, reading.drop_copies)
    return summarize(reviews, load_tokenizer(Path(task.tokenizer)) if task.tokenizer else None)


def _main() -> None:
    """Answer the task on standard input with a result or a problem on standard output."""
    yield_to_others()
    task = from_json(Task, json.load(sys.stdin))
    try:
        answer = {"result": to_json(_do(task))}
    except DataError as error:
        answer = {"problem": pack(error.words)}
    sys.stdout.write(json.dumps(answer))


if __name__ == "__main__":
    _main()

"""One writer at a time, and a writer that has ended blocks nobody; with real processes where they matter."""

import errno
import json
import os
import shutil
import socket
import subprocess
import sys
import threading
import time
from dataclasses import asdict, replace
from pathlib import Path

import psutil
import pytest

from sentiment_core.errors import LockedError
from sentiment_core.experiments.baselines import BaselineResult
from sentiment_core.experiments.reproduction.folder import load_baselines, write_baseline
from sentiment_core.messages import lazy
from sentiment_core.storage import locks
from sentiment_core.storage.locks import SILENCE, Writer, hold, living_writer, lock_files, read_writer
from sentiment_core.storage.processes import process_start

ROOT = Path(__file__).parents[2]
WRITING = lazy("x is being written.")


@pytest.fixture
def stem(tmp_path: Path) -> Path:
    return tmp_path / ".writer"


@pytest.fixture
def me(stem: Path) -> Writer:
    """The record of this process, with a lock file that nobody has locked."""
    with hold(stem, WRITING):
        found = read_writer(stem)
    assert found is not None
    lock = lock_files(stem)[0]
    lock.touch()
    return replace(found, lock=lock.stat().st_ino)


def leave(stem: Path, writer: Writer, silent: float = 0.0) -> None:
    """Write the record of a writer that has not refreshed it for `silent` seconds."""
    record = lock_files(stem)[1]
    record.write_text(json.dumps(asdict(writer)), encoding="utf-8")
    os.utime(record, (time.time() - silent,) * 2)


def refused(stem: Path) -> str:
    with pytest.raises(LockedError) as caught, hold(stem, WRITING, wait=0):
        pytest.fail("two processes write at once")
    assert "\n" not in str(caught.value)
    return str(caught.value)


def free(stem: Path) -> bool:
    """Whether a reader sees no writer and another one can start; no file is left behind."""
    seen = living_writer(stem)
    with hold(stem, WRITING, wait=0):
        pass
    return seen is None and list(stem.parent.iterdir()) == []


def test_a_second_process_is_refused_and_told_the_first(stem: Path):
    with hold(stem, WRITING):
        message = refused(stem)
        assert message.startswith(f"x is being written. Wait for it to end, or stop it: process {os.getpid()} of ")
        assert f"on {socket.gethostname()}, since 20" in message
        assert living_writer(stem) == read_writer(stem)
    assert list(stem.parent.iterdir()) == []


def test_the_lock_of_a_killed_process_is_free(stem: Path):
    """Every reader of the folder sees it; after the kill the lock is free at once, although its files remain."""
    script = f"""
import sys, time
from pathlib import Path
from sentiment_core.messages import lazy
from sentiment_core.storage.locks import hold
with hold(Path({str(stem)!r}), lazy("x is being written.")):
    print("held", flush=True)
    time.sleep(100)
"""
    command = [sys.executable, "-c", script]
    with subprocess.Popen(command, stdout=subprocess.PIPE, encoding="utf-8", cwd=ROOT) as process:
        assert process.stdout is not None
        assert process.stdout.readline() == "held\n"
        assert f"Wait for it to end, or stop it: process {process.pid} of" in refused(stem)
        before = {path: path.stat().st_mtime_ns for path in stem.parent.iterdir()}
        assert living_writer(stem) is not None
        assert {path: path.stat().st_mtime_ns for path in stem.parent.iterdir()} == before
        process.kill()
        while psutil.Process(process.pid).status() != psutil.STATUS_ZOMBIE:
            time.sleep(0.01)
        assert living_writer(stem) is None, "ended, though its parent has not asked how"
    assert set(before) == set(stem.parent.iterdir())
    assert free(stem)


def test_a_reused_process_id_is_not_the_writer(stem: Path, me: Writer):
    parent = psutil.Process(os.getppid())
    leave(stem, replace(me, pid=parent.pid, started=process_start(parent)))
    assert living_writer(stem) is not None
    leave(stem, replace(me, pid=parent.pid, started=process_start(parent) - 3600))
    assert free(stem)


def test_after_the_machine_was_started_again(stem: Path, me: Writer):
    before = replace(me, machine="the same one, before it was started again")
    leave(stem, before, silent=time.time() - psutil.boot_time() + 1)
    assert free(stem)


def test_on_another_machine_a_minute_of_silence_decides(stem: Path, me: Writer):
    other = replace(me, pid=1, machine="another", host="lab-2")
    leave(stem, other, silent=SILENCE - 5)
    assert living_writer(stem) == other
    assert "Wait for it to end, or, if it is gone already, try again in a minute: process" in refused(stem)
    leave(stem, other, silent=SILENCE + 5)
    assert free(stem)


@pytest.mark.skipif(os.name != "posix", reason="containers are another system's")
def test_in_another_container_of_this_machine_the_lock_decides(stem: Path, me: Writer):
    """Its process ids mean nothing here. A container that starts again finds what the one before has left at once."""
    leave(stem, replace(me, pid=1, namespace=7))
    assert free(stem)
    with hold(stem, WRITING):
        mine = read_writer(stem)
        assert mine is not None
        other = replace(mine, pid=1, namespace=7)
        leave(stem, other, silent=SILENCE + 5)
        assert living_writer(stem) == other
        assert "process 1 of" in refused(stem)


@pytest.mark.skipif(os.name != "posix", reason="containers are another system's")
def test_in_another_container_without_locks_a_minute_of_silence_decides(
    stem: Path, me: Writer, monkeypatch: pytest.MonkeyPatch
):
    def missing(*_: object) -> None:
        raise OSError(errno.ENOLCK, "No locks available")

    monkeypatch.setattr("fcntl.flock", missing)
    other = replace(me, pid=1, namespace=7)
    leave(stem, other, silent=SILENCE - 5)
    assert living_writer(stem) == other
    leave(stem, other, silent=SILENCE + 5)
    assert free(stem)


def test_a_writer_refreshes_its_record(stem: Path, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(locks, "HEARTBEAT", 0.01)
    with hold(stem, WRITING):
        os.utime(lock_files(stem)[1], (0, 0))
        deadline = time.monotonic() + 10
        while time.time() - lock_files(stem)[1].stat().st_mtime > SILENCE:
            assert time.monotonic() < deadline
            time.sleep(0.01)
    assert not [thread for thread in threading.enumerate() if thread.name.startswith("heartbeat")]


@pytest.mark.skipif(os.name != "posix", reason="flock is another system's")
def test_where_the_file_system_has_no_locks_the_record_decides(stem: Path, me: Writer, monkeypatch: pytest.MonkeyPatch):
    def missing(*_: object) -> None:
        raise OSError(errno.ENOLCK, "No locks available")

    monkeypatch.setattr("fcntl.flock", missing)
    with hold(stem, WRITING):
        assert f"Wait for it to end, or stop it: process {os.getpid()} of" in refused(stem)
    leave(stem, replace(me, started=me.started - 3600))
    assert free(stem)


def test_a_copied_folder_is_not_locked_by_the_original_writer(stem: Path, tmp_path: Path):
    with hold(stem, WRITING):
        copy = shutil.copytree(tmp_path, tmp_path / "copy") / stem.name
        assert living_writer(stem) is not None
        assert free(copy)


def test_removing_a_folder_removes_its_lock(stem: Path):
    with hold(stem, WRITING):
        shutil.rmtree(stem.parent)
    assert not stem.parent.exists()


def test_a_folder_started_in_place_of_a_removed_one_stays_locked(stem: Path):
    with hold(stem, WRITING):
        shutil.rmtree(stem.parent)
        stem.parent.mkdir()
        other = hold(stem, WRITING)
        other.__enter__()
    assert {*stem.parent.iterdir()} == {*lock_files(stem)}
    other.__exit__(None, None, None)


@pytest.mark.parametrize("content", ["", "[]", "{}", "{", '{"pid": "1"}'])
def test_a_damaged_record_names_no_writer(content: str, stem: Path):
    lock_files(stem)[1].write_text(content, encoding="utf-8")
    assert free(stem)


@pytest.mark.parametrize("change", [{"pid": 0}, {"pid": 2**40}, {"started": "x"}, {"since": "noon"}, {"host": None}])
def test_an_invalid_record_names_no_writer(change: dict, stem: Path, me: Writer):
    lock_files(stem)[1].write_text(json.dumps(asdict(me) | change), encoding="utf-8")
    assert free(stem)


def test_an_entry_of_a_later_version_is_ignored(stem: Path, me: Writer):
    lock_files(stem)[1].write_text(json.dumps(asdict(me) | {"task": "train"}), encoding="utf-8")
    assert living_writer(stem) == me


def test_a_waiting_process_gets_the_lock_next(tmp_path: Path):
    """Baselines measured at the same time are all kept."""
    result = BaselineResult("toy", "0", 0.5, 0.5, 0.5, 0, {}, 0.1)
    names = [f"baseline {number}" for number in range(8)]
    threads = [threading.Thread(target=write_baseline, args=(tmp_path, name, result)) for name in names]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(load_baselines(tmp_path)) == names
    assert [path.name for path in tmp_path.iterdir()] == ["baselines.json"]

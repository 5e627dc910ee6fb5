"""The classes of a server: opened, found by their codes, restored after a restart, and deleted.

classes/<id>/class.json   code, language, when it was opened, hash of the teacher's key
classes/<id>/log.jsonl    what happened, one event a line: see `Classroom`

The folder of a class goes with the class. Only the server's user can read it. A line is handed to the operating system
before its change counts, so that a server that dies loses nothing; a power cut may lose what the system has
not written to the disk, on Linux up to about 30 seconds.
"""

from __future__ import annotations

import hashlib
import json
import os
import re
import secrets
import shutil
import threading
import time
from collections import OrderedDict
from collections.abc import Callable, Iterator, Mapping
from contextlib import suppress
from pathlib import Path
from typing import Any

from sentiment_core.classroom.codes import new_code
from sentiment_core.classroom.room import MOST_SEATS, Classroom
from sentiment_core.errors import ClassError
from sentiment_core.storage.files import write_json, write_text
from sentiment_core.storage.formats import FileFormat, Step, unchanged

CLASSES = "classes"
HOURS = 8.0  # after which a class ends by itself
MOST_CLASSES = 20  # at once
_FORMAT = FileFormat((Step("0.2.0", unchanged),), ClassError)
_ID = re.compile(r"[0-9a-f]{32}", re.ASCII)
_YOUNG = 60.0  # seconds
_PRIVATE = 0o600  # rights of the files
_MOST_ENDED = 200  # codes of classes that have ended, so that late phones are told so


class Classes:
    """All classes below a folder of live runs. Safe for threads."""

    def __init__(self, root: Path, hours: float = HOURS, most: int = MOST_CLASSES, seats: int = MOST_SEATS) -> None:
        """hours: after which a class ends by itself. most: classes at once. seats: phones of a class."""
        self.hours = hours
        self._root, self._most, self._seats = root / CLASSES, most, seats
        self._lock = threading.RLock()
        self._rooms: dict[str, Classroom] = {}  # by code
        self._keys: dict[str, str] = {}  # hash of the teacher's key by code
        self._until: dict[str, float] = {}  # Unix time at which it ends by itself, by code
        self._ended: OrderedDict[str, None] = OrderedDict()
        for folder in sorted(self._root.glob("*")):
            self._restore(folder)

    def open(self, language: str, visitor: str) -> tuple[Classroom, str]:
        """Open a class that this visitor leads. Returns it and the key by which another browser may lead it.

        Raises ClassError if there are too many, or the folder cannot be written.
        """
        self.expire()
        with self._lock:
            if len(self._rooms) >= self._most:
                raise ClassError("{count} classes are open on this server. Try again later.", count=len(self._rooms))
            code = next(code for code in iter(new_code, None) if code not in self._rooms and code not in self._ended)
            key, folder, now = secrets.token_urlsafe(24), self._root / secrets.token_hex(16), time.time()
            about = {"code": code, "language": language, "opened": now, "key": _hashed(key)}
            try:
                self._root.mkdir(mode=0o700, parents=True, exist_ok=True)
                folder.mkdir(mode=0o700)
                _write_about(folder, _FORMAT.stamp(about))
                room = self._make(folder, about)
                room.add_teacher(visitor)
            except OSError as error:
                shutil.rmtree(folder, ignore_errors=True)
                raise ClassError(
                    "No class can be opened: {folder} cannot be written ({problem}).",
                    folder=self._root,
                    problem=error.strerror or str(error),
                ) from None
        return room, key

    def find(self, code: str) -> Classroom | None:
        """The class that is open under a code."""
        self.expire()
        return self._rooms.get(code)

    def has_ended(self, code: str) -> bool:
        """Whether there was a class under this code since the server started."""
        return code in self._ended

    def led_by(self, visitor: str) -> Classroom | None:
        """The newest class that this visitor leads."""
        self.expire()
        with self._lock:
            return next((room for room in reversed(self._rooms.values()) if room.is_teacher(visitor)), None)

    def with_key(self, code: str, key: str) -> Classroom | None:
        """The class under a code, if this is its teacher's key."""
        room = self.find(code)
        known = self._keys.get(code, "")
        return room if room is not None and secrets.compare_digest(known, _hashed(key)) else None

    def renew_key(self, room: Classroom) -> str:
        """Another key for a class. The old one is worth nothing any more. Raises ClassError."""
        key, path = secrets.token_urlsafe(24), self._root / room.id / "class.json"
        try:
            about = json.loads(path.read_text(encoding="utf-8"))
            _write_about(path.parent, about | {"key": _hashed(key)})
        except (OSError, ValueError):
            raise ClassError("This class has ended.") from None
        self._keys[room.code] = _hashed(key)
        return key

    def end(self, room: Classroom) -> None:
        """End a class and delete all that is kept of it."""
        with self._lock, suppress(ClassError, OSError):
            room.end()
        self._forget(room)

    def expire(self) -> None:
        """End the classes whose time is over."""
        now = time.time()
        for code, until in list(self._until.items()):
            if until <= now and (room := self._rooms.get(code)) is not None:
                self.end(room)

    def all(self) -> list[Classroom]:
        """The classes that are open."""
        return list(self._rooms.values())

    def _make(self, folder: Path, about: Mapping[str, Any]) -> Classroom:
        code, log = str(about["code"]), _Log(folder / "log.jsonl")
        room = Classroom(folder.name, code, str(about["language"]), log.append, self._seats, log.rewrite)
        self._rooms[code], self._keys[code] = room, str(about["key"])
        self._until[code] = float(about["opened"]) + 3600 * self.hours
        return room

    def _restore(self, folder: Path) -> None:
        """Read a class that an earlier server left. One that is damaged or over is deleted: nothing of it may stay."""
        if not _ID.fullmatch(folder.name) or folder.is_symlink():
            return
        try:
            path = folder / "class.json"
            about = _FORMAT.upgrade(json.loads(path.read_text(encoding="utf-8")), path)
            room = self._make(folder, about)
        except (OSError, ValueError, KeyError, TypeError, ClassError):
            with suppress(OSError):
                if time.time() - folder.stat().st_mtime > _YOUNG:  # else another server may be opening it just now
                    shutil.rmtree(folder, ignore_errors=True)
            return
        room.restore(_read_log(folder / "log.jsonl"))
        if room.stage == "ended":
            self._forget(room)

    def _forget(self, room: Classroom) -> None:
        with self._lock:
            for of_classes in (self._rooms, self._keys, self._until):
                of_classes.pop(room.code, None)
            self._ended[room.code] = None
            while len(self._ended) > _MOST_ENDED:
                self._ended.popitem(last=False)
        shutil.rmtree(self._root / room.id, ignore_errors=True)


class _Log:
    """Appends events to a file. It is opened for each, so that Windows can delete the folder of a class."""

    def __init__(self, path: Path) -> None:
        self._path = path

    def append(self, event: Mapping[str, Any]) -> None:
        """Write an event. Raises OSError, and ClassError where the class has been deleted meanwhile."""
        with open(self._path, "a", encoding="utf-8", newline="", opener=_open_private) as file:
            file.write(_line(event))

    def rewrite(self, change: Callable[[Mapping[str, Any]], Mapping[str, Any]]) -> None:
        """Replace each event by what `change` makes of it. Raises OSError."""
        events = map(change, _read_log(self._path))
        write_text(self._path, "".join(map(_line, events)))
        self._path.chmod(_PRIVATE)


def _line(event: Mapping[str, Any]) -> str:
    """An event as the log has it. A line break comes first too: a line that was cut does not spoil the next one."""
    return "\n" + json.dumps(event, ensure_ascii=False, separators=(",", ":")) + "\n"


def _open_private(path: str, flags: int) -> int:
    """Open a file that, if it is new, only the server's user may read."""
    return os.open(path, flags, _PRIVATE)


def _write_about(folder: Path, about: dict[str, Any]) -> None:
    """Write the file of a class so that only the server's user may read it."""
    path = folder / "class.json"
    write_json(path, about)
    path.chmod(_PRIVATE)


def _read_log(path: Path) -> Iterator[dict[str, Any]]:
    """The events of a log. A line that was cut by a crash is left out."""
    with suppress(OSError):
        for line in path.read_text(encoding="utf-8", errors="replace").split("\n"):  # a text may hold other line breaks
            with suppress(ValueError):
                event = json.loads(line)
                if isinstance(event, dict):
                    yield event


def _hashed(key: str) -> str:
    return hashlib.sha256(f"teacher:{key}".encode()).hexdigest()

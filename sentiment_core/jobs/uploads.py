"""Visitors' own data, below the folder of live runs. Needs no torch.

    uploads/<id>/
      data.csv     the file, under a name of the program's own; the suffix is one of `SUFFIXES`
      upload.json  whose it is, until when, what it was called, and how to read it

Who knows the id and is the visitor may use an upload, nobody else. The folder appears as a whole and nothing writes to
the file again, so a job that reads it reads one file to the end. Whatever is derived from the texts, such as token ids,
belongs into `cache_of`, which is deleted with the file. A folder without upload.json is no upload: it is being deleted.
"""

from __future__ import annotations

import json
import math
import re
import secrets
import shutil
import time
import unicodedata
from collections.abc import Iterable, Mapping
from contextlib import suppress
from dataclasses import asdict, dataclass, field, replace
from pathlib import Path
from typing import Any

from sentiment_core.errors import DataError, JobError
from sentiment_core.jobs.layout import ID, UPLOADS, new_id
from sentiment_core.messages import Message, lazy
from sentiment_core.storage.files import path_beside, remove_abandoned, write_json
from sentiment_core.storage.formats import FileFormat, Step, known_entries, unchanged
from sentiment_core.text.kinds import HEAD, refuse_foreign
from sentiment_core.text.tables import SUFFIXES as TABLES

MB = 1_000_000  # bytes
_PACKED = (".gz", ".bz2", ".xz")
SUFFIXES = (*TABLES, ".zip", ".tgz", ".tar", *_PACKED)  # of the stored file; any other name gets none
MOST_EACH = 10  # uploads of one visitor
MOST_IN_ALL = 100  # a visitor can lose the cookie and come back as another
_ABOUT, _CACHE = "upload.json", "cache"
_FORMAT = FileFormat((Step("0.4.0", unchanged),), JobError)
_LONGEST_NAME = 80  # characters of a file's name that are kept
_UNFINISHED = 3600.0  # seconds after which a folder without upload.json is no longer being written
_SPARE = 200_000_000  # bytes that an upload leaves free on the disk


@dataclass(frozen=True)
class Upload:
    """One file of a visitor."""

    id: str
    folder: Path
    name: str  # what the visitor called the file: to be shown, never a path
    file: str  # name of the stored file in the folder
    size: int  # bytes
    visitor: str
    added: float  # seconds since 1970
    until: float  # seconds since 1970, when it is deleted
    choices: Mapping[str, Any] = field(default_factory=dict)  # how to read it, as the page keeps it: JSON

    @property
    def path(self) -> Path:
        """The stored file."""
        return self.folder / self.file


def add_upload(root: Path, visitor: str, name: str, content: bytes | memoryview, most: int, hours: float) -> Upload:
    """Keep a visitor's file for some hours, below the folder of live runs `root`. Nothing is left behind if it fails.

    most: bytes that a file may have.
    Raises DataError for a file that is empty, too large, or plainly no table, such as a picture; JobError if there are
    too many, or it cannot be written.
    """
    shown = shown_name(name)
    if not len(content):
        raise DataError("{name} is empty. Choose a file with a text and a label in each row.", name=shown)
    if len(content) > most:
        raise DataError(
            "{name} has {size:.0f} MB, and at most {most:.0f} are taken. Choose a part of it, or pack it as a zip.",
            name=shown,
            size=math.ceil(len(content) / MB),  # never the same number as the most
            most=most / MB,
        )
    refuse_foreign(bytes(content[:HEAD]), shown)
    now = time.time()
    remove_expired(root, now)
    there = list_uploads(root)
    if sum(upload.visitor == visitor for upload in there) >= MOST_EACH:
        raise JobError("You have {count} files here already. Delete one of them first.", count=MOST_EACH)
    if len(there) >= MOST_IN_ALL:
        raise JobError("This server keeps {count} files already. Try again when one is deleted.", count=MOST_IN_ALL)
    number = new_id()
    folder = root / UPLOADS / number
    upload = Upload(number, folder, shown, f"data{_suffix(name)}", len(content), visitor, now, now + 3600 * hours)
    beside = path_beside(folder)
    try:
        beside.parent.mkdir(parents=True, exist_ok=True)
        beside.mkdir(mode=0o700)  # for other users of this machine too
        if shutil.disk_usage(beside).free < len(content) + _SPARE:
            raise JobError("The disk of this server is full, so {name} was not kept. Try again later.", name=shown)
        (beside / upload.file).write_bytes(content)
        write_json(beside / _ABOUT, _entries(upload))
        beside.rename(folder)
    except OSError as error:
        raise JobError(
            "{name} was not kept: {reason}. Free some space, or set SENTIMENT_RUNS to a folder that may be written.",
            name=shown,
            reason=error.strerror or type(error).__name__,
        ) from error
    finally:
        shutil.rmtree(beside, ignore_errors=True)
    return upload


def find_upload(root: Path, number: str, visitor: str, now: float | None = None) -> Upload | None:
    """A visitor's own upload; None if there is none with this id, it is another's, or its time is over."""
    upload = _read(root / UPLOADS / number) if ID.fullmatch(number) else None
    if upload is None or not visitor or not secrets.compare_digest(upload.visitor.encode(), visitor.encode()):
        return None
    return upload if (time.time() if now is None else now) < upload.until else None


def list_uploads(root: Path, visitor: str | None = None, now: float | None = None) -> list[Upload]:
    """The uploads of one visitor or, if None, of all, whose time is not over; the newest first."""
    now = time.time() if now is None else now
    found = [upload for upload in map(_read, _folders(root)) if upload is not None and now < upload.until]
    chosen = [upload for upload in found if visitor is None or (visitor and upload.visitor == visitor)]
    return sorted(chosen, key=lambda upload: (-upload.added, upload.id))


def keep_choices(upload: Upload, choices: Mapping[str, Any]) -> Upload:
    """Keep how to read an upload. Raises JobError if it was deleted meanwhile, or cannot be written."""
    changed = replace(upload, choices=dict(choices))
    if not (upload.folder / _ABOUT).exists():
        raise JobError(gone())
    try:
        write_json(upload.folder / _ABOUT, _entries(changed))
    except OSError as error:
        raise JobError(
            "Cannot keep how {name} is read: {reason}. Free some space.",
            name=upload.name,
            reason=error.strerror or type(error).__name__,
        ) from error
    return changed


def delete_upload(upload: Upload) -> None:
    """Delete a visitor's file and all that was derived from its texts, at once.

    A job that has read it goes on. One that must read it again ends (see `check_there`).
    """
    _remove(upload.folder)


def remove_expired(root: Path, now: float) -> int:
    """Delete each upload whose time is over at `now`, seconds since 1970, and what a killed process left behind.

    Returns how many folders are gone. Raises nothing: what another program has open is deleted the next time.
    """
    removed = 0
    for folder in _folders(root):
        upload = _read(folder)
        if upload is None:
            remove_abandoned(folder)
            over = _age(folder, now) > _UNFINISHED
        else:
            over = now >= upload.until
        if over:
            _remove(folder)
            removed += not folder.exists()
    with suppress(OSError):
        for half in (root / UPLOADS).glob(".*.writing"):
            remove_abandoned(half.with_name(half.name[1:].split(".")[0]))
    return removed


def is_upload(source: str) -> bool:
    """Whether a source of reviews is the file of an upload, there or deleted."""
    path = Path(source)
    return path.is_absolute() and path.parent.parent.name == UPLOADS and bool(ID.fullmatch(path.parent.name))


def cache_of(source: str, otherwise: Path) -> Path:
    """The cache for what is derived from the reviews of a source: an upload's own, which is deleted with it."""
    return Path(source).parent / _CACHE if is_upload(source) else otherwise


def check_there(source: str) -> None:
    """Raise DataError if a source of reviews is an upload that was deleted, in one line without its path."""
    if is_upload(source) and not (Path(source).exists() and Path(source).with_name(_ABOUT).exists()):
        raise DataError(gone())


def gone() -> Message:
    """What to tell about an upload that was deleted."""
    return lazy("The uploaded file is no longer here: its time was over, or it was deleted. Upload it again.")


def shown_name(name: str) -> str:
    """A file's name as it is shown: without folders and invisible characters, and not too long."""
    last = re.split(r"[/\\]", name)[-1]
    seen = "".join(character for character in last if unicodedata.category(character)[0] != "C").strip()
    return (seen if len(seen) <= _LONGEST_NAME else f"{seen[: _LONGEST_NAME - 9]}…{seen[-8:]}") or "file"


def _suffix(name: str) -> str:
    """The suffix of the stored file, from a fixed list. Its content decides how it is read."""
    end = name.lower()
    suffix = next((suffix for suffix in SUFFIXES if end.endswith(suffix)), "")
    return _suffix(end.removesuffix(suffix)) + suffix if suffix in _PACKED else suffix  # reviews.csv.gz


def _entries(upload: Upload) -> dict[str, Any]:
    return _FORMAT.stamp({name: entry for name, entry in asdict(upload).items() if name not in ("id", "folder")})


def _folders(root: Path) -> Iterable[Path]:
    try:
        return [path for path in (root / UPLOADS).iterdir() if ID.fullmatch(path.name) and not path.is_symlink()]
    except OSError:
        return []


def _read(folder: Path) -> Upload | None:
    """The upload in a folder; None if there is none, or nobody can read it."""
    path = folder / _ABOUT
    try:
        known = known_entries(Upload, _FORMAT.upgrade(json.loads(path.read_text(encoding="utf-8")), path))
        name, file, visitor = (str(known[entry]) for entry in ("name", "file", "visitor"))
        if file != f"data{_suffix(file)}":  # the only names that are ever written
            return None
        added, until, choices = float(known["added"]), float(known["until"]), dict(known.get("choices", {}))
        return Upload(folder.name, folder, name, file, int(known["size"]), visitor, added, until, choices)
    except (OSError, ValueError, TypeError, KeyError, JobError):
        return None


def _age(folder: Path, now: float) -> float:
    """Seconds since a folder was last changed; 0 if it is gone."""
    try:
        return now - folder.stat().st_mtime
    except OSError:
        return 0.0


def _remove(folder: Path) -> None:
    with suppress(OSError):
        (folder / _ABOUT).unlink(missing_ok=True)  # first: from now on nobody finds it
    shutil.rmtree(folder, ignore_errors=True)

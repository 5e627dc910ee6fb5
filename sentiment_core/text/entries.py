"""The files of a source: a single file, the files of a folder, or the members of an archive, read in memory.

Nothing is written to the disk, so a member's name cannot point anywhere harmful.
"""

from __future__ import annotations

import bz2
import gzip
import io
import lzma
import os
import re
import stat
import tarfile
import zipfile
import zlib
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path, PurePosixPath
from typing import BinaryIO, cast

from sentiment_core.errors import DataError
from sentiment_core.text.bounds import (
    Bounds,
    Counted,
    check_link,
    check_member_name,
    check_members,
    check_size,
    check_unpacked,
)

_PACKED: dict[bytes, Callable[..., BinaryIO]] = {
    b"\x1f\x8b": cast("Callable[..., BinaryIO]", gzip.open),
    b"BZh": cast("Callable[..., BinaryIO]", bz2.open),
    b"\xfd7zXZ": cast("Callable[..., BinaryIO]", lzma.open),
}
_NO_BOUND = 1 << 62
PACKED_SUFFIXES = (".gz", ".bz2", ".xz")


@dataclass(frozen=True)
class Entry:
    """One file of a source."""

    name: str  # path within the source with forward slashes, without .gz and the like
    open: Callable[[], BinaryIO]  # the uncompressed bytes from the start
    bounds: Bounds = Bounds()  # noqa: RUF009, frozen
    most: int = _NO_BOUND  # bytes that it may unpack to

    @property
    def suffix(self) -> str:
        return PurePosixPath(self.name).suffix.lower()

    @property
    def parts(self) -> tuple[str, ...]:
        return PurePosixPath(self.name).parts


@contextmanager
def readable(where: str) -> Iterator[None]:
    """Turn the errors of reading files and archives into one DataError."""
    try:
        yield
    except (zipfile.BadZipFile, tarfile.TarError, zlib.error, lzma.LZMAError, EOFError, gzip.BadGzipFile) as error:
        reason = " ".join(str(error).split())[:120].rstrip(".")
        raise DataError(
            "{where} is a damaged archive ({reason}). Download or pack it again.", where=where, reason=reason
        ) from error
    except (NotImplementedError, RuntimeError) as error:  # zipfile: an unknown compression, or a password
        reason = " ".join(str(error).split())[:120].rstrip(".")
        raise DataError(
            "{where} cannot be unpacked ({reason}). Unpack it first, and give the folder.", where=where, reason=reason
        ) from error
    except PermissionError as error:
        what = error.filename or where
        raise DataError(
            "{path} may not be read by this user. Ask its owner for the permission to read it.", path=what
        ) from error
    except OSError as error:
        raise DataError(
            "Cannot read {where}: {reason}. Check the file.", where=where, reason=error.strerror or error
        ) from error


def list_entries(path: Path, unlabelled: bool, bounds: Bounds = Bounds()) -> list[Entry]:  # noqa: B008, frozen
    """Every file of the source at `path`, without hidden ones.

    unlabelled: whether texts without labels will be opened; otherwise those in a .tar are not kept.
    Raises DataError for a file that is larger than `bounds`, and for an archive that no honest program packs.
    """
    if path.is_dir():
        found = [_entry(file.relative_to(path).as_posix(), _opener(file), bounds, _size(file)) for file in _walk(path)]
    elif not path.exists():
        raise DataError("There is no file {path}. Check its name.", path=path)
    elif not path.is_file():
        raise DataError(
            "{path} is a pipe or a device, which can be read only once. Save it as a file first.", path=path
        )
    else:
        size = _size(path)
        check_size(size, bounds, path.name)
        entry = _entry(path.name, _opener(path), bounds, size)
        with entry.open() as file:
            head = file.read(512)
        members = None
        if head.startswith(b"PK"):
            members = _zip_members(path, bounds, size)
        elif head[257:262] == b"ustar":
            members = _tar_members(entry, unlabelled)
        found = [entry] if members is None else members
    return [entry for entry in found if not any(part.startswith((".", "__MACOSX")) for part in entry.parts)]


def _walk(folder: Path) -> list[Path]:
    def fail(error: OSError) -> None:
        raise error  # a folder without permission must not look empty

    found = [Path(above, name) for above, _, names in os.walk(folder, onerror=fail) for name in names]
    return sorted(file for file in found if file.is_file())


def _opener(path: Path) -> Callable[[], BinaryIO]:
    return lambda: path.open("rb")


def _size(path: Path) -> int:
    return path.stat().st_size


def _entry(name: str, opened: Callable[[], BinaryIO], bounds: Bounds, packed: int) -> Entry:
    """A file that is decompressed while it is read, if its first bytes say that it is compressed.

    packed: bytes of the file on the disk that holds it.
    """
    most = bounds.most_unpacked(packed)

    def unpacked() -> BinaryIO:
        file = opened()
        head = file.read(6)
        file.close()
        unpack = next((unpack for mark, unpack in _PACKED.items() if head.startswith(mark)), None)
        return opened() if unpack is None else _Unpacked(opened(), unpack, most, name)

    path = PurePosixPath(name)
    plain = str(path.with_suffix("")) if path.suffix.lower() in PACKED_SUFFIXES and path.stem else name
    return Entry(plain, unpacked, bounds, most)


class _Unpacked(io.BufferedReader):
    """A file read through its decompressor.

    Closing it closes both files; gzip and similar modules leave that to the caller.
    """

    def __init__(self, packed: BinaryIO, unpack: Callable[..., BinaryIO], most: int, where: str) -> None:
        super().__init__(Counted(unpack(packed, "rb"), most, where))
        self._packed = packed

    def close(self) -> None:
        try:
            super().close()
        finally:
            self._packed.close()


def _zip_members(path: Path, bounds: Bounds, packed: int) -> list[Entry] | None:
    """The files of a .zip; None for an Excel workbook, which counts as one file."""
    archive = zipfile.ZipFile(path)  # stays open as long as its entries are used
    infos = [info for info in archive.infolist() if info.filename and not info.is_dir()]
    check_zip(infos, bounds, packed, path.name)
    names = [info.filename for info in infos]
    if "[Content_Types].xml" in names:
        return None
    if "mimetype" in names and "content.xml" in names:
        raise DataError("{name} is an OpenDocument file. Save it as .xlsx or CSV.", name=path.name)

    def member(name: str) -> Entry:
        return _entry(name, lambda: cast(BinaryIO, archive.open(name)), bounds, packed)

    return [member(name) for name in sorted(names)]


def check_zip(infos: list[zipfile.ZipInfo], bounds: Bounds, packed: int, where: str) -> None:
    """Raise DataError for a .zip that no honest program packs, or that is larger than the bounds.

    infos: its files, without folders. packed: its bytes.
    """
    check_members(len(infos), bounds, where)
    check_unpacked(sum(info.file_size for info in infos), bounds.most_unpacked(packed), where)
    for info in infos:
        check_member_name(info.filename, where)
        check_link(stat.S_ISLNK(info.external_attr >> 16), info.filename, where)
        if info.flag_bits & 1:
            raise DataError("{where} has a password. Pack it again without one.", where=where)


def _tar_members(entry: Entry, unlabelled: bool) -> list[Entry]:
    """The files of a .tar, in memory: they are read in one pass, because a compressed one cannot be rewound."""

    def member(name: str, content: bytes) -> Entry:
        return _entry(name, lambda: io.BytesIO(content), entry.bounds, len(content))

    found = []
    size = 0
    with entry.open() as file, tarfile.open(fileobj=file, mode="r|") as archive:
        for info in archive:
            check_member_name(info.name, entry.name)
            check_link(info.issym() or info.islnk(), info.name, entry.name)
            if info.isfile():
                size += info.size
                check_unpacked(size, entry.most, entry.name)
                kept = unlabelled or split_name(PurePosixPath(info.name).parent.name) != "unlabelled"
                content = archive.extractfile(info) if kept else None
                found.append(member(info.name, content.read() if content else b""))
                check_members(len(found), entry.bounds, entry.name)
    return sorted(found, key=lambda entry: entry.name)


_SPLIT_NAMES = {
    "train": "train(ing|set|data)?",
    "valid": "(val|valid|validation|dev|development)(set|data)?",
    "test": "(test|testing|eval|evaluation)(set|data)?",
    "unlabelled": "unsup|unsupervised|unlabell?ed",
}


def split_name(name: str) -> str | None:
    """train, valid, test or unlabelled, if a word in the name of a file or folder says so; else None."""
    for word in re.split(r"[\W_]+", re.sub("(?<=[a-z])(?=[A-Z])", "_", name).lower()):  # also labeledTrainData
        for split, pattern in _SPLIT_NAMES.items():
            if re.fullmatch(pattern, word):
                return split
    return None

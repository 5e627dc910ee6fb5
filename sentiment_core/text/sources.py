"""Assigns the files of a source to splits.

Three layouts are known: one file; files whose names say train, valid or test; and one folder a class with one text a
file, as in aclImdb. A README.md in the Hub's form takes precedence.
"""

from __future__ import annotations

import fnmatch
import io
import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from itertools import accumulate
from pathlib import Path, PurePosixPath
from typing import Any

from sentiment_core.errors import DataError
from sentiment_core.messages import lazy
from sentiment_core.text.bounds import Bounds, check_rows
from sentiment_core.text.decoding import UTF8, find_encoding
from sentiment_core.text.entries import Entry, list_entries, readable, split_name
from sentiment_core.text.table import Form, Table, name_classes
from sentiment_core.text.tables import SUFFIXES, read_table

ALL = "all"  # the only split of a source that names none
UNLABELLED = "unlabelled"
_ORDER = (ALL, "train", "valid", "test", UNLABELLED)
_NEGATIVE, _POSITIVE = {"neg", "negative"}, {"pos", "positive"}
_NO_DATA = re.compile(r"(read[-_ ]?me|licen[cs]e|copying|citation|changelog|notice)\b.*", re.IGNORECASE)


@dataclass(frozen=True)
class Part:
    """One split: its files and their contents."""

    table: Table
    files: tuple[str, ...]  # names within the source


@dataclass(frozen=True)
class Source:
    """The contents of a folder, file or archive."""

    parts: dict[str, Part]  # train, valid, test, or only `ALL`; also unlabelled if requested
    passed_over: tuple[str, ...] = ()  # tables that belong to no split


@dataclass(frozen=True)
class Plan:
    """The files of each split."""

    tables: dict[str, list[Entry]] = field(default_factory=dict)
    folders: dict[str, list[tuple[str, Entry]]] = field(default_factory=dict)  # split -> class and text file
    passed_over: tuple[str, ...] = ()
    class_names: tuple[str, ...] = ()


def read_source(
    path: Path,
    form: Form,
    classes: Iterable[str] = (),
    unlabelled: bool = False,
    bounds: Bounds = Bounds(),  # noqa: B008, frozen
) -> Source:
    """The splits of the source at `path`.

    classes: names of folders that each hold one class, besides neg and pos.
    Raises DataError, which says what is wrong in which file and row.
    """
    name = path.name or str(path)
    with readable(name):
        plan = plan_entries(list_entries(path, unlabelled, bounds), path, classes)
        wanted = [split for split in _ORDER if split in plan.tables or split in plan.folders]
        wanted = [split for split in wanted if unlabelled or split != UNLABELLED]
        parts: dict[str, Part] = {}
        for split in wanted:
            if split in plan.folders:
                part = _read_texts(plan.folders[split], form)
            else:
                part = _read_tables(plan.tables[split], form, name, split)
            parts[split] = Part(name_classes(part.table, plan.class_names), part.files)
            check_rows(sum(len(part.table) for part in parts.values()), bounds, name)
    return Source(parts, plan.passed_over)


def plan_entries(entries: list[Entry], path: Path, classes: Iterable[str] = ()) -> Plan:
    """Which files of the source at `path` belong to which split. Raises DataError if none holds reviews."""
    if not entries and path.is_dir():
        raise DataError("{path} is an empty folder. Name one that holds the reviews.", path=path)
    return _plan(entries, path.is_file(), {*classes, *_NEGATIVE, *_POSITIVE}, path.name or str(path))


def _plan(entries: list[Entry], single: bool, classes: set[str], where: str) -> Plan:
    if single and len(entries) == 1:
        return Plan({ALL: entries})
    if (card := _hub_card(entries)) is not None:
        return card
    if folders := _class_folders(entries, classes):
        return Plan(folders=folders)
    tables = [entry for entry in entries if entry.suffix in SUFFIXES and not _NO_DATA.fullmatch(entry.parts[-1])]
    named: dict[str, list[Entry]] = {}
    for entry in tables:
        if split := next(filter(None, map(split_name, reversed(_stemmed(entry)))), None):
            named.setdefault(split, []).append(entry)
    if not named or set(named) == {UNLABELLED}:
        plain = [entry for entry in tables if entry.suffix != ".txt"] or tables
        named = {ALL: plain} if plain else {}
    if not named:
        raise DataError(
            "{where} holds no file of reviews: CSV, TSV, text, JSON, Parquet, Excel, or folders pos and neg of texts.",
            where=where,
        )
    plan = {split: _shallowest(found) for split, found in named.items()}
    for split, found in plan.items():
        if len(kinds := sorted({entry.suffix for entry in found})) > 1:
            what = lazy("the {split} split", split=split) if split != ALL else lazy("the reviews")
            raise DataError(
                "{where} holds {what} as {kinds:and}. Name one of its files, or keep one kind.",
                where=where,
                what=what,
                kinds=list(kinds),
            )
    used = {entry.name for found in plan.values() for entry in found}
    return Plan(plan, passed_over=tuple(entry.name for entry in tables if entry.name not in used))


def _stemmed(entry: Entry) -> tuple[str, ...]:
    return (*entry.parts[:-1], PurePosixPath(entry.parts[-1]).stem)


def _shallowest(entries: list[Entry]) -> list[Entry]:
    depth = min(len(entry.parts) for entry in entries)
    return [entry for entry in entries if len(entry.parts) == depth]


def _class_folders(entries: list[Entry], classes: set[str]) -> dict[str, list[tuple[str, Entry]]]:
    """For each split, the class and file of each text, if sibling folders have the names of the classes."""
    texts = [entry for entry in entries if entry.suffix == ".txt" and len(entry.parts) > 1]
    above: dict[tuple[str, ...], set[str]] = {}
    for entry in texts:
        above.setdefault(entry.parts[:-2], set()).add(entry.parts[-2].strip().lower())
    holders = {folder for folder, names in above.items() if len(names & classes) > 1}
    unknown = next((sorted(names) for folder, names in above.items() if len(names) > 1), None)
    alone = not any(entry.suffix in SUFFIXES for entry in entries if entry.suffix != ".txt")
    if alone and not holders and unknown and len(texts) > 2 * len(unknown):
        shown = ", ".join(unknown[:6])
        raise DataError(
            "The texts are in the folders {folders}. Name two as the classes, negative first, with --labels.",
            folders=shown,
        )
    found: dict[str, list[tuple[str, Entry]]] = {}
    for entry in sorted(texts, key=lambda entry: [natural(part) for part in entry.parts]):
        *folders, name, _ = entry.parts
        if tuple(folders) in holders:
            split = next(filter(None, map(split_name, reversed(folders))), ALL)
            found.setdefault(UNLABELLED if split_name(name) == UNLABELLED else split, []).append((name, entry))
    if len(found) > 1 and ALL in found and set(found) != {ALL, UNLABELLED}:
        found.pop(ALL)
    return found


def natural(name: str) -> list[tuple[int, int, str]]:
    """A sort key that puts 2_1.txt before 10_1.txt."""
    return [(0, int(part), "") if part.isdecimal() else (1, 0, part) for part in re.split(r"(\d+)", name)]


def _read_texts(files: list[tuple[str, Entry]], form: Form) -> Part:
    texts: list[str | None] = []
    for _, entry in files:
        with entry.open() as file:
            content = file.read()
        texts.append(_decode(content, entry.name, form.encoding))
    folders = dict.fromkeys(str(PurePosixPath(entry.name).parent) for _, entry in files)
    return Part(Table(texts, [name for name, _ in files]), tuple(folders))


def _decode(content: bytes, name: str, encoding: str | None) -> str:
    if encoding is None and not content.startswith(b"\xef\xbb\xbf"):
        try:
            return content.decode(UTF8)
        except UnicodeDecodeError:
            pass
    return content.decode(find_encoding(lambda: io.BytesIO(content), name, encoding))


def _read_tables(entries: list[Entry], form: Form, source: str, split: str) -> Part:
    """The tables of one split, concatenated: large sets come in parts. Raises DataError if one lacks a column."""
    tables = []
    for entry in entries:
        where = source if split == ALL and len(entries) == 1 else f"{source} ({entry.name})"
        tables.append(read_table(entry, form, where))
    first = tables[0]
    if len(tables) > 1 and len({table.labels is None for table in tables}) > 1:
        lacking = next(table for table in tables if table.labels is None)
        raise DataError(lacking.no_label or lazy("{where} has no labels. Name another label column.", where=source))
    labels = None if first.labels is None else [label for table in tables for label in table.labels or []]
    texts = [text for table in tables for text in table.texts]
    starts = accumulate((len(table) for table in tables), initial=0)
    bad = {
        start + place: reason
        for start, table in zip(starts, tables, strict=False)
        for place, reason in table.bad.items()
    }
    joined = Table(texts, labels, first.no_label, first.encoding, first.guessed, first.header, bad)
    return Part(joined, tuple(entry.name for entry in entries))


def _hub_card(entries: list[Entry]) -> Plan | None:
    """The splits and class names in the heading of a Hub README.md; None if there is no such file."""
    card = next((entry for entry in entries if entry.name == "README.md"), None)
    content = _heading(card.open) if card else {}
    configs = [config for config in _list(content.get("configs")) if isinstance(config, dict)]
    chosen = next((config for config in configs if config.get("default")), configs[0] if configs else {})
    splits: dict[str, list[Entry]] = {}
    for split, patterns in _data_files(chosen.get("data_files"), str(chosen.get("data_dir") or "")):
        found = [entry for entry in entries if any(_matches(entry.name, pattern) for pattern in patterns)]
        if found and (known := split_name(split)):
            splits.setdefault(known, []).extend(found)
    infos = [info for info in _list(content.get("dataset_info")) if isinstance(info, dict)]
    info = next(
        (info for info in infos if info.get("config_name") == chosen.get("config_name")), infos[0] if infos else {}
    )
    names = _class_label(info.get("features"))
    return Plan(splits, class_names=names) if splits else None


def _heading(opened: Callable[[], Any]) -> dict[str, Any]:
    with opened() as file:
        text = file.read(1 << 20).decode(UTF8, "replace")
    match = re.match(r"---\s*\n(.*?)\n---", text.lstrip("\ufeff"), re.DOTALL)
    if match is None:
        return {}
    import yaml

    try:
        content = yaml.safe_load(match[1])
    except yaml.YAMLError:
        return {}
    return content if isinstance(content, dict) else {}


def _list(value: Any) -> list[Any]:
    return value if isinstance(value, list) else [] if value is None else [value]


def _data_files(files: Any, folder: str) -> list[tuple[str, list[str]]]:
    """(split, path patterns) of a heading's data_files."""
    found = []
    for item in _list(files):
        split, paths = (item.get("split", "train"), item.get("path")) if isinstance(item, dict) else ("train", item)
        found.append((str(split), [str(PurePosixPath(folder) / str(path)) for path in _list(paths)]))
    return found


def _matches(name: str, pattern: str) -> bool:
    return fnmatch.fnmatchcase(name, pattern.replace("**/", "*")) or name == pattern


def _class_label(features: Any) -> tuple[str, ...]:
    """The class names, in the order of their numbers, of the only column that has any."""
    for feature in _list(features):
        kind = feature.get("dtype") if isinstance(feature, dict) else None
        names = kind.get("class_label", {}).get("names") if isinstance(kind, dict) else None
        if isinstance(names, dict):
            return tuple(str(names[number]) for number in sorted(names, key=int))
        if isinstance(names, list):
            return tuple(map(str, names))
    return ()

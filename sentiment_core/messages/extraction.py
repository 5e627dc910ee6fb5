"""Every message in the sources, for the catalogues and their tests."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from babel.messages.extract import extract_from_dir

ROOT = Path(__file__).parents[2]
AREAS = {  # folder of the sources -> name of its catalogue; the first match counts
    "sentiment_core/figures": "figures",
    "sentiment_core/player": "player",
    "sentiment_core": "core",
    "pages/home": "pages-home",
    "pages/reviews": "pages-reviews",
    "pages/embeddings": "pages-embeddings",
    "pages/compare": "pages-compare",
    "pages/inside": "pages-inside",
    "pages/learn": "pages-learn",
    "pages": "pages-shared",
}
_ERRORS = re.findall(r"^class (\w+)", (ROOT / "sentiment_core" / "errors.py").read_text(encoding="utf-8"), re.MULTILINE)
KEYWORDS: dict[str, tuple[int | tuple[int, str], ...] | None] = {
    **dict.fromkeys(["tr", "lazy", "IncompleteError", "NoColumnError", *_ERRORS]),
    **dict.fromkeys(["tr_plural", "lazy_plural", "trPlural"], (1, 2)),
    **dict.fromkeys(["tr_in", "lazy_in"], ((1, "c"), 2)),
}
_METHODS = [("**.py", "python"), ("**.js", "javascript")]
_SOURCES = ("sentiment_core", "pages")
_NOT_SOURCES = {"node_modules", "dist", "test"}


@dataclass(frozen=True)
class Found:
    """One message where it is used."""

    area: str
    file: str  # path from the root, with slashes
    line: int
    english: str | tuple[str, ...]  # one text, or singular and plural
    context: str | None


def extract(root: Path = ROOT) -> Iterator[Found]:
    """The messages of the pages and the package, sorted by file and line."""
    for folder in _SOURCES:
        rows = extract_from_dir(
            root / folder,
            _METHODS,
            keywords=KEYWORDS,
            options_map={},
            directory_filter=lambda path: Path(path).name not in _NOT_SOURCES,
        )
        for name, line, english, _, context in rows:
            file = f"{folder}/{Path(name).as_posix()}"
            yield Found(area_of(file), file, line, english, context)


def area_of(file: str) -> str:
    """The name of the catalogue for a source file, given its path from the root with slashes."""
    return next(area for folder, area in AREAS.items() if file.startswith(f"{folder}/"))

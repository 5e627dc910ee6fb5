"""What a page shows, recorded while it is drawn, so that a reader can save it as one HTML file."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from sentiment_core.figures.style import Figure


@dataclass(frozen=True)
class Heading:
    """A heading above what follows."""

    text: str


@dataclass(frozen=True)
class Sentence:
    """A paragraph of plain text."""

    text: str


@dataclass(frozen=True)
class Picture:
    """A figure and its description in words."""

    figure: Figure
    alt: str


@dataclass(frozen=True)
class Table:
    """Rows of text by heading. All rows have the same headings."""

    rows: Sequence[Mapping[str, str]]
    alt: str


@dataclass
class Report:
    """The parts of a page in the order in which they were shown."""

    parts: list[Heading | Sentence | Picture | Table] = field(default_factory=list)

"""What a page shows, recorded while it is drawn, so that a reader can save it as one HTML file that works offline."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache
from html import escape
from pathlib import Path
from string import Template

from plotly.offline import get_plotlyjs

from pages.shared.charts import image_config, packed
from sentiment_core.figures.style import PAPERS, Figure, inked

_AXIS = {"gridcolor": "#e3e7ec", "automargin": True}
_TEMPLATE = {"layout": {"plot_bgcolor": PAPERS["light"], "xaxis": _AXIS, "yaxis": _AXIS}}
_SHELL = Template(Path(__file__).with_suffix(".html").read_text(encoding="utf-8"))
_DRAW = Path(__file__).with_suffix(".js").read_text(encoding="utf-8")


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
    image: str = "figure"  # name of the file that its button saves


@dataclass(frozen=True)
class Table:
    """Rows of text by heading. All rows have the same headings."""

    rows: Sequence[Mapping[str, str]]
    alt: str


@dataclass
class Report:
    """The parts of a page in the order in which they were shown."""

    parts: list[Heading | Sentence | Picture | Table] = field(default_factory=list)


def report_html(report: Report, title: str, facts: Sequence[tuple[str, str]], link: str, language: str) -> bytes:
    """The report as one HTML file. plotly.js is in it once, so it needs no network. Every text is escaped.

    facts: name and value of each setting, date and version, shown at the end. link: the page's address, "" if unknown.
    """
    body, figures = [], 0
    for part in report.parts:
        match part:
            case Heading(text):
                body.append(f"<h2>{escape(text)}</h2>")
            case Sentence(text):
                body.append(f"<p>{escape(text)}</p>")
            case Table(rows, alt):
                body.append(_table(rows, alt))
            case Picture():
                body.append(_figure(part, f"figure-{figures}"))
                figures += 1
    shown = [f"<tr><th>{escape(name)}</th><td>{escape(value)}</td></tr>" for name, value in facts]
    body.append(f'<div class="wide facts"><table>{"".join(shown)}</table></div>')
    if link:
        body.append(f'<p><a href="{escape(link)}">{escape(link)}</a></p>')
    scripts = f"<script>{_plotly()}</script><script>{_DRAW}</script>" if figures else ""
    return _SHELL.substitute(language=language, title=escape(title), body="\n".join(body), scripts=scripts).encode()


@cache
def _plotly() -> str:
    return str(get_plotlyjs())


def _table(rows: Sequence[Mapping[str, str]], alt: str) -> str:
    headings = "".join(f"<th>{escape(name)}</th>" for name in (rows[0] if rows else ()))
    lines = "".join(f"<tr>{''.join(f'<td>{escape(value)}</td>' for value in row.values())}</tr>" for row in rows)
    return f'<div class="wide"><table aria-label="{escape(alt)}"><tr>{headings}</tr>{lines}</table></div>'


def _figure(picture: Picture, name: str) -> str:
    drawn = inked(picture.figure, "light")
    layout = {"template": _TEMPLATE, "paper_bgcolor": PAPERS["light"]} | drawn["layout"]
    content = {
        "data": packed(drawn["data"]),
        "layout": packed(layout),
        "config": image_config(picture.image) | {"responsive": True},
    }
    safe = json.dumps(content).replace("<", "\\u003c")  # so that no text in it ends the script
    return (
        f'<div data-figure="{name}" role="figure" aria-label="{escape(picture.alt)}"></div>'
        f'<script type="application/json" id="{name}">{safe}</script>'
    )

"""The player's ES modules as one script without imports, and the page that holds all of it and opens from a file.

The modules are concatenated, each after those that it imports, so they share one scope: every name at the top level of
a module must be its own. A module that breaks what this relies on raises ValueError, in the tests and not in a class.
"""

from __future__ import annotations

import base64
import functools
import html
import json
import re
from collections.abc import Mapping
from pathlib import Path

_FOLDER = Path(__file__).parent
PLAYER = "player.js"  # mountPlayer, for a page of its own
COMPONENT = "component.js"  # the same for Streamlit

_IMPORT = re.compile(r'^import\s*\{([^}]*)\}\s*from\s*"\./([\w-]+\.js)";\n', re.MULTILINE)
_EXPORT = re.compile(r"^export (?=(?:async )?(?:function|class|const|let|var)\b)", re.MULTILINE)
_DEFINED = re.compile(r"^(export )?(?:default )?(?:async )?(?:function\*?|class|const|let|var)\s+(\w+)", re.MULTILINE)
# What cannot be joined: imports and exports of other forms, and names taken apart, which _DEFINED does not see.
_UNREADABLE = re.compile(r"^(?:import\b|export\b(?! default function)|(?:const|let|var)\s*[{\[]).*", re.MULTILINE)
_COMMENT = re.compile(r"^[ \t]*(?://.*|/\*(?:[^*]|\*(?!/))*\*/[ \t]*)\n", re.MULTILINE)  # lines that say nothing else
_PLACEHOLDERS = ("__TITLE__", "__START__", "__PAYLOAD__")  # in this order, all before the script


def component_script() -> str:
    """The module that Streamlit imports: the player and, exported as default, what mounts it."""
    return bundle(_FOLDER / "js" / COMPONENT)


def stylesheet() -> str:
    """The player's CSS."""
    return _lean((_FOLDER / "player.css").read_text(encoding="utf-8"))


@functools.cache
def standalone_template() -> str:
    """The take-home page with placeholders left for its title, the state that it opens with and its payload."""
    page = (_FOLDER / "standalone.html").read_text(encoding="utf-8")
    style = stylesheet()
    if "</style" in style.lower():
        raise ValueError("player.css would end the page's style element")
    filled = page.replace("__STYLE__", style).replace("__SCRIPT__", _inline(bundle(_FOLDER / "js" / PLAYER)))
    places = [filled.index(placeholder) for placeholder in _PLACEHOLDERS]
    if places != sorted(places) or places[-1] > filled.index('<script type="module">'):
        raise ValueError(
            "standalone.html must hold __TITLE__, __START__ and __PAYLOAD__ in this order, before its script"
        )
    return filled


def standalone_html(payload: bytes, title: str, start: Mapping[str, object] | None = None) -> str:
    """A page that opens from a file, without a network: player, styles and payload in one.

    start is the state to open with, by the keys of the player's address; None opens as the payload says.
    """
    state = json.dumps(start).replace("<", "\\u003c")  # so that nothing in it ends the script element around it
    fillings = (html.escape(title), state, base64.b64encode(payload).decode("ascii"))
    rest, parts = standalone_template(), []
    for placeholder, filling in zip(_PLACEHOLDERS, fillings, strict=True):  # never looks into what was filled in
        before, _, rest = rest.partition(placeholder)
        parts += [before, filling]
    return "".join([*parts, rest])


@functools.cache
def bundle(entry: Path) -> str:
    """A module and all that it imports from its folder, as one script that keeps the entry's default export alone.

    Comments on lines of their own and indentation stay behind: every payload carries the script, and they are a quarter
    of it. Raises ValueError where a module imports in a circle, from elsewhere or what another does not export, or
    defines a name that another has.
    """
    modules: dict[str, str] = {}
    _collect(entry.parent, entry.name, modules, [])
    owners: dict[str, str] = {}
    for name, text in modules.items():
        for defined in _DEFINED.finditer(text):
            if (other := owners.setdefault(defined[2], name)) != name:
                raise ValueError(f"{name} and {other} both define {defined[2]} at their top level: rename one")
    joined = []
    for name, text in modules.items():
        text = _EXPORT.sub("", _IMPORT.sub("", text))
        if found := _UNREADABLE.search(text):
            raise ValueError(
                f"{name} cannot be bundled for the line {found[0]!r}: name each import, export and constant"
            )
        joined.append(_lean(text))
    return "".join(joined)


def _collect(folder: Path, name: str, modules: dict[str, str], importing: list[str]) -> None:
    """Read a module into `modules`, after those that it imports."""
    if name in importing:
        raise ValueError(f"modules import each other in a circle: {' -> '.join([*importing, name])}")
    if name in modules:
        return
    text = (folder / name).read_text(encoding="utf-8")
    for names, source in _IMPORT.findall(text):
        _collect(folder, source, modules, [*importing, name])
        exported = {defined[2] for defined in _DEFINED.finditer(modules[source]) if defined[1]}
        if missing := [each for each in names.replace(",", " ").split() if each not in exported]:
            raise ValueError(f"{name} imports {', '.join(missing)} from {source}, which exports no such name")
    modules[name] = text


def _lean(text: str) -> str:
    """A script or a style sheet without indentation, empty lines and comments on lines of their own."""
    lines = _COMMENT.sub("", text).splitlines()
    if split := [line for line in lines if line.count("`") % 2]:
        raise ValueError(f"a text over several lines would lose its indentation: {split[0].strip()!r}")
    return "".join(f"{line.strip()}\n" for line in lines if line.strip())


def _inline(script: str) -> str:
    """A script as it may stand in a page: what a page's parser would take for the script's end is written otherwise.

    Both replacements mean the same within strings, templates and regular expressions, where alone they occur.
    """
    return re.sub(r"</(?=script)", r"<\\/", script, flags=re.IGNORECASE).replace("<!--", "<\\!--")

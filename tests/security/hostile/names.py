"""The names that pages take in their addresses, and the patterns of the server's routes, both read from the sources."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path

ROOT = Path(__file__).parents[3]
_NAME = re.compile(r"[a-z][a-z0-9_]{0,24}")
# Streamlit's own routes that need no session.
OF_STREAMLIT = (
    *("_stcore/health", "_stcore/script-health-check", "_stcore/host-config", "_stcore/metrics"),
    *("_stcore/upload_file/{session}/{file}", "media/{file}", "component/{name}/{file}"),
    *("_stcore/bidi-components/{name}/{file}", "app/static/{file}", "static/{file}", "{page}", "{page}/{more}"),
)


@cache
def parameters(script: str = "") -> tuple[str, ...]:
    """Every name that a page could read from its address: keys of widgets, and what `query_params` is asked for.

    script: of a page, for the names in its own files and those that all pages share; "" for those of all pages.
    """
    section = (ROOT / "pages").rglob("*.py")
    if script:
        main = ROOT / script
        parts = [folder for folder in main.parent.glob("*_parts") if _belongs(folder.name, main.stem)]
        section = (path for place in (*parts, ROOT / "pages" / "shared") for path in (*place.rglob("*.py"), main))
    found: set[str] = set()
    for path in sorted(set(section)):
        found |= set(_names(ast.parse(path.read_text(encoding="utf-8"))))
    return tuple(sorted(found))


def _belongs(folder: str, page: str) -> bool:
    return folder.removesuffix("_parts") == page


def _names(tree: ast.AST) -> Iterator[str]:
    for node in ast.walk(tree):
        values: list[ast.expr] = []
        if isinstance(node, ast.Call):
            asked = ast.unparse(node.func)
            given = {word.arg: word.value for word in node.keywords}
            if "bind" in given and "key" in given:
                values = [given["key"]]
            elif "query_params" in asked or re.search("choice|number|picker|box|chosen", asked.rpartition(".")[2]):
                values = [*node.args, *given.values()]
        elif isinstance(node, ast.Assign) and all(isinstance(name, ast.Name) for name in node.targets):
            if ast.unparse(node.targets[0]).isupper():  # a constant may be the name
                values = [node.value]
        elif isinstance(node, ast.Assign) and isinstance(node.targets[0], ast.Tuple):
            values = list(node.value.elts) if isinstance(node.value, ast.Tuple) else []
        elif isinstance(node, ast.Subscript) and "query_params" in ast.unparse(node.value):
            values = [node.slice]
        for value in values:
            if isinstance(value, ast.Constant) and isinstance(value.value, str) and _NAME.fullmatch(value.value):
                yield value.value


@cache
def routes() -> tuple[str, ...]:
    """The patterns of all routes, below the base path: `live/{job}/news`."""
    found: set[str] = set(OF_STREAMLIT)
    for path in sorted((ROOT / "pages" / "shared").glob("*.py")):
        text = path.read_text(encoding="utf-8")
        if "Route(" in text:
            found |= set(re.findall(r'"((?:join|class|live|export|healthz|metrics|forget-me|waiting)[^" ]*)"', text))
    return tuple(sorted(found))

"""Finds, in Python sources, words for a reader that are no message, and messages that do not fit their values."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from pathlib import Path
from string import Formatter

from sentiment_core.messages.extraction import KEYWORDS

# Functions of Streamlit and of pages/shared whose positional arguments a reader sees.
SHOWN = set(
    "title header subheader markdown caption text write info warning error success metric button selectbox multiselect "
    "text_input text_area number_input slider select_slider radio segmented_control pills toggle checkbox expander "
    "popover download_button form_submit_button page_link link_button tabs status spinner progress toast dialog "
    "Column TextColumn NumberColumn ProgressColumn CheckboxColumn LineChartColumn BarChartColumn ImageColumn "
    "corpus_header Panel".split()
)
WORDED = {"label", "help", "caption", "placeholder", "alt", "body", "text", "title", "description", "section"}
# Code that stands in such places: values of settings, keys, icons, formats.
CODE = {"key", "icon", "type", "format", "bind", "label_visibility", "height", "width", "color", "mime", "file_name"}
_LETTERS = re.compile(r"[A-Za-z]")
_PROSE = re.compile(r"[A-Za-z]{2,},? [A-Za-z]{2,}|^[A-Z][a-z]+$")
_MARKUP = re.compile(  # serving.py writes the head of a page
    r"""".*sans-serif$|<(script|title)>.*</\1>|:material/\w+:|`[^`]*`|https?://\S+|&\w+;|<[^>]*(?:>|$)|[a-z-]+="|:(?:red|blue|orange|gray|small)(?=\[)"""
)


def bypassing(path: Path) -> Iterator[tuple[int, str]]:
    """Line and text of each literal that reads as words for a reader and is no message."""
    tree = ast.parse(path.read_text(encoding="utf-8"))
    yield from _words(tree, shown=False)


def _words(node: ast.AST, shown: bool) -> Iterator[tuple[int, str]]:
    if isinstance(node, ast.Constant) and isinstance(node.value, str):
        text = _MARKUP.sub("", node.value)
        if (_LETTERS if shown else _PROSE).search(text):
            yield node.lineno, node.value
    elif isinstance(node, ast.Call):
        name = call_name(node)
        if name in KEYWORDS:  # its words are a message; its values are not
            shown_of = [(keyword.value, False) for keyword in node.keywords]
        elif name in {"ValueError", "RuntimeError", "TypeError", "getLogger", "compile"}:
            shown_of = []
        else:
            inside = name in SHOWN
            shown_of = [(argument, inside) for argument in node.args]
            shown_of += [(keyword.value, keyword.arg in WORDED) for keyword in node.keywords if keyword.arg not in CODE]
            shown_of.append((node.func, False))
        for child, inside in shown_of:
            yield from _words(child, inside)
    elif isinstance(node, (ast.Subscript, ast.Compare)):  # an address in a mapping, a comparison of codes
        yield from _words(node.value if isinstance(node, ast.Subscript) else node.left, shown=False)
    elif isinstance(node, ast.IfExp):
        for child, inside in ((node.test, False), (node.body, shown), (node.orelse, shown)):
            yield from _words(child, inside)
    elif isinstance(node, (ast.JoinedStr, ast.BinOp, ast.BoolOp, ast.List, ast.Tuple, ast.FormattedValue)):
        for child in ast.iter_child_nodes(node):
            yield from _words(child, shown)
    else:
        for child in ast.iter_child_nodes(node):
            if not _is_docstring(child):
                yield from _words(child, shown=False)


def _is_docstring(node: ast.AST) -> bool:
    return isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant)


def misfits(path: Path) -> Iterator[tuple[int, str]]:
    """Messages whose text is no literal, or whose placeholders are not the values that are given."""
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if not isinstance(node, ast.Call) or call_name(node) not in KEYWORDS or not node.args:
            continue
        name = str(call_name(node))
        if any(isinstance(argument, (ast.JoinedStr, ast.BinOp)) for argument in node.args):
            yield node.lineno, "its text is put together: write one literal with placeholders"
        texts = [argument.value for argument in node.args if isinstance(argument, ast.Constant)]
        texts = [text for text in texts if isinstance(text, str)][1 if name.endswith("_in") else 0 :]
        if not texts or any(keyword.arg is None for keyword in node.keywords):
            continue
        given = {str(keyword.arg) for keyword in node.keywords}
        plural = name.endswith("_plural")
        if not given and not plural:  # shown as it is, with whatever braces
            if any(re.search(r"\{[a-z_]+[}:!]", text) for text in texts):
                yield node.lineno, "its values are missing"
            continue
        wanted: set[str] = set().union(*map(placeholders, texts))
        if wanted - {"count"} != given - {"count"} or ("count" in wanted and not plural and "count" not in given):
            yield node.lineno, f"{sorted(wanted)} in the text, {sorted(given)} given"


def placeholders(text: str) -> set[str]:
    """The names of a message's placeholders."""
    return {name for _, name, _, _ in Formatter().parse(text) if name is not None}


def call_name(node: ast.Call) -> str | None:
    """The last part of the name of what is called."""
    return node.func.attr if isinstance(node.func, ast.Attribute) else getattr(node.func, "id", None)

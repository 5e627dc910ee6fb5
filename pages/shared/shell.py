"""What the HTML of every page holds before Streamlit's own scripts: two scripts and a style sheet.

shell.js     the history of the browser
repairs.js   names and roles of Streamlit's elements, for screen readers in the reader's language
shell.css    contrast, motion and print, where Streamlit's theme has no setting
"""

from __future__ import annotations

import json
from pathlib import Path

from sentiment_core.messages import LANGUAGES, lazy

# What Streamlit calls its own buttons and regions, for screen readers.
_NAMES = (
    *(lazy("App pages"), lazy("Main menu"), lazy("Sidebar"), lazy("Expand sidebar"), lazy("Collapse sidebar")),
    *(lazy("Close"), lazy("Open"), lazy("Clear value"), lazy("Clear all"), lazy("Selected values")),
    *(lazy("Increment"), lazy("Decrement"), lazy("Notifications"), lazy("Running...")),
)


def names_by_language() -> dict[str, dict[str, str]]:
    """Streamlit's names in each language, by the English name."""
    return {language: {name.english: name.in_language(language) for name in _NAMES} for language in LANGUAGES}


def _read(name: str) -> str:
    return Path(__file__).with_name(name).read_text(encoding="utf-8")


def _repairs() -> str:
    # A script may not hold the end of its own element.
    names = json.dumps(names_by_language(), ensure_ascii=False).replace("<", "\\u003c")
    return _read("repairs.js").replace("__NAMES__", names)


_SCRIPTS = "\n".join(f"<script>\n{script}</script>" for script in (_read("shell.js"), _repairs()))
SHELL = f"{_SCRIPTS}\n<style>\n{_read('shell.css')}</style>"

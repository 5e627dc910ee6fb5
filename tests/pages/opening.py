"""Runs a page of the app in process, as a link opens it."""

import re
from pathlib import Path

from streamlit.testing.v1 import AppTest

APP = str(Path(__file__).parents[2] / "streamlit_app.py")


# Names, codes and keys that are the same in every language.
_NAMES = re.compile(r'`[^`]*`|"[^"]*"|Sentiment Lab|Page Up|Page Down')
_ENGLISH = re.compile(r"[A-Za-z]{2,},? [A-Za-z]{2,},? [A-Za-z]{2,}")


def english_in(app: AppTest) -> list[str]:
    """Texts of a page, with labels and help, that look like English: three Latin words in a row."""
    shown = [
        text
        for element in app.main
        for name in ("value", "label", "help", "placeholder", "alt")
        if not (name == "value" and element.type in ("text_input", "text_area"))  # text that a reader may type
        if isinstance(text := getattr(element, name, None), str)
    ]
    assert shown
    return [text for text in shown if _ENGLISH.search(_NAMES.sub("", text))]


def open_page(script: str, **address: object) -> AppTest:
    """Open the page of `script`, a path from the root, with these parameters in its address."""
    app = AppTest.from_file(APP, default_timeout=60).run()
    app.switch_page(script)
    for name, value in address.items():
        app.query_params[name] = value
    return app.run()


def page_links(app: AppTest) -> list[str]:
    """The addresses that the page's links lead to, with what they ask for."""
    found = [element.proto for element in app.main if element.type == "page_link"]
    return [f"{proto.page}?{proto.query_string}" if proto.query_string else proto.page for proto in found]

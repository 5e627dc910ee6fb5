"""The One review page opened in process, and the text that it shows."""

import json
from functools import partial

from streamlit.testing.v1 import AppTest

from tests.pages.opening import open_page

opened = partial(open_page, "pages/compare/one_review.py")


def shown(app: AppTest) -> str:
    """All text of the page, without Markdown's escapes."""
    parts = [*app.header, *app.markdown, *app.caption, *app.error, *app.warning, *app.info]
    said = [part.value for part in parts] + [folded.label for folded in app.expander]
    return "\n".join(said).replace("\\", "")


def cards(app: AppTest) -> str:
    """The text of the networks' cards below the probability."""
    return "\n".join(part.value for part in app.markdown if "ms from text to probability" in part.value)


def tokens(app: AppTest) -> list[str]:
    """The HTML of each drawing of tokens."""
    return [element.proto.body for element in app.get("html")]


def drawn(app: AppTest) -> dict:
    """What the browser is given to draw."""
    assert not app.exception
    (part,) = (part for part in app.get("bidi_component") if part.proto.component_name.endswith("reading"))
    return json.loads(part.proto.json)

"""The drift player as a component on a page without a server, called in the way of Streamlit."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from urllib.parse import urlsplit

import numpy as np
from playwright.sync_api import Browser, Page, expect

from sentiment_core.messages import tr_in
from sentiment_core.player import bundle
from sentiment_core.player.bundle import component_script, stylesheet
from sentiment_core.player.panels import Vocabulary
from sentiment_core.player.payload import pack
from tests.browser.six_words import CHECKPOINTS, WORDS, panel

PLAYER = str(Path(bundle.__file__).parent)
ADDRESS = "http://player.test/drift"


@contextmanager
def component_tab(browser: Browser) -> Iterator[Page]:
    """A tab with the component and no server. The test fails if the browser reports an error in it."""
    page = browser.new_page(viewport={"width": 1280, "height": 900})
    script = "<script type='module'>import component from '/component.js'; window.component = component;</script>"
    body = f"<!doctype html><style>{stylesheet()}</style><main></main>{script}"
    page.route("**/*", lambda route: route.fulfill(body=body, content_type="text/html; charset=utf-8"))
    javascript = "text/javascript; charset=utf-8"
    page.route("**/component.js", lambda route: route.fulfill(body=component_script(), content_type=javascript))
    page.route(  # a single module, for tests of its functions
        "**/src/**",
        lambda route: route.fulfill(path=PLAYER + urlsplit(route.request.url).path, content_type=javascript),
    )
    complaints: list[str] = []
    page.on("pageerror", lambda error: complaints.append(str(error)))
    yield page
    page.close()
    assert complaints == []


def named(words: Sequence[str]) -> Vocabulary:
    """The first words of the six, renamed."""
    return replace(WORDS, words=np.array(words, dtype=object))


def payload(*words: str, pins: Sequence[str] = ("great",), checkpoints=CHECKPOINTS, axis: str = "axis 1") -> bytes:
    shown = replace(panel("rnn"), axes=[(axis, "axis 2")])
    if words:
        shown = replace(shown, vocabulary=named(words))
    labels = {name: tr_in("a checkpoint", name) for name in checkpoints}
    return pack("Drift", [shown], {name: frames[:1] for name, frames in checkpoints.items()}, pins, labels=labels)


def mount(page: Page, data: bytes) -> None:
    """Call the component as Streamlit does after each change."""
    page.evaluate(
        """(bytes) => {
          window.sent ??= [];
          window.component({
            parentElement: document.querySelector("main"),
            data: new Uint8Array(bytes),
            setStateValue: (name, value) => window.sent.push([name, value]),
          });
        }""",
        list(data),
    )


def open_with(page: Page, data: bytes, query: str = "") -> None:
    page.goto(ADDRESS + query)
    mount(page, data)
    expect(page.locator("[data-player]")).to_be_visible()

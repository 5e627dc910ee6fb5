"""A visitor whose browser keeps the app's scripts from test to test: to compile them takes each new one seconds."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from playwright.sync_api import Browser, BrowserContext

from benchmarks.browser import Server


@contextmanager
def returning(browser: Browser, server: Server, **settings: Any) -> Iterator[BrowserContext]:
    """A visitor with a first tab that stays open, so that the browser's process with the compiled scripts lives on."""
    with browser.new_context(base_url=server.address, **settings) as context:
        context.new_page().goto("/_stcore/health")
        yield context


def forget(context: BrowserContext) -> None:
    """Close all tabs but the first, and leave nothing that they have stored."""
    first, *others = context.pages
    for tab in others:
        tab.close()
    context.clear_cookies()
    first.evaluate("localStorage.clear()")

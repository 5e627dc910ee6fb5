"""A browser for all tests of a process."""

import warnings
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from typing import Any

from playwright.sync_api import Browser, BrowserContext, Error, Page, Playwright, sync_playwright

from benchmarks.browser import CHROMIUM, CHROMIUM_FLAGS

# Tabs of the same visitor share a process, which compiles the app's scripts once.
_FLAGS = [*CHROMIUM_FLAGS, "--process-per-site"]


class Chromium:
    """Opens tabs as Browser does. If it or Playwright's own process has ended, both are started again with a warning.

    Otherwise one crash would fail all tests that come after it in the same process.
    """

    def __init__(self, playwright: Playwright) -> None:
        self._playwright, self._started = playwright, False
        self._visitors: dict[tuple[str, str], BrowserContext] = {}
        self._browser = self._launch()

    def new_page(self, **options: Any) -> Page:
        """As Browser.new_page."""
        return self._open("new_page", options)

    def new_context(self, **options: Any) -> BrowserContext:
        """As Browser.new_context."""
        return self._open("new_context", options)

    @contextmanager
    def visit(self, address: str, **options: Any) -> Iterator[BrowserContext]:
        """A context of its own for a visit, with no tab and nothing stored.

        Visits with the same options share the scripts that are compiled, because to compile them takes seconds. For
        this a first tab stays open between them, which `pages` includes.
        """
        visitor = address, repr(sorted(options.items()))
        if visitor not in self._visitors:
            self._visitors[visitor] = self.new_context(base_url=address, **options)
            self._visitors[visitor].new_page().goto("/_stcore/health")
        context = self._visitors[visitor]
        try:
            yield context
        finally:
            try:
                _forget(context)
            except Error:  # it has crashed
                self._visitors.pop(visitor, None)

    @property
    def contexts(self) -> list[BrowserContext]:
        """As Browser.contexts."""
        return self._browser.contexts

    def close(self) -> None:
        """End the browser, and what was started again."""
        with suppress(Error):
            self._browser.close()
        if self._started:
            self._playwright.stop()

    def _launch(self) -> Browser:
        return self._playwright.chromium.launch(executable_path=CHROMIUM, args=_FLAGS)

    def _open(self, what: str, options: dict[str, Any]) -> Any:
        try:
            return getattr(self._browser, what)(**options)
        except Error as error:
            warnings.warn(f"Chromium is started again: {error}", stacklevel=3)
            with suppress(Error):
                self._browser.close()
            self._playwright.stop()
            self._playwright, self._started = sync_playwright().start(), True
            self._visitors.clear()
            self._browser = self._launch()
            return getattr(self._browser, what)(**options)


def _forget(context: BrowserContext) -> None:
    """Close all tabs but the first, and delete what they have stored."""
    first, *others = context.pages
    for tab in others:
        tab.close()
    context.clear_cookies()
    first.evaluate("localStorage.clear()")

"""A browser for all tests of a process."""

import warnings
from contextlib import suppress
from typing import Any

from playwright.sync_api import Browser, BrowserContext, Error, Page, Playwright, sync_playwright

from benchmarks.browser import CHROMIUM, CHROMIUM_FLAGS


class Chromium:
    """Opens tabs as Browser does. If it or Playwright's own process has ended, both are started again with a warning.

    Otherwise one crash would fail all tests that come after it in the same process.
    """

    def __init__(self, playwright: Playwright) -> None:
        self._playwright, self._started = playwright, False
        self._browser = self._launch()

    def new_page(self, **options: Any) -> Page:
        """As Browser.new_page."""
        return self._open("new_page", options)

    def new_context(self, **options: Any) -> BrowserContext:
        """As Browser.new_context."""
        return self._open("new_context", options)

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
        return self._playwright.chromium.launch(executable_path=CHROMIUM, args=CHROMIUM_FLAGS)

    def _open(self, what: str, options: dict[str, Any]) -> Any:
        try:
            return getattr(self._browser, what)(**options)
        except Error as error:
            warnings.warn(f"Chromium is started again: {error}", stacklevel=3)
            with suppress(Error):
                self._browser.close()
            self._playwright.stop()
            self._playwright, self._started = sync_playwright().start(), True
            self._browser = self._launch()
            return getattr(self._browser, what)(**options)

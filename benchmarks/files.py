"""What a browser with an empty cache fetches to show a page, as Chromium does it."""

from __future__ import annotations

from urllib.parse import urlsplit

from playwright.sync_api import Request, sync_playwright

from benchmarks.browser import CHROMIUM, CHROMIUM_FLAGS, wait_until_drawn


def files_of(address: str, path: str) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """The files that Chromium fetches before it opens the websocket, and those after.

    address: http://host:port. The paths have no slash at the beginning, and the page itself is not among them.
    """
    asked: list[str] = []
    opened: list[int] = []  # files that were asked for when the websocket was opened

    def note(request: Request) -> None:
        parts = urlsplit(request.url)
        if request.url.startswith(f"{address}/") and not request.is_navigation_request():
            asked.append(parts.path.removeprefix("/") + (f"?{parts.query}" if parts.query else ""))

    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=CHROMIUM_FLAGS)
        page = browser.new_page()
        page.on("request", note)
        page.on("websocket", lambda socket: opened.append(len(asked)))
        page.goto(f"{address}/{path}")
        wait_until_drawn(page)
        page.wait_for_load_state("networkidle")
        browser.close()
    first = opened[0] if opened else len(asked)
    return tuple(asked[:first]), tuple(asked[first:])

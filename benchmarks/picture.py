"""Records the moving picture of the README from the real app: `python -m benchmarks.picture docs/train.webp`.

It serves the app with an empty folder of live runs, opens Train, starts the usual two networks on the toy reviews and
photographs the page until the training is done.
"""

from __future__ import annotations

import io
import re
import sys
import time
from pathlib import Path
from tempfile import TemporaryDirectory

from PIL import Image
from playwright.sync_api import Page, ViewportSize, sync_playwright

from benchmarks.browser import CHROMIUM, CHROMIUM_FLAGS, serve, wait_until_drawn

SIZE: ViewportSize = {"width": 1200, "height": 900}
WIDTH = 900  # pixels of the picture
EVERY = 0.5  # seconds between two photographs of the training
SHOWN = 200  # milliseconds that each is shown
MOST = 120.0  # seconds of training that are recorded
_DONE = re.compile("Train again")


def record(page: Page, address: str) -> tuple[list[Image.Image], list[int]]:
    """Photographs of a training from the form to its end, and the milliseconds that each is shown."""
    page.goto(f"{address}/train")
    wait_until_drawn(page)
    pictures, times = [_photograph(page)], [1500]
    page.get_by_role("button", name="Start", exact=True).click()
    page.wait_for_url(re.compile("job="))
    page.get_by_text(re.compile(r"step \d+ of \d+")).first.wait_for()
    page.get_by_text("While it learns").first.scroll_into_view_if_needed()
    page.mouse.move(600, 600)
    page.mouse.wheel(0, 320)
    deadline = time.monotonic() + MOST
    while time.monotonic() < deadline and not page.get_by_role("button", name=_DONE).count():
        pictures.append(_photograph(page))
        times.append(SHOWN)
        time.sleep(EVERY)
    times[-1] = 2500
    return pictures, times


def _photograph(page: Page) -> Image.Image:
    found = Image.open(io.BytesIO(page.screenshot())).convert("RGB")
    return found.resize((WIDTH, round(found.height * WIDTH / found.width)), Image.Resampling.LANCZOS)


def main(target: Path) -> None:
    """Record and write the picture."""
    # The job may still be removing its files when the folder goes.
    holder = TemporaryDirectory(ignore_cleanup_errors=True)
    with holder as folder, serve(SENTIMENT_RUNS=folder) as server, sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=CHROMIUM_FLAGS)
        pictures, times = record(browser.new_page(viewport=SIZE), server.address)
        browser.close()
    pictures[0].save(target, save_all=True, append_images=pictures[1:], duration=times, loop=0, quality=60, method=4)
    print(f"{target}: {len(pictures)} pictures, {target.stat().st_size / 1e6:.2f} MB")


if __name__ == "__main__":
    main(Path(sys.argv[1]))

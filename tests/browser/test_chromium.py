"""The browser of the tests outlives a crash of Playwright's own process, and keeps nothing from visit to visit."""

import subprocess
import sys

import pytest

from benchmarks.browser import Server
from tests.chromium import Chromium
from tests.conftest import ROOT

pytestmark = [pytest.mark.browser, pytest.mark.usefixtures("browser")]  # skipped where there is none


def test_after_a_crash_the_next_tab_opens():
    """In a process of its own: a process can have one Playwright."""
    script = """
import psutil
from playwright.sync_api import sync_playwright
from tests.chromium import Chromium
with sync_playwright() as playwright:
    browser = Chromium(playwright)
    assert browser.new_page().evaluate("1 + 1") == 2
    for process in psutil.Process().children():
        process.kill()
    print(browser.new_page().evaluate("2 + 2"))
    browser.close()
"""
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, encoding="utf-8", check=True, cwd=ROOT)
    assert done.stdout == "4\n"
    assert "Chromium is started again" in done.stderr


def test_a_visit_begins_with_one_tab_and_nothing_stored(browser: Chromium, server: Server):
    for _ in range(2):
        with browser.visit(server.address) as context:
            assert len(context.pages) == 1
            tab = context.new_page()
            tab.goto("/_stcore/health")
            assert tab.evaluate("[localStorage.length, document.cookie.includes('kept')]") == [0, False]
            tab.evaluate("localStorage.kept = document.cookie = 'kept=1'")

"""A class of thirty phones, a teacher and a projector, from the first code to the end, with a new server in between."""

from pathlib import Path

import pytest
from playwright.sync_api import Browser

from benchmarks.lesson import lesson
from benchmarks.lesson_devices import Host

pytestmark = pytest.mark.browser


def test_thirty_phones_and_the_projector_show_what_was_sent_also_after_a_restart(browser: Browser, tmp_path: Path):
    with lesson(browser, Host(tmp_path), handsets=2) as held:
        held.first_question()
        held.with_sleepers()
        held.with_restart()
        held.follow_to_drift()
        held.plain_question()
        held.results()
        held.end()

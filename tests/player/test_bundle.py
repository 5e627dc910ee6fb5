"""The built player: the script that Streamlit imports, and the page that opens from a file."""

import base64
import json
import os
import re
import shutil
import subprocess
import sys
from html.parser import HTMLParser
from pathlib import Path

import pytest

from sentiment_core.player import bundle
from sentiment_core.player.bundle import component_script, standalone_html, standalone_template, stylesheet
from sentiment_core.player.payload import pack
from tests.player.full_panel import full_panel

PLAYER = Path(bundle.__file__).parent


class Scripts(HTMLParser):
    """The script elements of a page by id, or by type without one, split as a browser does."""

    def __init__(self, page: str):
        super().__init__()
        self.found: dict[str, str] = {}
        self.links: list[str] = []
        self._open: str | None = None
        self.feed(page)

    def handle_starttag(self, tag, attributes):
        given = dict(attributes)
        self.links += [value for name, value in attributes if name in ("src", "href")]
        self._open = (given.get("id") or given.get("type") or "script") if tag == "script" else None
        if self._open:
            self.found[self._open] = ""

    def handle_endtag(self, tag):
        self._open = None

    def handle_data(self, data):
        if self._open:
            self.found[self._open] += data


def test_the_component_exports_what_streamlit_calls():
    script = component_script()
    assert re.findall(r"\bexport\s*\{([^}]*)\}", script) == [re.search(r"(\w+ as default)\};?\s*$", script)[1]]
    assert not re.search(r"\bimport\b", script)


def test_the_page_has_the_payload_the_state_and_the_title_unchanged():
    payload = bytes(range(256)) * 3
    start = {"pins": ["</script><script>alert(1)", "<!--", "good"], "moment": 3}
    page = standalone_html(payload, "</title><script>alert(2)</script> & __PAYLOAD__", start)
    scripts = Scripts(page).found
    assert base64.b64decode(scripts["payload"]) == payload
    assert json.loads(scripts["start"]) == start
    assert "alert(1)" not in scripts["module"]
    assert "atob(" in scripts["module"]
    assert "<title>&lt;/title&gt;&lt;script&gt;alert(2)&lt;/script&gt; &amp; __PAYLOAD__</title>" in page
    assert list(scripts) == ["speech", "start", "payload", "module"]
    assert json.loads(Scripts(standalone_html(b"", "t")).found["start"]) is None


def test_the_page_uses_no_network():
    assert Scripts(standalone_html(b"", "t")).links == []
    assert not re.search(r"@import|url\((?!#|['\"]?data:)", stylesheet())


def test_the_template_has_each_placeholder_once_before_the_script():
    head = standalone_template().split('<script type="module">')[0]
    assert [head.count(name) for name in ("__TITLE__", "__START__", "__PAYLOAD__")] == [1, 1, 1]
    assert "__STYLE__" not in head


def test_a_browser_without_modules_shows_a_notice():
    page = standalone_template()
    assert re.search(r'<p id="notice">[^<]*scripts[^<]*</p>', page)
    assert '("notice").remove()' in Scripts(page).found["module"]


def test_the_take_home_of_two_full_runs_stays_under_three_megabytes():
    payload = pack("t", [full_panel("rnn"), full_panel("bilstm")], {"now": [11, 11]}, [], standalone_template())
    assert len(standalone_html(payload, "Drift").encode()) <= 3_000_000


def test_the_committed_build_matches_the_sources(tmp_path: Path):
    scripts = Path(sys.executable).parent
    node = shutil.which("node", path=os.pathsep.join([str(scripts), os.environ.get("PATH", "")]))
    if node is None or not (PLAYER / "node_modules").exists():
        assert not os.environ.get("SENTIMENT_REQUIRE_NODE"), (
            "`make lint` installs Node and what the player's build needs"
        )
        pytest.skip("no Node, or not what the build needs: `make lint` installs both")
    subprocess.run([node, str(PLAYER / "tools" / "build.js"), str(tmp_path)], check=True)
    built = {path.name: path.read_bytes() for path in tmp_path.iterdir()}
    committed = {path.name: path.read_bytes() for path in (PLAYER / "dist").iterdir()}
    assert sorted(built) == sorted(committed)
    stale = [name for name, content in built.items() if content != committed[name]]
    assert not stale, "run `make player` and commit sentiment_core/player/dist"

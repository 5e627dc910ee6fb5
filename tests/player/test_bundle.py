"""The player's modules joined into one script, and the page that opens from a file."""

import base64
import json
import re
from html.parser import HTMLParser
from pathlib import Path

import pytest

from sentiment_core.player.bundle import (
    bundle,
    component_script,
    standalone_html,
    standalone_template,
    stylesheet,
)
from sentiment_core.player.payload import pack
from tests.player.full_panel import full_panel

SHARED = "export const STEP = 2;\n\nexport function twice(x) {\n  return STEP * x;\n}\n"
PAGE = """import { twice } from "./shared.js";
import { STEP } from "./shared.js";

export function page() {
  return twice(STEP);
}
"""


class Scripts(HTMLParser):
    """The script elements of a page by id, or by type where they have none, as a browser ends them."""

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


@pytest.fixture
def folder(tmp_path: Path):
    def write(**modules: str) -> Path:
        for name, text in modules.items():
            (tmp_path / f"{name}.js").write_text(text, encoding="utf-8")
        return tmp_path / "page.js"

    return write


def test_modules_are_joined_in_the_order_of_their_imports(folder):
    script = bundle(folder(page=PAGE, shared=SHARED, unused="broken ("))
    assert script == (
        "const STEP = 2;\nfunction twice(x) {\nreturn STEP * x;\n}\n"  # shared.js
        "function page() {\nreturn twice(STEP);\n}\n"
    )


def test_comments_stay_behind_but_nothing_that_looks_like_one_within_a_line(folder):
    page = """// of the module
/**
 * Doubles * twice, /not/ more.
 */
export const page = "http://x"; // kept
  /* one line */
const glob = "a/*b"; /* kept */ const other = 1;
"""
    assert bundle(folder(page=page)) == (
        'const page = "http://x"; // kept\nconst glob = "a/*b"; /* kept */ const other = 1;\n'
    )


def test_an_import_over_several_lines_is_one(folder):
    several = 'import {\n  STEP,\n  twice,\n} from "./shared.js";\nexport default function () {\n  twice(STEP);\n}\n'
    script = bundle(folder(page=several, shared=SHARED))
    assert "import" not in script
    assert "export default function () {" in script


@pytest.mark.parametrize(
    ("page", "complaint"),
    [
        ('import { twice } from "./shared.js";\nfunction STEP() {}\n', "page.js and shared.js both define STEP"),
        ('import { thrice } from "./shared.js";\n', "imports thrice from shared.js, which exports no such name"),
        ('import { twice } from "./twin.js";\n', r"in a circle: page.js -> twin.js -> page.js"),
        ('import * as shared from "./shared.js";\n', "cannot be bundled"),
        ('import { html } from "https://example.org/html.js";\n', "cannot be bundled"),
        ("export { twice };\n", "cannot be bundled"),
        ("const { twice } = window;\n", "cannot be bundled"),
        ("const text = `two\n  lines`;\n", "would lose its indentation: 'const text = `two'"),
    ],
)
def test_what_cannot_be_joined_says_so(folder, page: str, complaint: str):
    twin = 'import { page } from "./page.js";\nexport const twice = page;\n'
    with pytest.raises(ValueError, match=complaint):
        bundle(folder(page=page, shared=SHARED, twin=twin))


def test_the_component_exports_what_streamlit_calls():
    script = component_script()
    assert len(re.findall(r"^export default function", script, re.MULTILINE)) == 1
    assert not re.search(r"^import\b|^export (?!default)", script, re.MULTILINE)
    assert "function mountPlayer(" in script


def test_the_page_holds_the_payload_the_state_and_the_title_unharmed():
    payload = bytes(range(256)) * 3
    start = {"pins": ["</script><script>alert(1)", "<!--", "good"], "moment": 3}
    page = standalone_html(payload, "</title><script>alert(2)</script> & __PAYLOAD__", start)
    scripts = Scripts(page).found
    assert base64.b64decode(scripts["payload"]) == payload
    assert json.loads(scripts["start"]) == start
    assert "alert(1)" not in scripts["module"]
    assert "mountPlayer(" in scripts["module"]
    assert "<title>&lt;/title&gt;&lt;script&gt;alert(2)&lt;/script&gt; &amp; __PAYLOAD__</title>" in page
    assert list(scripts) == ["start", "payload", "module"]
    assert json.loads(Scripts(standalone_html(b"", "t")).found["start"]) is None


def test_the_page_asks_the_network_for_nothing():
    assert Scripts(standalone_html(b"", "t")).links == []
    assert not re.search(r"@import|url\((?!#|['\"]?data:)", stylesheet())


def test_a_script_that_names_the_end_of_a_script_stays_whole(folder, monkeypatch):
    awkward = 'export function mountPlayer() {\n  return "</script><!--" + /<\\/script>/.source;\n}\n'
    joined = folder(page=awkward)
    monkeypatch.setattr("sentiment_core.player.bundle.bundle", lambda entry: joined.read_text(encoding="utf-8"))
    standalone_template.cache_clear()
    try:
        module = Scripts(standalone_template()).found["module"]
    finally:
        standalone_template.cache_clear()
    assert r'"<\/script><\!--" + /<\/script>/' in module
    assert "atob(" in module  # what stands after it


def test_the_template_leaves_each_placeholder_before_the_script_once():
    head = standalone_template().split('<script type="module">')[0]
    assert [head.count(name) for name in ("__TITLE__", "__START__", "__PAYLOAD__")] == [1, 1, 1]
    assert "__STYLE__" not in head


def test_a_browser_that_runs_no_module_finds_a_notice():
    page = standalone_template()
    assert re.search(r'<p id="notice">[^<]*scripts[^<]*</p>', page)
    assert 'getElementById("notice").remove()' in page


def test_the_take_home_of_two_full_runs_stays_under_three_megabytes():
    payload = pack("t", [full_panel("rnn"), full_panel("bilstm")], {"now": [11, 11]}, [], standalone_template())
    assert len(standalone_html(payload, "Drift").encode()) <= 3_000_000

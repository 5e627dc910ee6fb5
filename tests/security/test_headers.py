"""The security headers on every answer: pages, routes, files, errors."""

import re
from typing import Any

import pytest
from starlette.responses import PlainTextResponse

from pages.shared.security_headers import SecurityHeaders, content_policy, frame_ancestors, inline_scripts, script_hash
from pages.shared.serving import page_html
from pages.shared.site import PAGES
from sentiment_core.errors import SettingError
from tests.loops import run_in_loop
from tests.security.asking import ask, headers_of

EVERY = {
    "x-content-type-options": "nosniff",
    "referrer-policy": "same-origin",
    "cross-origin-resource-policy": "same-origin",
    "x-frame-options": "SAMEORIGIN",
}


@pytest.fixture(autouse=True)
def enforced(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("SENTIMENT_CONTENT_POLICY", raising=False)
    monkeypatch.delenv("SENTIMENT_FRAME_ANCESTORS", raising=False)


def answered(
    app: Any, path: str = "/", host: str = "lab.example.org", scheme: str = "http", **more: Any
) -> dict[str, str]:
    """The headers with which the middleware lets an app answer, by name in lower case."""
    scope = {"type": "http", "method": "GET", "path": path, "scheme": scheme, "headers": [(b"host", host.encode())]}
    scope |= more
    return headers_of(run_in_loop(ask(SecurityHeaders(app), scope)))


@pytest.mark.parametrize("path", ["/", "/drift", "/live/x/events", "/media/x", "/static/js/no-such.js"])
def test_every_answer_has_the_headers(path: str):
    found = answered(PlainTextResponse("ok"), path)
    assert found.items() >= EVERY.items()
    assert "frame-ancestors 'self'" in found["content-security-policy"]
    assert "camera=()" in found["permissions-policy"]


def test_only_who_sits_at_the_machine_may_evaluate_text():
    peer = {"client": ("127.0.0.1", 5000)}
    assert "unsafe-eval" in answered(PlainTextResponse("ok"), host="localhost:8501", **peer)["content-security-policy"]
    assert "unsafe-eval" not in answered(PlainTextResponse("ok"), **peer)["content-security-policy"]


def test_an_error_of_the_server_has_them_too_and_tells_nothing():
    async def broken(scope: Any, receive: Any, send: Any) -> None:
        raise RuntimeError("a secret path")

    messages: list[dict[str, Any]] = []
    scope = {"type": "http", "method": "GET", "path": "/", "headers": []}
    with pytest.raises(RuntimeError, match="secret"):  # for the log of the server
        run_in_loop(ask(SecurityHeaders(broken), scope, sent=messages))
    assert messages[0]["status"] == 500
    assert headers_of(messages).items() >= EVERY.items()
    assert messages[1]["body"] == b""


def test_a_page_keeps_a_policy_of_its_own():
    own = PlainTextResponse("ok", headers={"Content-Security-Policy": "default-src 'none'"})
    assert answered(own)["content-security-policy"] == "default-src 'none'"


def test_the_browser_is_held_to_https_only_where_it_came_by_https():
    assert "strict-transport-security" not in answered(PlainTextResponse("ok"))
    assert answered(PlainTextResponse("ok"), scheme="https")["strict-transport-security"] == "max-age=31536000"


@pytest.mark.parametrize(
    ("host", "scheme", "sent"),
    [
        ("lab.example.org", "https", True),
        ("localhost:8501", "http", True),
        ("[::1]:8501", "http", True),
        ("lab.example.org", "http", False),  # the browser would complain on its console
    ],
)
def test_other_windows_are_cut_off_where_browsers_can(host: str, scheme: str, sent: bool):
    found = answered(PlainTextResponse("ok"), host=host, scheme=scheme)
    assert (found.get("cross-origin-opener-policy") == "same-origin") == sent


def test_no_script_is_allowed_but_those_of_the_pages():
    policy = content_policy("'self'", ["let a = 1"])
    scripts = next(part for part in policy.split("; ") if part.startswith("script-src "))
    assert scripts.split()[1:] == ["'self'", "blob:", script_hash("let a = 1")]
    assert "default-src 'none'" in policy
    assert "unsafe-eval" not in policy
    assert not re.search(r"https?://|\*", policy), "nothing comes from another server"


def test_the_inline_scripts_of_every_page_are_those_that_the_policy_names():
    from pathlib import Path

    from streamlit import file_util

    shell = (Path(file_util.get_static_dir()) / "index.html").read_text(encoding="utf-8")
    policy = answered(PlainTextResponse("ok"))["content-security-policy"]
    for page in PAGES:
        html = page_html(shell, page)
        scripts = inline_scripts(html)
        assert len(scripts) == 3
        assert all(script_hash(script) in policy for script in scripts)
        assert not re.search(r"\son\w+=", html), "no handler in an attribute, which the policy forbids"


def test_a_hash_is_that_of_the_browsers():
    """The example of the specification, https://www.w3.org/TR/CSP3/#external-hash and MDN's: sha256 of the text."""
    assert script_hash("doSomething();") == "'sha256-RFWPLDbv2BY+rCkDzsE+0fr8ylGr2R2faWMhq4lfEQc='"


@pytest.mark.parametrize(
    ("given", "expected"),
    [
        ("", "'self'"),
        ("https://lms.school.example", "'self' https://lms.school.example"),
        (
            "https://*.school.example, http://moodle.local:8080",
            "'self' https://*.school.example http://moodle.local:8080",
        ),
    ],
)
def test_the_owner_names_the_sites_that_may_show_the_app_in_a_frame(given: str, expected: str):
    assert frame_ancestors({"SENTIMENT_FRAME_ANCESTORS": given}) == expected


@pytest.mark.parametrize(
    "given",
    ["*", "lms.example.org", "https://lms.example.org/course", "https:", "https://a;script-src", "'unsafe-inline'"],
)
def test_what_is_no_site_is_refused_in_one_line(given: str):
    with pytest.raises(SettingError, match="SENTIMENT_FRAME_ANCESTORS"):
        frame_ancestors({"SENTIMENT_FRAME_ANCESTORS": given})


def test_with_other_sites_the_old_header_is_left_out(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setenv("SENTIMENT_FRAME_ANCESTORS", "https://lms.example.org")
    found = answered(PlainTextResponse("ok"))
    assert "x-frame-options" not in found
    assert found["content-security-policy"].endswith("frame-ancestors 'self' https://lms.example.org")


def test_the_policy_may_be_only_reported(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setenv("SENTIMENT_CONTENT_POLICY", "report")
    found = answered(PlainTextResponse("ok"))
    assert "content-security-policy" not in found
    assert "frame-ancestors 'self'" in found["content-security-policy-report-only"]
    assert answered(PlainTextResponse("ok"), "/media/x")["content-security-policy"].startswith("default-src 'none'")
    monkeypatch.setenv("SENTIMENT_CONTENT_POLICY", "off")
    with pytest.raises(SettingError, match="SENTIMENT_CONTENT_POLICY is 'off'"):
        answered(PlainTextResponse("ok"))

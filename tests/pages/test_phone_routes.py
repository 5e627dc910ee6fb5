"""The pages of a student's phone: small, cached, without anything from elsewhere, and the same for every code."""

import json
import re
from collections.abc import Iterator

import pytest
from starlette.applications import Starlette
from starlette.testclient import TestClient
from streamlit import config

from pages.shared.phone_routes import phone_routes
from pages.shared.site import PAGES
from sentiment_core.messages.catalogue import translations
from sentiment_core.player.speech import english_messages

PATHS = ("/join", "/join/K7M2QX")


@pytest.fixture(scope="module")
def client() -> Iterator[TestClient]:
    with TestClient(Starlette(routes=phone_routes()), follow_redirects=False) as opened:
        yield opened


def assets(html: str, path: str) -> list[str]:
    """The addresses of what a page at a path loads."""
    folder = path.rpartition("/")[0]
    found = re.findall(r'(?:src|href)="([^"]*)"', html)
    return [f"{folder}/{address}" for address in found if not address.startswith("data:")]


def given(html: str) -> dict:
    """What the page hands to its script."""
    return json.loads(re.search(r'id="given">(.*?)</script>', html)[1])


@pytest.mark.parametrize("path", PATHS)
def test_a_page_with_all_that_it_loads_is_small(client: TestClient, path: str):
    page = client.get(path)
    loaded = assets(page.text, path)
    assert sorted(re.sub(r"\?.*", "", address) for address in loaded) == [
        "/join/assets/phone.css",
        "/join/assets/phone.js",
    ]
    answers = [client.get(address) for address in loaded]
    assert [answer.status_code for answer in answers] == [200, 200]
    assert sum(len(answer.content) for answer in (page, *answers)) < 60_000


@pytest.mark.parametrize("path", PATHS)
def test_a_page_runs_no_script_but_its_own_file(client: TestClient, path: str):
    page = client.get(path)
    policy = page.headers["Content-Security-Policy"]
    assert "default-src 'none'" in policy
    assert "frame-ancestors 'none'" in policy
    assert "unsafe" not in policy
    assert "style=" not in page.text
    assert not re.search(r"\son\w+=", page.text)
    inline = re.findall(r"<script(?![^>]*src=)([^>]*)>", page.text)
    assert all('type="application/json"' in attributes for attributes in inline)
    assert not re.search("https?://", page.text)
    for address in assets(page.text, path):
        assert not re.search(r"(?<!www\.w3\.org)https?://(?!www\.w3\.org)", client.get(address).text)


def test_every_code_gets_the_same_page_so_that_nobody_can_look_for_codes_there(client: TestClient):
    assert client.get("/join/K7M2QX").content == client.get("/join/aaaaaa").content


@pytest.mark.parametrize("code", ["..%2f..%2fetc", "K7M2QX%20", "x" * 40, "%3Cscript%3E", "é"])
def test_what_is_no_code_leads_to_the_question_for_one(client: TestClient, code: str):
    answer = client.get(f"/join/{code}")
    assert (answer.status_code, answer.headers.get("Location")) in [(303, "../join"), (404, None)]
    assert code not in answer.text


def test_files_are_kept_by_browsers_and_fetched_anew_when_they_change(client: TestClient):
    (address, _) = assets(client.get("/join").text, "/join")
    answer = client.get(address)
    assert "immutable" in answer.headers["Cache-Control"]
    again = client.get(address, headers={"If-None-Match": answer.headers["ETag"]})
    assert (again.status_code, again.content) == (304, b"")
    other = client.get(re.sub(r"v=\w+", "v=0123456789abcdef", address))
    assert "no-cache" in other.headers["Cache-Control"], "an old address must not keep new content"
    page = client.get("/join/K7M2QX")
    assert "no-cache" in page.headers["Cache-Control"]
    assert client.get("/join/K7M2QX", headers={"If-None-Match": page.headers["ETag"]}).status_code == 304


def test_a_page_is_compressed_for_those_who_can_read_it(client: TestClient):
    packed = client.get("/join", headers={"Accept-Encoding": "gzip"})
    plain = client.get("/join", headers={"Accept-Encoding": "identity"})
    assert packed.headers["Content-Encoding"] == "gzip"
    assert "Content-Encoding" not in plain.headers
    assert packed.text == plain.text


@pytest.mark.parametrize(
    ("query", "accepted", "language", "chosen"),
    [("", "ko-KR,en;q=0.5", "ko", False), ("?lang=ko", "en", "ko", True), ("?lang=xx", "fr", "en", False)],
)
def test_a_page_begins_in_the_language_of_the_address_or_the_browser(
    client: TestClient, query: str, accepted: str, language: str, chosen: bool
):
    html = client.get(f"/join/K7M2QX{query}", headers={"Accept-Language": accepted}).text
    assert f'<html lang="{language}">' in html
    assert (given(html)["language"], given(html)["chosen"]) == (language, chosen)


def test_a_page_brings_its_words_in_every_language_and_the_pages_that_it_may_frame(client: TestClient):
    found = given(client.get("/join/K7M2QX").text)
    assert set(found["messages"]["ko"]) == set(english_messages("phone.json")) <= {key for _, key in translations("ko")}
    assert found["messages"]["en"] == {}
    assert found["pages"] == [page.address for page in PAGES]


def test_the_addresses_of_the_app_s_pages_have_a_form_that_phones_accept():
    """`pageAddress` of the phone's script takes letters and underscores alone."""
    assert all(re.fullmatch("[a-z_]*", page.address) for page in PAGES)


def test_nothing_but_get_is_answered_and_unknown_files_are_not_there(client: TestClient):
    assert client.post("/join").status_code == 405
    assert client.get("/join/assets/phone.json").status_code == 404
    assert client.get("/join/").headers["Location"] == "../join"


def test_pages_are_served_below_a_base_path(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(config, "get_option", {"server.baseUrlPath": "lab"}.__getitem__)
    assert [route.path for route in phone_routes()] == [
        "/lab/join",
        "/lab/join/",
        "/lab/join/assets/{name}",
        "/lab/join/{code}",
    ]

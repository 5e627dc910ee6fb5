"""The app behind nginx, through TLS, at the root of a host and below a path, with the configuration in deploy/nginx."""

import gzip
import http.client
import io
import json
import re
import shutil
import urllib.request
import zipfile
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, Request, WebSocket, expect

from benchmarks.browser import wait_until_drawn
from deploy.dockerfile import ROOT
from sentiment_core.jobs.folders import Outcome, write_outcome, write_request
from sentiment_core.jobs.layout import new_id, training_folder
from sentiment_core.jobs.records import State
from sentiment_core.jobs.requests import Network, TrainingRequest
from sentiment_core.model.config import Recipe
from sentiment_core.text.reviews import Reading
from tests.hosting.conftest import Proxied
from tests.hosting.proxy import Site, trusting

pytestmark = [pytest.mark.browser, pytest.mark.server]
LINK = "review?runs=rnn&runs=bilstm&text=A+fine+film."
CSV = "text,label\n" + "".join(f'"a {"good" if k % 2 else "bad"} film, number {k}",{k % 2}\n' for k in range(60))


@pytest.fixture
def context(browser: Browser) -> Iterator[BrowserContext]:
    """A browser that accepts the certificate that nobody has signed."""
    opened = browser.new_context(ignore_https_errors=True, viewport={"width": 1280, "height": 800})
    yield opened
    opened.close()


@pytest.fixture
def tab(context: BrowserContext) -> Iterator[Page]:
    """A tab. The test fails if the browser reports an error in it."""
    page, complaints = context.new_page(), list[str]()
    page.on("pageerror", lambda error: complaints.append(str(error)))
    page.on("console", lambda message: complaints.append(message.text) if message.type == "error" else None)
    yield page
    assert complaints == []


def ask(proxied: Proxied, site: Site, path: str, method: str = "GET", **headers: str) -> http.client.HTTPResponse:
    """The answer to a request below the site's address; its body is not read yet."""
    known = http.client.HTTPSConnection("localhost", site.https, timeout=20, context=trusting(proxied.folder))
    base = site.address.partition(str(site.https))[2]
    known.request(method, f"{base}/{path}", headers={name.replace("_", "-"): text for name, text in headers.items()})
    return known.getresponse()


@pytest.mark.parametrize("place", ["host", "path"])
def test_a_deep_link_opens_over_tls_and_the_back_button_leads_to_it_again(tab: Page, proxied: Proxied, place: str):
    site: Site = getattr(proxied, place)
    asked, sockets = list[str](), list[str]()

    def note(request: Request) -> None:
        asked.append(request.url)

    def note_socket(socket: WebSocket) -> None:
        sockets.append(socket.url)

    tab.on("request", note)
    tab.on("websocket", note_socket)
    tab.goto(f"{site.address}/{LINK}")
    wait_until_drawn(tab)
    expect(tab.get_by_label("Review", exact=True)).to_have_value("A fine film.")
    verdict = tab.get_by_role("heading", name=re.compile("say positive|say negative|They disagree")).inner_text()
    assert sockets == [f"{site.address.replace('https', 'wss')}/_stcore/stream"]

    tab.get_by_test_id("stTopNavSection").filter(has_text="Reviews").click()
    tab.get_by_test_id("stTopNavDropdownLink").filter(has_text="Token lengths").click()
    expect(tab.get_by_role("heading", name="Token lengths", exact=True)).to_be_visible()
    assert tab.url.startswith(f"{site.address}/lengths")
    tab.go_back()
    expect(tab.get_by_role("heading", name=verdict, exact=True)).to_be_visible()
    expect(tab.get_by_label("Review", exact=True)).to_have_value("A fine film.")
    assert tab.url.startswith(f"{site.address}/{LINK.partition('?')[0]}")

    tab.reload()
    expect(tab.get_by_role("heading", name=verdict, exact=True)).to_be_visible()
    outside = [url for url in asked if not url.startswith((f"{site.address}/", "data:", "blob:"))]
    assert outside == []
    cookies = {cookie["name"]: cookie["secure"] for cookie in tab.context.cookies()}
    assert cookies["sentiment_visitor"], "the server has not noticed that the browser speaks TLS"


def test_a_file_is_brought_and_tables_are_taken_below_a_path(tab: Page, proxied: Proxied):
    tab.goto(f"{proxied.path.address}/own_data")
    wait_until_drawn(tab)
    tab.locator("input[type=file]").set_input_files(
        {"name": "mine.csv", "mimeType": "text/csv", "buffer": CSV.encode()}
    )
    expect(tab.get_by_text("number 59").or_(tab.get_by_text("mine.csv")).first).to_be_visible()
    tab.wait_for_url(re.compile("upload="))

    tab.goto(f"{proxied.path.address}/test_set?corpus=toy")
    wait_until_drawn(tab)
    with tab.expect_download() as download:
        tab.get_by_role("button", name="Save the verdicts (CSV)").click()
    rows = Path(download.value.path()).read_text(encoding="utf-8-sig").splitlines()
    assert download.value.suggested_filename == "toy-test-set.csv"
    assert len(rows) > 100


def test_who_comes_through_the_proxy_does_not_sit_at_the_machine(proxied: Proxied):
    """The name is localhost and so is the proxy: only its headers tell."""
    file = "_stcore/upload_file/session/file"
    claims = {"X_Forwarded_For": "127.0.0.1", "Forwarded": "for=127.0.0.1", "X_Real_IP": "127.0.0.1"}
    assert ask(proxied, proxied.host, file, "PUT").status == 403
    assert ask(proxied, proxied.host, file, "PUT", **claims).status == 403
    there = urllib.request.urlopen(proxied.direct.address).status
    assert there == 200


def test_the_server_is_told_who_asks_for_what_by_which_name(proxied: Proxied):
    claims = {"X_Forwarded_For": "192.0.2.1", "Forwarded": "for=192.0.2.1", "X_Forwarded_Proto": "http"}
    told = json.loads(ask(proxied, proxied.echo, "join/ABC234/state?after=3&x=%2F", **claims).read())
    assert told["path"] == "/lab/join/ABC234/state?after=3&x=%2F"
    assert told["headers"]["host"] == f"localhost:{proxied.echo.https}"
    assert told["headers"]["x-forwarded-for"] == "127.0.0.1"
    assert told["headers"]["x-forwarded-proto"] == "https"
    assert "forwarded" not in told["headers"]


def test_an_answer_that_waits_passes_piece_by_piece(proxied: Proxied):
    answer = ask(proxied, proxied.echo, "slow")
    assert answer.read(6) == b"first "
    proxied.echoing.go_on.set()
    assert b"/lab/slow" in answer.read()


def test_a_file_that_is_too_large_is_refused_before_it_is_sent(proxied: Proxied):
    answer = ask(proxied, proxied.path, "_stcore/upload_file/session/file", "PUT", Content_Length=str(56 * 2**20))
    assert answer.status == 413


@pytest.mark.parametrize("place", ["host", "path"])
def test_scripts_are_compressed_once_and_kept(proxied: Proxied, place: str):
    site: Site = getattr(proxied, place)
    page = ask(proxied, site, "").read().decode()
    script = re.findall(r'src="\./(static/js/[^"]+)"', page)[0]
    packed = ask(proxied, site, script, Accept_Encoding="gzip, br")
    assert packed.headers["Content-Encoding"] == "gzip"
    assert "immutable" in packed.headers["Cache-Control"]
    body = packed.read()
    assert any((proxied.folder / site.name / "cache").iterdir())
    plain = ask(proxied, site, script)
    assert plain.headers["Content-Encoding"] is None
    assert plain.read() == gzip.decompress(body)


def test_without_tls_a_browser_is_sent_on(proxied: Proxied):
    plain = http.client.HTTPConnection("127.0.0.1", proxied.host.http, timeout=20)
    plain.request("GET", "/drift?runs=rnn", headers={"Host": "localhost"})
    assert plain.getresponse().headers["Location"] == "https://localhost/drift?runs=rnn"
    assert ask(proxied, proxied.host, "drift").headers["Strict-Transport-Security"]
    below = http.client.HTTPSConnection("localhost", proxied.path.https, context=trusting(proxied.folder), timeout=20)
    below.request("GET", "/lab?lang=ko")
    assert below.getresponse().headers["Location"].endswith("/lab/?lang=ko")


def test_a_job_is_followed_and_its_run_is_taken_below_a_path(proxied: Proxied):
    corpus = shutil.copytree(ROOT / "checkpoints" / "toy", proxied.runs / "trained" / "toy")
    job = training_folder(proxied.runs, new_id())
    job.mkdir(parents=True)
    write_request(job, TrainingRequest((Network("bilstm", Recipe("bilstm")),), Reading("toy"), str(corpus)), 1, 0.0)
    write_outcome(job, Outcome(State.DONE))  # one that waits would be started
    taken = ask(proxied, proxied.path, f"export/{job.name}/bilstm.zip")
    assert taken.headers["Content-Disposition"] == 'attachment; filename="bilstm.zip"'
    assert "bilstm/model.safetensors" in zipfile.ZipFile(io.BytesIO(taken.read())).namelist()
    followed = ask(proxied, proxied.path, f"live/{job.name}/news?after=0")
    assert (followed.status, followed.headers["Content-Type"]) == (200, "application/octet-stream")
    assert followed.read()


def test_while_the_server_starts_the_browser_is_told_to_try_again(proxied: Proxied):
    answer = ask(proxied, proxied.gone, "drift")
    assert (answer.status, answer.headers["Retry-After"]) == (503, "5")
    assert answer.headers["Cache-Control"] == "no-store"
    said = answer.read().decode()
    assert 'http-equiv="refresh"' in said
    assert "Sentiment Lab is starting" in said

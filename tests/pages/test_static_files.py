"""Streamlit's files from memory, on the real server."""

import gzip
import re
import urllib.error
import urllib.request
from http.client import HTTPResponse
from pathlib import Path

import pytest
from streamlit import file_util

from benchmarks.browser import Server

FOLDER = Path(file_util.get_static_dir())
KINDS = ("js", "css", "woff2")
FILES = {kind: min(path.relative_to(FOLDER).as_posix() for path in FOLDER.rglob(f"*.{kind}")) for kind in KINDS}


def ask(server: Server, path: str, **headers: str) -> HTTPResponse:
    return urllib.request.urlopen(urllib.request.Request(f"{server.address}/{path}", headers=headers))


@pytest.mark.parametrize("kind", KINDS)
def test_a_browser_gets_the_same_file_packed_once(server: Server, kind: str):
    path = FILES[kind]
    with ask(server, path, **{"Accept-Encoding": "gzip, deflate, br"}) as packed, ask(server, path) as plain:
        body, headers = packed.read(), packed.headers
        whole = plain.read()
        assert headers["Content-Type"].split(";")[0] == plain.headers["Content-Type"].split(";")[0]
    assert (gzip.decompress(body) if headers["Content-Encoding"] == "gzip" else body) == whole
    assert whole == (FOLDER / path).read_bytes()
    assert "immutable" in headers["Cache-Control"]
    assert headers["Vary"] == "Accept-Encoding"


def test_every_file_that_the_page_names_is_there(server: Server):
    with ask(server, "review") as page:
        named = re.findall(r'"\./(static/[^"]+)"', page.read().decode())
    assert len(named) > 20
    assert set(named) <= {path.relative_to(FOLDER).as_posix() for path in FOLDER.rglob("*")}


def test_a_part_of_a_file_is_sent_as_streamlit_does(server: Server):
    with ask(server, FILES["js"], **{"Accept-Encoding": "gzip", "Range": "bytes=0-9"}) as part:
        assert (part.status, len(part.read())) == (206, 10)


@pytest.mark.parametrize("path", ["static/../../../app_test.py", "static/%2e%2e/%2e%2e/cli.py"])
def test_no_other_file_can_be_reached(server: Server, path: str):
    with pytest.raises(urllib.error.HTTPError) as refused:
        ask(server, path, **{"Accept-Encoding": "gzip"})
    assert refused.value.code in (400, 404)

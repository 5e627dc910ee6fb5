"""The guard before the address to which browsers send files, as the server calls it."""

from typing import Any

import pytest
from streamlit import config

from pages.shared import upload_guard
from pages.shared.upload_guard import UploadGuard, settle_limit
from sentiment_core.errors import SettingError
from tests.loops import run_in_loop

ADDRESS = "/_stcore/upload_file/session/file"
LOCAL = [(b"host", b"localhost:8501")]


def answer(method: str = "PUT", path: str = ADDRESS, headers: list[tuple[bytes, bytes]] = LOCAL) -> int:
    """The status of a request; 200 if the guard passes it on."""
    statuses: list[int] = []

    async def app(scope: Any, receive: Any, send: Any) -> None:
        statuses.append(200)

    async def send(message: dict[str, Any]) -> None:
        statuses.extend([message["status"]] if "status" in message else [])

    async def receive() -> dict[str, Any]:
        raise AssertionError("a refused file is not read")

    scope = {"type": "http", "method": method, "path": path, "headers": headers, "client": ("127.0.0.1", 5000)}
    run_in_loop(UploadGuard(app)(scope, receive, send))
    assert len(statuses) == 1
    return statuses[0]


def test_who_sits_at_the_machine_may_send_a_file(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.delenv("SENTIMENT_TRAINING", raising=False)
    assert answer() == 200


@pytest.mark.parametrize("path", [ADDRESS, f"/lab{ADDRESS}"])
def test_others_may_not_unless_the_owner_allows_it(monkeypatch: pytest.MonkeyPatch, path: str):
    proxied = [(b"host", b"lab.example.org"), (b"x-forwarded-for", b"192.0.2.7")]
    monkeypatch.setenv("SENTIMENT_TRAINING", "auto")
    assert answer(path=path, headers=proxied) == 403
    monkeypatch.setenv("SENTIMENT_TRAINING", "on")
    assert answer(path=path, headers=proxied) == 200
    monkeypatch.setenv("SENTIMENT_TRAINING", "off")
    assert answer(path=path) == 403


def test_everything_else_passes(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setenv("SENTIMENT_TRAINING", "off")
    assert answer("DELETE") == 200
    assert answer("OPTIONS") == 200
    assert answer("PUT", "/own_data") == 200
    assert answer("GET", "/") == 200


def test_files_that_no_page_takes_fill_only_so_much_memory(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setenv("SENTIMENT_TRAINING", "on")
    monkeypatch.setattr(upload_guard, "_waiting", lambda: 10**10)
    assert answer() == 429


def test_the_server_takes_files_as_large_as_the_limit_says(monkeypatch: pytest.MonkeyPatch):
    before = config.get_option("server.maxUploadSize")
    try:
        monkeypatch.setenv("SENTIMENT_UPLOAD_MB", "7")
        settle_limit()
        assert config.get_option("server.maxUploadSize") == 7
        monkeypatch.setenv("SENTIMENT_UPLOAD_MB", "many")
        with pytest.raises(SettingError, match="SENTIMENT_UPLOAD_MB is 'many'"):
            settle_limit()
    finally:
        config.set_option("server.maxUploadSize", before)

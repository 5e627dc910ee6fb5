"""A browser's connection to the server without a browser: HTTP/1.1 over one socket that stays open, with its cookies.

Parsing no more than a measurement needs, hundreds of them fit into one process beside the server.
"""

from __future__ import annotations

import asyncio
import gzip
import json
from contextlib import suppress
from dataclasses import dataclass, field
from typing import Any


@dataclass(frozen=True)
class Answer:
    """What the server answered."""

    status: int
    headers: dict[str, str]  # names in small letters
    content: bytes  # unpacked

    def json(self) -> Any:
        """The content, read as JSON."""
        return json.loads(self.content)


@dataclass
class Connection:
    """One connection. It is opened by the first question, and again after the server or `drop` has closed it."""

    address: str  # http://host:port
    cookies: dict[str, str] = field(default_factory=dict)  # may be shared by the connections of one browser

    def __post_init__(self) -> None:
        self._host = self.address.removeprefix("http://")
        self._streams: tuple[asyncio.StreamReader, asyncio.StreamWriter] | None = None

    async def get(self, path: str, **headers: str) -> Answer:
        """Ask for a path such as join/K7M2QX."""
        return await self._ask("GET", path, None, headers)

    async def post(self, path: str, body: object, **headers: str) -> Answer:
        """Send JSON as a page of the same origin does."""
        return await self._ask("POST", path, json.dumps(body).encode(), headers)

    def drop(self) -> None:
        """Cut the connection, as a phone does that falls asleep."""
        if self._streams is not None:
            self._streams[1].transport.abort()
        self._streams = None

    async def _ask(self, method: str, path: str, body: bytes | None, headers: dict[str, str]) -> Answer:
        for opened in (self._streams is not None, False):
            try:
                return await self._exchange(method, path, body, headers)
            except asyncio.CancelledError:
                self.drop()  # the answer may still come, to a question that nobody asks any more
                raise
            except (ConnectionError, asyncio.IncompleteReadError):
                self.drop()
                if not opened:  # one that was open may have been closed while it was idle: then another is tried
                    raise
        raise AssertionError("the loop returns or raises")

    async def _exchange(self, method: str, path: str, body: bytes | None, headers: dict[str, str]) -> Answer:
        if self._streams is None:
            host, _, port = self._host.partition(":")
            self._streams = await asyncio.open_connection(host, int(port or 80))
        reader, writer = self._streams
        sent = {"Host": self._host, "Accept-Encoding": "gzip"} | {n.replace("_", "-"): v for n, v in headers.items()}
        if self.cookies:
            sent["Cookie"] = "; ".join(f"{name}={value}" for name, value in self.cookies.items())
        if body is not None:
            sent |= {"Content-Type": "application/json", "Content-Length": str(len(body)), "Origin": self.address}
        lines = "".join(f"{name}: {value}\r\n" for name, value in sent.items())
        writer.write(f"{method} /{path} HTTP/1.1\r\n{lines}\r\n".encode() + (body or b""))
        status, *rest = (await reader.readuntil(b"\r\n\r\n")).decode("latin-1").split("\r\n")
        found: dict[str, str] = {}
        for line in rest:
            name, _, value = line.partition(": ")
            if name.lower() == "set-cookie":
                key, _, secret = value.partition(";")[0].partition("=")
                self.cookies[key] = secret
            elif name:
                found[name.lower()] = value
        content = await reader.readexactly(int(found.get("content-length", "0")))
        if found.get("content-encoding") == "gzip":
            content = gzip.decompress(content)
        if found.get("connection", "").lower() == "close":
            with suppress(OSError):
                writer.close()
            self._streams = None
        return Answer(int(status.split()[1]), found, content)

"""What a browser fetches over HTTP when it opens a page with an empty cache, at little cost for the one who measures.

The bodies of files are counted and dropped: a class of readers fetches gigabytes, and the two cores are the server's.
"""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from http.cookies import SimpleCookie
from urllib.parse import urlsplit

AT_ONCE = 6  # connections that a browser opens to a server
_HEAD = 64 * 1024  # most bytes of the head of an answer
_END = b"\r\n\r\n"
_BUFFER = 256 * 1024


class _Answer:
    """One answer of the server, of which the body is counted and at most `keep` bytes of it are kept."""

    def __init__(self, keep: int) -> None:
        self.status, self.headers, self.body, self.size = 0, [("", "")], bytearray(), 0
        self._keep = keep
        self.done: asyncio.Future[None] = asyncio.get_running_loop().create_future()

    def begin(self, head: bytes) -> int | None:
        """Take the head. Returns the bytes of the body, None if it is in chunks."""
        first, *lines = head.decode("latin-1").split("\r\n")
        self.status = int(first.split()[1])
        pairs = (line.split(":", 1) for line in lines if line)
        self.headers = [(name.strip().lower(), value.strip()) for name, value in pairs]
        if self.header("transfer-encoding") == "chunked":
            return None
        return 0 if self.status in (204, 304) else int(self.header("content-length") or 0)

    def header(self, name: str) -> str:
        return next((value for found, value in self.headers if found == name), "")

    def take(self, part: bytes | memoryview) -> None:
        self.size += len(part)
        if len(self.body) < self._keep:
            self.body += part[: self._keep - len(self.body)]

    def end(self, error: Exception | None = None) -> None:
        if not self.done.done():
            if error is None:
                self.done.set_result(None)
            else:
                self.done.set_exception(error)


class _Line(asyncio.BufferedProtocol):
    """One connection to the server, for one request after another."""

    _shared = memoryview(bytearray(_BUFFER))  # all connections live in one thread, so they share the buffer

    def __init__(self) -> None:
        self.transport: asyncio.Transport | None = None
        self.closed = False
        self._answer: _Answer | None = None
        self._head = bytearray()
        self._left: int | None = -1  # bytes of the body that are still to come; -1 before the head, None in chunks

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        assert isinstance(transport, asyncio.Transport)
        self.transport = transport

    def connection_lost(self, exc: Exception | None) -> None:
        self.closed = True
        if self._answer is not None:
            self._answer.end(exc or ConnectionResetError("The server closed the connection."))

    def get_buffer(self, sizehint: int) -> memoryview:
        return self._shared

    def buffer_updated(self, nbytes: int) -> None:
        part: bytes | memoryview = self._shared[:nbytes]
        answer = self._answer
        if answer is None:
            return
        if self._left == -1:
            self._head += part
            end = self._head.find(_END)
            if end < 0:
                if len(self._head) > _HEAD:
                    answer.end(ValueError("The head of an answer is too long."))
                return
            self._left = answer.begin(bytes(self._head[:end]))
            part = bytes(self._head[end + len(_END) :])
            self._head.clear()
        answer.take(part)
        if self._left is None:
            self._head += part[-8:]
            if bytes(self._head[-7:]).endswith(b"0\r\n\r\n"):
                self._finish(answer)
        else:
            self._left -= len(part)
            if self._left <= 0:
                self._finish(answer)

    def _finish(self, answer: _Answer) -> None:
        self._answer, self._left = None, -1
        self._head.clear()
        answer.end()

    async def ask(self, request: bytes, keep: int) -> _Answer:
        """Send a request and wait for the whole answer."""
        assert self.transport is not None
        self._answer = answer = _Answer(keep)
        self.transport.write(request)
        await answer.done
        return answer


class Browser:
    """A browser without a cache: its cookies, and its connections to one server."""

    def __init__(self, address: str, language: str = "en-US,en;q=0.9") -> None:
        """address: http://host:port."""
        parts = urlsplit(address)
        self._host, self._port, self._origin = parts.hostname or "", parts.port or 80, address
        self._language = language
        self.cookies: dict[str, str] = {}
        self.bytes = 0  # received in bodies
        self._free: list[_Line] = []
        self._places = asyncio.Semaphore(AT_ONCE)

    @property
    def headers(self) -> dict[str, str]:
        """What this browser tells a server with each request."""
        told = {"Accept-Language": self._language, "User-Agent": "Mozilla/5.0 (benchmark)"}
        if self.cookies:
            told["Cookie"] = "; ".join(f"{name}={value}" for name, value in self.cookies.items())
        return told

    async def get(self, path: str, keep: int = 0) -> tuple[int, bytes]:
        """The status of a GET request and the first `keep` bytes of the body as it was sent.

        path: without the slash at the beginning. Raises OSError if the connection is lost.
        """
        request = [f"GET /{path} HTTP/1.1", f"Host: {urlsplit(self._origin).netloc}", "Accept-Encoding: gzip, br"]
        request += [f"{name}: {value}" for name, value in self.headers.items()]
        sent = ("\r\n".join(request) + "\r\n\r\n").encode("latin-1")
        async with self._places:
            line, used = await self._line()
            try:
                answer = await line.ask(sent, keep)
            except ConnectionError:
                if not used:
                    raise
                line, _ = await self._line(fresh=True)  # a server may close a connection that nobody uses
                answer = await line.ask(sent, keep)
            if answer.header("connection").lower() == "close" and line.transport:
                line.transport.close()
            else:
                self._free.append(line)
        self.bytes += answer.size
        for name, value in answer.headers:
            if name == "set-cookie":
                self.cookies |= {key: morsel.value for key, morsel in SimpleCookie(value).items()}
        return answer.status, bytes(answer.body)

    async def get_all(self, paths: Sequence[str]) -> None:
        """Fetch files, as many at once as a browser does. Raises OSError if one of them is refused."""
        for path, (status, _) in zip(paths, await asyncio.gather(*map(self.get, paths)), strict=True):
            if status not in (200, 304):
                raise OSError(f"/{path} was answered with status {status}.")

    def close(self) -> None:
        """Close all connections."""
        for line in self._free:
            if line.transport:
                line.transport.close()
        self._free.clear()

    async def _line(self, fresh: bool = False) -> tuple[_Line, bool]:
        """A connection, and whether it was used before."""
        while self._free and not fresh:
            line = self._free.pop()
            if not line.closed:
                return line, True
        _, line = await asyncio.get_running_loop().create_connection(_Line, self._host, self._port)
        return line, False

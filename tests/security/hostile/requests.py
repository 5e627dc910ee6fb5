"""Hostile HTTP requests, written byte by byte, because a client would mend them."""

from __future__ import annotations

import asyncio
import re
from random import Random
from urllib.parse import urlsplit

from tests.security.hostile import values
from tests.security.hostile.names import parameters, routes

PATIENCE = 20.0  # seconds
_METHODS = ("GET", "GET", "GET", "POST", "PUT", "DELETE", "OPTIONS", "HEAD", "PATCH", "TRACE", "FOO")
_HEADERS = (
    *("Host", "Origin", "Cookie", "Accept-Language", "Accept-Encoding", "If-None-Match", "Range", "Content-Type"),
    *("X-Forwarded-For", "X-Forwarded-Host", "X-Forwarded-Proto", "X-Forwarded-Prefix", "Forwarded", "Authorization"),
    *("X-Class-Key", "Sec-Fetch-Site", "Referer", "User-Agent", "X-Streamlit-User", "Transfer-Encoding"),
)
_OF_HEADER = {
    "Host": ("attacker.example", "", "localhost:0", "a b", "[::1", "localhost@attacker.example", "127.0.0.1:99999"),
    "Origin": ("null", "https://attacker.example", "http://[", "javascript:0", ""),
    "Cookie": (
        "sentiment_visitor=" + "a" * 32,
        "sentiment_visitor=../x",
        "sentiment_seat_K7M2QX=" + "x" * 4000,
        "=;=;",
    ),
    "Range": ("bytes=0-", "bytes=-1", "bytes=9-1", "bytes=" + "0-1," * 500),
    "Accept-Language": ("ko;q=1e999", "x" * 3000, ";;;q=", "*;q=-1"),
    "Transfer-Encoding": ("chunked", "gzip", "chunked, chunked"),
    "Authorization": ("Bearer ", "Bearer " + "x" * 4000, "Basic !!!"),
    "Content-Type": ("application/json", "application/json; charset=utf-7", "multipart/form-data; boundary="),
}
_SECRETS = re.compile(rb"Traceback \(most recent|root:x:0:0|" + values.CONTENT.encode())


def make(random: Random) -> bytes:
    """A request to one of the routes, with what no browser would send."""
    pattern = random.choice(routes())
    path = re.sub(r"\{[^}]*\}", lambda _: values.encoded(random)[:3000], pattern)
    if random.random() < 0.15:
        path = random.choice(("../", "%2e%2e/", "..%2f", "//", "./", "\\")) * random.randint(1, 6) + path
    names = random.sample(("after", "fit", "bases", "steps", "lang", "v", *parameters()), random.randint(0, 4))
    query = "&".join(f"{name}={values.encoded(random)}" for name in names)
    target = f"/{path}" + (f"?{query}" if query else "")
    method = random.choice(_METHODS)
    headers = {"Host": "localhost", "Connection": "close"}
    for name in random.sample(_HEADERS, random.randint(0, 4)):
        usual = _OF_HEADER.get(name, ())
        headers[name] = random.choice(usual) if usual and random.random() < 0.8 else values.text(random)
    body = b""
    if method in ("POST", "PUT", "PATCH"):
        body = values.packed(random).encode("utf-8", "replace") if random.random() < 0.7 else values.noise(random, 9000)
        headers.setdefault("Content-Type", "application/json")
        headers["Content-Length"] = random.choice([str(len(body))] * 8 + ["-1", "9" * 30])
    lines = [f"{method} {target} HTTP/1.1"]
    lines += [f"{name}: {' '.join(value.splitlines())[:6000]}" for name, value in headers.items()]
    return "\r\n".join(lines).encode("utf-8", "replace") + b"\r\n\r\n" + body


async def send(address: str, request: bytes) -> str | None:
    """Send a request. Returns what is wrong with the answer; None if it is well refused or answered."""
    host, port = str(urlsplit(address).hostname), int(urlsplit(address).port or 80)
    reader, writer = await asyncio.open_connection(host, port)
    answer = b""
    try:
        writer.write(request)
        await writer.drain()
        async with asyncio.timeout(PATIENCE):
            answer = await reader.read(4_000_000)
            while piece := await reader.read(4_000_000):
                answer += piece
    except TimeoutError:
        # A server may wait for the rest of a body that was announced, but not after it has answered.
        return None if not answer and b"Content-Length: 9999" in request else f"no end after {PATIENCE:.0f} s"
    except ConnectionError:  # it hangs up on what is no HTTP
        pass
    finally:
        writer.close()
    if found := _SECRETS.search(answer):
        return f"the answer holds {found[0]!r}"
    status = re.match(rb"HTTP/1\.1 (\d{3})", answer)
    if status and int(status[1]) >= 500:
        return f"status {int(status[1])}"
    return None

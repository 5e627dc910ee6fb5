"""A server behind nginx that says what reaches it, and one answer that waits for the test."""

from __future__ import annotations

import json
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer


class Echo(ThreadingHTTPServer):
    """Answers with the path and the headers of a request; `/lab/slow` waits after a part of its answer."""

    daemon_threads = True

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), _Handler)
        self.go_on = threading.Event()


class _Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    server: Echo

    def do_GET(self) -> None:
        told = json.dumps({"path": self.path, "headers": {k.lower(): v for k, v in self.headers.items()}}).encode()
        slow = self.path.endswith("/slow")
        self.send_response(200)
        self.send_header("Content-Length", str(len(told) + 6 * slow))
        self.end_headers()
        if slow:
            self.wfile.write(b"first ")
            self.wfile.flush()
            self.server.go_on.wait(20)
        self.wfile.write(told)

    def log_message(self, format: str, *args: object) -> None:
        pass


@contextmanager
def echoing() -> Iterator[Echo]:
    """The server, until the end of the block."""
    server = Echo()
    threading.Thread(target=server.serve_forever, daemon=True).start()
    try:
        yield server
    finally:
        server.shutdown()
        server.server_close()

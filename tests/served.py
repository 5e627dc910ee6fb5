"""A server for all tests of a process."""

import socket
import warnings
from contextlib import ExitStack, suppress
from urllib.parse import urlsplit

from benchmarks.browser import Server, serve


class Served:
    """The app on a server. It is started again with a warning if it has ended by itself, or listens no more.

    Otherwise one crash would fail all tests that come after it in the same process.
    """

    def __init__(self, **environment: str) -> None:
        """environment: as for serve."""
        self._environment = environment
        self._start()

    def get(self) -> Server:
        """The server, which runs and listens."""
        place = urlsplit(self._server.address)
        try:
            self._server.check()
            socket.create_connection((place.hostname, place.port or 0), timeout=60).close()
        except (RuntimeError, OSError) as error:
            warnings.warn(f"The server is started again: {error}", stacklevel=2)
            self.close()
            self._start()
        return self._server

    def close(self) -> None:
        """End the server. That it has ended by itself is no error here."""
        with suppress(RuntimeError):
            self._running.close()

    def _start(self) -> None:
        self._running = ExitStack()
        self._server = self._running.enter_context(serve(**self._environment))

"""A server for all tests of a process."""

import warnings
from contextlib import ExitStack, suppress

from benchmarks.browser import Server, serve


class Served:
    """The app on a server. It is started again with a warning if it has ended by itself.

    Otherwise one crash would fail all tests that come after it in the same process.
    """

    def __init__(self, **environment: str) -> None:
        """environment: as for serve."""
        self._environment = environment
        self._start()

    def get(self) -> Server:
        """The server, which runs."""
        try:
            self._server.check()
        except RuntimeError as error:
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

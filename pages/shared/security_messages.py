"""Guards the websocket of the pages: only what Streamlit's own page sends comes in, in good form and not too fast.

Streamlit takes more from a browser than its page sends, among it the wish to empty the caches that all visitors share.
A message in bad form costs a traceback in the log, and each wish for a rerun starts a thread. So messages are looked at
here first.
"""

from __future__ import annotations

import asyncio
import re
import time
from contextlib import suppress

from google.protobuf.message import DecodeError
from starlette.types import ASGIApp, Message, Receive, Scope, Send
from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.runtime.runtime_util import get_max_widget_state_size_bytes

_UNSUPPORTED, _TOO_BIG, _PROTOCOL = 1003, 1009, 1002  # of RFC 6455
# What the page of this app sends. The other kinds act on all visitors, or on the machine of a developer.
_KINDS = frozenset({"rerun_script", "stop_script", "file_urls_request", "app_heartbeat", "backend_operation_request"})
_OPERATIONS = frozenset({"deferred_file", "dataframe_chunk"})
_FRAGMENT = re.compile(r"[\w-]{0,64}", re.ASCII)  # id of a part of a page
_MOST_FILES = 20  # names in one wish to send files
_EACH_SECOND, _AT_ONCE = 20.0, 60.0  # messages: a dragged slider sends about ten a second


def reason_to_close(data: bytes | None, most: int) -> int | None:
    """The code with which to close after a message; None if it is one in good form. most: bytes of a message."""
    if data is None:
        return _UNSUPPORTED
    if len(data) > most:
        return _TOO_BIG
    try:
        BackMsg.FromString(data)
    except DecodeError:
        return _PROTOCOL
    return None


def is_of_page(message: BackMsg) -> bool:
    """Whether the page of this app sends such a message."""
    kind = message.WhichOneof("type")
    if kind == "backend_operation_request":
        return message.backend_operation_request.WhichOneof("payload") in _OPERATIONS
    if not _FRAGMENT.fullmatch(message.rerun_script.fragment_id):
        return False  # Streamlit would write it into the log
    return kind in _KINDS and len(message.file_urls_request.file_names) <= _MOST_FILES


class MessageGuard:
    """ASGI middleware that looks at the messages on websockets.

    One in bad form closes the connection, one of a foreign kind is dropped, and a fast sender has to wait.
    """

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass a connection on, with its messages looked at."""
        if scope["type"] != "websocket":
            await self.app(scope, receive, send)
            return
        connection = _Connection(receive, send)
        await self.app(scope, connection.receive, connection.send)


class _Connection:
    """One websocket, between the browser and Streamlit."""

    def __init__(self, receive: Receive, send: Send) -> None:
        self._receive, self._send = receive, send
        self._most = get_max_widget_state_size_bytes()
        self._left, self._before = _AT_ONCE, time.monotonic()
        self._closed = False

    async def receive(self) -> Message:
        """The next message that may come in."""
        while True:
            message = await self._receive()
            if message["type"] != "websocket.receive":
                return message
            data = message.get("bytes")
            code = reason_to_close(data, self._most)
            if code is not None:
                self._closed = True
                with suppress(RuntimeError, OSError):  # the browser has closed it meanwhile
                    await self._send({"type": "websocket.close", "code": code})
                return {"type": "websocket.disconnect", "code": code}
            await self._wait()
            if is_of_page(BackMsg.FromString(data)):
                return message

    async def send(self, message: Message) -> None:
        """Send a message, unless this has closed the connection."""
        if not self._closed:
            await self._send(message)

    async def _wait(self) -> None:
        """Wait if there were too many messages."""
        now = time.monotonic()
        self._left = min(self._left + (now - self._before) * _EACH_SECOND, _AT_ONCE) - 1
        self._before = now
        if self._left < 0:
            await asyncio.sleep(-self._left / _EACH_SECOND)

"""Readers of the app without a browser: sessions that speak Streamlit's websocket protocol and count what they receive.

A session holds a page as a browser does but draws nothing, so one machine can run a whole class of sessions, and the
measurement is the server's.
"""

from __future__ import annotations

import asyncio
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from urllib.parse import urlencode

from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.Element_pb2 import Element
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg
from streamlit.proto.WidgetStates_pb2 import WidgetState, WidgetStates
from websockets.asyncio.client import ClientConnection, connect

PATIENCE = 300.0  # seconds that a reader waits for a page, also on a busy machine


@dataclass
class Shown:
    """The output of one run of a page's script."""

    elements: dict[tuple[int, ...], Element] = field(default_factory=dict)  # by position on the page
    fragments: dict[tuple[int, ...], str] = field(default_factory=dict)  # the fragment id of elements in a fragment
    missing: bool = False  # the server has no page of this name
    finished: bool = False  # the script ended, with or without an error
    session: str = ""  # Streamlit's id of the session
    found: set[bytes] = field(default_factory=set)  # matches of the pattern that the session looks for, anywhere
    bytes: int = 0  # received

    def exceptions(self) -> list[str]:
        """The errors that the page shows."""
        return [f"{sent.exception.type}: {sent.exception.message}" for sent in self._of("exception")]

    def title(self) -> str:
        """The page's heading; an empty string if the script did not reach it."""
        return next((sent.heading.body for sent in self._of("heading") if sent.heading.tag == "h1"), "")

    def widget(self, kind: str, label: str) -> tuple[str, str]:
        """The id of a widget and that of its fragment, if it is in one.

        kind: as the protocol names it. label: the one above the widget.
        """
        place = next(
            place
            for place, sent in self.elements.items()
            if sent.WhichOneof("type") == kind and getattr(sent, kind).label == label
        )
        return str(getattr(self.elements[place], kind).id), self.fragments[place]

    def _of(self, kind: str) -> Iterator[Element]:
        return (sent for sent in self.elements.values() if sent.WhichOneof("type") == kind)


class Session:
    """One reader, connected until closed."""

    def __init__(self, address: str, headers: Mapping[str, str] | None = None, pattern: str = "") -> None:
        """address: http://host:port. headers: those of the browser. pattern: a regular expression to look for."""
        self._stream = address.replace("http", "ws", 1) + "/_stcore/stream"
        self._origin, self._headers = address, dict(headers or {})
        self._pattern = re.compile(pattern.encode()) if pattern else None
        self._page = ""  # Streamlit's hash of the page shown
        self._id = ""  # Streamlit's id of the session
        self._socket: ClientConnection | None = None

    @classmethod
    async def start(cls, address: str) -> Session:
        """Connect to a server at http://host:port."""
        session = cls(address)
        await session.connect()
        return session

    async def connect(self) -> None:
        """Connect, or connect again to the same session after `vanish` or `fall_silent`, as a browser does."""
        former = self._socket
        asked = ["streamlit", "PLACEHOLDER_AUTH_TOKEN", *([self._id] if self._id else [])]
        self._socket = await connect(
            self._stream,
            subprotocols=asked,  # type: ignore[arg-type]
            additional_headers=self._headers,
            origin=self._origin,  # type: ignore[arg-type]
            compression=None,  # the server declines it
            max_size=None,
            open_timeout=PATIENCE,
            ping_interval=None,
            proxy=None,
        )
        if former is not None:
            former.transport.abort()

    def vanish(self) -> None:
        """Lose the connection without a goodbye. The server notices it at once."""
        if self._socket is not None:
            self._socket.transport.abort()

    def fall_silent(self) -> None:
        """Neither read nor answer any more, as when the Wi-Fi is gone. The server does not notice it at once."""
        if self._socket is not None:
            self._socket.transport.pause_reading()

    async def open(self, page: str, **query: str | list[str]) -> Shown:
        """Open a page by its url path, as a link does. A choice of several values is a list."""
        asked = self._message()
        asked.rerun_script.page_name = page
        asked.rerun_script.query_string = urlencode(query, doseq=True)
        return await self._run(asked)

    async def rerun(self, fragment: str = "", **texts: str) -> Shown:
        """Run the page again, or only a fragment of it, with texts in its widgets by widget id."""
        asked = self._message()
        asked.rerun_script.page_script_hash = self._page
        asked.rerun_script.fragment_id = fragment
        asked.rerun_script.widget_states.CopyFrom(
            WidgetStates(widgets=[WidgetState(id=name, string_value=text) for name, text in texts.items()])
        )
        return await self._run(asked)

    async def close(self) -> None:
        """Disconnect."""
        if self._socket is not None:
            await self._socket.close()

    def _message(self) -> BackMsg:
        asked = BackMsg()
        about = asked.rerun_script.context_info
        about.timezone, about.locale, about.url, about.color_scheme = "UTC", "en-US", self._origin, "light"
        return asked

    async def _run(self, asked: BackMsg) -> Shown:
        """Send a message and collect the output until the script has ended."""
        assert self._socket is not None
        await self._socket.send(asked.SerializeToString())
        shown = Shown()
        async with asyncio.timeout(PATIENCE):
            while not shown.finished:
                received = await self._socket.recv(decode=False)
                shown.bytes += len(received)
                if self._pattern:
                    shown.found.update(self._pattern.findall(received))
                self._take(ForwardMsg.FromString(received), shown)
        return shown

    def _take(self, message: ForwardMsg, shown: Shown) -> None:
        kind = message.WhichOneof("type")
        if kind == "new_session":
            self._page = message.new_session.page_script_hash
            self._id = shown.session = message.new_session.initialize.session_id
        elif kind == "navigation":
            self._page = message.navigation.page_script_hash
        elif kind == "page_not_found":
            shown.missing = True
        elif kind == "delta" and message.delta.WhichOneof("type") == "new_element":
            place = tuple(message.metadata.delta_path)
            shown.elements[place] = message.delta.new_element
            shown.fragments[place] = message.delta.fragment_id
        elif kind == "script_finished":
            shown.finished = message.script_finished != ForwardMsg.FINISHED_EARLY_FOR_RERUN

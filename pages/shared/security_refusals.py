"""What the server answers to a request that it refuses."""

from __future__ import annotations

from collections.abc import Mapping

from starlette.datastructures import Headers
from starlette.responses import PlainTextResponse
from starlette.types import Receive, Scope, Send

from pages.shared.language import preferred_language
from sentiment_core.messages import Message

_POLICY_VIOLATION = 1008  # of RFC 6455


async def refuse(
    scope: Scope, receive: Receive, send: Send, status: int, why: Message, headers: Mapping[str, str] | None = None
) -> None:
    """Answer with one line in the language that the browser prefers. A websocket is not opened."""
    if scope["type"] == "websocket":
        await receive()  # the wish to connect
        await send({"type": "websocket.close", "code": _POLICY_VIOLATION})
        return
    language = preferred_language(Headers(scope=scope).get("accept-language", ""))
    told = {"Cache-Control": "no-store", **(headers or {})}
    await PlainTextResponse(f"{why.in_language(language)}\n", status, headers=told)(scope, receive, send)

"""Asks an ASGI app without a server, and reads what it answers."""

from typing import Any


async def ask(
    app: Any, scope: dict[str, Any], *messages: dict[str, Any], sent: list[dict[str, Any]] | None = None
) -> list[dict[str, Any]]:
    """The messages that an app sends when it receives these ones; then the other end is gone.

    sent: filled with them too, also if the app raises an error.
    """
    sent = [] if sent is None else sent
    coming = list(messages)

    async def receive() -> dict[str, Any]:
        return coming.pop(0) if coming else {"type": f"{scope['type']}.disconnect", "code": 1006}

    async def send(message: dict[str, Any]) -> None:
        sent.append(message)

    await app(scope, receive, send)
    return sent


def headers_of(messages: list[dict[str, Any]]) -> dict[str, str]:
    """The headers of an answer, by name in lower case."""
    return {name.decode().lower(): value.decode() for name, value in messages[0]["headers"]}

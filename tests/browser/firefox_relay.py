"""Lets Playwright drive an unchanged Firefox, by WebDriver BiDi.

Playwright sends each new tab a command that Firefox ESR does not know, and gives up when Firefox says so. This program
takes the place of Firefox's: it starts Firefox, passes all messages on, and answers the unknown command itself.
"""

import asyncio
import json
import re
import sys
from pathlib import Path

from websockets.asyncio.client import ClientConnection, connect
from websockets.asyncio.server import ServerConnection, serve

UNKNOWN = "emulation.setMediaFeaturesOverride"
LISTENS = re.compile(rb"WebDriver BiDi listening on (ws://\S+)")


def write_launcher(path: Path, firefox: str) -> Path:
    """Write a program that starts Firefox with the arguments it is given, behind a relay. Returns its path."""
    start = f"from tests.browser.firefox_relay import main; main({firefox!r})"
    root = str(Path(__file__).parents[2])
    path.write_text(f"#!{sys.executable}\nimport sys\nsys.path.insert(0, {root!r})\n{start}\n", encoding="utf-8")
    path.chmod(0o700)
    return path


def main(firefox: str) -> None:
    sys.exit(asyncio.run(_relay(firefox, sys.argv[1:])))


async def _relay(firefox: str, arguments: list[str]) -> int:
    """Run Firefox until it ends. Returns its exit status."""
    process = await asyncio.create_subprocess_exec(firefox, *arguments, stderr=asyncio.subprocess.PIPE)
    assert process.stderr
    async for line in process.stderr:
        found = LISTENS.search(line)
        if not found:
            continue
        address = found.group(1).decode()

        async def session(client: ServerConnection, address: str = address) -> None:
            assert client.request
            async with connect(f"{address}{client.request.path}", max_size=None) as browser:
                await asyncio.wait(
                    [asyncio.ensure_future(_ask(client, browser)), asyncio.ensure_future(_answer(browser, client))],
                    return_when=asyncio.FIRST_COMPLETED,
                )

        server = await serve(session, "127.0.0.1", 0, max_size=None)
        port = next(iter(server.sockets)).getsockname()[1]
        print(f"WebDriver BiDi listening on ws://127.0.0.1:{port}", file=sys.stderr, flush=True)
    return await process.wait()


async def _ask(client: ServerConnection, browser: ClientConnection) -> None:
    async for message in client:
        command = json.loads(message)
        if command["method"] == UNKNOWN:
            await client.send(json.dumps({"type": "success", "id": command["id"], "result": {}}))
        else:
            await browser.send(message)


async def _answer(browser: ClientConnection, client: ServerConnection) -> None:
    async for message in browser:
        await client.send(message)

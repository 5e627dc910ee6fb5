"""Hostile pages and messages: what comes in on the websocket of a page."""

from __future__ import annotations

import asyncio
import json
from collections.abc import Callable
from random import Random

from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.Element_pb2 import Element
from streamlit.proto.WidgetStates_pb2 import WidgetState
from websockets.asyncio.client import connect
from websockets.exceptions import ConnectionClosed, InvalidHandshake

from benchmarks.sessions import Session, Shown
from tests.security.hostile import values
from tests.security.hostile.names import parameters

PATIENCE = 60.0  # seconds for a page
_BROWSER = {"X-Forwarded-For": "192.0.2.7"}  # not one that sits at the machine
_COMPONENTS = ("drift", "review", "train", "class", "seeds", "memory", "test_set", "lessons", "privacy")
_KEYS = (
    *("pins", "lasso", "encircled", "canvas", "checkpoint", "search", "selection", "show", "stop", "home", "act"),
    *("phase", "question", "moved", "step", "word", "view", "value", "state", "text", "job", "fit"),
)
_STATES = ("trigger_value", "bool_value", "double_value", "int_value", "string_value", "json_value", "bytes_value")


def wrong_with(shown: Shown) -> str | None:
    """What is wrong with what a page shows; None if it is well."""
    if found := shown.exceptions():
        return f"it shows {found[0][:300]}"
    return None if shown.title() else "it shows no heading"


def query(random: Random, script: str = "") -> str:
    """An address of a page, with hostile values for some of the names that it knows. script: "" for any page."""
    names = parameters(script)
    chosen = random.sample(names, min(len(names), random.randint(1, 8)))
    if random.random() < 0.1:
        chosen += chosen  # repeated
    parts = [f"{name}={values.encoded(random)}" for name in chosen]
    if random.random() < 0.1:
        parts += [values.encoded(random), "=", "&&"]
    return "&".join(parts)


async def open_page(address: str, where: str, asked: str) -> str | None:
    """Open a page with an address. Returns what is wrong with what it shows."""
    async with asyncio.timeout(PATIENCE):
        session = Session(address, _BROWSER)
        await session.connect()
        try:
            message = session._message()
            message.rerun_script.page_name, message.rerun_script.query_string = where, asked
            return wrong_with(await session._run(message))
        finally:
            await session.close()


async def play(address: str, where: str, random: Random) -> str | None:
    """Open a page, and give hostile values to its widgets and components. Returns what is wrong then."""
    async with asyncio.timeout(PATIENCE):
        session = Session(address, _BROWSER)
        await session.connect()
        try:
            shown = await session.open(where)
            widgets = [found for sent in shown.elements.values() if (found := _widget(sent))]
            components = [found for found in widgets if found[0] == "bidi_component"]
            if components and random.random() < 0.8:
                widgets = components
            message = session._message()
            message.rerun_script.page_script_hash = session._page
            for kind, name in random.sample(widgets, min(3, len(widgets))):
                message.rerun_script.widget_states.widgets.append(state(random, kind, name))
            if random.random() < 0.3:
                message.rerun_script.fragment_id = values.text(random)
            return wrong_with(await session._run(message)) if not message.rerun_script.fragment_id else None
        finally:
            await session.close()


def _widget(sent: Element) -> tuple[str, str] | None:
    """The kind and the id of an element that takes values."""
    kind = str(sent.WhichOneof("type"))
    name = str(getattr(getattr(sent, kind), "id", "")) if kind != "None" else ""
    # A press of a button would start trainings and delete data, which is what buttons are for.
    return (kind, name) if name and kind not in ("button", "download_button") else None


def state(random: Random, kind: str, name: str) -> WidgetState:
    """A hostile value of a widget, mostly of the type that it has."""
    if kind == "bidi_component":
        sent = json.dumps({random.choice(_KEYS): values.thing(random, _KEYS) for _ in range(3)})
        return WidgetState(id=name, json_value=sent if random.random() < 0.7 else values.packed(random, _KEYS))
    usual: dict[str, Callable[[], WidgetState]] = {
        "text_input": lambda: WidgetState(id=name, string_value=values.text(random)),
        "text_area": lambda: WidgetState(id=name, string_value=values.text(random)),
        "number_input": lambda: WidgetState(id=name, double_value=random.choice((1e308, -1.5, float("inf"), 0.1))),
        "selectbox": lambda: WidgetState(id=name, string_value=values.text(random)),
    }
    if kind in usual and random.random() < 0.8:
        return usual[kind]()
    made = WidgetState(id=name)
    field = random.choice(_STATES)
    if field in ("trigger_value", "bool_value"):
        setattr(made, field, True)
    elif field in ("double_value", "int_value"):
        setattr(made, field, random.choice((-1, 0, 2**40)))
    elif field == "bytes_value":
        made.bytes_value = values.noise(random)
    else:
        setattr(made, field, values.text(random) if field == "string_value" else values.packed(random))
    return made


def message(random: Random) -> bytes | str:
    """A hostile message."""
    kind = random.randrange(6)
    sent = BackMsg()
    if kind == 0:
        return values.noise(random, 3000)
    if kind == 1:
        return values.text(random)
    rerun = sent.rerun_script
    rerun.page_name, rerun.page_script_hash = values.text(random)[:500], values.text(random)[:500]
    rerun.query_string, rerun.fragment_id = query(random), values.text(random)
    about = rerun.context_info
    about.timezone, about.locale, about.url = (values.text(random) for _ in range(3))
    about.timezone_offset = random.choice((-(2**31), 2**31 - 1, 1440, 0))
    if kind == 2:
        return sent.SerializeToString()[: -random.randint(1, 30)]  # cut
    if kind == 3:
        names = ("$$ID-" + values.text(random), values.text(random), "$$ID-00000000000000000000000000000000-None")
        for name in names:
            rerun.widget_states.widgets.append(state(random, random.choice(("", "text_input", "bidi_component")), name))
    if kind == 4:
        field = random.choice(
            ("clear_cache", "set_run_on_save", "load_git_info", "debug_shutdown_runtime", "stop_script")
        )
        sent = BackMsg()
        setattr(sent, field, True)
    if kind == 5:
        sent = BackMsg()
        sent.file_urls_request.request_id = values.text(random)
        sent.file_urls_request.file_names.extend(values.text(random) for _ in range(random.randint(0, 30)))
        sent.file_urls_request.session_id = values.text(random)
    return sent.SerializeToString()


async def disturb(address: str, random: Random) -> str | None:
    """Send hostile messages on a connection of its own, which may be closed for it. Returns what is wrong."""
    stream = address.replace("http", "ws", 1) + "/_stcore/stream"
    protocols = ["streamlit", "token", random.choice(("made-up-session", "x" * 200, "0"))][: random.randint(1, 3)]
    origin = random.choice((address, address, address, "https://attacker.example", None))
    try:
        async with asyncio.timeout(PATIENCE):
            socket = await connect(
                stream,
                subprotocols=protocols,  # type: ignore[arg-type]
                origin=origin,  # type: ignore[arg-type]
                additional_headers=_BROWSER,
                max_size=None,
                proxy=None,
            )
            if origin not in (address, None):
                return "a page of another site was let in"
            for _ in range(random.randint(1, 5)):
                await socket.send(message(random))
            await asyncio.sleep(0.05)
            await socket.close()
    except (ConnectionClosed, InvalidHandshake):
        pass  # refused
    return None

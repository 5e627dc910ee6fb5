"""Hostile files, as a visitor uploads them on Own data."""

from __future__ import annotations

import asyncio
import gzip
import io
import json
import pickle
import tarfile
import zipfile
from random import Random

import pyarrow as pa
import pyarrow.parquet as pq
import requests
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg
from streamlit.proto.WidgetStates_pb2 import WidgetState

from benchmarks.sessions import Session
from tests.security.hostile import values
from tests.security.hostile.messages import PATIENCE, wrong_with

_LOCAL: dict[str, str] = {}
_ENDS = (
    ".csv",
    ".tsv",
    ".jsonl",
    ".json",
    ".parquet",
    ".xlsx",
    ".zip",
    ".gz",
    ".csv.gz",
    ".tgz",
    ".txt",
    ".pkl",
    ".arrow",
    "",
)


class _Evil:
    """Unpickled, it would write a file that the test looks for."""

    def __reduce__(self) -> tuple[object, ...]:
        return (open, ("unpickled-by-the-app", "w"))


def _zip(files: dict[str, bytes]) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in files.items():
            archive.writestr(name, content)
    return buffer.getvalue()


def _nested(levels: int, inside: bytes) -> bytes:
    for level in range(levels):
        inside = _zip({f"{level}.zip" if level else "data.csv": inside})
    return inside


def _tar(name: str, link: str = "") -> bytes:
    buffer = io.BytesIO()
    with tarfile.open(fileobj=buffer, mode="w:gz") as archive:
        info = tarfile.TarInfo(name)
        if link:
            info.type, info.linkname = tarfile.SYMTYPE, link
            archive.addfile(info)
        else:
            info.size = 20
            archive.addfile(info, io.BytesIO(b"text,label\na,1\nb,0\n\n"))
    return buffer.getvalue()


def _parquet(random: Random) -> bytes:
    buffer = io.BytesIO()
    pq.write_table(pa.table({"text": ["a fine film"] * 50, "label": [0, 1] * 25}), buffer)
    content = bytearray(buffer.getvalue())
    for _ in range(random.randint(1, 40)):
        content[random.randrange(len(content))] = random.randrange(256)
    return bytes(content)


def _sheet(random: Random) -> bytes:
    """A workbook that unpacks to 200 MB, or names things outside."""
    book = "xl/workbook.xml"
    entity = b'<?xml version="1.0"?><!DOCTYPE a [<!ENTITY x SYSTEM "file:///etc/passwd">' + (
        b'<!ENTITY l0 "lol">' + b"".join(b'<!ENTITY l%d "%s">' % (n, b"&l%d;" % (n - 1) * 10) for n in range(1, 12))
    )
    return _zip(
        {
            "[Content_Types].xml": b"<Types/>",
            book: random.choice((entity + b"]><a>&x;&l11;</a>", b"<" * 10_000, b" " * 200_000_000)),
            "../../evil.xml": b"x",
        }
    )


def make(random: Random) -> tuple[str, bytes]:
    """The name and the content of a file."""
    bomb = gzip.compress(bytes(50_000_000), 1)
    kinds = (
        lambda: values.noise(random, 20_000),
        lambda: pickle.dumps(_Evil()),
        lambda: (
            b"\x93NUMPY\x01\x00v\x00{'descr': '|O', 'fortran_order': False, 'shape': (1,), }" + pickle.dumps(_Evil())
        ),
        lambda: _nested(random.randint(2, 12), b"text,label\na,1\n"),
        lambda: gzip.compress(bomb),
        lambda: _zip({"train.csv": bytes(150_000_000)}),
        lambda: _zip(
            {f"{values.text(random).lstrip(chr(0))[:200] or 'x'}": b"text,label\na,1\nb,0\n" for _ in range(20)}
        ),
        lambda: _zip({f"pos/{number}.txt": b"x" for number in range(2_000)}),
        lambda: _tar("../../../evil.csv"),
        lambda: _tar("/etc/evil.csv"),
        lambda: _tar("train.csv", "/etc/passwd"),
        lambda: _parquet(random),
        lambda: b"PAR1" + b"\xff" * 2000 + (2**31 - 1).to_bytes(4, "little") + b"PAR1",
        lambda: _sheet(random),
        lambda: ("text,label\n" + "\n".join(f'"{values.text(random)}",{n % 2}' for n in range(200))).encode(
            "utf-8", "replace"
        ),
        lambda: ("\n".join(json.dumps({"text": values.text(random), "label": n % 2}) for n in range(100))).encode(
            "utf-8"
        ),
        lambda: b'"' * 100_000,
        lambda: b"," * 300_000,
        lambda: b"text,label\n" + b"x" * 3_000_000 + b",1\n",
        lambda: ("[" * 100_000).encode(),
    )
    name = values.text(random)[:300] + random.choice(_ENDS)
    return name, random.choice(kinds)()


def _put(address: str, place: str, name: str, content: bytes) -> int:
    """Send a file as the page does, with its token against forged requests. Returns the HTTP status."""
    with requests.Session() as browser:
        browser.get(f"{address}/_stcore/health", timeout=PATIENCE)
        headers = {"Origin": address, "X-Xsrftoken": browser.cookies.get("_streamlit_xsrf", "")}
        shown = name.encode("utf-8", "replace").decode() or "x"
        return browser.put(
            address + place, files={"file": (shown, content)}, headers=headers, timeout=PATIENCE
        ).status_code


async def upload(address: str, name: str, content: bytes) -> str | None:
    """Bring a file to Own data as a browser does, and let the page read it. Returns what is wrong."""
    async with asyncio.timeout(2 * PATIENCE):
        session = Session(address)
        await session.connect()
        try:
            shown = await session.open("own_data")
            box = next(
                (
                    sent.file_uploader.id
                    for sent in shown.elements.values()
                    if sent.WhichOneof("type") == "file_uploader"
                ),
                "",
            )
            if not box:
                return "the page shows no box for files"
            asked = session._message()
            asked.file_urls_request.request_id, asked.file_urls_request.session_id = "1", session._id
            asked.file_urls_request.file_names.append(name)
            assert session._socket is not None
            await session._socket.send(asked.SerializeToString())
            urls = None
            while urls is None:
                got = ForwardMsg.FromString(await session._socket.recv(decode=False))
                if got.WhichOneof("type") == "file_urls_response":
                    urls = got.file_urls_response.file_urls[0]
            status = await asyncio.to_thread(_put, address, urls.upload_url, name, content)
            if status >= 500 or status == 403:
                return f"status {status}"
            if status >= 400:
                return None
            message = session._message()
            message.rerun_script.page_script_hash = session._page
            value = WidgetState(id=box)
            sent = value.file_uploader_state_value.uploaded_file_info.add()
            sent.file_id, sent.name, sent.size = urls.file_id, name, len(content)
            sent.file_urls.CopyFrom(urls)
            message.rerun_script.widget_states.widgets.append(value)
            return wrong_with(await session._run(message))
        finally:
            await session.close()

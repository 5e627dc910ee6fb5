"""nginx in front of servers of the app, with the very files of deploy/nginx/."""

from __future__ import annotations

import os
import re
import socket
import ssl
import subprocess
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path

FILES = Path(__file__).parents[2] / "deploy" / "nginx"
HOST, PATH = "sentiment-lab.conf", "sentiment-lab-path.conf"  # the two sites
_SHARED = [file.name for file in sorted(FILES.iterdir()) if file.name not in (HOST, PATH)]


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@dataclass(frozen=True)
class Site:
    """One of the two sites, before a server of the app."""

    name: str
    file: str  # HOST or PATH
    app_port: int
    http: int = field(default_factory=free_port)
    https: int = field(default_factory=free_port)

    @property
    def address(self) -> str:
        """Where a browser finds the app."""
        return f"https://localhost:{self.https}{'/lab' if self.file == PATH else ''}"


def configure(folder: Path, sites: Sequence[Site]) -> Path:
    """Write a configuration with these sites: their files with other ports, names and places. Returns its main file."""
    _make_certificate(folder)
    included = []
    for site in sites:
        place = folder / site.name
        place.mkdir()
        for name in (site.file, *_SHARED):
            (place / name).write_text(_adapted((FILES / name).read_text(encoding="utf-8"), folder, site), "utf-8")
        included += [place / "sentiment-lab-http.conf", place / site.file]
    kinds = ("client_body", "proxy", "fastcgi", "uwsgi", "scgi")
    http = ["access_log off;", *(f"{kind}_temp_path {folder / kind};" for kind in kinds)]
    http += [f"include {file};" for file in included]
    user = (
        ["user root;"] if hasattr(os, "geteuid") and os.geteuid() == 0 else []
    )  # only root may read the test's folder
    main = [*user, "daemon off;", "worker_processes 1;", f"pid {folder / 'nginx.pid'};", "error_log stderr warn;"]
    main += ["events { worker_connections 512; }", "http {", *http, "}"]
    file = folder / "nginx.conf"
    file.write_text("\n".join(main), encoding="utf-8")
    return file


def _adapted(text: str, folder: Path, site: Site) -> str:
    """A file of the configuration for this machine."""
    changes = {
        "listen [::]:80;": "",  # not every machine has IPv6
        "listen [::]:443 ssl http2;": "",
        "listen 80;": f"listen 127.0.0.1:{site.http};",
        "listen 443 ssl http2;": f"listen 127.0.0.1:{site.https} ssl http2;",
        "127.0.0.1:8501": f"127.0.0.1:{site.app_port}",
        "/etc/nginx/snippets": str(folder / site.name),
        "/var/cache/sentiment-lab": str(folder / site.name / "cache"),
        "sentiment_lab": f"sentiment_{site.name}",
    }
    for old, new in changes.items():
        text = text.replace(old, new)
    text = re.sub(r"/etc/letsencrypt/live/[\w.]+", str(folder), text)
    return re.sub(r"server_name .*;", "server_name localhost;", text)


def _make_certificate(folder: Path) -> None:
    """A key and a certificate for localhost that nobody has signed."""
    files = ["-keyout", str(folder / "privkey.pem"), "-out", str(folder / "fullchain.pem")]
    names = ["-subj", "/CN=localhost", "-addext", "subjectAltName=DNS:localhost", "-days", "2"]
    made = ["openssl", "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-nodes"]
    subprocess.run([*made, *files, *names], check=True, capture_output=True)


def trusting(folder: Path) -> ssl.SSLContext:
    """What a client needs that trusts only the certificate of `configure`."""
    return ssl.create_default_context(cafile=str(folder / "fullchain.pem"))


@contextmanager
def running(binary: str, configuration: Path) -> Iterator[None]:
    """nginx with a configuration, after its own check of it. What it complains about fails the test."""
    folder = configuration.parent
    checked = subprocess.run([binary, "-t", "-c", str(configuration)], capture_output=True, encoding="utf-8")
    assert checked.returncode == 0, checked.stderr
    assert "[warn]" not in checked.stderr
    with (folder / "errors.txt").open("wb") as errors:
        process = subprocess.Popen([binary, "-c", str(configuration)], stdout=errors, stderr=errors)
    ports = [int(port) for port in re.findall(r"listen 127\.0\.0\.1:(\d+)", _all_text(folder))]
    try:
        deadline = time.monotonic() + 10
        while not all(map(_listens, ports)):
            assert process.poll() is None, (folder / "errors.txt").read_text()
            assert time.monotonic() < deadline, "nginx does not start"
            time.sleep(0.02)
        yield
    finally:
        process.terminate()
        process.wait(10)
    assert "[emerg]" not in (folder / "errors.txt").read_text()


def _all_text(folder: Path) -> str:
    return "\n".join(file.read_text(encoding="utf-8") for file in folder.rglob("*.conf"))


def _listens(port: int) -> bool:
    with suppress(OSError), socket.create_connection(("127.0.0.1", port), timeout=1):
        return True
    return False

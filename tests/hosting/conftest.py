"""nginx from the system, before two servers of the app: at the root of a host and below a path."""

import os
import shutil
from collections.abc import Iterator
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlsplit

import pytest

from benchmarks.browser import Server, serve
from deploy.dockerfile import ROOT, image_files
from tests.hosting.echo import Echo, echoing
from tests.hosting.proxy import HOST, PATH, Site, configure, free_port, running
from tests.served import Served


@dataclass(frozen=True)
class Proxied:
    """The sites of a running nginx."""

    host: Site  # of a server where nobody may train from afar
    path: Site  # of a server with a base path where every visitor may train
    echo: Site  # of a server that says what reaches it
    gone: Site  # of a server that is not there
    folder: Path  # with the configuration and the certificate
    direct: Server  # the server behind `host`
    runs: Path  # the live runs of the server behind `path`
    echoing: Echo


@pytest.fixture(scope="session")
def nginx() -> str:
    """The program."""
    found = shutil.which("nginx") or shutil.which("nginx", path="/usr/sbin")
    if found is None and not os.environ.get("SENTIMENT_REQUIRE_NGINX"):
        pytest.skip("no nginx: install it to test the configuration in deploy/nginx")
    return found or "nginx"


@pytest.fixture(scope="session")
def image_folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with the files of the image and nothing else."""
    folder = tmp_path_factory.mktemp("image")
    for path in image_files():
        (folder / path).parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(ROOT / path, folder / path)
    return folder


@pytest.fixture(scope="session")
def proxied(
    nginx: str, served: Served, image_folder: Path, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Proxied]:
    runs, folder = tmp_path_factory.mktemp("proxied-runs"), tmp_path_factory.mktemp("nginx")
    settings = {"SENTIMENT_TRAINING": "on", "STREAMLIT_SERVER_BASE_URL_PATH": "lab", "SENTIMENT_RUNS": str(runs)}
    with ExitStack() as stack:
        below, server = stack.enter_context(serve(image_folder, **settings)), served.get()
        echo = stack.enter_context(echoing())
        sites = [
            Site("host", HOST, urlsplit(server.address).port or 0),
            Site("path", PATH, urlsplit(below.address).port or 0),
            Site("echo", PATH, echo.server_address[1]),
            Site("gone", HOST, free_port()),
        ]
        stack.enter_context(running(nginx, configure(folder, sites)))
        yield Proxied(*sites, folder, server, runs, echo)

"""Builds the image without a Docker engine and uses it: `sudo .venv/bin/python -m deploy.check_image`.

The steps of the Dockerfile run in a bare Debian that debootstrap makes. Then its command runs as its user, without
rights, with a read-only root and the one volume, and is used: every page is opened, a training is started and goes on
after a restart of the container, below a base path and as a user without a name. Prints what each takes. Exits with
status 1 if anything fails.
"""

from __future__ import annotations

import argparse
import asyncio
import json
import os
import re
import shutil
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

from benchmarks.sessions import Session
from deploy.bare_root import BareRoot, Container, User, mounts_apart
from deploy.dockerfile import ROOT, Step, image_files, read_steps
from pages.shared.site import PAGES

PATIENCE = 180.0  # seconds for the container to become healthy, and for a training of the toy reviews
_TRAIN = "python -m sentiment_core train --preset rnn --data toy --epochs 40 --job".split()
_JOBS = "python -m sentiment_core jobs list --all --json".split()


@dataclass
class Image:
    """What the steps of a Dockerfile leave behind, beside the files."""

    environment: dict[str, str] = field(default_factory=dict)
    work: str = "/"
    user: int = 0
    volume: str = ""
    health: list[str] = field(default_factory=list)
    command: list[str] = field(default_factory=list)


def say(text: str) -> None:
    """Print a line at once, also into a file."""
    print(text, flush=True)


def build(
    root: BareRoot, steps: list[Step], source: Path, arguments: Mapping[str, str], ready: Path | None = None
) -> Image:
    """Run the steps in a bare Debian.

    arguments: values of ARG in place of their defaults. ready: a folder that debootstrap has made before.
    """
    image, given = Image(), dict[str, str]()
    for step in steps:
        began = time.perf_counter()
        if step.name == "FROM":
            install_base(root, step.value, ready)
            image.environment["PATH"] = "/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin"
        elif step.name == "ARG":
            given |= {name: arguments.get(name, value) for name, value in step.pairs({}).items()}
        elif step.name == "ENV":
            image.environment |= step.pairs(image.environment)
        elif step.name == "RUN":
            root.run(["sh", "-c", step.value], pip_settings() | given | image.environment, image.work)
        elif step.name == "COPY":
            copy(root, step, source, image.work)
        elif step.name == "WORKDIR":
            image.work = step.value
            (root.folder / image.work.lstrip("/")).mkdir(parents=True, exist_ok=True)
        elif step.name == "USER":
            image.user = int(step.value.partition(":")[0])
        elif step.name == "VOLUME":
            image.volume = step.value
        elif step.name == "HEALTHCHECK":
            image.health = step.command()
        elif step.name == "CMD":
            image.command = step.command()
        say(f"{time.perf_counter() - began:7.1f} s  {step.name} {step.value[:90]}")
    return image


def install_base(root: BareRoot, base: str, ready: Path | None) -> None:
    """Put a Debian into the root that has what the base image has. Raises ValueError for a base that it cannot be."""
    named = re.fullmatch(r"python:(\d\.\d+)-slim-(\w+)", base)
    if named is None:
        raise ValueError(f"FROM {base}: only python:X.Y-slim-SUITE can be made here")
    root.install(named[2], ready)
    asked = ["chroot", str(root.folder), "python3", "-c", "import sys; print('%d.%d' % sys.version_info[:2])"]
    found = subprocess.run(asked, capture_output=True, check=True, encoding="utf-8").stdout.strip()
    if found != named[1]:
        raise ValueError(f"FROM {base}: the Python of {named[2]} is {found}")
    root.mount_system()
    for path in pip_files():
        root.bring(path)


def copy(root: BareRoot, step: Step, source: Path, work: str) -> None:
    """Copy one path, a file or all files of the image, to a folder below the working one."""
    what, where = step.value.split()
    chosen = [path for path in image_files(source) if what == "." or path == what]
    if not chosen:
        raise ValueError(f"line {step.line}: .dockerignore leaves out {what}")
    for path in chosen:
        target = root.folder / work.lstrip("/") / where / path
        target.parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(source / path, target)


def pip_settings() -> dict[str, str]:
    """This machine's settings of pip as variables: it may reach packages only through a mirror."""
    listed = subprocess.run(
        [sys.executable, "-m", "pip", "config", "list"], capture_output=True, check=True, encoding="utf-8"
    )
    found = re.findall(r"^(?:global|:env:)\.([\w-]+)='(.*)'$", listed.stdout, re.MULTILINE)
    return {f"PIP_{name.upper().replace('-', '_')}": value for name, value in found}


def pip_files() -> list[Path]:
    """Files and folders of this machine that its settings of pip name."""
    words = " ".join(pip_settings().values()).split()
    paths = [Path(word) for word in words if word.startswith("/")]
    paths += [Path(word.removeprefix("file://")).parent for word in words if word.startswith("file:///")]  # of an index
    return sorted({path for path in paths if path.exists()})


def torch_index(default: str) -> str:
    """The index of PyTorch's CPU build. The first further index of this machine's pip stands in for it."""
    return next(iter(pip_settings().get("PIP_EXTRA_INDEX_URL", "").split()), default)


@contextmanager
def running(root: BareRoot, image: Image, user: int, log: Path, **settings: str) -> Iterator[tuple[Container, str]]:
    """The image's command, running and healthy, and the address of its pages."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        settings["STREAMLIT_SERVER_PORT"] = port = str(probe.getsockname()[1])
    container = root.start(image.command, image.environment | settings, image.work, User(user), log)
    try:
        began = time.monotonic()
        while container.outer.poll() is None and container.run(image.health).returncode:
            if time.monotonic() - began > PATIENCE:
                raise RuntimeError(f"It does not become healthy. {log} says why.")
            time.sleep(0.2)
        if container.outer.poll() is not None:
            raise RuntimeError(f"The server did not start: {log.read_text(encoding='utf-8')[-2000:]}")
        say(f"{time.monotonic() - began:7.1f} s  until the health check passes")
        base = settings.get("STREAMLIT_SERVER_BASE_URL_PATH", "")
        yield container, f"http://127.0.0.1:{port}{f'/{base}' if base else ''}"
    finally:
        if container.outer.poll() is None:
            say(f"{container.stop():7.1f} s  until it has ended")
    complaints = [
        line for line in log.read_text(encoding="utf-8").splitlines() if "Traceback" in line or "Read-only" in line
    ]
    if complaints:
        raise RuntimeError(f"{log} has complaints: {complaints[0]}")


async def open_pages(address: str) -> None:
    """Open every page as a reader does. Raises RuntimeError if one shows an error."""
    session = await Session.start(address)
    for page in PAGES:
        shown = await session.open(page.address)
        if shown.exceptions() or shown.missing or not shown.title():
            raise RuntimeError(f"{page.address or 'the first page'} shows {shown.exceptions() or 'nothing'}")
    await session.close()


def memory(container: Container) -> str:
    """The memory of the container's processes, pages that they share counted once."""
    found = [process.memory_full_info() for process in container.all_processes()]
    return f"{sum(one.pss for one in found) / 1e6:.0f} MB, the server alone {found[0].rss / 1e6:.0f} MB"


def states(container: Container) -> list[str]:
    """The states of the jobs, as the command line in the container lists them."""
    listed = container.run(_JOBS)
    if listed.returncode:
        raise RuntimeError(listed.stderr)
    return [job["state"] for job in json.loads(listed.stdout)]


def use(root: BareRoot, image: Image, logs: Path) -> None:
    """Run the image as docs/hosting.md does, and use it."""
    with running(root, image, image.user, logs / "first.txt") as (container, address):
        asyncio.run(open_pages(address))
        say(f"           all {len(PAGES)} pages open; memory: {memory(container)}")
        written = container.run(["touch", "/app/streamlit_app.py", "/opt/venv/x"])
        if written.returncode == 0:
            raise RuntimeError("The app can change its own code.")
        started = container.run(_TRAIN)
        if started.returncode:
            raise RuntimeError(started.stderr)
        wait_for(container, "running")
        say(f"           a training works; memory: {memory(container)}")
    say("A container that starts again, below a path, goes on with the training:")
    base = {"STREAMLIT_SERVER_BASE_URL_PATH": "lab"}
    with running(root, image, image.user, logs / "second.txt", **base) as (container, address):
        asyncio.run(open_pages(address))
        began = time.monotonic()
        wait_for(container, "done")
        say(f"{time.monotonic() - began:7.1f} s  until it is done")


def wait_for(container: Container, state: str) -> None:
    """Wait until the one job has this state."""
    deadline = time.monotonic() + PATIENCE
    while (found := states(container)) != [state]:
        if time.monotonic() > deadline or set(found) & {"failed", "cancelled"}:
            raise RuntimeError(f"The training is {found}, not {state}.")
        time.sleep(0.5)


def main() -> None:
    asked = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else "")
    asked.add_argument("--source", type=Path, default=ROOT, help="the folder of the Dockerfile")
    asked.add_argument("--keep", type=Path, help="build into this new folder and leave it there")
    asked.add_argument("--base", type=Path, help="a folder that debootstrap has made, to save its time")
    options = asked.parse_args()
    mounts_apart("deploy.check_image")
    steps = read_steps((options.source / "Dockerfile").read_text(encoding="utf-8"))
    with tempfile.TemporaryDirectory() as work:
        root = BareRoot(options.keep or Path(work) / "root")
        try:
            check(root, steps, options, Path(work))
        finally:
            root.let_go()
        say("The image builds, and works.")


def check(root: BareRoot, steps: list[Step], options: argparse.Namespace, work: Path) -> None:
    """Build the image in the root and use it, as its own user and as another one."""
    default = next(value for step in steps if step.name == "ARG" for value in step.pairs({}).values())
    image = build(root, steps, options.source, {"TORCH_INDEX": torch_index(default)}, options.base)
    volume = work / "volume"
    shutil.copytree(root.folder / image.volume.lstrip("/"), volume)
    give(volume, image.user)
    root.close_root(volume, image.volume)
    size = subprocess.run(["du", "-sxm", str(root.folder)], capture_output=True, check=True, encoding="utf-8")
    say(f"The image has {size.stdout.split()[0]} MB.")  # without this machine's files, which are no longer shown
    use(root, image, work)
    say("As a user without a name, to whom the volume belongs:")
    stranger = 54321
    give(volume, stranger)
    with running(root, image, stranger, work / "third.txt") as (_, address):
        asyncio.run(open_pages(address))


def give(folder: Path, user: int) -> None:
    """Make a user the owner of a folder and all in it."""
    for path in (folder, *folder.rglob("*")):
        os.chown(path, user, user, follow_symlinks=False)


if __name__ == "__main__":
    main()

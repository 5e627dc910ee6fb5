"""A bare Debian in a folder, and commands in it as in a container: with chroot and namespaces, without a Docker engine.

Needs Linux, root, debootstrap and util-linux. All mounts are made in a namespace of this process and end with it.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import psutil

_APART = "SENTIMENT_MOUNTS_APART"  # in the environment of a process whose mounts are its own
_PACKAGES = "ca-certificates,python3,python3-venv"  # what the image of Python has beyond a minimal Debian
_DEVICES = ("null", "zero", "full", "random", "urandom")
_PATH = "/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin"


def mounts_apart(module: str) -> None:
    """Start this program again with mounts of its own, unless that has been done. Exits if the system cannot."""
    if _APART in os.environ:
        return
    missing = [name for name in ("debootstrap", "unshare", "nsenter", "chroot", "mount") if not shutil.which(name)]
    if sys.platform != "linux" or os.geteuid() != 0 or missing:
        sys.exit(f"This needs Linux and root, and debootstrap and util-linux installed. Missing: {', '.join(missing)}.")
    os.environ[_APART] = "yes"
    command = ["unshare", "--mount", "--propagation", "private", sys.executable, "-m", module, *sys.argv[1:]]
    os.execvp(command[0], command)


@dataclass(frozen=True)
class User:
    """Who runs a command: root with all rights, or a number without any."""

    number: int = 0

    def become(self) -> list[str]:
        """The beginning of a command that this user runs."""
        if self.number == 0:
            return []
        rights = ["--no-new-privs", "--bounding-set=-all", "--inh-caps=-all"]
        return ["setpriv", f"--reuid={self.number}", f"--regid={self.number}", "--clear-groups", *rights]


class BareRoot:
    """The folder of a Debian. Everything in it may be changed until `close_root`."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder.resolve()

    def install(self, suite: str, ready: Path | None) -> None:
        """Make a minimal Debian with Python in the folder, or copy one that is ready."""
        command = ["debootstrap", "--variant=minbase", f"--include={_PACKAGES}", suite, str(self.folder)]
        if ready is not None:
            command = ["cp", "--archive", str(ready), str(self.folder)]
        subprocess.run(command, check=True, stdout=subprocess.DEVNULL)
        for name in ("resolv.conf", "hosts"):  # so that names are found, as an engine does it
            shutil.copy(f"/etc/{name}", self.folder / "etc" / name)

    def mount_system(self) -> None:
        """Mount what every container has: a few devices, shared memory, the machine's figures."""
        devices = self.folder / "dev"
        _mount("-t", "tmpfs", "-o", "mode=755", "tmpfs", str(devices))
        for name in _DEVICES:
            (devices / name).touch()
            _mount("--bind", f"/dev/{name}", str(devices / name))
        (devices / "shm").mkdir()
        _mount("-t", "tmpfs", "-o", "size=64m,mode=1777", "tmpfs", str(devices / "shm"))
        _mount("--rbind", "/sys", str(self.folder / "sys"))

    def bring(self, path: Path) -> None:
        """Show a file or a folder of the machine in the root, at the same place, to be read."""
        place = self.folder / path.relative_to("/")
        if path.is_dir():
            place.mkdir(parents=True, exist_ok=True)
        else:
            place.parent.mkdir(parents=True, exist_ok=True)
            place.touch()
        _mount("--bind", str(path), str(place))

    def close_root(self, volume: Path, place: str) -> None:
        """Make everything read-only, but a folder of the machine that is shown at a place of the root."""
        inside = self.folder / place.lstrip("/")
        _mount("--bind", str(self.folder), str(self.folder))
        _mount("-o", "remount,bind,ro", str(self.folder))
        self.mount_system()
        _mount("--bind", str(volume), str(inside))

    def let_go(self) -> None:
        """Take back all mounts, so that the folder can be deleted."""
        for mount in reversed([line.split()[1] for line in Path("/proc/mounts").read_text("utf-8").splitlines()]):
            if Path(mount).is_relative_to(self.folder):
                subprocess.run(["umount", "--lazy", mount], check=True)

    def run(self, command: Sequence[str], environment: Mapping[str, str], work: str = "/") -> None:
        """Run a command as root until it ends. Raises CalledProcessError if it fails."""
        with_work = ["chroot", str(self.folder), "sh", "-c", 'cd "$0" && exec "$@"', work, *command]
        subprocess.run(with_work, env={"PATH": _PATH, **environment}, check=True)

    def start(
        self, command: Sequence[str], environment: Mapping[str, str], work: str, user: User, log: Path
    ) -> Container:
        """Start a command as the first process of a container: with process numbers of its own."""
        inside = [*user.become(), "sh", "-c", 'cd "$0" && exec "$@"', work, *command]
        apart = ["unshare", "--pid", "--fork", "--kill-child", f"--mount-proc={self.folder / 'proc'}"]
        with log.open("wb") as output:
            outer = subprocess.Popen(
                [*apart, "chroot", str(self.folder), *inside],
                env={"PATH": _PATH, **environment},
                stdout=output,
                stderr=subprocess.STDOUT,
            )
        container = Container(self.folder, outer, {"PATH": _PATH, **environment}, work, user)
        while outer.poll() is None and not psutil.Process(outer.pid).children():
            time.sleep(0.01)
        return container


@dataclass(frozen=True)
class Container:
    """Running processes in a root, with a first one that all others end with."""

    folder: Path
    outer: subprocess.Popen[bytes]  # of this machine; its child is the container's first process
    environment: Mapping[str, str]
    work: str
    user: User

    def first(self) -> psutil.Process:
        """The first process, as this machine sees it."""
        return psutil.Process(self.outer.pid).children()[0]

    def all_processes(self) -> list[psutil.Process]:
        """The first process and all others."""
        return [self.first(), *self.first().children(recursive=True)]

    def run(self, command: Sequence[str]) -> subprocess.CompletedProcess[str]:
        """Run a command beside the first process, as its user."""
        beside = ["nsenter", f"--target={self.first().pid}", "--mount", "--pid", "chroot", str(self.folder)]
        inside = [*self.user.become(), "sh", "-c", 'cd "$0" && exec "$@"', self.work, *command]
        return subprocess.run([*beside, *inside], env=self.environment, capture_output=True, encoding="utf-8")

    def stop(self, patience: float = 10.0) -> float:
        """End the first process as `docker stop` does, and all others with it. Returns the seconds that it took."""
        first = self.first()
        began = time.monotonic()
        first.terminate()
        try:
            self.outer.wait(patience)
        except subprocess.TimeoutExpired:
            self.outer.kill()
            self.outer.wait()
        return time.monotonic() - began


def _mount(*arguments: str) -> None:
    subprocess.run(["mount", *arguments], check=True)

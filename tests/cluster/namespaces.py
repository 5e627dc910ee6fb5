"""A Ray cluster whose machines are network namespaces of this one, with links that can be cut.

Each machine has its own network, process numbers and folder of Ray's sockets, and all see the same files, as in a lab
with a shared disk. A cable joins each to one switch. When a link is cut, no process ends: packets are lost, and neither
side is told. Linux alone has namespaces, and making them takes the rights of root.
"""

from __future__ import annotations

import json
import secrets
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from pathlib import Path

import psutil

from sentiment_core.storage.processes import environment
from tests.conftest import ROOT

_NETWORK = "10.203.77"  # of namespaces that nothing else can reach
_PORT = 6379
_TOKEN = secrets.token_hex(16)  # without which no machine joins
_STORE = 80_000_000  # bytes of a node's object store
# Ray takes a minute to call a node lost, and with these about ten seconds. A process that does not reach the head ends
# after three minutes, and with these also after about ten seconds.
_WATCH = {
    "health_check_initial_delay_ms": 1_000,
    "health_check_period_ms": 500,
    "health_check_timeout_ms": 3_000,
    "health_check_failure_threshold": 3,
    "grpc_client_keepalive_timeout_ms": 6_000,
    "gcs_rpc_server_reconnect_timeout_s": 4,
}
SHORT = 5.0  # seconds without a link that a node survives
_APART = ("unshare", "--fork", "--kill-child", "--net", "--pid", "--mount", "--mount-proc")


@dataclass(eq=False)
class Machine:
    """A namespace with its address. It ends, with all that runs in it, when its first process does."""

    name: str
    ip: str
    plug: str  # the switch's end of its cable
    first: psutil.Process  # number one of its processes


@dataclass
class IsolatedCluster:
    """A head, nodes of one core each, and a desk: the machine where commands are given. Head and desk do no work."""

    switch: psutil.Process
    head: Machine
    desk: Machine
    nodes: list[Machine]
    folder: Path  # Ray's, at the same path on every machine and another one on each
    cut_at: dict[Machine, float] = field(default_factory=dict)
    long_away: list[Machine] = field(default_factory=list)

    @property
    def address(self) -> str:
        """Of the head, for `--address`."""
        return f"{self.head.ip}:{_PORT}"

    def cut(self, machine: Machine) -> None:
        """Lose every packet from and to a machine from now on."""
        self.cut_at[machine] = time.monotonic()
        _ip(self.switch, f"link set {machine.plug} down")

    def mend(self, machine: Machine) -> None:
        """Join a machine to the others again. One that Ray has called lost ends, until `restore` starts it again."""
        if time.monotonic() - self.cut_at.pop(machine) > SHORT:
            self.long_away.append(machine)
        _ip(self.switch, f"link set {machine.plug} up")

    def run(self, *command: object, **settings: str) -> subprocess.Popen[str]:
        """Start a command at the desk, in the folder of the project, with settings in its environment."""
        return subprocess.Popen(
            _inside(self.desk, *command),
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            encoding="utf-8",
            cwd=ROOT,
            env={**_environment(self.folder), **settings},
        )

    def processes(self, machine: Machine, word: str) -> list[psutil.Process]:
        """The processes of a machine with a word in their command."""
        found = []
        for process in machine.first.children(recursive=True):
            try:
                if any(word in part for part in process.cmdline()):
                    found.append(process)
            except psutil.Error:
                continue
        return found

    def restore(self) -> None:
        """Join all machines, and start those again that were away so long that Ray may have called them lost."""
        for machine in list(self.cut_at):
            self.mend(machine)
        with ThreadPoolExecutor() as at_once:
            list(at_once.map(self.start_ray, self.long_away))
        self.long_away.clear()

    def start_ray(self, machine: Machine) -> None:
        """Make a machine a node of the cluster, or again one after Ray has called it lost."""
        for process in self.processes(machine, ""):
            process.kill()
        cores = 1 if machine in self.nodes else 0
        if machine is self.head:
            role = ["--head", "--port", _PORT, "--include-dashboard", "false", "--system-config", json.dumps(_WATCH)]
        else:
            role = ["--address", self.address]
        store = ["--num-cpus", cores, "--object-store-memory", _STORE, "--include-log-monitor", "false"]
        ray = [sys.executable, "-m", "ray.scripts.scripts", "start", "--node-ip-address", machine.ip]
        temp = ["--temp-dir", self.folder, "--disable-usage-stats"]
        done = subprocess.run(
            _inside(machine, *ray, *role, *store, *(temp if machine is self.head else [])),
            capture_output=True,
            encoding="utf-8",
            env=_environment(self.folder),
            timeout=120,
        )
        assert done.returncode == 0, done.stdout + done.stderr


@contextmanager
def isolated_cluster(nodes: int) -> Iterator[IsolatedCluster]:
    """A running cluster, with nothing of it left afterwards."""
    with ExitStack() as stack:
        folder = Path(
            stack.enter_context(tempfile.TemporaryDirectory(prefix="ray", dir="/tmp"))
        )  # sockets: short paths
        switch = stack.enter_context(_first_process("unshare", "--fork", "--kill-child", "--net"))
        _ip(switch, "link add bridge type bridge", f"address add {_NETWORK}.1/24 dev bridge", "link set bridge up")
        names = ["head", "desk", *(f"node{number}" for number in range(1, nodes + 1))]
        machines = [
            stack.enter_context(_machine(name, f"{_NETWORK}.{number}", switch, folder))
            for number, name in enumerate(names, start=10)
        ]
        cluster = IsolatedCluster(switch, machines[0], machines[1], machines[2:], folder)
        cluster.start_ray(cluster.head)
        with ThreadPoolExecutor() as at_once:
            list(at_once.map(cluster.start_ray, machines[1:]))
        yield cluster


def reason_against() -> str | None:
    """Why there can be no namespaces here; None if there can."""
    for program in ("unshare", "nsenter", "ip"):
        if shutil.which(program) is None:
            return f"no {program}: install util-linux and iproute2"
    try:
        with _first_process(*_APART) as one:
            _ip(one, "link add here type veth peer name there", "link add bridge type bridge")
    except (OSError, subprocess.CalledProcessError, AssertionError) as error:
        return f"this user may make no network namespaces here: {getattr(error, 'stderr', None) or error}"
    return None


@contextmanager
def _first_process(*apart: str) -> Iterator[psutil.Process]:
    """The first process of new namespaces, which end with it: when the block ends, or this process, however it ends."""
    ready = "echo; exec cat"
    with subprocess.Popen(
        [*apart, "sh", "-c", ready],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        encoding="utf-8",
    ) as outside:
        assert outside.stdout is not None
        assert outside.stderr is not None
        try:
            assert outside.stdout.readline() == "\n", outside.stderr.read().strip()
            (first,) = psutil.Process(outside.pid).children()
            yield first
        finally:
            outside.kill()


@contextmanager
def _machine(name: str, ip: str, switch: psutil.Process, folder: Path) -> Iterator[Machine]:
    """A machine at the switch, with a folder of its own at the path `folder`."""
    with _first_process(*_APART) as first:
        plug = f"to-{name}"
        _ip(
            switch,
            f"link add {plug} type veth peer name eth0 netns {first.pid}",
            f"link set {plug} master bridge",
            f"link set {plug} up",
        )
        _ip(
            first,
            "link set lo up",
            f"address add {ip}/24 dev eth0",
            "link set eth0 up",
            f"route add default via {_NETWORK}.1",  # Ray asks for the way to the Internet to find its own address
        )
        machine = Machine(name, ip, plug, first)
        subprocess.run(_inside(machine, "mount", "-t", "tmpfs", "none", folder), check=True, capture_output=True)
        yield machine


def _ip(process: psutil.Process, *commands: str) -> None:
    """Run commands of `ip` in the network of a process."""
    subprocess.run(
        ["nsenter", "--target", str(process.pid), "--net", "ip", "-batch", "-"],
        input="".join(f"{command}\n" for command in commands),
        check=True,
        capture_output=True,
        encoding="utf-8",
    )


def _inside(machine: Machine, *command: object) -> list[str]:
    entered = ["nsenter", "--target", str(machine.first.pid), "--net", "--pid", "--mount"]
    return [*entered, f"--wd={ROOT}", "--", *map(str, command)]


def _environment(folder: Path) -> dict[str, str]:
    """Of what runs on a machine: without the addresses of other clusters."""
    known = {name: value for name, value in environment().items() if name != "RAY_ADDRESS"}
    own = {"RAY_TMPDIR": str(folder), "SENTIMENT_CACHE": str(folder / "cache")}
    return {**known, **own, "RAY_AUTH_MODE": "token", "RAY_AUTH_TOKEN": _TOKEN}

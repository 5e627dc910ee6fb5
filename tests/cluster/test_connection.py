"""Connecting to Ray: alone on this machine, and to addresses at which nothing answers."""

import os
import re
import socket
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from sentiment_core.cluster.connection import connected, import_ray
from sentiment_core.errors import ClusterError

ROOT = Path(__file__).parents[2]


def test_ray_on_this_machine_listens_on_the_loopback_alone_and_ends_with_the_block():
    script = """
import psutil
from sentiment_core.cluster.connection import connected
with connected(cores=1) as ray:
    assert ray.get(ray.remote(num_cpus=1)(lambda: 7).remote()) == 7
    mine = [psutil.Process(), *psutil.Process().children(recursive=True)]
    names = {process.name() for process in mine}
    places = {each.laddr.ip for one in mine for each in one.net_connections("inet") if each.status == "LISTEN"}
print(sorted(places), "raylet" in names)
print(len(psutil.wait_procs(mine[1:], timeout=10)[1]))
"""
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, encoding="utf-8", check=True, cwd=ROOT)
    places, left = done.stdout.splitlines()
    assert places == "['127.0.0.1', '::ffff:127.0.0.1'] True"
    assert left == "0"


@pytest.mark.parametrize("address", ["10.0.0.5", "ray://10.0.0.5:10001", "head:port"])
def test_what_is_no_address_is_refused_before_ray_tries_it(address: str):
    with pytest.raises(ClusterError, match="host:port of its head"), connected(address):
        pass


def test_an_address_where_nothing_answers_is_said_at_once():
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    with (
        pytest.raises(ClusterError, match=f"No Ray cluster answers at 127.0.0.1:{port}"),
        connected(f"127.0.0.1:{port}"),
    ):
        pass


@pytest.mark.parametrize("given", [{}, {"RAY_AUTH_MODE": "token", "RAY_AUTH_TOKEN": "another" * 9}])
def test_a_cluster_that_asks_for_its_token_says_so(guarded: str, given: dict[str, str], tmp_path: Path):
    script = f"from sentiment_core.cluster.connection import connected\nwith connected({guarded!r}): pass"
    clean = {name: value for name, value in os.environ.items() if not name.startswith("RAY_AUTH")}
    done = subprocess.run(
        [sys.executable, "-c", script],
        env=clean | given | {"HOME": str(tmp_path)},
        capture_output=True,
        encoding="utf-8",
        cwd=ROOT,
    )
    assert f"The Ray cluster at {guarded} asks for its token" in done.stderr.splitlines()[-1]


@pytest.fixture(scope="module")
def guarded(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The address of a head that lets nobody in without its token."""
    script = """
from ray.cluster_utils import Cluster
head = {"num_cpus": 0, "object_store_memory": 80_000_000, "include_dashboard": False}
cluster = Cluster(initialize_head=True, head_node_args=head)
print(cluster.address, flush=True)
input()
cluster.shutdown()
"""
    token = {"RAY_AUTH_MODE": "token", "RAY_AUTH_TOKEN": "secret" * 9, "HOME": str(tmp_path_factory.mktemp("home"))}
    head = subprocess.Popen(
        [sys.executable, "-c", script],
        env=os.environ | token,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        encoding="utf-8",
    )
    assert head.stdout is not None
    yield next(line.strip() for line in head.stdout if re.match(r"[\d.]+:\d+$", line))
    head.communicate("\n")


def test_without_ray_the_way_to_get_it_is_said(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setitem(sys.modules, "ray", None)
    with pytest.raises(ClusterError, match=r"pip install -r requirements-cluster\.txt"):
        import_ray()

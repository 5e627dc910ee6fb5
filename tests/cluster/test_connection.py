"""Connecting to Ray: alone on this machine, and to addresses at which nothing answers."""

import socket
import subprocess
import sys
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


def test_without_ray_the_way_to_get_it_is_said(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setitem(sys.modules, "ray", None)
    with pytest.raises(ClusterError, match=r"pip install -r requirements-cluster\.txt"):
        import_ray()

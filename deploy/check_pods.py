"""Runs the pods of deploy/kubernetes/job.yaml without Kubernetes: `sudo .venv/bin/python -m deploy.check_pods`.

Builds the image with Ray as `deploy.check_image` builds it without. Then the head, a worker and the submitter of the
manifest run in it as its user, with a read-only root and the manifest's mounts, in two network namespaces that are
joined by a cable. As KubeRay does, it adds the token and the head's address to what the manifest says. The health
checks must answer on their ports, a request without the token must be refused, and the manifest's command must score
every row.

Needs what `deploy.check_image` needs, and iproute2. It does not try the autoscaler, the operator and the policies.
"""

from __future__ import annotations

import argparse
import shlex
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import psutil
import pyarrow as pa
import pyarrow.parquet as pq

from deploy.bare_root import BareRoot, User, mounts_apart
from deploy.check_image import Image, build, give, say, torch_index
from deploy.check_kubernetes import FOLDER, read_manifest
from deploy.dockerfile import ROOT, read_steps
from sentiment_core.text.toy import toy_reviews

HEAD, WORKER = "10.219.0.1", "10.219.0.2"
PLACES = {"sentiment-head": HEAD, "sentiment-worker": WORKER}  # a network namespace for each machine
PATIENCE = 120.0  # seconds
_ROWS, _BLOCK = 20_000, 2_000
_TOKEN = {"RAY_AUTH_MODE": "token", "RAY_AUTH_TOKEN": "secret" * 8}
_ASK = """
import sys, urllib.error, urllib.request
try:
    direct = urllib.request.build_opener(urllib.request.ProxyHandler({}))
    print(direct.open(sys.argv[1], timeout=5).status)
except urllib.error.HTTPError as error:
    print(error.code)
"""
_PORTS = "--metrics-export-port=8080 --dashboard-agent-listen-port=52365 --block"  # as KubeRay adds them


@contextmanager
def machines() -> Iterator[None]:
    """Two network namespaces that reach each other and nothing else."""
    head, worker = PLACES
    try:
        for name in PLACES:
            _ip("netns", "add", name)
        _ip("link", "add", "cable", "netns", head, "type", "veth", "peer", "name", "cable", "netns", worker)
        for name, address in PLACES.items():
            _ip("-n", name, "address", "add", f"{address}/24", "dev", "cable")
            for device in ("cable", "lo"):
                _ip("-n", name, "link", "set", device, "up")
            _ip("-n", name, "route", "add", "default", "dev", "cable")  # Ray asks the system for the way out
        yield
    finally:
        for name in PLACES:
            subprocess.run(["ip", "netns", "delete", name], stderr=subprocess.DEVNULL)


def _ip(*words: str) -> None:
    subprocess.run(["ip", *words], check=True)


@dataclass(frozen=True)
class Pods:
    """Starts pods of the manifest in a closed root."""

    root: BareRoot
    image: Image
    logs: Path

    def start(self, place: str, pod: dict[str, Any], command: str) -> subprocess.Popen[bytes]:
        """Run a command in the first container of a pod template, on a machine. Its output goes into a file."""
        (container,) = pod["spec"]["containers"]
        settings = {one["name"]: one["value"] for one in container["env"]}
        user = User(pod["spec"]["securityContext"]["runAsUser"])
        inside = shlex.join([*user.become(), "/bin/bash", "-c", f"cd {self.image.work} && {command}"])
        folder = shlex.quote(str(self.root.folder))
        scratch = "mount -t tmpfs -o mode=1777 tmpfs"  # a pod's own; the memory of /dev/shm is KubeRay's
        outside = f"{scratch} {folder}/tmp && {scratch} {folder}/dev/shm && exec chroot {folder} {inside}"
        apart = ["unshare", "--mount", "--propagation=private", "--pid", "--fork", "--kill-child"]
        with (self.logs / f"{container['name']}.txt").open("wb") as log:
            return subprocess.Popen(
                ["ip", "netns", "exec", place, *apart, f"--mount-proc={folder}/proc", "sh", "-c", outside],
                env=self.image.environment | settings | _TOKEN,
                stdout=log,
                stderr=subprocess.STDOUT,
            )


def asked(place: str, address: str) -> int:
    """The HTTP status that a machine gets from an address, 0 for no answer."""
    done = subprocess.run(["ip", "netns", "exec", place, sys.executable, "-c", _ASK, address], capture_output=True)
    return int(done.stdout or 0)


def wait_until_healthy(place: str, address: str, pod: dict[str, Any], process: subprocess.Popen[bytes]) -> None:
    """Ask a pod's readiness probe from another machine until it answers. Raises RuntimeError if it does not."""
    probe = pod["spec"]["containers"][0]["readinessProbe"]["httpGet"]
    began = time.monotonic()
    while asked(place, f"http://{address}:{probe['port']}{probe['path']}") != 200:
        if process.poll() is not None or time.monotonic() - began > PATIENCE:
            raise RuntimeError(f"{address} does not become healthy.")
        time.sleep(1)
    say(f"{time.monotonic() - began:7.1f} s  until {probe['path']} answers")


def end(process: subprocess.Popen[bytes]) -> None:
    """Kill the first process of a pod, and all others with it."""
    with suppress(psutil.NoSuchProcess):
        for first in psutil.Process(process.pid).children():
            first.kill()
    process.wait()


def flags(group: dict[str, Any]) -> str:
    """The parameters of `ray start` of a group."""
    return " ".join(f"--{name}={value}" for name, value in group["rayStartParams"].items())


def use(pods: Pods, job: dict[str, Any], volume: Path) -> None:
    """Run the pods and the command. Raises RuntimeError for what does not hold."""
    cluster = job["rayClusterSpec"]
    head, worker = cluster["headGroupSpec"], cluster["workerGroupSpecs"][0]
    at_head, at_worker = PLACES
    running = []
    try:
        command = f"ray start --head {flags(head)} --dashboard-host=0.0.0.0 {_PORTS}"
        running.append(pods.start(at_head, head["template"], command))
        wait_until_healthy(at_worker, HEAD, head["template"], running[-1])
        running.append(
            pods.start(at_worker, worker["template"], f"ray start {flags(worker)} --address={HEAD}:6379 {_PORTS}")
        )
        wait_until_healthy(at_head, WORKER, worker["template"], running[-1])
        status = asked(at_worker, f"http://{HEAD}:8265/api/jobs/")
        if status != 401:
            raise RuntimeError(f"The dashboard answers {status} to a request without the token.")
        say("           a request without the token is refused")
        began = time.monotonic()
        command = f"ray job submit --address http://{HEAD}:8265 -- {job['entrypoint']} --block-rows {_BLOCK}"
        submitter = pods.start(at_head, job["submitterPodTemplate"], command)
        running.append(submitter)
        if submitter.wait(PATIENCE) != 0:
            raise RuntimeError("The command failed.")
        parts = sorted((volume / "scored").glob("*.parquet"))
        rows = sum(pq.ParquetFile(part).metadata.num_rows for part in parts)
        if rows != _ROWS:
            raise RuntimeError(f"The parts have {rows} rows, not {_ROWS}.")
        say(f"{time.monotonic() - began:7.1f} s  until {rows:,} rows are scored, in {len(parts)} parts")
    finally:
        for process in running:
            end(process)


def main() -> None:
    options = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else "")
    options.add_argument("--base", type=Path, help="a folder that debootstrap has made, to save its time")
    base = options.parse_args().base
    mounts_apart("deploy.check_pods")
    (job,) = [one["spec"] for one in read_manifest(FOLDER / "job.yaml") if one["kind"] == "RayJob"]
    steps = read_steps((ROOT / "Dockerfile").read_text(encoding="utf-8"))
    default = next(value for step in steps if step.name == "ARG" for value in step.pairs({}).values())
    arguments = {"TORCH_INDEX": torch_index(default), "REQUIREMENTS": "requirements-kubernetes.txt"}
    with tempfile.TemporaryDirectory() as work:
        root, volume, logs = BareRoot(Path(work) / "root"), Path(work) / "volume", Path(work)
        try:
            image = build(root, steps, ROOT, arguments, base)
            reviews = volume / "reviews"
            reviews.mkdir(parents=True)
            pq.write_table(pa.table({"text": toy_reviews(_ROWS, seed=0)[0]}), reviews / "all.parquet")
            give(volume, image.user)
            root.close_root(volume, image.volume)
            with machines():
                use(Pods(root, image, logs), job, volume)
        except (RuntimeError, subprocess.TimeoutExpired):
            for log in logs.glob("*.txt"):
                say(f"{log.name}:\n{log.read_text(encoding='utf-8')[-2000:]}")
            raise
        finally:
            root.let_go()
    say("The pods work.")


if __name__ == "__main__":
    main()

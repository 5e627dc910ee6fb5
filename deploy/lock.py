"""Writes requirements.lock: `python -m deploy.lock`. Needs uv, which requirements-dev.txt names, and the package index.

The lock has every package that requirements.txt brings, for all systems and Pythons from 3.11 on, with the hashes of
its files. So an index that is taken over later, or a mirror, cannot bring another file. PyTorch itself is not in it,
only what it needs: its build for the CPU comes from an index of its own, with other files for each system.
requirements.txt pins it.
"""

from __future__ import annotations

import subprocess
import sys
import tempfile
from importlib.metadata import requires
from pathlib import Path

from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

ROOT = Path(__file__).parents[1]
NAME = "requirements.lock"
OWN_INDEX = "torch"  # what another index brings
_HEADER = """\
# Everything that requirements.txt brings but PyTorch, with hashes. Written by `python -m deploy.lock`; do not edit.
"""


def asked(root: Path = ROOT) -> list[Requirement]:
    """The lines of requirements.txt as requirements."""
    lines = (line.partition("#")[0].strip() for line in (root / "requirements.txt").read_text("utf-8").splitlines())
    return [Requirement(line) for line in lines if line]


def needed_by(name: str) -> list[Requirement]:
    """What an installed package needs without extras, on any system. Nothing that brings CUDA."""
    found = [Requirement(line) for line in requires(name) or []]
    return [one for one in found if not (one.marker and "extra" in str(one.marker)) and "nvidia" not in one.name]


def locked(root: Path = ROOT) -> dict[str, list[tuple[Requirement, int]]]:
    """The packages of the lock by name: each version with its marker, and how many hashes it has."""
    found: dict[str, list[tuple[Requirement, int]]] = {}
    text = (root / NAME).read_text(encoding="utf-8").replace("\\\n", " ")
    for line in text.splitlines():
        if line and not line.startswith("#"):
            package, *hashes = line.split(" --hash=")
            one = Requirement(package.strip())
            found.setdefault(canonicalize_name(one.name), []).append((one, len(hashes)))
    return found


def main() -> None:
    """Write the lock."""
    wanted = [one for one in asked() if one.name != OWN_INDEX] + needed_by(OWN_INDEX)
    with tempfile.TemporaryDirectory() as folder:
        given, made = Path(folder) / "asked.in", Path(folder) / NAME
        given.write_text("\n".join(map(str, wanted)), encoding="utf-8")
        options = ["--universal", "--python-version=3.11", "--generate-hashes", "--quiet"]
        # The lock names no index: whoever installs it has one.
        options += ["--no-emit-index-url", "--no-emit-find-links", "--no-header", "--no-annotate"]
        command = [sys.executable, "-m", "uv", "pip", "compile", str(given), *options, f"--output-file={made}"]
        subprocess.run(command, check=True)
        (ROOT / NAME).write_text(_HEADER + made.read_text(encoding="utf-8"), encoding="utf-8", newline="\n")


if __name__ == "__main__":
    main()

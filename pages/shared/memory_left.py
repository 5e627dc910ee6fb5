"""How much memory this process may still take: that of the machine, or less where a container or a service has a limit.

Linux keeps such limits in control groups. https://docs.kernel.org/admin-guide/cgroup-v2.html describes version 2, and
cgroup-v1/memory.html there version 1.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

import psutil


class _Names(NamedTuple):
    """Files of a control group, and the entry for file pages that nobody has used for some time."""

    root: str
    limit: str
    used: str
    droppable: str


_V2 = _Names("sys/fs/cgroup", "memory.max", "memory.current", "inactive_file")
_V1 = _Names("sys/fs/cgroup/memory", "memory.limit_in_bytes", "memory.usage_in_bytes", "total_inactive_file")


def memory_left(root: Path = Path("/")) -> int:
    """Bytes. root: the file system in which the kernel shows its control groups."""
    left = int(psutil.virtual_memory().available)
    for names, group in _groups(root):
        try:
            used, limit = (int((group / name).read_text()) for name in (names.used, names.limit))
            entries = dict(line.split() for line in (group / "memory.stat").read_text().splitlines())
        except (OSError, ValueError):  # no such file, or "max"
            continue
        left = min(left, limit - used + int(entries.get(names.droppable, 0)))
    return max(left, 0)


def _groups(root: Path) -> Iterator[tuple[_Names, Path]]:
    """The control groups that this process is in, each with those around it: a limit of any of them holds."""
    try:
        lines = (root / "proc/self/cgroup").read_text().splitlines()
    except OSError:  # another system than Linux
        return
    for line in lines:
        _, controllers, path = line.split(":", 2)
        names = _V1 if "memory" in controllers.split(",") else _V2 if not controllers else None
        if names is not None:
            mounted = root / names.root
            group = mounted / path.strip("/")
            yield from ((names, folder) for folder in (group, *group.parents) if folder.is_relative_to(mounted))

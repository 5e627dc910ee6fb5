"""How much memory is left, also in a container or a service with a limit."""

from pathlib import Path

import psutil
import pytest

from pages.shared.memory_left import memory_left

HERE = "sys/fs/cgroup"


def write(root: Path, path: str, text: str) -> None:
    (root / path).parent.mkdir(parents=True, exist_ok=True)
    (root / path).write_text(text)


@pytest.fixture(autouse=True)
def machine(monkeypatch: pytest.MonkeyPatch) -> None:
    """A machine with 8 GB available."""
    monkeypatch.setattr(psutil, "virtual_memory", lambda: type("Memory", (), {"available": 8_000_000_000}))


def test_without_a_limit_it_is_the_machines(tmp_path: Path):
    assert memory_left(tmp_path) == 8_000_000_000, "no control groups"
    write(tmp_path, "proc/self/cgroup", "0::/\n")
    write(tmp_path, f"{HERE}/memory.max", "max\n")
    write(tmp_path, f"{HERE}/memory.current", "100000000\n")
    write(tmp_path, f"{HERE}/memory.stat", "inactive_file 0\n")
    assert memory_left(tmp_path) == 8_000_000_000


def test_file_pages_that_nobody_uses_do_not_count(tmp_path: Path):
    write(tmp_path, "proc/self/cgroup", "0::/\n")
    write(tmp_path, f"{HERE}/memory.max", "700000000\n")
    write(tmp_path, f"{HERE}/memory.current", "500000000\n")
    write(tmp_path, f"{HERE}/memory.stat", "anon 300000000\ninactive_file 150000000\nactive_file 50000000\n")
    assert memory_left(tmp_path) == 350_000_000


def test_the_limit_of_a_service_or_of_what_is_around_it_holds(tmp_path: Path):
    write(tmp_path, "proc/self/cgroup", "0::/system.slice/sentiment-lab.service\n")
    for path, limit in (("system.slice/sentiment-lab.service", "2000000000"), ("system.slice", "1000000000")):
        write(tmp_path, f"{HERE}/{path}/memory.max", limit)
        write(tmp_path, f"{HERE}/{path}/memory.current", "400000000")
        write(tmp_path, f"{HERE}/{path}/memory.stat", "inactive_file 0")
    assert memory_left(tmp_path) == 600_000_000


def test_version_1_is_read_too_and_more_than_the_limit_is_nothing_left(tmp_path: Path):
    write(tmp_path, "proc/self/cgroup", "5:devices:/a\n4:memory:/docker/0a1b\n0::/\n")
    group = f"{HERE}/memory"  # a container sees its own group as the root
    write(tmp_path, f"{group}/memory.limit_in_bytes", "500000000")
    write(tmp_path, f"{group}/memory.usage_in_bytes", "400000000")
    write(tmp_path, f"{group}/memory.stat", "total_inactive_file 100000000")
    assert memory_left(tmp_path) == 200_000_000
    write(tmp_path, f"{group}/memory.usage_in_bytes", "900000000")
    assert memory_left(tmp_path) == 0

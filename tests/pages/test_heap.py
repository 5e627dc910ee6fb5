"""What bounds the server's memory: caches of a fixed size, and few heaps that give back what was freed."""

from __future__ import annotations

import ast
import subprocess
import sys
from pathlib import Path

import pytest

from pages.shared import heap

ROOT = Path(__file__).parents[2]
MOST = 512  # entries of a cache


def caches(source: str) -> list[tuple[str, ast.expr]]:
    """The decorators of a file that keep what functions return, by the function's name."""
    functions = [node for node in ast.walk(ast.parse(source)) if isinstance(node, ast.FunctionDef)]
    return [
        (function.name, decorator)
        for function in functions
        for decorator in function.decorator_list
        if "st.cache_" in ast.unparse(decorator)
    ]


def bound(decorator: ast.expr) -> int | None:
    """The most entries of a cache; None if nothing bounds it."""
    given = decorator.keywords if isinstance(decorator, ast.Call) else []
    return next((ast.literal_eval(word.value) for word in given if word.arg == "max_entries"), None)


def test_every_cache_of_the_pages_is_bounded():
    found = {
        f"{path.name}: {name}": bound(decorator)
        for path in (ROOT / "pages").rglob("*.py")
        for name, decorator in caches(path.read_text(encoding="utf-8"))
    }
    assert len(found) > 50
    assert {name: most for name, most in found.items() if most is None or most > MOST} == {}


def test_a_cache_without_a_bound_is_noticed():
    ((name, decorator),) = caches("@st.cache_data\ndef endless(): ...")
    assert (name, bound(decorator)) == ("endless", None)


def test_freed_memory_can_be_given_back_on_any_system():
    heap.give_back()


@pytest.mark.skipif(heap._glibc() is None, reason="only glibc gives threads heaps of their own")
def test_threads_share_two_heaps():
    """Without the setting, threads that allocate at the same time have a heap each, up to the library's limit."""
    script = """
import ctypes, threading
from pages.shared.heap import settle_heaps
settle_heaps()
library = ctypes.CDLL(None)
library.malloc.restype = ctypes.c_void_p
together = threading.Barrier(12)
def work():
    together.wait()
    library.free(ctypes.c_void_p(library.malloc(10000)))
    together.wait()
threads = [threading.Thread(target=work) for _ in range(12)]
[thread.start() for thread in threads], [thread.join() for thread in threads]
library.malloc_stats()
"""
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, encoding="utf-8", check=True, cwd=ROOT)
    assert 1 <= done.stderr.count("Arena ") <= 2

"""Modules that must not be imported too early: a page of published numbers must not load torch."""

import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
HEAVY = {"torch", "datasets", "transformers", "pandas", "sklearn"}


# A page or a command of published numbers imports no more than these.
LIGHT = (
    "sentiment_core",
    "sentiment_core.experiments.leaderboard",
    "sentiment_core.experiments.lessons",
    "sentiment_core.analysis.drift.projection",
    "sentiment_core.analysis.drift.directions",
    "sentiment_core.analysis.drift.separation",
    "sentiment_core.analysis.padding",
    "sentiment_core.classifiers.arrays",
    "sentiment_core.classifiers.tokens",
    "sentiment_core.cli.app",
)


def test_importing_loads_nothing_heavy():
    """One process imports all, one after the other, and each line says what has been loaded by then."""
    script = """
import importlib, sys
for module in sys.argv[1:]:
    importlib.import_module(module)
    print(module, *sys.modules)
"""
    command = [sys.executable, "-c", script, *LIGHT]
    done = subprocess.run(command, capture_output=True, encoding="utf-8", check=True, cwd=ROOT)
    loaded = {module: set(modules) for module, *modules in map(str.split, done.stdout.splitlines())}
    assert tuple(loaded) == LIGHT
    assert {module: HEAVY & modules for module, modules in loaded.items()} == {module: set() for module in LIGHT}


def test_judging_a_text_does_not_load_the_compiler_of_pytorch():
    """It costs 90 MB and up to two seconds, and no network here needs it."""
    script = """
import sys
from pathlib import Path
from sentiment_core.classifiers.loading import load_classifier
from sentiment_core.runs.layout import HISTORY
for folder in sorted(path.parent for path in Path("checkpoints").glob(f"*/*/{HISTORY}")):
    network = load_classifier(folder)
    view = network.view("not a bad film")
    network.logits([view]), network.states(view), network.gradients(view)
print(*sys.modules)
"""
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, encoding="utf-8", check=True, cwd=ROOT)
    loaded = set(done.stdout.split())
    assert "torch" in loaded
    assert not {"torch._dynamo", "torch._inductor", "sympy"} & loaded


def test_the_light_networks_load_no_torch_and_do_all_that_pages_ask():
    script = """
import sys
from pathlib import Path
from sentiment_core.classifiers.loading import load_classifier
from sentiment_core.runs.layout import HISTORY
for folder in sorted(path.parent for path in Path("checkpoints").glob(f"*/*/{HISTORY}")):
    network = load_classifier(folder, threads=1, light=True)
    view = network.view("not a bad film")
    network.logits([view]), network.states(view), network.gradients(view), network.trace(view)
    network.state_gradients(view), network.before_training().logits([view])
print(*sys.modules)
"""
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, encoding="utf-8", check=True, cwd=ROOT)
    assert "sentiment_core.classifiers.arrays" in done.stdout.split()
    assert not HEAVY & set(done.stdout.split())


@pytest.mark.server
def test_a_server_whose_pages_were_all_opened_holds_no_torch(tmp_path: Path):
    """It takes 190 MB, and a small host has 700. The server itself opens every page before it answers."""
    script = """
import asyncio, sys
from benchmarks.memory import imported, main_views, visit
from benchmarks.browser import serve
from tests.loops import run_in_loop
with serve(SENTIMENT_RUNS=sys.argv[1]) as server:
    run_in_loop(visit(server, main_views(), each=False))
    print(imported(server.pid))
"""
    command = [sys.executable, "-c", script, str(tmp_path)]
    done = subprocess.run(command, capture_output=True, encoding="utf-8", check=True, cwd=ROOT)
    if sys.platform == "linux":  # elsewhere it only shows that every page opens
        assert "numpy" in done.stdout
        assert not {"torch", "sklearn", "datasets", "transformers"} & set(done.stdout.strip().split(", "))

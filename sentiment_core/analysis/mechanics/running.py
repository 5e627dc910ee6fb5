"""Runs a step's lines, and gives those lines as text for the page.

torch is imported when a step draws random numbers: one step is plain Python, and a server that shows no other keeps
190 MB free.
"""

from __future__ import annotations

import ast
import inspect
import textwrap
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager, nullcontext
from dataclasses import dataclass
from functools import cache
from typing import Any

_SEEDING = threading.RLock()  # the generator belongs to the process, and each reader of a page has a thread


@dataclass(frozen=True)
class Ran:
    """A step that has been run."""

    code: str  # the lines that ran
    values: dict[str, Any]  # what the lines assigned, by name: tensors, modules, numbers

    def __getitem__(self, name: str) -> Any:
        return self.values[name]


def settle() -> None:
    """Run every operation of this process on one thread, and treat denormals as zero."""
    from sentiment_core.model.threads import limit_threads

    limit_threads(1)


def run(step: Callable[..., dict[str, Any]], seed: int | None = 0, **given: Any) -> Ran:
    """Run a step: a function that takes the `given` values by name and returns the values that it assigns.

    Weights that the lines create are drawn with `seed`. None is for lines that do not use PyTorch.
    """
    with nullcontext() if seed is None else seeded(seed):
        values = step(**given)
    return Ran(shown_lines(step), values)


@cache
def shown_lines(step: Callable[..., dict[str, Any]]) -> str:
    """The lines of a step, without its signature, its docstring and its last line, which returns the values."""
    source = textwrap.dedent(inspect.getsource(step))
    (function,) = ast.parse(source).body
    assert isinstance(function, ast.FunctionDef)
    body = function.body[1:] if ast.get_docstring(function) is not None else function.body
    assert isinstance(body[-1], ast.Return)
    lines = source.splitlines()[body[0].lineno - 1 : body[-1].lineno - 1]
    return textwrap.dedent("\n".join(lines)).strip()


@contextmanager
def seeded(seed: int) -> Iterator[None]:
    """A block whose random numbers follow from the seed. The generator of the process is left as it was."""
    import torch

    with _SEEDING, torch.random.fork_rng(devices=[]):
        torch.manual_seed(seed)
        yield

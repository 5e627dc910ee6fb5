"""Which threads compute: one for each direction of a network, and within one operation a single one.

PyTorch spreads every operation over all cores, and its threads spin while they wait for each other. A network of this
size gains little by it, and where other work holds a core they wait for a thread that does not run: a step then takes
three to twenty times as long. The two directions of a layer know nothing of each other. So each has a thread of its
own, which sleeps while it waits, and which takes over the other's part where that has not begun. Every sum is added up
in one thread: the numbers are those of one thread, to the bit, on any machine, whether or not it is busy.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from functools import cache
from threading import local
from typing import Any, TypeVar

import torch
from torch import Tensor, nn
from torch.autograd.function import once_differentiable

First = TypeVar("First")
Second = TypeVar("Second")

_cores = 1  # threads that may compute at once, each an operation of its own
_here = local()  # of each thread: `spread`, where it is one of those that `spread` uses


def settle_threads() -> None:
    """Give every operation one thread from here on, and each direction of a network one.

    Where OMP_NUM_THREADS is set, PyTorch keeps to it, and nothing is changed.
    """
    global _cores
    threads = torch.get_num_threads()
    if threads > 1 and "OMP_NUM_THREADS" not in os.environ:
        _cores = threads
        torch.set_num_threads(1)


def limit_threads(threads: int) -> None:
    """Give every operation this many threads, and count denormals as zero, from here on in this process."""
    torch.set_flush_denormal(True)
    torch.set_num_threads(threads)


def threads_in_use(directions: int) -> int:
    """How many threads train a network of one or two directions."""
    return max(torch.get_num_threads(), min(_cores, directions))


def run_both(first: Callable[[], First], second: Callable[[], Second]) -> tuple[First, Second]:
    """What two calls return that do not depend on each other, computed side by side where there is a core for each.

    Each runs with autograd on or off as the caller has it.
    """
    if _cores == 1 or getattr(_here, "spread", False):
        return first(), second()
    enabled, inference = torch.is_grad_enabled(), torch.is_inference_mode_enabled()

    def elsewhere() -> Second:
        with torch.inference_mode(inference), torch.set_grad_enabled(enabled):
            return second()

    other = _helper().submit(elsewhere)
    mine = first()
    # A helper that has not begun is waiting for a core that other work holds.
    return mine, second() if other.cancel() else other.result()


def spread(work: Callable[[First], Second], items: Sequence[First]) -> list[Second]:
    """What `work` makes of each item without autograd, in their order, as many at once as there are cores."""

    def alone(item: First) -> Second:
        with torch.inference_mode():
            return work(item)

    if _cores == 1 or len(items) < 2:
        return list(map(alone, items))

    def settle() -> None:
        _settle_helper()
        _here.spread = True

    with ThreadPoolExecutor(_cores, thread_name_prefix="spread", initializer=settle) as threads:
        return list(threads.map(alone, items))


@cache
def _helper() -> ThreadPoolExecutor:
    return ThreadPoolExecutor(1, thread_name_prefix="direction", initializer=_settle_helper)


def _settle_helper() -> None:
    """What settle_torch has set for the thread that called it alone."""
    limit_threads(1)


def read_both(
    read: Callable[[nn.Module, Tensor], Tensor], cells: nn.ModuleList, states: tuple[Tensor, Tensor]
) -> tuple[Tensor, Tensor]:
    """`read` of each of two cells on its own states, side by side; in training backward too."""
    first, second = cells
    if _cores == 1 or not (cells.training and torch.is_grad_enabled()):
        return run_both(lambda: read(first, states[0]), lambda: read(second, states[1]))
    return _ReadBoth.apply(read, cells, *states, *first.parameters(), *second.parameters())


class _ReadBoth(torch.autograd.Function):
    """`read_both` where gradients are asked for: autograd alone would go back through one direction after the other."""

    @staticmethod
    def forward(
        ctx: Any, read: Callable[[nn.Module, Tensor], Tensor], cells: nn.ModuleList, *tensors: Tensor
    ) -> tuple[Tensor, Tensor]:
        """tensors: the states that each cell reads, then the weights of both, which autograd must see."""

        def run(cell: nn.Module, states: Tensor) -> tuple[list[Tensor], Tensor]:
            with torch.enable_grad():
                states = states.detach().requires_grad_(states.requires_grad)
                return [states, *cell.parameters()], read(cell, states)

        first, second = cells
        ctx.parts = run_both(lambda: run(first, tensors[0]), lambda: run(second, tensors[1]))
        return ctx.parts[0][1].detach(), ctx.parts[1][1].detach()

    @staticmethod
    @once_differentiable
    def backward(ctx: Any, *grads: Tensor) -> tuple[Tensor | None, ...]:
        def run(part: tuple[list[Tensor], Tensor], grad: Tensor) -> list[Tensor | None]:
            inputs, output = part
            wanted = [tensor for tensor in inputs if tensor.requires_grad]
            found: Iterator[Tensor] = iter(torch.autograd.grad(output, wanted, grad) if wanted else ())
            return [next(found) if tensor.requires_grad else None for tensor in inputs]

        one, other = ctx.parts
        first, second = run_both(lambda: run(one, grads[0]), lambda: run(other, grads[1]))
        return None, None, first[0], second[0], *first[1:], *second[1:]

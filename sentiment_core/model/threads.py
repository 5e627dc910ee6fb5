"""Which threads compute: one for each direction of a network or half of a batch, and within one operation a single one.

PyTorch spreads every operation over all cores, and its threads spin while they wait for each other. A network of this
size gains little by it, and where other work holds a core they wait for a thread that does not run: a step then takes
three to twenty times as long. The two directions of a layer know nothing of each other, and neither do two halves of a
batch. So each has a thread of its own, which sleeps while it waits, and which takes over the other's part where that
has not begun. Every sum is added up in one thread: the numbers are those of one thread, to the bit, on any machine,
whether or not it is busy. For that, the shape of a batch alone decides whether it is halved.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
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
    """Give every operation one thread from here on, and each direction of a network or half of a batch one.

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


def threads_in_use(parts: int) -> int:
    """How many threads train a network that is read in so many parts side by side, one or two."""
    return max(torch.get_num_threads(), min(_cores, parts))


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


@dataclass(frozen=True)
class Part:
    """What a thread of its own computes of a layer: `read(states)`, with the weights of `cell`."""

    cell: nn.Module
    states: Tensor  # [batch, time, input]
    read: Callable[[Tensor], Tensor]  # draws no random numbers: the order of two threads is not fixed


def read_both(first: Part, second: Part) -> tuple[Tensor, Tensor]:
    """What two parts of a layer come to, side by side; in training backward too.

    Both may have the same cell: the gradient of a weight is then the sum of theirs.
    """
    if not (first.cell.training and torch.is_grad_enabled()):
        return run_both(lambda: first.read(first.states), lambda: second.read(second.states))
    weights = (*first.cell.parameters(), *second.cell.parameters())
    return _ReadBoth.apply(first, second, first.states, second.states, *weights)


class _ReadBoth(torch.autograd.Function):
    """`read_both` where gradients are asked for: autograd alone would go back through one part after the other."""

    @staticmethod
    def forward(ctx: Any, first: Part, second: Part, *_: Tensor) -> tuple[Tensor, Tensor]:
        """Beside the parts, autograd must see the states that both read, then the weights of both."""

        def run(part: Part) -> tuple[list[Tensor], Tensor]:
            with torch.enable_grad():
                states = part.states.detach().requires_grad_(part.states.requires_grad)
                return [states, *part.cell.parameters()], part.read(states)

        ctx.parts = run_both(lambda: run(first), lambda: run(second))
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

"""Several trainings in one process that take their steps in turn.

Trainings with the same seed, batch size and order of batches then read the same reviews at the same time. PyTorch has
one random generator for all of them. Each training gets it back here as it left it, so its weights are the same, to
the bit, as if it had been alone.
"""

from __future__ import annotations

from collections.abc import Callable, Generator, Sequence
from dataclasses import dataclass
from typing import TypeVar

import torch
from torch import Tensor

from sentiment_core.model.config import Recipe
from sentiment_core.model.device import CPU
from sentiment_core.training.loop import Progress

Result = TypeVar("Result")


@dataclass
class _Member:
    """One training."""

    steps: Generator[Progress, None, None]
    random: list[Tensor]  # states of PyTorch's random generators
    step: int = -1  # taken so far; -1 while it has taken none or pretrains


class Lockstep:
    """Trainings that take turns: the one with the fewest steps is next, the first of several."""

    def __init__(self, trainings: Sequence[Generator[Progress, None, None]], device: torch.device = CPU) -> None:
        """device: that all of them train on."""
        self._device = device
        self._members = {number: _Member(steps, self._random()) for number, steps in enumerate(trainings)}

    @property
    def living(self) -> list[int]:
        """Numbers of the trainings that have not ended."""
        return list(self._members)

    @property
    def step(self) -> int:
        """Steps that each training which has not ended has taken, at least; -1 while one of them has taken none."""
        return min(member.step for member in self._members.values())

    @property
    def next(self) -> int:
        """Number of the training whose turn it is."""
        return min(self._members, key=lambda number: self._members[number].step)

    def take(self) -> tuple[int, Progress | None]:
        """Let the training whose turn it is take a stretch. Returns its number, and None if it has ended.

        An error of a training is raised after the training was taken out: the others can go on.
        """
        number = self.next
        member = self._members[number]
        try:
            progress = self._within(member, lambda: next(member.steps, None))
        except BaseException:
            del self._members[number]
            raise
        if progress is None:
            del self._members[number]
        elif progress.epoch:
            member.step = progress.step
        return number, progress

    def close(self) -> None:
        """Stop the trainings that have not ended; each saves its state."""
        while self._members:
            _, member = self._members.popitem()
            self._within(member, member.steps.close)

    def _within(self, member: _Member, work: Callable[[], Result]) -> Result:
        """The result of some work of a training, which finds the random generators as it left them."""
        torch.set_rng_state(member.random[0])
        if len(member.random) > 1:
            torch.get_device_module(self._device).set_rng_state(member.random[1])
        try:
            return work()
        finally:
            member.random = self._random()

    def _random(self) -> list[Tensor]:
        states = [torch.get_rng_state()]
        if self._device.type != "cpu":
            states.append(torch.get_device_module(self._device).get_rng_state())
        return states


def common_order(recipes: Sequence[Recipe]) -> list[int]:
    """For each recipe the `bucketed_by` of its procedure with which all get the same batches; 0 for a plain procedure.

    Batches hold reviews of similar length. Networks that read different numbers of tokens would find different ones
    similar, so all are ordered by the lengths that the network which reads most sees.
    """
    most = max(recipe.max_length for recipe in recipes)
    return [0 if recipe.max_length == most else most for recipe in recipes]

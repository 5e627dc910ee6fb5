"""The state that a run goes on from: numbers and tensors come back exactly."""

from pathlib import Path

import numpy as np
import torch

from sentiment_core.runs.layout import STATE
from sentiment_core.runs.reading import Moment
from sentiment_core.runs.state import Checkpoint, Position, read_state


def test_numbers_and_tensors_come_back_exactly(tmp_path: Path):
    """With a group of tensors beside the weights, as an average of them would be."""

    def training() -> tuple[
        torch.nn.Linear, torch.optim.Adam, np.random.Generator, dict[str, torch.Tensor], Checkpoint
    ]:
        model, rng = torch.nn.Linear(3, 2), np.random.default_rng(0)
        average = {name: torch.zeros_like(weight) for name, weight in model.named_parameters()}
        optimizer = torch.optim.Adam(model.parameters())
        checkpoint = Checkpoint(tmp_path / STATE, optimizer, rng, model=model.state_dict(), average=average)
        return model, optimizer, rng, average, checkpoint

    def step(model: torch.nn.Linear, optimizer: torch.optim.Adam) -> None:
        optimizer.zero_grad()
        model(torch.rand(5, 3)).square().sum().backward()
        optimizer.step()

    model, optimizer, rng, average, checkpoint = training()
    step(model, optimizer)
    average["weight"].fill_(1 / 3)
    position = Position(order=rng.bit_generator.state, step=1, seconds=0.1 + 0.2)
    position.since_moment.add(1 / 3, 7)
    position.history.append(Moment(0.1 + 0.2, 1, 1 / 3, 7, None, 2 / 3, 0.1))
    checkpoint.save(position)
    step(model, optimizer)
    drawn = rng.random()

    other, its_optimizer, its_rng, its_average, its_checkpoint = training()
    found = read_state(tmp_path / STATE)
    assert found is not None
    assert its_checkpoint.restore(found) == position
    assert torch.equal(its_average["weight"], torch.full((2, 3), 1 / 3))
    step(other, its_optimizer)  # draws its input, so the random numbers are those of the second step above
    assert torch.equal(other.weight, model.weight)
    assert its_rng.random() == drawn


def test_no_state(tmp_path: Path):
    assert read_state(tmp_path / STATE) is None

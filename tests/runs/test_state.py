"""The state that a run resumes from: numbers and tensors are restored exactly."""

from pathlib import Path

import numpy as np
import torch

from sentiment_core.runs.layout import STATE
from sentiment_core.runs.reading import Checkpoint
from sentiment_core.runs.state import StateFile, TrainingState, load_state


def test_numbers_and_tensors_are_restored_exactly(tmp_path: Path):
    """With another group of tensors beside the weights, such as their average."""

    def training() -> tuple[torch.nn.Linear, torch.optim.Adam, np.random.Generator, dict[str, torch.Tensor], StateFile]:
        model, rng = torch.nn.Linear(3, 2), np.random.default_rng(0)
        average = {name: torch.zeros_like(weight) for name, weight in model.named_parameters()}
        optimizer = torch.optim.Adam(model.parameters())
        state_file = StateFile(tmp_path / STATE, optimizer, rng, model=model.state_dict(), average=average)
        return model, optimizer, rng, average, state_file

    def step(model: torch.nn.Linear, optimizer: torch.optim.Adam) -> None:
        optimizer.zero_grad()
        model(torch.rand(5, 3)).square().sum().backward()
        optimizer.step()

    model, optimizer, rng, average, state_file = training()
    step(model, optimizer)
    average["weight"].fill_(1 / 3)
    position = TrainingState(order=rng.bit_generator.state, step=1, seconds=0.1 + 0.2)
    position.since_checkpoint.add(1 / 3, 7)
    position.history.append(Checkpoint(0.1 + 0.2, 1, 1 / 3, 7, None, 2 / 3, 0.1))
    state_file.save(position)
    step(model, optimizer)
    drawn = rng.random()

    other, its_optimizer, its_rng, its_average, its_state_file = training()
    found = load_state(tmp_path / STATE)
    assert found is not None
    assert its_state_file.restore(found) == position
    assert torch.equal(its_average["weight"], torch.full((2, 3), 1 / 3))
    step(other, its_optimizer)  # draws its input, so the random numbers are those of the second step above
    assert torch.equal(other.weight, model.weight)
    assert its_rng.random() == drawn


def test_no_state(tmp_path: Path):
    assert load_state(tmp_path / STATE) is None

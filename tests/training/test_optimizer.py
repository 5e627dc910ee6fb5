"""The lean optimizer is PyTorch's Adam, to the bit, and a training loads no compiler for it."""

import copy
import os
import subprocess
import sys
from pathlib import Path

import torch
from torch import nn

from sentiment_core.training.optimizer import LeanAdam, build_optimizer

_START = """
import sys
from pathlib import Path
from sentiment_core.model.presets import preset
from sentiment_core.text.reviews import Reviews, Split
from sentiment_core.text.toy import toy_reviews
from sentiment_core.training.pipeline import train_run
splits = {name: Split(*toy_reviews(40, seed=seed)) for seed, name in enumerate(("train", "valid", "test"))}
recipe = preset("bilstm").change(tokenizer="words", epochs=1, batch_size=1)
steps = train_run(recipe, Reviews("toy", **splits), Path(sys.argv[1]), stretch=1)
next(steps)
print(sorted({"torch._dynamo", "sympy", "pandas", "transformers", "datasets"} & set(sys.modules)))
steps.close()
"""


def steps(kind: type[torch.optim.Adam], count: int) -> tuple[nn.Module, torch.optim.Adam]:
    """A small network after some steps."""
    torch.manual_seed(0)
    model = nn.Sequential(nn.Embedding(50, 8), nn.Linear(8, 1))
    optimizer = kind(model.parameters(), lr=1e-2, fused=True)
    take(model, optimizer, count)
    return model, optimizer


def take(model: nn.Module, optimizer: torch.optim.Adam, count: int) -> None:
    for number in range(count):
        optimizer.param_groups[0]["lr"] = 1e-2 / (1 + number)
        optimizer.zero_grad(set_to_none=True)
        model(torch.arange(50)).square().mean().backward()
        optimizer.step()


def test_it_takes_the_steps_of_adam_to_the_bit():
    (ours, lean), (theirs, plain) = steps(LeanAdam, 7), steps(torch.optim.Adam, 7)
    for one, other in zip(ours.parameters(), theirs.parameters(), strict=True):
        assert torch.equal(one, other)
        assert one.requires_grad
    assert lean.state_dict()["param_groups"] == plain.state_dict()["param_groups"]
    lean.load_state_dict(copy.deepcopy(plain.state_dict()))  # else both would share it
    take(ours, lean, 3)
    take(theirs, plain, 3)
    assert all(torch.equal(*pair) for pair in zip(ours.parameters(), theirs.parameters(), strict=True))
    assert isinstance(build_optimizer(ours.parameters(), 1e-3), LeanAdam)


def test_a_training_starts_without_the_compiler(tmp_path: Path):
    """Its import takes as long as all else until the first step."""
    environment = os.environ | {"PYTHONPATH": str(Path(__file__).parents[2]), "HF_HUB_OFFLINE": "1"}
    found = subprocess.run(
        [sys.executable, "-c", _START, str(tmp_path / "run")], capture_output=True, text=True, env=environment
    )
    assert (found.returncode, found.stdout.strip()) == (0, "[]"), found.stderr

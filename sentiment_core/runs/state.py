"""The state of an unfinished training in one file, state.safetensors, from which it can be resumed.

The file is replaced during training and deleted when the run is complete. A checkpoint is saved here before it is
written to the folder's other files, so they are never ahead of the state. Whenever a process is killed, repeating the
writes of the last checkpoint completes the folder, and the next steps are the same as in a training that was never
stopped. Pretraining has no checkpoints and keeps such a file in the cache.
"""

from __future__ import annotations

import json
import time
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any

import numpy as np
import torch
from safetensors import SafetensorError, safe_open
from safetensors.torch import save_file
from torch import Tensor

from sentiment_core.errors import RunError
from sentiment_core.runs.formats import STATE
from sentiment_core.runs.reading import Checkpoint
from sentiment_core.storage.files import atomic_path, check_readable
from sentiment_core.storage.formats import keep_unknown, known_entries

SAVE_EVERY = 10.0  # seconds between two saves without a checkpoint, so the most that a kill can cost
_POSITION = "position"  # entry of the file's metadata
_RNG = "_rng"  # suffix for the states of PyTorch's random generators: torch_rng of the CPU, cuda_rng and mps_rng
_TORCH_RNG = f"torch{_RNG}"


@dataclass
class Mean:
    """A running mean weighted by count."""

    total: float = 0.0
    count: int = 0

    def add(self, value: float, count: int) -> None:
        self.total += value * count
        self.count += count

    def take(self) -> float:
        """The mean so far; then starts over. Only after at least one `add`."""
        mean = self.total / self.count
        self.total, self.count = 0.0, 0
        return mean


@dataclass
class TrainingState:
    """How far training has come, between two steps."""

    order: Mapping[str, Any]  # state of numpy's generator before it drew this epoch's batches
    epoch: int = 1  # current epoch from 1; 0 while pretraining
    step: int = 0  # optimizer steps taken
    tokens: int = 0  # read in training
    seconds: float = 0.0  # spent training
    since_checkpoint: Mean = field(default_factory=Mean)  # loss since the last checkpoint
    history: list[Checkpoint] = field(default_factory=list)


@dataclass(frozen=True)
class SavedState:
    """The contents of a state file."""

    path: Path
    position: TrainingState
    tensors: dict[str, Tensor]
    content: dict[str, Any]  # the position as stored, including unknown entries


class StateFile:
    """Saves the state of a training into the file `path`, and restores it.

    groups: tensors that the steps change in place, each group by name, as in `model=model.state_dict()`. They are saved
        from and restored to the device they are on, so a training can be resumed on another device. On the same device
        its random numbers continue too; on another they start from the seed again.
    """

    def __init__(
        self, path: Path, optimizer: torch.optim.Optimizer, rng: np.random.Generator, **groups: dict[str, Tensor]
    ) -> None:
        self._path, self._optimizer, self._rng = path, optimizer, rng
        self._tensors = {f"{group}.{name}": tensor for group in groups for name, tensor in groups[group].items()}
        device = next((tensor.device for tensor in self._tensors.values()), torch.device("cpu"))
        self._device = None if device.type == "cpu" else device
        self._saved = time.monotonic()
        self._content: dict[str, Any] = {}  # contents of the file that was resumed from

    def due(self) -> bool:
        """Whether the last save is long enough ago."""
        return time.monotonic() - self._saved >= SAVE_EVERY

    def save(self, position: TrainingState) -> None:
        """Replace the state with this position and the current tensors."""
        adam = self._optimizer.state_dict()["state"]  # Adam's state by parameter number; empty before the first step
        tensors = {f"optimizer.{index}.{name}": adam[index][name] for index in adam for name in adam[index]}
        tensors |= self._tensors | {_TORCH_RNG: torch.get_rng_state()}
        if self._device:
            tensors[f"{self._device.type}{_RNG}"] = torch.get_device_module(self._device).get_rng_state()
        content = STATE.stamp(keep_unknown(self._content, asdict(position)))
        with atomic_path(self._path) as target:
            save_file(
                {name: tensor.detach().cpu().contiguous() for name, tensor in tensors.items()},
                target,
                metadata={_POSITION: json.dumps(content)},  # Python's JSON restores every float exactly
            )
        self._saved = time.monotonic()

    def restore(self, state: SavedState) -> TrainingState:
        """Restore tensors, optimizer and random generators. Raises RunError if they belong to another network."""
        saved = dict(state.tensors)
        try:
            generators = {name: saved.pop(name) for name in state.tensors if name.endswith(_RNG)}
            torch.set_rng_state(generators[_TORCH_RNG])
            if self._device and (there := generators.get(f"{self._device.type}{_RNG}")) is not None:
                torch.get_device_module(self._device).set_rng_state(there)
            self._rng.bit_generator.state = state.position.order
            for name, tensor in self._tensors.items():
                found = saved.pop(name)
                if found.shape != tensor.shape or found.dtype != tensor.dtype:
                    raise ValueError(f"{name} is of another shape")
                tensor.copy_(found)
            adam: dict[int, dict[str, Tensor]] = {}
            for name, tensor in saved.items():
                _, index, entry = name.split(".")
                adam.setdefault(int(index), {})[entry] = tensor
            self._optimizer.load_state_dict(self._optimizer.state_dict() | {"state": adam})
        except (KeyError, ValueError, TypeError, RuntimeError) as error:
            raise RunError(
                "{path} belongs to another network. Train the run again with --overwrite.", path=state.path
            ) from error
        self._content = state.content
        return state.position


def load_state(path: Path) -> SavedState | None:
    """The state that a stopped training left in `path`; None if there is none.

    Raises RunError if it is damaged or newer than this program.
    """
    check_readable(path, RunError)
    if not path.exists():
        return None
    try:
        with safe_open(path, framework="pt") as file:
            content = STATE.upgrade(json.loads(file.metadata()[_POSITION]), path)
            tensors = {name: file.get_tensor(name).clone() for name in file.keys()}  # noqa: SIM118
        since_checkpoint = Mean(**known_entries(Mean, content["since_checkpoint"]))
        history = [Checkpoint(**known_entries(Checkpoint, row)) for row in content["history"]]
        known = known_entries(TrainingState, content) | {"since_checkpoint": since_checkpoint, "history": history}
        position = TrainingState(**known)
        if position.epoch and not history:
            raise ValueError("no checkpoint")
    except (SafetensorError, OSError, KeyError, TypeError, ValueError) as error:
        raise RunError(
            "{path} is truncated or damaged, so the run cannot be resumed. Train it again with --overwrite.", path=path
        ) from error
    return SavedState(path, position, tensors, content)

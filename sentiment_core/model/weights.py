"""Weights of a network as PyTorch holds them: saved to model.safetensors, and loaded from it."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import numpy as np
import torch
from safetensors.torch import save_file
from torch import Tensor, nn
from torch.overrides import TorchFunctionMode

from sentiment_core.errors import PresetError, RunError
from sentiment_core.model.recurrent import RecurrentClassifier
from sentiment_core.model.weight_files import one_line, read_tensors
from sentiment_core.storage.files import atomic_path


def save_weights(folder: Path, model: RecurrentClassifier) -> None:
    """Replace model.safetensors with the model's weights, rounded to float16 if they are in its range."""
    tensors = {name: _narrowed(tensor.detach().cpu()).contiguous() for name, tensor in model.state_dict().items()}
    with atomic_path(folder / "model.safetensors") as target:
        save_file(tensors, target, metadata={"format": "pt"})


def load_model(folder: Path) -> RecurrentClassifier:
    """The network of a run folder, in evaluation mode.

    Raises RunError if config.json or model.safetensors is missing or damaged, if they disagree, or if a weight is NaN.
    """
    config, vocab_size, tensors = read_tensors(folder)
    try:
        with torch.device("meta"), _NoRandomWeights():  # the weights are replaced
            model = RecurrentClassifier(config, vocab_size)
    except (PresetError, TypeError, RuntimeError) as error:
        raise RunError(
            "{path} is damaged ({reason}). Train the run again.", path=folder / "config.json", reason=one_line(error)
        ) from error
    model.load_state_dict({name: torch.from_numpy(_widened(tensor)) for name, tensor in tensors.items()}, assign=True)
    return model.eval().requires_grad_(False)


class _NoRandomWeights(TorchFunctionMode):
    """Leaves out the random initialization of modules.

    On the meta device it draws nothing, but imports PyTorch's compiler: 90 MB and up to two seconds.
    """

    def __torch_function__(self, function: Any, types: Any, args: Any = (), kwargs: Any = None) -> Any:
        if function in _RANDOM:
            return kwargs["tensor"] if kwargs and "tensor" in kwargs else args[0]
        return function(*args, **(kwargs or {}))


_RANDOM = {nn.init.normal_, nn.init.uniform_, nn.init.kaiming_uniform_}


def _narrowed(tensor: Tensor) -> Tensor:
    narrow = tensor.half() if tensor.is_floating_point() else tensor
    return narrow if torch.isfinite(narrow).all() else tensor  # float16 goes up to 65,504


def _widened(tensor: np.ndarray) -> np.ndarray:
    return tensor.astype(np.float32) if tensor.dtype == np.float16 else tensor

"""Weights and their configuration in a folder: config.json and model.safetensors, checked against each other."""

from __future__ import annotations

import json
from dataclasses import asdict
from pathlib import Path
from typing import Any

import torch
from safetensors import SafetensorError
from safetensors.torch import load_file, save_file
from torch import Tensor, nn
from torch.overrides import TorchFunctionMode

from sentiment_core.errors import NewerRunError, PresetError, RunError
from sentiment_core.model.config import MODEL_TYPE, NetworkConfig, read_network
from sentiment_core.model.recurrent import RecurrentClassifier
from sentiment_core.storage.files import atomic_path, check_readable, write_json
from sentiment_core.storage.formats import FileFormat, Step, unchanged

HUB_PREFIX = "network."  # prefix of each name in a file written by transformers' save_pretrained
FORMAT = FileFormat((Step("0.2.0", unchanged),), NewerRunError)  # of config.json


def write_config(folder: Path, network: NetworkConfig, vocab_size: int, max_length: int) -> None:
    """Write config.json in the form transformers reads. max_length: tokens read of each text."""
    head = {"model_type": MODEL_TYPE, "architectures": ["RecurrentForSequenceClassification"]}
    labels = {"id2label": {"0": "negative", "1": "positive"}, "label2id": {"negative": 0, "positive": 1}}
    reading = {"pad_token_id": 0, "max_position_embeddings": max_length, "dtype": "float32"}  # whatever the file's type
    content = head | labels | reading | {"vocab_size": vocab_size} | asdict(network)
    write_json(folder / "config.json", FORMAT.stamp(content))


def save_weights(folder: Path, model: RecurrentClassifier) -> None:
    """Replace model.safetensors with the model's weights, rounded to float16 if they are in its range."""
    tensors = {name: _narrowed(tensor.detach().cpu()).contiguous() for name, tensor in model.state_dict().items()}
    with atomic_path(folder / "model.safetensors") as target:
        save_file(tensors, target, metadata={"format": "pt"})


def read_config(folder: Path) -> tuple[NetworkConfig, int]:
    """The network and the size of its vocabulary.

    Raises RunError if config.json is missing, damaged, newer than this program, or of another kind of model.
    """
    path = folder / "config.json"
    check_readable(path, RunError)
    try:
        content = json.loads(path.read_text(encoding="utf-8"))
        if content["model_type"] != MODEL_TYPE:
            raise RunError(
                "{path} describes a {kind!r} model, not {own!r}. Choose another folder.",
                path=path,
                kind=content["model_type"],
                own=MODEL_TYPE,
            )
        content = FORMAT.upgrade(content, path)
        return read_network(content), content["vocab_size"]
    except FileNotFoundError as error:
        raise RunError("{path} holds no run (no config.json). Name a folder that train wrote.", path=folder) from error
    except (OSError, ValueError, TypeError, KeyError, PresetError) as error:
        raise RunError(
            "{path} is damaged ({reason}). Train the run again.", path=path, reason=_one_line(error)
        ) from error


def read_max_length(folder: Path) -> int:
    """The number of tokens that the network in a folder reads of each text. Raises RunError if config.json lacks it."""
    path = folder / "config.json"
    try:
        limit = json.loads(path.read_text(encoding="utf-8"))["max_position_embeddings"]
        if type(limit) is not int or limit < 1:
            raise ValueError("max_position_embeddings is no whole number above 0")
    except (OSError, ValueError, TypeError, KeyError) as error:
        raise RunError(
            "{path} is damaged ({reason}). Train the run again.", path=path, reason=_one_line(error)
        ) from error
    return limit


def load_model(folder: Path) -> RecurrentClassifier:
    """The network of a run folder, in evaluation mode.

    Raises RunError if config.json or model.safetensors is missing or damaged, if they disagree, or if a weight is NaN.
    """
    config, vocab_size = read_config(folder)
    path = folder / "model.safetensors"
    check_readable(path, RunError)
    try:
        tensors = {name.removeprefix(HUB_PREFIX): _widened(tensor) for name, tensor in load_file(path).items()}
    except FileNotFoundError as error:
        raise RunError("{path} holds no weights (no model.safetensors). Train the run again.", path=folder) from error
    except (SafetensorError, OSError) as error:
        raise RunError("{path} is truncated, or is not a safetensors file. Train the run again.", path=path) from error
    try:
        with torch.device("meta"), _NoRandomWeights():  # the weights are replaced
            model = RecurrentClassifier(config, vocab_size)
    except (PresetError, TypeError, RuntimeError) as error:
        raise RunError(
            "{path} is damaged ({reason}). Train the run again.", path=folder / "config.json", reason=_one_line(error)
        ) from error
    expected = {name: _describe(tensor) for name, tensor in model.state_dict().items()}
    found = {name: _describe(tensor) for name, tensor in tensors.items()}
    if expected != found:
        name = min(name for name in expected | found if expected.get(name) != found.get(name))
        raise RunError(
            "Weights and config.json in {path} disagree at {name}: {found} for {expected}. Train the run again.",
            path=folder,
            name=name,
            found=found.get(name, "missing"),
            expected=expected.get(name, "nothing"),
        )
    for name, tensor in tensors.items():
        if not torch.isfinite(tensor).all():
            raise RunError(
                "{path} holds NaN or infinite values in {name}. Train again with a lower learning rate.",
                path=path,
                name=name,
            )
    model.load_state_dict(tensors, assign=True)
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


def _widened(tensor: Tensor) -> Tensor:
    narrow = tensor.dtype in (torch.float16, torch.bfloat16)
    return tensor.float() if narrow else tensor.clone()  # a copy, so that the file does not stay mapped


def _describe(tensor: Tensor) -> str:
    return f"{str(tensor.dtype).removeprefix('torch.')} {list(tensor.shape)}"


def _one_line(error: Exception) -> str:
    return " ".join(str(error).split())[:120] or type(error).__name__

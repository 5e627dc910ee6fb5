"""The files of a network, config.json and model.safetensors, read without torch and checked against each other."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import asdict
from itertools import pairwise
from pathlib import Path
from typing import Any

import numpy as np
from safetensors import SafetensorError, deserialize

from sentiment_core.errors import NewerRunError, PresetError, RunError
from sentiment_core.model.config import MODEL_TYPE, NetworkConfig, read_network
from sentiment_core.model.ngram_table import BUCKETS
from sentiment_core.storage.files import check_readable, write_json
from sentiment_core.storage.formats import FileFormat, Step, unchanged

HUB_PREFIX = "network."  # prefix of each name in a file written by transformers' save_pretrained
FORMAT = FileFormat((Step("0.2.0", unchanged),), NewerRunError)  # of config.json
GATES = {"lstm": 4, "gru": 3, "rnn_relu": 1, "rnn_tanh": 1}  # by cell, the candidate included
# numpy's type of each type of a file, and how the program calls it. bfloat16 is the upper half of a float32.
_TYPES = {"F64": "float64", "F32": "float32", "F16": "float16", "BF16": "uint16", "I64": "int64", "I32": "int32"}
_TYPES |= {"I16": "int16", "I8": "int8", "U8": "uint8", "BOOL": "bool"}
_NARROW = ("F16", "BF16")


def write_config(folder: Path, network: NetworkConfig, vocab_size: int, max_length: int) -> None:
    """Write config.json in the form transformers reads. max_length: tokens read of each text."""
    head = {"model_type": MODEL_TYPE, "architectures": ["RecurrentForSequenceClassification"]}
    labels = {"id2label": {"0": "negative", "1": "positive"}, "label2id": {"negative": 0, "positive": 1}}
    reading = {"pad_token_id": 0, "max_position_embeddings": max_length, "dtype": "float32"}  # whatever the file's type
    content = head | labels | reading | {"vocab_size": vocab_size} | asdict(network)
    write_json(folder / "config.json", FORMAT.stamp(content))


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
            "{path} is damaged ({reason}). Train the run again.", path=path, reason=one_line(error)
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
            "{path} is damaged ({reason}). Train the run again.", path=path, reason=one_line(error)
        ) from error
    return limit


def check_vocab_size(size: Any) -> None:
    """Raise PresetError if the size of a vocabulary is not a whole number above 0."""
    if type(size) is not int or size < 1:
        raise PresetError("vocab_size must be a whole number of at least 1, not {vocab_size!r}.", vocab_size=size)


def tensor_shapes(config: NetworkConfig, vocab_size: int) -> dict[str, tuple[str, tuple[int, ...]]]:
    """The type and the shape of every tensor of a network, by PyTorch's names.

    Raises PresetError if vocab_size is not a whole number above 0.
    """
    check_vocab_size(vocab_size)
    directions = 2 if config.bidirectional else 1
    hidden, gates = config.hidden_size, GATES[config.cell] * config.hidden_size
    shapes: dict[str, tuple[int, ...]] = {"embedding.weight": (vocab_size, config.embedding_size)}
    for layer in range(config.layers):
        width = directions * hidden if layer else read_width(config)
        for direction in range(directions):
            name = f"recurrent.{layer}.{direction}."
            shapes |= {f"{name}weight_ih_l0": (gates, width), f"{name}weight_hh_l0": (gates, hidden)}
            shapes |= {f"{name}bias_ih_l0": (gates,), f"{name}bias_hh_l0": (gates,)}
    pooled = directions * hidden * (2 if config.pooling == "maxmean" else 1)
    widths = [pooled, *([config.head_size] if config.head_size else []), config.outputs]
    for place, (entering, leaving) in enumerate(pairwise(widths)):
        shapes |= {f"head.{2 * place}.weight": (leaving, entering), f"head.{2 * place}.bias": (leaving,)}
    found = {name: ("float32", shape) for name, shape in shapes.items()}
    return found | ({"ngrams.polarity": ("int8", (BUCKETS,))} if config.ngrams else {})


def read_width(config: NetworkConfig) -> int:
    """The width of what the first layer reads: a token's vector and the polarity of its n-grams.

    Padded with zeros to a multiple of 8, because oneDNN's bfloat16 LSTM takes twice as long at an odd width.
    """
    return -(-(config.embedding_size + config.ngrams) // 8) * 8 if config.ngrams else config.embedding_size


def read_tensors(folder: Path) -> tuple[NetworkConfig, int, dict[str, np.ndarray]]:
    """The network of a run folder, the size of its vocabulary, and its tensors by PyTorch's names.

    float16 numbers stay so, because half the memory holds them; bfloat16 becomes float32.
    Raises RunError if config.json or model.safetensors is missing or damaged, if they disagree, or if a weight is NaN.
    """
    config, vocab_size = read_config(folder)
    path = folder / "model.safetensors"
    check_readable(path, RunError)
    try:
        content = {name.removeprefix(HUB_PREFIX): entry for name, entry in deserialize(path.read_bytes())}
        expected = tensor_shapes(config, vocab_size)
        tensors = {name: _array(entry) for name, entry in content.items()}
    except FileNotFoundError as error:
        raise RunError("{path} holds no weights (no model.safetensors). Train the run again.", path=folder) from error
    except (SafetensorError, OSError, KeyError) as error:
        raise RunError("{path} is truncated, or is not a safetensors file. Train the run again.", path=path) from error
    except PresetError as error:
        raise RunError(
            "{path} is damaged ({reason}). Train the run again.", path=folder / "config.json", reason=one_line(error)
        ) from error
    found = {
        name: ("float32" if entry["dtype"] in _NARROW else _TYPES[entry["dtype"]], tuple(entry["shape"]))
        for name, entry in content.items()
    }
    if expected != found:
        name = min(name for name in expected | found if expected.get(name) != found.get(name))
        raise RunError(
            "Weights and config.json in {path} disagree at {name}: {found} for {expected}. Train the run again.",
            path=folder,
            name=name,
            found=_describe(found, name, "missing"),
            expected=_describe(expected, name, "nothing"),
        )
    for name, tensor in tensors.items():
        if not np.isfinite(tensor).all():
            raise RunError(
                "{path} holds NaN or infinite values in {name}. Train again with a lower learning rate.",
                path=path,
                name=name,
            )
    return config, vocab_size, tensors


def _array(entry: Mapping[str, Any]) -> np.ndarray:
    """A tensor of a file; a copy, so that the file's bytes are freed."""
    found = np.frombuffer(entry["data"], np.dtype(_TYPES[entry["dtype"]]).newbyteorder("<")).reshape(entry["shape"])
    if entry["dtype"] == "BF16":
        return (found.astype(np.uint32) << 16).view(np.float32)
    return found.astype(_TYPES[entry["dtype"]])


def _describe(tensors: Mapping[str, tuple[str, tuple[int, ...]]], name: str, otherwise: str) -> str:
    if name not in tensors:
        return otherwise
    kind, shape = tensors[name]
    return f"{kind} {list(shape)}"


def one_line(error: Exception) -> str:
    """What an error says, in one short line."""
    return " ".join(str(error).split())[:120] or type(error).__name__

"""Saved weights load as the float16 numbers they were rounded to, or not at all."""

import json
import math
from pathlib import Path

import pytest
import torch
from safetensors.torch import load_file, save_file

from sentiment_core.errors import RunError
from sentiment_core.model.config import CELLS, NetworkConfig
from sentiment_core.model.recurrent import RecurrentClassifier
from sentiment_core.model.weight_files import read_config, write_config
from sentiment_core.model.weights import load_model, save_weights
from sentiment_core.runs.reading import count_parameters

CONFIG = NetworkConfig(embedding_size=3, hidden_size=2, bidirectional=True)
IDS, LENGTHS = torch.tensor([[1, 2, 3], [4, 5, 0]]), torch.tensor([3, 2])


def save(folder: Path, config: NetworkConfig = CONFIG) -> RecurrentClassifier:
    model = RecurrentClassifier(config, 7)
    write_config(folder, config, 7, max_length=20)
    save_weights(folder, model)
    return model.eval().requires_grad_(False)  # PyTorch uses another kernel for weights with gradients


def fails(folder: Path) -> str:
    with pytest.raises(RunError) as caught:
        load_model(folder)
    assert "\n" not in str(caught.value)
    return str(caught.value)


@pytest.mark.parametrize("cell", CELLS)
@pytest.mark.parametrize("settings", [{}, {"layers": 2, "bidirectional": True, "pooling": "maxmean", "head_size": 4}])
def test_loaded_logits_are_those_of_the_rounded_weights(cell: str, settings: dict, tmp_path: Path):
    model = save(tmp_path, NetworkConfig(embedding_size=3, hidden_size=2, cell=cell, **settings))
    loaded = load_model(tmp_path)
    assert loaded.config == model.config
    for weight, kept in zip(model.parameters(), loaded.parameters(), strict=True):
        assert kept.dtype == torch.float32
        torch.testing.assert_close(kept, weight, rtol=2**-11, atol=2**-25)
        weight.data = weight.half().float()
    assert torch.equal(loaded(IDS, LENGTHS), model(IDS, LENGTHS))


def test_a_loaded_network_is_for_reading(tmp_path: Path):
    save(tmp_path)
    loaded = load_model(tmp_path)
    assert not loaded.training
    assert not any(weight.requires_grad for weight in loaded.parameters())


def test_parameters_are_counted_from_the_header(tmp_path: Path):
    model = save(tmp_path, NetworkConfig(embedding_size=3, hidden_size=2, cell="gru", layers=2, head_size=5))
    assert count_parameters(tmp_path) == sum(weight.numel() for weight in model.parameters())


def test_the_count_of_a_network_by_hand(tmp_path: Path):
    # Embedding 7 x 3; four gates of 3 + 2 weights and two biases for each of 2 units; 2 weights and a bias.
    save(tmp_path, NetworkConfig(embedding_size=3, hidden_size=2))
    assert count_parameters(tmp_path) == 21 + 4 * 2 * (3 + 2 + 2) + 3


def test_saving_again_leaves_the_two_files_alone(tmp_path: Path):
    save(tmp_path)
    save(tmp_path)
    assert sorted(path.name for path in tmp_path.iterdir()) == ["config.json", "model.safetensors"]


def test_no_weights(tmp_path: Path):
    save(tmp_path)
    (tmp_path / "model.safetensors").unlink()
    assert "holds no weights" in fails(tmp_path)
    with pytest.raises(RunError, match="missing or damaged"):
        count_parameters(tmp_path)


def test_an_empty_folder(tmp_path: Path):
    assert "holds no run" in fails(tmp_path)


@pytest.mark.parametrize("content", [b"", b"no safetensors file", b"\xff" * 100])
def test_weights_that_are_no_safetensors_file(content: bytes, tmp_path: Path):
    save(tmp_path)
    (tmp_path / "model.safetensors").write_bytes(content)
    assert "truncated, or is not a safetensors file" in fails(tmp_path)
    with pytest.raises(RunError, match="missing or damaged"):
        count_parameters(tmp_path)


@pytest.mark.parametrize("lost", [1, 50, 300])
def test_truncated_weights(lost: int, tmp_path: Path):
    save(tmp_path)
    path = tmp_path / "model.safetensors"
    path.write_bytes(path.read_bytes()[:-lost])
    assert "truncated" in fails(tmp_path)


@pytest.mark.parametrize("value", [math.nan, math.inf])
def test_weights_that_are_no_numbers(value: float, tmp_path: Path):
    save(tmp_path)
    tensors = load_file(tmp_path / "model.safetensors")
    tensors["head.0.bias"][0] = value
    save_file(tensors, tmp_path / "model.safetensors")
    assert "NaN or infinite values in head.0.bias" in fails(tmp_path)


def test_weights_of_another_width(tmp_path: Path):
    save(tmp_path)
    write_config(tmp_path, CONFIG, 8, max_length=20)
    assert "disagree at embedding.weight: float32 [7, 3] for float32 [8, 3]" in fails(tmp_path)


def test_a_weight_too_few_or_too_many(tmp_path: Path):
    save(tmp_path)
    tensors = load_file(tmp_path / "model.safetensors")
    save_file(tensors | {"extra": torch.zeros(2)}, tmp_path / "model.safetensors")
    assert "disagree at extra: float32 [2] for nothing" in fails(tmp_path)
    del tensors["head.0.bias"]
    save_file(tensors, tmp_path / "model.safetensors")
    assert "disagree at head.0.bias: missing for float32 [1]" in fails(tmp_path)


@pytest.mark.parametrize("dtype", [torch.float64, torch.int64])
def test_weights_of_another_type(dtype: torch.dtype, tmp_path: Path):
    save(tmp_path)
    tensors = {name: tensor.to(dtype) for name, tensor in load_file(tmp_path / "model.safetensors").items()}
    save_file(tensors, tmp_path / "model.safetensors")
    assert "disagree at embedding.weight" in fails(tmp_path)


def test_weights_in_bfloat16_are_widened(tmp_path: Path):
    save(tmp_path)
    tensors = {name: tensor.bfloat16() for name, tensor in load_file(tmp_path / "model.safetensors").items()}
    save_file(tensors, tmp_path / "model.safetensors")
    assert torch.equal(load_model(tmp_path).embedding.weight, tensors["embedding.weight"].float())


@pytest.mark.parametrize("content", ["", "{", "[]", "{}", "3", '{"model_type": "sentiment_recurrent"}', "\ud800"])
def test_a_damaged_config(content: str, tmp_path: Path):
    save(tmp_path)
    (tmp_path / "config.json").write_bytes(content.encode("utf-8", "surrogatepass"))
    assert "config.json is damaged" in fails(tmp_path)


def test_a_folder_for_a_config(tmp_path: Path):
    save(tmp_path)
    (tmp_path / "config.json").unlink()
    (tmp_path / "config.json").mkdir()
    assert "config.json is damaged" in fails(tmp_path)


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("layers", 0),
        ("layers", "two"),
        ("layers", 1.5),
        ("layers", None),
        ("hidden_size", 2.5),
        ("cell", "x"),
        ("cell", []),
    ],
)
def test_a_config_that_no_network_can_have(name: str, value: object, tmp_path: Path):
    save(tmp_path)
    content = json.loads((tmp_path / "config.json").read_text(encoding="utf-8"))
    (tmp_path / "config.json").write_text(json.dumps(content | {name: value}), encoding="utf-8")
    assert "config.json is damaged" in fails(tmp_path)


def test_the_config_of_another_model(tmp_path: Path):
    save(tmp_path)
    (tmp_path / "config.json").write_text('{"model_type": "bert"}', encoding="utf-8")
    assert "describes a 'bert' model" in fails(tmp_path)


def test_a_saved_config_is_loaded_unchanged(tmp_path: Path):
    save(tmp_path)
    assert read_config(tmp_path) == (CONFIG, 7)

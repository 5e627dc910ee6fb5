"""A network before its first step, as training/pipeline.py makes it from a seed, without torch.

PyTorch draws on the CPU from a Mersenne twister (Matsumoto and Nishimura 1998), 24 bits for a uniform float32, and
turns them into normal numbers in blocks of 16 by the formula of Box and Muller (1958). The order of the draws follows
the modules: the embedding, each direction of each layer, the head. Tests hold the weights to those of PyTorch.
"""

from __future__ import annotations

import math

import numpy as np

from sentiment_core.model.config import NetworkConfig
from sentiment_core.model.weight_files import tensor_shapes

_BLOCK = 16  # normal numbers that PyTorch makes together


class _Draws:
    """PyTorch's generator on the CPU."""

    def __init__(self, seed: int) -> None:
        self._twister = np.random.RandomState(seed % 2**32)
        self._kept: float | None = None  # the second of a pair of single normal numbers

    def uniform(self, shape: tuple[int, ...], bound: float) -> np.ndarray:
        """Uniform numbers between plus and minus a bound [...] float32."""
        return ((2 * self._uniform(math.prod(shape)) - 1) * bound).astype(np.float32).reshape(shape)

    def normal(self, shape: tuple[int, ...], std: float) -> np.ndarray:
        """Normal numbers [...] float32 of a standard deviation."""
        size = math.prod(shape)
        if size < _BLOCK:
            return np.array([self._one_normal() for _ in range(size)], np.float32).reshape(shape) * np.float32(std)
        whole, drawn = size - size % _BLOCK, self._uniform(size)
        found = np.empty(size)
        found[:whole] = _box_muller(drawn[:whole])
        if whole < size:  # the last block overlaps the one before, and is drawn anew
            found[-_BLOCK:] = _box_muller(self._uniform(_BLOCK))
        return (found * std).astype(np.float32).reshape(shape)

    def _words(self, count: int) -> np.ndarray:
        return self._twister.randint(0, 2**32, count, dtype=np.uint32)

    def _uniform(self, count: int) -> np.ndarray:
        return (self._words(count) & (2**24 - 1)) / 2**24

    def _one_normal(self) -> float:
        """A normal number of an array that is too small for a block: from 53 bits, in pairs."""
        if self._kept is not None:
            found, self._kept = self._kept, None
            return found
        words = self._words(4).astype(np.uint64)
        angle, share = ((words[::2] << 32 | words[1::2]) & (2**53 - 1)) / 2**53
        radius = math.sqrt(-2 * math.log1p(-share))
        self._kept = radius * math.sin(2 * math.pi * angle)
        return radius * math.cos(2 * math.pi * angle)


def _box_muller(uniform: np.ndarray) -> np.ndarray:
    """Normal numbers from as many uniform ones below 1, in blocks."""
    first, second = np.split(uniform.reshape(-1, _BLOCK), 2, axis=1)
    radius, angle = np.sqrt(-2 * np.log(1 - first)), 2 * math.pi * second
    return np.concatenate([radius * np.cos(angle), radius * np.sin(angle)], axis=1).reshape(-1)


def start_tensors(config: NetworkConfig, vocab_size: int, seed: int) -> dict[str, np.ndarray]:
    """The tensors of an untrained network by PyTorch's names; the polarities of n-grams are 0."""
    draws, shapes = _Draws(seed), tensor_shapes(config, vocab_size)
    found: dict[str, np.ndarray] = {}
    for name, (kind, shape) in shapes.items():
        if name == "ngrams.polarity":
            found[name] = np.zeros(shape, kind)
        elif name == "embedding.weight":
            found[name] = draws.normal(shape, 1.0)
            found[name][0] = 0  # padding
            found[name] *= np.float32(config.embedding_std)
        elif name.startswith("head."):
            entering = shapes[name.replace("bias", "weight")][1][1]
            found[name] = draws.uniform(shape, 1 / math.sqrt(entering))
        else:
            found[name] = draws.uniform(shape, 1 / math.sqrt(config.hidden_size))
            if name.endswith("bias_hh_l0"):
                _settle(found, name.removesuffix("bias_hh_l0"), config, draws)
    return found


def _settle(tensors: dict[str, np.ndarray], cell: str, config: NetworkConfig, draws: _Draws) -> None:
    """What the settings of a network change in a cell that PyTorch has initialized. cell: prefix of its tensors."""
    if config.cell == "lstm" and config.initialization == "open":
        tensors[f"{cell}bias_hh_l0"][config.hidden_size : 2 * config.hidden_size] = 1
    if config.initialization == "identity":
        tensors[f"{cell}weight_hh_l0"] = np.eye(config.hidden_size, dtype=np.float32)
        tensors[f"{cell}weight_ih_l0"] = draws.normal(tensors[f"{cell}weight_ih_l0"].shape, 0.001)
        for name in ("bias_ih_l0", "bias_hh_l0"):
            tensors[f"{cell}{name}"][:] = 0

"""The recurrent classifier of model/recurrent.py in NumPy: verdicts, states, and gradients of what it reads."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np

from sentiment_core.model.arrays.cells import Reader, Texts, read
from sentiment_core.model.arrays.layers import Layer, make_layer
from sentiment_core.model.arrays.slopes import Recorded, Slopes, go_back, record, split_directions
from sentiment_core.model.config import NetworkConfig
from sentiment_core.model.ngram_table import ngram_polarity

_RECORDED = 2**23  # numbers of a layer that are kept at once on the way to a gradient, about 30 MB


@dataclass(frozen=True, eq=False)
class ArrayNetwork:
    """A network that reads and explains. It is immutable, because several readers share it."""

    config: NetworkConfig
    embedding: np.ndarray  # [vocab, embedding] in the file's type, float16 or float32
    layers: tuple[Layer, ...]
    head: tuple[tuple[np.ndarray, np.ndarray], ...]  # weight [input, output] and bias [output] of each linear layer
    polarity: np.ndarray | None  # [buckets] int8, of n-grams

    @property
    def vocab_size(self) -> int:
        return len(self.embedding)

    @property
    def directions(self) -> int:
        return self.layers[0].directions

    def vectors(self, ids: np.ndarray) -> np.ndarray:
        """Embedding of ids [...]: [..., embedding] float32."""
        return self.embedding[ids].astype(np.float32)

    def inputs(self, ids: np.ndarray) -> np.ndarray:
        """What the first layer reads at each token [time, rows, input] float32. ids [rows, time] int64."""
        states = self.vectors(ids.T)
        if self.polarity is None:
            return states
        known = ngram_polarity(self.polarity, ids, self.config.ngrams)
        return np.concatenate([states, known.swapaxes(0, 1)], axis=-1)

    def judge(self, ids: np.ndarray, lengths: np.ndarray) -> np.ndarray:
        """Logits [rows] float32 of the positive class.

        ids [rows, time] int64 are right-padded with 0; lengths [rows] int64 are the real tokens of each row, at least
        1.
        """
        order = np.argsort(-lengths, kind="stable")
        logits = np.empty(len(ids), np.float32)
        logits[order] = self.read_out(self._pooled(self._texts(self.inputs(ids[order]), lengths[order])))
        return logits

    def hidden(self, ids: np.ndarray) -> np.ndarray:
        """States of the top layer at every token [time, directions * hidden] of one text, ids [time] int64."""
        states = self.inputs(ids[None])
        for layer in self.layers:
            states = self._states(layer, self._texts(states, np.array([len(ids)])))
        return states[:, 0]

    def read_out(self, pooled: np.ndarray) -> np.ndarray:
        """Logits [rows] from pooled vectors [rows, pooled]."""
        return self._last_logit(self._hidden_layer(pooled))

    def read_out_slope(self, pooled: np.ndarray) -> np.ndarray:
        """The gradient of each row's logit with respect to its pooled vector [rows, pooled]."""
        weight = self.head[-1][0]  # [input, outputs]
        column = weight[:, -1] - weight[:, 0] if self.config.outputs == 2 else weight[:, 0]
        slope = np.broadcast_to(column, (len(pooled), len(column)))
        if len(self.head) == 2:
            slope = (slope * (self._hidden_layer(pooled) > 0)) @ self.head[0][0].T
        return slope

    def record(self, inputs: np.ndarray) -> list[Recorded]:
        """Every layer's reading of inputs [time, rows, input], rows of equal length, the first layer first."""
        layers = []
        for layer in self.layers:
            layers.append(record(layer, inputs))
            inputs = layers[-1].in_text_order()
        return layers

    def pool(self, top: Recorded) -> np.ndarray:
        """The pooled vector of each row [rows, pooled] from the top layer."""
        pooling = self.config.pooling
        if pooling in ("last", "column"):
            return _side_by_side(top.states[self._pooled_steps, np.arange(self.directions)])
        maxima = [_side_by_side(top.states.max(axis=0))] if "max" in pooling else []
        return np.concatenate(maxima + ([_side_by_side(top.states.mean(axis=0))] if "mean" in pooling else []), axis=-1)

    def pool_slope(self, top: Recorded, slope: np.ndarray) -> np.ndarray:
        """The gradient with respect to each state [time, directions, rows, hidden] from that of the pooled vectors.

        slope [rows, pooled]. If several tokens share a maximum, its gradient is divided evenly among them.
        """
        pooling, states = self.config.pooling, top.states
        parts = [part.reshape(len(slope), *states.shape[1::2]).swapaxes(0, 1) for part in self._parts(slope)]
        found = np.zeros((len(states), len(states[0]), len(slope), states.shape[3]), np.float32)
        if pooling in ("last", "column"):
            found[self._pooled_steps, np.arange(self.directions)] = parts[0]
            return found
        if "max" in pooling:
            largest = (states == states.max(axis=0)).astype(np.float32)
            found += largest * (parts[0] / largest.sum(axis=0))
        if "mean" in pooling:
            found += parts[-1] / np.float32(len(states))
        return found

    def go_back(self, layers: list[Recorded], outer: np.ndarray) -> list[Slopes]:
        """The gradients of every layer, the first layer first. outer: as in `slopes.go_back`, of the top layer."""
        found = [go_back(layers[-1], outer)]
        for recorded in layers[-2::-1]:
            outer = split_directions(found[0].of_inputs(self.layers[len(layers) - len(found)]), self.directions)
            found.insert(0, go_back(recorded, outer))
        return found

    def slopes(self, ids: np.ndarray, shares: np.ndarray) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
        """Gradients of the logit with respect to what is read, with all of it multiplied by each share.

        ids [time] int64, shares [shares] float32. Returns what is read [time, input], the logits [shares] and the
        gradients [shares, time, input].
        """
        inputs = self.inputs(ids[None])
        each = len(ids) * self.directions * self.config.hidden_size * (max(layer.gates for layer in self.layers) + 3)
        many = max(1, _RECORDED // (each * len(self.layers)))
        found = [self._slopes(inputs * shares[start : start + many, None]) for start in range(0, len(shares), many)]
        logits, gradients = (np.concatenate(parts) for parts in zip(*found, strict=True))
        return inputs[:, 0], logits, gradients

    def _slopes(self, inputs: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
        layers = self.record(inputs)
        pooled = self.pool(layers[-1])
        found = self.go_back(layers, self.pool_slope(layers[-1], self.read_out_slope(pooled)))
        return self.read_out(pooled), found[0].of_inputs(self.layers[0]).swapaxes(0, 1)

    @property
    def _pooled_steps(self) -> list[int]:
        """The step of reading whose state is pooled, for each direction. The last column is read backward first."""
        return [-1, 0][: self.directions] if self.config.pooling == "column" else [-1] * self.directions

    def _texts(self, states: np.ndarray, lengths: np.ndarray) -> Texts:
        return Texts(states, lengths, reads_padding=self.config.pooling == "column")

    def _states(self, layer: Layer, texts: Texts) -> np.ndarray:
        """What the next layer reads [time, rows, directions * hidden]; zeros at padding, unless that is read."""
        time, rows, _ = texts.states.shape
        found = np.zeros((time, layer.directions, rows, layer.hidden), np.float32)
        for step, reading, reader in read(layer, texts):
            found[step, :, :reading] = reader.h
        if layer.directions == 1:
            return found[:, 0]
        turned = found[texts.backward(), 1, np.arange(rows)]
        return np.concatenate([found[:, 0], turned], axis=-1)

    def _pooled(self, texts: Texts) -> np.ndarray:
        """One vector a row [rows, pooled]."""
        for layer in self.layers[:-1]:
            texts = self._texts(self._states(layer, texts), texts.lengths)
        top, pooling = self.layers[-1], self.config.pooling
        rows = texts.states.shape[1]
        width = top.directions, rows, top.hidden
        maxima, sums, first = np.full(width, -np.inf, np.float32), np.zeros(width, np.float32), None
        reader: Reader | None = None
        for _, reading, reader in read(top, texts):
            if "max" in pooling:
                np.maximum(maxima[:, :reading], reader.h, out=maxima[:, :reading])
            if "mean" in pooling:
                sums[:, :reading] += reader.h
            if pooling == "column" and first is None:
                first = reader.state.copy()
        assert reader is not None, "every text has a token"
        if pooling == "column" and first is not None and top.directions == 2:
            # The last column of the batch is the first token that the backward direction reads of the longest rows.
            whole = texts.lengths == len(texts.states)
            reader.state[1, whole] = first[1, whole]
        if pooling in ("last", "column"):
            return _side_by_side(reader.state)
        pooled = [_side_by_side(maxima)] if "max" in pooling else []
        if "mean" in pooling:
            pooled.append(_side_by_side(sums / texts.lengths[:, None].astype(np.float32)))
        return np.concatenate(pooled, axis=-1)

    def _parts(self, pooled: np.ndarray) -> list[np.ndarray]:
        """A pooled vector [rows, pooled] as its maximum and its mean, or as the only part."""
        return np.split(pooled, 2, axis=-1) if self.config.pooling == "maxmean" else [pooled]

    def _hidden_layer(self, pooled: np.ndarray) -> np.ndarray:
        for weight, bias in self.head[:-1]:
            pooled = np.maximum(pooled @ weight + bias, 0)
        return pooled

    def _last_logit(self, values: np.ndarray) -> np.ndarray:
        weight, bias = self.head[-1]
        outputs = values @ weight + bias
        # Binary cross-entropy of the difference of two logits equals the cross-entropy of both.
        return outputs[:, -1] - outputs[:, 0] if self.config.outputs == 2 else outputs[:, 0]


def make_network(config: NetworkConfig, tensors: Mapping[str, np.ndarray]) -> ArrayNetwork:
    """The network from its tensors by PyTorch's names, of the shapes that model/weights.py checks."""
    directions = 2 if config.bidirectional else 1
    read_width = config.embedding_size + config.ngrams
    widths = [read_width, *[directions * config.hidden_size] * (config.layers - 1)]
    layers = tuple(make_layer(config, tensors, number, width) for number, width in enumerate(widths))
    head = tuple(
        (
            np.ascontiguousarray(tensors[f"head.{place}.weight"].astype(np.float32).T),
            tensors[f"head.{place}.bias"].astype(np.float32),
        )
        for place in ((0, 2) if config.head_size else (0,))
    )
    polarity = tensors["ngrams.polarity"] if config.ngrams else None
    return ArrayNetwork(config, tensors["embedding.weight"], layers, head, polarity)


def _side_by_side(values: np.ndarray) -> np.ndarray:
    """[directions, rows, width] as [rows, directions * width]."""
    return values.swapaxes(0, 1).reshape(values.shape[1], -1)

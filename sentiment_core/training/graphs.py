"""Gradients on a CUDA device from recorded work: the kernels of a batch are launched at once, not one after the other.

A step of a small network is over a hundred kernels of a few microseconds, and launching each from Python takes longer
than computing it. CUDA records what a batch of one shape launches and replays it as one piece of work. For few shapes,
batches are padded further, to a multiple of WIDTH tokens, which changes no number: padding never counts.
"""

from __future__ import annotations

import gc
from dataclasses import dataclass

import torch
from torch import Tensor
from torch.nn import functional as F

from sentiment_core.model.recurrent import RecurrentClassifier
from sentiment_core.text.tokenization import PAD_ID
from sentiment_core.training.feeding import Batch
from sentiment_core.training.procedure import Procedure

WIDTH = 16  # tokens; more means fewer recordings and more padding
_MOST = 64  # recordings kept; batches of further shapes are computed without


@dataclass(frozen=True)
class _Recording:
    """A graph and the tensors that it reads and fills, always in the same place."""

    graph: torch.cuda.CUDAGraph
    batch: Batch
    loss: Tensor  # []


class RecordedGradients:
    """A plain procedure's gradients. The first batch of a shape is computed as it comes, the second is recorded.

    The gradients of the weights lie in the same place from here on. Do not set them to None.
    """

    def __init__(self, model: RecurrentClassifier) -> None:
        self._model, self._procedure = model, Procedure()
        self._recordings: dict[tuple[int, int], _Recording | None] = {}  # by reviews and tokens; None: met once
        self._memory = torch.cuda.graph_pool_handle()  # one for all: no two replay at once
        # Autograd adds up a weight's gradient in the stream in which it first met the weight, and a recording may wait
        # for no other stream than its own. So all is computed in one stream, and what met the weights before must go.
        self._stream = torch.cuda.Stream(model.device)
        gc.collect()
        self._gradients = [torch.zeros_like(weight) for weight in model.parameters()]
        for weight, gradient in zip(model.parameters(), self._gradients, strict=True):
            weight.grad = gradient

    def __call__(self, batch: Batch) -> Tensor:
        """Replace the weights' gradients with those of a batch; returns its mean loss [], on the device."""
        wide = pad_further(batch)
        shape = len(wide), wide.ids.shape[1]
        recording = self._recordings.get(shape)
        if recording is None:
            if shape not in self._recordings or self._is_full():
                self._recordings.setdefault(shape, None)
                return self._compute_now(wide)
            recording = self._recordings[shape] = self._record(wide)
        for place, value in zip(
            (recording.batch.ids, recording.batch.lengths, recording.batch.labels),
            (wide.ids, wide.lengths, wide.labels),
            strict=True,
        ):
            place.copy_(value)
        recording.graph.replay()
        return recording.loss.clone()

    def _is_full(self) -> bool:
        return sum(recording is not None for recording in self._recordings.values()) >= _MOST

    def _compute(self, batch: Batch) -> Tensor:
        torch._foreach_zero_(self._gradients)
        return self._procedure.add_gradients(self._model, batch)

    def _compute_now(self, batch: Batch) -> Tensor:
        main = torch.cuda.current_stream(self._model.device)
        self._stream.wait_stream(main)
        with torch.cuda.stream(self._stream):
            loss = self._compute(batch)
        main.wait_stream(self._stream)
        for tensor in (batch.ids, batch.lengths, batch.labels):
            tensor.record_stream(self._stream)  # their memory is not given away while that stream may still read it
        loss.record_stream(main)
        return loss

    def _record(self, batch: Batch) -> _Recording:
        static = Batch(batch.ids.clone(), batch.lengths.clone(), batch.labels.clone(), batch.tokens)
        graph = torch.cuda.CUDAGraph()
        with torch.cuda.graph(graph, pool=self._memory, stream=self._stream):
            loss = self._compute(static)
        return _Recording(graph, static, loss)


def pad_further(batch: Batch) -> Batch:
    """The same reviews, padded to a multiple of WIDTH tokens."""
    missing = -batch.ids.shape[1] % WIDTH
    return Batch(F.pad(batch.ids, (0, missing), value=PAD_ID), batch.lengths, batch.labels, batch.tokens)


def recorded_gradients(model: RecurrentClassifier, procedure: Procedure) -> RecordedGradients | None:
    """Recorded gradients where they are to be had: on CUDA, of a plain procedure, where padding never counts."""
    plain = type(procedure).add_gradients is Procedure.add_gradients
    if model.device.type != "cuda" or not plain or model.config.pooling == "column":
        return None
    return RecordedGradients(model)

"""Gradients on a CUDA device by CUDA graphs: all kernels of a batch are launched at once.

A step of a small network launches over a hundred kernels of a few microseconds, and launching them one by one from
Python takes longer than computing them. A CUDA graph records the launches for a batch of one shape and replays them as
one. To have few shapes, batches are padded further, to a multiple of WIDTH tokens. This changes no result, because
padding never counts.
"""

from __future__ import annotations

import gc
from dataclasses import dataclass
from typing import cast

import torch
from torch import Tensor
from torch.nn import functional as F

from sentiment_core.model.recurrent import RecurrentClassifier
from sentiment_core.text.tokenization import PAD_ID
from sentiment_core.training.feeding import Batch
from sentiment_core.training.procedure import Procedure

WIDTH = 16  # tokens; a larger width means fewer recordings and more padding
_MOST = 64  # recordings kept; batches of other shapes are computed without one


@dataclass(frozen=True)
class _Recording:
    """A graph and its input and output tensors, which never move."""

    graph: torch.cuda.CUDAGraph
    batch: Batch
    loss: Tensor  # []
    correct: Tensor  # []


class RecordedGradients:
    """The gradients of a plain procedure. The first batch of a shape is computed normally, the second is recorded.

    The weights' gradients stay in the same memory from then on. Do not set them to None.
    """

    correct: Tensor | None = None  # as in `Procedure`

    def __init__(self, model: RecurrentClassifier) -> None:
        self._model, self._procedure = model, Procedure()
        self._recordings: dict[tuple[int, int], _Recording | None] = {}  # by reviews and tokens; None if seen once
        self._memory = torch.cuda.graph_pool_handle()  # shared, because no two replay at once
        # Autograd accumulates a weight's gradient in the stream where it first met the weight, and a recording may only
        # wait for its own stream. Everything is therefore computed in one stream, and earlier accumulators must be
        # released.
        self._stream = torch.cuda.Stream(model.device)
        gc.collect()
        self._gradients = [torch.zeros_like(weight) for weight in model.parameters()]
        for weight, gradient in zip(model.parameters(), self._gradients, strict=True):
            weight.grad = gradient

    def __call__(self, batch: Batch) -> Tensor:
        """Replace the weights' gradients with those of a batch. Returns the batch's mean loss [], on the device."""
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
        self.correct = recording.correct.clone()
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
            tensor.record_stream(self._stream)  # keeps their memory reserved while that stream may read it
        self.correct = cast(Tensor, self._procedure.correct)
        for tensor in (loss, self.correct):
            tensor.record_stream(main)
        return loss

    def _record(self, batch: Batch) -> _Recording:
        static = Batch(batch.ids.clone(), batch.lengths.clone(), batch.labels.clone(), batch.tokens)
        graph = torch.cuda.CUDAGraph()
        with torch.cuda.graph(graph, pool=self._memory, stream=self._stream):
            loss = self._compute(static)
        return _Recording(graph, static, loss, cast(Tensor, self._procedure.correct))


def pad_further(batch: Batch) -> Batch:
    """The same reviews, padded to a multiple of WIDTH tokens."""
    missing = -batch.ids.shape[1] % WIDTH
    return Batch(F.pad(batch.ids, (0, missing), value=PAD_ID), batch.lengths, batch.labels, batch.tokens)


def recorded_gradients(model: RecurrentClassifier, procedure: Procedure) -> RecordedGradients | None:
    """Recorded gradients if they are possible: on CUDA, for a plain procedure and a pooling that ignores padding."""
    plain = type(procedure).add_gradients is Procedure.add_gradients
    if model.device.type != "cuda" or not plain or model.config.pooling == "column":
        return None
    return RecordedGradients(model)

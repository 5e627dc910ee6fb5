"""The processes of benchmarks.ddp: each has a copy of a network, and trains it for some steps when it is told to."""

from __future__ import annotations

import os
import socket
import time
from contextlib import nullcontext
from dataclasses import dataclass
from multiprocessing import get_context
from multiprocessing.connection import Connection
from typing import Any

import numpy as np
import torch
import torch.distributed as dist
from torch import Tensor, nn
from torch.nn import functional as F
from torch.nn.parallel import DistributedDataParallel

from sentiment_core.model.config import Recipe
from sentiment_core.model.precision import training_precision
from sentiment_core.model.presets import preset
from sentiment_core.model.process import settle_torch
from sentiment_core.model.recurrent import RecurrentClassifier
from sentiment_core.text.encoding import EncodedReviews
from sentiment_core.training.batching import bucketed_batches
from sentiment_core.training.feeding import Batch, feed_padded
from sentiment_core.training.loop import train_step
from sentiment_core.training.optimizer import build_optimizer
from sentiment_core.training.pipeline import build_model
from sentiment_core.training.procedure import Procedure

_FIRST_WORD = 5  # special tokens have the numbers below


@dataclass(frozen=True)
class Subject:
    """What is trained."""

    preset: str
    vocabulary: int  # words
    lengths: np.ndarray  # [reviews] int64, tokens of each training review

    @property
    def recipe(self) -> Recipe:
        return preset(self.preset)

    @property
    def steps(self) -> int:
        """Of a whole training."""
        return -(-len(self.lengths) // self.recipe.batch_size) * self.recipe.epochs

    def reviews(self) -> EncodedReviews:
        """Random tokens and labels, the same in each process."""
        draw = np.random.default_rng(0)
        offsets = np.concatenate([[0], np.cumsum(self.lengths)])
        ids = draw.integers(_FIRST_WORD, self.vocabulary, offsets[-1]).astype(np.int32)
        return EncodedReviews(ids, offsets, draw.integers(0, 2, len(self.lengths)))

    def batches(self, count: int, part: slice) -> list[Batch]:
        """The first batches of an epoch, of each the reviews of `part`."""
        recipe, reviews = self.recipe, self.reviews()
        cut = np.minimum(self.lengths, recipe.max_length)
        rows = bucketed_batches(cut, recipe.batch_size, np.random.default_rng(0))[:count]
        return list(feed_padded(reviews, [one[part] for one in rows], recipe.max_length, torch.device("cpu")))


class _Judge(nn.Module):
    """The forward pass that DDP wraps: the loop calls two methods of the network, and DDP knows one call."""

    def __init__(self, model: RecurrentClassifier) -> None:
        super().__init__()
        self.model = model

    def forward(self, ids: Tensor, lengths: Tensor, labels: Tensor) -> Tensor:
        return self.model.judge(self.model.embedding(ids), ids, lengths, labels)


class _Together(Procedure):
    """Gradients that two processes add up, or, if not `synced`, the same computing without."""

    def __init__(self, judge: DistributedDataParallel, synced: bool) -> None:
        self._judge, self._synced = judge, synced

    def add_gradients(self, model: RecurrentClassifier, batch: Batch) -> Tensor:
        with nullcontext() if self._synced else self._judge.no_sync():
            loss = F.binary_cross_entropy_with_logits(
                self._judge(batch.ids, batch.lengths, batch.labels), batch.labels.float()
            )
            loss.backward()
        return loss.detach()


class Worker:
    """One process of the measurement: its copy of the network and its reviews."""

    def __init__(self, subject: Subject, rank: int, steps: int) -> None:
        recipe = subject.recipe
        self.recipe, self.rank = recipe, rank
        self.model = build_model(recipe, subject.vocabulary)
        self.model.precision = training_precision(recipe.network.precision, recipe.network.cell, device="cpu")
        self.optimizer = build_optimizer(self.model.parameters(), recipe.learning_rate)
        self.whole = subject.batches(steps, slice(None))
        if rank < 2:
            self.half = subject.batches(steps, slice(rank, None, 2))  # every other review, so both are as long
            self.judge = DistributedDataParallel(_Judge(self.model), forward_sync_buffers=False)
            self.flat = torch.zeros(self.bytes() // 4)

    def bytes(self) -> int:
        """Of the gradients of a step."""
        return sum(weight.numel() * 4 for weight in self.model.parameters() if weight.requires_grad)

    def check(self) -> float:
        """How far the gradients of two halves are from the whole batch's at most, as a share of the largest one."""
        found = []
        self.model.eval()
        for procedure, batch in ((Procedure(), self.whole[0]), (_Together(self.judge, True), self.half[0])):
            self.optimizer.zero_grad(set_to_none=True)
            procedure.add_gradients(self.model, batch)
            found.append([weight.grad.clone() for weight in self.model.parameters() if weight.grad is not None])
        pairs = [(float((one - other).abs().max()), float(one.abs().max())) for one, other in zip(*found, strict=True)]
        return max(difference for difference, _ in pairs) / max(size for _, size in pairs)

    def run(self, way: str) -> tuple[float, float]:
        """Mean seconds of a step, and those of the processor in this process. Two processes begin at once."""
        if self.rank < 2 and way != "1 x 1":
            dist.barrier()
        began, worked = time.perf_counter(), time.process_time()
        if way == "sum":
            for _ in self.half:
                dist.all_reduce(self.flat)
        else:
            procedure = Procedure()
            if way in ("ddp", "ddp 2 x", "half"):
                procedure = _Together(self.judge, way != "half")
            for batch in self.half if way in ("ddp", "half") else self.whole:
                train_step(self.model, self.optimizer, batch, self.recipe.clip, procedure)
        count = len(self.whole)
        return (time.perf_counter() - began) / count, (time.process_time() - worked) / count


def work(rank: int, port: int, pipe: Connection, steps: int) -> None:
    """A process: joins the other one, then does what it is told until it is told None."""
    settle_torch()
    if rank < 2:
        dist.init_process_group("gloo", f"tcp://127.0.0.1:{port}", rank=rank, world_size=2)
    pipe.send("ready")
    worker: Worker | None = None
    while (told := pipe.recv()) is not None:
        if isinstance(told, Subject):
            worker = Worker(told, rank, steps)
            pipe.send(worker.bytes())
        elif worker is not None:
            pipe.send(worker.check() if told == "check" else worker.run(told))
    if rank < 2:
        dist.destroy_process_group()


class Processes:
    """Two processes of one thread that are joined, and a third one that may use two threads."""

    def __init__(self, steps: int) -> None:
        self.start = 0.0  # seconds until two processes were joined, PyTorch loaded
        with socket.create_server(("127.0.0.1", 0)) as free:
            port = free.getsockname()[1]
        spawn, began = get_context("spawn"), time.perf_counter()
        self.pipes, self.processes = [], []
        for rank in range(3):
            os.environ.pop("OMP_NUM_THREADS", None)
            if rank < 2:
                os.environ["OMP_NUM_THREADS"] = "1"
            mine, other = spawn.Pipe()
            process = spawn.Process(target=work, args=(rank, port, other, steps), daemon=True)
            process.start()
            self.pipes.append(mine)
            self.processes.append(process)
            if rank == 1:
                for pipe in self.pipes:
                    pipe.recv()
                self.start = time.perf_counter() - began
        self.pipes[2].recv()

    def tell(self, ranks: tuple[int, ...], told: object) -> list[Any]:
        """Tell some processes the same, and return their answers."""
        for rank in ranks:
            self.pipes[rank].send(told)
        return [self.pipes[rank].recv() for rank in ranks]

    def close(self) -> None:
        """End all processes."""
        for pipe in self.pipes:
            pipe.send(None)
        for process in self.processes:
            process.join()

"""Makes the batches for a network: padded tensors on its device.

On a GPU the encoded reviews are kept in its memory if they fit, and an epoch sends only row numbers. If they do not
fit, batches are padded on the CPU and copied while the GPU computes. The length of each batch is known on the CPU
either way, so nothing has to wait for the device.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
import torch
from torch import Tensor

from sentiment_core.text.encoding import EncodedReviews
from sentiment_core.text.tokenization import PAD_ID
from sentiment_core.training.batching import pad_batch

_SHARE = 0.25  # of a GPU's free memory that encoded reviews may fill


@dataclass(frozen=True)
class Batch:
    """Reviews that are processed together."""

    ids: Tensor  # [batch, time] int64, right-padded to the longest
    lengths: Tensor  # [batch] int64, at least 1
    labels: Tensor  # [batch] int64
    tokens: int  # in all its reviews

    def __len__(self) -> int:
        return len(self.lengths)


def feed(encoded: EncodedReviews, batches: list[np.ndarray], max_length: int, device: torch.device) -> Iterator[Batch]:
    """The batches of row numbers on `device`, one after another, each review cut at `max_length`."""
    if device.type != "cpu" and encoded.ids.nbytes < _SHARE * _free_memory(device):
        return feed_resident(encoded, batches, max_length, device)
    return feed_padded(encoded, batches, max_length, device)


def feed_padded(
    encoded: EncodedReviews, batches: list[np.ndarray], max_length: int, device: torch.device
) -> Iterator[Batch]:
    """`feed`, with each batch padded on the CPU."""
    for rows in batches:
        ids, lengths = pad_batch(encoded, rows, max_length)
        tokens = int(lengths.sum())
        yield Batch(_send(ids, device), _send(lengths, device), _send(encoded.labels[rows], device), tokens)


def _send(array: np.ndarray, device: torch.device) -> Tensor:
    tensor = torch.from_numpy(array)
    if device.type == "cuda":  # a copy from pinned memory does not block
        tensor = tensor.pin_memory()
    return tensor.to(device, non_blocking=True)


def feed_resident(
    encoded: EncodedReviews, batches: list[np.ndarray], max_length: int, device: torch.device
) -> Iterator[Batch]:
    """`feed`, with all reviews first copied to the device and each batch padded there."""
    if not batches:
        return
    flat = send_ids(encoded.ids, device)
    offsets, labels = (
        torch.from_numpy(np.require(array, requirements="W")).to(device)  # copied if memory-mapped
        for array in (encoded.offsets, encoded.labels)
    )
    order = torch.from_numpy(np.concatenate(batches)).to(device)
    cut = np.minimum(encoded.lengths, max_length)
    position = torch.arange(int(cut.max()), device=device)
    done = 0
    for rows in batches:
        here = order[done : done + len(rows)]
        done += len(rows)
        starts = offsets[here]
        lengths = (offsets[here + 1] - starts).clamp(max=max_length)
        places = position[: int(cut[rows].max())]
        real = places < lengths[:, None]  # [batch, time]
        ids = widen_ids(flat[torch.where(real, starts[:, None] + places, 0)])
        yield Batch(ids.masked_fill(~real, PAD_ID), lengths, labels[here], tokens=int(cut[rows].sum()))


def send_ids(ids: np.ndarray, device: torch.device) -> Tensor:
    """Token ids on `device` in their narrow type.

    uint16 is sent as int16 with the same bits, because PyTorch can index that.
    """
    narrow = ids.view(np.int16) if ids.dtype == np.uint16 else ids.astype(np.int32)
    return torch.from_numpy(np.require(narrow, requirements="W")).to(device)


def widen_ids(ids: Tensor) -> Tensor:
    """The narrow ids of `send_ids` as int64."""
    return ids.long() & 0xFFFF if ids.dtype == torch.int16 else ids.long()


def _free_memory(device: torch.device) -> int:
    """Free bytes of a GPU; a guess for Apple's, which shares the machine's memory."""
    return torch.cuda.mem_get_info(device)[0] if device.type == "cuda" else 2**32

"""The steps from ids to logits as pictures: each runs its lines and gives the code, the tensors and what they show."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
import torch
from torch import Tensor

from sentiment_core.analysis.mechanics import shapes
from sentiment_core.analysis.mechanics.boxes import Box, box
from sentiment_core.analysis.mechanics.running import Ran, run, seeded
from sentiment_core.analysis.mechanics.sequences import Sequences

BATCH, TIME, HIDDEN, EMBEDDING = "batch", "time", "hidden", "embedding"


@dataclass(frozen=True)
class Pictured:
    """A step that has been run: its lines, its tensors as boxes, and the numbers that its sentences use."""

    code: str
    boxes: tuple[Box, ...]
    numbers: dict[str, float]


def show_table(sequences: Sequences, row: int = 0) -> Pictured:
    """A lookup table: the rows of one sequence's ids equal a one-hot matrix times the table."""
    ids = sequences.tensors()[row]
    ran = run(shapes.look_up, ids=ids, vocab_size=sequences.vocab_size)
    names = _token_names(sequences, ids)
    few = ids[:6]
    columns = torch.unique(few)  # the one-hot columns worth drawing: all others are 0
    boxes = (
        box("ids", [TIME], _shown(sequences, ids), hints=_hints(ids), dtype="int64", shape=tuple(ids.shape)),
        box(
            "one_hot",
            [TIME, "vocabulary"],
            ran["one_hot"][: len(few)][:, columns].detach().numpy().astype(np.int64),
            shape=tuple(ran["one_hot"].shape),
            row_names=names[: len(few)],
            column_names=columns.tolist(),
            marked=ran["one_hot"][: len(few)][:, columns].numpy() > 0,
            dtype="float32",
        ),
        box(
            "rows",
            [TIME, EMBEDDING],
            ran["rows"][: len(few)].detach().numpy()[:, None],
            shape=tuple(ran["rows"].shape),
            row_names=names[: len(few)],
            column_names=[""],
        ),
    )
    weight = ran["embedding"].weight
    numbers = {"rows": len(weight), "width": weight.shape[1], "numbers": weight.numel(), "same": float(ran["same"])}
    return Pictured(ran.code, boxes, numbers)


def show_padding(sequences: Sequences) -> Pictured:
    """Ids padded to the longest sequence, with the true lengths."""
    ran = run(shapes.pad, sequences=sequences.tensors())
    ids, real = ran["ids"], ran["real"].numpy()
    boxes = (
        box("ids", [BATCH, TIME], _shown(sequences, ids), real=real, hints=_hints(ids), dtype="int64"),
        box("lengths", [BATCH], ran["lengths"].numpy()),
    )
    return Pictured(ran.code, boxes, {"padding": float(1 - real.mean()), "time": ids.shape[1], "batch": len(ids)})


def show_packing(sequences: Sequences) -> Pictured:
    """Sequences sorted by length, packed without padding, and unpacked into the first order."""
    padded = _padded(sequences)
    ran = run(shapes.pack, ids=padded["ids"], lengths=padded["lengths"])
    packed, order = ran["packed"], ran["order"]
    sorted_lengths = padded["lengths"][order].numpy()
    real = np.arange(padded["ids"].shape[1]) < sorted_lengths[:, None]
    starts = np.concatenate([[0], np.cumsum(packed.batch_sizes.numpy())[:-1]])
    place = np.where(real, starts[None] + np.arange(len(real))[:, None], 0)
    boxes = (
        box("order", [BATCH], order.numpy()),
        box(
            "packed.data",
            ["real tokens"],
            np.where(real, place, -1),
            shape=tuple(packed.data.shape),
            exists=real,
            row_names=order.tolist(),
            hints=_hints(ran["unpacked"]),
            dtype="int64",
        ),
        box("packed.batch_sizes", [TIME], packed.batch_sizes.numpy()),
        box(
            "back",
            [BATCH, TIME],
            _shown(sequences, ran["back"]),
            real=padded["real"].numpy(),
            hints=_hints(ran["back"]),
            dtype="int64",
        ),
    )
    numbers = {"packed": len(packed.data), "padded": ran["back"].numel(), "same": float(ran["same"])}
    return Pictured(ran.code, boxes, numbers)


def show_states(sequences: Sequences, cell: str) -> Pictured:
    """All states and the last ones of a cell, one of shapes.READERS, on a padded and on a packed batch."""
    padded = _padded(sequences)
    ran = run(shapes.READERS[cell], embedded=_embedded(sequences, padded), lengths=padded["lengths"])
    real, lengths = padded["real"].numpy(), padded["lengths"]
    boxes = [
        _states("outputs", [BATCH, TIME, HIDDEN], ran["outputs"], real=real, marked=_ends(lengths, real.shape[1])),
        _states("h_n", ["1", BATCH, HIDDEN], ran["h_n"]),
        _states("packed_h_n", ["1", BATCH, HIDDEN], ran["packed_h_n"]),
    ]
    if cell == "lstm":
        boxes.append(_states("packed_c_n", ["1", BATCH, HIDDEN], ran["packed_c_n"]))
    last = ran["last"]
    numbers = {
        "packed_off": _apart(last, ran["packed_h_n"][0]),
        "padded_off": _apart(last, ran["h_n"][0]),
        "shorter": float((lengths < lengths.max()).sum()),
    }
    return Pictured(ran.code, tuple(boxes), numbers)


def show_both_ways(sequences: Sequences) -> Pictured:
    """A bidirectional LSTM read packed, and read as this product does: without packing, with the same numbers."""
    padded = _padded(sequences)
    with seeded(0):
        modules = shapes.both_directions()
    lengths, real = padded["lengths"], padded["real"].numpy()
    ran = run(shapes.read_both_ways, **modules, embedded=_embedded(sequences, padded), lengths=lengths)
    axes = [BATCH, TIME, "2 * hidden"]
    boxes = (
        _states("outputs", axes, ran["outputs"], real=real),
        _states("unpacked", axes, ran["unpacked"], real=real),
    )
    return Pictured(ran.code, boxes, {"off": _apart(ran["outputs"][real], ran["unpacked"][real])})


def show_layers(sequences: Sequences) -> Pictured:
    """Two layers in two directions: the last states of each, viewed apart."""
    padded = _padded(sequences)
    ran = run(shapes.read_layers, embedded=_embedded(sequences, padded), lengths=padded["lengths"])
    lengths, time = padded["lengths"], padded["ids"].shape[1]
    apart, outputs = ran["apart"].detach(), ran["outputs"]
    ends = _ends(lengths, time)
    both = (ends | (np.arange(time)[None] == 0)).T
    boxes = (
        box(
            "apart",
            ["layers", "directions", BATCH, HIDDEN],
            apart.reshape(4, len(lengths), -1).numpy(),
            shape=tuple(apart.shape),
            row_names=["0 →", "0 ←", "1 →", "1 ←"],
            marked=np.repeat([[False], [False], [True], [True]], len(lengths), axis=1),
        ),
        _states("outputs", [TIME, BATCH, "2 * hidden"], outputs, real=padded["real"].numpy().T, marked=both),
    )
    width = apart.shape[-1]
    last = outputs[lengths - 1, torch.arange(len(lengths))]
    numbers = {
        "forward_off": _apart(last[:, :width], apart[1, 0]),
        "backward_off": _apart(outputs[0, :, width:], apart[1, 1]),
    }
    return Pictured(ran.code, boxes, numbers)


def show_heads(sequences: Sequences) -> Pictured:
    """One pair of logits a sequence from its last state, and five logits a token from every state."""
    padded = _padded(sequences)
    read = run(shapes.read_gru, embedded=_embedded(sequences, padded), lengths=padded["lengths"])
    ran = run(shapes.read_out, seed=1, outputs=read["outputs"], last=read["last"])
    boxes = (
        box("logits", [BATCH, "2"], ran["logits"].detach().numpy()),
        _states("token_logits", [TIME, BATCH, "5"], ran["token_logits"], real=padded["real"].numpy().T),
    )
    return Pictured(ran.code, boxes, {"time": padded["ids"].shape[1], "batch": len(padded["ids"])})


# Step -> what it shows; those that take no further choice.
TENSOR_STEPS: dict[str, Callable[[Sequences], Pictured]] = {
    "table": show_table,
    "padding": show_padding,
    "packing": show_packing,
    "both-ways": show_both_ways,
    "layers": show_layers,
    "heads": show_heads,
}


def _padded(sequences: Sequences) -> Ran:
    return run(shapes.pad, sequences=sequences.tensors())


def _embedded(sequences: Sequences, padded: Ran) -> Tensor:
    """Vectors [batch, time, 256] of a padded batch."""
    embedded: Tensor = run(shapes.embed, ids=padded["ids"], vocab_size=sequences.vocab_size)["embedded"]
    return embedded.detach()


def _states(
    name: str, axes: list[str], states: Tensor, real: np.ndarray | None = None, marked: np.ndarray | None = None
) -> Box:
    return box(name, axes, states.detach().numpy(), real=real, marked=marked)


def _ends(lengths: Tensor, time: int) -> np.ndarray:
    """Where each sequence's last real token is [batch, time] bool."""
    return (torch.arange(time) == lengths[:, None] - 1).numpy()


def _apart(one: Tensor, other: Tensor) -> float:
    """The largest difference between two tensors of the same shape."""
    return float((one - other).abs().max().detach())


def _shown(sequences: Sequences, ids: Tensor) -> np.ndarray:
    """What is written for ids of any shape: their tokens if they have some, else the ids."""
    if sequences.tokens is None:
        return ids.numpy()
    return np.array(sequences.tokens, dtype=object)[ids.numpy()]


def _token_names(sequences: Sequences, ids: Tensor) -> list[str]:
    return [str(name) for name in _shown(sequences, ids)]


def _hints(ids: Tensor) -> np.ndarray:
    return np.vectorize("id {}".format, otypes=[object])(ids.numpy())

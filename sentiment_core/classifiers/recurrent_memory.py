"""Records of a recurrent network's memory, from the steps and gradients of model/trace.py."""

from __future__ import annotations

import numpy as np
import torch
from torch import Tensor

from sentiment_core.classifiers.memory import DirectionGradients, DirectionTrace, Trace, probe_directions
from sentiment_core.model.recurrent import RecurrentClassifier
from sentiment_core.model.trace import Unrolled, state_gradients, unroll

_UNITS = 2_000_000  # states of rows, tokens and units at once, whose graph takes about 100 MB


def trace_memory(model: RecurrentClassifier, ids: Tensor, lengths: Tensor) -> Trace:
    """The memory of a network at each token of one text. ids [1, time], lengths [1]: all tokens are real."""
    with torch.inference_mode():
        unrolled = unroll(model, ids, lengths)
    says, intercept = _top_units(model, unrolled)
    below = len(unrolled.parts) - model.directions
    effects: list[Tensor] = []
    if below:
        ones, nothing = torch.ones(1, device=ids.device), torch.zeros_like(unrolled.last)
        found = state_gradients(model, ids, lengths, ones, nothing)[:below]
        effects = [part.states[0] for part in found]
    parts = []
    for place, part in enumerate(unrolled.parts):
        states = part.in_text_order(part.states)[0]
        if place < below:
            products = states * effects[place]
            unit_says = products.gather(0, products.abs().argmax(dim=0, keepdim=True))[0]
        else:
            unit_says = says[place - below]
        parts.append(
            DirectionTrace(
                part.layer,
                part.backward,
                _array(states),
                _array(part.in_text_order(part.cells)[0]) if part.cells else None,
                {name: _array(part.in_text_order(steps)[0]) for name, steps in part.gates.items()},
                _array(unit_says),
                place >= below and not model.config.head_size,
            )
        )
    return Trace(tuple(parts), intercept, float(unrolled.logits[0]))


def _top_units(model: RecurrentClassifier, unrolled: Unrolled) -> tuple[Tensor, float]:
    """What each unit of the top layer adds to the logit [directions, hidden], and the rest.

    The product of a pooled value and its gradient. With a linear head this is exact, because the head adds up such
    products. A unit's maximum and mean count together.
    """
    with torch.enable_grad():
        pooled = unrolled.pooled.clone().requires_grad_()
        (slope,) = torch.autograd.grad(model.read_out(pooled).sum(), pooled)
    products = (slope * pooled.detach())[0]
    units = products.view(-1, model.directions, model.config.hidden_size).sum(dim=0)
    return units, float(unrolled.logits[0] - units.sum())


def reach_back(model: RecurrentClassifier, ids: Tensor, lengths: Tensor) -> tuple[DirectionGradients, ...]:
    """How far back gradients reach in the top layer for one text. ids [1, time], lengths [1]: all tokens are real.

    The row of the logit and the rows of the probes are one batch, so that the text is read once. A large network gets
    fewer probes, and if their graph would still be too large, they are computed in parts.
    """
    hidden, directions = model.config.hidden_size, model.directions
    at_once = max(1, _UNITS // (ids.shape[1] * hidden * directions * model.config.layers))
    basis = probe_directions(ids.shape[1], hidden, directions, model.config.layers)
    count = basis.shape[1]
    along = torch.zeros(1 + count, directions * hidden, device=ids.device)
    along[1:] = torch.from_numpy(np.tile(basis.T, directions)).to(ids.device)
    of_logit = torch.zeros(1 + count, device=ids.device)
    of_logit[0] = 1
    squares: list[list[Tensor]] = [[] for _ in range(directions)]  # of each row's gradients [rows, read]
    cells: list[np.ndarray | None] = [None] * directions
    for rows in torch.arange(1 + count, device=ids.device).split(at_once):
        many = ids.expand(len(rows), -1), lengths.expand(len(rows))
        found = state_gradients(model, *many, of_logit[rows], along[rows])[-directions:]
        for direction, part in enumerate(found):
            squares[direction].append(part.states.square().sum(dim=-1))
            if part.cells is not None and rows[0] == 0:
                cells[direction] = _array(part.cells[0].norm(dim=-1))
    sums = [torch.cat(parts) for parts in squares]
    return tuple(
        DirectionGradients(
            bool(direction), _array(rows[0].sqrt()), cells[direction], _array(rows[1:].mean(dim=0).sqrt())
        )
        for direction, rows in enumerate(sums)
    )


def _array(values: Tensor) -> np.ndarray:
    """A read-only array: several readers share a record."""
    array = values.detach().cpu().numpy().copy()
    array.setflags(write=False)
    return array

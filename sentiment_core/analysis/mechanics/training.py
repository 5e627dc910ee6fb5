"""Adam in a few lines, for the small networks that are trained while a page opens.

torch.optim imports PyTorch's compiler at its first step: 90 MB of the server's memory and more than a second.
"""

from __future__ import annotations

from collections.abc import Sequence

import torch
from torch import Tensor

_BETAS, _EPSILON = (0.9, 0.999), 1e-8


class Adam:
    """Adam (Kingma and Ba 2015) with PyTorch's defaults. Equal to torch.optim.Adam up to rounding."""

    def __init__(self, weights: Sequence[Tensor], rate: float, clip: float = 0.0) -> None:
        """clip: greatest norm of all gradients together; 0 for no clipping."""
        self._weights, self._rate, self._clip, self._steps = list(weights), rate, clip, 0
        self._means = [torch.zeros_like(weight) for weight in self._weights]
        self._squares = [torch.zeros_like(weight) for weight in self._weights]

    def step(self, loss: Tensor) -> None:
        """Change the weights by one step against the gradient of a loss []."""
        gradients = list(torch.autograd.grad(loss, self._weights))
        with torch.no_grad():
            if self._clip:
                norm = torch.stack([gradient.norm() for gradient in gradients]).norm()
                gradients = [gradient * (self._clip / (norm + 1e-6)).clamp(max=1.0) for gradient in gradients]
            self._steps += 1
            first, second = (1 - beta**self._steps for beta in _BETAS)
            for weight, gradient, mean, square in zip(
                self._weights, gradients, self._means, self._squares, strict=True
            ):
                mean.lerp_(gradient, 1 - _BETAS[0])
                square.mul_(_BETAS[1]).addcmul_(gradient, gradient, value=1 - _BETAS[1])
                weight.addcdiv_(mean, (square / second).sqrt_().add_(_EPSILON), value=-self._rate / first)

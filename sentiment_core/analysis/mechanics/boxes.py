"""A tensor as a grid of boxes, ready to be drawn. Needs no torch."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

import numpy as np

DRAWN = 32  # most numbers of a vector that are drawn in a box


@dataclass(frozen=True)
class Box:
    """A tensor: rows and columns of boxes, each with a number, a token, or the numbers of a vector as bars."""

    name: str  # as in the code
    axes: tuple[str, ...]  # the name of each axis of the tensor, as in the code's comments
    shape: tuple[int, ...]  # the tensor's shape, which may be more than what is drawn
    dtype: str  # "int64"
    values: np.ndarray  # [rows, columns] of numbers or str; or [rows, columns, numbers] float32, drawn as bars
    row_names: Sequence[str]  # [rows]
    column_names: Sequence[str]  # [columns]
    real: np.ndarray  # [rows, columns] bool, False where a box is padding
    exists: np.ndarray  # [rows, columns] bool, False where the tensor has no number
    marked: np.ndarray  # [rows, columns] bool, boxes to be outlined
    hints: np.ndarray | None = field(default=None)  # [rows, columns] str, shown on hover instead of the value

    @property
    def drawn(self) -> int:
        """Numbers of each vector that are drawn; 1 if a box holds one number."""
        return self.values.shape[2] if self.values.ndim == 3 else 1


def box(
    name: str,
    axes: Sequence[str],
    values: np.ndarray,
    *,
    shape: tuple[int, ...] | None = None,
    row_names: Sequence[object] | None = None,
    column_names: Sequence[object] | None = None,
    real: np.ndarray | None = None,
    exists: np.ndarray | None = None,
    marked: np.ndarray | None = None,
    hints: np.ndarray | None = None,
    dtype: str = "",
) -> Box:
    """A tensor's numbers [columns], [rows, columns] or [rows, columns, numbers] as a Box.

    shape: of the tensor, if `values` holds another arrangement of it. Rows and columns are numbered unless named.
    """
    values = np.asarray(values)
    shape = shape or values.shape
    grid = values[None] if values.ndim == 1 else values[..., :DRAWN] if values.ndim == 3 else values
    rows, columns = grid.shape[:2]
    every = np.ones((rows, columns), dtype=bool)

    def mask(given: np.ndarray | None, default: np.ndarray) -> np.ndarray:
        return default if given is None else np.asarray(given).reshape(rows, columns)

    default_rows: Sequence[object] = [""] if values.ndim == 1 else range(rows)
    return Box(
        name,
        tuple(axes),
        tuple(shape),
        dtype or str(values.dtype),
        grid,
        [str(row) for row in (default_rows if row_names is None else row_names)],
        [str(column) for column in (range(columns) if column_names is None else column_names)],
        mask(real, every),
        mask(exists, every),
        mask(marked, ~every),
        None if hints is None else np.asarray(hints).reshape(rows, columns),
    )

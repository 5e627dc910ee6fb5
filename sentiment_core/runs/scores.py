"""Saves and loads a classifier's logits on two splits: valid.parquet and test.parquet with row, label, logit.

A classifier that can judge a review neutral has a column `neutral` too.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq

from sentiment_core.errors import RunError
from sentiment_core.runs import layout
from sentiment_core.storage.files import atomic_path, check_readable


@dataclass(frozen=True)
class Scores:
    """A classifier's logits on a split."""

    labels: np.ndarray  # [reviews] int64
    logits: np.ndarray  # [reviews] float32, log-odds of positive against negative
    neutral: np.ndarray | None = None  # [reviews] bool, judged neutral; None if the classifier has no such label

    @property
    def right(self) -> np.ndarray:
        """Whether each review is judged right [reviews] bool. One judged neutral is not: no label is neutral."""
        right = (self.logits > 0) == (self.labels == 1)
        return right if self.neutral is None else right & ~self.neutral

    @property
    def accuracy(self) -> float:
        """Share of the reviews judged right."""
        return float(self.right.mean())


def load_scores(folder: Path, name: str = layout.TEST) -> Scores | None:
    """Every logit of the file `name`, layout.VALID or layout.TEST; None if there is none.

    Raises RunError if it is damaged.
    """
    path = folder / name
    check_readable(path, RunError)
    if not path.exists():
        return None
    try:
        table = pq.read_table(path)
        labels, logits = table["label"].to_numpy(), table["logit"].to_numpy()
        if not (len(labels) and np.isin(labels, (0, 1)).all() and np.isfinite(logits).all()):
            raise ValueError("no rows, an invalid label, or a logit that is not a number")
        neutral = table["neutral"].to_numpy().astype(bool) if "neutral" in table.column_names else None
        return Scores(labels.astype(np.int64), logits.astype(np.float32), neutral)
    except (OSError, KeyError, ValueError, TypeError, pa.ArrowException) as error:
        raise RunError("{path} is damaged. Train the run again.", path=path) from error


def save_scores(folder: Path, scores: Scores, name: str = layout.TEST) -> None:
    """Write the file `name`, layout.VALID or layout.TEST. The logits are rounded to float16."""
    labels, logits = scores.labels, scores.logits
    narrow = np.clip(logits, -6e4, 6e4).astype(np.float16)
    columns = {"row": np.arange(len(labels), dtype=np.int32), "label": labels.astype(np.int8), "logit": narrow}
    if scores.neutral is not None:
        columns["neutral"] = scores.neutral
    with atomic_path(folder / name) as target:
        encoding = {"row": "DELTA_BINARY_PACKED", "label": "PLAIN", "logit": "BYTE_STREAM_SPLIT"}
        pq.write_table(pa.table(columns), target, compression="zstd", use_dictionary=False, column_encoding=encoding)

"""Saves and loads a classifier's results on the test split: test.parquet with row, label and logit."""

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
    """A classifier's logits on the test split."""

    labels: np.ndarray  # [reviews] int64
    logits: np.ndarray  # [reviews] float32, log-odds of positive

    @property
    def accuracy(self) -> float:
        return float(((self.logits > 0) == (self.labels == 1)).mean())


def load_scores(folder: Path) -> Scores | None:
    """Every test logit; None if there is no file. Raises RunError if it is damaged."""
    path = folder / layout.TEST
    check_readable(path, RunError)
    if not path.exists():
        return None
    try:
        table = pq.read_table(path, columns=["label", "logit"])
        labels, logits = table["label"].to_numpy(), table["logit"].to_numpy()
        if not (len(labels) and np.isin(labels, (0, 1)).all() and np.isfinite(logits).all()):
            raise ValueError("no rows, an invalid label, or a logit that is not a number")
        return Scores(labels.astype(np.int64), logits.astype(np.float32))
    except (OSError, KeyError, ValueError, TypeError, pa.ArrowException) as error:
        raise RunError("{path} is damaged. Train the run again.", path=path) from error


def save_scores(folder: Path, labels: np.ndarray, logits: np.ndarray) -> None:
    """Write labels [reviews] int64 and logits [reviews] float32, rounded to float16."""
    narrow = np.clip(logits, -6e4, 6e4).astype(np.float16)
    columns = {"row": np.arange(len(labels), dtype=np.int32), "label": labels.astype(np.int8), "logit": narrow}
    with atomic_path(folder / layout.TEST) as target:
        encoding = {"row": "DELTA_BINARY_PACKED", "label": "PLAIN", "logit": "BYTE_STREAM_SPLIT"}
        pq.write_table(pa.table(columns), target, compression="zstd", use_dictionary=False, column_encoding=encoding)

"""What each classifier says of each test review, as a table."""

from __future__ import annotations

import numpy as np

from sentiment_core.analysis.evaluation.compared import HALF, Compared
from sentiment_core.storage.tables import csv_bytes


def verdicts_csv(compared: Compared, threshold: float = HALF) -> bytes:
    """One row a review as CSV: its row in the test split, its label, and what each classifier says.

    For each classifier: log-odds of positive, probability of positive, and whether it is right at the threshold.
    """
    columns: dict[str, np.ndarray] = {"row": compared.rows, "label": compared.labels}
    for name in compared.names:
        columns[f"{name} log-odds"] = compared.log_odds[name].astype(np.float64).round(4)
        columns[f"{name} P(positive)"] = compared.probabilities(name).round(6)
        columns[f"{name} right"] = compared.right(name, threshold)
    return csv_bytes(columns)

"""The table of verdicts: what each classifier says of each review."""

import csv
import io

import numpy as np
import pytest

from sentiment_core.analysis.evaluation.compared import Compared
from sentiment_core.analysis.evaluation.table import verdicts_csv


def test_each_review_is_a_row():
    log_odds = {"=rnn": np.array([np.log(3), -2.0], np.float32), "bilstm": np.array([-1.0, 1.0], np.float32)}
    compared = Compared(np.array([1, 1]), np.array([4, 17]), log_odds)
    rows = list(csv.DictReader(io.StringIO(verdicts_csv(compared, threshold=0.8).decode())))
    assert [row["row"] for row in rows] == ["4", "17"]
    assert [row["label"] for row in rows] == ["1", "1"]
    assert float(rows[0]["'=rnn P(positive)"]) == pytest.approx(0.75)
    assert float(rows[1]["'=rnn log-odds"]) == -2
    assert [row["'=rnn right"] for row in rows] == ["false", "false"]  # 0.75 is below the threshold
    assert list(rows[0]) == [
        *("row", "label", "'=rnn log-odds", "'=rnn P(positive)", "'=rnn right"),
        *("bilstm log-odds", "bilstm P(positive)", "bilstm right"),
    ]

"""CSV for spreadsheets: numbers as they are, and no text that a spreadsheet would run."""

import csv
import io

import numpy as np
import pytest

from sentiment_core.storage.tables import csv_bytes, harmless_cell


@pytest.mark.parametrize("text", ["=1+1", "+1+1", "-A1", "@SUM(A1)", "\t=1", "\r=1", "\n=1", " =1"])
def test_a_formula_becomes_text(text):
    assert harmless_cell(text) == f"'{text}"


@pytest.mark.parametrize("text", ["", "good", "1 = 1", "a-b", "'=1", "영화", "-5", "+1.5e3", "-12,5%"])
def test_other_text_stays(text):
    assert harmless_cell(text) == text


def test_a_table_is_read_back_with_its_numbers():
    columns = {"token": np.array(["=cmd|' /C calc'!A0", 'say "hi", twice', "영화"]), "=size": np.array([-1.5, 2, 0])}
    rows = list(csv.reader(io.StringIO(csv_bytes(columns).decode("utf-8"))))
    assert rows[0] == ["token", "'=size"]
    assert [row[0] for row in rows[1:]] == ["'=cmd|' /C calc'!A0", 'say "hi", twice', "영화"]
    assert [float(row[1]) for row in rows[1:]] == [-1.5, 2, 0]

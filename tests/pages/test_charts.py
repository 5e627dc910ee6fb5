"""Figures as they are sent to the browser: numbers in the binary form that plotly.js documents."""

from base64 import b64decode

import numpy as np
import pytest

from pages.shared.charts import packed


@pytest.mark.parametrize(
    "dtype", ["int8", "uint8", "int16", "uint16", "int32", "uint32", "float32", "float64", ">f4", ">i2"]
)
def test_numbers_are_recovered_from_their_binary_form(dtype):
    numbers = np.array([0, 1, 7, 100], dtype)
    sent = packed({"x": numbers})["x"]
    assert sorted(sent) == ["bdata", "dtype"]
    np.testing.assert_array_equal(np.frombuffer(b64decode(sent["bdata"]), "<" + sent["dtype"]), numbers)


def test_rows_of_numbers_keep_their_shape():
    sent = packed(np.arange(6, dtype=np.float32).reshape(2, 3))
    assert sent["shape"] == "2, 3"
    assert len(b64decode(sent["bdata"])) == 6 * 4


def test_types_without_a_binary_form_are_lists():
    figure = [{"marker": {"color": np.array(["a", "b"], object)}, "ids": np.array([1, 2]), "on": np.array([True])}]
    assert packed(figure) == [{"marker": {"color": ["a", "b"]}, "ids": [1, 2], "on": [True]}]

"""Unpacks a payload as the browser does."""

import json

import numpy as np


def unpack(payload: bytes) -> tuple[dict, dict[str, np.ndarray]]:
    """Header and arrays of a payload, which may come after a reader's settings."""
    if payload[:4] == b"SLS1":
        payload = payload[8 + int.from_bytes(payload[4:8], "little") :]
    assert payload[:4] == b"SLP1"
    start = 8 + int.from_bytes(payload[4:8], "little")
    assert start % 8 == 0
    header = json.loads(payload[8:start])
    arrays = {}
    for name, array in header["arrays"].items():
        assert array["offset"] % 8 == 0
        count = int(np.prod(array["shape"]))
        flat = np.frombuffer(payload, np.dtype(array["type"]).newbyteorder("<"), count, start + array["offset"])
        arrays[name] = flat.reshape(array["shape"])
    return header, arrays

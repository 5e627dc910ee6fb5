"""Changes the position in a saved state without touching its tensors."""

import json
import struct
from collections.abc import Callable
from pathlib import Path
from typing import Any


def rewrite_position(path: Path, change: Callable[[dict[str, Any]], object]) -> None:
    """Change the position in the header of a state file."""
    content = path.read_bytes()
    (size,) = struct.unpack("<Q", content[:8])
    header = json.loads(content[8 : 8 + size])
    position = json.loads(header["__metadata__"]["position"])
    change(position)
    header["__metadata__"]["position"] = json.dumps(position)
    encoded = json.dumps(header).encode()
    path.write_bytes(struct.pack("<Q", len(encoded)) + encoded + content[8 + size :])

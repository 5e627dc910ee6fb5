"""Records as JSON, for a process that hands its result to another one. Nothing is unpickled.

The type says how to read a record back: a dataclass of such types, tuples, mappings with text keys, enumerations,
literals, messages and plain values.
"""

from __future__ import annotations

import types
from collections.abc import Mapping
from dataclasses import fields, is_dataclass
from enum import Enum
from typing import Any, Literal, Union, get_args, get_origin, get_type_hints

from sentiment_core.messages import Message
from sentiment_core.messages.packing import pack, unpack


def to_json(value: Any) -> Any:
    """A record as JSON values. A number of numpy becomes Python's."""
    match value:
        case Message():
            return pack(value)
        case Enum():
            return value.value
        case Mapping():
            return {str(key): to_json(item) for key, item in value.items()}
        case list() | tuple():
            return [to_json(item) for item in value]
        case None | bool() | str() | int() | float():
            return value
    if is_dataclass(value):
        return {field.name: to_json(getattr(value, field.name)) for field in fields(value)}
    return value.item() if hasattr(value, "item") else str(value)


def from_json(kind: Any, value: Any) -> Any:
    """The record of type `kind` that `to_json` wrote. Raises TypeError, KeyError or ValueError if it is damaged."""
    origin, parts = get_origin(kind), get_args(kind)
    if kind is Any or kind is object:
        return tuple(value) if isinstance(value, list) else value
    if origin in (Union, types.UnionType):
        if value is None:
            return None
        return from_json(next(part for part in parts if part is not type(None)), value)
    if kind is Message:
        return unpack(value)
    if origin is Literal:
        if value not in parts:
            raise ValueError(f"not one of {parts}")
        return value
    if origin is tuple:
        inner = [parts[0]] * len(value) if parts[-1] is Ellipsis else parts
        return tuple(from_json(part, item) for part, item in zip(inner, value, strict=True))
    if isinstance(origin, type) and issubclass(origin, Mapping):
        return {key: from_json(parts[1], item) for key, item in value.items()}
    if origin is not None:  # a sequence
        return tuple(from_json(parts[0], item) for item in value)
    if isinstance(kind, type) and is_dataclass(kind):
        hints = get_type_hints(kind)
        return kind(**{name: from_json(hints[name], item) for name, item in value.items()})
    return kind(value) if isinstance(kind, type) and issubclass(kind, Enum) else value

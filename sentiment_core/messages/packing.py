"""Messages in JSON, for a process that tells another one what happened. The reader's language is chosen when shown."""

from __future__ import annotations

from numbers import Integral, Real
from typing import Any

from sentiment_core.messages.message import Message

_MESSAGE = "english"  # the entry that distinguishes a message from a value


def pack(message: Message) -> dict[str, Any]:
    """A message as an object of JSON values."""
    values = {name: _pack_value(value) for name, value in message.values.items()}
    return {_MESSAGE: message.english, "values": values, "many": message.many, "context": message.context}


def unpack(packed: Any) -> Message:
    """The message of an object that `pack` made. Raises TypeError, KeyError or ValueError if it is damaged."""
    values = {str(name): _unpack_value(value) for name, value in packed["values"].items()}
    message = Message(packed[_MESSAGE], values, packed["many"], packed["context"])
    if any(type(text) is not str for text in (message.english, message.many or "", message.context or "")):
        raise TypeError("a part of the message is no text")
    message.in_language("en")  # raises if a placeholder has no value, or one of another type
    return message


def _pack_value(value: object) -> Any:
    match value:
        case Message():
            return pack(value)
        case list() | tuple():
            return [_pack_value(item) for item in value]
        case bool() | str():
            return value
        case Integral():
            return int(value)
        case Real():
            return float(value)
    return str(value)  # such as a path


def _unpack_value(value: Any) -> object:
    if isinstance(value, dict):
        return unpack(value)
    return [_unpack_value(item) for item in value] if isinstance(value, list) else value

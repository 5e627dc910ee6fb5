"""A record with a literal is read back as it was, and another value is damage."""

from dataclasses import dataclass
from typing import Literal

import pytest

from sentiment_core.storage.typed_json import from_json, to_json


@dataclass(frozen=True)
class Choice:
    side: Literal["left", "right"]
    other: Literal["on"] | None = None


@pytest.mark.parametrize("choice", [Choice("left"), Choice("right", "on")])
def test_a_literal_comes_back(choice: Choice):
    assert from_json(Choice, to_json(choice)) == choice


def test_a_value_that_is_none_of_the_literals_is_refused():
    with pytest.raises(ValueError, match="left"):
        from_json(Choice, {"side": "up", "other": None})

"""Helpers for tests of the command line: the result of a command, and the form of a refusal."""

from collections.abc import Callable
from typing import NamedTuple

# Options of a training that takes a second.
SMALL = ["--data", "toy", "--embedding-size", "4", "--hidden-size", "4", "--max-length", "20", "--batch-size", "200"]


class Result(NamedTuple):
    code: int
    out: str
    err: str


Sentiment = Callable[..., Result]


def refused(result: Result) -> str:
    """The one line on standard error of a command that refused its input."""
    assert result.code == 2
    assert result.out == ""
    assert result.err.count("\n") == 1, result.err
    assert result.err.startswith("error: ")
    return result.err

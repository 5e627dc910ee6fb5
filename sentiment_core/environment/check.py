"""Checks all variables of an environment at once, so that a server with a wrong one does not start."""

from __future__ import annotations

import os
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from difflib import get_close_matches

from sentiment_core.environment import variables
from sentiment_core.environment.variable import PREFIX
from sentiment_core.errors import SettingError
from sentiment_core.messages import Message, lazy

# Variables that tell the project's own tests something. No program reads them.
_OF_TESTS = (f"{PREFIX}TEST_", f"{PREFIX}REQUIRE_")


@dataclass(frozen=True)
class Checked:
    """What is wrong with an environment."""

    errors: tuple[SettingError, ...]  # values that cannot be used
    warnings: tuple[Message, ...]  # names that mean nothing


def check_environment(environment: Mapping[str, str] = os.environ, *, lessons: Collection[str]) -> Checked:
    """All that is wrong with an environment, one line each, in the order of the table.

    lessons: the codes of the lessons, which this room does not know.
    """
    errors = []
    for variable in variables.VARIABLES:
        try:
            variable.check(environment)
            if variable is variables.LESSON and (code := variable.value(environment)) and code not in lessons:
                raise variable.refused(code, lazy("{choices:or}", choices=list(lessons)))
        except SettingError as error:
            errors.append(error)
    known = [variable.name for variable in variables.VARIABLES]
    unknown = [name for name in environment if name.startswith(PREFIX) and name not in known]
    return Checked(tuple(errors), tuple(_warn(name, known) for name in unknown if not name.startswith(_OF_TESTS)))


def _warn(name: str, known: list[str]) -> Message:
    """The nearest known name for one that is none. The common beginning of all names does not count."""
    ends = [other.removeprefix(PREFIX) for other in known]
    near = get_close_matches(name.removeprefix(PREFIX), ends, n=1)
    if near:
        return lazy("{name} is no setting. Did you mean {near}?", name=name, near=PREFIX + near[0])
    return lazy("{name} is no setting. `python -m sentiment_core settings` lists them.", name=name)


def without_secrets(environment: Mapping[str, str] = os.environ) -> dict[str, str]:
    """An environment for a process that has no need of the secrets of this one, such as one that reads a file."""
    secrets = {variable.name for variable in variables.VARIABLES if variable.secret}
    return {name: value for name, value in environment.items() if name not in secrets}

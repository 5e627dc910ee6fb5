"""One variable of the environment: its name, its kind, its default, and what it sets."""

from __future__ import annotations

import os
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Generic, TypeVar

from sentiment_core.environment.kinds import ON, Kind
from sentiment_core.errors import SettingError
from sentiment_core.messages import Message

T = TypeVar("T")
PREFIX = "SENTIMENT_"
WHO_TRAINS = f"{PREFIX}TRAINING"  # if it is on, every visitor trains, and some defaults are tighter


@dataclass(frozen=True)
class Variable(Generic[T]):
    """A row of the table."""

    name: str  # SENTIMENT_...
    kind: Kind[Any]
    default: T
    sets: str  # what it sets, in Markdown for docs/hosting.md
    visitors: T | None = None  # the default if every visitor trains; None if it is the same
    unset: str = ""  # what holds without it, in Markdown, if the default does not say it
    secret: bool = False  # whether its value must not be shown

    def value(self, environment: Mapping[str, str] = os.environ) -> T:
        """The value in an environment. Raises SettingError for one that cannot be used."""
        given = self.given(environment)
        if given is not None:
            return self.read(given)
        every_visitor = environment.get(WHO_TRAINS, "").strip().lower() == ON
        return self.visitors if every_visitor and self.visitors is not None else self.default

    def given(self, environment: Mapping[str, str] = os.environ) -> str | None:
        """The text in an environment, without space around it; None if the default holds."""
        text = environment.get(self.name)
        if text is None or not (text.strip() or self.kind.blank):
            return None
        return text.strip()

    def read(self, text: str) -> T:
        """The value of a text. Raises SettingError for one that cannot be used."""
        try:
            value: T = self.kind.read(text)
        except ValueError:
            raise self.refused(text) from None
        return value

    def check(self, environment: Mapping[str, str] = os.environ) -> None:
        """Raise SettingError if the value cannot be used, or names what is not on this machine. May read the disk."""
        given = self.given(environment)
        if given is None:
            return
        value = self.read(given)
        try:
            usable = self.kind.usable(value)
        except OSError:  # a path that this system cannot have
            usable = False
        if not usable:
            raise self.refused(given)

    def refused(self, text: str, wanted: Message | None = None) -> SettingError:
        """What to tell about a value that cannot be used, in one line. A secret is not in it.

        wanted: what to set instead, if the kind does not say it.
        """
        wanted = wanted or self.kind.wanted
        if self.secret:
            return SettingError(
                "{name} has a value that cannot be used. Set it to {wanted}.", name=self.name, wanted=wanted
            )
        shown = text if len(text) <= 80 else f"{text[:80]}..."
        return SettingError("{name} is {value!r}. Set it to {wanted}.", name=self.name, value=shown, wanted=wanted)

"""A lesson: a question, a training that answers it, what to look at, and what a student may change. Needs no torch."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any

from sentiment_core.errors import PresetError
from sentiment_core.messages import Message
from sentiment_core.model.config import Recipe
from sentiment_core.text.reviews import KOREAN_PART, TOY

SOURCES = (TOY, KOREAN_PART)  # included in the package, so a lesson works offline
PARTS = ("curves", "pins", "drift", "forgetting")  # of the live view


@dataclass(frozen=True)
class Freedom:
    """A setting that a student may change, and the values that it may have."""

    setting: str  # a name in model.config.SETTINGS
    choices: tuple[str | int | float | bool, ...] = ()  # the values, in the order to offer; empty if bounds hold
    least: float = 0.0  # the bounds, both included, if there are no choices
    most: float = 0.0
    networks: tuple[int, ...] = (0, 1)  # the places of the networks that it changes, both to the same value

    def allows(self, value: Any) -> bool:
        """Whether a student may choose this value."""
        if self.choices:
            return any(type(value) is type(choice) and value == choice for choice in self.choices)
        return isinstance(value, int | float) and not isinstance(value, bool) and self.least <= value <= self.most


@dataclass(frozen=True)
class LessonNetwork:
    """One of a lesson's networks."""

    name: str  # a code for its run, such as clipped
    about: Message  # what sets it apart, a few words
    recipe: Recipe


@dataclass(frozen=True)
class LessonStep:
    """One thing to do, and what to look at while doing it."""

    do: Message
    look: Message


@dataclass(frozen=True)
class Lesson:
    """A lesson of a few minutes around one training."""

    code: str  # in the address: lesson=...
    title: Message
    question: Message  # one sentence that the training answers
    steps: tuple[LessonStep, ...]
    answer: Message  # what one should see and why, Markdown; folded away at first
    source: str  # one of SOURCES
    networks: tuple[LessonNetwork, ...]  # one or two
    pins: tuple[str, ...]  # reviews whose probability is followed, in the source's language; at most three
    freedoms: tuple[Freedom, ...]  # every other setting is fixed and hidden
    parts: tuple[str, ...]  # the parts of the live view in the order to show; the others are folded away
    minutes: int  # for the whole lesson with its questions; the training itself takes less than two

    @property
    def recipes(self) -> tuple[Recipe, ...]:
        """The recipe of each network."""
        return tuple(network.recipe for network in self.networks)

    def freedom(self, setting: str) -> Freedom | None:
        """What a student may do with a setting; None if it is fixed."""
        return next((freedom for freedom in self.freedoms if freedom.setting == setting), None)

    def value(self, setting: str) -> Any:
        """The value of a free setting in the networks that it changes."""
        freedom = self.freedom(setting)
        assert freedom is not None
        return self.networks[freedom.networks[0]].recipe.settings()[setting]

    def change(self, changes: Mapping[str, Any]) -> Lesson:
        """The lesson with some of its free settings changed.

        Raises PresetError for a setting that is fixed and for a value that is not allowed.
        """
        networks = list(self.networks)
        for setting, value in changes.items():
            freedom = self.freedom(setting)
            if freedom is None or not freedom.allows(value):
                raise PresetError(
                    "The lesson {lesson} does not offer {setting} {value}. Choose among what it offers.",
                    lesson=self.code,
                    setting=setting,
                    value=value,
                )
            for place in freedom.networks:
                if place < len(networks):
                    changed = networks[place].recipe.change(**{setting: value})
                    networks[place] = replace(networks[place], recipe=changed)
        return replace(self, networks=tuple(networks))

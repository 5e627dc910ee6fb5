"""A message: an English literal, its values, and its text in a language. The package's docstring shows its use."""

from __future__ import annotations

from dataclasses import dataclass, field
from numbers import Integral, Real
from string import Formatter
from typing import LiteralString

from sentiment_core.messages import numbers
from sentiment_core.messages.catalogue import translations
from sentiment_core.messages.language import DEFAULT, current_language
from sentiment_core.messages.particles import choose_particle

_FORMATTER = Formatter()


@dataclass(frozen=True)
class Message:
    """A text whose language is chosen when it is shown. `lazy`, `lazy_in` and `lazy_plural` make it."""

    english: str  # with {named} placeholders
    values: dict[str, object] = field(default_factory=dict)
    many: str | None = None  # the English plural
    context: str | None = None  # distinguishes equal English messages

    def __str__(self) -> str:
        return self.in_language(current_language())

    def in_language(self, language: str) -> str:
        """The text in a language; English if there is no translation."""
        text = self.english if self.many is None or self.values["count"] == 1 else self.many
        if language != DEFAULT:
            text = translations(language).get((self.context, self.english), text)
        return fill(text, self.values, language)


def fill(text: str, values: dict[str, object], language: str) -> str:
    """A text with its placeholders filled in. Without values the text is unchanged, so that it may contain braces."""
    if not values:
        return text
    parts: list[str] = []
    shown = ""  # the value before the next literal
    for literal, name, spec, conversion in _FORMATTER.parse(text):
        parts.append(choose_particle(literal, shown) if shown and language == "ko" else literal)
        if name is None:
            continue
        value = _FORMATTER.convert_field(values[name], conversion) if conversion else values[name]
        shown = _value_text(value, spec or "", language)
        parts.append(shown)
    return "".join(parts)


def _value_text(given: object, spec: str, language: str) -> str:
    """The text of a value. Numbers and lists follow the language; everything else is formatted by Python."""
    if isinstance(given, Message):
        return format(given.in_language(language), spec)
    if isinstance(given, Integral) and not isinstance(given, bool):
        return numbers.number(int(given), spec, language)
    if isinstance(given, Real) and not isinstance(given, bool):
        return numbers.number(float(given), spec, language)
    if isinstance(given, (list, tuple)):
        return numbers.listing([_value_text(item, "", language) for item in given], spec, language)
    return format(given, spec)


def lazy(english: LiteralString, /, **values: object) -> Message:
    """A message to be shown later."""
    return Message(english, values)


def lazy_in(context: LiteralString, english: LiteralString, /, **values: object) -> Message:
    """A message to be shown later, with a context because its English alone is ambiguous."""
    return Message(english, values, context=context)


def lazy_plural(one: LiteralString, many: LiteralString, count: int, /, **values: object) -> Message:
    """A message to be shown later, with singular and plural. The count is the value {count}."""
    return Message(one, {"count": count, **values}, many)


def tr(english: LiteralString | Message, /, **values: object) -> str:
    """A message in the current language."""
    return str(english if isinstance(english, Message) else Message(english, values))


def tr_in(context: LiteralString, english: LiteralString, /, **values: object) -> str:
    """A message in the current language, with a context because its English alone is ambiguous."""
    return str(lazy_in(context, english, **values))


def tr_plural(one: LiteralString, many: LiteralString, count: int, /, **values: object) -> str:
    """A message in the current language, with singular and plural. The count is the value {count}."""
    return str(lazy_plural(one, many, count, **values))

"""Everything that can go wrong in a way its user can mend.

Core code raises these and never prints them. A message is one line that says what is wrong and what to do about it;
the command line prints it and exits 2, a page shows it in the reader's language where the input came in.
"""

from __future__ import annotations

from typing import LiteralString

from sentiment_core.messages import Message


class SentimentError(Exception):
    """Base of every error that the user, not the programmer, can mend.

    It takes an English literal with {named} placeholders and their values, or a message. `str` of it is English, for
    logs and the command line.
    """

    def __init__(self, english: LiteralString | Message, /, **values: object) -> None:
        self.words = english if isinstance(english, Message) else Message(english, values)
        super().__init__(self.words.in_language("en"))

    def message(self) -> str:
        """What to tell the reader, in the current language. A cache keeps `words`, which has no language yet."""
        return str(self.words)


class DataError(SentimentError):
    """A data set cannot be read as labelled reviews: name its columns, its two labels, or another source."""


class TextError(SentimentError):
    """A text cannot be read: type at least one word, and at most a million characters."""


class WordError(SentimentError):
    """Words typed for an axis or an analogy cannot be used: the message names them and what to change."""


class TokenizerError(SentimentError):
    """A tokenizer cannot be trained or loaded: choose a known kind, or rebuild the file."""


class PresetError(SentimentError):
    """No preset, or no such value in a recipe: `python -m sentiment_core presets` lists them."""


class RunError(SentimentError):
    """A run folder is missing, damaged, or already there: name another folder, or train it again."""


class ClassifierError(SentimentError):
    """A classifier cannot be loaded or cannot do what was asked: the message names another that can."""


class LockedError(RunError):
    """Another process is writing there: wait for it to end, or stop it."""


class SettingError(SentimentError):
    """A number lies outside what can be computed with: the message names the range."""


class ModelError(SentimentError):
    """A model of the Hub cannot be had or read: name a model with safetensors weights, or its folder."""


class EmbeddingError(ModelError):
    """An embedding of another model cannot be read: name a model with safetensors weights, or its folder."""


class DeviceError(SentimentError):
    """A device is not there, or its memory does not suffice: the message names those that can be used."""


class NewerClassifierError(ClassifierError):
    """A later version of the program wrote a linear classifier: install that version, which the message names."""


class NewerDataError(DataError):
    """A later version of the program wrote a corpus: install that version, which the message names."""


class NewerRunError(RunError):
    """A later version of the program wrote a file of a run: install that version, which the message names."""

"""Errors that a user can fix.

Core code raises them and never prints them. A message is one line that says what is wrong and what to do. The command
line prints it and exits with status 2; a page shows it in the reader's language, beside the input that caused it.
"""

from __future__ import annotations

from typing import LiteralString

from sentiment_core.messages import Message


class SentimentError(Exception):
    """Base of every error that the user can fix.

    Takes an English literal with {named} placeholders and their values, or a message. Its `str` is English, for logs
    and the command line.
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
    """Words typed for an axis or an analogy cannot be used. The message names them and says what to change."""


class TokenizerError(SentimentError):
    """A tokenizer cannot be trained or loaded: choose a known kind, or rebuild the file."""


class PresetError(SentimentError):
    """There is no such preset, or no such value in a recipe: `python -m sentiment_core presets` lists the presets."""


class RunError(SentimentError):
    """A run folder is missing, damaged, or already there: name another folder, or train it again."""


class ClassifierError(SentimentError):
    """A classifier cannot be loaded, or cannot do what was asked. The message names another that can."""


class UnknownLabelsError(ClassifierError):
    """The names of a classifier's labels do not say which are negative and positive. Say it for each of `labels`."""

    labels: tuple[str, ...] = ()  # every label of the classifier


class JobError(SentimentError):
    """A job cannot be started: wait for another to end, or name a folder that can be written."""


class BulkError(SentimentError):
    """Files cannot be scored as they are, or a folder holds another job. The message says what to change."""


class ClusterError(SentimentError):
    """Ray is not installed, or a cluster does not answer or lacks something: the message says what to do."""


class SweepError(SentimentError):
    """A sweep cannot be planned, read or run. The message says what to change."""


class ClassError(SentimentError):
    """A class cannot be opened or led on. The message says what prevents it."""


class RateError(SentimentError):
    """A visitor asks for too much at a time: wait for as long as the message says."""


class LockedError(RunError):
    """Another process is writing there: wait for it to end, or stop it."""


class SettingError(SentimentError):
    """A number is out of range. The message names the range."""


class ModelError(SentimentError):
    """A Hub model cannot be loaded: name a model with safetensors weights, or its folder."""


class EmbeddingError(ModelError):
    """The embedding of another model cannot be loaded: name a model with safetensors weights, or its folder."""


class DeviceError(SentimentError):
    """A device does not exist, or has too little memory. The message names the devices that can be used."""


class NewerClassifierError(ClassifierError):
    """A later version of the program wrote a linear classifier. The message names the version to install."""


class NewerDataError(DataError):
    """A later version of the program wrote a corpus. The message names the version to install."""


class NewerRunError(RunError):
    """A later version of the program wrote a file of a run. The message names the version to install."""

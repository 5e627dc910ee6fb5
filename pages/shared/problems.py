"""What goes wrong, as a page tells it: without paths to what visitors made here.

The folder of an upload, of a job, or of the corpus of an upload is named by a secret id, and a message may name a file
in it.
"""

from __future__ import annotations

import re
from pathlib import Path

from pages.shared.folders import live_runs
from pages.shared.uploads import Upload
from sentiment_core.errors import SentimentError
from sentiment_core.jobs.layout import JOBS, TRAINED, UPLOADS
from sentiment_core.messages import Message


def told(problem: SentimentError | Message, upload: Upload | None = None) -> str:
    """A problem in the reader's language.

    upload: the visitor's own file that it is about. It is called as the visitor called it.
    """
    words = problem.words if isinstance(problem, SentimentError) else problem
    return str(_shown(words, upload))


def _shown(value: object, upload: Upload | None) -> object:
    """A value of a message, or a message, as it may be shown."""
    if isinstance(value, Message):
        values = {name: _shown(part, upload) for name, part in value.values.items()}
        return Message(value.english, values, value.many, value.context)
    if isinstance(value, (list, tuple)):
        return [_shown(part, upload) for part in value]
    if not isinstance(value, (str, Path)):
        return value
    text = _without_folder(str(value))
    if upload is not None and re.fullmatch(rf"{re.escape(upload.file)}(/.*)?", text):  # it, or a file in an archive
        return upload.name + text.removeprefix(upload.file)
    return text


def _without_folder(text: str) -> str:
    """A text in which paths to what visitors made here begin behind the folder with the secret name."""
    root = live_runs()
    for place in {str(root), str(root.resolve())}:
        inside = rf"{re.escape(place)}[/\\](?:{JOBS}|{TRAINED}|{UPLOADS})[/\\][\w-]+"
        text = re.sub(rf"{inside}[/\\]", "", text)
        text = re.sub(inside, "…", text)
    return text

"""The reader's own files: taken from the browser, kept on the disk of this machine, found again, and deleted.

Streamlit holds an uploaded file in memory as long as its session. Here it is written to the disk at once and dropped.
"""

from __future__ import annotations

import time
from collections.abc import Mapping
from datetime import datetime
from pathlib import Path
from typing import Any

from streamlit.runtime.memory_uploaded_file_manager import MemoryUploadedFileManager
from streamlit.runtime.scriptrunner import get_script_run_ctx
from streamlit.runtime.uploaded_file_manager import UploadedFile

from pages.shared import visitors
from pages.shared.language import time_zone
from pages.shared.resources import live_runs
from pages.shared.visitors import visitor
from sentiment_core.jobs import uploads as store
from sentiment_core.jobs.limits import Limits, read_limits
from sentiment_core.jobs.uploads import MB
from sentiment_core.jobs.uploads import Upload as Upload
from sentiment_core.jobs.uploads import gone as gone
from sentiment_core.messages import Message, lazy, tr
from sentiment_core.messages.numbers import moment, number


def limits() -> Limits:
    """The limits of this server. Raises SettingError for a value of its environment that cannot be used."""
    return read_limits()


def may_upload() -> bool:
    """Whether this visitor may bring own data."""
    return visitors.may_upload(visitor())


def off() -> Message:
    """What to tell a visitor who may not."""
    return lazy(
        "Own data is off for visitors of this server. Its owner turns it on with SENTIMENT_UPLOADS=on when the server "
        "starts. On your own machine it is on."
    )


def take(file: UploadedFile) -> Upload:
    """Keep a file that the browser sent, for this visitor, and drop it from the memory of the server.

    Raises DataError if it is empty or too large, JobError if it cannot be kept.
    """
    try:
        return keep(file.name, file.getbuffer())
    finally:
        context = get_script_run_ctx()
        if context is not None and isinstance(context.uploaded_file_mgr, MemoryUploadedFileManager):
            context.uploaded_file_mgr.remove_file(context.session_id, file.file_id)


def keep(name: str, content: bytes | memoryview) -> Upload:
    """Keep a file for this visitor. Raises as `take`."""
    found = limits()
    most, hours = found.upload_megabytes * MB, found.upload_hours
    return store.add_upload(live_runs(), visitor().id, name, content, most, hours)


def find(number: str) -> Upload | None:
    """The upload with this id if it is this visitor's, and its time is not over."""
    return store.find_upload(live_runs(), number, visitor().id)


def of_source(source: str) -> Upload | None:
    """The upload of this visitor that a source of reviews is; None if it is none, or not there any more."""
    return find(Path(source).parent.name) if store.is_upload(source) else None


def mine() -> list[Upload]:
    """This visitor's uploads, the newest first."""
    return store.list_uploads(live_runs(), visitor().id)


def remember(upload: Upload, choices: Mapping[str, Any]) -> Upload:
    """Keep how to read an upload. Raises JobError if it is gone, or cannot be written."""
    return upload if dict(choices) == dict(upload.choices) else store.keep_choices(upload, choices)


def delete(upload: Upload) -> None:
    """Delete an upload of this visitor at once."""
    if visitor().owns(upload.visitor):
        store.delete_upload(upload)


def expire() -> None:
    """Delete the uploads whose time is over. The supervisor of jobs does so too, while jobs live."""
    store.remove_expired(live_runs(), time.time())


def kept_until(upload: Upload) -> str:
    """What becomes of an upload, in a sentence, with the time of the reader's clock."""
    return tr(
        "{size} MB. Stays on the machine that serves this page, is yours alone, and is deleted on {moment}.",
        size=number(max(upload.size / MB, 0.1), ".1f"),
        moment=moment(datetime.fromtimestamp(upload.until, time_zone())),
    )

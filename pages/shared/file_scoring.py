"""A visitor's file scored with a model: who can score it, the job that does, and the files that came of it.

A small file is scored in the page, a large one in a job. Results lie beside the upload and are deleted with it.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path

import streamlit as st

from pages.shared import own_data, resources, uploads
from pages.shared.folders import live_runs
from pages.shared.security_rates import count_action
from pages.shared.uploads import Upload
from pages.shared.visitors import visitor
from sentiment_core.classifiers.score_table import score_table
from sentiment_core.environment import variables
from sentiment_core.errors import JobError
from sentiment_core.jobs import control, queue
from sentiment_core.jobs.records import Job, State
from sentiment_core.jobs.requests import FileRequest
from sentiment_core.jobs.uploads import check_there
from sentiment_core.text.table import Form

KINDS = (".csv", ".xlsx", ".parquet")  # of the scored file
SMALL = 1_000  # rows that are scored in the page
LOOK_EVERY = 1.0  # seconds between two looks at a job
_BEGINS = "scored-"


def scorers() -> dict[str, Path]:
    """The folder of each classifier that this visitor sees, by the name of its corpus and its own."""
    found: dict[str, Path] = {}
    for corpus in resources.corpora()[0]:
        runs = {run.name: run.path for run in resources.runs(corpus)[0]} | resources.linear(corpus)
        found |= {f"{corpus.name}/{name}": folder for name, folder in runs.items()}
    return found


def form_of(upload: Upload) -> Form:
    """How the rows of an upload are read, with the reader's choices. Raises DataError if it cannot be shown."""
    return own_data.look(upload.path, own_data.choices_of(upload)).form


def result_path(upload: Upload, name: str, kind: str) -> Path:
    """Where the file scored by a classifier, named as in `scorers`, is kept."""
    plain = re.sub(r"[^\w.-]+", "-", name)[:80]
    return upload.folder / f"{_BEGINS}{plain}{kind}"


def score_here(upload: Upload, name: str, kind: str, progress: Callable[[int], None]) -> None:
    """Score a small file in this process. progress: called with the rows done.

    Raises DataError if the file is gone or cannot be read or written; RunError or ClassifierError for the classifier.
    """
    check_there(str(upload.path))
    classifier = resources.classifier(scorers()[name])
    out = result_path(upload, name, kind)
    score_table(upload.path, form_of(upload), classifier, out, own_data.bounds(), overwrite=True, progress=progress)


def start(upload: Upload, name: str, kind: str, rows: int) -> None:
    """Queue the job that scores a file. Raises JobError if it cannot be started, DataError as `form_of`."""
    if not uploads.may_upload():
        raise JobError(uploads.off())
    request = FileRequest(
        model=str(scorers()[name].resolve()),
        source=str(upload.path.resolve()),
        form=form_of(upload),
        out=str(result_path(upload, name, kind).resolve()),
        rows=rows,
        device=variables.DEVICE.value(),
        visitor=visitor().id,
    )
    count_action()
    queue.start(request, live_runs())
    _jobs.clear()


def jobs_of(upload: Upload) -> list[Job]:
    """The jobs that score a file, or did, the latest first. Those that are done are told by their results."""
    source = str(upload.path.resolve())
    found = [job for job in _jobs(live_runs()) if isinstance(job.request, FileRequest) and job.request.source == source]
    return sorted((job for job in found if job.state != State.DONE), key=lambda job: -job.sequence)


def stop(job: Job) -> None:
    """End a job at once; nothing of it is kept."""
    control.cancel(job.folder)
    _jobs.clear()


def results(upload: Upload) -> dict[Path, int]:
    """The scored files of an upload with their bytes, the latest first. One that is deleted meanwhile is left out."""
    found = {}
    for path in upload.folder.glob(f"{_BEGINS}*"):
        with suppress(OSError):
            if path.suffix in KINDS:
                found[path] = path.stat()
    return {path: found[path].st_size for path in sorted(found, key=lambda path: -found[path].st_mtime)}


def download_name(upload: Upload, result: Path) -> str:
    """What a scored file is called when it is saved."""
    return f"{Path(upload.name).stem}-{result.name.removeprefix(_BEGINS)}"


@st.cache_resource(max_entries=2, ttl=0.8 * LOOK_EVERY, show_spinner=False)
def _jobs(root: Path) -> list[Job]:
    return queue.list_jobs(root)

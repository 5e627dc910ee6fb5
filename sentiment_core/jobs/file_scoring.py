"""The job that scores a visitor's file: the same rows in the same order, with a classifier's figures in new columns.

The figures of each stretch of rows are kept in the job's folder. A job that was killed goes on from there if the
classifier and the file are the same, so its result is equal to that of a job that was never killed.
"""

from __future__ import annotations

import json
from contextlib import suppress
from pathlib import Path
from typing import Any, TextIO

from sentiment_core.classifiers.loading import load_classifier
from sentiment_core.classifiers.score_table import Stretch, score_table
from sentiment_core.errors import DataError
from sentiment_core.jobs.desk import Desk
from sentiment_core.jobs.kept import installed
from sentiment_core.jobs.limits import read_limits
from sentiment_core.jobs.records import Stage
from sentiment_core.jobs.requests import FileRequest, pack_request
from sentiment_core.jobs.uploads import check_there
from sentiment_core.storage.processes import half_the_cores
from sentiment_core.text.bounds import upload_bounds

PARTIAL = "partial.jsonl"  # the figures so far


def work(desk: Desk) -> None:
    """Write the file of a job with new columns.

    Raises DataError if the file is gone, is no table, or the result cannot be written; RunError or ClassifierError if
    the classifier cannot be loaded; what `Desk.check` raises. Nothing half-written is left.
    """
    request = desk.request
    assert isinstance(request, FileRequest)
    check_there(request.source)
    desk.stage(Stage.LOADING)
    classifier = load_classifier(request.model, request.device, half_the_cores())
    desk.stage(Stage.SCORING, total=request.rows)

    def progress(rows: int) -> None:
        desk.advance(rows)
        desk.saved(rows)
        desk.check()

    limits = read_limits()
    bounds = upload_bounds(limits.upload_megabytes, limits.upload_rows)
    figures = _Figures(desk.folder / PARTIAL, _describe(request))
    try:
        score_table(
            *(Path(request.source), request.form, classifier, Path(request.out)),
            bounds=bounds,
            overwrite=True,
            progress=progress,
            before=figures.before,
            keep=figures.keep,
        )
    except DataError:
        figures.forget()
        check_there(request.source)  # if it was deleted meanwhile, that is what to tell
        raise
    finally:
        figures.close()
    figures.forget()


class _Figures:
    """The figures so far, as JSON lines: what decides them, then one line for each stretch of rows.

    A full disk does not end the work: then nothing more is kept.
    """

    def __init__(self, path: Path, about: dict[str, Any]) -> None:
        self._path = path
        self.before = _read(path, about)
        self._file: TextIO | None = None
        with suppress(OSError):
            self._file = path.open("w", encoding="utf-8")
            for entry in (about, *self.before):
                self._file.write(json.dumps(entry) + "\n")

    def keep(self, stretch: Stretch) -> None:
        """Add the figures of a stretch of rows."""
        if self._file is None:
            return
        try:
            self._file.write(json.dumps(stretch) + "\n")
            self._file.flush()
        except OSError:
            self.close()

    def close(self) -> None:
        """Keep no more."""
        with suppress(OSError):
            if self._file is not None:
                self._file.close()
        self._file = None

    def forget(self) -> None:
        """Delete what was kept."""
        self.close()
        with suppress(OSError):
            self._path.unlink(missing_ok=True)


def _read(path: Path, about: dict[str, Any]) -> list[Stretch]:
    """The whole lines that a killed job has kept; none if they are of something else."""
    found: list[Stretch] = []
    try:
        lines = path.read_text(encoding="utf-8").splitlines()
        if not lines or json.loads(lines[0]) != about:
            return []
        for line in lines[1:]:
            stretch = json.loads(line)
            if not isinstance(stretch, list) or not all(isinstance(row, list) for row in stretch):
                break
            found.append(stretch)
    except (OSError, ValueError):  # the last line was cut off by the kill
        pass
    return found


def _describe(request: FileRequest) -> dict[str, Any]:
    """What decides the figures."""
    source, model = Path(request.source), Path(request.model)
    files = sorted(path for path in (model.iterdir() if model.is_dir() else ()) if path.is_file())
    changed = {path.name: [path.stat().st_mtime_ns, path.stat().st_size] for path in (source, *files) if path.exists()}
    packed: dict[str, Any] = json.loads(json.dumps(pack_request(request)))
    return {"request": packed, "changed": changed, "machine": installed()}

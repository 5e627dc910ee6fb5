"""The job that scores a visitor's file: the same rows in the same order, with a classifier's figures in new columns."""

from __future__ import annotations

import os
from pathlib import Path

from sentiment_core.classifiers.loading import load_classifier
from sentiment_core.classifiers.score_table import score_table
from sentiment_core.errors import DataError
from sentiment_core.jobs.desk import Desk
from sentiment_core.jobs.limits import read_limits
from sentiment_core.jobs.records import Stage
from sentiment_core.jobs.requests import FileRequest
from sentiment_core.jobs.uploads import check_there
from sentiment_core.text.bounds import upload_bounds


def work(desk: Desk) -> None:
    """Write the file of a job with new columns. A job that was killed starts again from the first row.

    Raises DataError if the file is gone, is no table, or the result cannot be written; RunError or ClassifierError if
    the classifier cannot be loaded; what `Desk.check` raises. Nothing half-written is left.
    """
    request = desk.request
    assert isinstance(request, FileRequest)
    check_there(request.source)
    desk.stage(Stage.LOADING)
    classifier = load_classifier(request.model, request.device, max(1, (os.cpu_count() or 1) // 2))
    desk.stage(Stage.SCORING, total=request.rows)

    def progress(rows: int) -> None:
        desk.advance(rows)
        desk.check()

    limits = read_limits()
    bounds = upload_bounds(limits.upload_megabytes, limits.upload_rows)
    try:
        score_table(
            *(Path(request.source), request.form, classifier, Path(request.out)),
            bounds=bounds,
            overwrite=True,
            progress=progress,
        )
    except DataError:
        check_there(request.source)  # if it was deleted meanwhile, that is what to tell
        raise

"""Scores one block: reads its rows, judges them and writes its part. Every executor does it by this class."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq

from sentiment_core.bulk.job import BulkJob, Done, part_path
from sentiment_core.bulk.stretches import TYPES, BlockReader, Stretch
from sentiment_core.classifiers.protocol import Classifier
from sentiment_core.classifiers.rows import Figures, figures_of, new_columns
from sentiment_core.errors import DataError
from sentiment_core.messages import in_language
from sentiment_core.storage.files import atomic_path
from sentiment_core.text.parquet_grid import values_of
from sentiment_core.text.table_writing import open_writer


class BlockScorer:
    """Scores blocks of a job, one after another."""

    def __init__(self, out: Path, job: BulkJob, classifier: Classifier) -> None:
        self._out, self.job, self._classifier = out, job, classifier
        self._reader = BlockReader(job)
        taken = [*(column.name for column in job.columns), *([job.made_id] if job.made_id else [])]
        self._added = new_columns(taken, classifier)

    def score(self, number: int, progress: Callable[[int], None] = lambda rows: None) -> Done:
        """Write the part of a block, whole or not at all.

        progress: called with the rows done since the last call; it may raise to stop.
        Raises BulkError or DataError if its file cannot be read or the part cannot be written.
        """
        rows = scored = 0
        with _writer(part_path(self._out, self.job, number), self.job) as write, in_language("en"):
            for stretch in self._reader.stretches(number):
                figures = figures_of(stretch.texts, self._classifier)
                write(self._table(stretch, figures, number))
                rows += len(stretch)
                scored += sum(one[0] is not None for one in figures)
                progress(len(stretch))
        return Done(number, rows, scored)

    def _table(self, stretch: Stretch, figures: list[Figures], number: int) -> pa.Table:
        """The rows as they are written."""
        job = self.job
        columns = {column.name: array for column, array in zip(job.columns, stretch.columns, strict=True)}
        if job.made_id is not None:
            name = job.files[job.blocks[number].file].name
            ids = [f"{name}:{stretch.first + at}" for at in range(1, len(stretch) + 1)]
            columns = {job.made_id: pa.array(ids, TYPES["text"]), **columns}
        for name, kind, values in zip(self._added, self._added.values(), zip(*figures, strict=True), strict=True):
            columns[name] = pa.array(values, kind or TYPES["text"])
        return pa.table(columns)


@contextmanager
def _writer(path: Path, job: BulkJob) -> Iterator[Callable[[pa.Table], Any]]:
    """A function that adds rows to a part. The part appears when the block ends, or not at all."""
    if job.settings.format == "parquet":
        with _parquet_writer(path) as write:
            yield write
        return
    names: list[str] = [*([job.made_id] if job.made_id else []), *(column.name for column in job.columns), *job.added]
    with open_writer(path, names, [None] * len(names)) as writer:

        def write_rows(table: pa.Table) -> None:
            for row in zip(*(_values(column) for column in table.columns), strict=True):
                writer.write(row)

        yield write_rows


def _values(column: pa.ChunkedArray) -> list[Any]:
    return [value for chunk in column.chunks for value in values_of(chunk)]


@contextmanager
def _parquet_writer(path: Path) -> Iterator[Callable[[pa.Table], Any]]:
    writer: pq.ParquetWriter | None = None
    try:
        with atomic_path(path) as target:

            def write(table: pa.Table) -> None:
                nonlocal writer
                if writer is None:
                    writer = pq.ParquetWriter(target, table.schema, compression="zstd")
                writer.write_table(table)

            try:
                yield write
            finally:
                if writer is not None:
                    writer.close()
    except (OSError, pa.ArrowException) as error:
        reason = getattr(error, "strerror", None) or " ".join(str(error).split())[:120]
        raise DataError("Cannot write {path}: {reason}. Name another place.", path=path.name, reason=reason) from error

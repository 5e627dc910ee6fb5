"""Scores files for the command `score`: the progress bar, and what a stop and the end say."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import typer
from rich.progress import BarColumn, MofNCompleteColumn, Progress, ProgressColumn, Task, TextColumn, TimeRemainingColumn
from rich.text import Text

from sentiment_core.bulk import running
from sentiment_core.bulk.executors import Executor, here
from sentiment_core.bulk.job import BulkJob, Settings
from sentiment_core.bulk.plan import plan_job
from sentiment_core.bulk.processes import in_processes
from sentiment_core.classifiers.protocol import Classifier
from sentiment_core.cli.options import error_console, is_on_ray, load_judge
from sentiment_core.cli.signals import interrupted, stopped_by_signals


@dataclass(frozen=True)
class Workers:
    """What scores the blocks of a job."""

    executor: str  # local or ray
    address: str  # of the Ray cluster
    count: int  # processes; 0 for this one alone, or with Ray one a core

    def executor_for(self, classifier: Classifier) -> Executor:
        """Raises ClusterError for an executor that does not exist, or if Ray is not installed."""
        if is_on_ray(self.executor):
            from sentiment_core.cluster.scoring import on_ray

            return on_ray(self.address, self.count)
        return in_processes(self.count) if self.count else here(classifier)


def score_files(settings: Settings, patterns: Sequence[str], out: Path, workers: Workers, overwrite: bool) -> None:
    """Score files into a folder, or go on with it.

    Raises BulkError, DataError, ClusterError, LockedError or what `load_judge` raises.
    """
    with stopped_by_signals():
        try:
            with error_console.status("Looking through the files") as status:
                classifier = load_judge(Path(settings.model), settings.device, settings.sides)
                job = plan_job(
                    settings, patterns, out, classifier, lambda rows: status.update(f"Looking through: {rows:,} rows")
                )
            done = _run(out, job, workers.executor_for(classifier), overwrite)
        except KeyboardInterrupt as signal:
            raise interrupted(signal, f"The parts in {out} are whole. The same command goes on after them.") from None
    before = f" ({done.before:,} of them before)" if done.before else ""
    added = [*([job.made_id] if job.made_id else []), *job.added]
    typer.echo(
        f"{out}: {done.rows:,} rows{before} in {done.parts:,} parts, {done.scored:,} scored, "
        f"new columns {', '.join(added)}"
    )
    if done.scored < done.rows:
        typer.echo(f"{done.rows - done.scored:,} rows could not be read: see the column {job.added[-1]}", err=True)


class _Rate(ProgressColumn):
    """Rows a second of this command."""

    def render(self, task: Task) -> Text:
        """The rate of the last seconds."""
        speed = task.finished_speed or task.speed
        return Text(f"{speed:,.0f} rows/s" if speed else "")


def _run(out: Path, job: BulkJob, execute: Executor, overwrite: bool) -> running.Scored:
    """Run a job behind a progress bar on standard error."""
    columns = TextColumn("Scoring"), BarColumn(), MofNCompleteColumn(), _Rate(), TimeRemainingColumn()
    with Progress(*columns, console=error_console) as bar:
        task = None

        def show(progress: running.Progress) -> None:
            nonlocal task
            if task is None:
                task = bar.add_task("", total=progress.total, completed=progress.rows)
            bar.update(task, completed=progress.rows)

        return running.run_job(out, job, execute, overwrite, show)

"""The command `jobs`: what waits and works, and the controls that the pages have too."""

from __future__ import annotations

import json
import time
from collections.abc import Callable
from pathlib import Path
from typing import Annotated, Any

import typer
from rich.progress import BarColumn, Progress, TaskProgressColumn, TextColumn

from sentiment_core.cli.options import JsonOption, error_console
from sentiment_core.cli.signals import interrupted, stopped_by_signals
from sentiment_core.environment import variables
from sentiment_core.errors import JobError
from sentiment_core.jobs import control
from sentiment_core.jobs.events import follow
from sentiment_core.jobs.layout import id_of, job_folders
from sentiment_core.jobs.queue import list_jobs, read_job
from sentiment_core.jobs.records import Job, State

app = typer.Typer(no_args_is_help=True, help="Look at jobs that train or score, and control them.")

_LOOK_EVERY = 0.2  # seconds
RunsOption = Annotated[Path, typer.Option("--runs", envvar=variables.RUNS.name, help="The folder of live runs.")]
IdArgument = Annotated[str, typer.Argument(help="Id of a job, or its first characters.", show_default=False)]


@app.command("list")
def list_(
    all_: Annotated[bool, typer.Option("--all", help="Those that have ended, too.")] = False,
    runs: RunsOption = Path("runs"),
    as_json: JsonOption = False,
) -> None:
    """List the jobs that work, wait or pause, in the order in which they were queued."""
    jobs = [job for job in list_jobs(runs) if all_ or not job.state.ended]
    if as_json:
        typer.echo(json.dumps([describe(job) for job in jobs], indent=2, ensure_ascii=False))
        return
    if not jobs:
        typer.echo("No jobs." if all_ else "No job works, waits or pauses. --all lists those that have ended.")
        return
    rows = [("id", "state", "at", "left", "name")]
    rows += [
        (job.id, _state(job), _stage(job), _seconds(job.left), job.request.name + " *" * job.pinned) for job in jobs
    ]
    widths = [max(len(row[column]) for row in rows) for column in range(4)]
    for row in rows:
        typer.echo("  ".join([*(cell.ljust(width) for cell, width in zip(row, widths, strict=False)), row[-1]]))


@app.command()
def show(job_id: IdArgument, runs: RunsOption = Path("runs")) -> None:
    """Print all about one job as JSON."""
    job = read_job(_find(runs, job_id))
    typer.echo(json.dumps(describe(job) if job else {}, indent=2, ensure_ascii=False))


@app.command()
def watch(job_id: IdArgument, runs: RunsOption = Path("runs")) -> None:
    """Print the checkpoints of a job as they come, and its progress, until it ends."""
    folder = _find(runs, job_id)
    with stopped_by_signals():
        try:
            job = watch_job(folder)
        except KeyboardInterrupt as signal:
            raise interrupted(signal, f"The job goes on. End it with: jobs stop {id_of(folder)}.") from None
    if job.problem is not None and job.state != State.STOPPED:
        raise JobError(job.problem)
    typer.echo(f"{job.id} {job.request.name}: {job.state}{f'. {job.problem}' if job.problem else ''}")


def _add(name: str, ask: Callable[[Path], None]) -> None:
    """Add a command that asks something of a job. Its help is the first line of the function's docstring."""

    def command(job_id: IdArgument, runs: RunsOption = Path("runs")) -> None:
        folder = _find(runs, job_id)
        ask(folder)
        job = read_job(folder)
        typer.echo(f"{id_of(folder)}: {job.state if job else 'deleted'}")

    app.command(name, help=(ask.__doc__ or "").partition(" Raises")[0])(command)


def _unpin(folder: Path) -> None:
    """Keep a job no longer than others."""
    control.pin(folder, False)


_add("pause", control.pause)
_add("go-on", control.go_on)
_add("step", control.step)
_add("stop", control.stop)
_add("cancel", control.cancel)
_add("pin", control.pin)
_add("unpin", _unpin)


def watch_job(folder: Path) -> Job:
    """Show the progress of a job and print its checkpoints, until it ends. Raises JobError if it is deleted."""
    columns = TextColumn("{task.description}"), BarColumn(), TaskProgressColumn(), TextColumn("{task.fields[left]}")
    after = 0
    with Progress(*columns, console=error_console, transient=True) as bar:
        task = bar.add_task("starting", total=None, left="")
        while True:
            job = read_job(folder)
            events, after = follow(folder, after)
            for event in events:
                if line := _line(event):
                    bar.console.print(line, markup=False, highlight=False)
            if job is None:
                raise JobError("There is no job in {path} any more.", path=folder)
            if job.state.ended:
                return job
            left = "" if job.left is None else f"{_seconds(job.left)} left"
            at = str(job.stage) if job.state == State.RUNNING else _state(job)
            bar.update(task, description=at, completed=job.done, total=job.total or None, left=left)
            time.sleep(_LOOK_EVERY)


def describe(job: Job) -> dict[str, Any]:
    """A job as JSON values, without its visitor, texts and settings."""
    return {
        "id": job.id,
        "kind": job.request.kind,
        "name": job.request.name,
        "state": job.state,
        "stage": job.stage,
        "done": job.done,
        "total": job.total,
        "place": job.place,
        "wait": job.wait,
        "left": job.left,
        "problem": str(job.problem) if job.problem else None,
        "pinned": job.pinned,
        "folder": str(job.folder),
    }


def _find(root: Path, start: str) -> Path:
    """The folder of the one job whose id begins so. Raises JobError if there is none, or more than one."""
    found = [folder for folder in job_folders(root) if start and id_of(folder).startswith(start.lower())]
    if len(found) == 1:
        return found[0]
    if found:
        ids = sorted(map(id_of, found))
        raise JobError("Several jobs begin with {start}: {ids}. Give more of the id.", start=start, ids=ids)
    raise JobError("No job in {path} begins with {start!r}. `jobs list --all` lists them.", path=root, start=start)


def _line(event: dict[str, Any]) -> str:
    """What to print of an event; "" for nothing. A value that is missing or of another kind is passed over."""
    try:
        match event["kind"]:
            case "checkpoint":
                return (
                    f"network {event.get('run', 0) + 1}  epoch {event['epoch']:6.3f}  "
                    f"valid loss {event['valid_loss']:.4f}  valid accuracy {event['valid_accuracy']:.2%}"
                )
            case "test":
                return f"network {event.get('run', 0) + 1}  test accuracy {event['accuracy']:.2%}"
            case "resumed":
                return f"goes on after step {event['step']}"
    except (KeyError, TypeError, ValueError):
        pass
    return ""


def _state(job: Job) -> str:
    if job.state == State.WAITING and job.place:
        return f"waiting ({job.place}.{'' if job.wait is None else f', {_seconds(job.wait)}'})"
    return str(job.state)


def _stage(job: Job) -> str:
    if job.state == State.WAITING:
        return ""
    return f"{job.stage} {job.done:,}/{job.total:,}" if job.total else str(job.stage)


def _seconds(seconds: float | None) -> str:
    if seconds is None:
        return ""
    return f"{seconds:.0f} s" if seconds < 90 else f"{seconds / 60:.0f} min"

"""A seed lottery: many people train the same recipe, each with another seed. Needs no torch.

    lotteries/<code>/lottery.json               what is trained, and how many seeds there are
    lotteries/<code>/<recipe>-<seed>.json       a seed that was drawn: whose it is, and its job and run

A seed is drawn by making its file, which only one process can: the same seed is never drawn twice, even where the file
system has no locks. It is not drawn again if its job is cancelled. Who knows the code may look and draw.
"""

from __future__ import annotations

import json
import os
import re
import shutil
import time
from collections.abc import Sequence
from dataclasses import asdict, dataclass, replace
from functools import lru_cache
from pathlib import Path

from sentiment_core.errors import JobError, RunError, SentimentError
from sentiment_core.jobs import layout, queue
from sentiment_core.jobs.folders import read_folder
from sentiment_core.jobs.layout import CODE, LOTTERIES
from sentiment_core.jobs.limits import Limits
from sentiment_core.jobs.records import State
from sentiment_core.jobs.requests import TrainingRequest, pack_request, unpack_request
from sentiment_core.jobs.trained import free_name
from sentiment_core.messages import lazy
from sentiment_core.runs.layout import HISTORY, RECIPE
from sentiment_core.runs.reading import Run, load_run
from sentiment_core.storage.files import write_json
from sentiment_core.storage.formats import FileFormat, Step, known_entries, unchanged
from sentiment_core.storage.locks import hold

MOST_SEEDS = 200  # of one lottery
_ABOUT = "lottery.json"
_TICKET = re.compile(r"(\d)-(\d+)\.json")
_ENDED_EARLY = (State.CANCELLED, State.FAILED, State.STOPPED)  # who drew such a seed may draw another
_FORMAT = FileFormat((Step("0.5.0", unchanged),), JobError)  # of lottery.json and the files beside it


@dataclass(frozen=True)
class Lottery:
    """What a class trains together."""

    folder: Path
    template: TrainingRequest  # its networks are the one or two recipes; the rest holds for each job
    most: int  # seeds that may be drawn, of all recipes
    opened: float  # seconds since 1970

    @property
    def code(self) -> str:
        """Who knows it may look and draw."""
        return self.folder.name

    @property
    def recipes(self) -> list[str]:
        """What each recipe is called."""
        return [network.name for network in self.template.networks]


@dataclass(frozen=True)
class Ticket:
    """A seed that was drawn."""

    recipe: int  # its place among the lottery's recipes
    seed: int
    visitor: str  # who drew it; "" on the command line
    run: str  # name of the run
    job: str = ""  # id of its job, which is secret: only its visitor may learn it


@dataclass(frozen=True)
class Drawn:
    """A ticket, and how far its training has come."""

    ticket: Ticket
    state: State  # of its job; done if the job is gone and the run is complete
    valid_accuracy: float | None = None  # of the weights kept so far; None before the first checkpoint
    test_accuracy: float | None = None  # None until the run is complete
    epoch: float = 0.0  # epochs trained so far

    @property
    def complete(self) -> bool:
        """Whether it was trained to the end, so that its accuracies can be compared with others."""
        return self.state == State.DONE


def open_lottery(root: Path, template: TrainingRequest, most: int) -> Lottery:
    """Open a lottery. root: the folder of live runs. template: its networks are named after the recipes.

    Raises JobError if there are too few or too many seeds, or the folder cannot be written.
    """
    if not 2 <= most <= MOST_SEEDS:
        raise JobError("A lottery has from 2 to {most} seeds. Choose a number between them.", most=MOST_SEEDS)
    folder = root / LOTTERIES / layout.short_code(6)
    opened = time.time()
    try:
        folder.mkdir(parents=True)
        content = {"request": pack_request(replace(template, group=folder.name)), "most": most, "opened": opened}
        write_json(folder / _ABOUT, _FORMAT.stamp(content))
    except OSError as error:
        raise JobError(
            "Cannot open a lottery in {path}: {reason}. Set SENTIMENT_RUNS to a folder with space that may be written.",
            path=root,
            reason=error.strerror or error,
        ) from error
    return Lottery(folder, replace(template, group=folder.name), most, opened)


def find_lottery(root: Path, code: str) -> Lottery | None:
    """The lottery with this code; None if there is none, or nobody can read it."""
    if not CODE.fullmatch(code):
        return None
    path = root / LOTTERIES / code / _ABOUT
    try:
        return _read_lottery(path, path.stat().st_mtime_ns)
    except (OSError, ValueError, TypeError, KeyError, AttributeError, SentimentError):
        return None


def list_lotteries(root: Path) -> list[Lottery]:
    """All lotteries below the folder of live runs, the newest first."""
    try:
        codes = [path.name for path in (root / LOTTERIES).iterdir()]
    except OSError:
        return []
    found = filter(None, (find_lottery(root, code) for code in codes))
    return sorted(found, key=lambda lottery: -lottery.opened)


def draw(lottery: Lottery, visitor: str, again: bool = False, limits: Limits | None = None) -> Ticket:
    """Draw the next free seed for a visitor and queue its job. With two recipes, of the one with fewer seeds.

    A visitor whose job lives or is done gets the same seed again, so that a second click starts nothing.
    again: whether the visitor may draw several.
    Raises JobError if all seeds are drawn, too many jobs live, or the lottery was removed; SettingError for a limit in
    the environment that cannot be used. The seed is then free again.
    """
    try:
        return _draw(lottery, visitor, again, limits)
    except OSError as error:
        _check_there(lottery)
        raise JobError("Cannot draw a seed: {reason}.", reason=error.strerror or error) from error


def _check_there(lottery: Lottery) -> None:
    if not (lottery.folder / _ABOUT).exists():
        raise JobError("This lottery is not there any more. Open a new one.")


def _draw(lottery: Lottery, visitor: str, again: bool, limits: Limits | None) -> Ticket:
    root = lottery.folder.parents[1]
    _check_there(lottery)  # taking the lock would make the folder again
    with hold(lottery.folder / ".drawing", lazy("Another seed is being drawn."), wait=10):
        drawn = [one for one in read_drawn(lottery) if one.state not in _ENDED_EARLY]
        mine = [one.ticket for one in drawn if visitor and one.ticket.visitor == visitor]
        if mine and not again:
            return mine[-1]
        if len(drawn) >= lottery.most:
            raise JobError("All {count} seeds of this lottery are drawn.", count=lottery.most)
        counts = [sum(one.ticket.recipe == place for one in drawn) for place in range(len(lottery.recipes))]
        place = counts.index(min(counts))
        network = lottery.template.networks[place]
        name = free_name(network.name, Path(lottery.template.folder))
        ticket = _take(lottery, Ticket(place, 0, visitor, name))
        recipe = network.recipe.change(seed=ticket.seed)
        request = replace(
            lottery.template, networks=(replace(network, name=name, recipe=recipe),), visitor=visitor, title=""
        )
        try:
            job = queue.start(request, root, limits)
        except SentimentError:
            _path(lottery, ticket).unlink(missing_ok=True)
            raise
        ticket = replace(ticket, job=layout.id_of(job))
        write_json(_path(lottery, ticket), _FORMAT.stamp(asdict(ticket)))
    return ticket


def _take(lottery: Lottery, ticket: Ticket) -> Ticket:
    """Take the first seed of a recipe that nobody has taken."""
    taken = {other.seed for other in read_tickets(lottery) if other.recipe == ticket.recipe}
    seed = 0
    while True:
        if seed not in taken:
            try:
                os.close(os.open(_path(lottery, replace(ticket, seed=seed)), os.O_CREAT | os.O_EXCL | os.O_WRONLY))
                return replace(ticket, seed=seed)
            except FileExistsError:  # taken since it was listed, by a process that the lock did not stop
                pass
            except OSError as error:
                raise JobError("Cannot draw a seed: {reason}.", reason=error.strerror or error) from error
        seed += 1


def read_tickets(lottery: Lottery) -> list[Ticket]:
    """The seeds that were drawn, by recipe and seed. One that is being drawn has no run yet."""
    named = {path: _TICKET.fullmatch(path.name) for path in lottery.folder.glob("*.json")}
    found = [_read_ticket(path, int(part[1]), int(part[2])) for path, part in named.items() if part]
    return sorted(found, key=lambda ticket: (ticket.recipe, ticket.seed))


def read_drawn(lottery: Lottery) -> list[Drawn]:
    """The seeds that were drawn and how far each has come, by recipe and seed. Those being drawn are left out."""
    return [_progress(lottery, ticket) for ticket in read_tickets(lottery) if ticket.job]


def delete_lottery(lottery: Lottery) -> None:
    """Delete a lottery. The runs that were trained for it stay those of their visitors. Raises JobError."""
    try:
        (lottery.folder / _ABOUT).unlink(missing_ok=True)  # first: from now on nobody finds it
        shutil.rmtree(lottery.folder, ignore_errors=True)
    except OSError as error:
        raise JobError("Cannot delete the lottery: {reason}. Try again.", reason=error.strerror or error) from error


def forget_visitor(lottery: Lottery, ticket: Ticket) -> None:
    """Keep of a drawn seed no longer whose it is. Raises JobError if it cannot be written."""
    try:
        if _path(lottery, ticket).exists():
            write_json(_path(lottery, ticket), _FORMAT.stamp(asdict(replace(ticket, visitor=""))))
    except OSError as error:
        raise JobError("Cannot change the lottery: {reason}. Try again.", reason=error.strerror or error) from error


def run_folder(lottery: Lottery, ticket: Ticket) -> Path:
    """The folder of the run of a ticket."""
    return Path(lottery.template.folder) / ticket.run


def _progress(lottery: Lottery, ticket: Ticket) -> Drawn:
    run = _run(run_folder(lottery, ticket))
    if run is not None and run.status == "complete":
        return Drawn(ticket, State.DONE, run.best.valid_accuracy, _test_accuracy(run), run.history[-1].epoch)
    job = read_folder(layout.training_folder(lottery.folder.parents[1], ticket.job))
    state = job.state if job is not None else State.CANCELLED  # it was deleted
    if run is None:
        return Drawn(ticket, state)
    # The job says that it is done a moment after its run is complete.
    state = State.RUNNING if state == State.DONE else state
    return Drawn(ticket, state, run.best.valid_accuracy, None, run.history[-1].epoch)


def _run(folder: Path) -> Run | None:
    """The run, None if it has no checkpoint yet or was deleted."""
    try:
        changed = tuple((folder / name).stat().st_mtime_ns for name in (RECIPE, HISTORY))
        return _load_run(folder, changed)
    except (OSError, RunError):
        return None


@lru_cache(maxsize=512)
def _load_run(folder: Path, changed: Sequence[int]) -> Run:
    return load_run(folder)


def _test_accuracy(run: Run) -> float | None:
    """The share of test reviews that a complete run gets right; None if its scores cannot be read."""
    return _complete_accuracy(run.path, run.history[-1].seconds)


@lru_cache(maxsize=512)
def _complete_accuracy(folder: Path, seconds: float) -> float | None:
    """seconds: of the training, which differ if it was repeated."""
    try:
        scores = load_run(folder).scores()
    except RunError:
        return None
    return None if scores is None else scores.accuracy


def _path(lottery: Lottery, ticket: Ticket) -> Path:
    return lottery.folder / f"{ticket.recipe}-{ticket.seed}.json"


def _read_ticket(path: Path, recipe: int, seed: int) -> Ticket:
    """A ticket. One that is being drawn, or damaged, has no run and no job, but its seed is taken."""
    try:
        content = known_entries(Ticket, _FORMAT.upgrade(json.loads(path.read_text(encoding="utf-8")), path))
        visitor, run, job = (str(content[key]) for key in ("visitor", "run", "job"))
        return Ticket(recipe, seed, visitor, run, job)
    except (OSError, ValueError, TypeError, KeyError, JobError):
        return Ticket(recipe, seed, "", "")


@lru_cache(maxsize=64)
def _read_lottery(path: Path, changed: int) -> Lottery:
    content = _FORMAT.upgrade(json.loads(path.read_text(encoding="utf-8")), path)
    template = unpack_request(TrainingRequest.kind, content["request"])
    assert isinstance(template, TrainingRequest)
    return Lottery(path.parent, template, int(content["most"]), float(content["opened"]))

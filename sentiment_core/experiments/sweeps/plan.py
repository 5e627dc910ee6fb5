"""What a sweep trains: its plan, and the file sweep.json that holds it. Needs no torch."""

from __future__ import annotations

import hashlib
import json
import time
from collections.abc import Sequence
from dataclasses import asdict, dataclass, replace
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal, get_args

from sentiment_core.errors import SentimentError, SweepError
from sentiment_core.experiments.sweeps.space import Axis, Setting, all_settings, change, draw_settings
from sentiment_core.model.config import Recipe, read_recipe
from sentiment_core.storage.files import write_json
from sentiment_core.storage.formats import FileFormat, Step, known_entries, unchanged
from sentiment_core.version import __version__

if TYPE_CHECKING:
    from sentiment_core.text.reviews import Reading, Reviews

ABOUT, RUNS, PROBLEMS, SWEEPS = "sweep.json", "runs", "problems", "sweeps"
# A first sweep, of a few minutes.
EXAMPLE = """python -m sentiment_core sweep bilstm --data toy \\
  --vary learning_rate=0.001,0.003,0.01 --vary hidden_size=8,32 \\
  --seeds 3 --epochs 3"""
LOCK = ".command"  # held by the command that runs the sweep
_FORMAT = FileFormat((Step("0.5.0", unchanged),), SweepError)
Kind = Literal["grid", "random", "asha"]
KINDS: tuple[Kind, ...] = get_args(Kind)


@dataclass(frozen=True)
class Search:
    """How settings are chosen, and how far each is trained."""

    kind: Kind = "grid"
    trials: int = 0  # settings that are drawn; 0 for a grid, which has all
    seed: int = 0  # that draws them
    # asha: every setting trains `first` epochs; of those that reached a rung, one in `reduction` goes on to the next
    first: int = 1
    reduction: int = 3


@dataclass(frozen=True)
class Trial:
    """One run of a sweep."""

    name: str  # of its run folder
    setting: int  # its place among the sweep's settings
    recipe: Recipe


@dataclass(frozen=True)
class Work:
    """How far a trial is to be trained next."""

    trial: Trial
    until: int  # epochs; 0 to the end with the evaluation on the test split


@dataclass(frozen=True)
class Sweep:
    """The plan of a sweep."""

    folder: Path
    base: Recipe  # with the first seed
    axes: tuple[Axis, ...]
    seeds: tuple[int, ...]
    search: Search
    settings: tuple[Setting, ...]  # that are tried, in this order
    source: str  # of the reviews, as the user named it
    fingerprint: str  # of the reviews
    code: str  # in the names of its runs, so that no other sweep has the same
    reading: Reading | None = None  # how to read the reviews again; None if that is not known
    test_all: bool = False  # whether every setting that is trained to the end reads the test split, not only the best
    version: str = __version__  # of the program that planned it
    created: float = 0.0  # seconds since 1970

    @property
    def name(self) -> str:
        """What pages call it."""
        return self.folder.name

    @property
    def runs(self) -> Path:
        """The corpus folder that its run folders lie in."""
        return self.folder / RUNS

    @cached_property
    def trials(self) -> tuple[Trial, ...]:
        """Every trial, by setting and seed."""
        width = len(str(len(self.settings)))
        return tuple(
            Trial(
                f"{self.base.preset}-{self.code}-{number + 1:0{width}}-s{seed}",
                number,
                change(self.base, setting).change(seed=seed),
            )
            for number, setting in enumerate(self.settings)
            for seed in self.seeds
        )

    def rungs(self, trial: Trial) -> tuple[int, ...]:
        """The epochs at which a trial may wait for the others; the last is its end. A grid has only the end."""
        end, rungs = trial.recipe.epochs, []
        if self.search.kind == "asha":
            rung = self.search.first
            while rung < end:
                rungs.append(rung)
                rung *= self.search.reduction
        return (*rungs, end)

    def place(self, trial: Trial) -> Path:
        """The run folder of a trial."""
        return self.runs / trial.name


def make_sweep(
    folder: Path,
    base: Recipe,
    axes: Sequence[Axis],
    seeds: int,
    search: Search,
    reviews: Reviews,
    test_all: bool = False,
) -> Sweep:
    """Plan a sweep. seeds: how many, from that of the recipe on.

    Raises SweepError for a search that cannot be made, PresetError for a value that cannot be trained with.
    """
    _check(base, axes, seeds, search)
    settings = all_settings(axes) if search.kind == "grid" else []
    if search.kind != "grid":
        count = search.trials or len(all_settings(axes))
        settings = draw_settings(axes, count, search.seed)
        search = replace(search, trials=count)
    for setting in settings:
        change(base, setting)
    source, fingerprint = reviews.source, reviews.fingerprint
    drawn = range(base.seed, base.seed + seeds)
    planned = repr((folder.name, base, axes, search, fingerprint)).encode()
    code = hashlib.blake2b(planned, digest_size=2).hexdigest()
    return Sweep(
        *(folder.resolve(), base, tuple(axes), tuple(drawn), search, tuple(settings), source, fingerprint, code),
        reading=reviews.reading,
        test_all=test_all,
        created=time.time(),
    )


def _check(base: Recipe, axes: Sequence[Axis], seeds: int, search: Search) -> None:
    names = [axis.name for axis in axes]
    if len(set(names)) < len(names):
        raise SweepError("A setting is varied twice. Give each one --vary.")
    if not 1 <= seeds <= 100:
        raise SweepError("--seeds must be from 1 to 100.")
    if search.kind not in KINDS:
        raise SweepError("No search {kind!r}. Choose one of {kinds}.", kind=search.kind, kinds=list(KINDS))
    if search.kind == "grid" and search.trials:
        raise SweepError("A grid tries all of its settings. Leave out --trials, or draw with --search random.")
    if search.kind != "asha":
        return
    if "epochs" in names:
        raise SweepError("asha compares settings after the same epochs. Do not vary epochs with it.")
    if search.reduction < 2 or search.first < 1:
        raise SweepError("asha needs a reduction of at least 2, and at least one epoch at its first rung.")
    if search.first >= base.epochs:
        raise SweepError(
            "asha's first rung, epoch {first}, must lie before the end, epoch {end}. Train more epochs with --epochs.",
            first=search.first,
            end=base.epochs,
        )


def write_sweep(sweep: Sweep) -> None:
    """Write sweep.json. Raises SweepError if the folder cannot be written."""
    content = asdict(sweep)
    del content["folder"]
    try:
        sweep.runs.mkdir(parents=True, exist_ok=True)
        write_json(sweep.folder / ABOUT, _FORMAT.stamp(content))
    except OSError as error:
        raise SweepError(
            "Cannot write to {path}: {reason}. Make room, or name another folder.",
            path=sweep.folder,
            reason=error.strerror or error,
        ) from error


def is_sweep(folder: Path) -> bool:
    """Whether a folder holds a sweep."""
    return (folder / ABOUT).exists()


def read_sweep(folder: Path) -> Sweep:
    """The sweep in a folder. Raises SweepError if there is none, or it is damaged or newer than this program."""
    path = folder / ABOUT
    if not path.exists():
        raise SweepError("{path} holds no sweep. Name a folder that `sweep` wrote.", path=folder)
    try:
        content = _FORMAT.upgrade(json.loads(path.read_text(encoding="utf-8")), path)
        return _unpack(folder.resolve(), content)
    except SweepError:
        raise
    except (OSError, ValueError, TypeError, KeyError, AttributeError, SentimentError) as error:
        raise SweepError("{path} is damaged. Plan the sweep again in another folder.", path=path) from error


def _unpack(folder: Path, content: dict[str, Any]) -> Sweep:
    from sentiment_core.text.reviews import unpack_reading  # with all that reads files, which a page need not load

    known = known_entries(Sweep, content) | {
        "folder": folder,
        "base": read_recipe(content["base"]),
        "axes": tuple(map(_unpack_axis, content["axes"])),
        "seeds": tuple(map(int, content["seeds"])),
        "search": Search(**known_entries(Search, content["search"])),
        "settings": tuple(dict(setting) for setting in content["settings"]),
        "reading": None if content.get("reading") is None else unpack_reading(content["reading"]),
        "code": str(content["code"]),
    }
    sweep = Sweep(**known)
    if sweep.search.kind not in KINDS or not sweep.trials or "/" in sweep.code + sweep.base.preset:
        raise ValueError("no trials, or an unknown search")
    return sweep


def _unpack_axis(content: dict[str, Any]) -> Axis:
    return Axis(**known_entries(Axis, content) | {"values": tuple(content["values"])})


def is_same(one: Sweep, other: Sweep) -> bool:
    """Whether two plans train the same: the second command then goes on with the sweep of the first."""

    def decides(sweep: Sweep) -> tuple[Any, ...]:
        return sweep.base, sweep.axes, sweep.seeds, sweep.search, sweep.settings, sweep.fingerprint

    return decides(one) == decides(other)


def list_sweeps(*roots: Path) -> list[Sweep]:
    """The sweeps below the folders `sweeps` of these folders, the newest first. What cannot be read is left out."""
    found = []
    for root in roots:
        for folder in _folders(root / SWEEPS):
            try:
                found.append(read_sweep(folder))
            except SweepError:
                continue
    return sorted(found, key=lambda sweep: -sweep.created)


def _folders(folder: Path) -> list[Path]:
    try:
        return sorted(path for path in folder.iterdir() if path.is_dir())
    except OSError:
        return []

"""What a job is asked to do: train one or two networks, or score a classifier. Written once, to job.json.

Needs no torch. The parts that training needs are imported when a request is read, because the supervisor and the server
read many.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any

from sentiment_core.storage.formats import known_entries

if TYPE_CHECKING:
    from sentiment_core.model.config import Recipe
    from sentiment_core.text.corpus import Corpus
    from sentiment_core.text.reviews import Reading
    from sentiment_core.text.table import Form

MOST_NETWORKS, MOST_PINS = 2, 3


@dataclass(frozen=True)
class JobLimits:
    """How far one job may go. 0 is no limit."""

    minutes: float = 0.0  # of work, without waiting and pauses
    reviews: int = 0  # in its training split
    tokens: int = 0  # read in training, by each network


@dataclass(frozen=True)
class Network:
    """One run of a training job."""

    name: str  # of its run folder, such as rnn-7f3a
    recipe: Recipe
    variation: Mapping[str, Any] = field(default_factory=dict)  # of its procedure: {} or a fault of the debug lab


@dataclass(frozen=True)
class TrainingRequest:
    """Train one or two networks on the same batches in the same order."""

    networks: tuple[Network, ...]
    reading: Reading  # how to read the reviews
    folder: str  # absolute path of trained/<place>, which gets the runs
    card: str = ""  # absolute path of the published corpus folder with the same reviews; "" if there is none
    pins: tuple[str, ...] = ()  # texts whose probability is followed
    title: str = ""  # what the visitor called it
    lesson: str = ""  # code of a lesson
    group: str = ""  # code of a seed lottery
    until: int = 0  # epochs after which the job ends without reading the test split, for a sweep; 0: to the end
    visitor: str = ""  # whose job it is; "" for the command line
    limits: JobLimits = JobLimits()
    expected: float | None = None  # seconds of work, from a measured step, if known

    kind = "training"

    @property
    def name(self) -> str:
        """What the job is called where it has no title."""
        return self.title or " + ".join(network.name for network in self.networks)

    @property
    def runs(self) -> tuple[Path, ...]:
        """The run folders that it writes."""
        return tuple(Path(self.folder) / network.name for network in self.networks)


@dataclass(frozen=True)
class ScoringRequest:
    """Score a classifier on the test and the valid split of a corpus."""

    model: str  # hub:owner/name, or the absolute path of a classifier
    corpus: str  # absolute path of the corpus folder
    fingerprint: str  # of its reviews
    # Label -> negative, neutral or positive, for labels whose names do not say it.
    sides: Mapping[str, str] = field(default_factory=dict)
    device: str = "auto"  # as in `choose_device`
    visitor: str = ""  # whose job it is; "" for the command line
    limits: JobLimits = JobLimits()
    expected: float | None = None  # seconds of work, if known

    kind = "scoring"

    @property
    def name(self) -> str:
        """What the classifier is called on pages."""
        return self.model if self.model.startswith("hub:") else Path(self.model).name


@dataclass(frozen=True)
class FileRequest:
    """Score the rows of a visitor's file, and write it with new columns."""

    model: str  # absolute path of a classifier
    source: str  # absolute path of the file
    form: Form  # how it is written
    out: str  # absolute path of the result, beside the file, so that it is deleted with it
    rows: int = 0  # of the file, if known
    device: str = "auto"  # as in `choose_device`
    visitor: str = ""  # whose job it is
    limits: JobLimits = JobLimits()
    expected: float | None = None  # seconds of work, if known

    kind = "file"

    @property
    def name(self) -> str:
        """What the classifier is called on pages."""
        return Path(self.model).name


Request = TrainingRequest | ScoringRequest | FileRequest


def scoring_request(corpus: Corpus, model: str, sides: Mapping[str, str], device: str) -> ScoringRequest:
    """The request to score a classifier on a corpus."""
    return ScoringRequest(model, str(corpus.path.resolve()), corpus.fingerprint, dict(sides), device)


def pack_request(request: Request) -> dict[str, Any]:
    """A request as an object of JSON values, without its kind."""
    return asdict(request)


def unpack_request(kind: str, content: dict[str, Any]) -> Request:
    """The request that `pack_request` packed. Unknown entries are ignored.

    Raises KeyError, TypeError, ValueError or PresetError if it is damaged or of an unknown kind.
    """
    if kind == ScoringRequest.kind:
        known = known_entries(ScoringRequest, content) | {"limits": _limits(content)}
        sides = {str(label): str(side) for label, side in known.get("sides", {}).items()}
        texts = {name: str(known[name]) for name in ("model", "corpus", "fingerprint")}
        return ScoringRequest(**known | texts | {"sides": sides})
    if kind == FileRequest.kind:
        from sentiment_core.text.table import Form

        known = known_entries(FileRequest, content) | {"limits": _limits(content)}
        texts = {name: str(known[name]) for name in ("model", "source", "out")}
        return FileRequest(**known | texts | {"form": Form(**known_entries(Form, content["form"]))})
    if kind != TrainingRequest.kind:
        raise ValueError(f"no kind of job is called {kind}")
    return _unpack_training(content)


def _unpack_training(content: dict[str, Any]) -> TrainingRequest:
    from sentiment_core.model.config import read_recipe
    from sentiment_core.text.reviews import unpack_reading

    networks = tuple(
        Network(str(entry["name"]), read_recipe(entry["recipe"]), dict(entry["variation"]))
        for entry in content["networks"]
    )
    if not 1 <= len(networks) <= MOST_NETWORKS:
        raise ValueError("one or two networks belong to a job")
    known = known_entries(TrainingRequest, content)
    pins = tuple(map(str, known.get("pins", ())))
    parts = {
        "networks": networks,
        "reading": unpack_reading(content["reading"]),
        "pins": pins,
        "limits": _limits(content),
    }
    return TrainingRequest(**known | parts)


def _limits(content: dict[str, Any]) -> JobLimits:
    return JobLimits(**known_entries(JobLimits, content.get("limits", {})))

"""Loads reviews from the Hub, a folder, an archive, a file, or the data included in the package.

The package includes the toy grammar and a part of a set of Korean film reviews (see korean/README.md).

Every source becomes `Reviews`: three splits of raw text with labels 0 (negative) and 1 (positive). If the source has no
valid split, it is drawn from train by seed. The test split is what the source calls test, and nothing here looks at its
contents. The report says what was left out and why.
"""

from __future__ import annotations

import hashlib
import os
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property
from pathlib import Path
from typing import Any

import numpy as np

from sentiment_core.errors import DataError
from sentiment_core.messages import lazy
from sentiment_core.storage.formats import known_entries
from sentiment_core.text.bounds import Bounds
from sentiment_core.text.copies import find_copies, originals
from sentiment_core.text.hub_data import read_hub
from sentiment_core.text.labelling import label_splits
from sentiment_core.text.labels import name_groups
from sentiment_core.text.report import Report
from sentiment_core.text.sources import ALL, UNLABELLED, Source, read_source
from sentiment_core.text.table import Form
from sentiment_core.text.tables import SUFFIXES
from sentiment_core.text.toy import toy_reviews

IMDB = "stanfordnlp/imdb"
LABEL_NAMES = ("negative", "positive")
TOY, KOREAN_PART = "toy", "korean"
_KOREAN_FOLDER = Path(__file__).with_name("korean")
_KOREAN_NOTE = lazy(
    "korean is a part of the Korean film reviews that the published runs were trained on. Name the folder of "
    "the whole set, such as ./korean, to train like them."
)


@dataclass(frozen=True)
class Split:
    """Raw reviews with their labels."""

    texts: list[str]  # [reviews]
    labels: np.ndarray  # [reviews] int64, 0 negative, 1 positive

    def __len__(self) -> int:
        return len(self.texts)

    @cached_property
    def fingerprint(self) -> str:
        """16 hex digits that depend on every text and label and their order."""
        digest = hashlib.blake2b(self.labels.astype("<i8").tobytes(), digest_size=8)
        for text in self.texts:
            digest.update(text.encode("utf-8", "surrogatepass") + b"\0")
        return digest.hexdigest()

    def take(self, rows: np.ndarray) -> Split:
        """The reviews at `rows` [n] int64, in that order."""
        return Split([self.texts[row] for row in rows], self.labels[rows])


@dataclass(frozen=True)
class Reading:
    """How reviews were read, so that the same ones can be read again on this machine."""

    source: str  # a name, a Hub id, or the absolute path of a file or folder
    form: Form = Form()  # noqa: RUF009, frozen
    label_names: Sequence[object] | None = None
    valid_fraction: float = 0.1
    seed: int = 0
    drop_copies: bool = False  # leave out texts that occur more than once, as `copies.originals` says


def unpack_reading(content: dict[str, Any]) -> Reading:
    """The reading that `dataclasses.asdict` made a JSON object of. Unknown entries are ignored.

    Raises KeyError, TypeError or ValueError if it is damaged.
    """
    known = known_entries(Reading, content)
    known["form"] = Form(**known_entries(Form, known["form"]))
    if known.get("label_names") is not None:
        names = known["label_names"]
        known["label_names"] = tuple(tuple(name) if isinstance(name, list) else name for name in names)
    return Reading(**known)


@dataclass(frozen=True)
class Reviews:
    """One data set in three splits."""

    source: str  # as the user named it, without any path above its last part
    train: Split
    valid: Split
    test: Split
    unlabelled: Sequence[str] = ()  # texts for pretraining, if requested
    report: Report = field(default_factory=Report)  # what was read and left out
    reading: Reading | None = None  # how to read them again, if known

    @property
    def splits(self) -> dict[str, Split]:
        return {"train": self.train, "valid": self.valid, "test": self.test}

    @cached_property
    def fingerprint(self) -> str:
        """16 hex digits over the three splits."""
        joined = "".join(split.fingerprint for split in self.splits.values())
        return hashlib.blake2b(joined.encode(), digest_size=8).hexdigest()


@dataclass(frozen=True)
class Labelled:
    """One data set in the splits of its source, before valid or test are drawn."""

    source: str  # as the user named it, without any path above its last part
    parts: dict[str, Split]  # those of train, valid, test that exist; or only `ALL` if the source names none
    unlabelled: Sequence[str]
    report: Report
    reading: Reading | None = None  # how to read them again, if known


def load_reviews(
    source: str = "imdb",
    *,
    text_column: str | None = None,
    label_column: str | None = None,
    label_names: Sequence[object] | None = None,
    valid_fraction: float = 0.1,
    seed: int = 0,
    unlabelled: bool = False,
    separator: str | None = None,
    encoding: str | None = None,
    header: bool | None = None,
    skip_bad_rows: bool = False,
    drop_copies: bool = False,
) -> Reviews:
    """Read labelled reviews and split them.

    source: "imdb" (the Hub's stanfordnlp/imdb), "toy", "korean" (a part of a larger set), a file (CSV, TSV, text, JSON,
        Parquet, Excel, compressed or not), a folder or archive of such files or of texts in folders pos and neg, or a
        Hub id.
    text_column, label_column: a name, a number from 1, or for the text several joined by +. None takes text and label,
        or the only well-known name in the table.
    label_names: the two label values, negative first, or a group for each, as "1+2" or ("1", "2"). Needed unless the
        labels are 0/1, neg/pos or negative/positive. Rows with any other value are left out.
    valid_fraction: share of train that becomes valid, stratified by label, if the source has no validation split.
    unlabelled: whether to read the source's unsupervised split too; IMDB has 50,000 such texts.
    separator, encoding, header: how a text file is written; None detects it.
    skip_bad_rows: whether rows that cannot be read are left out; otherwise one of them refuses the source.
    drop_copies: whether texts that occur more than once are left out. The source's test split stays whole.
    If the source has no test split, a fifth of its reviews becomes test, drawn by the same seed.

    Raises DataError, which says what to do, for anything that cannot be read as reviews of two classes.
    """
    form = Form(text_column, label_column, separator, encoding, header, skip_bad_rows)
    read = read_reviews(source, form, label_names, unlabelled, seed)
    return split_reviews(read, valid_fraction, seed, drop_copies)


def read_again(reading: Reading, unlabelled: bool = False) -> Reviews:
    """The reviews that were read in this way. Raises DataError as `load_reviews` does."""
    read = read_reviews(reading.source, reading.form, reading.label_names, unlabelled, reading.seed)
    return split_reviews(read, reading.valid_fraction, reading.seed, reading.drop_copies)


def read_reviews(
    source: str,
    form: Form = Form(),  # noqa: B008, frozen
    label_names: Sequence[object] | None = None,
    unlabelled: bool = False,
    seed: int = 0,
    bounds: Bounds = Bounds(),  # noqa: B008, frozen
) -> Labelled:
    """Read labelled reviews in the splits of their source. seed: for the toy reviews. bounds: of a file or folder."""
    _check_seed(seed)
    if source == TOY:
        train, test = (Split(*toy_reviews(count, seed=seed + k)) for k, count in ((0, 4000), (1, 1000)))
        texts = toy_reviews(4000, seed=seed + 2)[0] if unlabelled else ()
        return Labelled(TOY, {"train": train, "test": test}, texts, Report(), Reading(TOY, seed=seed))
    groups = name_groups(label_names) if label_names is not None else ([], [])
    name, found = _find(source, form, [*groups[0], *groups[1]], unlabelled, bounds)
    texts = ()
    if unlabelled:
        if UNLABELLED not in found.parts:
            raise DataError(
                "{source} has no unsupervised split. Pretrain on the training texts instead.", source=source
            )
        texts = [text for text in found.parts[UNLABELLED].table.texts if text and text.strip()]
    path = os.path.expanduser(source)
    place = os.path.abspath(path) if source not in ("imdb", KOREAN_PART) and os.path.exists(path) else source
    return replace(_label(name, found, label_names, form, texts), reading=Reading(place, form, label_names))


def split_reviews(read: Labelled, valid_fraction: float = 0.1, seed: int = 0, drop_copies: bool = False) -> Reviews:
    """The three splits; those that the source lacks are drawn from its training reviews, once copies are dropped.

    Raises DataError if there is nothing to train on, or if a split has only one class.
    """
    if not 0 < valid_fraction < 1:
        raise DataError("valid_fraction must lie between 0 and 1, not {value}.", value=valid_fraction)
    _check_seed(seed)
    parts, dropped = _without_copies(read.parts) if drop_copies else (read.parts, ())
    if "train" not in parts and ALL not in parts:
        have = ", ".join(parts)
        raise DataError(
            "{source} has no train split, only {splits}. Name one of its files, which is then split.",
            source=read.source,
            splits=have,
        )
    for name, split in parts.items():
        if len(present := np.unique(split.labels)) < 2:
            where = read.source if name == ALL else f"{read.source} ({name})"
            raise DataError(
                "{where} has only the label {label}. Both classes are needed to learn or to score.",
                where=where,
                label=LABEL_NAMES[present[0]],
            )
    train = parts["train"] if "train" in parts else parts[ALL]
    if "test" in parts:
        test = parts["test"]
    else:
        train, test = hold_out(train, 0.2, seed)
    if "valid" in parts:
        valid = parts["valid"]
    else:
        train, valid = hold_out(train, valid_fraction, seed)
    copies = find_copies({"train": train.texts, "valid": valid.texts, "test": test.texts})
    copies = replace(copies, dropped=dropped)
    reading = read.reading and replace(read.reading, valid_fraction=valid_fraction, seed=seed, drop_copies=drop_copies)
    return Reviews(read.source, train, valid, test, read.unlabelled, replace(read.report, copies=copies), reading)


def _without_copies(parts: dict[str, Split]) -> tuple[dict[str, Split], tuple[tuple[str, int], ...]]:
    """The splits without copies, and how many reviews each lost."""
    kept = originals({name: split.texts for name, split in parts.items()})
    counts = ((name, len(split) - len(kept[name])) for name, split in parts.items())
    return {name: split.take(kept[name]) for name, split in parts.items()}, tuple(pair for pair in counts if pair[1])


def _check_seed(seed: int) -> None:
    if seed < 0:
        raise DataError("The seed that draws the valid split must be 0 or more, not {seed}.", seed=seed)


def hold_out(split: Split, fraction: float, seed: int) -> tuple[Split, Split]:
    """Divide a split in two by seed, with the same share of each label: (kept, held out).

    Raises DataError if a label has too few reviews to appear in both.
    """
    rng = np.random.default_rng(seed)
    held = []
    for label in (0, 1):
        rows = rng.permutation(np.flatnonzero(split.labels == label))
        count = round(len(rows) * fraction)
        if not 0 < count < len(rows):
            raise DataError(
                "Too few {label} reviews ({size}) to hold out {fraction:.0%}. Give more reviews.",
                label=LABEL_NAMES[label],
                size=len(rows),
                fraction=fraction,
            )
        held.append(rows[:count])
    mask = np.zeros(len(split), dtype=bool)
    mask[np.concatenate(held)] = True
    return split.take(np.flatnonzero(~mask)), split.take(np.flatnonzero(mask))


def _find(source: str, form: Form, classes: Sequence[str], unlabelled: bool, bounds: Bounds) -> tuple[str, Source]:
    """The source's short name and its splits. Raises DataError if they cannot be loaded."""
    if source == "imdb":  # always the Hub's; ./imdb is a folder
        return source, read_hub(IMDB, form, unlabelled)
    if source == KOREAN_PART:
        return source, read_source(_KOREAN_FOLDER, form, classes, unlabelled)
    try:
        path = Path(source).expanduser()
        is_there = source != "" and path.exists()
    except PermissionError as error:
        raise DataError(
            "{path} may not be read by this user. Ask its owner for the permission to read it.", path=source
        ) from error
    except (OSError, ValueError, RuntimeError):  # too long a name, a NUL in it, or no such user
        is_there, path = False, Path()
    if is_there:
        name = os.path.basename(os.path.abspath(path))
        if name in (TOY, KOREAN_PART):  # a folder with the name of an included data set
            name = f"./{name}"
        return name, read_source(path, form, classes, unlabelled, bounds)
    if source.startswith((".", "/", "~", "\\")) or path.suffix.lower() in (*SUFFIXES, ".zip", ".gz", ".tgz", ".tar"):
        raise DataError("No file or folder {source}. Check the path, or use imdb, korean or toy.", source=source)
    return source, read_hub(source, form, unlabelled)


def _label(
    name: str, found: Source, label_names: Sequence[object] | None, form: Form, texts: Sequence[str]
) -> Labelled:
    """The parts of a source with labels 0 and 1, and a report of what was left out."""
    kept, without = label_splits(name, found, label_names, form)
    parts = {split: Split(rows.texts, rows.labels) for split, rows in kept.items()}
    note = _KOREAN_NOTE if name == KOREAN_PART else None
    report = Report(tuple(rows.report for rows in kept.values()), without, len(texts), found.passed_over, note=note)
    return Labelled(name, parts, texts, report)

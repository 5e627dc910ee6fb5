"""Where reviews come from: the Hub, a folder, a file, or the embedded toy grammar.

Every source ends as the same `Reviews`: three splits of raw text with labels 0 (negative) and 1 (positive). The valid
split is carved from train by seed; the test split is whatever the source calls test, and nothing here looks into it.
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np

from sentiment_core.errors import DataError
from sentiment_core.text.toy import toy_reviews

if TYPE_CHECKING:
    from collections.abc import Sequence

    import datasets

IMDB = "stanfordnlp/imdb"
UNLABELLED = "unsupervised"  # what the Hub's imdb calls the split without labels
LABEL_NAMES = ("negative", "positive")
# The spellings of the two classes that need no label_names.
_KNOWN_LABELS = (("neg", "pos"), LABEL_NAMES, ("0", "1"), ("0.0", "1.0"), ("false", "true"))
_READERS = {".parquet": "parquet", ".csv": "csv", ".tsv": "csv", ".jsonl": "json", ".json": "json"}


@dataclass(frozen=True)
class Split:
    """Raw reviews with their labels."""

    texts: list[str]  # [reviews]
    labels: np.ndarray  # [reviews] int64, 0 negative, 1 positive

    def __len__(self) -> int:
        return len(self.texts)

    @cached_property
    def fingerprint(self) -> str:
        """16 hex digits that change with any text, label or their order."""
        digest = hashlib.blake2b(self.labels.astype("<i8").tobytes(), digest_size=8)
        for text in self.texts:
            digest.update(text.encode("utf-8", "surrogatepass") + b"\0")
        return digest.hexdigest()

    def take(self, rows: np.ndarray) -> Split:
        """The reviews at `rows` [n] int64, in that order."""
        return Split([self.texts[row] for row in rows], self.labels[rows])


@dataclass(frozen=True)
class Reviews:
    """One data set, split three ways."""

    source: str  # as the user named it, without any path above its last part
    train: Split
    valid: Split
    test: Split
    unlabelled: Sequence[str] = ()  # texts to pretrain on, where they were asked for

    @property
    def splits(self) -> dict[str, Split]:
        return {"train": self.train, "valid": self.valid, "test": self.test}

    @cached_property
    def fingerprint(self) -> str:
        """16 hex digits over the three splits."""
        joined = "".join(split.fingerprint for split in self.splits.values())
        return hashlib.blake2b(joined.encode(), digest_size=8).hexdigest()


def load_reviews(
    source: str = "imdb",
    *,
    text_column: str = "text",
    label_column: str = "label",
    label_names: Sequence[str] | None = None,
    valid_fraction: float = 0.1,
    seed: int = 0,
    unlabelled: bool = False,
) -> Reviews:
    """Read labelled reviews and split them.

    source: "imdb" (the Hub's stanfordnlp/imdb), "toy", a folder or file (Parquet, CSV, TSV, JSON lines), or a Hub id.
    label_names: the two label values, negative first, where they are neither 0/1 nor neg/pos nor negative/positive.
    valid_fraction: share of train that becomes valid, stratified by label, where the source has no validation split.
    unlabelled: whether to read the source's unsupervised split too; IMDB has 50,000 such texts.
    A source with no test split gives a fifth of its reviews, by the same seed, as test.

    Raises DataError with the way out for anything that does not read as two-class reviews.
    """
    if not 0 < valid_fraction < 1:
        raise DataError(f"valid_fraction must lie between 0 and 1, not {valid_fraction}.")
    if seed < 0:
        raise DataError(f"The seed that draws the valid split must be 0 or more, not {seed}.")
    if source == "toy":
        train, test = (Split(*toy_reviews(count, seed=seed + k)) for k, count in ((0, 4000), (1, 1000)))
        train, valid = hold_out(train, valid_fraction, seed)
        return Reviews("toy", train, valid, test, toy_reviews(4000, seed=seed + 2)[0] if unlabelled else ())
    table = _read_splits(source)
    columns = (text_column, label_column)
    parts = {
        name: _to_split(rows, columns, label_names, f"{source} ({name})")
        for name, rows in table.items()
        if name in ("train", "validation", "test")
    }
    train = parts["train"]
    if "test" in parts:
        test = parts["test"]
    else:
        train, test = hold_out(train, 0.2, seed)
    if "validation" in parts:
        valid = parts["validation"]
    else:
        train, valid = hold_out(train, valid_fraction, seed)
    path = Path(source).expanduser()
    name = path.name if source != "imdb" and path.exists() else source
    return Reviews(name, train, valid, test, _unlabelled_texts(table, text_column, source) if unlabelled else ())


def _unlabelled_texts(table: dict[str, datasets.Dataset], column: str, source: str) -> list[str]:
    """The texts of the source's unsupervised split that hold anything. Raises DataError where there are none."""
    if UNLABELLED not in table:
        raise DataError(f"{source} has no {UNLABELLED} split. Pretrain on the training texts instead.")
    if column not in table[UNLABELLED].column_names:
        raise DataError(f"{source} ({UNLABELLED}) has no column {column!r}. Name the text column.")
    return [text for text in table[UNLABELLED][column][:] if isinstance(text, str) and text.strip()]


def hold_out(split: Split, fraction: float, seed: int) -> tuple[Split, Split]:
    """Divide a split in two by seed, with the same share of each label: (kept, held out).

    Raises DataError where a label has too few reviews to appear on both sides.
    """
    rng = np.random.default_rng(seed)
    held = []
    for label in (0, 1):
        rows = rng.permutation(np.flatnonzero(split.labels == label))
        count = round(len(rows) * fraction)
        if not 0 < count < len(rows):
            raise DataError(
                f"Too few {LABEL_NAMES[label]} reviews ({len(rows)}) to hold out {fraction:.0%}. Give more reviews."
            )
        held.append(rows[:count])
    mask = np.zeros(len(split), dtype=bool)
    mask[np.concatenate(held)] = True
    return split.take(np.flatnonzero(~mask)), split.take(np.flatnonzero(mask))


def _read_splits(source: str) -> dict[str, datasets.Dataset]:
    """The source's splits by name. Raises DataError where they cannot be had."""
    import datasets  # costs a second, and no page needs it

    datasets.disable_progress_bars()
    datasets.config.HF_UPDATE_DOWNLOAD_COUNTS = False  # even a local file is reported, and that stalls offline
    datasets.logging.set_verbosity(datasets.logging.CRITICAL)  # what it would print comes back as one line below
    try:
        path = Path(source).expanduser()
        if source == "imdb":  # the name, whatever lies here; ./imdb is the folder
            loaded = _read_hub(IMDB)
        elif path.is_file():
            loaded = _read_file(path)
        elif source and path.is_dir():
            loaded = _read_folder(path)
        elif source.startswith((".", "/", "~")) or path.suffix in _READERS:
            raise DataError(f"No file or folder {source}. Check the path, or use imdb or toy.")
        else:
            loaded = _read_hub(source)
    except DataError:
        raise
    except datasets.exceptions.DatasetGenerationCastError as error:
        raise DataError(f"The files of {source} differ in their columns. Name one of them.") from error
    except Exception as error:
        if "corresponds to no data" in str(error):  # what datasets says of a header with no row below it
            raise DataError(f"{source} holds no reviews. Give at least some of each label.") from error
        raise DataError(
            f"Cannot read {source}: {_reason(error)}. Give UTF-8 Parquet, CSV, TSV or JSON lines."
        ) from error
    if "train" not in loaded:
        raise DataError(f"{source} has no train split, only {', '.join(loaded) or 'nothing'}. Name one of its files.")
    return loaded


def _reason(error: BaseException) -> str:
    """The innermost message: datasets wraps the one that names the row or the byte in errors of its own."""
    while not isinstance(error, UnicodeDecodeError) and (inner := error.__cause__ or error.__context__):
        error = inner
    if isinstance(error, UnicodeDecodeError):
        return "it is not UTF-8"
    return " ".join(str(error).split())[:200].rstrip(".") or type(error).__name__


def _read_file(path: Path) -> datasets.DatasetDict:
    import datasets

    reader = _READERS.get(path.suffix.lower())
    if reader is None:
        raise DataError(f"{path.name} is none of {', '.join(sorted(_READERS))}. Convert it to one of those.")
    if path.stat().st_size == 0:
        raise DataError(f"{path.name} is empty. Give a file with a text and a label column.")
    # pandas, which reads these two, would otherwise take a review such as "NA" or "null" for a missing one.
    options: dict[str, Any] = {"keep_default_na": False} if reader == "csv" else {}
    if path.suffix.lower() == ".tsv":
        options["sep"] = "\t"
    return datasets.load_dataset(reader, data_files={"train": str(path)}, **options)


def _read_folder(path: Path) -> datasets.DatasetDict:
    import datasets

    if not any(path.iterdir()):
        raise DataError(f"{path} is an empty folder. Name one that holds the reviews.")
    return datasets.load_dataset(str(path.resolve()))


def _read_hub(hub_id: str) -> datasets.DatasetDict:
    """The Hub's data set, or its copy in the local cache.

    A short question comes first: where the Hub does not answer, datasets would try again for 23 s.
    """
    import datasets
    from huggingface_hub import HfApi, constants
    from huggingface_hub.errors import DisabledRepoError, HFValidationError, RepositoryNotFoundError

    offline = constants.HF_HUB_OFFLINE, datasets.config.HF_HUB_OFFLINE
    try:
        HfApi().dataset_info(hub_id, timeout=5)
    except HFValidationError as error:
        raise DataError(f"{hub_id!r} is no Hub id. Give one like owner/name, a folder, a file, imdb or toy.") from error
    except (RepositoryNotFoundError, DisabledRepoError) as error:
        raise DataError(
            f"The Hub has no open data set {hub_id}. Check its name on the Hub, or pass a folder."
        ) from error
    except Exception:
        constants.HF_HUB_OFFLINE = datasets.config.HF_HUB_OFFLINE = True
    try:
        return datasets.load_dataset(hub_id)
    except ConnectionError as error:
        raise DataError(
            f"{hub_id} is not on this machine and the Hub cannot be reached. "
            "Connect once so that it is cached, pass a folder, or use toy."
        ) from error
    finally:
        constants.HF_HUB_OFFLINE, datasets.config.HF_HUB_OFFLINE = offline


def _to_split(rows: datasets.Dataset, columns: tuple[str, str], label_names: Sequence[str] | None, where: str) -> Split:
    """Check and convert one split's two columns. Raises DataError that names what is wrong in `where`."""
    for column in columns:
        if column not in rows.column_names:
            have = ", ".join(rows.column_names)
            raise DataError(f"{where} has no column {column!r}, only {have}. Name the text and label columns.")
    if len(rows) == 0:
        raise DataError(f"{where} holds no reviews. Give a file with at least some of each label.")
    try:
        texts, labels = (rows[column][:] for column in columns)
    except UnicodeDecodeError as error:  # JSON lines are first decoded here
        raise DataError(f"{where} is not UTF-8. Save it as UTF-8.") from error
    for number, (text, label) in enumerate(zip(texts, labels, strict=True), start=1):
        if text is not None and not isinstance(text, str):
            raise DataError(f"{where}: {columns[0]!r} holds {type(text).__name__}, not text. Name the text column.")
        if not text or not text.strip():
            raise DataError(f"{where}: row {number} has no text in {columns[0]!r}. Fill it in or drop the row.")
        if label is None or label == "":
            raise DataError(f"{where}: row {number} has no label in {columns[1]!r}. Fill it in or drop the row.")
    if names := getattr(rows.features[columns[1]], "names", None):  # a ClassLabel stores numbers and knows their names
        labels = [names[label] if label >= 0 else label for label in labels]
    return Split(texts, _to_labels([str(label).strip().lower() for label in labels], label_names, where))


def _to_labels(values: list[str], label_names: Sequence[str] | None, where: str) -> np.ndarray:
    """0 and 1 for each value [reviews]. Raises DataError unless exactly the two classes appear."""
    found = sorted(set(values))
    known = [tuple(name.strip().lower() for name in label_names)] if label_names else list(_KNOWN_LABELS)
    pair = next((pair for pair in known if len(pair) == 2 and set(found) <= set(pair)), None)
    if pair is None:
        shown = ", ".join(found[:6]) + (", ..." if len(found) > 6 else "")
        raise DataError(f"{where} has labels {shown}. Two classes are needed: name them, negative first.")
    if len(found) < 2:
        raise DataError(f"{where} has only the label {found[0]}. Both classes are needed to learn or to score.")
    return np.array([pair.index(value) for value in values], dtype=np.int64)

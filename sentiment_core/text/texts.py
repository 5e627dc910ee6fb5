"""The texts of a corpus's reviews, where the data set is at hand. A corpus folder itself holds no text.

    texts = find_texts(corpus, "test", default_cache())
    texts.of([17, 4023])    # the texts of these rows of the test split, None for each that is not at hand
    texts.missing           # what would show the others, in one line; None if every text is at hand

The reviews are read once, in a process of its own, which compares their fingerprint with the corpus's. Reviews that
differ are refused: a wrong text is never shown. They are then kept in the cache as one file a split, of which each
process maps only the pages that it reads. So 25,000 texts take no memory of a server.
"""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq

from sentiment_core.errors import DataError
from sentiment_core.messages import Message, lazy
from sentiment_core.messages.packing import pack, unpack
from sentiment_core.storage.files import atomic_path
from sentiment_core.storage.processes import environment, module_command
from sentiment_core.text.corpus import Corpus, load_corpus
from sentiment_core.text.reviews import KOREAN_PART, TOY, Reading, Reviews, Split, load_reviews, read_again
from sentiment_core.text.whereabouts import places, what_would_help

KEPT = ("valid", "test")  # splits whose texts are kept in the cache
_PATIENCE = 300.0  # seconds that reading a data set may take
_AT_ONCE = 1_000  # reviews in one batch of the file
_PART = Path(__file__).with_name("korean")  # reviews of a whole set, and in rows.json where they are in it
_NOT_READ = lazy("The texts could not be read. The server's log says why.")


@dataclass(frozen=True, eq=False)
class Texts:
    """The texts of a split that are at hand. They are read when they are asked for."""

    table: pa.Table | None  # text and label of each text at hand; None if there is none
    rows: np.ndarray | None  # [texts] int64, row in the split of each; None if every row is at hand
    missing: Message | None  # what would show the others; None if every row is at hand
    fingerprint: str = ""  # of the whole split; "" unless every row is at hand

    def __len__(self) -> int:
        return 0 if self.table is None else len(self.table)

    @property
    def complete(self) -> bool:
        """Whether the text of every row is at hand."""
        return self.missing is None

    @property
    def labels(self) -> np.ndarray:
        """The labels of the texts at hand [texts] int64, 0 negative, 1 positive."""
        return np.empty(0, np.int64) if self.table is None else self.table["label"].to_numpy().astype(np.int64)

    def of(self, rows: Iterable[int]) -> list[str | None]:
        """The text of each of these rows of the split, None where it is not at hand.

        Raises IndexError for a row that the split does not have.
        """
        if self.table is None:
            return [None for _ in rows]
        texts = self.table["text"]
        if self.rows is None:
            return [texts[int(row)].as_py() for row in rows]
        places = {row: place for place, row in enumerate(self.rows.tolist())}
        return [texts[places[int(row)]].as_py() if int(row) in places else None for row in rows]

    def stretch(self, start: int, stop: int) -> list[str]:
        """The texts at hand from `start` to `stop`, in their order."""
        return [] if self.table is None else self.table["text"].slice(start, stop - start).to_pylist()


def find_texts(corpus: Corpus, split: str, cache: Path) -> Texts:
    """The texts of a split of a corpus. Milliseconds, except the first time that its reviews are found on this machine.

    split: one of `KEPT`.
    Raises nothing: `missing` says why texts are not at hand.
    """
    if corpus.source in (TOY, KOREAN_PART):
        return _embedded(corpus, split)
    kept = _open(_kept_file(cache, corpus, split), corpus.sizes[split])
    if kept is not None:
        return kept
    if not places(corpus, cache):
        return _part(corpus, split, what_would_help(corpus))
    problem = _keep_in_a_process(corpus, cache)
    kept = _open(_kept_file(cache, corpus, split), corpus.sizes[split])
    return kept or _part(corpus, split, problem or _NOT_READ)


def keep_texts(corpus: Corpus, cache: Path) -> None:
    """Read the reviews of a corpus and keep their texts in the cache.

    Raises DataError if they are not at hand, are not those of the corpus, or cannot be kept.
    """
    problem = what_would_help(corpus)
    for reading in places(corpus, cache):
        try:
            _keep(_read(reading, corpus), corpus, cache)
            return
        except DataError as error:
            problem = error.words
    raise DataError(problem)


def _read(reading: Reading, corpus: Corpus) -> Reviews:
    reviews = read_again(reading)
    if reviews.fingerprint != corpus.fingerprint:
        raise DataError(
            "The reviews in {place} are not those that this corpus was counted from, so their texts are not shown. "
            "Name the folder of the same reviews.",
            place=Path(reading.source).name,
        )
    return reviews


def _keep(reviews: Reviews, corpus: Corpus, cache: Path) -> None:
    try:
        for name in KEPT:
            path = _kept_file(cache, corpus, name)
            path.parent.mkdir(parents=True, exist_ok=True)
            with atomic_path(path) as target, pa.OSFile(str(target), "wb") as file:
                table = _table_of(reviews.splits[name])
                with pa.ipc.new_file(file, table.schema) as writer:
                    writer.write_table(table, max_chunksize=_AT_ONCE)
    except OSError as error:
        reason = error.strerror or "no space left"
        raise DataError(
            "Cannot write the cache in {path}: {reason}. Set SENTIMENT_CACHE to a folder with space.",
            path=cache,
            reason=reason,
        ) from error


def _table_of(split: Split) -> pa.Table:
    columns = {"text": pa.array(split.texts, pa.large_string()), "label": split.labels.astype(np.int8)}
    return pa.table(columns).replace_schema_metadata({"fingerprint": split.fingerprint})


def _kept_file(cache: Path, corpus: Corpus, split: str) -> Path:
    return cache / "texts" / f"{corpus.fingerprint}-{split}.arrow"


def _open(path: Path, size: int) -> Texts | None:
    """The kept texts; None if there are none, or the file is damaged and must be made again."""
    try:
        table = pa.ipc.open_file(pa.memory_map(str(path))).read_all()
        fingerprint = (table.schema.metadata or {})[b"fingerprint"].decode()
        if len(table) != size or table.column_names != ["text", "label"]:
            return None
    except (OSError, KeyError, ValueError, pa.ArrowException):
        return None
    return Texts(table, None, None, fingerprint)


def _embedded(corpus: Corpus, split: str) -> Texts:
    """The texts of a corpus that is made of the package's own reviews."""
    reviews = load_reviews(corpus.source, seed=corpus.seed)
    if reviews.fingerprint != corpus.fingerprint:
        return Texts(None, None, lazy("This corpus was counted from other reviews than those in this version."))
    chosen = reviews.splits[split]
    return Texts(_table_of(chosen), None, None, chosen.fingerprint)


def _part(corpus: Corpus, split: str, missing: Message) -> Texts:
    """Those texts of a whole set that the package includes, or none. `missing` says how the others would be shown."""
    whole = json.loads((_PART / "rows.json").read_text(encoding="utf-8"))
    if split != "test" or corpus.fingerprint != whole["fingerprint"]:
        return Texts(None, None, missing)
    found = pq.read_table(_PART / "test.parquet")
    test = Split(found["text"].to_pylist(), found["label"].to_numpy())
    return Texts(_table_of(test), np.array(whole["test"], np.int64), missing)


def _keep_in_a_process(corpus: Corpus, cache: Path) -> Message | None:
    """`keep_texts` in a process of its own, because reading takes hundreds of megabytes. Returns what went wrong."""
    command = module_command("sentiment_core.text.texts", corpus.path.resolve(), cache.resolve())
    offline = environment(HF_HUB_OFFLINE="1", HF_DATASETS_OFFLINE="1")
    try:
        ended = subprocess.run(command, env=offline, stdout=subprocess.PIPE, timeout=_PATIENCE, check=False)
        return unpack(json.loads(ended.stdout)) if ended.stdout else None
    except (OSError, subprocess.SubprocessError, ValueError, TypeError, KeyError):
        return _NOT_READ


def _main(folder: str, cache: str) -> None:
    """Keep the texts of a corpus. Prints the packed message of what went wrong, or nothing."""
    try:
        keep_texts(load_corpus(Path(folder)), Path(cache))
    except DataError as error:
        print(json.dumps(pack(error.words)))


if __name__ == "__main__":
    _main(*sys.argv[1:])

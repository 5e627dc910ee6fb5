"""The corpus folder that trained runs lie in: trained/<place>, with the tokenizer that its runs share."""

from __future__ import annotations

import shutil
from dataclasses import replace
from pathlib import Path

from sentiment_core.errors import DataError
from sentiment_core.jobs.uploads import is_upload
from sentiment_core.messages import lazy
from sentiment_core.storage.files import atomic_path
from sentiment_core.storage.locks import hold
from sentiment_core.text.corpus import load_corpus
from sentiment_core.text.review_counts import FEATURES, TEST_TOKENS
from sentiment_core.text.reviews import Reading, Reviews, read_again
from sentiment_core.training.cards import add_compared, build_corpus

_FILES = ("tokenizer.json", "lengths.parquet", "tokens.parquet", FEATURES, TEST_TOKENS)
_INCOMPLETE = ".incomplete"  # exists until the tokenizers for comparison are there
_WAIT = 600.0  # seconds that another job may take to write the same card


def prepare_place(folder: Path, card: str, reviews: Reviews, tokenizer: str, cache: Path) -> None:
    """Make `folder` the corpus folder of these reviews, unless it is one.

    card: the published corpus folder of the same reviews, which is copied; "" if there is none. Then a card is written,
        with a shared tokenizer of the given kind. Those for comparison are added by `complete_place`, after training.
    Raises DataError if the folder holds other reviews or cannot be written.
    """
    try:
        folder.mkdir(parents=True, exist_ok=True)
        with hold(folder / ".place", lazy("{path} is being written.", path=folder), wait=_WAIT):
            if not (folder / "corpus.json").exists():
                if card and load_corpus(Path(card)).fingerprint == reviews.fingerprint:
                    copy_card(Path(card), folder)
                else:
                    _build(folder, reviews, tokenizer, cache)
    except OSError as error:
        raise DataError(
            "Cannot write to {path}: {reason}. Free some space, and start again.",
            path=folder,
            reason=error.strerror or error,
        ) from error
    if load_corpus(folder).fingerprint != reviews.fingerprint:
        raise DataError(
            "{source} has changed since this training was asked for. Start a new one.", source=reviews.source
        )


def complete_place(folder: Path, reading: Reading) -> None:
    """Add the tokenizers for comparison to a card that was written without. Does nothing for others."""
    if (folder / _INCOMPLETE).exists():
        with hold(folder / ".place", lazy("{path} is being written.", path=folder), wait=_WAIT):
            add_compared(folder, read_again(reading))
            (folder / _INCOMPLETE).unlink(missing_ok=True)


def copy_card(card: Path, folder: Path) -> None:
    """Copy a corpus folder without its runs. corpus.json comes last: until then `folder` is no corpus.

    Raises OSError.
    """
    (folder / "tokenizers").mkdir(exist_ok=True)
    names = [name for name in _FILES if (card / name).exists()]
    names += [f"tokenizers/{path.name}" for path in (card / "tokenizers").glob("*.json*")]
    for name in [*names, "corpus.json"]:
        with atomic_path(folder / name) as target:
            shutil.copyfile(card / name, target)


def _build(folder: Path, reviews: Reviews, tokenizer: str, cache: Path) -> None:
    """Write the card. The place of an upload is not noted for pages: it is its visitor's alone."""
    reading = reviews.reading
    if reading is not None and is_upload(reading.source):
        reviews = replace(reviews, reading=None)
    seed = reading.seed if reading else 0
    (folder / _INCOMPLETE).touch()
    build_corpus(reviews, folder, seed=seed, tokenizer=tokenizer, overwrite=True, cache=cache, compared=False)

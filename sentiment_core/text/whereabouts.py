"""Where the reviews of a corpus may be on this machine. Fast, because a page asks: it opens no reviews.

A corpus folder names its source without the path, so that it can be published. The path is noted in the cache instead,
when the corpus is written.
"""

from __future__ import annotations

import json
import os
from dataclasses import asdict
from pathlib import Path
from typing import Any

from sentiment_core.environment import variables
from sentiment_core.messages import Message, lazy
from sentiment_core.storage.files import write_json
from sentiment_core.storage.formats import known_entries
from sentiment_core.text.corpus import Corpus
from sentiment_core.text.reviews import IMDB, KOREAN_PART, TOY, Reading, Reviews
from sentiment_core.text.table import Form

# Variables of the environment that name the reviews of a published corpus.
_SETTINGS = {"imdb": variables.IMDB, "./korean": variables.KOREAN}


def remember(reviews: Reviews, cache: Path) -> None:
    """Note how these reviews were read. Raises OSError if the cache cannot be written."""
    if reviews.reading is not None:
        path = _note(cache, reviews.fingerprint)
        path.parent.mkdir(parents=True, exist_ok=True)
        write_json(path, asdict(reviews.reading))


def places(corpus: Corpus, cache: Path) -> list[Reading]:
    """Each way to read the reviews of a corpus that may work here without a download, the most certain one first."""
    if corpus.source in (TOY, KOREAN_PART):
        return [Reading(corpus.source, seed=corpus.seed)]
    setting = _SETTINGS.get(corpus.source)
    folder = setting.value() if setting else None
    named = [Reading(os.path.abspath(folder), seed=corpus.seed)] if folder else []
    noted = _read_note(_note(cache, corpus.fingerprint))
    found = [*named, *([noted] if noted else [])]
    at_hand = [reading for reading in found if os.path.isabs(reading.source) and os.path.exists(reading.source)]
    hub_id = noted.source if noted and not os.path.isabs(noted.source) else corpus.source
    cached = _hub_copy(IMDB if hub_id == "imdb" else hub_id)
    if cached is not None:
        how = noted or Reading("", seed=corpus.seed)
        at_hand += [Reading(place, how.form, how.label_names, how.valid_fraction, how.seed) for place in cached]
    return at_hand


def what_would_help(corpus: Corpus) -> Message:
    """What would bring the texts of a corpus to this machine, in one line."""
    if corpus.source == "imdb":
        return lazy(
            "IMDB's texts are not part of this project. They are shown if the server finds them: in the folder that "
            "SENTIMENT_IMDB names, or in the cache of the Hub's datasets, once they were downloaded."
        )
    if corpus.source in _SETTINGS:
        return lazy(
            "Only a part of these texts is in this project. The others are shown if {setting} names the folder of the "
            "whole set when the server starts.",
            setting=_SETTINGS[corpus.source].name,
        )
    return lazy(
        "The texts are shown if {source} is still where it was when the corpus was written. If not, write the corpus "
        "again with python -m sentiment_core corpus --data {source} --out {folder} --overwrite.",
        source=corpus.source,
        folder=corpus.path.name,
    )


def _note(cache: Path, fingerprint: str) -> Path:
    return cache / "sources" / f"{fingerprint}.json"


def _read_note(path: Path) -> Reading | None:
    """How the reviews were read; None if there is no note, or it is damaged."""
    try:
        content: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))
        known = known_entries(Reading, content)
        reading = Reading(**known | {"form": Form(**known_entries(Form, known["form"]))})
        return reading if isinstance(reading.source, str) else None
    except (OSError, ValueError, TypeError, KeyError):
        return None


def _hub_copy(hub_id: str) -> list[str] | None:
    """Where the Hub's data set is in its caches: a folder of its files, or its own id if `datasets` prepared it."""
    if hub_id.count("/") != 1 or hub_id.startswith("."):
        return None
    from huggingface_hub import constants

    repository = Path(constants.HF_HUB_CACHE) / f"datasets--{hub_id.replace('/', '--')}"
    found = []
    try:
        commit = (repository / "refs" / "main").read_text(encoding="ascii").strip()
        if any((repository / "snapshots" / commit).rglob("*.parquet")):
            found.append(str(repository / "snapshots" / commit))
    except (OSError, ValueError):
        pass
    # Not asked of `datasets`, whose import takes a second.
    prepared = Path(os.environ.get("HF_DATASETS_CACHE") or Path(constants.HF_HOME) / "datasets")
    if (prepared / hub_id.replace("/", "___")).is_dir():
        found.append("imdb" if hub_id == IMDB else hub_id)
    return found or None

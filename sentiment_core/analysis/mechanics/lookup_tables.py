"""The embeddings at hand with their sizes, read from the heads of their files without loading them."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from huggingface_hub import try_to_load_from_cache
from safetensors import SafetensorError, safe_open

from sentiment_core.runs.reading import Run

_BERT = ("google-bert/bert-base-uncased", "bert-base-uncased")
_TABLE = "embeddings.word_embeddings.weight"  # the end of its name in BERT's file


@dataclass(frozen=True)
class LookupTable:
    """The size of one embedding."""

    name: str
    rows: int  # tokens
    width: int  # numbers of each token
    is_bert: bool = False


def lookup_tables(runs: Iterable[Run]) -> list[LookupTable]:
    """BERT's table if the Hub's cache of this machine has it, and those of the runs; the largest first."""
    found = [table for table in map(_bert, _BERT) if table is not None][:1]
    for run in runs:
        shape = _shape(run.path / "model.safetensors", "embedding.weight")
        if shape is not None:
            found.append(LookupTable(run.name, *shape))
    return sorted(found, key=lambda table: -table.rows * table.width)


def _bert(name: str) -> LookupTable | None:
    path = try_to_load_from_cache(name, "model.safetensors")
    shape = _shape(Path(path), _TABLE) if isinstance(path, str) else None
    return LookupTable(name, *shape, is_bert=True) if shape is not None else None


def _shape(path: Path, ending: str) -> tuple[int, int] | None:
    """The shape of the matrix whose name ends so; None if the file is missing, damaged or has none."""
    try:
        with safe_open(path, framework="numpy") as file:
            for name in file.keys():  # noqa: SIM118  safe_open is no dict
                if name.endswith(ending):
                    rows, width = file.get_slice(name).get_shape()
                    return int(rows), int(width)
    except (OSError, SafetensorError, ValueError):
        return None
    return None

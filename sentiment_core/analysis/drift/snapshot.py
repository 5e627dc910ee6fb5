"""The embedding of any other model as a still frame: axes and measures as for a run's. Needs no torch."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace

import numpy as np
from tokenizers import decoders

from sentiment_core.analysis.drift.projection import Drift, project_frames
from sentiment_core.analysis.drift.separation import Separation, measure_separation
from sentiment_core.analysis.vocabulary import spelt_table
from sentiment_core.errors import EmbeddingError
from sentiment_core.runs.frames import Frames
from sentiment_core.text.corpus import TokenTable
from sentiment_core.text.tokenization import CONTINUATION

SHOWN = 30_522  # tokens that the player draws, as many as BERT has
_BYTES, _SPACE = "Ġ", "▁"  # how byte-level BPE and SentencePiece mark a token that begins a word


@dataclass(frozen=True)
class Snapshot:
    """An embedding that does not move, and what a corpus knows of its tokens."""

    table: TokenTable  # of its tokens: counts 0 and polarity NaN where the corpus lacks a spelling
    drift: Drift  # one frame
    separation: Separation | None  # of its one frame; None where too few of its tokens lean
    known: int  # tokens whose spelling the corpus has too, of all that the model has
    size: int  # tokens that the model has


def project_snapshot(tokens: Sequence[str], matrix: np.ndarray, table: TokenTable, most: int = SHOWN) -> Snapshot:
    """A matrix [tokens, dim] float32 on its two principal axes, the tokens that read positive in `table` to the right.

    tokens are spelt as `table` spells them, which `spell_tokens` sees to; one has the polarity and the counts that the
    same spelling has there. Axes, shares and separation are those of all tokens; of more than `most`, those that the
    corpus knows are kept first and then the first by id, which in most vocabularies are the most frequent.
    Raises EmbeddingError where the matrix is no such matrix or holds a number that is not finite.
    """
    if matrix.ndim != 2 or matrix.shape[0] != len(tokens) or len(tokens) < 2:
        raise EmbeddingError("An embedding needs two tokens or more and a row of numbers for each. Name another model.")
    if not np.isfinite(matrix).all():
        raise EmbeddingError("The embedding holds NaN or infinite numbers. Name another model.")
    spelt = spelt_table(tokens, table)
    known = np.isfinite(spelt.polarity)
    # Row 0 of a run is [PAD], which has no say in the axes. Here every row has: an empty one stands in for it.
    frames = Frames(np.concatenate([np.zeros_like(matrix[:1]), matrix])[None], np.zeros(1, dtype=np.int64))
    with_row = np.concatenate([[np.nan], spelt.polarity])
    drift = project_frames(frames, with_row)
    separation = measure_separation(frames, drift.coordinates, with_row)
    kept = np.sort(np.argsort(~known, kind="stable")[:most])
    drift = replace(drift, coordinates=drift.coordinates[:, 1 + kept], displacement=drift.displacement[:, 1 + kept])
    about = TokenTable(spelt.tokens[kept], spelt.counts[kept], spelt.polarity[kept])
    return Snapshot(about, drift, separation, int(known.sum()), len(tokens))


def spell_tokens(tokens: Sequence[str], special: Collection[str] = ()) -> list[str]:
    """Tokens of any vocabulary as this package spells them: a word as it is, a piece that goes on from another with ##.

    WordPiece is spelt so already. SentencePiece marks each token that begins a word with ▁, byte-level BPE with Ġ, and
    writes every other byte as some letter. Which of them a vocabulary is, its marks say. Unmarked tokens of those two
    go on from another, though at the very start of a text they may also begin a word. `special` tokens are left alone;
    so is case, which tells words apart where a model does.
    """
    marked = {mark: sum(token.startswith(mark) for token in tokens) for mark in (CONTINUATION, _BYTES, _SPACE)}
    mark = max(marked, key=lambda name: marked[name])
    if not marked[mark] or mark == CONTINUATION:
        return list(tokens)
    letters = decoders.ByteLevel()
    spelt = []
    for token in tokens:
        bare = token.removeprefix(mark)
        if token in special or not bare:
            spelt.append(token)
            continue
        text = letters.decode([bare]) if mark == _BYTES else bare
        spelt.append(text if token.startswith(mark) else CONTINUATION + text)
    return spelt

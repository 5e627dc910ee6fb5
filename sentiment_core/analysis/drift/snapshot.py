"""The embedding of any other model as one frame, with the axes and measures of a run's. Needs no torch."""

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

SHOWN = 30_522  # most tokens that the player draws: the size of BERT's vocabulary
_BYTES, _SPACE = "Ġ", "▁"  # how byte-level BPE and SentencePiece mark a token that begins a word


@dataclass(frozen=True)
class Snapshot:
    """An embedding of one frame, with a corpus's counts and polarities of its tokens."""

    table: TokenTable  # its tokens; counts are 0 and polarity is NaN if the corpus lacks the spelling
    drift: Drift  # one frame
    separation: Separation | None  # at its one frame; None if too few of its tokens are positive or negative
    known: int  # tokens of the model whose spelling the corpus has too
    size: int  # tokens of the model


def project_snapshot(tokens: Sequence[str], matrix: np.ndarray, table: TokenTable, most: int = SHOWN) -> Snapshot:
    """Project a matrix [tokens, dim] float32 onto its two principal axes, with positive tokens to the right.

    tokens must be spelt as in `table`, see `spell_tokens`. A token has the polarity and the counts of the same spelling
    in `table`. Axes, shares and separation are computed from all tokens. If there are more than `most`, those that the
    corpus knows are kept first, then those with the lowest ids, which in most vocabularies are the most frequent.
    Raises EmbeddingError if the matrix has another shape or a number that is not finite.
    """
    if matrix.ndim != 2 or matrix.shape[0] != len(tokens) or len(tokens) < 2:
        raise EmbeddingError("An embedding needs two tokens or more and a row of numbers for each. Name another model.")
    if not np.isfinite(matrix).all():
        raise EmbeddingError("The embedding holds NaN or infinite numbers. Name another model.")
    spelt = spelt_table(tokens, table)
    known = np.isfinite(spelt.polarity)
    # project_frames ignores row 0, which is [PAD] in a run. Here every row counts, so an empty row is put before them.
    frames = Frames(np.concatenate([np.zeros_like(matrix[:1]), matrix])[None], np.zeros(1, dtype=np.int64))
    with_row = np.concatenate([[np.nan], spelt.polarity])
    drift = project_frames(frames, with_row)
    separation = measure_separation(frames, drift.coordinates, with_row)
    kept = np.sort(np.argsort(~known, kind="stable")[:most])
    drift = replace(drift, coordinates=drift.coordinates[:, 1 + kept], displacement=drift.displacement[:, 1 + kept])
    about = TokenTable(spelt.tokens[kept], spelt.counts[kept], spelt.polarity[kept])
    return Snapshot(about, drift, separation, int(known.sum()), len(tokens))


def spell_tokens(tokens: Sequence[str], special: Collection[str] = ()) -> list[str]:
    """Tokens of any vocabulary in this package's spelling: ## marks a piece that continues another.

    WordPiece uses this spelling already. SentencePiece marks each token that starts a word with ▁. Byte-level BPE marks
    it with Ġ and writes every other byte as some letter. The marks show which of them a vocabulary uses. In those two
    an unmarked token continues another, although it can also start a text. `special` tokens and case are unchanged.
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

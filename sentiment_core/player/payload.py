"""The payload of the drift player: a JSON header and flat arrays, in bytes that a browser reads without copying.

Its parts are the magic `SLP1`, the header's length as uint32, the header as JSON padded with spaces, and the arrays.
All numbers are little-endian. The data and every array start at a multiple of 8 bytes. `header["arrays"][name]` has the
type, the shape and the offset from the start of the data. Coordinates are quantised to 16 bits over the extent of their
panel, and the header states the largest error of that.
"""

from __future__ import annotations

import functools
import gzip
import json
import math
from collections.abc import Mapping, Sequence

import numpy as np

from sentiment_core.analysis.polarity import LEANING
from sentiment_core.errors import RunError
from sentiment_core.messages import tr
from sentiment_core.player.panels import Frame, Panel, Vocabulary
from sentiment_core.player.speech import speech

MAGIC = b"SLP1"
SETTINGS_MAGIC = b"SLS1"
VERSION = 1
POLARITY_STEPS = 16  # codes per unit of log-odds
UNKNOWN = -128  # code of an unknown polarity
_ALIGNED = 8  # alignment in bytes


def pack(
    title: str,
    panels: Sequence[Panel],
    checkpoints: Mapping[str, Sequence[int]],
    pins: Sequence[str],
    html: str | None = None,
    *,
    labels: Mapping[str, str] | None = None,
    former: Mapping[str, str] | None = None,
) -> bytes:
    """Make a payload of one or two panels, with its text in the current language.

    checkpoints: the common time axis in order, code -> the frame that each panel had reached.
    labels: code -> name for the reader. former: name in older addresses -> code.
    pins: words that are pinned if the address names none.
    html: the standalone page's template, with which the browser can export the player.
    A vocabulary that panels share is sent once. Raises RunError if a panel has NaN or infinity, and ValueError if the
    shapes of its arrays do not match.
    """
    vocabularies: list[Vocabulary] = []
    arrays: dict[str, np.ndarray] = {}
    described = []
    for index, panel in enumerate(panels):
        _check(panel)
        if panel.vocabulary not in vocabularies:
            arrays |= vocabulary_arrays(f"v{len(vocabularies)}", panel.vocabulary)
            vocabularies.append(panel.vocabulary)
        header, own = _panel_parts(f"p{index}", panel, vocabularies.index(panel.vocabulary))
        described.append(header)
        arrays |= own
    if html is not None:
        arrays["player/html"] = _packed(html)
    return assemble(
        {
            "version": VERSION,
            "title": title,
            "vocabularies": [{"words": len(vocabulary.words)} for vocabulary in vocabularies],
            "panels": described,
            "checkpoints": _checkpoints(checkpoints, panels, labels or {}, former or {}),
            "pins": list(pins),
            "leaning": LEANING,
            "note": _shared_words(vocabularies),
        },
        arrays,
    )


def with_settings(payload: bytes, start: Mapping[str, object]) -> bytes:
    """Put one reader's settings before a payload: the current language with its messages, and the initial state.

    start: texts by the keys of the player's address, and the words of a `lasso`.
    """
    text = _padded(json.dumps({"speech": speech(), "start": start or None}).encode("ascii"), b" ")
    return b"".join([SETTINGS_MAGIC, len(text).to_bytes(4, "little"), text, payload])


def _check(panel: Panel) -> None:
    """Raise RunError or ValueError if a panel cannot be drawn."""
    frames, words = len(panel.frames), len(panel.vocabulary.words)
    if (
        panel.coordinates.shape != (frames, words, 2)
        or panel.displacement.shape != (frames, words)
        or len(panel.axes) not in (1, frames)
        or not frames
        or not words
    ):
        raise ValueError(f"the arrays of the panel {panel.title} do not fit {frames} frames of {words} words")
    if not (np.isfinite(panel.coordinates).all() and np.isfinite(panel.displacement).all()):
        raise RunError(
            "The embedding of {name} holds NaN or infinity, so it cannot be drawn. Train it again.", name=panel.title
        )


def _checkpoints(
    checkpoints: Mapping[str, Sequence[int]],
    panels: Sequence[Panel],
    labels: Mapping[str, str],
    former: Mapping[str, str],
) -> list[dict[str, object]]:
    """The time axis for the header."""
    listed: list[dict[str, object]] = []
    for name, reached in checkpoints.items():
        if len(reached) != len(panels) or any(
            not 0 <= frame < len(panel.frames) for frame, panel in zip(reached, panels, strict=False)
        ):
            raise ValueError(f"the checkpoint {name} names frames {list(reached)} that the panels do not have")
        listed.append(
            {
                "name": name,
                "label": labels.get(name, name),
                "former": [older for older, code in former.items() if code == name],
                "frames": [int(frame) for frame in reached],
            }
        )
    if not listed:
        raise ValueError("a player needs at least one checkpoint")
    return listed


def vocabulary_arrays(name: str, vocabulary: Vocabulary) -> dict[str, np.ndarray]:
    """The arrays of a vocabulary in the payload."""
    # Newlines separate words. A newline within a word, which no tokenizer here makes, is replaced by its symbol.
    words = "\n".join(str(word).replace("\n", "\N{SYMBOL FOR NEWLINE}") for word in vocabulary.words)
    return {
        f"{name}/text": _text(words),
        f"{name}/polarity": quantise_polarity(vocabulary.polarity),
        f"{name}/counts": np.ascontiguousarray(vocabulary.counts.T, dtype=np.uint32),
        f"{name}/whole": vocabulary.whole.astype(np.uint8),
    }


def quantise_polarity(polarity: np.ndarray) -> np.ndarray:
    """Log-odds [words] float as codes [words] int8: 16 per unit, between -127 and 127, UNKNOWN for NaN.

    The error is at most 1/16 within +-7.9: 1/32 from rounding, and another 1/32 for a word that rounding would move
    across the threshold of leaning. So the player colours every word as the tables describe it.
    """
    border = int(LEANING * POLARITY_STEPS)  # the last code of a neutral word
    known = np.nan_to_num(polarity, nan=0.0, posinf=127, neginf=-127)
    size = np.minimum(np.rint(np.abs(known) * POLARITY_STEPS), 127)
    size = np.where(np.abs(known) > LEANING, np.maximum(size, border + 1), np.minimum(size, border))
    return np.where(np.isnan(polarity), UNKNOWN, np.copysign(size, known)).astype(np.int8)


def _panel_parts(name: str, panel: Panel, vocabulary: int) -> tuple[dict[str, object], dict[str, np.ndarray]]:
    """The header entry of a panel, and its arrays."""
    codes, scale, centre = quantise(panel.coordinates)
    error = np.abs(centre + scale * codes - panel.coordinates.astype(np.float64)).max()
    farthest = float(panel.displacement.max())
    step = farthest / np.iinfo(np.uint16).max or 1.0
    displacement = np.rint(panel.displacement.astype(np.float64) / step)
    names: dict[str, object] = {"axes": list(panel.axes[0])}
    if len(panel.axes) > 1:
        names["axes_by_frame"] = [list(pair) for pair in panel.axes]
    header: dict[str, object] = {
        "title": panel.title,
        "vocabulary": vocabulary,
        **names,
        "note": panel.note,
        "scale": scale.tolist(),
        "centre": centre.tolist(),
        "error": float(error),
        "displacement_scale": step,
        "frames": [_frame(frame) for frame in panel.frames],
        "separation": _series(panel),
    }
    return header, {f"{name}/coordinates": codes, f"{name}/displacement": displacement.astype(np.uint16)}


def _frame(frame: Frame) -> dict[str, object]:
    """The header entry of a frame."""
    return {
        "epoch": frame.epoch,
        "step": frame.step,
        "name": frame.name,
        "valid_accuracy": _number(frame.valid_accuracy),
    }


def quantise(coordinates: np.ndarray) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Quantise coordinates [frames, words, 2] to int16 of that shape, with scale [2] and centre [2] float64.

    A coordinate is centre + scale * code, with an error of at most scale / 2: 1/131,068 of the axis's extent over all
    frames.
    """
    low = coordinates.min(axis=(0, 1)).astype(np.float64)
    high = coordinates.max(axis=(0, 1)).astype(np.float64)
    centre = low + (high - low) / 2
    scale = (high - low) / (2 * np.iinfo(np.int16).max)
    scale[scale == 0] = 1.0  # an axis on which all points are equal
    return np.rint((coordinates - centre) / scale).astype(np.int16), scale, centre


def _series(panel: Panel) -> dict[str, list[float | None]] | None:
    """The header entry of a panel's separation."""
    if panel.separation is None:
        return None
    series = {"axis": panel.separation.axis, "space": panel.separation.space}
    if any(len(values) != len(panel.frames) for values in series.values()):
        raise ValueError(f"the separation of the panel {panel.title} has other than {len(panel.frames)} frames")
    return {name: [_number(value) for value in values] for name, values in series.items()}


def _shared_words(vocabularies: Sequence[Vocabulary]) -> str:
    """A sentence on how words are matched if the panels have different vocabularies."""
    if len(vocabularies) < 2:
        return ""
    first, second = (set(map(str, vocabulary.words)) for vocabulary in vocabularies)
    known, both = (len(first), len(second)), len(first & second)
    if known[0] == known[1]:
        return tr(
            "{both} of {known} words are in both; a word is highlighted in both by its spelling.",
            both=both,
            known=known[0],
        )
    return tr(
        "{both} of {left} and {right} words are in both; a word is highlighted in both by its spelling.",
        both=both,
        left=known[0],
        right=known[1],
    )


def _number(value: float | None) -> float | None:
    """A number for JSON: None if it is not finite."""
    return float(value) if value is not None and math.isfinite(value) else None


@functools.lru_cache(maxsize=4)
def _packed(html: str) -> np.ndarray:
    """A page as reproducible gzip [bytes] uint8: a quarter of its size. The browser unpacks it only to save it."""
    return np.frombuffer(gzip.compress(html.encode("utf-8"), mtime=0), dtype=np.uint8)


def _text(text: str) -> np.ndarray:
    """UTF-8 [bytes] uint8. An unpaired surrogate, which UTF-8 cannot encode, becomes a question mark."""
    return np.frombuffer(text.encode("utf-8", "replace"), dtype=np.uint8)


def assemble(header: dict[str, object], arrays: Mapping[str, np.ndarray]) -> bytes:
    """Join header and arrays."""
    listed: dict[str, object] = {}
    parts: list[bytes] = []
    offset = 0
    for name, array in arrays.items():
        listed[name] = {"type": array.dtype.name, "shape": list(array.shape), "offset": offset}
        parts.append(_padded(array.astype(array.dtype.newbyteorder("<")).tobytes(), b"\0"))
        offset += len(parts[-1])
    lead = len(MAGIC) + 4
    text = json.dumps(header | {"arrays": listed}, allow_nan=False).encode("ascii")
    text = _padded(b" " * lead + text, b" ")[lead:]
    return b"".join([MAGIC, len(text).to_bytes(4, "little"), text, *parts])


def _padded(part: bytes, filling: bytes) -> bytes:
    """Bytes padded to a multiple of 8."""
    return part + filling * (-len(part) % _ALIGNED)

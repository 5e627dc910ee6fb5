"""How far back a network's gradients reach: in a text, in a sentence whose cue can be moved, and in training."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from sentiment_core.classifiers.memory import DirectionGradients
from sentiment_core.classifiers.tokens import TextView
from sentiment_core.runs.forgetting import FLOOR, Forgetting, Reach

LAST, LOGIT, CELL = "last", "logit", "cell"  # what a gradient is taken of, see `values_of`
GAPS = (0, 4, 8, 16, 32, 64)  # words between a cue and the end of its sentence


@dataclass(frozen=True)
class Fade:
    """How a gradient fades over the tokens of a text, in one direction of one network."""

    name: str  # of the network
    backward: bool
    both: bool  # whether the network has a second direction
    values: np.ndarray  # [read] float64, norms, in the order of the text

    @property
    def by_distance(self) -> np.ndarray:
        """The norms [read] by the number of tokens that the direction reads afterwards, from 0."""
        return self.values if self.backward else self.values[::-1]

    @property
    def logs(self) -> np.ndarray:
        """log10 of the norms [read], at least FLOOR."""
        return logs_of(self.values)

    def reach(self, share: float) -> int | None:
        """The least distance at which less than `share` of the largest norm is left, there and further back.

        None if that never happens in this text.
        """
        left = self.by_distance / max(float(self.values.max()), 10.0**FLOOR)
        kept = np.flatnonzero(left >= share)
        place = int(kept[-1]) + 1 if len(kept) else 0
        return place if place < len(left) else None


def logs_of(values: np.ndarray) -> np.ndarray:
    """log10 of norms, at least FLOOR. NaN stays."""
    return np.log10(np.maximum(values, 10.0**FLOOR))


def fades(name: str, parts: Sequence[DirectionGradients], of: str) -> list[Fade]:
    """The fades of a network in each of its directions. of: LAST, LOGIT or CELL."""
    return [Fade(name, part.backward, len(parts) > 1, values_of(part, of)) for part in parts]


def values_of(part: DirectionGradients, of: str) -> np.ndarray:
    """The norms [read] float64: of the last state, of the log-odds, or of the log-odds by an LSTM's cell state.

    A network without cell states has those of the log-odds by its states.
    """
    if of == LAST:
        return part.last.astype(np.float64)
    chosen = part.cells if of == CELL and part.cells is not None else part.logit
    return chosen.astype(np.float64)


@dataclass(frozen=True)
class CueSentence:
    """A sentence whose cue can be moved away from its end by neutral words."""

    language: str  # "" for English, or ko
    before: str  # up to the filler, with the cue in it
    cue: str  # the word that must be remembered
    fillers: tuple[str, ...]  # neutral parts that are repeated in order
    after: str  # the end

    def text(self, gap: int) -> str:
        """The sentence with at least `gap` words between `before` and `after`; whole parts are added."""
        parts: list[str] = []
        words = 0
        while words < gap:
            parts.append(self.fillers[len(parts) % len(self.fillers)])
            words += len(parts[-1].split())
        return " ".join([self.before, *parts, self.after]).strip()


_EVENING = (
    "We saw it on a Friday evening.",
    "The hall was nearly full.",
    "It runs for about two hours.",
    "My brother bought the tickets.",
)
_EVENING_KOREAN = (
    "금요일 저녁에 극장에서 봤다.",
    "상영관에는 사람이 많았다.",
    "상영 시간은 두 시간 정도이다.",
    "표는 동생이 예매했다.",
)
SENTENCES = {
    "film": CueSentence("", "I loved this wonderful film.", "wonderful", _EVENING, ""),
    "complaint": CueSentence("", "I hated this awful film.", "awful", _EVENING, ""),
    "dog": CueSentence(
        "",
        "The dog that barked loudly and chased the squirrels",
        "dog",
        (
            "and jumped over the old fence",
            "and ran across the wide field",
            "and swam through the cold river",
            "and followed the boy to school",
        ),
        "was very tired",
    ),
    "korean": CueSentence("ko", "정말 재미있는 영화였다.", "재미있는", _EVENING_KOREAN, ""),
    "korean-complaint": CueSentence("ko", "정말 지루한 영화였다.", "지루한", _EVENING_KOREAN, ""),
}


def sentences_in(language: str) -> list[str]:
    """The names of the sentences in a corpus's language, "" for English."""
    return [name for name, sentence in SENTENCES.items() if (sentence.language == "ko") == (language == "ko")]


def cue_place(view: TextView, cue: str) -> int | None:
    """The last token of the first occurrence of a cue in a text, or None if it is not read."""
    start = view.text.find(cue)
    inside = [
        place
        for place, (first, end) in enumerate(view.spans[: view.read].tolist())
        if start >= 0 and first < start + len(cue) and end > start
    ]
    return inside[-1] if inside else None


@dataclass(frozen=True)
class ReachLine:
    """How far back gradients reach, as a line by distance."""

    name: str  # of the network
    backward: bool
    both: bool
    distances: np.ndarray  # [distances] int64, tokens
    means: np.ndarray  # [distances] float32, log10
    spreads: np.ndarray  # [distances] float32, standard deviation over reviews


def recorded_lines(name: str, reach: Reach, of: str) -> list[ReachLine]:
    """The lines of one checkpoint, one for each direction. For cell states, which are not recorded, those of states.

    A distance that less than a quarter of the reviews reach is left out: it would show those few and not the network.
    """
    enough = 4 * reach.reviews >= reach.reviews.max()
    means, spreads = (reach.last, reach.last_spread) if of == LAST else (reach.logit, reach.logit_spread)
    both = len(means) > 1
    return [
        ReachLine(
            name, bool(direction), both, reach.distances[enough], means[direction, enough], spreads[direction, enough]
        )
        for direction in range(len(means))
    ]


def moment_of(found: Forgetting, share: float) -> Reach:
    """The checkpoint nearest to a share of the training, 0 before it and 1 its end."""
    last = found.checkpoints[-1].step
    return min(found.checkpoints, key=lambda reach: abs(reach.step - share * last))

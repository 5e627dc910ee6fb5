"""The three words of the toy in the player: their two numbers are their position."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

import numpy as np

from sentiment_core.messages import tr, tr_in
from sentiment_core.player.panels import Frame, Panel, Vocabulary
from sentiment_core.player.payload import pack

if TYPE_CHECKING:
    from sentiment_core.analysis.three_words import ThreeWords


def draw_three_words(trained: ThreeWords, html: str | None = None) -> bytes:
    """A payload of one panel, with a checkpoint before the first step and one after each. All three words are pinned.

    html: the take-home page's template, as for `pack`.
    """
    steps = checkpoint_codes(trained)
    labels = {code: tr("step {step}", step=int(code)) for code in steps}
    return pack(
        tr("Three words"),
        [three_words_panel(trained)],
        {code: [step] for step, code in enumerate(steps)},
        list(trained.table.tokens),
        html,
        labels=labels | {"0": tr_in("a checkpoint", "before")},
        former=former_names(steps),
    )


def checkpoint_codes(trained: ThreeWords) -> list[str]:
    """Codes of the checkpoints: the steps taken, "0" before the first."""
    return [str(step) for step in range(len(trained))]


def former_names(codes: Sequence[str]) -> dict[str, str]:
    """The codes, by the names that addresses used up to version 0.2."""
    return {f"step {code}" if code != "0" else "before": code for code in codes}


def three_words_panel(trained: ThreeWords) -> Panel:
    """A panel with the words' two numbers as axes and the loss above them.

    An epoch is a step, as each step reads both sentences.
    """
    table = trained.table
    frames = [
        Frame(float(step), step, tr("loss {loss:.3f}", loss=float(loss)), None)
        for step, loss in enumerate(trained.loss)
    ]
    vocabulary = Vocabulary(table.tokens, table.polarity, table.counts, np.ones(len(table.tokens), dtype=bool))
    return Panel(
        tr("an embedding of two numbers"),
        vocabulary,
        trained.embeddings,
        trained.displacement,
        [(tr("first number"), tr("second number"))],
        frames,
        tr("Nothing is projected: a word's two numbers are its place."),
    )

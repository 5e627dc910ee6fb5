"""The three words of the toy as the player shows them: their two numbers are their place."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from sentiment_core.messages import tr
from sentiment_core.player.panels import Frame, Panel, Vocabulary
from sentiment_core.player.payload import pack

if TYPE_CHECKING:
    from sentiment_core.analysis.three_words import ThreeWords


def draw_three_words(trained: ThreeWords, html: str | None = None) -> bytes:
    """A payload of one panel with a checkpoint before the first step and one after each; all three words are pinned.

    html is the take-home page's template, as `pack` takes it.
    """
    panel = three_words_panel(trained)
    checkpoints = {name: [step] for step, name in enumerate(checkpoint_names(trained))}
    return pack(tr("Three words"), [panel], checkpoints, list(trained.table.tokens), html)


def checkpoint_names(trained: ThreeWords) -> list[str]:
    """Names of the checkpoints: before the first step, and each step."""
    return ["before", *(f"step {step}" for step in range(1, len(trained)))]


def three_words_panel(trained: ThreeWords) -> Panel:
    """The words on their own two numbers as axes, the loss above them.

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

"""What the parts of the Forgetting page share."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from sentiment_core.analysis.explanation.forgetting import CELL, LAST, LOGIT
from sentiment_core.messages import lazy, tr

if TYPE_CHECKING:
    from sentiment_core.classifiers.protocol import Classifier
    from sentiment_core.runs.reading import Run
    from sentiment_core.text.corpus import Corpus

TITLES = {
    LAST: lazy("what arrives at the last state"),
    LOGIT: lazy("gradient of the log-odds"),
    CELL: lazy("gradient of the log-odds, by cell state"),
}
POOLED = {"max", "mean", "maxmean"}  # poolings that read every state


@dataclass(frozen=True)
class ForgettingView:
    """The networks of the page, in the order in which they were chosen."""

    corpus: Corpus
    networks: dict[str, Classifier]  # by name
    folders: dict[str, Path]
    runs: dict[str, Run]
    of: str  # what a gradient is taken of, see analysis/explanation/forgetting.py

    @property
    def pooled(self) -> list[str]:
        """The networks whose pooling reads every state, so that they need not remember to the end."""
        return [name for name in self.networks if self.runs[name].recipe.network.pooling in POOLED]


def pooling_text(view: ForgettingView) -> str:
    """Why the gradient of the verdict may not fade although the memory does; empty if all read the last state."""
    if not view.pooled:
        return ""
    return tr(
        "{names:and}: the pooling reads the state after every token, so that the verdict need not remember to the end. "
        "What arrives at the last state shows the memory alone.",
        names=view.pooled,
    )

"""What each part of the Test set page receives, and how it shows its results.

A part is a file of this folder with `show(view)`. It shows everything through the view: `heading`, `say`, `show` and
`table` draw on the page, in the container that is open, and record the same for the report that a reader saves.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import streamlit as st

from pages.shared.charts import show_figure
from pages.shared.layout import plain
from pages.shared.report import Heading, Picture, Report, Sentence, Table
from sentiment_core.analysis.evaluation.compared import Compared
from sentiment_core.figures.style import Figure
from sentiment_core.messages import tr
from sentiment_core.runs.reading import Run
from sentiment_core.text.corpus import Corpus


@dataclass(frozen=True)
class TestSetView:
    """The reader's choices and what they select."""

    __test__ = False  # pytest would take the name for a test's

    corpus: Corpus
    folders: dict[str, Path]  # of each chosen classifier, by name, in the order of the choice
    runs: dict[str, Run]  # those of them that were trained here
    whole: Compared  # all reviews of the test split; at least one classifier
    compared: Compared  # the reviews of the chosen slice; at least one
    slice_name: str  # of the chosen slice, in the reader's language; "" without one
    threshold: float  # probability above which a review is called positive
    pair: tuple[str, str] | None  # the two classifiers that are compared with each other; None if only one is chosen
    report: Report = field(default_factory=Report)

    @property
    def names(self) -> list[str]:
        """The chosen classifiers."""
        return self.whole.names

    def heading(self, text: str) -> None:
        """Show a heading. The text is plain."""
        st.header(plain(text), anchor=False)
        self.report.parts.append(Heading(text))

    def say(self, sentence: str, caption: bool = False) -> None:
        """Show a sentence, as small text if it is a caption. The text is plain: Markdown in it is not read."""
        (st.caption if caption else st.markdown)(plain(sentence))
        self.report.parts.append(Sentence(sentence))

    def show(self, figure: Figure, key: str, alt: str, on_click: Callable[[Any], None] | None = None) -> None:
        """Draw a figure as `show_figure` does, with a button that saves it as a PNG."""
        image = f"{self.corpus.name}-{key.replace(' ', '-')}"
        self.report.parts.append(Picture(figure, alt, image))
        show_figure(figure, key, alt, image=image, on_click=on_click)

    def table(self, rows: Sequence[Mapping[str, str]], alt: str) -> None:
        """Show rows of text by heading, such as numbers that `messages.numbers` formatted."""
        st.dataframe(list(rows), height="content", row_height=40, hide_index=True, alt=alt)
        self.record_table(rows, alt)

    def say_what_neutral_counts(self) -> None:
        """Say why numbers that come from log-odds alone differ from the accuracy of a classifier that says neutral."""
        if names := [name for name, neutral in self.compared.neutral.items() if neutral.any()]:
            self.say(
                tr(
                    "{names:and} can say neutral. That does not count here: such a review is called positive or "
                    "negative by which of the two is more probable, so there are fewer errors than the accuracy says.",
                    names=names,
                )
            )

    def record_table(self, rows: Sequence[Mapping[str, str]], alt: str) -> None:
        """Put a table into the report that the part draws in another way."""
        self.report.parts.append(Table(rows, alt))

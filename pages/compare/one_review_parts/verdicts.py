"""The verdict of each classifier on the text, how much of the text it read, and its accuracy."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

import streamlit as st

from pages.compare.one_review_parts.view import BY_STAMP, Reader
from pages.compare.verdicts import agreement_text, doubt_text, verdict_text
from pages.shared.charts import show_figure
from pages.shared.layout import errors_shown, plain
from pages.shared.problems import told
from pages.shared.run_words import title
from sentiment_core.analysis.comparison import agreement, doubt
from sentiment_core.classifiers.labels import NEUTRAL
from sentiment_core.figures.one_review import draw_probabilities
from sentiment_core.messages import lazy, tr, tr_plural
from sentiment_core.messages.numbers import probability_percent

if TYPE_CHECKING:
    from sentiment_core.messages import Message
    from sentiment_core.runs.reading import Run


def show_headline(readers: Mapping[str, Reader]) -> None:
    """Say whether the classifiers agree, and draw their probabilities on one scale."""
    predictions = {name: reader.prediction for name, reader in readers.items()}
    st.header(plain(agreement_text(agreement(predictions))), anchor=False)
    said = [f"{name} {probability_percent(judged.probability)}" for name, judged in predictions.items()]
    alt = tr("Probability of positive: {values}", values=said)
    show_figure(draw_probabilities(predictions), key="probabilities", alt=alt)


def show_cards(
    names: list[str], readers: Mapping[str, Reader], problems: Mapping[str, Message], runs: Mapping[str, Run]
) -> None:
    """Show a card for each classifier, or why it could not read the text."""
    for column, name in zip(st.columns(len(names)), names, strict=True):
        with column.container(border=True):
            st.markdown(f"### {plain(title(runs[name]) if name in runs else name)}")
            if name in problems:
                st.error(plain(told(problems[name])), icon=":material/error:")
            else:
                _show_card(readers[name])


@st.cache_data(max_entries=64, show_spinner=False, hash_funcs=BY_STAMP)
def _accuracy_of(reader: Reader) -> float | None:
    """Share of the test reviews that a classifier gets right."""
    scores = reader.classifier.scores()
    return scores.accuracy if scores else None


def _facts_about(reader: Reader) -> list[str]:
    """How much of the text a classifier read, and its accuracy."""
    facts, judged = [], reader.prediction
    if NEUTRAL in reader.classifier.labels.sides:
        facts.append(tr("Probability of neutral: {share:.1%}", share=judged.neutral))
    if cut := judged.length - judged.read:
        found = lazy(
            "Read {read} of {count} tokens; the last {cut} were cut off", read=judged.read, count=judged.length, cut=cut
        )
    else:
        found = lazy("Read {read} of {count} tokens", read=judged.read, count=judged.length)
    facts += [
        str(found),
        tr_plural("{count} unknown token", "{count} unknown tokens", judged.unknown),
        tr("{time:.1f} ms from text to probability", time=judged.milliseconds),
    ]
    with errors_shown():
        accuracy = _accuracy_of(reader)
        facts.append(
            tr("Not evaluated on the test split")
            if accuracy is None
            else tr("Correct on {accuracy:.1%} of the test reviews", accuracy=accuracy)
        )
    return facts


def _show_card(reader: Reader) -> None:
    """Show one classifier's probability and verdict, and how much of the text it read."""
    judged = reader.prediction
    st.metric(tr("Probability of positive"), probability_percent(judged.probability))
    if found := doubt(judged):
        st.warning(plain(doubt_text(found, judged)), icon=":material/warning:")
    verdict = "" if judged.blind else f"#### {verdict_text(judged)}\n\n"
    st.markdown(verdict + "\n".join(f"- {fact}" for fact in _facts_about(reader)))

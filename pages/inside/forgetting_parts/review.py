"""How the gradient fades over the reader's own review."""

from __future__ import annotations

import numpy as np
import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from pages.inside.forgetting_parts.view import TITLES, ForgettingView, pooling_text
from pages.shared.address import choice
from pages.shared.charts import show_figure
from pages.shared.examples import example_buttons
from pages.shared.forgetting_resources import MOST, state_gradients
from pages.shared.layout import plain
from pages.shared.problems import told
from pages.shared.text_box import read_button, text_box
from sentiment_core.analysis.examples import examples_in
from sentiment_core.analysis.explanation.forgetting import LAST, Fade, ReachLine, fades
from sentiment_core.errors import SentimentError
from sentiment_core.figures.forgetting import draw_fading, draw_reach, row_name
from sentiment_core.messages import tr


def show(view: ForgettingView, anew: bool, row: DeltaGenerator) -> None:
    """Show the text, a strip for each network, and the same as lines by distance. row: for the choice of a moment."""
    examples = examples_in(view.corpus.language)
    left, right = st.columns([3, 2], gap="medium")
    with right:
        filled = example_buttons(examples, "text", anew)
    with left:
        text = text_box(tr("Review"), "text", default=examples[0].text, fill=filled, height=110)
        read_button()
    moments = {"after": tr("after training"), "before": tr("before training")}
    with row:
        when = choice(st.segmented_control, tr("Moment"), moments, "when", required=True)
    rows: list[Fade] = []
    tokens: list[str] = []
    shortened: list[str] = []
    try:
        with st.spinner(tr("Following the gradients back"), show_time=False):
            for name, classifier in view.networks.items():
                found = state_gradients(classifier, view.folders[name], text, when == "before")
                rows += fades(name, found, view.of)
                seen = classifier.view(text)
                if seen.read > MOST:
                    shortened.append(name)
                pieces = seen.pieces[: min(seen.read, MOST)]
                tokens = max(tokens, [" ".join(piece.split()) for piece in pieces], key=len)
    except SentimentError as error:
        st.error(plain(told(error)), icon=":material/error:")
        return
    if shortened:
        st.caption(
            plain(
                tr(
                    "{names:and}: the text is taken to end after {most} tokens, because gradients over more take long.",
                    names=shortened,
                    most=MOST,
                )
            )
        )
    alt = tr("How much of a change at each token arrives, for {names:and}.", names=list(view.networks))
    show_figure(draw_fading(tokens, rows), key="fading", alt=alt)
    st.markdown("\n".join(f"- {plain(sentence_about(row, view.of))}" for row in rows))
    if said := pooling_text(view):
        st.caption(plain(said))
    lines = [_line(row) for row in rows]
    show_figure(draw_reach(lines, title=str(TITLES[view.of])), key="fading lines", alt=alt)


def sentence_about(row: Fade, of: str) -> str:
    """A sentence on how far back a network's gradient reaches in this text."""
    name, tenth, thousandth = row_name(row.name, row.backward, row.both), row.reach(0.1), row.reach(0.001)
    if of == LAST:
        if tenth is None:
            return tr("{name}: more than a tenth of a change arrives from every token.", name=name)
        if thousandth is None:
            return tr(
                "{name}: less than a tenth of a change arrives from {tenth} or more tokens before the end of the "
                "reading, and more than a thousandth from every token.",
                name=name,
                tenth=tenth,
            )
        return tr(
            "{name}: less than a tenth of a change arrives from {tenth} or more tokens before the end of the reading, "
            "less than a thousandth from {thousandth} or more.",
            name=name,
            tenth=tenth,
            thousandth=thousandth,
        )
    if tenth is None:
        return tr("{name}: no token's gradient is below a tenth of the largest, far back.", name=name)
    return tr(
        "{name}: from {tenth} tokens before the end of the reading on, every gradient is below a tenth of the largest.",
        name=name,
        tenth=tenth,
    )


def _line(row: Fade) -> ReachLine:
    logs = row.logs if row.backward else row.logs[::-1]
    return ReachLine(row.name, row.backward, row.both, np.arange(len(logs)), logs, np.zeros(len(logs)))

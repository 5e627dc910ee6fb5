"""The step of the language model, which chooses one token at a time."""

from __future__ import annotations

import streamlit as st

from pages.inside.mechanics_parts.view import MechanicsView, explain
from pages.shared import mechanics_resources as resources
from pages.shared.address import choice, whole_number
from pages.shared.charts import show_figure
from pages.shared.layout import plain
from sentiment_core.analysis.mechanics.generation import MOST_MADE, generate, generated_boxes
from sentiment_core.figures.mechanics.boxes import boxes_html
from sentiment_core.figures.mechanics.charts import draw_probabilities
from sentiment_core.messages import lazy, tr

TRAINED = {"after": lazy("after training"), "before": lazy("before training")}


def language_model(view: MechanicsView) -> None:
    """A GRU language model, greedy, one token at a time."""
    sequences = resources.sequences(view.corpus, view.text)
    row = st.container(horizontal=True, vertical_alignment="bottom")
    with row:
        trained = choice(st.segmented_control, tr("Model"), TRAINED, "model", required=True)
        rows = list(map(str, range(len(sequences.ids))))
        start = int(
            choice(st.selectbox, tr("Start of sequence"), dict(zip(rows, rows, strict=True)), "start", width=140)
        )
        made = whole_number(tr("Tokens generated"), 0, MOST_MADE, "made", 1, width=160)
        st.button(
            tr("Next token"), on_click=_one_more, disabled=made >= MOST_MADE, icon=":material/step:", type="primary"
        )
    model = resources.model(view.corpus, view.text, trained == "after")
    names = [sequences.tokens[index] if sequences.tokens else str(index) for index in model.ids.tolist()]
    found = generate(model, int(sequences.ids[start][0]), max(made, 1))
    last = names[found.made[made - 2] if made > 1 else found.start]
    said = [
        tr(
            "A **language model** predicts the next token. It reads one token, updates its state, and gives a "
            "probability to each of the {count} tokens that the sequences contain. *Greedy* means: take the most "
            "probable one, and read it next.",
            count=len(names),
        ),
        tr(
            "After training on these sequences (loss {loss:.2f}) it has learned them by heart, and then goes on with "
            "what it has never seen. Before training, its choices are random.",
            loss=model.loss,
        )
        if trained == "after" and model.loss == model.loss
        else tr("Its weights are random: it has not seen the sequences, and prefers no token by much."),
    ]

    def draw() -> None:
        st.html(boxes_html(generated_boxes(sequences, start, names, found, made)))
        marked = f"**{plain(last)}**"
        st.markdown(tr("Probabilities of the token after {token}", token=marked))
        probabilities = found.probabilities[max(made - 1, 0)]
        show_figure(
            draw_probabilities(names, probabilities),
            key="next_token",
            alt=tr("The most probable next tokens after {token}", token=last),
        )

    explain("\n\n".join(said), found.code, draw)


def _one_more() -> None:
    st.session_state["made"] = min(int(st.session_state.get("made", 0)) + 1, MOST_MADE)

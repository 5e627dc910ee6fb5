"""The step that counts parameters."""

from __future__ import annotations

from functools import partial

import streamlit as st

from pages.inside.mechanics_parts.view import MechanicsView, explain
from sentiment_core.analysis.mechanics.parameters import LENGTHS, MOST, Counted, count_parameters
from sentiment_core.messages import tr


def parameters(view: MechanicsView) -> None:
    """Parameters do not depend on the length."""
    left, right, _ = st.columns([2, 2, 3], gap="medium")
    embedding = left.slider(tr("Width of the embedding"), 1, MOST, 256, key="embedding", bind="query-params")
    hidden = right.slider(tr("Width of the hidden state"), 1, MOST, 8, key="hidden", bind="query-params")
    code, rows = count_parameters(embedding, hidden, LENGTHS)
    plain = next(row for row in rows if row.blocks == 1)
    words = [
        tr(
            "The same weights are used at every step of time. So a layer that reads {short} tokens has as many "
            "parameters as one that reads {long}; only its outputs are longer.",
            short=LENGTHS[0],
            long=LENGTHS[1],
        ),
        tr(
            "What counts is the width of the embedding *e* and of the state *h*. One block is a matrix *h* x *e*, a "
            "matrix *h* x *h* and two biases of *h* numbers: *h* (*e* + *h* + 2) = {hidden} x "
            "({embedding} + {hidden} + 2) = {count}. An RNN is one block, a GRU three, an LSTM four.",
            hidden=hidden,
            embedding=embedding,
            count=plain.formula,
        ),
    ]
    explain("\n\n".join(words), code, partial(_show, rows))


def _show(rows: list[Counted]) -> None:
    st.dataframe(
        {
            "layer": [row.kind for row in rows],
            "blocks": [row.blocks for row in rows],
            "formula": [row.formula for row in rows],
            "counted": [row.counted for row in rows],
            "short": [str(list(row.shapes[0])) for row in rows],
            "long": [str(list(row.shapes[1])) for row in rows],
        },
        column_config={
            "layer": st.column_config.TextColumn(tr("layer")),
            "blocks": st.column_config.NumberColumn(tr("blocks")),
            "formula": st.column_config.NumberColumn(tr("by the formula"), format="localized"),
            "counted": st.column_config.NumberColumn(tr("counted"), format="localized"),
            "short": st.column_config.TextColumn(tr("outputs, {length} tokens", length=LENGTHS[0])),
            "long": st.column_config.TextColumn(tr("outputs, {length} tokens", length=LENGTHS[1])),
        },
        hide_index=True,
        row_height=44,
        alt=tr("Parameters of each layer by the formula and counted, and the shapes of its outputs"),
    )

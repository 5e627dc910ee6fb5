"""Forgetting: how far back a network's gradients reach, and why a plain RNN forgets."""

from __future__ import annotations

import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from pages.inside.forgetting_parts import distance, review, start, training
from pages.inside.forgetting_parts.view import ForgettingView
from pages.shared import resources
from pages.shared.address import choice
from pages.shared.classifier_box import classifier_box, show_unknown, unknown_classifiers
from pages.shared.layout import corpus_header, errors_shown, plain, published_runs, start_anew
from sentiment_core.analysis.explanation.forgetting import CELL, LAST, LOGIT
from sentiment_core.classifiers.protocol import Ability, Classifier
from sentiment_core.messages import lazy, tr

USUAL = ("rnn", "lstm", "gru", "bilstm")
PARTS = {
    "review": lazy("your review"),
    "distance": lazy("a cue at a distance"),
    "training": lazy("during training"),
    "start": lazy("start and clipping"),
}
OF = {LAST: lazy("last state"), LOGIT: lazy("verdict"), CELL: lazy("verdict, by cell state")}

corpus = corpus_header(
    tr("Forgetting"),
    tr("A word at the start of a review can count only if something of it arrives at the end. How much does?"),
    tr(
        """
Change the state after one token a little. How much does the state after the last token change? This is a **gradient**,
and it is a product with one factor for each token in between. Factors below 1 make it vanish, factors above 1 explode.

- **The strip** has a row for each network and a column for each token. Where it is dark, a change arrives whole. Where
  it is pale, it has faded: the scale is logarithmic, from all to a millionth. A network cannot learn from what does
  not arrive, and its verdict cannot depend on it.
- **Last state** is the memory alone. **Verdict** is the gradient of the log-odds: a pooling that reads every state
  gives each token a way of its own, past the memory. For an LSTM, **by cell state** takes the gradient with respect to
  its cell state, which the forget gate protects.
- A **BiLSTM** reads in both directions: → fades to the left, ← to the right. So each token is near one of its ends.
- A plain RNN multiplies by the same weights at each token. An LSTM and a GRU add to what they hold, and a gate near 1
  lets it pass.
"""
    ),
)
runs = published_runs(corpus)


def networks_of(names: list[str]) -> dict[str, Classifier]:
    """The chosen runs, loaded. Says which cannot be."""
    loaded: dict[str, Classifier] = {}
    for name in names:
        with errors_shown():
            loaded[name] = resources.classifier(runs[name].path)
    return {name: found for name, found in loaded.items() if found.can(Ability.STATE_GRADIENTS)}


@st.fragment  # a new text does not rerun the rest of the page
def forget() -> None:
    """Show the networks and the chosen part."""
    usual = [name for name in USUAL if name in runs] or list(runs)[:4]
    linear = resources.linear(corpus)
    unknown = unknown_classifiers(runs)
    anew = start_anew(runs=usual)
    if not anew:
        show_unknown([name for name in unknown if name not in linear])
        if without := [name for name in unknown if name in linear]:
            st.info(plain(tr("{names:and}: no memory to show. It adds up words, whatever their order.", names=without)))
    names = classifier_box(runs, None if anew else usual, runs)
    parts = {code: str(name) for code, name in PARTS.items()}
    gradients = {code: str(name) for code, name in OF.items()}
    row = st.container(horizontal=True, vertical_alignment="bottom")  # in one row: the picture is on the first screen
    with row.container(width="content"):  # in a container of its own its options wrap on a phone
        part = choice(st.segmented_control, tr("Show"), parts, "part", required=True)
    with row:
        of = choice(st.segmented_control, tr("Gradient of"), gradients, "of", required=True, disabled=part == "start")
    show_part(part, of, names, anew, row)
    st.caption(tr("A lesson of ten minutes with this page: {file}", file="`docs/lesson-forgetting.md`"))


def show_part(part: str, of: str, names: list[str], anew: bool, row: DeltaGenerator) -> None:
    """Show the chosen part. names: of the chosen runs. row: for the part's own control."""
    if part == "start":
        start.show()
        return
    networks = networks_of(names)
    if not networks:
        st.info(tr("Choose a network to see its memory."), icon=":material/memory:")
        return
    view = ForgettingView(corpus, networks, {name: runs[name].path for name in networks}, runs, of)
    if part == "review":
        review.show(view, anew, row)
    elif part == "distance":
        distance.show(view)
    else:
        training.show(view)


forget()

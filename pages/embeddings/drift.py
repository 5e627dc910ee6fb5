"""Drift: every word of two embeddings while they are trained, played on axes that do not move."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import streamlit as st

from pages.embeddings import closer
from pages.shared import drift_resources, resources
from pages.shared.layout import corpus_header, errors_shown, plain, published_runs
from pages.shared.player import drift_player
from sentiment_core.analysis.drift.moments import name_moment
from sentiment_core.analysis.results import title
from sentiment_core.analysis.vocabulary import find_words, frequent_words
from sentiment_core.analysis.wording import percent
from sentiment_core.figures.drift import draw_drift

if TYPE_CHECKING:
    from sentiment_core.training.run import Run

PINNED = ["great", "excellent", "good", "bad", "awful", "boring", "movie", "the"]
STILL_WORDS = 2000  # in the pictures for a browser that cannot draw the player
BASES = {
    "one for all frames": "shared",
    "each frame its own": "epoch",
    "its own, turned onto the one before": "aligned",
}
NOTHING, FROM_HUB = "nothing", "a model from the Hub"
LOOKS = ["What moved", "Neighbours", "An axis by name", "Analogy"]

corpus = corpus_header(
    "Drift",
    "Each dot is a word. Press play and watch training move it.",
    """
A network reads a word as a vector: a row of numbers that begins at random and moves as the network learns. Two axes
cannot show it whole. **PCA** finds the two directions along which the vectors spread most.

- **Colour and shape** are a word's polarity: how much more often it stands in positive than in negative training
  reviews, as log-odds. The network is never told this figure. Where the colours part, it found the difference itself.
- **What to look for:** before training the colours are mixed. As it learns, words of one colour draw to one side, and
  words that say nothing of the verdict, such as *the*, stay where they were. *good* counts as neutral: it stands in
  nearly as many negative reviews ("no good", "a good cast wasted").
- **Pin a word** by a click, or by searching for it, and a line follows it from where it began. **Encircle words** with
  the lasso, and the tables below are about them.
- **Axes:** with *one for all frames*, whatever moves is a word. With *each frame its own*, as most tools have it, the
  axes turn and flip from frame to frame, and words that stayed where they were seem to leap. *Turned onto the one
  before* takes the turning out, and the note below the picture says how much is left over. An axis has no meaning of
  its own, and two runs have unrelated axes: compare what their words do, not where they lie.
- **The line below** says how far the two colours have parted: the chance that a positive word, drawn at random, lies
  beyond a negative one. 0.5 is chance. *On the axis* is the picture's first axis; *in space* is every dimension, along
  a direction found on half of the words and measured on the other half.
- **Two axes hide much.** The note under each run says how much of the variance they hold. The closer looks measure
  in all dimensions.
- **Movement alone is not learning.** A network trained on shuffled labels moves its words too, but its colours stay
  mixed. Choose such a control beside the real run where one is published, as in the toy corpus.

With the keyboard inside the picture: Space plays, ← and → step, Home and End jump, F presents, / searches, L encircles,
Escape leaves.
""",
)

runs = {name: run for name, run in published_runs(corpus).items() if run.recipe.frames}
names = list(runs)
if not names:
    st.info("No network of this corpus kept its embedding while it learned. Train one without `--no-frames`.")
    st.stop()

columns = st.columns([2, 2, 3, 3], vertical_alignment="bottom")
first = "rnn" if "rnn" in names else names[0]
second = "bilstm" if "bilstm" in names and first != "bilstm" else names[-1]
left = columns[0].selectbox("Left", names, index=names.index(first), key="left", bind="query-params")
right = columns[1].selectbox(
    "Right", [*names, FROM_HUB, NOTHING], index=names.index(second), key="right", bind="query-params"
)
basis = columns[2].selectbox("Axes", list(BASES), key="basis", bind="query-params")
model = ""
if right == FROM_HUB:
    model = columns[3].text_input(
        "Model", key="model", bind="query-params", max_chars=200, placeholder="google-bert/bert-base-uncased"
    )


def show_stills(shown: closer.Shown, pins: np.ndarray) -> None:
    """Before and now as pictures, where a browser cannot draw the player."""
    table = resources.tokens(corpus)
    words = frequent_words(table, STILL_WORDS)
    for run, frame in shown:
        drift = drift_resources.projection(run, corpus, BASES[basis])
        for side, (column, index) in enumerate(zip(st.columns(2), (0, frame), strict=True)):
            row = run.history[index]
            about = f"{name_moment(row.epoch)} · step {row.step:,} · valid accuracy {percent(row.valid_accuracy)}"
            with column:
                st.markdown(f"**{plain(title(run))}** · {about}")
                st.plotly_chart(
                    draw_drift(drift, index, table, words, pins, legend=not side),
                    key=f"still_{run.name}_{side}",
                    alt=f"{len(words):,} words of {run.name} on two axes: {about}",
                )


def readable() -> list[Run]:
    """The runs chosen whose frames read, with an error shown for each other."""
    found = []
    for name in (left, right):
        with errors_shown():
            if name in runs and drift_resources.frames(runs[name], corpus):
                found.append(runs[name])
    return found


def readable_model() -> str:
    """The model named to stand beside, or nothing, with an error shown where it does not read."""
    with errors_shown():
        if model and drift_resources.still(model, corpus):
            return model
    return ""


@st.fragment
def play() -> None:
    """The player, and the closer look at what it shows; a selection in it reruns this alone."""
    with errors_shown():
        table = resources.tokens(corpus)
        if not (chosen := readable()):
            return
        default = table.tokens[find_words(table, PINNED)[0]].tolist()
        played = drift_resources.played(chosen, corpus, BASES[basis], default, readable_model())
        selection = drift_player(played.payload, "player", len(played.moments))
        reached = list(played.moments.values())[-1 if selection.moment is None else selection.moment]
        pins, missing = find_words(table, default if selection.pins is None else selection.pins)
        if missing:
            listed = ", ".join(word[:40] for word in missing[:10]) + (", ..." if len(missing) > 10 else "")
            st.caption(plain(f"Not in the vocabulary of {corpus.path.name} as one token: {listed}"))
        shown = list(zip(chosen, reached, strict=True))
        if not selection.canvas:
            show_stills(shown, pins)
        look_closer(shown, pins, find_words(table, selection.lasso)[0])


def look_closer(shown: closer.Shown, pins: np.ndarray, lasso: np.ndarray) -> None:
    """One of the closer looks, at what the player shows."""
    look = st.segmented_control("Look closer", LOOKS, default=LOOKS[0], required=True, key="look", bind="query-params")
    if look == LOOKS[0]:
        closer.movers(corpus, shown, lasso)
    elif look == LOOKS[1]:
        closer.neighbours(corpus, shown, pins)
    elif look == LOOKS[2]:
        closer.named_axis(corpus, shown, pins)
    else:
        closer.analogy(corpus, shown)


play()

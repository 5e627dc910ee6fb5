"""Drift: every word of two embeddings while they are trained, played on axes that do not move."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

import streamlit as st

from pages.embeddings import details
from pages.shared import drift_resources
from pages.shared.charts import show_figure
from pages.shared.hub_models import models_allowed
from pages.shared.layout import corpus_header, errors_shown, plain, published_runs, start_anew, title_row
from pages.shared.player import Selection, drift_player
from pages.shared.run_words import title
from sentiment_core.analysis.drift.checkpoints import name_checkpoint
from sentiment_core.analysis.usual_words import usual_words
from sentiment_core.analysis.vocabulary import find_words, frequent_words
from sentiment_core.figures.drift import draw_drift
from sentiment_core.messages.numbers import percent

if TYPE_CHECKING:
    from sentiment_core.runs.reading import Run

STILL_WORDS = 2000  # in the pictures for a browser that cannot draw the player
BASES = {
    "one PCA for all frames": "shared",
    "each frame its own PCA": "epoch",
    "its own, turned onto the one before": "aligned",
}
NOTHING, FROM_HUB = "nothing", "a model from the Hub"

row = title_row()
corpus = corpus_header(
    "Drift",
    "Each dot is a word. Press play and watch training move it.",
    """
A network reads a word, or a piece of a rare one, as a vector: a row of numbers that moves as the network learns. Two
axes cannot show it whole. **PCA** finds the two directions along which the vectors spread most.

- **Colour and shape** are a word's polarity: how much more often it stands in positive than in negative training
  reviews, as log-odds. The network is never told this figure. Where the colours part, it found the difference itself.
- **What to look for:** vectors that begin at random have their colours mixed. As the network learns, words of one
  colour usually draw to one side and move farther than the grey ones. *What moved* below says how far each kind moved
  in these networks, and where *the* stands (in Korean *영화*, film), which is no verdict. A word that seems to say
  much may be grey where it stands in nearly as many reviews of the other side ("no good", "a good cast wasted"): point
  at it, and its card says in how many.
- **Pin a word** by a click, or by searching for it, and a line follows it from where it began. **Encircle words** with
  the lasso, and *What moved* below is about them.
- **Axes:** with *one PCA for all frames*, whatever moves is a word. With *each frame its own*, as most tools have it,
  the axes may turn and flip from frame to frame, and then words that stayed where they were seem to leap. *Turned onto
  the one before* takes the turning out, and the note below the picture says how much is left over. An axis has no
  meaning of its own, and two runs have unrelated axes: compare what their words do, not where they lie.
- **The lines below** say how far the two colours have parted (AUC): the chance that a positive word, drawn at random,
  lies beyond a negative one; 0.5 where they are mixed. *First axis* is the picture's; *original space* is every
  dimension, along a direction found on half of the words and measured on the other half. The checkpoints are drawn at
  equal distances there, however far apart they are in time.
- **Two axes hide much.** The note under each run says how much of the variance they hold. The closer looks measure
  in all dimensions.
- **Movement alone is not learning.** A network trained on shuffled labels moves its words too, but not to the sides of
  their colours: its AUC says so. Choose such a control beside the real run where one is published, as in the toy
  corpus, with *Equal scales* under *More*.

By keyboard, while nothing else has the focus: Space plays, ← and → step, F presents, / searches, L encircles, + and -
zoom, 0 shows everything, Escape leaves. In the player and in a presentation Home and End jump, and the page keys step,
as a clicker's do. Ctrl and the wheel zoom.
""",
    row,
)

published = published_runs(corpus)
runs = {name: run for name, run in published.items() if run.recipe.frames}
names = list(runs)
if not names:
    st.info("No network of this corpus kept its embedding while it learned. Train one without `--no-frames`.")
    st.stop()


def say_what_is_replaced(offered: list[str]) -> None:
    """Name the networks that the address asks for and that cannot be shown: the pickers put others in their place."""
    for name in dict.fromkeys(st.query_params.get(side, "") for side in ("left", "right")):
        if name in published and name not in runs:
            reason = "kept no frames of its training, so it cannot be played"
        elif name and name not in offered:
            reason = "is no network of this corpus"
        else:
            continue
        st.warning(f"{plain(name[:80])} {reason}. Another stands in its place.", icon=":material/warning:")


first = "rnn" if "rnn" in names else names[0]
second = next((name for name in ("bilstm", *reversed(names)) if name in names and name != first), NOTHING)
others = [*names, *([] if models_allowed() == [] else [FROM_HUB]), NOTHING]
anew = start_anew(left=first, right=second)
if not anew:
    say_what_is_replaced(others)
starts = (0, 0) if anew else (names.index(first), others.index(second))
with row:
    left = st.selectbox("Left", names, index=starts[0], key="left", bind="query-params", width=170)
    right = st.selectbox("Right", others, index=starts[1], key="right", bind="query-params", width=170)
    basis = st.selectbox("Axes", list(BASES), key="basis", bind="query-params", width=300)
    model = ""
    if right == FROM_HUB:
        hint = "google-bert/bert-base-uncased"
        model = st.text_input("Model", key="model", bind="query-params", max_chars=200, placeholder=hint, width=300)


def show_pictures(shown: details.Shown, pins: list[str]) -> None:
    """Before, and at the checkpoint, as pictures: for a browser that cannot draw the player."""
    for place, (run, frame) in enumerate(shown):
        table = drift_resources.words(run, corpus)
        drift = drift_resources.projection(run, corpus, BASES[basis])
        words, pinned = frequent_words(table, STILL_WORDS), find_words(table, pins)[0]
        for side, (column, index) in enumerate(zip(st.columns(2), (0, frame), strict=True)):
            row = run.history[index]
            about = f"{name_checkpoint(row.epoch)} · step {row.step:,} · valid accuracy {percent(row.valid_accuracy)}"
            with column:
                st.markdown(f"**{plain(title(run))}** · {about}")
                show_figure(
                    draw_drift(drift, index, table, words, pinned, legend=not side),
                    key=f"still_{place}_{side}",
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
    """The player, and the closer look; a selection in the player reruns this alone."""
    with errors_shown():
        if not (chosen := readable()):
            return
        tables = [drift_resources.words(run, corpus) for run in chosen]
        usual = list(usual_words(corpus.language).pinned)
        lacked = set().union(*(find_words(table, usual)[1] for table in tables))
        default = [word for word in usual if word not in lacked]
        played = drift_resources.played(chosen, corpus, BASES[basis], default, readable_model())
        selection = drift_player(played.payload, "player", list(played.checkpoints))
        pins = default if selection.pins is None else selection.pins
        unknown = set(pins).intersection(*(find_words(table, pins)[1] for table in tables))
        known = [word for word in pins if word not in unknown]
        if missing := [word for word in pins if word in unknown]:
            listed = ", ".join(word[:40] for word in missing[:10]) + (", ..." if len(missing) > 10 else "")
            st.caption(plain(f"In no vocabulary here as one token: {listed}"))
        with st.container(horizontal=True, vertical_alignment="center"):
            look = st.segmented_control(
                "Look closer", list(LOOKS), default=next(iter(LOOKS)), required=True, key="look", bind="query-params"
            )
            checkpoint = selection.checkpoint
            if selection.canvas:
                st.caption(plain(f"Checkpoint: {checkpoint}, where the player rests"), width="content")
            elif len(played.checkpoints) > 1:
                checkpoint = st.select_slider(
                    "At", list(played.checkpoints), checkpoint, key="at", bind="query-params", width=320
                )
        shown = list(zip(chosen, played.checkpoints[checkpoint], strict=True))
        if not selection.canvas:
            show_pictures(shown, known)
        LOOKS[look or next(iter(LOOKS))](shown, known, selection)  # an empty address chooses nothing


LOOKS: dict[str, Callable[[details.Shown, list[str], Selection], None]] = {
    "What moved": lambda shown, pins, chosen: details.movers(corpus, shown, chosen.lasso, chosen.encircled),
    "Neighbours": lambda shown, pins, chosen: details.neighbours(corpus, shown, pins),
    "An axis by name": lambda shown, pins, chosen: details.named_axis(corpus, shown, pins),
    "Analogy": lambda shown, pins, chosen: details.analogy(corpus, shown),
}
play()

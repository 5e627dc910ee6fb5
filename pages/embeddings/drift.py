"""Drift: every word of two embeddings during training, played on fixed axes."""

from __future__ import annotations

from collections.abc import Callable, Collection
from typing import TYPE_CHECKING, NamedTuple

import streamlit as st

from pages.embeddings import details, directions
from pages.shared import drift_resources
from pages.shared.address import choice
from pages.shared.charts import show_figure
from pages.shared.hub_models import models_allowed
from pages.shared.layout import corpus_header, errors_shown, plain, published_runs, start_anew, title_row
from pages.shared.player import Selection, drift_player
from pages.shared.review_links import links_to_review
from pages.shared.run_words import title
from pages.shared.trained_runs import is_trained_here
from sentiment_core.analysis.drift.checkpoints import checkpoint_code, former_names
from sentiment_core.analysis.usual_words import usual_words
from sentiment_core.analysis.vocabulary import find_words, frequent_words
from sentiment_core.figures.drift import draw_drift
from sentiment_core.messages import Message, lazy, tr
from sentiment_core.messages.checkpoints import checkpoint_phrase

if TYPE_CHECKING:
    from sentiment_core.runs.reading import Run

SNAPSHOT_WORDS = 2000  # most words in the snapshots, for browsers that cannot draw the player
BASES = {  # name in the projection -> name for the reader
    "shared": lazy("one PCA for all frames"),
    "epoch": lazy("a separate PCA for each frame"),
    "aligned": lazy("separate PCAs, rotated to fit"),
}
NOTHING, FROM_HUB = "nothing", "hub"
# Names of the choices in addresses up to version 0.2.
OLD_BASES = {
    "one PCA for all frames": "shared",
    "each frame its own PCA": "epoch",
    "its own, turned onto the one before": "aligned",
}
OLD_RIGHT = {"a model from the Hub": FROM_HUB}
OLD_LOOKS = {"What moved": "moved", "Neighbours": "neighbours", "An axis by name": "axis", "Analogy": "analogy"}


def how_to_read() -> str:
    """Explain the picture and its use, in Markdown."""
    return "\n".join(
        [
            tr(
                "A network represents each word, or each piece of a rare word, as a vector: a row of numbers that "
                "changes during training. Two axes cannot show a whole vector. **PCA** finds the two directions "
                "along which the vectors vary most."
            ),
            "",
            tr(
                "- **Colour and shape** show a word's polarity: how much more often it occurs in positive than in "
                "negative training reviews, as log-odds. The network never sees this number. Where the colours "
                "separate, the network found the difference itself."
            ),
            tr(
                "- **What to look for:** vectors start at random, so the colours are mixed. During training, words "
                "of one colour usually move to one side, and farther than the grey words. *What moved* below shows "
                "how far each kind moved in these networks, and how far *the* did (in Korean *영화*, film), a word "
                "without sentiment. A word that sounds strong may be grey if it also occurs in reviews of the other "
                'side ("no good", "a good cast wasted"): point at it to see how often.'
            ),
            tr(
                "- **Pin a word** by a click or by searching for it. A line then shows its path from its starting "
                "point. **Select words** with the lasso, and *What moved* below is about them."
            ),
            tr(
                "- **Axes:** with *one PCA for all frames*, everything that moves is a word. With *a separate PCA "
                "for each frame*, as in most tools, the axes may turn and flip between frames, so that words that "
                "stayed in place seem to jump. *Separate PCAs, rotated to fit* removes the rotation, and the note "
                "below the picture says how much difference is left. An axis has no meaning of its own, and the axes "
                "of two runs are unrelated: compare what words do, not where they are."
            ),
            tr(
                "- **The lines below the pictures** show how well the two colours are separated (AUC): the "
                "probability that a positive word drawn at random lies beyond a negative one; 0.5 where they are "
                "mixed. *First axis* is that of the picture. *Original space* uses all dimensions, along a direction "
                "found on half of the words and measured on the other half. The checkpoints on these lines are "
                "equally spaced, however far apart they are in time."
            ),
            tr(
                "- **Two axes hide much.** The note under each run says how much of the variance they hold. "
                "*Details* below measures in all dimensions."
            ),
            tr(
                "- **Movement is not yet learning.** A network trained on shuffled labels moves its words too, but "
                "does not separate the colours: its AUC shows this. Where such a control is published, as in the toy "
                "corpus, compare it with the real run, with *Equal scales* under *More*."
            ),
            "",
            tr(
                "Keys, while the focus is on no other field: Space plays, ← and → step, F presents, / searches, L "
                "draws a lasso, + and - zoom, 0 shows everything, Escape leaves. In the player and in a "
                "presentation, Home and End jump, and Page Up and Page Down step, as a clicker does. Ctrl and the "
                "wheel zoom."
            ),
        ]
    )


row = title_row()
corpus = corpus_header(
    tr("Drift"), tr("Each dot is a word. Press Play to see how training moves it."), how_to_read(), row
)

published = published_runs(corpus)
runs = {name: run for name, run in published.items() if run.recipe.frames}
names = list(runs)
if not names:
    st.info(tr("No network of this corpus kept its embedding during training. Train one without `--no-frames`."))
    st.stop()


def say_what_is_replaced(offered: Collection[str]) -> None:
    """Name the networks of the address that cannot be shown. The pickers replace them with others."""
    for name in dict.fromkeys(st.query_params.get(side, "") for side in ("left", "right")):
        shown = plain(name[:80])
        if name in published and name not in runs:
            warning = tr("{run} kept no frames during training, so another run is shown in its place.", run=shown)
        elif name and name not in offered and name not in OLD_RIGHT:
            warning = tr("{run} is not a run of this corpus, so another run is shown in its place.", run=shown)
        else:
            continue
        st.warning(warning, icon=":material/warning:")


lasting = [name for name in names if not is_trained_here(runs[name].path)] or names  # the same for every visitor
first = "rnn" if "rnn" in lasting else lasting[0]
second = next((name for name in ("bilstm", *reversed(lasting)) if name in lasting and name != first), NOTHING)
others: dict[str, str] = {name: name for name in names}
if models_allowed() != []:
    others[FROM_HUB] = tr("a model from the Hub")
others[NOTHING] = tr("nothing")
anew = start_anew(left=first, right=second)
if not anew:
    say_what_is_replaced(others)
with row:
    index = 0 if anew else names.index(first)
    left = st.selectbox(tr("Left"), names, index=index, key="left", bind="query-params", width=170)
    right = choice(st.selectbox, tr("Right"), others, "right", second, old=OLD_RIGHT, width=170)
    basis = choice(st.selectbox, tr("Axes"), BASES, "basis", old=OLD_BASES, width=300)
    model = ""
    if right == FROM_HUB:
        hint = "google-bert/bert-base-uncased"
        model = st.text_input(tr("Model"), key="model", bind="query-params", max_chars=200, placeholder=hint, width=300)


def show_snapshots(shown: details.Shown, pins: list[str]) -> None:
    """Show pictures of the start and of the checkpoint, for a browser that cannot draw the player."""
    for place, (run, frame) in enumerate(shown):
        table = drift_resources.words(run, corpus)
        drift = drift_resources.projection(run, corpus, basis)
        words, pinned = frequent_words(table, SNAPSHOT_WORDS), find_words(table, pins)[0]
        for side, (column, index) in enumerate(zip(st.columns(2), (0, frame), strict=True)):
            row = run.history[index]
            about = tr(
                "{checkpoint} · step {step} · validation accuracy {accuracy:.1%}",
                checkpoint=checkpoint_phrase(checkpoint_code(row.epoch)),
                step=row.step,
                accuracy=row.valid_accuracy,
            )
            with column:
                st.markdown(f"**{plain(title(run))}** · {about}")
                show_figure(
                    draw_drift(drift, index, table, words, pinned, legend=not side),
                    key=f"snapshot_{place}_{side}",
                    alt=tr("{count} words of {run} on two axes: {about}", count=len(words), run=run.name, about=about),
                )


def readable() -> list[Run]:
    """The chosen runs whose frames can be loaded. An error is shown for each of the others."""
    found = []
    for name in (left, right):
        with errors_shown():
            if name in runs and drift_resources.frames(runs[name], corpus):
                found.append(runs[name])
    return found


def readable_model() -> str:
    """The model named for the right side, or None, with an error shown if it cannot be loaded."""
    with errors_shown():
        if model and drift_resources.snapshot(model, corpus):
            return model
    return ""


@st.fragment
def play() -> None:
    """Show the player and the details. A selection in the player reruns only this function."""
    with errors_shown():
        if not (chosen := readable()):
            return
        tables = [drift_resources.words(run, corpus) for run in chosen]
        usual = list(usual_words(corpus.language).pinned)
        lacked = set().union(*(find_words(table, usual)[1] for table in tables))
        default = [word for word in usual if word not in lacked]
        played = drift_resources.played(chosen, corpus, basis, default, readable_model())
        codes = list(played.checkpoints)
        former = former_names(codes)
        selection = drift_player(played.payload, "player", codes, former)
        pins = default if selection.pins is None else selection.pins
        unknown = set(pins).intersection(*(find_words(table, pins)[1] for table in tables))
        known = [word for word in pins if word not in unknown]
        if missing := [word for word in pins if word in unknown]:
            listed = ", ".join(word[:40] for word in missing[:10]) + (", ..." if len(missing) > 10 else "")
            st.caption(tr("In no vocabulary here as one token: {words}", words=plain(listed)))
        with st.container(horizontal=True, vertical_alignment="center"):
            names = {code: look.name for code, look in LOOKS.items()}
            look = choice(st.segmented_control, tr("Details"), names, "look", old=OLD_LOOKS, required=True)
            checkpoint = selection.checkpoint
            if selection.canvas:
                about = checkpoint_phrase(checkpoint, codes[-1])
                st.caption(tr("Checkpoint: {checkpoint}", checkpoint=about), width="content")
            elif len(codes) > 1:
                labels = {code: checkpoint_phrase(code, codes[-1]) for code in codes}
                checkpoint = choice(st.select_slider, tr("Checkpoint"), labels, "at", codes[-1], old=former, width=320)
        shown = list(zip(chosen, played.checkpoints[checkpoint], strict=True))
        if not selection.canvas:
            show_snapshots(shown, known)
        links_to_review(corpus, chosen, known)
        LOOKS[look].show(shown, known, selection)


class Look(NamedTuple):
    """One kind of details."""

    name: Message
    show: Callable[[details.Shown, list[str], Selection], None]


LOOKS = {
    "moved": Look(
        lazy("What moved"),
        lambda shown, pins, chosen: details.movers(corpus, shown, chosen.lasso, chosen.encircled),
    ),
    "neighbours": Look(lazy("Neighbours"), lambda shown, pins, chosen: details.neighbours(corpus, shown, pins)),
    "axis": Look(lazy("An axis by name"), lambda shown, pins, chosen: directions.named_axis(corpus, shown, pins)),
    "analogy": Look(lazy("Analogy"), lambda shown, pins, chosen: directions.analogy(corpus, shown)),
}
play()

"""Drift: where the words of two runs lie before and during training, one run above the other."""

import streamlit as st

from pages.shared import resources
from pages.shared.layout import errors_shown, header, pick_corpus, plain, published_runs
from sentiment_core.analysis.drift import common_moments, find_words, frequent_words, name_moment, top_movers
from sentiment_core.analysis.results import title
from sentiment_core.analysis.wording import percent
from sentiment_core.figures.drift import draw_drift
from sentiment_core.figures.style import lean

PINNED = ["great", "excellent", "good", "bad", "awful", "boring", "movie", "the"]
MOST_PINNED = 20
SUGGESTED = 2000  # words offered for pinning; any other can be typed
MOVERS = 10
CHART = {"displaylogo": False, "modeBarButtonsToRemove": ["select2d", "lasso2d", "autoScale2d"]}

header(
    "Drift",
    "Each dot is a word. Training moves it: on the left before the first step, on the right at the moment you choose.",
    """
A network reads a word as a vector: a row of numbers that begins at random and moves as the network learns. Two axes
cannot show it whole. **PCA** finds the two directions along which the vectors of all frames, taken together, spread
most. Each run has one such pair, every frame is drawn on it, and the axes never move: whatever moves is a word.

- **Colour and shape** are a word's polarity: how much more often it stands in positive than in negative training
  reviews, as log-odds. The network is never told this figure. Where the colours part, it found the difference itself.
- **What to look for:** before training the colours are mixed. As it learns, words of one colour draw to one side, and
  words that say nothing of the verdict, such as *the*, stay where they were. *good* counts as neutral: it stands in
  nearly as many negative reviews ("no good", "a good cast wasted").
- **A line** follows a pinned word from where it began, frame by frame. One unit is as long along either axis.
- **An axis has no meaning of its own.** The first points right where positive words lie, and that is all. Two runs have
  two unrelated pairs of axes: compare what their words do, not where they lie.
- **Two axes hide much of the picture.** The line below each run says how much of the vectors' variance they hold and
  how much of the words' movement (as squared distance). Words far apart here are at least that far apart; words close
  together here may not be close. Where little of the movement is in sight, trust the table at the end: its distances
  are those of the whole vectors.
""",
)

corpus = pick_corpus()
runs = {name: run for name, run in published_runs(corpus).items() if run.recipe.frames}
names = list(runs)
if not names:
    st.info("No network of this corpus kept its embedding while it learned. Train one without `--no-frames`.")
    st.stop()


def pick_run(label: str, key: str, preset: str, otherwise: int) -> str:
    """The name of a run to show."""
    index = names.index(preset) if preset in names else otherwise
    return st.selectbox(label, names, index=index, key=key, bind="query-params")


with errors_shown():
    table = resources.tokens(corpus)
    counts = {"500": 500, "2,000": 2000, "5,000": 5000, "all": len(table.tokens)}
    offered = table.tokens[frequent_words(table, SUGGESTED)].tolist()
    default = [word for word in PINNED if word in offered]

    columns = st.columns([2, 2, 2, 8])
    with columns[0]:
        top = pick_run("Above", "top", "rnn", 0)
    with columns[1]:
        bottom = pick_run("Below", "bottom", "bilstm", len(names) - 1)
    with columns[2]:
        count = st.selectbox("Words", list(counts), index=1, key="words", bind="query-params")
    with columns[3]:
        typed = st.multiselect(
            "Pinned words",
            offered,
            default,
            key="pinned",
            bind="query-params",
            accept_new_options=True,
            select_all=False,
            wrap=True,
            placeholder="Type a word to follow it",
        )
    pinned, missing = find_words(table, typed)
    if missing:
        listed = ", ".join(word[:40] for word in missing[:MOVERS]) + (", ..." if len(missing) > MOVERS else "")
        st.caption(plain(f"Not in the vocabulary as one token, so they cannot be shown: {listed}"))
    if len(pinned) > MOST_PINNED:
        st.caption(f"Of {len(pinned)} pinned words the first {MOST_PINNED} are shown.")
        pinned = pinned[:MOST_PINNED]
    words = frequent_words(table, counts[count])
    if not len(words):
        st.info("The vocabulary of this corpus holds no whole words to draw.", icon=":material/inventory_2:")
        st.stop()

    shown = [runs[top], runs[bottom]]
    moments = common_moments([run.history for run in shown])
    moment = list(moments)[-1]
    if len(moments) > 1:
        moment = st.select_slider("Moment", list(moments), value=moment, key="frame", bind="query-params")

    drawn = []
    for place, run, frame in zip(("top", "bottom"), shown, moments[moment], strict=True):
        with errors_shown():
            drift = resources.drift(run, corpus)
            drawn.append((run, frame, drift))
            for side, (column, index) in enumerate(zip(st.columns(2), (0, frame), strict=True)):
                row = run.history[index]
                about = f"{name_moment(row.epoch)} · step {row.step:,} · valid accuracy {percent(row.valid_accuracy)}"
                with column:
                    st.markdown(f"**{plain(title(run))}** · {about}")
                    st.plotly_chart(
                        draw_drift(drift, index, table, words, pinned, legend=not side),
                        key=f"{place}_{side}",
                        config=CHART,
                        alt=f"{len(words):,} words of {run.name} on two axes: {about}",
                    )
            moved = f", and {percent(drift.visible[frame])} of its words' movement so far" if frame else ""
            st.caption(
                f"The two axes of {plain(run.name)} hold {percent(drift.explained.sum())} of the variance of its "
                f"{drift.dimensions} dimensions{moved}."
            )

    st.subheader("Which words moved farthest", anchor=False)
    st.markdown(
        "Distance from where the word began, in all dimensions rather than on the two axes, at the moment chosen above."
    )
    for (run, frame, drift), column in zip(drawn, st.columns(2), strict=False):  # a run in error has said so above
        with column:
            st.markdown(f"**{plain(title(run))}** · {name_moment(run.history[frame].epoch)}")
            if not frame:
                st.caption("Nothing has moved yet.")
                continue
            movers = top_movers(drift, frame, words, MOVERS)
            st.dataframe(
                {
                    "word": table.tokens[movers.ids],
                    "distance": drift.displacement[frame, movers.ids],
                    "polarity": table.polarity[movers.ids],
                    "leans": lean(table.polarity[movers.ids]),
                },
                column_config={
                    "distance": st.column_config.NumberColumn(format="%.2f"),
                    "polarity": st.column_config.NumberColumn(format="%+.2f", help="Log-odds; above 0 leans positive"),
                },
                hide_index=True,
                alt=f"The words of {run.name} that moved farthest",
            )
            st.caption(f"The middle one of the {len(words):,} words moved {movers.median:.2f}.")

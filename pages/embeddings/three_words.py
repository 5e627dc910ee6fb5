"""Three words: an embedding so small that it needs no projection, trained while the page opens."""

import streamlit as st

from pages.shared.layout import errors_shown, header, title_row
from pages.shared.player import drift_player
from sentiment_core.analysis.three_words import (
    LEARNING_RATE,
    LEAST_RATE,
    MOST_RATE,
    SENTENCES,
    STEPS,
    WORDS,
    train_three_words,
)
from sentiment_core.figures.player.bundle import standalone_template
from sentiment_core.figures.three_words import draw_three_words, moment_names

SEEDS = range(100)

row = title_row()
header(
    "Three words",
    f"Three words of two numbers each learn, in {STEPS} steps, from "
    + " and ".join(f"*{text}* ({'positive' if label else 'negative'})" for text, label in SENTENCES)
    + ".",
    """
An **embedding** gives each word a row of numbers. Here a row has two, so the picture needs no projection: the numbers
are the place. They begin at random, and the network is as small as can be: the numbers of a sentence's two words, laid
end to end, are weighted and added up, and the sum says how positive the sentence is.

- **What to look for:** press play, or step by hand. *good* and *bad* part. Where they end depends on where they began;
  that they part does not. Try other seeds.
- **movie hardly moves.** It stands in both sentences, and what one asks of it the other takes back.
- **A step** looks at both sentences, asks of every number which way the loss falls, and moves it that way: by the slope
  times the **learning rate**. At a small rate the words creep, at a large one they leap too far.
- **The loss** is how surprised the network is by the labels: 0.69 for a coin, 0 for one who knows. The weights move
  too, and are not drawn.
- **Colour and shape** are a word's polarity, counted in the two sentences. The network is never told it.

The networks on the Drift page do the same with ten thousand words of 32 numbers or more.
""",
    row,
)

with row:
    learning_rate = st.number_input(
        "Learning rate",
        LEAST_RATE,
        MOST_RATE,
        LEARNING_RATE,
        0.1,
        format="%.2f",
        key="lr",
        bind="query-params",
        width=170,
    )
    seed = st.selectbox("Seed", SEEDS, key="seed", help="Draws the start", bind="query-params", width=170)

with errors_shown():
    trained = train_three_words(learning_rate=learning_rate, seed=seed)
    drift_player(draw_three_words(trained, standalone_template()), "three_words", moment_names(trained))

    st.subheader("In figures", anchor=False)
    st.dataframe(
        {"step": range(len(trained)), "loss": trained.loss}
        | {
            f"{word}, {number}": trained.embeddings[:, row, axis]
            for row, word in enumerate(WORDS)
            for axis, number in enumerate(("first", "second"))
        },
        column_config={"loss": st.column_config.NumberColumn(format="%.3f")}
        | {
            f"{word}, {number}": st.column_config.NumberColumn(format="%.3f")
            for word in WORDS
            for number in ("first", "second")
        },
        hide_index=True,
        alt="The loss and the two numbers of each word before training and after each step",
    )

"""Three words: an embedding so small that it needs no projection, trained while the page opens."""

import streamlit as st

from pages.shared.layout import errors_shown, header, title_row
from pages.shared.player import drift_player
from sentiment_core.analysis.three_words import (
    LEARNING_RATE,
    LEAST_RATE,
    MOST_RATE,
    STEPS,
    WORDS_IN,
    outcome,
    sentences_of,
    train_three_words,
)
from sentiment_core.messages import current_language
from sentiment_core.player.bundle import standalone_template
from sentiment_core.player.three_words import checkpoint_names, draw_three_words

SEEDS = range(100)
WORDS = WORDS_IN[current_language()]
GOOD, BAD, MOVIE = WORDS

row = title_row()
header(
    "Three words",
    f"Three words of two numbers each learn, in {STEPS} steps, from "
    + " and ".join(f"*{text}* ({'positive' if label else 'negative'})" for text, label in sentences_of(WORDS))
    + ".",
    f"""
An **embedding** gives each word a row of numbers. Here a row has two, so the picture needs no projection: the numbers
are the place. They begin at random, and the network is as small as can be: the numbers of a sentence's two words, laid
end to end, are weighted and added up, and the sum says how positive the sentence is.

- **What to look for:** press play, or step by hand. At a rate of 0.5 *{GOOD}* and *{BAD}* part with every seed
  offered, and where they end depends on where they began. The line below the player says how far they parted.
- **{MOVIE} hardly moves,** as a rule. It stands in both sentences, and what one asks of it the other takes back. At a
  rate of 0.5 it moves least with every seed but 3, where it moves farther than *{GOOD}*.
- **A step** looks at both sentences, asks of every number which way the loss falls, and moves it that way: by the slope
  times the **learning rate**. At 0.01 the words creep, and with half of the seeds twenty steps are too few to part
  them. At 5 most seeds still learn, but a step may leap too far, so that the loss rises: with seed 22 all three words
  fly off.
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
    trained = train_three_words(learning_rate=learning_rate, seed=seed, words=WORDS)
    drift_player(draw_three_words(trained, standalone_template()), "three_words", checkpoint_names(trained))

    found = outcome(trained)
    moved = " and ".join(f"{found.moved[word]:,.2f}" for word in (GOOD, BAD))
    rose = f"rose at {found.rises} of {STEPS} steps" if found.rises else "fell at every step"
    st.markdown(
        f"Here *{GOOD}* and *{BAD}* began {found.began:,.2f} apart and end {found.ended:,.2f} apart. They moved "
        f"{moved}, *{MOVIE}* {found.moved[MOVIE]:,.2f}. The loss {rose}, from {trained.loss[0]:.3f} to "
        f"{trained.loss[-1]:.3f}."
    )

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

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
from sentiment_core.messages import current_language, tr
from sentiment_core.player.bundle import standalone_template
from sentiment_core.player.three_words import checkpoint_codes, draw_three_words, former_names

SEEDS = range(100)
WORDS = WORDS_IN[current_language()]
GOOD, BAD, MOVIE = WORDS


def how_to_read() -> str:
    """Explain the picture, in Markdown."""
    return "\n".join(
        [
            tr(
                "An **embedding** gives each word a row of numbers. Here a row has two numbers, so the picture needs "
                "no projection: the numbers are the position. They start at random. The network is as small as "
                "possible: it joins the numbers of a sentence's two words, multiplies each by a weight and adds them "
                "up. The sum says how positive the sentence is."
            ),
            "",
            tr(
                "- **What to look for:** press Play, or step by hand. At a learning rate of 0.5, *{good}* and "
                "*{bad}* separate with every seed offered here; where they end depends on where they start. The line "
                "below the player says how far apart they are.",
                good=GOOD,
                bad=BAD,
            ),
            tr(
                "- **{movie} hardly moves.** It occurs in both sentences, and what one adds the other takes away. At "
                "a rate of 0.5 it moves least with every seed but 3, where it moves farther than *{good}*.",
                movie=MOVIE,
                good=GOOD,
            ),
            tr(
                "- **A step** reads both sentences, computes for every number the direction in which the loss falls, "
                "and moves the number that way: by the gradient times the **learning rate**. At 0.01 the words "
                "barely move, and with half of the seeds {steps} steps do not separate them. At 5 most seeds still "
                "learn, but a step may go too far, so that the loss rises: with seed 22 all three words fly off.",
                steps=STEPS,
            ),
            tr(
                "- **The loss** says how wrong the predictions are: 0.69 for a coin flip, 0 for a network that is "
                "certain and right. The weights change too; they are not shown."
            ),
            tr(
                "- **Colour and shape** show a word's polarity, counted in the two sentences. The network never sees "
                "it."
            ),
            "",
            tr("The networks on the Drift page do the same with 10,000 words of 32 numbers or more."),
        ]
    )


def introduce() -> str:
    """A sentence on what is trained, and on which data."""
    positive, negative = (text for text, _ in sentences_of(WORDS))
    return tr(
        "Three words of two numbers each learn from two sentences in {steps} steps: *{positive}* (positive) and "
        "*{negative}* (negative).",
        steps=STEPS,
        positive=positive,
        negative=negative,
    )


row = title_row()
header(tr("Three words"), introduce(), how_to_read(), row)

with row:
    learning_rate = st.number_input(
        tr("Learning rate"),
        LEAST_RATE,
        MOST_RATE,
        LEARNING_RATE,
        0.1,
        format="%.2f",
        key="lr",
        bind="query-params",
        width=170,
    )
    seed = st.selectbox(
        tr("Seed"), SEEDS, key="seed", help=tr("Of the random starting values"), bind="query-params", width=170
    )


def describe_loss(rises: int, first: float, last: float) -> str:
    """A sentence on how the loss changed."""
    if not rises:
        return tr("The loss fell at every step, from {first:.3f} to {last:.3f}.", first=first, last=last)
    return tr(
        "The loss rose at {rises} of {steps} steps; it went from {first:.3f} to {last:.3f}.",
        rises=rises,
        steps=STEPS,
        first=first,
        last=last,
    )


with errors_shown():
    trained = train_three_words(learning_rate=learning_rate, seed=seed, words=WORDS)
    codes = checkpoint_codes(trained)
    drift_player(draw_three_words(trained, standalone_template()), "three_words", codes, former_names(codes))

    found = outcome(trained)
    st.markdown(
        tr(
            "Here *{good}* and *{bad}* start {began:.2f} apart and end {ended:.2f} apart. *{good}* moves by "
            "{moved_good:.2f}, *{bad}* by {moved_bad:.2f} and *{movie}* by {moved_movie:.2f}.",
            good=GOOD,
            bad=BAD,
            movie=MOVIE,
            began=found.began,
            ended=found.ended,
            moved_good=found.moved[GOOD],
            moved_bad=found.moved[BAD],
            moved_movie=found.moved[MOVIE],
        )
        + " "
        + describe_loss(found.rises, float(trained.loss[0]), float(trained.loss[-1]))
    )

    st.header(tr("In numbers"), anchor=False)
    columns = {(word, axis): f"{word}_{axis}" for word in WORDS for axis in (0, 1)}
    headings = {
        column: tr("{word}, first", word=word) if axis == 0 else tr("{word}, second", word=word)
        for (word, axis), column in columns.items()
    }
    st.dataframe(
        {"step": range(len(trained)), "loss": trained.loss}
        | {column: trained.embeddings[:, WORDS.index(word), axis] for (word, axis), column in columns.items()},
        column_config={"step": tr("step")}
        | {
            column: st.column_config.NumberColumn(label, format="%.3f")
            for column, label in {"loss": tr("loss"), **headings}.items()
        },
        hide_index=True,
        alt=tr("The loss and the two numbers of each word before training and after each step"),
    )

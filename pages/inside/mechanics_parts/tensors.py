"""Steps whose picture is the tensors of a few lines: lookup table, padding, packing, states, layers, heads."""

from __future__ import annotations

from functools import partial

import streamlit as st

from pages.inside.mechanics_parts.view import MechanicsView, explain
from pages.shared import mechanics_resources as resources
from pages.shared.address import choice
from sentiment_core.analysis.mechanics.tensors import Pictured
from sentiment_core.figures.mechanics.boxes import boxes_html
from sentiment_core.messages import tr

CELLS = {"rnn": "RNN", "lstm": "LSTM", "gru": "GRU"}


def table(view: MechanicsView) -> None:
    """A lookup table is a matrix; an id picks a row."""
    found = resources.pictured(view.corpus, view.text, "table")
    words = [
        tr(
            "An **id** is a number without meaning. The **embedding** is a matrix with a row of numbers for each id, "
            "here {rows} x {width}. Looking up an id copies its row.",
            rows=int(found.numbers["rows"]),
            width=int(found.numbers["width"]),
        ),
        tr(
            "The same as a product: a **one-hot** row is 1 at the id and 0 elsewhere. Times the matrix, it gives that "
            "row of the matrix. Both results are equal to the last bit."
        )
        if found.numbers["same"]
        else "",
        tr("Only the first six tokens are drawn, with the columns in which one of them has its 1."),
        bars_words(),
    ]
    _show(found, words)
    _largest_tables(view)


def _largest_tables(view: MechanicsView) -> None:
    """Lookup tables at hand, the largest first: BERT's if it is in the Hub's cache."""
    st.header(tr("Lookup tables at hand"), anchor=False)
    tables = resources.lookup_tables(view.corpus)
    st.dataframe(
        {
            "table": [found.name for found in tables],
            "rows": [found.rows for found in tables],
            "width": [found.width for found in tables],
            "numbers": [found.rows * found.width for found in tables],
        },
        column_config={
            "table": st.column_config.TextColumn(tr("table")),
            "rows": st.column_config.NumberColumn(tr("rows (tokens)"), format="localized"),
            "width": st.column_config.NumberColumn(tr("numbers in a row"), format="localized"),
            "numbers": st.column_config.NumberColumn(tr("numbers"), format="localized"),
        },
        hide_index=True,
        alt=tr("The lookup tables at hand with their sizes"),
    )
    if not any(found.is_bert for found in tables):
        st.caption(
            tr(
                "BERT's table has 30,522 x 768 = 23,440,896 numbers. It is listed here once BERT is in the Hub's "
                "cache of this machine: `hf download google-bert/bert-base-uncased`."
            )
        )


def padding(view: MechanicsView) -> None:
    """Pad to the longest, keep the lengths."""
    found = resources.pictured(view.corpus, view.text, "padding")
    words = [
        tr(
            "A tensor is a rectangle, but sentences differ in length. So each is filled up with the id 0 to the length "
            "of the longest: [batch {batch}, time {time}].",
            batch=int(found.numbers["batch"]),
            time=int(found.numbers["time"]),
        ),
        tr(
            "**Keep the true lengths.** Without them nobody can tell padding from text. Here {share:.0%} of all boxes "
            "are padding (hatched).",
            share=found.numbers["padding"],
        ),
    ]
    _show(found, words)


def packing(view: MechanicsView) -> None:
    """Sort, pack, and back."""
    found = resources.pictured(view.corpus, view.text, "packing")
    words = [
        tr(
            "**Packing** leaves the padding out. The sequences are sorted by length, longest first, and stored column "
            "by column: the number in a box is its place in `packed.data`. `batch_sizes` says how many sequences "
            "still run at each step of time."
        ),
        tr(
            "{packed} tokens remain of {padded} boxes.",
            packed=int(found.numbers["packed"]),
            padded=int(found.numbers["padded"]),
        ),
        tr(
            "**The way back** pads again and undoes the sorting: sorting the order itself gives its inverse. `back` "
            "equals the padded ids."
        )
        if found.numbers["same"]
        else "",
    ]
    _show(found, words)


def states(view: MechanicsView) -> None:
    """All hidden states, and the last one, of a cell."""
    cell = choice(st.segmented_control, tr("Cell"), CELLS, "cell", required=True)
    found = resources.pictured(view.corpus, view.text, "states", cell)
    words = [
        tr(
            "`outputs` has a hidden state for every token. `h_n` has only the last one. The outlined states are those "
            "of the last real token of each sequence."
        ),
        tr(
            "**Read the padded batch**, and `h_n` is the state after the padding: for {shorter} sequences it is not "
            "the outlined one (largest difference {off:.2f}).",
            shorter=int(found.numbers["shorter"]),
            off=found.numbers["padded_off"],
        ),
        tr(
            "**Read it packed**, and `packed_h_n` is the outlined state of every sequence (largest difference "
            "{off:.1g}, which is rounding).",
            off=found.numbers["packed_off"],
        ),
    ]
    if cell == "lstm":
        words.append(tr("An **LSTM** also has a cell state `c_n` of the same shape: its long-term memory."))
    words.append(bars_words())
    _show(found, words)


def both_ways(view: MechanicsView) -> None:
    """Packed, and padded at the end: the same numbers."""
    found = resources.pictured(view.corpus, view.text, "both-ways")
    words = [
        tr(
            "Packing is not the only correct way. A forward network reads padding after the text, so no real token "
            "sees it. A backward network would read it first, so each row is turned around **within its length**: "
            "padding stays at the end."
        ),
        tr(
            "At the real tokens both ways give the same numbers; the largest difference is {off:.1g}. The networks of "
            "this app read in the second way, because it can use the processor's fast routines.",
            off=found.numbers["off"],
        ),
        tr("At padding, packing gives zeros and the other way gives numbers without meaning."),
        bars_words(),
    ]
    _show(found, words)


def layers(view: MechanicsView) -> None:
    """Two layers in two directions."""
    found = resources.pictured(view.corpus, view.text, "layers")
    words = [
        tr(
            "Two layers in two directions give four last states for each sequence. PyTorch stacks them as `[layers * "
            "directions, batch, hidden]`; `view` takes them apart. Row 1 → is the second layer reading forward, 1 ← "
            "backward."
        ),
        tr(
            "`outputs` has only the upper layer, forward and backward side by side: 2 * 8 numbers. Time comes first "
            "here, which is PyTorch's default. The forward half at the last real token equals 1 →, the backward half "
            "at the **first** token equals 1 ←: both are outlined (difference {forward:.1g} and {backward:.1g}).",
            forward=found.numbers["forward_off"],
            backward=found.numbers["backward_off"],
        ),
        bars_words(),
    ]
    _show(found, words)


def heads(view: MechanicsView) -> None:
    """One answer a sequence, or one a token."""
    found = resources.pictured(view.corpus, view.text, "heads")
    words = [
        tr(
            "A **head** is a linear layer on top of the states. For one answer a sequence it reads the last state: "
            "[batch {batch}, 2], two classes. That is how a review is classified.",
            batch=int(found.numbers["batch"]),
        ),
        tr(
            "For one answer a token it reads every state: [time {time}, batch {batch}, 5], five tags. That is how "
            "parts of speech are tagged. What it says at padding is ignored.",
            time=int(found.numbers["time"]),
            batch=int(found.numbers["batch"]),
        ),
        bars_words(),
    ]
    _show(found, words)


def bars_words() -> str:
    """How vectors are drawn."""
    return tr("The bars in a box are the numbers of a vector: up and blue is positive, down and orange negative.")


def _show(found: Pictured, words: list[str]) -> None:
    """Show the lines of a step, its tensors as boxes, and what they do: a paragraph each; "" is left out."""
    explain("\n\n".join(filter(None, words)), found.code, partial(st.html, boxes_html(found.boxes)))

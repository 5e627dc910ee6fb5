"""Mechanics: from token ids to logits, a step a screen, with the lines of PyTorch that ran."""

from __future__ import annotations

import streamlit as st

from pages.inside.mechanics_parts import words
from pages.inside.mechanics_parts.view import MechanicsView
from pages.shared.address import choice
from pages.shared.layout import corpus_header, errors_shown
from pages.shared.on_demand import needing_torch
from pages.shared.text_box import read_button, text_box
from sentiment_core.analysis.mechanics.sequences import MOST_LINES, MOST_TOKENS
from sentiment_core.messages import Message, lazy, tr

# Step, as in the address -> its name, what shows it, and whether it works on the sequences. Its file is imported when
# it is opened: all but the first import torch, which takes 190 MB.
STEPS: dict[str, tuple[Message, str, bool]] = {
    "words": (lazy("A word tokenizer"), "words.words", False),
    "table": (lazy("Ids and the lookup table"), "tensors.table", True),
    "padding": (lazy("Padding and true lengths"), "tensors.padding", True),
    "packing": (lazy("Sorting, packing, and back"), "tensors.packing", True),
    "states": (lazy("Hidden states of RNN, LSTM and GRU"), "tensors.states", True),
    "both-ways": (lazy("Packed or padded at the end"), "tensors.both_ways", True),
    "layers": (lazy("Layers and directions"), "tensors.layers", True),
    "heads": (lazy("Heads: one answer, or one a token"), "tensors.heads", True),
    "generate": (lazy("A language model, token by token"), "generate.language_model", True),
    "parameters": (lazy("Parameters do not depend on length"), "parameters.parameters", False),
    "bank": (lazy("One embedding, two states"), "bank.senses", False),
    "trap": (lazy("The padding trap"), "trap.trap", False),
    "far": (lazy("Words far apart"), "far.far_apart", False),
    "analogy": (lazy("king - man + woman"), "analogy.analogy", False),
}
DATA = {"toy": lazy("ten toy sequences"), "own": lazy("my own lines")}
LINES = lazy("A dull plot but superb acting.\nNot bad at all!\nI would watch it again.")


def go_to(step: str) -> None:
    """Open a step: the choice takes it from the session."""
    st.session_state["step"] = step


corpus = corpus_header(
    tr("Mechanics"),
    tr("What a recurrent network computes, step by step: each picture was made by the lines of PyTorch above it."),
    tr(
        """
Choose a step, or press **Next**. The address keeps it, so a link opens the same step.

- **A tensor** is a grid of boxes. Above it are its name in the code, its axes with their sizes, and its type.
- **Padding** is hatched. Boxes that the text speaks of are outlined.
- **A vector** is a row of small bars: up and blue is positive, down and orange negative. Point at a box for numbers.
- **Ten toy sequences** have 5 to 20 ids below 100. Or type your own lines: each line is one sequence.
- **Weights** are random, with the same seed each time, unless a step says that its network was trained.
- `docs/recipes.md` in the repository lists the recipes of the lecture notes, and the step or command that runs each.
"""
    ),
)

names = {code: f"{place}. {name}" for place, (code, (name, _, _)) in enumerate(STEPS.items(), start=1)}
order = list(STEPS)
with st.container(horizontal=True, vertical_alignment="bottom"):
    step = choice(st.selectbox, tr("Step"), names, "step", width=420)
    place = order.index(step)
    before, after = order[max(place - 1, 0)], order[min(place + 1, len(order) - 1)]
    st.button(tr("Back"), on_click=go_to, args=[before], disabled=not place, icon=":material/arrow_back:")
    st.button(tr("Next"), on_click=go_to, args=[after], disabled=step == order[-1], icon=":material/arrow_forward:")
    uses_sequences = STEPS[step][2]
    own = uses_sequences and choice(st.segmented_control, tr("Sequences"), DATA, "data", required=True) == "own"

with errors_shown():
    text = None
    if own:
        text = text_box(tr("Lines, one sequence each"), "lines", default=str(LINES), height=110)
        read_button()
        found = needing_torch("pages.shared.mechanics_resources").sequences(corpus, text)
        if found.cut or found.lines_left_out:
            st.caption(
                tr(
                    "Only {tokens} tokens of a line and {lines} lines are used: {cut} tokens and {left} lines are left "
                    "out.",
                    tokens=MOST_TOKENS,
                    lines=MOST_LINES,
                    cut=found.cut,
                    left=found.lines_left_out,
                )
            )
    file, show = STEPS[step][1].split(".")
    part = words if file == "words" else needing_torch(f"pages.inside.mechanics_parts.{file}")
    getattr(part, show)(MechanicsView(corpus, text))

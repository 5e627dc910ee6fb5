"""Memory: the states and gates of networks at each token of a review."""

from __future__ import annotations

import math

import streamlit as st

from pages.shared import resources
from pages.shared.address import choice
from pages.shared.charts import show_figure
from pages.shared.classifier_box import classifier_box, open_choice
from pages.shared.examples import example_buttons
from pages.shared.forgetting_resources import memory_trace
from pages.shared.layout import corpus_header, errors_shown, plain, published_runs
from pages.shared.problems import told
from pages.shared.text_box import read_button, text_box
from sentiment_core.analysis.examples import examples_in
from sentiment_core.analysis.explanation.memory import half_life, memory_strip, share_that_changes
from sentiment_core.classifiers.memory import DirectionTrace, Trace
from sentiment_core.classifiers.protocol import Ability, Classifier, judge_with_each
from sentiment_core.classifiers.tokens import TextView
from sentiment_core.errors import SentimentError, TextError
from sentiment_core.figures.memory import draw_memory
from sentiment_core.messages import tr
from sentiment_core.messages.numbers import number, probability_percent

WINDOWS = (80, 30, 15)  # tokens in the picture: most texts whole, or a part, which is easier to read on a phone
UNITS = (8, 16, 32)  # units in the picture
MOST_UNITS = 1024  # of a network whose units can be chosen by number

corpus = corpus_header(
    tr("Memory"),
    tr("What a network holds in its memory after each token: hidden states, gates, and what each unit says."),
    tr(
        """
A recurrent network reads one token at a time. After each it keeps a **hidden state**: one number for each unit.

- **A row is a unit, a column a token.** Green is a positive number, violet a negative one, pale is near 0. These are
  not the colours of sentiment: a positive number may count for or against.
- The bar beside a unit is what it **says** of the verdict. Blue, to the right, is towards positive; orange, to the
  left, towards negative. The units that say most are on top.
- **Gates** are between 0 (closed, pale) and 1 (open, dark). An LSTM's *forget* gate keeps the old cell state where it
  is open, its *input* gate writes, and its *output* gate shows the cell state to the rest of the network. A GRU's
  *update* gate keeps the old state where it is open, and its *reset* gate reads the old state. A plain RNN has no
  gates: each token rewrites its whole state.
- A BiLSTM has a second direction, which reads from the end. Its last state is at the left.
- The lines at the bottom follow one unit. Choose another with **Follow a unit**.
"""
    ),
)

runs = published_runs(corpus)
folders = {name: run.path for name, run in runs.items()} | resources.linear(corpus)


def sentence_about(part: DirectionTrace, unit: int) -> str:
    """A sentence on how long a direction keeps what it has read, computed from its states and gates."""
    changing, kept = share_that_changes(part), half_life(part, unit)
    if math.isnan(changing):
        return tr("There is one token, so nothing can be forgotten yet.")
    if kept is None:
        return tr(
            "A plain RNN has no gates. At each token {share:.0%} of its state changes, on average (0%: nothing, 100%: "
            "nothing of it stays).",
            share=changing,
        )
    if math.isinf(kept):
        return tr(
            "The gate of unit {unit} stays open: it keeps all that it holds. At each token {share:.0%} of the hidden "
            "state changes.",
            unit=unit + 1,
            share=changing,
        )
    if "forget" in part.gates:
        return tr(
            "The forget gate of unit {unit} is open by {mean:.2f} on average: half of what it holds is gone after "
            "{tokens} tokens. At each token {share:.0%} of the hidden state changes.",
            unit=unit + 1,
            mean=float(part.gates["forget"][:, unit].mean()),
            tokens=number(kept, ".1f"),
            share=changing,
        )
    return tr(
        "The update gate of unit {unit} is open by {mean:.2f} on average: half of what it holds is gone after "
        "{tokens} tokens. At each token {share:.0%} of the hidden state changes.",
        unit=unit + 1,
        mean=float(part.gates["update"][:, unit].mean()),
        tokens=number(kept, ".1f"),
        share=changing,
    )


def share_text(part: DirectionTrace, unit: int) -> str:
    """What a unit says, and whether that is exact."""
    said = float(part.says[unit])
    if part.exact:
        return tr(
            "Unit {unit} adds {said:+.2f} to the log-odds of positive. This is exact: with a linear head, the units "
            "and a constant add up to the verdict.",
            unit=unit + 1,
            said=said,
        )
    return tr(
        "Unit {unit} says {said:+.2f}: an estimate, the largest product of a state and its gradient, because this "
        "layer does not reach the verdict by weights alone.",
        unit=unit + 1,
        said=said,
    )


def show_network(name: str, view: TextView, trace: Trace, first: bool, start: int, width: int, units: int) -> None:
    """Show one network's memory in each direction. first: its first layer, else its last."""
    followed = st.session_state.get("unit", "")
    unit = int(followed) - 1 if followed.isdigit() else None
    tokens = [plain_token(piece) for piece in view.pieces[: view.read]]
    for part in trace.layer(0 if first else trace.layers - 1):
        strip = memory_strip(part, tokens, start, width, units, unit)
        alt = tr(
            "States and gates of {name} at tokens {start} to {end}; the units that say most: {units}.",
            name=name,
            start=start + 1,
            end=start + len(strip.tokens),
            units=[str(shown + 1) for shown in strip.units[:3]],
        )
        show_figure(draw_memory(strip), key=f"memory {name} {part.backward}", alt=alt)
        st.markdown(f"{plain(sentence_about(part, strip.chosen))} {plain(share_text(part, strip.chosen))}")


def plain_token(piece: str) -> str:
    """A token as it is written in the text, on one line."""
    return " ".join(piece.split()) or "␣"


def heading(name: str, probability: float, trace: Trace) -> str:
    """The name of a network with its verdict and layers."""
    if trace.layers == 1:
        return tr("{name}: {probability} positive", name=name, probability=probability_percent(probability))
    return tr(
        "{name}: {probability} positive, {count} layers",
        name=name,
        probability=probability_percent(probability),
        count=trace.layers,
    )


def controls(traces: dict[str, Trace], longest: int) -> tuple[bool, int, int, int]:
    """Show the controls. Returns whether the first layer is shown, the first token, and how many tokens and units."""
    row = st.container(horizontal=True, vertical_alignment="bottom")
    first = False
    with row:
        if any(trace.layers > 1 for trace in traces.values()):
            layers = {"last": tr("last"), "first": tr("first")}
            first = choice(st.segmented_control, tr("Layer"), layers, "layer", required=True) == "first"
        width = int(choice(st.segmented_control, tr("Tokens"), {str(n): n for n in WINDOWS}, "tokens", required=True))
        units = int(choice(st.segmented_control, tr("Units"), {str(n): n for n in UNITS}, "units", "16", required=True))
        widest = max(part.states.shape[1] for trace in traces.values() for part in trace.parts)
        numbered = {str(unit + 1): str(unit + 1) for unit in range(min(widest, MOST_UNITS))}
        best = {"most": tr("the one that says most")}
        choice(st.selectbox, tr("Follow a unit"), best | numbered, "unit", width=230)
    return first, first_token(longest - width), width, units


def first_token(latest: int) -> int:
    """Show the control of the first token, from 0 to `latest`, if there is a choice. Returns the chosen token.

    The end of the text is shown at first, where the verdict is made.
    """
    if latest <= 0:
        return 0
    held, before = st.session_state.get("from"), st.session_state.get("from.latest")
    if not isinstance(held, int) or held == before or held > latest + 1:
        st.session_state["from"] = latest + 1  # also if the reader had left the window at the end of another text
    elif held < 1:
        st.session_state["from"] = 1
    st.session_state["from.latest"] = latest + 1
    return st.slider(tr("From token"), 1, latest + 1, key="from", bind="query-params") - 1


@st.fragment  # a new text does not rerun the rest of the page
def remember() -> None:
    """Show the text, the networks and their memory."""
    examples = examples_in(corpus.language)
    anew, usual = open_choice(folders, runs)
    left, right = st.columns([3, 2], gap="medium")
    with right:
        names = classifier_box(folders, usual, runs)
        filled = example_buttons(examples, "text", anew)
    with left:
        text = text_box(tr("Review"), "text", default=examples[0].text, fill=filled, height=130)
        read_button()
    if st.query_params.get("hub"):
        st.info(tr("A model of the Hub has no memory to show here: it reads all tokens at once."))
    classifiers: dict[str, Classifier] = {}
    for name in names:
        with errors_shown():
            classifiers[name] = resources.classifier(folders[name])
    without = [name for name, found in classifiers.items() if not found.can(Ability.TRACE)]
    if without:
        said = tr("{names:and}: no memory to show. It adds up words, whatever their order.", names=without)
        st.info(plain(said), icon=":material/memory:")
    classifiers = {name: found for name, found in classifiers.items() if name not in without}
    if not classifiers:
        st.info(tr("Choose a network to see its memory."), icon=":material/memory:")
        return
    try:
        judged = judge_with_each(text, classifiers)
    except TextError as error:
        st.error(plain(told(error)), icon=":material/error:")
        return
    traces: dict[str, Trace] = {}
    for name, classifier in classifiers.items():
        try:
            traces[name] = memory_trace(classifier, folders[name], text)
        except SentimentError as error:
            st.error(plain(told(error)), icon=":material/error:")
    if not traces:
        return
    first, start, width, units = controls(traces, max(judged[name].view.read for name in traces))
    for name, trace in traces.items():
        view, prediction = judged[name].view, judged[name].prediction
        st.header(plain(heading(name, prediction.probability, trace)), anchor=False)
        if view.cut:
            st.caption(tr("Only the first {read} of {count} tokens are read.", read=view.read, count=len(view.tokens)))
        # The window of a longer text may begin after the end of a network's reading.
        show_network(name, view, trace, first, min(start, max(view.read - width, 0)), width, units)


remember()

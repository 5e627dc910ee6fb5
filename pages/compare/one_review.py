"""One review: the same text read by two to four runs, side by side."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

import streamlit as st

from pages.shared import resources
from pages.shared.charts import show_figure
from pages.shared.layout import (
    SettingDifferences,
    corpus_header,
    errors_shown,
    plain,
    published_runs,
    setting_differences,
    show_setting_differences,
    start_anew,
)
from pages.shared.text_box import read_button, text_box
from pages.shared.token_view import show_tokens
from sentiment_core.analysis.comparison import (
    agreement,
    alike_views,
    doubt,
    listed,
)
from sentiment_core.analysis.examples import examples_in, is_example
from sentiment_core.classifiers.protocol import judge_with_each
from sentiment_core.errors import SentimentError, TextError
from sentiment_core.experiments.leaderboard import title
from sentiment_core.figures.one_review import draw_probabilities
from sentiment_core.messages.numbers import percent, probability_percent

if TYPE_CHECKING:
    from sentiment_core.classifiers.prediction import Prediction

corpus = corpus_header(
    "One review",
    "Several networks read the same review: what each makes of it, how sure it is, and what it saw of the text.",
    """
Each network reads the text token by token, from the left, and ends with one number, from which follows the
**probability** that the review is positive. Above 50 % the verdict is positive, below it negative; a network whose
probability reads 50.0% is **undecided**.

- **Points from a coin toss** is how far that probability lies from 50 %. It says how sure the network is, not how
  right: read it beside its test accuracy. No network has a notion of "neither".
- A network **reads** a limited number of tokens from the start of a text. What stands behind the cut cannot count.
- An **unknown** token (dashed, with a question mark) is one that the vocabulary lacks: all unknown tokens look the same
  to a network. Pieces of one word stand close together.
- **Milliseconds** are from the text to the probability on this server; the first review of a new length takes longer.
""",
)

runs = published_runs(corpus)


@cache  # for as long as the reader stays on the page
def accuracy_of(name: str) -> float | None:
    """Share of the test reviews that a run judges right."""
    return resources.summary(runs[name]).accuracy


@cache
def differences_of(names: tuple[str, ...]) -> SettingDifferences:
    """What sets these runs apart besides cell and direction."""
    return setting_differences([runs[name] for name in names])


def verdict_of(judged: Prediction) -> str:
    """The verdict in its colour, and how sure it is, as Markdown."""
    if judged.undecided:
        return ":gray[○] undecided: as good as a coin toss"
    colour, mark = ("blue", "●") if judged.verdict == "positive" else ("orange", "◆")
    return f":{colour}[{mark} {judged.verdict}], {100 * judged.margin:.1f} points from a coin toss"


def show_card(name: str, judged: Prediction) -> None:
    """One network's probability and verdict, and what it saw of the text."""
    st.metric("Probability of positive", probability_percent(judged.probability))
    if doubts := doubt(judged):
        st.warning(plain(doubts), icon=":material/warning:")
    cut = judged.length - judged.read
    facts = [
        f"Read {judged.read:,} of {judged.length:,} tokens" + (f": the last {cut:,} were cut" if cut else ""),
        f"{f'{judged.unknown:,}' if judged.unknown else 'None'} of them unknown",
        f"{judged.milliseconds:,.1f} ms from text to probability",
    ]
    with errors_shown():
        accuracy = accuracy_of(name)
        facts.append("Test split not read" if accuracy is None else f"Right on {percent(accuracy)} of the test reviews")
    verdict = "" if judged.blind else f"##### {verdict_of(judged)}\n\n"
    st.markdown(verdict + "\n".join(f"- {fact}" for fact in facts))


@st.fragment  # a new text is read without running the rest of the page again
def compare() -> None:
    """The text, the runs that read it, and what each makes of it."""
    examples = examples_in(corpus.language)
    usual = ["rnn", "bilstm"] if {"rnn", "bilstm"} <= runs.keys() else list(runs)[:2]
    unknown = [name for name in st.query_params.get_all("runs") if name and name not in runs]
    anew = start_anew(runs=usual)
    if unknown and not anew:
        listing = plain(listed([name[:80] for name in unknown[:4]]))
        st.warning(f"No network of this corpus: {listing}.", icon=":material/warning:")
    # Where a screen is narrow the right column comes below the left: the text, what is made of it, then the choices.
    left, right = st.columns([3, 2], gap="medium")
    with right:
        chosen = st.multiselect(
            "Runs", list(runs), default=None if anew else usual, max_selections=4, key="runs", bind="query-params"
        )
        st.caption("Examples")
        with st.container(horizontal=True, gap="xsmall"):
            filled = [example.text for example in examples if st.button(example.name, key=f"example {example.name}")]
    if anew and is_example(st.session_state.get("text", "")):  # of another corpus, in another language perhaps
        filled = [examples[0].text]
    with left:
        text = text_box("Review", "text", default=examples[0].text, fill=filled[0] if filled else None, height=130)
        read_button()

    if not chosen:
        st.info("Choose one or more runs to read this review.", icon=":material/compare_arrows:")
        return
    classifiers, problems = {}, {}
    for name in chosen:
        try:
            classifiers[name] = resources.classifier(runs[name].path)
        except SentimentError as error:
            problems[name] = str(error)
    try:
        judged = judge_with_each(text, classifiers)
    except TextError as error:
        st.error(plain(str(error)), icon=":material/error:")
        return
    views = {name: found.view for name, found in judged.items()}
    predictions = {name: found.prediction for name, found in judged.items()}

    if predictions:
        with left:
            st.subheader(plain(agreement(predictions)), anchor=False)
            said = [f"{name} {probability_percent(judged.probability)}" for name, judged in predictions.items()]
            alt = f"Probability of positive: {', '.join(said)}"
            show_figure(draw_probabilities(predictions), key="probabilities", alt=alt)
    with right:
        if len(chosen) == 1:
            st.caption("Choose a second run to see whether it agrees.")
        else:
            show_setting_differences(differences_of(tuple(chosen)))

    for column, name in zip(st.columns(len(chosen)), chosen, strict=True):
        with column.container(border=True):
            st.markdown(f"#### {plain(title(runs[name]))}")
            if name in problems:
                st.error(plain(problems[name]), icon=":material/error:")
            else:
                show_card(name, predictions[name])

    for names, view in alike_views(views):
        st.subheader(f"What {plain(listed(names))} read", anchor=False)
        if len(names) > 1:
            st.caption("The same tokens: these runs share a tokenizer and read no further than each other.")
        show_tokens(view)


compare()

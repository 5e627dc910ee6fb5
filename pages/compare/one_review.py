"""One review: the same text judged by several classifiers, side by side."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

import streamlit as st

from pages.shared import resources
from pages.shared.charts import show_figure
from pages.shared.hub_models import models_allowed
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
from sentiment_core.classifiers.labels import NEUTRAL
from sentiment_core.classifiers.protocol import Ability, Classifier, judge_with_each
from sentiment_core.errors import SentimentError, TextError
from sentiment_core.experiments.leaderboard import title
from sentiment_core.figures.one_review import draw_contributions, draw_probabilities
from sentiment_core.messages import tr
from sentiment_core.messages.numbers import percent, probability_percent

if TYPE_CHECKING:
    from sentiment_core.classifiers.prediction import Prediction
    from sentiment_core.classifiers.tokens import TextView

SHOWN_NGRAMS = 15  # of those that add most, either way

corpus = corpus_header(
    "One review",
    "Several classifiers read the same review: what each makes of it, how sure it is, and what it saw of the text.",
    """
Each network reads the text token by token, from the left, and ends with one number, from which follows the
**probability** that the review is positive. Above 50 % the verdict is positive, below it negative; a network whose
probability reads 50.0% is **undecided**.

- **Points from a coin toss** is how far that probability lies from 50 %. It says how sure the network is, not how
  right: read it beside its test accuracy. Only some classifiers from the Hub have a notion of "neither", **neutral**.
- A network **reads** a limited number of tokens from the start of a text. What stands behind the cut cannot count.
- An **unknown** token (dashed, with a question mark) is one that the vocabulary lacks: all unknown tokens look the same
  to a network. Pieces of one word stand close together.
- **Without a network**, a weight for each word, or run of words, is added up. What each adds is drawn below.
- **Milliseconds** are from the text to the probability on this server; the first review of a new length takes longer.
""",
)

runs = published_runs(corpus)
folders = {name: run.path for name, run in runs.items()} | resources.linear(corpus)


@cache  # for as long as the reader stays on the page
def accuracy_of(classifier: Classifier) -> float | None:
    """Share of the test reviews that a classifier judges right."""
    scores = classifier.scores()
    return scores.accuracy if scores else None


@cache
def differences_of(names: tuple[str, ...]) -> SettingDifferences:
    """What sets these runs apart besides cell and direction."""
    return setting_differences([runs[name] for name in names])


def verdict_of(judged: Prediction) -> str:
    """The verdict in its colour, and how sure it is, as Markdown."""
    if judged.told == "neutral":
        return tr(":gray[○] neutral, {share:.1%}", share=judged.neutral)
    if judged.undecided:
        return ":gray[○] undecided: as good as a coin toss"
    colour, mark = ("blue", "●") if judged.verdict == "positive" else ("orange", "◆")
    return f":{colour}[{mark} {judged.verdict}], {100 * judged.margin:.1f} points from a coin toss"


def show_card(classifier: Classifier, judged: Prediction) -> None:
    """One classifier's probability and verdict, and what it saw of the text."""
    st.metric("Probability of positive", probability_percent(judged.probability))
    if doubts := doubt(judged):
        st.warning(plain(doubts), icon=":material/warning:")
    cut = judged.length - judged.read
    facts = [
        f"Read {judged.read:,} of {judged.length:,} tokens" + (f": the last {cut:,} were cut" if cut else ""),
        f"{f'{judged.unknown:,}' if judged.unknown else 'None'} of them unknown",
        f"{judged.milliseconds:,.1f} ms from text to probability",
    ]
    if NEUTRAL in classifier.labels.sides:
        facts.insert(0, tr("Probability of neutral: {share:.1%}", share=judged.neutral))
    with errors_shown():
        accuracy = accuracy_of(classifier)
        facts.append("Test split not read" if accuracy is None else f"Right on {percent(accuracy)} of the test reviews")
    verdict = "" if judged.blind else f"##### {verdict_of(judged)}\n\n"
    st.markdown(verdict + "\n".join(f"- {fact}" for fact in facts))


def model_box() -> str:
    """Where a text classifier of the Hub is named; nothing where this server takes none."""
    allowed = models_allowed()
    if allowed == []:
        return ""
    return st.text_input(
        tr("A text classifier from the Hub"),
        key="hub",
        bind="query-params",
        max_chars=200,
        placeholder=allowed[0] if allowed else "distilbert/distilbert-base-uncased-finetuned-sst-2-english",
        help=tr("Its id, like owner/name. Its weights must be safetensors of at most 1 GB."),
    ).strip()


def show_contributions(classifiers: dict[str, Classifier], views: dict[str, TextView]) -> None:
    """What each n-gram of the text adds, for the classifiers that are sums of such."""
    if not classifiers:
        return
    st.subheader(tr("What each word adds"), anchor=False)
    st.caption(
        tr(
            "A classifier without a network adds up a weight for each word or run of words that it knows. "
            "A sum above 0 is positive."
        )
    )
    for column, (name, classifier) in zip(st.columns(len(classifiers)), classifiers.items(), strict=True):
        found = classifier.contributions(views[name])
        with column:
            st.markdown(f"**{plain(name)}**")
            largest = found.largest(SHOWN_NGRAMS)
            if not largest.ngrams:
                st.caption(tr("Nothing in this text counts here."))
                continue
            alt = tr("Largest contributions in {name}: {ngrams}", name=name, ngrams=", ".join(largest.ngrams))
            show_figure(draw_contributions(largest), key=f"contributions {name}", alt=alt)
            st.caption(
                tr(
                    "Start {start:+.2f}, these {shown} {sum:+.2f}, all others together {rest:+.2f}: {total:+.2f}.",
                    start=found.intercept,
                    shown=len(largest.ngrams),
                    sum=largest.sum,
                    rest=found.sum - largest.sum,
                    total=found.intercept + found.sum,
                )
            )


@st.fragment  # a new text is read without running the rest of the page again
def compare() -> None:
    """The text, the runs that read it, and what each makes of it."""
    examples = examples_in(corpus.language)
    usual = ["rnn", "bilstm"] if {"rnn", "bilstm"} <= runs.keys() else list(runs)[:2]
    unknown = [name for name in st.query_params.get_all("runs") if name and name not in folders]
    anew = start_anew(runs=usual)
    if unknown and not anew:
        listing = plain(listed([name[:80] for name in unknown[:4]]))
        st.warning(tr("No classifier of this corpus: {names}.", names=listing), icon=":material/warning:")
    # Where a screen is narrow the right column comes below the left: the text, what is made of it, then the choices.
    left, right = st.columns([3, 2], gap="medium")
    with right:
        chosen = st.multiselect(
            tr("Classifiers"),
            list(folders),
            default=None if anew else usual,
            max_selections=4,
            key="runs",
            bind="query-params",
        )
        model = model_box()
        st.caption("Examples")
        with st.container(horizontal=True, gap="xsmall"):
            filled = [example.text for example in examples if st.button(example.name, key=f"example {example.name}")]
    if anew and is_example(st.session_state.get("text", "")):  # of another corpus, in another language perhaps
        filled = [examples[0].text]
    with left:
        text = text_box("Review", "text", default=examples[0].text, fill=filled[0] if filled else None, height=130)
        read_button()

    names = [*chosen, *([model] if model else [])]
    if not names:
        st.info(tr("Choose one or more classifiers to read this review."), icon=":material/compare_arrows:")
        return
    classifiers, problems = {}, {}
    for name in names:
        try:
            is_here = name in chosen
            classifiers[name] = resources.classifier(folders[name]) if is_here else resources.hub_classifier(name)
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
        compared = tuple(name for name in chosen if name in runs)
        if len(names) == 1:
            st.caption(tr("Choose a second classifier to see whether it agrees."))
        elif len(compared) > 1:
            show_setting_differences(differences_of(compared))

    for column, name in zip(st.columns(len(names)), names, strict=True):
        with column.container(border=True):
            st.markdown(f"#### {plain(title(runs[name]) if name in runs else name)}")
            if name in problems:
                st.error(plain(problems[name]), icon=":material/error:")
            else:
                show_card(classifiers[name], predictions[name])

    show_contributions({name: found for name, found in classifiers.items() if found.can(Ability.CONTRIBUTIONS)}, views)

    for sharing, view in alike_views(views):
        st.subheader(f"What {plain(listed(sharing))} read", anchor=False)
        if len(sharing) > 1:
            st.caption("The same tokens: these runs share a tokenizer and read no further than each other.")
        show_tokens(view)


compare()

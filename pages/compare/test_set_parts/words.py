"""Words: which words are more frequent in the reviews that a classifier gets wrong than in those it gets right."""

from __future__ import annotations

import streamlit as st

from pages.compare.test_set_parts.slice_words import fill_text
from pages.compare.test_set_parts.view import TestSetView
from pages.shared import resources as shared
from pages.shared import slice_resources as resources
from pages.shared.address import choice
from pages.shared.layout import plain
from sentiment_core.analysis.evaluation.compared import HALF
from sentiment_core.analysis.evaluation.error_words import LEAST, ErrorWords
from sentiment_core.figures.evaluation.error_words import draw_error_words
from sentiment_core.jobs.kept import is_kept
from sentiment_core.messages import lazy, tr, tr_plural
from sentiment_core.messages.numbers import number

MOST = 15  # words of a classifier
DRIFT = "pages/embeddings/drift.py"
ERRORS = {
    "negative": lazy("negative reviews that it calls positive"),
    "positive": lazy("positive reviews that it calls negative"),
}


def show(view: TestSetView) -> None:
    """Show the words of each classifier's errors on the reviews of one label."""
    if not resources.are_counted(view.corpus, view.whole):
        st.info(
            tr("These classifiers were tested on other reviews than those of the corpus, so no words are counted."),
            icon=":material/inventory_2:",
        )
        return
    if resources.test_tokens(view.corpus) is None:
        st.info(
            tr("The words of the test reviews were not counted for this corpus. {fill}", fill=fill_text(view.corpus)),
            icon=":material/inventory_2:",
        )
        return
    kind = choice(st.segmented_control, tr("Errors"), ERRORS, "errors", required=True)
    view.say(
        tr(
            "Words that are more frequent in the reviews that a classifier gets wrong than in the reviews of the same "
            "label that it gets right."
        )
    )
    columns = st.columns(2, gap="medium") if len(view.names) > 1 else [st.container()]
    for place, name in enumerate(view.names):
        with columns[place % len(columns)]:
            _show_classifier(view, name, int(kind == "positive"))
    _show_notes(view)


def _show_classifier(view: TestSetView, name: str, label: int) -> None:
    """The words of one classifier, and where they lead."""
    view.heading(name)
    found = resources.error_words(view.corpus, view.folders[name], label)
    if found is None and is_kept(view.folders[name]):
        st.info(tr("Words are counted for the classifiers of the corpus folder, not for models from the Hub."))
        return
    if found is None:
        st.info(tr("The words of its errors were not counted. {fill}", fill=fill_text(view.corpus)))
        return
    view.say(_summary(found, name))
    shown = found.first(MOST)
    if not len(shown.ids):
        return
    table = shared.tokens(view.corpus)
    words = table.tokens[shown.ids].tolist()
    figure = draw_error_words(shown, words, table.polarity[shown.ids])
    view.show(figure, f"words_{view.names.index(name)}", _alt(shown, words, name))
    view.record_table(_rows(shown, words), tr("Words of the errors of {name}", name=name))
    _drift_links(view, name, words)


def _summary(found: ErrorWords, name: str) -> str:
    if not len(found.ids):
        return tr("{name} makes too few of these errors: no word is in enough of them.", name=name)
    return tr_plural(
        "Of {compared} words compared, {count} is more frequent by more than chance.",
        "Of {compared} words compared, {count} are more frequent by more than chance.",
        int(found.holding.sum()),
        compared=found.compared,
    )


def _alt(found: ErrorWords, words: list[str], name: str) -> str:
    parts = [f"{word} {number(z, '.1f')}" for word, z in zip(words, found.z.tolist(), strict=True)]
    return tr("Words of the errors of {name}, with z: {words}", name=name, words=parts)


def _rows(found: ErrorWords, words: list[str]) -> list[dict[str, str]]:
    return [
        {
            tr("word"): word,
            tr("wrong reviews"): number(int(found.wrong[place])),
            tr("right reviews"): number(int(found.right[place])),
            tr("log-odds ratio"): number(float(found.log_odds[place]), ".2f"),
            "z": number(float(found.z[place]), ".1f"),
        }
        for place, word in enumerate(words)
    ]


def _drift_links(view: TestSetView, name: str, words: list[str]) -> None:
    """A link for each word to its path during training, in the networks of the corpus that kept it."""
    runs = shared.runs(view.corpus)[0]
    kept = [run.name for run in runs if run.recipe.frames]
    if not kept:
        return
    sides = [one for one in (name, *view.names) if one in kept]
    address = {"corpus": view.corpus.name}
    if sides:
        address["left"] = sides[0]
    if len(set(sides)) > 1:
        address["right"] = next(side for side in sides if side != sides[0])
    with st.container(horizontal=True, gap="small"):
        st.caption(tr("In Drift:"), width="content")
        for word in words:
            st.page_link(DRIFT, label=plain(word), query_params=address | {"pins": word}, width="content")
        everything = address | {"pins": ",".join(words)}
        st.page_link(
            DRIFT, label=tr("all of them"), icon=":material/scatter_plot:", query_params=everything, width="content"
        )


def _show_notes(view: TestSetView) -> None:
    """What the words mean, and what they are not."""
    sentences = [
        tr(
            "A word here need not be the cause of an error: it shows which reviews are hard, such as those that praise "
            "the actors of a bad film."
        ),
        tr(
            "Words are ordered by z: the log-odds ratio, with the test split as prior (Monroe et al. 2008), in "
            "standard errors. A filled mark holds for all words together (Holm)."
        ),
        tr(
            "A review counts a word once. Words in fewer than {least} of the errors, and pieces that continue a word, "
            "are left out. A short word may be the beginning of a longer one.",
            least=LEAST,
        ),
    ]
    if view.threshold != HALF or view.slice_name:
        sentences.append(
            tr("Counted once, over all test reviews and at the threshold 0.50: your slice and threshold do not apply.")
        )
    view.say(" ".join(sentences), caption=True)

"""Edit and compare: words of the text dropped or replaced, and what each classifier then says."""

from __future__ import annotations

from dataclasses import replace
from html import escape
from typing import TYPE_CHECKING

import numpy as np
import streamlit as st

from pages.compare.one_review_parts import explanations, lexicons
from pages.compare.one_review_parts.edit_list import add_edit, current_edits, set_edits
from pages.compare.one_review_parts.selection import select_token
from pages.compare.verdicts import marked_verdict
from pages.shared.charts import show_figure
from pages.shared.layout import errors_shown, plain
from pages.shared.review_links import link_to_drift
from sentiment_core.analysis.comparison import UNDECIDED
from sentiment_core.analysis.explanation.edits import (
    DROPPED,
    KEPT,
    LONGEST,
    MOST_EDITS,
    Edit,
    Piece,
    apply_edits,
    match_case,
    pieces,
    word_spans,
)
from sentiment_core.classifiers.protocol import Ability, judge_with_each
from sentiment_core.figures.edits import draw_before_after
from sentiment_core.messages import tr, tr_plural
from sentiment_core.messages.numbers import probability_percent

if TYPE_CHECKING:
    from pages.compare.one_review_parts.view import Reader, ReviewView
    from sentiment_core.analysis.explanation.suggestions import Suggestion
    from sentiment_core.classifiers.protocol import Judged

_WORD, _OTHER = "edit.word", "edit.becomes"  # keys of widgets
_OFFERED = 1_000  # words of a text that can be chosen
_SHOWN = 300  # characters of unchanged text that are shown beside a change, where a longer stretch is folded
_STRUCK = "text-decoration:line-through 2px;opacity:.75"
_ADDED = "font-weight:600;text-decoration:underline 2px;text-underline-offset:.2em;background:#8883"


def editable_words(view: ReviewView) -> np.ndarray:
    """The characters [start, end) of each word that some classifier reads [words, 2] int64."""
    end = max(int(reader.view.spans[reader.view.read - 1, 1]) for reader in view.readers.values())
    return word_spans(view.text, end, _OFFERED)


def show(view: ReviewView) -> None:
    """Show the controls, and with an edit the text before and after."""
    st.header(tr("Change a word"), anchor=False)
    spans = editable_words(view)
    edits, unfit = current_edits(view.text, spans)
    if unfit:
        said = tr_plural(
            "{count} edit in the address does not fit this text and is left out.",
            "{count} edits in the address do not fit this text and are left out.",
            unfit,
        )
        st.warning(plain(said), icon=":material/warning:")
    with st.container(horizontal=True, vertical_alignment="bottom"):
        place = _choose_word(view, spans)
        words = {start: view.text[start:end] for start, end in spans.tolist()}
        if place is not None and len(edits) < MOST_EDITS:
            _change_by_hand(edits, place, words[place])
    if place is not None:
        _offer(view, edits, place, words[place])
        with st.container(horizontal=True, vertical_alignment="center"):
            with st.popover(tr("Where these words come from"), type="tertiary", icon=":material/help:"):
                st.markdown(_about_suggestions(view))
            _link_to_drift(view, place)
    if edits:
        _show_change(view, edits)


def _choose_word(view: ReviewView, spans: np.ndarray) -> int | None:
    """A list of the words, which follows the selected word of the text. Returns the place of the word, or None."""
    starts = spans[:, 0].tolist()
    held = None
    if view.token is not None and starts:
        # The word that has the place, or that it follows: the one that is marked in the text above.
        held = starts[max(int(np.searchsorted(spans[:, 0], view.token, side="right")) - 1, 0)]
    st.session_state[_WORD] = held
    words = {start: view.text[start:end] for start, end in spans.tolist()}
    st.selectbox(
        tr("Word"),
        starts,
        index=None,
        key=_WORD,
        format_func=lambda start: words.get(start, ""),
        placeholder=tr("Choose a word here, or click one in the text"),
        on_change=lambda: select_token(st.session_state[_WORD]),
        width=360,
    )
    return held


def _change_by_hand(edits: list[Edit], place: int, was: str) -> None:
    """A button that drops a word, and a box for another word in its place."""
    given = edits, place, was, ""
    st.button(tr("Drop {word}", word=plain(was)), icon=":material/backspace:", on_click=add_edit, args=given)
    st.text_input(
        tr("Replace it by"),
        key=_OTHER,
        max_chars=LONGEST,
        width=200,
        placeholder=tr("another word"),
        on_change=lambda: add_edit(edits, place, was, st.session_state.pop(_OTHER, "")),
    )


def _offer(view: ReviewView, edits: list[Edit], place: int, was: str) -> None:
    """Offer words that could replace a word."""
    if len(edits) >= MOST_EDITS:
        st.caption(tr("A text can have {most} edits. Undo one to make another.", most=MOST_EDITS))
        return
    with errors_shown():
        _suggest(tr("Opposite"), "opposite", lexicons.opposite_words(view.corpus, was), edits, place, was)
        near = next((one for one in view.readers.values() if one.classifier.can(Ability.GRADIENTS)), None)
        if near is not None:
            found = lexicons.nearest_words(view.corpus, near, was)
            _suggest(tr("Nearest in {name}", name=near.name), "nearest", found, edits, place, was)


def _link_to_drift(view: ReviewView, place: int) -> None:
    """A link to the trail of a word in the chosen runs."""
    readers = [reader for reader in view.readers.values() if reader.run is not None]
    if readers:
        read = readers[0].view
        known = [read.tokens[at] for at in read.word_at(place) if not read.unknown[at]]
        link_to_drift(view.corpus, [reader.run for reader in readers if reader.run], known, view.text)


def _about_suggestions(view: ReviewView) -> str:
    model = lexicons.language_model(view.corpus)
    near = tr(
        "**Nearest**: the words whose vectors have the largest cosine to this word's in the embedding of the first "
        "chosen network. A network that learnt sentiment alone puts words side by side that say the same for the "
        "verdict, whatever they mean."
    )
    if model is not None:
        far = tr(
            "**Opposite**: first the words that a list of opposites has, such as bad for good. Then words of the "
            "other polarity that are used alike: {run} was first trained to predict missing words, so words that fit "
            "the same places lie together in its embedding. The direction from negative to positive words is taken "
            "out; the nearest words of the other polarity remain. A neutral word that is not listed has none.",
            run=plain(model.name),
        )
    else:
        far = tr(
            "**Opposite**: the words that a list of opposites has, such as bad for good. For a word that is not "
            "listed, words whose polarity mirrors its own and that are about as frequent; in Korean they have the same "
            "last syllable, because it tells how a word is used. A neutral word that is not listed has none."
        )
    return f"{near}\n\n{far}"


def _suggest(label: str, kind: str, found: list[Suggestion], edits: list[Edit], place: int, was: str) -> None:
    """A row of buttons, each of which replaces the word."""
    if not found:
        return
    with st.container(horizontal=True, gap="xsmall", vertical_alignment="center"):
        st.caption(plain(label), width="content")
        for number, one in enumerate(found):
            word = match_case(one.word, was)
            st.button(plain(word), key=f"edit {kind} {number}", on_click=add_edit, args=(edits, place, was, word))


def _show_change(view: ReviewView, edits: list[Edit]) -> None:
    """The edited text with its changes marked, and each classifier before and after."""
    with st.container(horizontal=True):
        st.button(tr("Undo"), icon=":material/undo:", key="edit undo", on_click=set_edits, args=(edits[:-1],))
        st.button(tr("Start over"), icon=":material/restart_alt:", key="edit reset", on_click=set_edits, args=([],))
    st.html(marked_text(pieces(view.text, edits)))
    edited = apply_edits(view.text, edits)
    if not edited.strip():
        st.info(tr("No word is left to read. Undo an edit."), icon=":material/info:")
        return
    with errors_shown():
        judged = judge_with_each(edited, {name: reader.classifier for name, reader in view.readers.items()})
        for column, (name, reader) in zip(st.columns(len(judged)), view.readers.items(), strict=True):
            with column.container(border=True):
                _show_before_after(view.text, edited, reader, judged[name])


def _show_before_after(text: str, edited: str, reader: Reader, judged: Judged) -> None:
    """One classifier's probability, verdict and curve before and after."""
    before, after = reader.prediction, judged.prediction
    st.metric(
        plain(reader.name),
        probability_percent(after.probability),
        delta=tr("{points:+.1f} points", points=100 * (after.probability - before.probability)),
        delta_color="off",
    )
    verdicts = {"before": marked_verdict(before.told), "after": marked_verdict(after.told)}
    if before.blind or after.blind:
        st.markdown(tr("Knows no word of one of the two texts, so its verdicts cannot be compared."))
    elif before.told != after.told and UNDECIDED in (before.told, after.told):
        st.markdown(tr("{before} → {after}", **verdicts))
    elif before.told != after.told:
        st.markdown(tr("**Turned**: {before} → {after}", **verdicts))
    else:
        st.markdown(tr("As before: {after}", **verdicts))
    curves = (
        explanations.curve(reader, text),
        explanations.curve(replace(reader, view=judged.view, prediction=after), edited),
    )
    alt = tr(
        "Probability of positive after each token in {name}: it ends at {before} before the edits and at {after} after "
        "them",
        name=reader.name,
        before=probability_percent(before.probability),
        after=probability_percent(after.probability),
    )
    show_figure(draw_before_after(*curves), key=f"before after {reader.name}", alt=alt)


def marked_text(parts: list[Piece]) -> str:
    """The text as HTML, dropped words struck and new ones underlined. Long unchanged stretches are shortened."""
    shown = []
    for place, part in enumerate(parts):
        if part.kind == KEPT:
            first, last = place == 0, place == len(parts) - 1
            shown.append(escape(_shortened(part.text, 0 if first else _SHOWN, 0 if last else _SHOWN)))
        elif part.kind == DROPPED:
            shown.append(f'<del style="{_STRUCK}">{escape(part.text)}</del>')
        elif part.text.strip():
            gap = " " if place and parts[place - 1].kind == DROPPED else ""
            shown.append(f'{gap}<ins style="{_ADDED}">{escape(part.text)}</ins>')
        else:
            shown.append(part.text)
    return f'<div style="white-space:pre-wrap;overflow-wrap:anywhere;line-height:1.7"><bdi>{"".join(shown)}</bdi></div>'


def _shortened(text: str, before: int, after: int) -> str:
    """A stretch of text with its middle left out, or its outer end at the start and the end of the whole text."""
    if len(text) <= 2 * _SHOWN:
        return text
    return f"{text[:before]} … {text[-after:] if after else ''}"

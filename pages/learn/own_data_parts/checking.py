"""What remains of the file: rows left out with their reasons, copies, class balance and lengths."""

from __future__ import annotations

import streamlit as st

from pages.learn.own_data_parts.problems import problems_kept
from pages.shared import own_data
from pages.shared.charts import show_figure
from pages.shared.layout import plain
from pages.shared.own_data import Looked
from pages.shared.problems import told
from pages.shared.uploads import Upload
from sentiment_core.errors import SentimentError
from sentiment_core.figures.own_data import draw_classes, draw_word_lengths
from sentiment_core.messages import lazy, tr, tr_plural
from sentiment_core.messages.numbers import percent

_SPLITS = {"train": lazy("train"), "valid": lazy("valid"), "test": lazy("test"), "all": lazy("all")}
_LOPSIDED = 0.8  # share of the larger class above which the page says what it does to an accuracy


def show_check(upload: Upload) -> Looked | None:
    """Show what is left out and what the reviews are like. Returns None if they cannot be read."""
    st.header(tr("Before anything runs"), anchor=False)
    choices = own_data.choices_of(upload)
    with st.container(horizontal=True, gap="medium"):
        _toggle(upload, tr("Leave out rows that cannot be read"), "skip_bad_rows", choices.skip_bad_rows)
        _toggle(upload, tr("Remove copies"), "drop_copies", choices.drop_copies)
    try:
        looked = own_data.check(own_data.reading_of(upload))
    except SentimentError as error:
        st.error(plain(told(error, upload)), icon=":material/error:")
        return None
    show_looked(looked)
    return looked


def show_looked(looked: Looked) -> None:
    """Show what is left out of reviews, their classes and their lengths."""
    _show_counts(looked)
    _show_left_out(looked)
    classes, lengths = st.columns(2, gap="medium")
    with classes:
        show_figure(
            draw_classes(looked.shape.splits, looked.shape.counts),
            key="own_data.classes",
            alt=tr("The share of negative and positive reviews in each split"),
        )
    with lengths:
        show_figure(
            draw_word_lengths(looked.shape.lengths),
            key="own_data.lengths",
            alt=tr(
                "Words in a review, by label; half of the reviews have at most {median}",
                median=round(looked.shape.lengths.statistics["all"].percentiles[50]),
            ),
        )


def _toggle(upload: Upload, label: str, name: str, chosen: bool) -> None:
    """A switch for one choice, named as its field."""
    key = f"own_data.{name}.{upload.id}"
    st.session_state.setdefault(key, chosen)

    def keep() -> None:
        with problems_kept():
            own_data.change(upload.id, **{name: st.session_state[key]})

    st.toggle(label, key=key, on_change=keep)


def _show_counts(looked: Looked) -> None:
    """Reviews kept, rows left out, copies removed, and the accuracy of always predicting the larger class."""
    kept = int(looked.shape.counts.sum())
    rows = sum(report.rows for report in looked.summary.report.splits)
    removed = sum(count for _, count in looked.summary.report.copies.dropped)
    larger = looked.shape.counts.sum(axis=0).max() / max(kept, 1)
    with st.container(horizontal=True, gap="large"):
        st.metric(tr("Reviews"), kept, format="localized", width="content")
        st.metric(
            tr("Rows left out"),
            rows - sum(report.kept for report in looked.summary.report.splits),
            format="localized",
            width="content",
        )
        st.metric(
            tr("Copies removed"),
            removed,
            format="localized",
            width="content",
            help=tr("Texts that occur more than once, ignoring case and white space."),
        )
        st.metric(
            tr("Larger class"),
            percent(float(larger)),
            width="content",
            help=tr("Always predicting the larger class is right that often."),
        )
    for name, others, count, total in looked.summary.report.copies.across:
        told = {"name": str(_SPLITS[name]), "others": [str(_SPLITS[other]) for other in others]}
        line = tr(
            "{count} of the {total} {name} reviews also stand in {others:or}: a model may know them by heart.",
            count=count,
            total=total,
            **told,
        )
        st.warning(plain(line), icon=":material/content_copy:")
    if larger > _LOPSIDED:
        line = tr(
            "One class is much larger. An accuracy of {share:.0%} can mean that nothing was learned.",
            share=float(larger),
        )
        st.warning(plain(line), icon=":material/balance:")


def _show_left_out(looked: Looked) -> None:
    """The rows that were left out, with number and reason."""
    left = [(report, row, reason) for report in looked.summary.report.splits for row, reason in report.left_out]
    count = sum(report.rows - report.kept for report in looked.summary.report.splits)
    if not count:
        return
    label = tr_plural("{count} row is left out", "{count} rows are left out", count)
    with st.expander(label, icon=":material/playlist_remove:"):
        several = len(looked.summary.report.splits) > 1
        table = {tr("split"): [str(_SPLITS.get(report.name, report.name)) for report, _, _ in left]} if several else {}
        st.dataframe(
            table | {tr("row"): [row for _, row, _ in left], tr("reason"): [str(reason) for _, _, reason in left]},
            hide_index=True,
            height="content" if len(left) <= 7 else 280,
            alt=tr("Rows that are left out, with the reason"),
        )
        if count > len(left):
            st.caption(tr("The first {shown} of {count} are listed.", shown=len(left), count=count))
        st.caption(tr("Rows count from 1, without the line that names the columns."))

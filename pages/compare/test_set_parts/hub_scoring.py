"""The part of the Test set page that scores a Hub model on the test split, as a job that goes on without the page."""

from __future__ import annotations

import streamlit as st

from pages.compare.verdicts import VERDICTS
from pages.shared import job_resources as jobs
from pages.shared.classifier_box import choose_too, is_chosen, model_box
from pages.shared.hub_models import models_allowed
from pages.shared.layout import plain
from pages.shared.problems import told
from pages.shared.resources import review_texts
from sentiment_core.classifiers.labels import SIDES
from sentiment_core.classifiers.loading import HUB
from sentiment_core.errors import SentimentError
from sentiment_core.jobs.records import Job, Stage, State
from sentiment_core.messages import tr, tr_plural
from sentiment_core.text.corpus import Corpus


def scoring_box(corpus: Corpus) -> None:
    """Show the box for a Hub model, and the job that scores it. Shows nothing if this server allows no Hub model.

    Only while a job lives, the box looks for its progress by itself.
    """
    if models_allowed() == []:
        return
    lives = bool(jobs.living(corpus))
    asked = bool(st.query_params.get("hub"))

    @st.fragment(run_every=jobs.LOOK_EVERY if lives else None)
    def content() -> None:
        name = model_box()
        try:
            job = jobs.hub_job(corpus, name) if name else None
        except SentimentError as error:
            st.error(plain(told(error)), icon=":material/error:")
            return
        others = [other for other in jobs.living(corpus) if job is None or other.folder != job.folder]
        if lives != bool(others or (job and not job.state.ended)):
            st.rerun()  # with a timer or without, and with the new scores among the classifiers
        if name:
            _show_job(corpus, name, job)
        for other in others:
            _show_progress(other)

    with st.expander(
        tr("Score a model from the Hub on these reviews"), icon=":material/add_chart:", expanded=lives or asked
    ):
        content()


def _show_job(corpus: Corpus, name: str, job: Job | None) -> None:
    """Show what a job does, or how it ended, and what a reader can do about it."""
    if job is not None and not job.state.ended:
        _show_progress(job)
        st.button(tr("Cancel"), key="cancel job", icon=":material/stop:", on_click=jobs.cancel, args=(corpus, name))
        return
    if job is not None and job.state == State.DONE:
        _show_done(name)
        return
    if (missing := review_texts(corpus).missing) is not None:
        st.info(tr("A model can be scored where the texts are. {what}", what=missing), icon=":material/menu_book:")
        return
    _show_end(job)
    sides = _choose_sides(job.labels) if job is not None and job.labels else {}
    label = tr("Score on the test split")
    if job is not None:
        label = tr("Try again") if job.state == State.FAILED else tr("Go on")
    if st.button(label, key="start job", icon=":material/play_arrow:", disabled=sides is None):
        try:
            jobs.start(corpus, name, sides or {})
        except SentimentError as error:
            st.error(plain(told(error)), icon=":material/error:")
            return
        st.rerun()
    if job is None:
        st.caption(
            tr(
                "All {count} test reviews and those of the valid split, which a temperature is fitted on. It goes on "
                "when this page is closed. How long it takes is shown after the first reviews.",
                count=corpus.sizes["test"],
            )
        )


def _show_done(name: str) -> None:
    """Say that the scores are there, and offer to put the model among the chosen classifiers."""
    full = f"{HUB}{name}"
    if is_chosen(full):
        return
    st.success(tr("{name} is scored. It stands among the classifiers.", name=plain(full)), icon=":material/check:")
    label, icon = tr("Compare it"), ":material/compare_arrows:"
    if st.button(label, key="compare job", icon=icon):
        choose_too(full)
        st.rerun()  # the box of the classifiers is outside this fragment


def _show_end(job: Job | None) -> None:
    """Say how a job ended that has no result."""
    if job is None:
        return
    done, total = job.done, job.total
    match job.state:
        case State.FAILED:
            st.error(plain(told(job.problem) if job.problem else ""), icon=":material/error:")
        case State.STOPPED:
            st.info(
                tr("Stopped after {done} of {total} reviews. Their scores are kept.", done=done, total=total),
                icon=":material/stop_circle:",
            )
        case State.CANCELLED:
            st.info(
                tr("Cancelled after {done} of {total} reviews. Their scores are kept.", done=done, total=total),
                icon=":material/stop_circle:",
            )


def _choose_sides(labels: tuple[str, ...]) -> dict[str, str] | None:
    """The side of each label, chosen by the reader; None until one is negative and one positive."""
    st.markdown(tr("What does each label of this model mean?"))
    found: dict[str, str] = {}
    for column, label in zip(st.columns(max(len(labels), 3)), labels, strict=False):
        with column:
            side = st.selectbox(
                plain(label[:40]),
                SIDES,
                index=None,
                key=f"side {label}",
                format_func=lambda side: str(VERDICTS[side]),
                placeholder=tr("Choose"),
            )
            if side is not None:
                found[label] = side
    complete = len(found) == len(labels) and {"negative", "positive"} <= set(found.values())
    return found if complete else None


def _show_progress(job: Job) -> None:
    """Show how far a living job has come."""
    done = job.done / job.total if job.total else 0.0
    st.progress(min(done, 1.0), f"**{plain(job.request.name)}** {_progress_text(job)}")


def _progress_text(job: Job) -> str:
    match job.state:
        case State.WAITING:
            ahead = sum(other.place is not None and other.sequence < job.sequence for other in jobs.queued())
            if not ahead:  # it takes its turn in a moment
                return tr("Starting")
            return tr_plural("Waits for {count} other job", "Waits for {count} other jobs", ahead)
        case State.PAUSED:
            return tr("Paused after {done} of {total} reviews", done=job.done, total=job.total)
        case State.STOPPING:
            return tr("Ends in a moment")
    match job.stage:
        case Stage.STARTING:
            return tr("Starting")
        case Stage.READING:
            return tr("Reading the data set")
        case Stage.LOADING:
            return tr("Loading the model; if it is not on this machine yet, it is downloaded first")
    return _scored_text(job)


def _scored_text(job: Job) -> str:
    """How many reviews are scored, and the expected time."""
    reached = {"done": job.done, "total": job.total}
    left = job.left
    if left is None:
        return tr("{done} of {total} reviews", **reached)
    if left < 90:
        return tr("{done} of {total} reviews, about {left:.0f} s left", **reached, left=left)
    if left < 5400:
        return tr("{done} of {total} reviews, about {left:.0f} min left", **reached, left=left / 60)
    return tr("{done} of {total} reviews, about {left:.1f} h left", **reached, left=left / 3600)

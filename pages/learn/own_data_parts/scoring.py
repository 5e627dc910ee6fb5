"""Score the file with a model: choose it, follow the work, and save the file with new columns."""

from __future__ import annotations

import streamlit as st

from pages.learn.own_data_parts.problems import problems_kept
from pages.shared import file_scoring, own_data
from pages.shared.address import choice
from pages.shared.file_scoring import KINDS, LOOK_EVERY, SMALL
from pages.shared.layout import plain
from pages.shared.problems import told
from pages.shared.uploads import Upload
from sentiment_core.errors import SentimentError
from sentiment_core.jobs.records import Job, State
from sentiment_core.jobs.uploads import MB
from sentiment_core.messages import lazy, tr
from sentiment_core.messages.numbers import number

_MEANS = lazy(
    "Each row gets the probability that it is positive, the verdict, its tokens, how many of them were cut and how "
    "many are unknown. No row is left out, and their order stays: a row that cannot be read says so in a column."
)


def show_scoring(upload: Upload) -> None:
    """Show the choice of a model, the work in progress, and the files that came of it."""
    st.header(tr("Score this file with a model"), anchor=False)
    st.caption(str(_MEANS))
    found = file_scoring.scorers()
    if not found:
        st.info(tr("There is no trained model yet."), icon=":material/inventory_2:")
        return
    names = {name: name.replace("/", ": ") for name in found}
    usual = next((name for name in names if name.endswith("/bilstm")), next(iter(names)))
    with st.container(horizontal=True, vertical_alignment="bottom", gap="medium"):
        name = choice(st.selectbox, tr("Model"), names, "scorer", usual, width=320)
        kind = choice(
            st.segmented_control, tr("File"), {kind: kind for kind in KINDS}, "scored_as", ".csv", required=True
        )
        asked = st.button(tr("Score"), icon=":material/grading:", type="primary", key="own_data.score")
    if asked:
        _score(upload, name, kind)
    jobs = file_scoring.jobs_of(upload)
    if any(not job.state.ended for job in jobs):
        _follow(upload)
    elif jobs and jobs[0].problem is not None:
        st.error(plain(told(jobs[0].problem, upload)), icon=":material/error:")
    _offer_results(upload)


def _score(upload: Upload, name: str, kind: str) -> None:
    """Score a small file now, and start a job for a large one."""
    try:
        seen = own_data.look(upload.path, own_data.choices_of(upload))
        if not seen.complete or seen.row_count > SMALL:
            file_scoring.start(upload, name, kind, seen.row_count if seen.complete else 0)
            return
        bar, total = st.progress(0.0, tr("Scoring")), max(seen.row_count, 1)

        def progress(rows: int) -> None:
            bar.progress(min(rows / total, 1.0), tr("Scoring"))

        file_scoring.score_here(upload, name, kind, progress)
        bar.empty()
    except SentimentError as error:
        st.error(plain(told(error, upload)), icon=":material/error:")


@st.fragment(run_every=LOOK_EVERY)
def _follow(upload: Upload) -> None:
    """The job that scores the file, once a second, until it ends."""
    living = [job for job in file_scoring.jobs_of(upload) if not job.state.ended]
    if not living:
        st.rerun()
    for job in living:
        with st.container(horizontal=True, vertical_alignment="center", gap="medium"):
            st.progress(min(job.done / job.total, 1.0) if job.total else 0.0, _told(job), width=520)
            st.button(tr("Stop"), key=f"own_data.stop.{job.id}", icon=":material/stop:", on_click=_stop, args=(job,))


def _told(job: Job) -> str:
    """What a job does, in a few words."""
    if job.state == State.WAITING:
        return tr("{model} waits for other jobs to end", model=plain(job.request.name))
    if not job.done:
        return tr("{model} is being loaded", model=plain(job.request.name))
    if job.total:
        return tr("{model}: {done} of {total} rows", model=plain(job.request.name), done=job.done, total=job.total)
    return tr("{model}: {done} rows", model=plain(job.request.name), done=job.done)


def _stop(job: Job) -> None:
    with problems_kept():
        file_scoring.stop(job)


def _offer_results(upload: Upload) -> None:
    """The scored files to save."""
    found = file_scoring.results(upload)
    if not found:
        return
    with st.container(horizontal=True, gap="small"):
        for result, size in found.items():
            name = file_scoring.download_name(upload, result)
            st.download_button(
                tr("{name} ({size} MB)", name=plain(name), size=number(size / MB, ".1f")),
                result.read_bytes,
                file_name=name,
                mime="application/octet-stream",
                key=f"own_data.result.{result.name}",
                icon=":material/download:",
                on_click="ignore",
            )
    st.caption(tr("A cell that a spreadsheet would run as a formula has an apostrophe before it."))

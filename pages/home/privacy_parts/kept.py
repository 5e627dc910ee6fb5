"""What is on the disk because of this visitor: a row and a button for each, and one button for everything."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

import streamlit as st

from pages.home.privacy_parts.forgetting import ask_to_forget
from pages.learn.own_data_parts.problems import problems_kept, show_problem
from pages.learn.train_parts.job_list import STATES
from pages.learn.train_parts.lesson import name_of
from pages.shared import uploads, visitor_data
from pages.shared.layout import plain
from pages.shared.trained_runs import moment
from pages.shared.visitor_data import Kept
from sentiment_core.jobs.cleaning import size_of
from sentiment_core.jobs.records import Job
from sentiment_core.jobs.requests import TrainingRequest
from sentiment_core.messages import tr, tr_plural
from sentiment_core.messages.numbers import number

MOST = 20  # rows of a kind; the others can be deleted together
_MB = 1_000_000  # bytes
_ALL_GONE = "privacy.all_gone"  # in the session: whether everything was deleted since the page was loaded


def show_kept() -> None:
    """Show everything with a button that deletes it."""
    show_problem()
    found = visitor_data.kept()
    st.header(tr("Yours on this server"), anchor=False)
    if st.session_state.get(_ALL_GONE):
        st.success(tr("Everything of yours is deleted, or is just ending."), icon=":material/check:")
    if found.empty:
        st.info(
            tr("Nothing: no training, no file, no lottery, no class. Only the cookie tells this browser from others."),
            icon=":material/check_circle:",
        )
        return
    _show_jobs(found)
    _show_uploads(found)
    _show_lotteries(found)
    _show_classes(found)
    with st.popover(tr("Delete everything of mine"), icon=":material/delete_forever:"):
        st.markdown(
            tr(
                "All that is listed above is deleted, also what a long list leaves out, and this browser forgets the "
                "cookie. Trainings that run are ended, and a class that is open ends for everybody. This cannot be "
                "undone."
            )
        )
        st.button(tr("Yes, delete everything"), type="primary", key="privacy_all", on_click=_delete_all)
    if found.ending:
        _wait_for_the_end()


@st.fragment(run_every=1.0)
def _wait_for_the_end() -> None:
    """Look until the trainings that were cancelled are gone."""
    if not visitor_data.kept().ending:
        st.rerun()


def _show_jobs(found: Kept) -> None:
    if not found.jobs:
        return
    _heading(tr("Trainings and scored files"))
    for job in found.jobs[:MOST]:
        said = [str(STATES[job.state][0]), moment(job.queued), _megabytes(size_of(job))]
        if job.pinned:
            said.append(tr("pinned for everybody by the owner of this server"))
        consequence = tr("Its runs and all that was drawn are deleted. Links to it will not work.")
        _row(
            ":material/model_training:",
            _title(job),
            said,
            job.id,
            consequence,
            partial(visitor_data.remove_jobs, [job]),
        )
    _say_more(len(found.jobs))


def _show_uploads(found: Kept) -> None:
    if not found.uploads:
        return
    _heading(tr("Your files"))
    for upload in found.uploads:
        consequence = tr("The file and all that was read from it. What was trained on it stays.")
        delete = partial(visitor_data.remove_upload, upload)
        _row(":material/description:", upload.name, [uploads.kept_until(upload)], upload.id, consequence, delete)


def _show_lotteries(found: Kept) -> None:
    if not (found.lotteries or found.drawn):
        return
    _heading(tr("Seed lotteries"))
    for lottery in found.lotteries[:MOST]:
        title = " · ".join(filter(None, (lottery.code, lottery.template.title)))
        consequence = tr("The lottery is deleted for all who take part. The runs of the others stay theirs.")
        said = [tr("opened by you"), moment(lottery.opened)]
        _row(":material/casino:", title, said, lottery.code, consequence, partial(visitor_data.remove_lottery, lottery))
    for one in found.drawn[:MOST]:
        seed = tr("seed {seed}, drawn by you", seed=str(one.ticket.seed))
        key = f"{one.lottery.code}-{one.ticket.recipe}-{one.ticket.seed}"
        consequence = tr("The lottery no longer knows who drew this seed. Its training is listed above.")
        _row(":material/casino:", one.lottery.code, [seed], key, consequence, partial(visitor_data.forget_draw, one))
    _say_more(max(len(found.lotteries), len(found.drawn)))


def _show_classes(found: Kept) -> None:
    if not (found.classes or found.seats):
        return
    _heading(tr("Classes"))
    for room in found.classes:
        said = [
            tr("led by you"),
            tr_plural("{count} phone", "{count} phones", room.joined),
            tr_plural("{count} question", "{count} questions", len(room.questions)),
        ]
        consequence = tr("All questions and votes are deleted, here and on all phones. Export first what you keep.")
        _row(":material/groups:", room.code, said, room.code, consequence, partial(visitor_data.end_class, room))
    for seat in found.seats:
        count = len(seat.room.votes_of(seat.room.seat(seat.secret) or 0))
        said = [tr("your seat as a phone"), tr_plural("{count} vote", "{count} votes", count)]
        consequence = tr("The seat is given up, and its votes count no longer.")
        key = f"seat-{seat.room.code}"
        _row(":material/smartphone:", seat.room.code, said, key, consequence, partial(visitor_data.leave_class, seat))


def _heading(text: str) -> None:
    st.markdown(f"**{text}**")


def _row(icon: str, title: str, said: list[str], key: str, consequence: str, delete: Callable[[], None]) -> None:
    """One thing that is kept, what is known of it, and a button that asks once more."""
    with st.container(
        horizontal=True, horizontal_alignment="distribute", vertical_alignment="center", border=True, width=720
    ):
        st.markdown(f"{icon} **{plain(title)}**  \n{plain(' · '.join(said))}")
        with st.popover(tr("Delete"), icon=":material/delete:", key=f"privacy_open_{key}"):
            st.markdown(f"**{plain(title)}**  \n{consequence}")
            st.button(
                tr("Yes, delete it"), type="primary", key=f"privacy_delete_{key}", on_click=_delete, args=[delete]
            )


def _say_more(count: int) -> None:
    if count > MOST:
        st.caption(tr("Older ones are not listed: {count}.", count=count - MOST))


def _title(job: Job) -> str:
    return (
        name_of(job)
        if isinstance(job.request, TrainingRequest)
        else tr("File scored with {name}", name=job.request.name)
    )


def _megabytes(size: int) -> str:
    return tr("{size} MB", size=number(max(size / _MB, 0.1), ".1f"))


def _delete(delete: Callable[[], None]) -> None:
    with problems_kept():
        delete()


def _delete_all() -> None:
    with problems_kept():
        visitor_data.remove_all()
        st.session_state[_ALL_GONE] = True
        ask_to_forget()

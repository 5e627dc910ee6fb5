"""A visitor's own seed: draw one, and see how it does. Also the link that a class opens."""

from __future__ import annotations

from urllib.parse import urlencode, urlsplit

import streamlit as st

from pages.learn.seeds_parts.opening import GROUP
from pages.learn.train_parts.opening import JOB, SCRIPT
from pages.shared import lottery_resources as resources
from pages.shared.language import KEY as LANGUAGE_KEY
from pages.shared.language import in_this_language
from pages.shared.layout import plain
from pages.shared.problems import told
from pages.shared.qr_codes import qr_code
from pages.shared.visitors import may_train, training_is_off, visitor
from sentiment_core.errors import SentimentError
from sentiment_core.jobs.lottery import Drawn, Lottery
from sentiment_core.jobs.records import State
from sentiment_core.messages import Message, current_language, lazy, tr
from sentiment_core.messages.numbers import percent

_STATES = {
    State.WAITING: lazy("waiting for its turn"),
    State.RUNNING: lazy("training"),
    State.PAUSING: lazy("training"),
    State.PAUSED: lazy("paused"),
    State.STOPPING: lazy("stopping"),
    State.STOPPED: lazy("stopped early: it does not count"),
    State.FAILED: lazy("failed"),
    State.LOST: lazy("starting again"),
    State.CANCELLED: lazy("deleted"),
}
_SHOWN = 3  # own seeds whose state is told


def show_drawing(lottery: Lottery) -> None:
    """Show the button that draws a seed, and the visitor's own seeds."""
    if not may_train(visitor()):
        st.info(plain(str(training_is_off())), icon=":material/lock:")
        return
    drawn = resources.drawn(lottery)
    own = [one for one in drawn if resources.is_own(one.ticket)]
    lasting = [one for one in own if one.state not in (State.CANCELLED, State.FAILED, State.STOPPED)]
    again = resources.may_draw_again(lottery)
    if not lasting or again:
        label = tr("Draw another seed and train") if lasting else tr("Draw a seed and train")
        if st.button(label, type="primary", icon=":material/casino:", key="draw"):
            try:
                resources.draw(lottery)
            except SentimentError as error:
                st.error(plain(told(error)), icon=":material/error:")
            else:
                st.rerun()
    for one in own[-_SHOWN:]:
        _show_own(lottery, one)


def _show_own(lottery: Lottery, one: Drawn) -> None:
    with st.container(horizontal=True, vertical_alignment="center"):
        recipe, seed = lottery.recipes[one.ticket.recipe], str(one.ticket.seed)
        st.markdown(
            plain(tr("Your seed: {seed} ({recipe}), {state}.", seed=seed, recipe=recipe, state=_state(one))),
            width="content",
        )
        st.page_link(
            SCRIPT,
            label=tr("Watch it learn"),
            icon=":material/monitoring:",
            query_params=in_this_language({JOB: one.ticket.job}),
            width="content",
        )


def _state(one: Drawn) -> Message | str:
    if not one.complete:
        return _STATES.get(one.state, lazy("training"))
    if one.test_accuracy is None:
        return lazy("complete")
    return lazy("complete: {share} of the test reviews right", share=percent(one.test_accuracy))


def show_invitation(lottery: Lottery) -> None:
    """Show the link with its QR code, for a projector."""
    address = invitation(lottery)
    if not address:
        return
    st.image(qr_code(address), width=220, alt=tr("QR code of the link to this lottery"))
    st.code(address, language=None, wrap_lines=True)
    if urlsplit(address).hostname in ("localhost", "127.0.0.1", "::1"):
        st.caption(
            tr(
                "This address works on this machine alone. Open the page by the machine's name or number in the "
                "network, and the link and the code change with it."
            )
        )


def invitation(lottery: Lottery) -> str:
    """The address that a class opens, in the language of who invites; "" if the page's own is not known."""
    if not st.context.url:
        return ""
    return f"{st.context.url.partition('?')[0]}?{urlencode({GROUP: lottery.code, LANGUAGE_KEY: current_language()})}"

"""What a training will take, beside the button: from a step measured on this machine, in a fragment of its own."""

from __future__ import annotations

from collections.abc import Callable

import streamlit as st

from pages.shared.layout import plain
from pages.shared.training_resources import Plan, estimate_of
from sentiment_core.jobs.estimate import Estimate
from sentiment_core.messages import tr
from sentiment_core.messages.numbers import duration, number

_LOOK_EVERY = 1.0  # seconds between two looks at a measurement
_SECONDS = "expected_seconds"  # in the session: of the form as it is now


def expected(plan: Plan) -> None:
    """Show the expected time, tokens per second and memory. Looks again by itself while steps are measured."""
    st.session_state.pop(_SECONDS, None)
    if plan.data.reading is None:
        return
    found = estimate_of(plan)
    _show(found)
    if found is not None and found.measuring:
        _wait(lambda: estimate_of(plan))


def expected_seconds() -> float | None:
    """The seconds that were last shown."""
    return st.session_state.get(_SECONDS)


def _wait(look: Callable[[], Estimate | None]) -> None:
    """Run the page again once the measurement is there."""

    @st.fragment(run_every=_LOOK_EVERY)
    def waiting() -> None:
        found = look()
        if found is None or not found.measuring:
            st.rerun()

    waiting()


def _show(found: Estimate | None) -> None:
    if found is None:
        st.caption(tr("How long it takes can be told after the first training on these reviews."))
    elif found.measuring:
        st.caption(tr("Measuring a step on this machine, to tell how long it will take. It can be started meanwhile."))
    elif found.seconds is None or found.tokens_per_second is None or found.megabytes is None:
        st.caption(
            tr("These networks could not be measured. Perhaps they need too much memory: choose a smaller width.")
        )
    else:
        st.session_state[_SECONDS] = found.seconds
        st.caption(
            plain(
                tr(
                    "About {time} on this machine when it is idle · {speed} tokens a second · {memory} MB of memory.",
                    time=duration(found.seconds),
                    speed=number(round(found.tokens_per_second, -2), ".0f"),
                    memory=number(found.megabytes, ".0f"),
                )
            )
        )

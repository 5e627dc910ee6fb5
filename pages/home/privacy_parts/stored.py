"""What the server stores of any visitor, where and for how long, and what it does not store."""

from __future__ import annotations

import streamlit as st

from sentiment_core.environment import variables
from sentiment_core.jobs.limits import read_limits
from sentiment_core.messages import tr
from sentiment_core.messages.numbers import number


def show_stored() -> None:
    """A line for each thing that is stored, with its time on this very server."""
    st.header(tr("What is stored, and for how long"), anchor=False)
    st.markdown("\n".join(f"- {line}" for line in (*_of_what_is_made(), *_of_what_is_seen())))
    if megabytes := read_limits().megabytes:
        room = number(megabytes)
        st.caption(tr("All trainings together take {room} MB at most; the oldest make room.", room=room))


def _of_what_is_made() -> tuple[str, ...]:
    limits = read_limits()
    kept = tr("{days} days after its end", days=number(limits.days)) if limits.days else tr("until you delete it")
    return (
        tr(
            "**A random cookie**, in your browser, for a year. Beside what you make, the server keeps a fingerprint of "
            "it, from which the cookie cannot be made."
        ),
        tr(
            "**A training**: settings, the name that you gave it, reviews that you pinned, and its runs. On the disk, "
            "{time}. Who has its address may look at it.",
            time=kept,
        ),
        tr(
            "**A file that you bring**, how it is read, and what was scored from it. On the disk, for {hours} hours, "
            "for you alone. A network that was trained on it keeps the words that are frequent in it.",
            hours=number(limits.upload_hours),
        ),
        tr(
            "**A seed lottery**: its settings and name, and who drew which seed, as a fingerprint. On the disk, as "
            "long as its trainings."
        ),
        tr(
            "**A class that you open**: its questions, and the votes of phones without names. On the disk until it "
            "ends, {hours} hours at most.",
            hours=number(variables.CLASS_HOURS.value()),
        ),
        tr(
            "**Your seat in a class**, if you join one: a cookie for this class, and your votes under a number. As "
            "long as the class."
        ),
    )


def _of_what_is_seen() -> tuple[str, ...]:
    return (
        tr(
            "**What you type and choose**: in the address of the page, and in the memory of the server while the tab "
            "is open and for two minutes more. What was computed for a text stays in memory until newer results take "
            "its place. It is on no disk, except what is named above."
        ),
        tr(
            "**How much you ask for**: a count for your cookie and one for your network address, so that nobody takes "
            "the server from the others. In memory alone."
        ),
        tr("**Your language**: in the address of the page, and in memory while the tab is open."),
    )


def show_not_stored() -> None:
    """What is not stored."""
    st.header(tr("What is not stored"), anchor=False)
    st.markdown(
        tr(
            """
- **No names, no addresses, no accounts.** Nothing here asks for them. Do not put them into a review or a file.
- **No log of visits.** The app writes down neither who came nor what was asked. A web server that its owner has put in
  front of it may keep a log of its own. The settings for nginx that come with the app switch it off.
- **No statistics for others.** Streamlit, on which the app is built, can send some. That is switched off.
- **Nothing from other servers.** Scripts, fonts and pictures come from here, and browsers are told to load no others.
"""
        )
    )

"""A visitor's own class: opening, leading and ending it, and what its models say."""

from __future__ import annotations

import secrets
from collections.abc import Mapping, Sequence
from contextlib import suppress
from pathlib import Path
from urllib.parse import parse_qsl, urlencode, urlsplit

import streamlit as st

from pages.shared import resources
from pages.shared.class_routes import TEACHER_KEY
from pages.shared.classes import classes, classes_are_off
from pages.shared.classes import may_open as visitor_may_open
from pages.shared.language import KEY as LANGUAGE_KEY
from pages.shared.site import PAGES, Page
from pages.shared.visitors import visitor
from sentiment_core.classroom.records import Question, Source, Verdict
from sentiment_core.classroom.room import Classroom
from sentiment_core.errors import ClassError, SentimentError
from sentiment_core.messages import current_language

CODE, KEY = "code", "key"  # of the link for a second teacher, in the address of the page
ADDRESS = "class"  # of the page
_KEYS = "class.keys"  # in the session: keys of the teacher by code

__all__ = ["classes_are_off", "end_class", "may_open", "open_class", "own_class", "take_over_by_link"]


def may_open() -> bool:
    """Whether this visitor may open a class."""
    return visitor_may_open(visitor())


def own_class() -> Classroom | None:
    """The class that this visitor leads."""
    return classes().led_by(visitor().id) if classes().all() else None


def open_class() -> Classroom:
    """Open a class in the reader's language. Raises ClassError, also for visitors who may not."""
    if not may_open():
        raise ClassError(classes_are_off())
    room, key = classes().open(current_language(), visitor().id)
    st.session_state.setdefault(_KEYS, {})[room.code] = key
    return room


def end_class(room: Classroom) -> None:
    """End a class and delete all that is kept of it."""
    classes().end(room)


def take_over_by_link() -> None:
    """Let this visitor lead the class whose code and key are in the address, and take both out of it.

    Raises ClassError if there is no such class, or the key is another one.
    """
    code, key = st.query_params.get(CODE), st.query_params.get(KEY)
    if not code or not key:
        return
    for name in (CODE, KEY):
        st.query_params.pop(name)
    room = classes().with_key(code, key)
    if room is None:
        raise ClassError("This link leads no class. The class has ended, or a newer link was made for it.")
    room.add_teacher(visitor().id)


def teacher_link(room: Classroom) -> str:
    """What follows the page's address in the link for a second teacher.

    A browser that has lost it gets another, and the old one is worth nothing any more.
    """
    keys: dict[str, str] = st.session_state.setdefault(_KEYS, {})
    if classes().with_key(room.code, keys.get(room.code, "")) is None:
        keys[room.code] = classes().renew_key(room)
    return urlencode({CODE: room.code, KEY: keys[room.code]})


def headers_of(room: Classroom) -> dict[str, str]:
    """By which the routes know the teacher in a browser that sends no cookie."""
    key = st.session_state.get(_KEYS, {}).get(room.code)
    return {TEACHER_KEY: key} if key and classes().with_key(room.code, key) is not None else {}


def question_of(
    text: str, source: Source, truth: int | None, names: Sequence[str], folders: Mapping[str, Path]
) -> Question:
    """A question with what each of these classifiers says of it. A classifier that cannot say anything is left out."""
    verdicts = []
    for name in names:
        with suppress(SentimentError):
            said = resources.classifier(folders[name]).predict([text])[0]
            verdicts.append(Verdict(name, float(said.probability)))
    return Question(secrets.token_hex(6), text, source, truth, tuple(verdicts))


def show_view(room: Classroom, view: str) -> None:
    """Lead all phones to an address of the app. Raises ClassError if it is none that phones can show."""
    page = page_of(view)
    if page is None:
        raise ClassError("This view cannot be shown on phones. Open a page of the app and try again.")
    # Each phone reads in its own language.
    query = [pair for pair in parse_qsl(urlsplit(view).query, keep_blank_values=True) if pair[0] != LANGUAGE_KEY]
    room.follow(page.address + (f"?{urlencode(query)}" if query else ""))


def page_of(view: str | None) -> Page | None:
    """The page of a view; None if it is no address of a page that phones can show."""
    try:
        parts = urlsplit("//none" if view is None else view)
    except ValueError:
        return None
    known = {page.address: page for page in PAGES if page.address != ADDRESS}
    return None if parts.scheme or parts.netloc or parts.fragment else known.get(parts.path)

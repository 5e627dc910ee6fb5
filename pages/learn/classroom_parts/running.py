"""A class that is open: the stage for the projector, what to ask next, results, export and end."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

import streamlit as st

from pages.learn.classroom_parts.asking import OWN, TEXT, TRUTH, UNKNOWN, Offer, choose_next
from pages.learn.classroom_parts.ending import show_ending
from pages.learn.classroom_parts.opening import ENDED
from pages.learn.classroom_parts.results import show_results
from pages.shared import class_resources as resources
from pages.shared.class_address import invitation
from pages.shared.classifier_box import classifier_box, open_choice
from pages.shared.layout import plain, published_runs
from pages.shared.problems import told
from pages.shared.projector import mount_stage
from pages.shared.qr_codes import qr_address
from pages.shared.resources import classifier, linear
from sentiment_core.classroom.script import script_in
from sentiment_core.classroom.shown import standing_rows, teacher_numbers
from sentiment_core.errors import SentimentError
from sentiment_core.messages import LANGUAGES, lazy, tr

if TYPE_CHECKING:
    from sentiment_core.classroom.room import Classroom
    from sentiment_core.text.corpus import Corpus

_STAGE = "class.stage"  # key of the component
_PROBLEM = "class.problem"


def show_class(room: Classroom, corpus: Corpus) -> None:
    """Show an open class. A step of the teacher reruns this alone, and a vote reruns nothing."""
    runs = published_runs(corpus)
    folders = {name: run.path for name, run in runs.items()} | linear(corpus)

    @st.fragment
    def show() -> None:
        if (own := resources.own_class()) is not room:  # it has ended, perhaps in another browser
            if own is None:
                st.session_state[ENDED] = True
            st.rerun()
        # Each part has its place in every phase, so that the browser keeps open what stands below.
        stage, problems, learned = st.container(), st.container(), st.container()
        with learned:
            if room.phase == "results":
                show_results(room)
            elif room.phase == "truth":
                _show_note(room)
        with st.expander(tr("What to ask, and whom"), icon=":material/tune:", expanded=room.phase == "lobby"):
            left, right = st.columns([3, 2], gap="medium")
            with right:
                _, usual = open_choice(folders, runs)
                names = classifier_box(folders, usual, runs)
                st.caption(tr("Their verdicts are computed when you ask, and shown when the class has voted."))
            with left:
                offer = choose_next(corpus, room.asked_texts, names, folders, runs)
        with st.expander(tr("Export, second device, end of the class"), icon=":material/more_horiz:"):
            show_ending(room)
        with stage:
            mount_stage(_STAGE, _stage_data(room, offer), partial(_act, room, offer, names, folders))
        if (words := st.session_state.pop(_PROBLEM, None)) is not None:
            problems.error(plain(told(words)), icon=":material/error:")
        _warm(names, folders)

    show()


def _stage_data(room: Classroom, offer: Offer | None) -> dict[str, Any]:
    """What the stage may know now: verdicts and truth only when the class may see them."""
    found = invitation(room.code)
    question, phase, shown = room.question, room.phase, resources.page_of(room.view)
    seen = question if phase in ("verdicts", "truth") else None
    return {
        "invitation": {
            "code": room.code,
            "link": found.link,
            "place": found.place,
            "qr": qr_address(found.link),
            "trouble": str(found.trouble) if found.trouble is not None else "",
        },
        "headers": resources.headers_of(room),
        "numbers": teacher_numbers(room),
        "question": {"id": question.id, "text": question.text} if question is not None else None,
        "verdicts": [{"name": one.run, "share": one.probability} for one in seen.verdicts] if seen else None,
        "truth": seen.truth if seen and phase == "truth" else None,
        "standings": standing_rows(room) if phase == "results" else None,
        "known": {
            "hasVerdicts": question is not None and bool(question.verdicts),
            "hasTruth": question is not None and question.truth is not None,
            "hasNext": offer is not None,
            "number": room.number,
            "closed": len(room.judged()),
        },
        "shown": str(shown.title) if shown is not None else "",
    }


def _act(room: Classroom, offer: Offer | None, names: Sequence[str], folders: Mapping[str, Path]) -> None:
    """Do what the stage asked for, unless the class has gone on since it was asked."""
    asked = st.session_state[_STAGE].get("act") or {}
    current = room.question.id if room.question is not None else None
    if (asked.get("phase"), asked.get("question")) != (room.phase, current):
        return
    steps: dict[str, Callable[[], None]] = {
        "close": room.close_votes,
        "reopen": room.reopen_votes,
        "verdicts": room.show_verdicts,
        "truth": room.show_truth,
        "results": room.show_results,
        "skip": room.skip,
        "back": partial(room.follow, None),
    }
    try:
        if asked.get("act") == "ask" and offer is not None:
            room.ask(resources.question_of(offer.text, offer.source, offer.truth, names, folders))
            if offer.source == OWN:  # the label of this text is not that of the next one
                st.session_state.update({TEXT: "", TRUTH: UNKNOWN})
        elif step := steps.get(str(asked.get("act"))):
            step()
    except SentimentError as error:
        st.session_state[_PROBLEM] = error.words
    except OSError as error:
        st.session_state[_PROBLEM] = lazy(
            "The class cannot be written ({problem}). Make room on the server and try again.",
            problem=error.strerror or str(error),
        )


def _show_note(room: Classroom) -> None:
    """What a review of the script shows, once the class has seen the truth."""
    reviews = (review for language in LANGUAGES for review in script_in(language))
    if room.question is not None and (found := next((one for one in reviews if one.text == room.question.text), None)):
        st.caption(plain(f"{found.title}: {found.note}"))


def _warm(names: Sequence[str], folders: Mapping[str, Path]) -> None:
    """Load the classifiers while the class waits, so that a question is asked at once."""
    for name in names:
        with suppress(SentimentError):
            classifier(folders[name])

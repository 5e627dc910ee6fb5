"""What phones and the teacher's page are told of a class: only what may be seen in its phase."""

from __future__ import annotations

from typing import Any

from sentiment_core.classroom.room import Classroom
from sentiment_core.classroom.statistics import standings


def phone_state(room: Classroom) -> dict[str, Any]:
    """What all phones show, the same for each of them. JSON values."""
    phase, question = room.phase, room.question
    shown = question if phase in ("voting", "closed", "verdicts", "truth") else None
    tally = room.tally() if phase in ("closed", "verdicts", "truth") else None
    has_verdicts = phase in ("verdicts", "truth") and shown is not None
    return {
        "version": room.news_version,
        "phase": phase,
        "language": room.language,
        "question": {"id": shown.id, "number": room.number, "text": shown.text} if shown else None,
        "tally": {"positive": list(tally.positive), "negative": list(tally.negative)} if tally else None,
        "verdicts": [vars(verdict) for verdict in shown.verdicts] if shown and has_verdicts else None,
        "truth": shown.truth if shown and phase == "truth" else None,
        "results": _results(room) if phase == "results" else None,
        "view": room.view if phase == "following" else None,
    }


def teacher_numbers(room: Classroom) -> dict[str, Any]:
    """What the teacher's page shows beside what it knows already. The sides stay hidden while votes are open."""
    tally, question = room.tally(), room.question
    is_split = room.stage in ("closed", "verdicts", "truth")
    return {
        "version": room.version,
        "phase": room.phase,
        "question": question.id if question else None,
        "joined": tally.joined,
        "votes": tally.votes,
        "positive": list(tally.positive) if is_split else None,
        "negative": list(tally.negative) if is_split else None,
        "view": room.view,
    }


def _results(room: Classroom) -> list[dict[str, Any]]:
    return [{"name": one.name, "right": one.right, "of": one.of} for one in standings(room.judged())]

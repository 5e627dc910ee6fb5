"""What phones and the teacher's page are told of a class: only what may be seen in its phase."""

from __future__ import annotations

from typing import Any

from sentiment_core.classroom.room import Classroom
from sentiment_core.classroom.statistics import standings

AT_ONCE = 20  # phones: a smaller class opens a view all at once
OPEN_A_SECOND = 10  # phones: as in `benchmarks.load`, where 200 readers open the app within 20 s
LONGEST_TURNS = 20.0  # seconds


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
        "results": standing_rows(room) if phase == "results" else None,
        "view": room.view if phase == "following" else None,
        "turns": {"phones": room.joined, "seconds": seconds_of_turns(room.joined)} if phase == "following" else None,
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


def standing_rows(room: Classroom) -> list[dict[str, Any]]:
    """How often the class, first, and each model was right; `ours`: the class on the same questions. JSON values."""
    return [
        {"name": one.name, "right": one.right, "of": one.of, "ours": one.class_right}
        for one in standings(room.judged())
    ]


def seconds_of_turns(phones: int) -> float:
    """Seconds over which phones open the view that they follow, by the numbers of their seats.

    Each of them is a session and reads a whole page, so a large class does not do so at once.
    """
    return min(phones / OPEN_A_SECOND, LONGEST_TURNS) if phones >= AT_ONCE else 0.0

"""A class: who may do what when, and that a log restores all of it."""

import json
from collections.abc import Callable

import pytest

from sentiment_core.classroom.records import STATED, RefusedError, Vote
from sentiment_core.classroom.room import Classroom
from sentiment_core.classroom.shown import AT_ONCE, LONGEST_TURNS, phone_state, teacher_numbers
from sentiment_core.errors import ClassError
from tests.classroom.conftest import question


def test_a_lesson_goes_from_the_question_to_the_truth(room: Classroom):
    phone = room.join()
    room.ask(question("first", rnn=0.9))
    room.vote(phone, Vote("first", True, 4))
    seen = []
    for go_on in (room.close_votes, room.show_verdicts, room.show_truth, room.show_results, room.leave_results):
        go_on()
        seen.append(room.phase)
    assert seen == ["closed", "verdicts", "truth", "results", "truth"]
    room.ask(question("second"))
    assert (room.phase, room.number) == ("voting", 2)


@pytest.mark.parametrize(
    ("before", "refused"),
    [
        ([], ["close_votes", "reopen_votes", "show_verdicts", "show_truth", "leave_results", "skip"]),
        (["ask"], ["reopen_votes", "show_verdicts", "show_truth", "show_results"]),
        (["ask", "close_votes", "show_verdicts"], ["reopen_votes", "close_votes", "show_verdicts"]),
        (["end"], ["close_votes", "show_results", "skip"]),
    ],
)
def test_steps_out_of_turn_are_refused_and_change_nothing(room: Classroom, log: list, before: list, refused: list):
    for step in before:
        room.ask(question("first", rnn=0.9)) if step == "ask" else getattr(room, step)()
    written, phase = list(log), room.phase
    for step in refused:
        with pytest.raises(ClassError):
            getattr(room, step)()
    assert (log, room.phase) == (written, phase)


def test_no_question_is_asked_while_votes_are_open_twice_or_without_words(room: Classroom):
    room.ask(question("first"))
    with pytest.raises(ClassError):
        room.ask(question("second"))
    room.close_votes()
    for bad in (question("first"), question("x" * 5000)):
        with pytest.raises(ClassError):
            room.ask(bad)


def test_a_verdict_or_a_truth_that_nobody_knows_is_not_shown(room: Classroom):
    room.ask(question("first", truth=None))
    room.close_votes()
    for show in (room.show_verdicts, room.show_truth):
        with pytest.raises(ClassError):
            show()


def test_a_second_vote_takes_the_place_of_the_first_while_votes_are_open(room: Classroom):
    phone = room.join()
    room.ask(question("first"))
    room.vote(phone, Vote("first", True, 4))
    room.vote(phone, Vote("first", False, 1))
    assert (room.tally().negative, room.tally().votes) == ((1, 0, 0, 0), 1)
    version = room.version
    room.vote(phone, Vote("first", False, 1))
    assert room.version == version, "the same vote again is no change"


@pytest.mark.parametrize(
    ("vote", "reason"),
    [
        (Vote("other", True, 1), "other-question"),
        (Vote("first", True, 0), "bad-request"),
        (Vote("first", True, 5), "bad-request"),
    ],
)
def test_votes_that_do_not_fit_are_refused(room: Classroom, vote: Vote, reason: str):
    phone = room.join()
    room.ask(question("first"))
    with pytest.raises(RefusedError, match=reason):
        room.vote(phone, vote)
    assert room.tally().votes == 0


def test_a_late_vote_and_one_without_a_seat_are_refused_until_votes_are_open_again(room: Classroom):
    phone = room.join()
    room.ask(question("first"))
    with pytest.raises(RefusedError, match="no-seat"):
        room.vote("made up", Vote("first", True, 1))
    room.close_votes()
    with pytest.raises(RefusedError, match="late"):
        room.vote(phone, Vote("first", True, 1))
    room.reopen_votes()
    room.vote(phone, Vote("first", True, 1))
    assert room.tally().votes == 1


def test_a_phone_keeps_its_seat_and_a_full_or_ended_class_takes_no_other(log: list):
    room = Classroom("0" * 32, "K7M2QX", "en", log.append, most_seats=1)
    phone = room.join()
    assert room.join(phone) == phone
    with pytest.raises(RefusedError, match="full"):
        room.join()
    room.end()
    with pytest.raises(RefusedError, match="ended"):
        room.join()
    assert room.join(phone) == phone


def test_a_skipped_question_counts_nowhere_and_is_not_asked_again(room: Classroom, answer: Callable[..., None]):
    answer(question("first"), 4, -4)
    room.skip()
    assert (room.judged(), room.question, room.phase) == ([], None, "lobby")
    assert "the first review" in room.asked_texts
    answer(question("second"), 4)
    assert room.number == 1


def test_following_a_view_leaves_the_lesson_where_it_is(room: Classroom, answer: Callable[..., None]):
    answer(question("first"), 4)
    room.follow("drift?moment=2")
    assert (room.phase, room.stage, phone_state(room)["view"]) == ("following", "closed", "drift?moment=2")
    room.follow(None)
    assert room.phase == "closed"
    room.follow("drift")
    room.show_truth()
    assert (room.phase, room.view) == ("truth", None), "who goes on with the lesson shows the lesson"


def test_phones_see_only_what_the_phase_allows(room: Classroom):
    phone = room.join()
    room.ask(question("first", rnn=0.9))
    room.vote(phone, Vote("first", True, 4))
    said = json.dumps([phone_state(room), teacher_numbers(room)])
    assert "0.9" not in said
    assert [phone_state(room)[name] for name in ("tally", "verdicts", "truth", "results")] == [None] * 4
    assert (teacher_numbers(room)["votes"], teacher_numbers(room)["positive"]) == (1, None)
    room.close_votes()
    assert phone_state(room)["tally"] == {"positive": [0, 0, 0, 1], "negative": [0, 0, 0, 0]}
    assert phone_state(room)["truth"] is None
    room.show_verdicts()
    assert phone_state(room)["verdicts"] == [{"run": "rnn", "probability": 0.9}]
    room.show_truth()
    assert phone_state(room)["truth"] == 1
    room.show_results()
    assert phone_state(room)["results"] == [
        {"name": "", "right": 1, "of": 1, "ours": 1},
        {"name": "rnn", "right": 1, "of": 1, "ours": 1},
    ]


def test_votes_and_seats_are_no_news_for_phones(room: Classroom):
    room.ask(question("first"))
    news, version = room.news_version, room.version
    phone = room.join()
    room.vote(phone, Vote("first", True, 1))
    assert room.news_version == news
    assert room.version == version + 2


def test_what_cannot_be_written_does_not_count():
    def full(event: object) -> None:
        raise OSError("no space left")

    room = Classroom("0" * 32, "K7M2QX", "en", full)
    with pytest.raises(OSError, match="no space"):
        room.join()
    assert (room.joined, room.version) == (0, 0)


def test_a_log_restores_the_class(room: Classroom, log: list[dict], answer: Callable[..., None]):
    answer(question("first", rnn=0.2), 4, -2, 0)
    room.show_truth()
    answer(question("second", truth=None), -1, -1, 3)
    room.add_teacher("somebody")
    room.follow("curves")
    again = Classroom(room.id, room.code, room.language, lambda event: None)
    lines = [json.loads(json.dumps(event)) for event in log]
    again.restore([{"kind": "vote"}, *lines[:3], {"kind": "unknown"}, {}, *lines[3:]])  # damage is passed over
    assert again.judged() == room.judged()
    assert phone_state(again) | {"version": 0} == phone_state(room) | {"version": 0}
    assert (again.joined, again.is_teacher("somebody"), again.is_revealed("first")) == (3, True, True)


def test_the_log_has_no_secret_of_a_phone(room: Classroom, log: list[dict]):
    phone = room.join()
    assert phone not in json.dumps(log)


def test_a_vote_states_a_probability_of_positive():
    assert [Vote("q", True, step).probability for step in (1, 4)] == [STATED[0], STATED[3]] == [0.5, 1.0]
    assert Vote("q", False, 4).probability == 0.0


@pytest.mark.parametrize(("phones", "seconds"), [(1, 0), (AT_ONCE - 1, 0), (30, 3), (500, LONGEST_TURNS)])
def test_the_phones_of_a_large_class_follow_by_turns(room: Classroom, phones: int, seconds: float):
    for _ in range(phones):
        room.join()
    assert phone_state(room)["turns"] is None
    room.follow("drift")
    assert phone_state(room)["turns"] == {"phones": phones, "seconds": seconds}

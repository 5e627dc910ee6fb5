"""Classes are opened, found again after a restart, and leave nothing."""

import csv
import json
import os
import stat
from contextlib import ExitStack
from pathlib import Path

import pytest

from sentiment_core.classroom import store
from sentiment_core.classroom.codes import ALPHABET, CODE, MOST_AT_ONCE, MOST_WAITING, WINDOW, WrongCodes
from sentiment_core.classroom.export import class_csv, class_html, results_csv
from sentiment_core.classroom.records import Question, Verdict, Vote
from sentiment_core.classroom.store import Classes
from sentiment_core.errors import ClassError
from tests.classroom.conftest import question

TEACHER = "a" * 32


@pytest.fixture
def classes(tmp_path: Path) -> Classes:
    return Classes(tmp_path)


def files(root: Path) -> list[Path]:
    return [path for path in root.rglob("*") if path.is_file()]


def test_a_code_has_no_letters_that_look_alike(classes: Classes):
    room, _ = classes.open("en", TEACHER)
    assert CODE.fullmatch(room.code)
    assert not set("01OIL") & set(ALPHABET)


def test_a_class_is_found_by_code_teacher_and_key(classes: Classes):
    room, key = classes.open("ko", TEACHER)
    assert classes.find(room.code) is classes.led_by(TEACHER) is classes.with_key(room.code, key) is room
    assert classes.led_by("b" * 32) is classes.led_by("") is classes.with_key(room.code, "made up") is None
    newer, _ = classes.open("en", TEACHER)
    assert classes.led_by(TEACHER) is newer


def test_a_server_that_starts_again_has_the_same_class(classes: Classes, tmp_path: Path):
    room, key = classes.open("en", TEACHER)
    phone = room.join()
    room.ask(question("first\u2028second"))
    room.vote(phone, Vote("first\u2028second", True, 3))
    with next(tmp_path.rglob("log.jsonl")).open("a") as log:
        log.write('{"kind": "vo')  # the server died while it wrote
    again = Classes(tmp_path)
    found = again.with_key(room.code, key)
    assert found is not None
    assert found.seat(phone) == 0
    assert (found.tally(), found.version, found.is_teacher(TEACHER)) == (room.tally(), room.version, True)


def test_what_follows_a_cut_line_is_restored_too(classes: Classes, tmp_path: Path):
    room, _ = classes.open("en", TEACHER)
    phone = room.join()
    with next(tmp_path.rglob("log.jsonl")).open("a") as log:
        log.write('{"kind": "vo')
    going_on = Classes(tmp_path).find(room.code)
    assert going_on is not None
    going_on.ask(question("first"))
    going_on.vote(phone, Vote("first", True, 3))
    again = Classes(tmp_path).find(room.code)
    assert again is not None
    assert (again.tally(), again.votes_of(0)) == (going_on.tally(), [Vote("first", True, 3)])


def test_nothing_is_left_of_a_class_that_ends(classes: Classes, tmp_path: Path):
    room, key = classes.open("en", TEACHER)
    room.ask(question("first"))
    assert len(files(tmp_path)) == 2
    classes.end(room)
    assert files(tmp_path) == []
    assert (classes.find(room.code), classes.with_key(room.code, key), classes.all()) == (None, None, [])
    assert classes.has_ended(room.code)
    assert Classes(tmp_path).all() == []
    with pytest.raises(OSError, match="No such file"):
        room._write({"kind": "vote"})  # a vote that was under way brings nothing back


def test_a_class_ends_by_itself(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    classes = Classes(tmp_path, hours=2)
    room, _ = classes.open("en", TEACHER)
    later = store.time.time() + 2 * 3600 + 1
    monkeypatch.setattr(store.time, "time", lambda: later)
    assert classes.find(room.code) is None
    assert files(tmp_path) == []


def test_too_many_classes_are_refused(tmp_path: Path):
    classes = Classes(tmp_path, most=1)
    room, _ = classes.open("en", TEACHER)
    with pytest.raises(ClassError):
        classes.open("en", TEACHER)
    classes.end(room)
    classes.open("en", TEACHER)


@pytest.mark.skipif(os.name != "posix", reason="Windows has no such rights")
def test_only_the_servers_user_reads_a_class(classes: Classes, tmp_path: Path):
    room, _ = classes.open("en", TEACHER)
    classes.renew_key(room)
    folders = [tmp_path / "classes", next((tmp_path / "classes").iterdir())]
    assert [stat.S_IMODE(folder.stat().st_mode) for folder in folders] == [0o700, 0o700]
    assert {path.name: stat.S_IMODE(path.stat().st_mode) for path in files(tmp_path)} == {
        "class.json": 0o600,
        "log.jsonl": 0o600,
    }


def test_neither_key_nor_seat_is_kept_as_it_is(classes: Classes, tmp_path: Path):
    room, key = classes.open("en", TEACHER)
    phone = room.join()
    kept = "".join(path.read_text() for path in files(tmp_path))
    assert key not in kept
    assert phone not in kept


def test_a_damaged_class_is_deleted_and_others_stay(classes: Classes, tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(store, "_YOUNG", -1.0)
    room, _ = classes.open("en", TEACHER)
    broken = tmp_path / "classes" / ("f" * 32)
    broken.mkdir()
    (broken / "class.json").write_text('{"code": 7')
    stranger = tmp_path / "classes" / "notes"
    stranger.mkdir()
    assert [found.code for found in Classes(tmp_path).all()] == [room.code]
    assert (broken.exists(), stranger.exists()) == (False, True)


def test_an_address_with_many_wrong_codes_is_slow_for_a_while_and_others_are_not():
    now = 0.0
    wrong = WrongCodes(lambda: now)
    for _ in range(MOST_AT_ONCE):
        assert not wrong.is_slow("school")
        wrong.add("school")
    for at in range(10 * MOST_AT_ONCE):
        wrong.add(f"address {at}")
    assert [wrong.is_slow(address) for address in ("school", "address 3", "home")] == [True, False, False]
    now = WINDOW + 1
    assert not wrong.is_slow("school")


def test_no_more_codes_of_an_address_wait_than_there_are_places():
    wrong = WrongCodes()
    with ExitStack() as waiting:
        places = [waiting.enter_context(wrong.waiting("school")) for _ in range(MOST_WAITING + 1)]
        assert places == [True] * MOST_WAITING + [False]
        with wrong.waiting("home") as place:
            assert place
    with wrong.waiting("school") as place:
        assert place


def test_the_exports_say_what_was_asked_and_guard_what_a_program_would_run(classes: Classes):
    room, _ = classes.open("ko", TEACHER)
    room.ask(Question("q", "=1+1 <b>good</b>", "own", 1, (Verdict("rnn", 0.25),)))
    for vote in (Vote("q", True, 4), Vote("q", True, 4), Vote("q", False, 1)):
        room.vote(room.join(), vote)
    room.close_votes()
    header, row = class_csv(room).decode().splitlines()
    assert header.split(",")[:4] == ['"question"', '"source"', '"text"', '"truth"']
    assert "'=1+1 <b>good</b>" in row
    assert row.endswith(",0.8333,0,0,0,2,1,0,0,0,0.25")
    page = class_html(room)
    assert "<b>" not in page
    assert "=1+1 &lt;b&gt;good&lt;/b&gt;" in page
    assert '<html lang="ko">' in page
    assert "반과 모델" in page
    # Two were certain and right, one guessed and was wrong: 2/3 are off by 0, and 1/3 by 0.5.
    ours, rnn = csv.DictReader(results_csv(room).decode().splitlines())
    assert (ours["who"], ours["right"], ours["of"], ours["calibration_error"]) == ("class", "1", "1", "0.1667")
    assert (rnn["who"], rnn["right"], rnn["class_right"], rnn["calibration_error"]) == ("rnn", "0", "1", "0.75")
    assert "17%p" in page


def test_the_log_is_json_line_by_line(classes: Classes, tmp_path: Path):
    room, _ = classes.open("en", TEACHER)
    room.ask(question("line\nbreak"))
    lines = next(tmp_path.rglob("log.jsonl")).read_text(encoding="utf-8").split("\n")
    assert [json.loads(line)["kind"] for line in lines if line] == ["teacher", "ask"]


def test_a_seat_that_is_given_up_leaves_no_vote_and_the_others_stay(classes: Classes, tmp_path: Path):
    room, _ = classes.open("en", TEACHER)
    phones = [room.join() for _ in range(3)]
    room.ask(question("first"))
    for phone in phones:
        room.vote(phone, Vote("first", phone == phones[1], 4))
    known = room.version
    room.leave(phones[1])
    room.leave(phones[1])
    room.leave("made up")
    assert (room.joined, room.tally().votes, sum(room.tally().positive)) == (2, 2, 0)
    assert room.seat(phones[1]) is None
    assert (room.seat(phones[0]), room.seat(phones[2])) == (0, 2)
    log = next(tmp_path.rglob("log.jsonl"))
    assert '"positive":true' not in log.read_text(encoding="utf-8")
    assert log.read_text(encoding="utf-8").count('"kind":"vote"') == 2
    if os.name == "posix":
        assert stat.S_IMODE(log.stat().st_mode) == 0o600
    newcomer = room.join()
    assert room.seat(newcomer) == 3, "nobody gets the number of another one's votes"
    found = Classes(tmp_path).find(room.code)
    assert found is not None
    assert (found.tally(), found.version, found.joined, found.seat(phones[2])) == (room.tally(), room.version, 3, 2)
    assert room.version == known + 2, "the version only grows"

"""The routes of a class: phones that vote, a projector that counts, and everybody who should not."""

import json
import threading
import time
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import pytest
from starlette.applications import Starlette
from starlette.testclient import TestClient

from pages.shared import class_routes, class_waits
from pages.shared.classes import classes
from pages.shared.visitors import COOKIE, Handshake, visitor_of
from sentiment_core.classroom.codes import MOST_AT_ONCE, MOST_WAITING, SLOW, WrongCodes
from sentiment_core.classroom.records import Question, Verdict
from sentiment_core.classroom.room import Classroom
from sentiment_core.errors import ClassError

SECRET = "t" * 32  # the cookie of the teacher's browser
TEACHER = visitor_of(Handshake(cookies={COOKIE: SECRET}), "").id
FILES = "export.csv", "export.html", "results.csv"  # what the teacher takes along
QUESTION = Question("q1", "a dull plot but superb acting", "own", 1, (Verdict("rnn", 0.875),))


@pytest.fixture
def app(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[TestClient]:
    """A server, which all clients of a test share."""
    monkeypatch.setenv("SENTIMENT_RUNS", str(tmp_path))
    monkeypatch.setattr(class_routes, "_wrong", WrongCodes())
    monkeypatch.setattr(class_waits, "LONGEST", 0.3)
    with TestClient(Starlette(routes=class_routes.class_routes())) as client:
        yield client


@pytest.fixture
def room(app: TestClient) -> Classroom:
    return classes().open("en", TEACHER)[0]


@pytest.fixture
def phone(app: TestClient, room: Classroom) -> TestClient:
    """A phone with a seat."""
    client = another(app)
    assert client.post(f"/join/{room.code}/seat", json={}).status_code == 200
    return client


@pytest.fixture
def projector(app: TestClient) -> TestClient:
    client = another(app)
    client.cookies.set(COOKIE, SECRET)
    return client


def another(app: TestClient) -> TestClient:
    """Another browser at the same server."""
    client = TestClient(app.app)
    client.portal = app.portal
    return client


def vote(client: TestClient, room: Classroom, **changes: object) -> tuple[int, str]:
    sent = {"question": "q1", "positive": True, "sure": 4} | changes
    answer = client.post(f"/join/{room.code}/vote", json=sent)
    return answer.status_code, answer.json().get("error", "")


def test_a_vote_is_counted_for_the_teacher_alone(phone: TestClient, projector: TestClient, room: Classroom):
    room.ask(QUESTION)
    assert vote(phone, room) == (200, "")
    numbers = projector.get(f"/class/{room.code}/tally").json()
    assert (numbers["joined"], numbers["votes"], numbers["positive"]) == (1, 1, None)
    for path in (f"/class/{room.code}/tally", *(f"/class/{room.code}/{name}" for name in FILES)):
        refused = phone.get(path)
        assert (refused.status_code, refused.json()["error"]) == (403, "not-the-teacher")
    room.close_votes()
    assert projector.get(f"/class/{room.code}/tally").json()["positive"] == [0, 0, 0, 1]


def test_phones_share_one_answer_and_never_see_what_comes_later(phone: TestClient, app: TestClient, room: Classroom):
    room.ask(QUESTION)
    second = another(app)
    assert second.get(f"/join/{room.code}/state").json() == {"error": "no-seat"}
    second.post(f"/join/{room.code}/seat", json={})
    answers = [client.get(f"/join/{room.code}/state") for client in (phone, second)]
    assert answers[0].content == answers[1].content
    assert answers[0].json()["question"]["text"] == QUESTION.text
    assert "0.875" not in answers[0].text


def test_a_phone_keeps_its_seat_and_sees_its_own_score_alone(phone: TestClient, app: TestClient, room: Classroom):
    room.ask(QUESTION)
    vote(phone, room, sure=2)
    assert "Set-Cookie" not in phone.post(f"/join/{room.code}/seat", json={}).headers
    assert room.joined == 1
    mine = phone.get(f"/join/{room.code}/mine").json()
    assert mine["votes"] == [{"question": "q1", "positive": True, "sure": 2}]
    assert (mine["score"]["right"], mine["score"]["of"]) == (0, 0), "the truth is not out yet"
    room.close_votes()
    room.show_truth()
    assert phone.get(f"/join/{room.code}/mine").json()["score"]["steps"][1] == {"sure": 2, "right": 1, "of": 1}
    assert another(app).get(f"/join/{room.code}/mine").json() == {"error": "no-seat"}


def test_a_seat_is_of_one_class_and_scripts_cannot_read_it(app: TestClient, phone: TestClient, room: Classroom):
    other, _ = classes().open("en", TEACHER)
    secret = phone.cookies[f"sentiment_seat_{room.code}"]
    thief = another(app)
    thief.cookies.set(f"sentiment_seat_{other.code}", secret)
    other.ask(QUESTION)
    assert vote(thief, other) == (403, "no-seat")
    header = another(app).post(f"/join/{room.code}/seat", json={}).headers["Set-Cookie"]
    assert "HttpOnly" in header
    assert "SameSite=lax" in header


@pytest.mark.parametrize(
    ("sent", "expected"),
    [
        ({"question": "other"}, (409, "other-question")),
        ({"sure": 9}, (400, "bad-request")),
        ({"sure": True}, (400, "bad-request")),
        ({"sure": 1.5}, (400, "bad-request")),
        ({"positive": "yes"}, (400, "bad-request")),
        ({"question": {"$ne": 1}}, (400, "bad-request")),
    ],
)
def test_what_is_no_vote_is_refused(phone: TestClient, room: Classroom, sent: dict, expected: tuple[int, str]):
    room.ask(QUESTION)
    assert vote(phone, room, **sent) == expected
    assert room.tally().votes == 0


def test_late_votes_and_votes_after_the_end_are_told_apart(phone: TestClient, room: Classroom):
    room.ask(QUESTION)
    room.close_votes()
    assert vote(phone, room) == (409, "late")
    classes().end(room)
    assert vote(phone, room) == (410, "ended")
    assert phone.get(f"/join/{room.code}/state").json() == {"error": "ended"}


@pytest.mark.parametrize(
    ("headers", "content", "status"),
    [
        ({"Origin": "https://elsewhere.example"}, b"{}", 403),
        ({"Origin": "null"}, b"{}", 403),
        ({"Origin": "http://["}, b"{}", 403),
        ({"Sec-Fetch-Site": "cross-site"}, b"{}", 403),
        ({"Content-Type": "text/plain"}, b"{}", 415),
        ({}, b"[" * 2000, 400),
        ({}, b"\xff\xfe", 400),
        ({}, b" " * 5000, 413),
    ],
)
def test_what_no_page_of_the_app_sends_is_refused(
    app: TestClient, room: Classroom, headers: dict, content: bytes, status: int
):
    sent = {"Content-Type": "application/json"} | headers
    answer = app.post(f"/join/{room.code}/seat", content=content, headers=sent)
    assert (answer.status_code, room.joined) == (status, 0)


def test_the_apps_own_page_is_let_in(app: TestClient, room: Classroom):
    sent = {"Origin": "http://testserver", "Sec-Fetch-Site": "same-origin"}
    assert app.post(f"/join/{room.code}/seat", json={}, headers=sent).status_code == 200


def test_who_guesses_codes_is_slowed_down_and_a_right_code_still_lets_in(
    app: TestClient, phone: TestClient, room: Classroom, monkeypatch: pytest.MonkeyPatch
):
    waited: list[float] = []

    async def sleep(seconds: float) -> None:
        waited.append(seconds)

    monkeypatch.setattr(class_routes, "_sleep", sleep)
    guesses = [app.get(f"/join/{code:06d}/state").status_code for code in range(MOST_AT_ONCE)]
    assert (set(guesses), waited) == ({404}, [])
    assert another(app).post(f"/join/{room.code}/seat", json={}).status_code == 200
    assert app.get("/join/222222/state").status_code == 404
    assert waited == [SLOW, SLOW], "right or wrong, each code waits"
    assert phone.get(f"/join/{room.code}/state").status_code == 200
    assert len(waited) == 2, "who has a seat does not wait"


def test_where_too_many_codes_wait_the_next_one_comes_again(
    app: TestClient, phone: TestClient, room: Classroom, monkeypatch: pytest.MonkeyPatch
):
    for code in range(MOST_AT_ONCE):
        app.get(f"/join/{code:06d}/state")
    monkeypatch.setattr(class_routes._wrong, "_waiting", Counter({"testclient": MOST_WAITING}))
    refused = another(app).post(f"/join/{room.code}/seat", json={})
    assert (refused.status_code, refused.json()["error"]) == (429, "too-many")
    assert int(refused.headers["Retry-After"]) == SLOW
    assert phone.get(f"/join/{room.code}/state").status_code == 200


@pytest.mark.parametrize(
    "path", ["join/..%2f..%2fetc/state", "join/K7M2Q/state", "join/k7m2qx/state", "class/%00/tally"]
)
def test_what_is_no_code_is_not_there(app: TestClient, path: str):
    assert app.get(f"/{path}").status_code == 404


def test_a_get_changes_nothing(app: TestClient, room: Classroom):
    assert [app.get(f"/join/{room.code}/{name}").status_code for name in ("seat", "vote")] == [405, 405]
    assert room.version == 1


def test_a_key_lets_another_browser_lead(app: TestClient):
    room, key = classes().open("en", TEACHER)
    path = f"/class/{room.code}/tally"
    assert app.get(path, headers={class_routes.TEACHER_KEY: key}).status_code == 200
    assert app.get(path, headers={class_routes.TEACHER_KEY: "made up"}).status_code == 403


def test_who_waits_is_woken_by_news_and_the_projector_by_a_vote(
    phone: TestClient, projector: TestClient, room: Classroom, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setattr(class_waits, "LONGEST", 20.0)
    found = {}

    def wait(client: TestClient, path: str, after: int) -> None:
        found[path] = client.get(f"/{path}?after={after}").json()

    def woken_by(client: TestClient, path: str, after: int, change: object) -> dict:
        waiting = threading.Thread(target=wait, args=[client, path, after])
        waiting.start()
        time.sleep(0.2)
        assert path not in found, "it waits"
        change()  # type: ignore[operator]
        waiting.join(10)
        return found.pop(path)

    state = woken_by(phone, f"join/{room.code}/state", room.news_version, lambda: room.ask(QUESTION))
    assert state["phase"] == "voting"
    numbers = woken_by(projector, f"class/{room.code}/tally", room.version, lambda: vote(phone, room))
    assert numbers["votes"] == 1
    ended = woken_by(phone, f"join/{room.code}/state", room.news_version, lambda: classes().end(room))
    assert ended["phase"] == "ended"


def test_the_projector_is_told_of_a_rush_of_votes_in_steps(
    projector: TestClient, room: Classroom, monkeypatch: pytest.MonkeyPatch
):
    pauses = []

    async def pause(seconds: float) -> None:
        pauses.append(seconds)

    monkeypatch.setattr(class_waits.asyncio, "sleep", pause)
    path = f"/class/{room.code}/tally"
    first = projector.get(path).json()["version"]
    assert pauses == [], "the first question is answered at once"
    room.join()  # between two questions
    assert projector.get(f"{path}?after={first}").json()["joined"] == 1
    assert pauses == [class_waits.COALESCE]


def test_the_settings_bound_classes_and_phones(app: TestClient, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setenv("SENTIMENT_CLASSES_MOST", "1")
    monkeypatch.setenv("SENTIMENT_CLASS_SEATS", "1")
    room, _ = classes().open("en", TEACHER)
    with pytest.raises(ClassError):
        classes().open("en", TEACHER)
    assert another(app).post(f"/join/{room.code}/seat", json={}).status_code == 200
    full = another(app).post(f"/join/{room.code}/seat", json={})
    assert (full.status_code, full.json()["error"]) == (409, "full")


def test_nothing_new_is_answered_after_a_while_with_the_same_version(phone: TestClient, room: Classroom):
    version = room.news_version
    assert phone.get(f"/join/{room.code}/state?after={version}").json()["version"] == version


@pytest.mark.parametrize("after", ["x", "1e3", "99999999999999", "--1"])
def test_a_version_that_is_none_is_refused(phone: TestClient, room: Classroom, after: str):
    assert phone.get(f"/join/{room.code}/state?after={after}").status_code == 400


def test_nothing_of_a_class_that_ended_is_held(phone: TestClient, app: TestClient, room: Classroom):
    room.ask(QUESTION)
    phone.get(f"/join/{room.code}/state")
    classes().end(room)
    assert another(app).get(f"/join/{room.code}/state").status_code == 410
    assert (room.id in class_routes._bodies, room.id in class_waits._bells) == (False, False)


def test_the_teacher_takes_the_results_along(projector: TestClient, phone: TestClient, room: Classroom):
    room.ask(QUESTION)
    vote(phone, room)
    room.close_votes()
    table = projector.get(f"/class/{room.code}/export.csv")
    assert table.headers["Content-Disposition"] == 'attachment; filename="class.csv"'
    assert QUESTION.text in table.text
    assert QUESTION.text in projector.get(f"/class/{room.code}/export.html").text
    assert projector.get(f"/class/{room.code}/results.csv").text.splitlines()[2].startswith('"rnn",1,1,1,')
    assert json.loads(projector.get(f"/class/{room.code}/tally").text)["votes"] == 1

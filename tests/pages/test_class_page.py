"""Learn > Class in process: opening, leading by the stage's buttons, results, ending, and the bar on other pages."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from pages.shared import class_resources, classes
from pages.shared.class_address import invitation_to
from sentiment_core.classroom.records import Question, Verdict, Vote
from sentiment_core.classroom.room import Classroom
from sentiment_core.errors import ClassError
from tests.pages.opening import open_page

SCRIPT = "pages/learn/classroom.py"
QUESTION = Question("q1", "a dull plot but superb acting", "own", 1, (Verdict("bilstm", 0.9), Verdict("lstm", 0.2)))


@pytest.fixture(autouse=True)
def opened_here(toy_checkpoints, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """A folder of live runs of this test, and every visitor may open a class."""
    monkeypatch.setenv("SENTIMENT_RUNS", str(tmp_path / "runs"))
    monkeypatch.setenv("SENTIMENT_CLASSES", "on")
    yield
    for room in classes.classes().all():
        classes.classes().end(room)


def room_of() -> Classroom:
    return classes.classes().all()[0]


def opened() -> AppTest:
    """The page after Open a class."""
    app = open_page(SCRIPT)
    app.button(key="open_class").click().run()
    assert not app.exception
    return app


def said(app: AppTest) -> str:
    parts = (*app.info, *app.success, *app.error, *app.caption, *app.markdown, *app.header)
    return " ".join(part.value for part in parts).replace("\\", "")


def test_a_class_is_opened_found_again_and_ended_with_all_that_is_kept():
    app = opened()
    room = room_of()
    app.run()
    assert class_resources.classes().all() == [room]
    folder = classes.classes()._root / room.id
    assert folder.exists()
    app.button(key="end_class").click().run()
    assert not app.exception
    assert "The class is over" in said(app)
    assert not folder.exists()
    assert app.button(key="open_class")


def test_who_may_not_open_a_class_is_told_why(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setenv("SENTIMENT_CLASSES", "off")
    app = open_page(SCRIPT)
    assert "SENTIMENT_CLASSES=on" in said(app)
    assert "open_class" not in {button.key for button in app.button}
    with pytest.raises(ClassError):
        class_resources.open_class()


def test_the_results_name_who_was_right_and_surer():
    app = opened()
    room = room_of()
    room.ask(QUESTION)
    for positive in (True, True, False):
        room.vote(room.join(), Vote("q1", positive, 3))
    room.close_votes()
    room.show_results()
    app.run()
    assert not app.exception
    rows = app.table[0].value
    assert rows["right"].tolist() == ["1 of 1", "1 of 1", "0 of 1"]
    assert "The surest, bilstm, is also right most often." in said(app)


def test_a_question_has_the_verdicts_of_the_classifiers_that_can_say_one(tmp_path: Path, toy_runs: Path):
    folders = {"rnn": toy_runs, "gone": tmp_path / "nowhere"}
    found = class_resources.question_of("a superb plot", "own", None, ["rnn", "gone"], folders)
    assert [verdict.run for verdict in found.verdicts] == ["rnn"]
    assert 0 < found.verdicts[0].probability < 1


@pytest.fixture
def toy_runs(toy_corpus: Path) -> Path:
    """The folder of a run."""
    return next(path.parent for path in sorted(toy_corpus.glob("*/recipe.json")))


@pytest.mark.parametrize(
    ("view", "followed"),
    [
        ("drift?moment=2&lang=ko", "drift?moment=2"),
        ("review?runs=rnn&runs=lstm", "review?runs=rnn&runs=lstm"),
        ("", ""),
        ("class", None),
        ("//elsewhere.example/drift", None),
        ("https://elsewhere.example/drift", None),
        ("javascript:alert(1)", None),
        ("../admin", None),
        ("drift#x", None),
        ("join/K7M2QX", None),
        ("http://[", None),
    ],
)
def test_phones_follow_pages_of_the_app_alone(view: str, followed: str | None):
    room, _ = classes.classes().open("en", "a" * 32)
    if followed is None:
        with pytest.raises(ClassError):
            class_resources.show_view(room, view)
    else:
        class_resources.show_view(room, view)
    assert room.view == followed


def test_visitors_without_a_class_see_no_bar():
    opened()
    app = open_page("pages/home/overview.py")
    assert not app.exception
    assert "class.bar" not in app.session_state


def test_a_link_lets_a_second_browser_lead_and_a_newer_one_ends_it():
    room, key = classes.classes().open("en", "a" * 32)
    app = open_page(SCRIPT, code=room.code, key="wrong")
    assert "This link leads no class" in said(app)
    app = open_page(SCRIPT, code=room.code, key=key)
    assert not app.exception
    assert "open_class" not in {button.key for button in app.button}
    assert classes.classes().renew_key(room) != key
    assert classes.classes().with_key(room.code, key) is None


@pytest.mark.parametrize(
    ("page", "listens", "network", "link", "trouble"),
    [
        ("https://lab.example/x/class", "", "", "https://lab.example/x/join/ABC234", ""),
        ("http://localhost:8501/class", "", "192.0.2.7", "http://192.0.2.7:8501/join/ABC234", "same network"),
        ("http://localhost:8501/class", "127.0.0.1", "192.0.2.7", "http://192.0.2.7:8501/join/ABC234", "0.0.0.0"),
        ("http://127.0.0.1:8501/class", "", "", "http://127.0.0.1:8501/join/ABC234", "in no network"),
    ],
)
def test_the_invitation_says_what_phones_can_open(page: str, listens: str, network: str, link: str, trouble: str):
    found = invitation_to("ABC234", page, listens, network)
    assert found.link == link
    assert trouble in str(found.trouble or "")
    assert bool(trouble) == (found.trouble is not None)

"""A lesson on the page of a class: its steps, what the stage knows in each phase, what can be asked, and who leads."""

import shutil
from pathlib import Path
from urllib.parse import parse_qsl

import pytest
from streamlit.testing.v1 import AppTest

from pages.learn.classroom_parts import running
from pages.learn.classroom_parts.asking import TEXT, TRUTH, UNKNOWN, Offer
from pages.shared.classes import classes
from pages.shared.resources import classifier
from sentiment_core.classroom.records import Question, Verdict, Vote
from sentiment_core.classroom.room import Classroom
from sentiment_core.classroom.script import script_in
from tests.pages.opening import english_in
from tests.pages.trained import MINE, SOMEBODY, opened, sent

SCRIPT = "pages/learn/classroom.py"
ASKED = Question("q1", "A dull plot, but superb acting.", "own", 1, (Verdict("tiny", 0.25), Verdict("other", 0.875)))


@pytest.fixture(autouse=True)
def runs(tmp_path: Path, toy_corpus: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A server where everybody may open a class, with a corpus of the runs `tiny` and `other`."""
    corpus = shutil.copytree(toy_corpus, tmp_path / "checkpoints" / "toy")
    shutil.copytree(corpus / "tiny", corpus / "other")
    monkeypatch.setenv("SENTIMENT_CHECKPOINTS", str(tmp_path / "checkpoints"))
    monkeypatch.setenv("SENTIMENT_RUNS", str(tmp_path / "runs"))
    monkeypatch.setenv("SENTIMENT_CLASSES", "on")
    return tmp_path / "runs"


@pytest.fixture
def room() -> Classroom:
    """The class of the visitor MINE."""
    return classes().open("en", MINE)[0]


def shown(app: AppTest) -> str:
    """Everything that the page says."""
    assert not app.exception
    parts = (*app.markdown, *app.caption, *app.info, *app.warning, *app.error, *app.success, *app.header)
    return "\n".join(part.value for part in parts).replace("\\", "")


def judged(room: Classroom, question: Question = ASKED, votes: tuple[int, ...] = (4, -2)) -> None:
    """Ask a question, and vote: 4 is a certain positive vote, -1 a negative guess."""
    room.ask(question)
    for vote in votes:
        room.vote(room.join(), Vote(question.id, vote > 0, abs(vote)))
    room.close_votes()


def test_the_page_never_has_what_the_class_may_not_see_yet(room: Classroom):
    room.ask(ASKED)
    offer = Offer("Next.", "own", 0)

    def told() -> tuple[object, ...]:
        data = running._stage_data(room, offer)
        numbers = data["numbers"]
        return numbers["positive"], data["verdicts"], data["truth"]

    both = [{"name": "tiny", "share": 0.25}, {"name": "other", "share": 0.875}]
    assert told() == (None, None, None)
    room.close_votes()
    assert told() == ([0, 0, 0, 0], None, None)
    room.show_verdicts()
    assert told() == ([0, 0, 0, 0], both, None)
    room.follow("drift")
    assert told()[1:] == (None, None)
    room.follow(None)
    room.show_truth()
    assert told() == ([0, 0, 0, 0], both, 1)


def test_neither_label_nor_meaning_of_a_review_is_sent_before_the_truth(room: Classroom):
    review = script_in("en")[0]
    judged(room, Question("q1", review.text, "script", review.truth, ASKED.verdicts))
    room.show_verdicts()
    before = shown(opened(SCRIPT))
    assert str(review.note) not in before
    room.show_truth()
    assert str(review.note) in shown(opened(SCRIPT))


@pytest.fixture
def act(monkeypatch: pytest.MonkeyPatch, room: Classroom):
    """Ask the page for a step, as the stage does in the browser."""
    session: dict[str, dict[str, object]] = {}
    monkeypatch.setattr(running.st, "session_state", session)

    def run(step: str, offer: Offer | None = None, folders: dict[str, Path] | None = None, **stale: object) -> object:
        question = room.question.id if room.question else None
        session[running._STAGE] = {"act": {"act": step, "phase": room.phase, "question": question} | stale}
        running._act(room, offer, list(folders or {}), folders or {})
        del session[running._STAGE]
        return session.pop(running._PROBLEM, None)

    return run


def test_a_lesson_goes_step_by_step(room: Classroom, act, toy_run: Path):
    offer = Offer("A superb film.", "own", 1)
    assert act("ask", offer, {"tiny": toy_run}) is None
    assert room.question is not None
    assert running.st.session_state == {TEXT: "", TRUTH: UNKNOWN}, "the label of this text is not that of the next one"
    (verdict,) = room.question.verdicts
    assert verdict.probability == pytest.approx(classifier(toy_run).predict([offer.text])[0].probability)
    phases = []
    for step in ("close", "reopen", "close", "verdicts", "truth", "results"):
        assert act(step) is None
        phases.append(room.phase)
    assert phases == ["closed", "voting", "closed", "verdicts", "truth", "results"]
    room.follow("drift")
    act("back")
    assert room.phase == "results"
    act("ask", Offer("A dull film.", "own", 0))
    act("skip")
    assert [question.text for question in room.questions] == [offer.text]


def test_a_step_that_was_asked_for_an_earlier_moment_does_nothing(room: Classroom, act):
    act("ask", Offer("A superb film.", "own", 1))
    act("close", phase="lobby")
    act("close", question="another")
    assert room.phase == "voting"
    act("nonsense")
    act("ask", None)
    assert room.phase == "voting"


def test_a_class_that_cannot_be_written_says_so(room: Classroom, act, runs: Path):
    shutil.rmtree(runs / "classes")
    assert act("ask", Offer("A superb film.", "own", 1)) is not None
    assert room.phase == "lobby"


def test_the_script_goes_on_with_what_the_class_has_not_seen(room: Classroom):
    script = script_in("en")
    app = opened(SCRIPT)
    assert app.selectbox(key="class.next").value == 0
    judged(room, Question("q1", script[0].text, "script", 1))
    app = opened(SCRIPT)
    assert app.selectbox(key="class.next").value == 1
    for place, review in enumerate(script[1:], 2):
        room.ask(Question(f"q{place}", review.text, "script", review.truth))
        room.close_votes()
    assert "The class has seen all 20 reviews" in shown(opened(SCRIPT))


def test_own_texts_random_test_reviews_and_disputed_ones_can_be_asked(room: Classroom):
    app = opened(SCRIPT, ask="own")
    app.text_area(key="class.text").set_value(ASKED.text).run()
    assert not app.exception
    judged(room)
    app.run()
    assert "The class has been asked this text." in shown(app)
    assert "One of the test reviews of toy at random" in shown(opened(SCRIPT, ask="test"))
    one = opened(SCRIPT, ask="disagreement", runs=["tiny"])
    assert "Choose two classifiers" in shown(one)
    two = opened(SCRIPT, ask="disagreement", runs=["tiny", "other"])
    assert "No test review is left on which tiny and other disagree." in shown(two), "they are copies"


def test_a_second_browser_leads_by_the_link_and_the_key_leaves_the_address(room: Classroom):
    app = opened(SCRIPT)
    app.button(key="class_second").click().run()
    link = next(code.value for code in app.code)
    address = dict(parse_qsl(link.partition("?")[2]))
    assert set(address) == {"code", "key"}
    second = AppTest.from_file(app._script_path, default_timeout=60)
    second.session_state["visitor_of_session"] = "b" * 32
    second.run()
    second.switch_page(SCRIPT)
    second.query_params["code"], second.query_params["key"] = address["code"], "x" * 32
    second.run()
    assert "This link leads no class." in shown(second)
    assert not room.is_teacher(SOMEBODY)
    second.query_params["code"], second.query_params["key"] = address["code"], address["key"]
    second.run()
    assert room.is_teacher(SOMEBODY)
    assert "key" not in second.query_params
    assert address["key"] not in sent(second)


def test_the_bar_is_on_every_page_of_the_teacher_and_on_no_page_of_others(room: Classroom):
    assert room.code in sent(opened("pages/reviews/token_lengths.py"))
    other = AppTest.from_file(opened(SCRIPT)._script_path, default_timeout=60)
    other.session_state["visitor_of_session"] = "b" * 32
    other.run()
    assert room.code not in sent(other)


def test_the_page_is_in_korean(room: Classroom):
    judged(room)
    for phase in ("closed", "results"):
        if phase == "results":
            room.show_results()
        app = opened(SCRIPT, lang="ko", ask="own")
        assert english_in(app) == []

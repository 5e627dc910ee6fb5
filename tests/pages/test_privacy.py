"""Learn > Privacy in process: what is kept of a visitor is shown to that visitor alone, and deleted without a rest."""

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from streamlit import config
from streamlit.testing.v1 import AppTest

from pages.shared import classes, uploads, visitor_data, visitors
from pages.shared.class_routes import SEAT_COOKIE
from pages.shared.visitors import COOKIE, Handshake
from sentiment_core.classroom.records import Question, Vote
from sentiment_core.classroom.room import Classroom
from sentiment_core.jobs import control, queue
from sentiment_core.jobs.folders import read_folder
from sentiment_core.jobs.limits import Limits
from sentiment_core.jobs.lottery import draw, find_lottery, open_lottery, read_tickets
from sentiment_core.jobs.requests import FileRequest, Network, TrainingRequest
from sentiment_core.jobs.tending import Supervisor
from sentiment_core.jobs.uploads import MB, add_upload
from sentiment_core.model.config import Recipe
from sentiment_core.text.reviews import Reading
from sentiment_core.text.table import Form
from tests.pages.opening import english_in
from tests.pages.trained import MINE, SECRET, SOMEBODY, add_trained, opened

SCRIPT = "pages/home/privacy.py"
MARK = "quince"  # in every text of the visitor


@pytest.fixture
def root(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """An empty folder of live runs without a supervisor, on a server where every visitor may do everything."""
    for module in (queue, control):
        monkeypatch.setattr(module, "ensure_supervisor", lambda root: None)
    for name in ("TRAINING", "CLASSES"):
        monkeypatch.setenv(f"SENTIMENT_{name}", "on")
    monkeypatch.setenv("SENTIMENT_RUNS", str(tmp_path / "runs"))
    visitor_data.look_again()
    yield tmp_path / "runs"
    for room in classes.classes().all():
        classes.classes().end(room)


def ask(visitor: str, place: Path, **more: object) -> TrainingRequest:
    network = Network("gru", Recipe("tiny").change(cell="gru"))
    return TrainingRequest((network,), Reading("toy"), str(place), visitor=visitor, **more)


def make_everything(root: Path, corpus: Path, visitor: str, monkeypatch: pytest.MonkeyPatch) -> list[Classroom]:
    """All that a visitor can leave on a server: trainings that ended and wait, files, lotteries, classes, a seat."""
    add_trained(root, corpus, f"ended-{visitor[:4]}", visitor)
    limits = Limits()
    queue.start(ask(visitor, root / "trained" / f"of-{MARK}", title=MARK, pins=(f"a {MARK} film",)), root, limits)
    upload = add_upload(root, visitor, f"{MARK}.csv", f"text,label\na {MARK} film,1\n".encode(), MB, 1)
    scored = FileRequest("model", str(upload.path), Form(), str(upload.folder / "scored-x.csv"), visitor=visitor)
    queue.start(scored, root, limits)
    lottery = open_lottery(root, ask(visitor, root / "trained" / f"of-{MARK}", title=MARK), 5)
    draw(lottery, visitor, limits=limits)
    of_another = open_lottery(root, ask(SOMEBODY, root / "trained" / "of-another"), 5)
    draw(of_another, visitor, limits=limits)
    led, _ = classes.classes().open("en", visitor)
    led.ask(Question("q", f"a {MARK} film", "own", 1, ()))
    joined, _ = classes.classes().open("en", SOMEBODY)
    joined.ask(Question("q", "a fine film", "own", 1, ()))
    seat = joined.join()
    joined.vote(seat, Vote("q", True, 4))
    browser = Handshake(cookies={COOKIE: SECRET, SEAT_COOKIE + joined.code: seat})
    monkeypatch.setattr(visitor_data, "handshake_of_session", lambda: browser)
    return [led, joined]


def said(app: AppTest) -> str:
    parts = (*app.info, *app.success, *app.error, *app.caption, *app.markdown)
    return " ".join(part.value for part in parts).replace("\\", "")


def traces(root: Path, *marks: str) -> list[str]:
    """Files below a folder whose name or content has one of these marks."""
    found = []
    for path in root.rglob("*"):
        content = path.read_bytes() if path.is_file() else b""
        if any(mark in str(path.relative_to(root)) or mark.encode() in content for mark in marks):
            found.append(str(path.relative_to(root)))
    return found


def supervise(root: Path) -> None:
    """Do as the supervisor does after a wish."""
    supervisor = Supervisor(root, Limits())
    supervisor.look()
    supervisor.look()


def test_a_visitor_who_has_made_nothing_is_told_so(root: Path):
    app = opened(SCRIPT)
    assert not app.exception
    assert "Nothing: no training, no file" in said(app)
    assert {button.key for button in app.button if button.key} == {"privacy_forget"}


def test_after_delete_everything_nothing_of_the_visitor_is_left_on_the_disk(root: Path, toy_corpus: Path, monkeypatch):
    make_everything(root, toy_corpus, MINE, monkeypatch)
    add_trained(root, toy_corpus, "of-somebody", SOMEBODY)
    kept_of_others = len(traces(root, SOMEBODY))
    app = opened(SCRIPT)
    assert not app.exception
    shown = said(app)
    for part in ("ended-", "File scored with model", f"{MARK}.csv", "opened by you", "led by you", "1 vote", "seed 0"):
        assert part in shown
    assert traces(root, MINE, MARK)
    app.button(key="privacy_all").click().run()
    assert not app.exception
    assert "Everything of yours is deleted" in said(app)
    supervise(root)  # of the jobs that waited
    assert traces(root, MINE, MARK) == []
    assert len(traces(root, SOMEBODY)) == kept_of_others
    visitor_data.look_again()
    app.run()
    assert "Nothing: no training, no file" in said(app)


def test_delete_everything_is_not_interrupted_by_what_it_causes(root: Path, toy_corpus: Path, monkeypatch):
    """Streamlit ends a script that touches its session while the browser asks for another run."""
    make_everything(root, toy_corpus, MINE, monkeypatch)
    mine = visitors.visitor_of(Handshake(), SECRET)

    def interrupted() -> None:
        raise AssertionError("the session was touched between two steps")

    def end(self: object, room: Classroom) -> None:
        for module in (visitor_data, uploads):
            monkeypatch.setattr(module, "visitor", interrupted)
        ended(self, room)

    ended = classes.Classes.end
    for module in (visitor_data, uploads):
        monkeypatch.setattr(module, "visitor", lambda: mine)
    monkeypatch.setattr(classes.Classes, "end", end)
    visitor_data.remove_all()
    supervise(root)
    assert traces(root, MINE, MARK) == []


@pytest.mark.parametrize("language", ["en", "ko"])
def test_each_thing_has_a_button_that_deletes_it_alone(root: Path, toy_corpus: Path, monkeypatch, language: str):
    led, joined = make_everything(root, toy_corpus, MINE, monkeypatch)
    app = opened(SCRIPT, lang=language)
    if language == "ko":
        own = (MARK, "gru", "ended")
        assert [text for text in english_in(app) if not any(word in text for word in own)] == []
    keys = [button.key for button in app.button if (button.key or "").startswith("privacy_delete_")]
    jobs, files, lotteries_and_seeds, classes_and_seats = 5, 1, 3, 2
    assert len(keys) == jobs + files + lotteries_and_seeds + classes_and_seats
    remaining = keys
    for left, key in reversed(list(enumerate(keys))):
        if key not in remaining:  # the job that scored a file goes with the file
            continue
        app.button(key=key).click().run()
        assert not app.exception
        supervise(root)
        visitor_data.look_again()
        app.run()
        remaining = [button.key for button in app.button if (button.key or "").startswith("privacy_delete_")]
        assert key not in remaining
        assert len(remaining) <= left
    assert led.stage == "ended"
    assert joined.joined == 0
    assert joined.tally().votes == 0
    assert traces(root, MINE, MARK) == []


def test_what_others_made_is_neither_shown_nor_deleted(root: Path, toy_corpus: Path, monkeypatch):
    rooms = make_everything(root, toy_corpus, SOMEBODY, monkeypatch)
    monkeypatch.setattr(visitor_data, "handshake_of_session", Handshake)
    before = traces(root, SOMEBODY)
    app = opened(SCRIPT)
    assert "Nothing: no training, no file" in said(app)
    assert MARK not in said(app)
    mine = visitors.visitor_of(Handshake(), SECRET)
    monkeypatch.setattr(visitor_data, "visitor", lambda: mine)
    monkeypatch.setattr(uploads, "visitor", lambda: mine)
    jobs = [job for job in queue.list_jobs(root) if job.request.visitor == SOMEBODY]
    visitor_data.remove_jobs(jobs)
    for job in jobs:  # a forged button does no more than its page
        assert read_folder(job.folder) is not None
    for lottery in (found for job in jobs if (found := find_lottery(root, getattr(job.request, "group", "")))):
        visitor_data.remove_lottery(lottery)
        for ticket in read_tickets(lottery):
            visitor_data.forget_draw(visitor_data.Drawn(lottery, ticket))
    for room in rooms:
        visitor_data.end_class(room)
    assert traces(root, SOMEBODY) == before


def test_the_page_says_the_times_of_this_server(root: Path, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setenv("SENTIMENT_JOBS_DAYS", "3")
    monkeypatch.setenv("SENTIMENT_UPLOAD_HOURS", "5")
    shown = said(opened(SCRIPT))
    assert "3 days after its end" in shown
    assert "for 5 hours" in shown
    monkeypatch.setenv("SENTIMENT_JOBS_DAYS", "0")
    assert "until you delete it" in said(opened(SCRIPT))


def test_what_the_page_says_is_not_stored_is_not():
    """Streamlit's statistics, and the logs of visits of the server and of nginx."""
    from streamlit.web.server.starlette.starlette_server import _get_uvicorn_config_kwargs

    assert config.get_option("browser.gatherUsageStats") is False
    assert _get_uvicorn_config_kwargs()["access_log"] is False
    for file in (Path(__file__).parents[2] / "deploy" / "nginx").glob("*.conf"):
        places = re.split(r"\n\s*(?:server|location)\b[^{]*\{", file.read_text(encoding="utf-8"))
        answering = [part for part in places if re.search(r"^\s*(return|proxy_pass)\s", part, re.MULTILINE)]
        for part in answering:
            assert "access_log off;" in part or "include " in part, f"{file.name}: {part}"

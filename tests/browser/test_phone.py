"""Two phones in a class that a teacher leads: the real pages and routes, without the rest of the app."""

import socket
import threading
import time
from collections.abc import Iterator

import pytest
import uvicorn
from playwright.sync_api import Browser, BrowserContext, Locator, Page, expect
from starlette.applications import Starlette
from starlette.responses import HTMLResponse
from starlette.routing import Route

from pages.shared import class_routes
from pages.shared.classes import classes
from pages.shared.phone_routes import phone_routes
from sentiment_core.classroom.codes import WrongCodes
from sentiment_core.classroom.records import Question, Verdict
from sentiment_core.classroom.room import Classroom

pytestmark = pytest.mark.browser

PHONE = {"width": 390, "height": 844}
TEXT = "I <b>loved</b> this, and so did my mother."
REVIEW = Question("q1", TEXT, "own", 1, (Verdict("rnn", 0.05), Verdict("bilstm", 0.99)))


@pytest.fixture(scope="module")
def address(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The address of a server with the class's routes, and a page of the app that can be followed."""

    async def page(request: object) -> HTMLResponse:
        return HTMLResponse("<h1>Drift of the words</h1>")

    with pytest.MonkeyPatch.context() as patch, socket.socket() as listening:
        patch.setenv("SENTIMENT_RUNS", str(tmp_path_factory.mktemp("classes")))
        listening.bind(("127.0.0.1", 0))
        routes = [*class_routes.class_routes(), *phone_routes(), Route("/drift", page)]
        server = uvicorn.Server(uvicorn.Config(Starlette(routes=routes), log_level="error", lifespan="off"))
        thread = threading.Thread(target=server.run, args=([listening],))
        thread.start()
        while not server.started:
            time.sleep(0.01)
        yield f"http://127.0.0.1:{listening.getsockname()[1]}"
        server.force_exit = server.should_exit = True
        thread.join(10)


@pytest.fixture
def room(address: str, monkeypatch: pytest.MonkeyPatch) -> Iterator[Classroom]:
    monkeypatch.setattr(class_routes, "_wrong", WrongCodes())
    opened, _ = classes().open("en", "")
    yield opened
    classes().end(opened)


@pytest.fixture
def phones(browser: Browser, address: str) -> Iterator[list[Page]]:
    """Two phones, the second one in Korean. The test fails if one reports an error of its script."""
    opened: list[BrowserContext] = []
    errors: list[str] = []
    tabs = []
    for locale in ("en-GB", "ko-KR"):
        context = browser.new_context(viewport=PHONE, base_url=address, locale=locale, has_touch=True)
        opened.append(context)
        tab = context.new_page()
        tab.on("pageerror", lambda error: errors.append(str(error)))
        tab.on("console", lambda said: errors.append(said.text) if "Content Security Policy" in said.text else None)
        tabs.append(tab)
    yield tabs
    for context in opened:
        context.close()
    assert errors == []


def shown(phone: Page) -> Locator:
    """What is on the screen, without what is only read out."""
    return phone.get_by_role("main")


def choose(phone: Page, side: str, sure: str) -> None:
    phone.get_by_role("radio", name=side).check()
    phone.get_by_role("radio", name=sure).check()


def test_two_phones_go_through_a_lesson(room: Classroom, phones: list[Page]):
    first, second = phones
    first.goto("/join")
    first.get_by_role("textbox").fill(room.code.lower())
    first.get_by_role("button", name="Join").tap()
    second.goto(f"/join/{room.code}?lang=ko")
    expect(first.get_by_role("heading", name="You are in.")).to_be_visible()
    expect(second.get_by_role("heading", name="반에 들어왔습니다.")).to_be_visible()
    assert room.joined == 2

    room.ask(REVIEW)
    expect(shown(first).get_by_text(TEXT)).to_be_visible()  # as text, not as HTML
    choose(first, "positive", "quite sure")
    first.get_by_role("button", name="Send").tap()
    expect(shown(first).get_by_text("Your vote has arrived.")).to_be_visible()
    first.reload()  # the seat and the vote are found again
    expect(first.get_by_role("radio", name="positive")).to_be_checked()
    choose(first, "positive", "certain")
    first.get_by_role("button", name="Send the change").tap()
    expect(first.get_by_role("button", name="Sent")).to_be_visible()
    choose(second, "부정", "추측")
    second.get_by_role("button", name="보내기").tap()
    expect(second.get_by_role("button", name="보냄")).to_be_visible()
    assert (room.tally().positive, room.tally().negative, room.joined) == ((0, 0, 0, 1), (1, 0, 0, 0), 2)

    room.close_votes()
    expect(shown(first).get_by_text("positive: 1 vote (50%)")).to_be_visible()
    room.show_verdicts()
    expect(shown(first).get_by_text("rnn: negative, 95%", exact=True)).to_be_visible()
    room.show_truth()
    expect(shown(first).get_by_text("You were right.")).to_be_visible()
    expect(shown(second).get_by_text("다르게 보았습니다.")).to_be_visible()
    expect(shown(second).get_by_text("rnn: 부정, 95%, 틀림")).to_be_visible()

    room.follow("drift?runs=rnn")
    expect(first.frame_locator("iframe").get_by_role("heading", name="Drift of the words")).to_be_visible()
    assert "lang=ko" in (second.locator("iframe").get_attribute("src") or "")  # that of the phone
    first.get_by_role("button", name="Leave").tap()
    expect(first.locator("iframe")).to_have_count(0)
    room.show_results()
    expect(shown(first).get_by_text("1 of 1 review right")).to_be_visible()
    expect(shown(second).get_by_text("리뷰 1건 중 0건 맞힘")).to_be_visible()
    classes().end(room)
    expect(first.get_by_role("heading", name="The class has ended.")).to_be_visible()
    expect(second.get_by_role("heading", name="반이 닫혔습니다.")).to_be_visible()


def test_a_phone_that_loses_its_connection_sends_its_vote_later_or_says_that_it_came_too_late(
    room: Classroom, phones: list[Page]
):
    for phone in phones:
        phone.goto(f"/join/{room.code}?lang=en")
        expect(phone.get_by_role("heading", name="You are in.")).to_be_visible()
    room.ask(REVIEW)
    for phone in phones:
        choose(phone, "positive", "a guess")
        phone.context.set_offline(True)
        phone.get_by_role("button", name="Send").tap()
        expect(shown(phone).get_by_text("Not sent yet: there is no connection.")).to_be_visible()
    in_time, late = phones
    in_time.context.set_offline(False)
    expect(shown(in_time).get_by_text("Your vote has arrived.")).to_be_visible()
    room.close_votes()
    late.context.set_offline(False)
    expect(shown(late).get_by_text("Your vote came too late.")).to_be_visible()
    assert room.tally().votes == 1


def test_a_wrong_code_and_a_class_that_has_ended_are_told_apart(room: Classroom, phones: list[Page]):
    phone, other = phones
    phone.goto("/join?lang=en")
    box = phone.get_by_role("textbox")
    box.fill("k7o")
    expect(shown(phone).get_by_text("No code has O.")).to_be_visible()
    box.fill("222222" if room.code != "222222" else "333333")
    box.press("Enter")
    expect(shown(phone).get_by_text("There is no class with this code.")).to_be_visible()
    classes().end(room)
    other.goto(f"/join/{room.code}?lang=en")
    expect(shown(other).get_by_text("This class has ended.")).to_be_visible()
    other.get_by_role("link", name="Enter another code").tap()
    expect(other.get_by_role("textbox")).to_be_focused()


@pytest.mark.parametrize("width", [320, 390, 844])
def test_nothing_is_cut_off_and_everything_can_be_touched(room: Classroom, phones: list[Page], width: int):
    phone = phones[0]
    phone.set_viewport_size({"width": width, "height": 640 if width < 800 else 390})
    phone.goto(f"/join/{room.code}")
    room.ask(REVIEW)
    expect(phone.get_by_role("radio")).to_have_count(6)
    assert phone.evaluate("document.documentElement.scrollWidth <= window.innerWidth")
    for target in phone.locator("label.choice, button").all():
        box = target.bounding_box()
        assert box is not None
        assert min(box["width"], box["height"]) >= 44
        assert box["x"] >= 0
        assert box["x"] + box["width"] <= width

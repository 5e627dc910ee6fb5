"""A class in browsers and without: what a teacher does, and what all screens must show then."""

from __future__ import annotations

import random
import re
import time
from collections.abc import Callable
from typing import Any

from playwright.sync_api import Browser, Page, ViewportSize, expect

from benchmarks.class_phones import PATIENCE
from benchmarks.lesson_devices import Handset, Host, Said, Students
from sentiment_core.classroom.script import script_in
from sentiment_core.messages import in_language, tr

TEACHER: ViewportSize = {"width": 1280, "height": 800}
PROJECTOR: ViewportSize = {"width": 1920, "height": 1080}
PHONE: ViewportSize = {"width": 390, "height": 844}
PHONES = 30
LONG = 1000 * PATIENCE  # milliseconds for what must happen
WRONG = "222222"
Votes = dict[int, Said]  # by the place of the phone: first those without a browser, then the others


class Sides:
    """A class and all who take part. Methods raise AssertionError where what is shown differs from what was sent."""

    def __init__(
        self,
        browser: Browser,
        host: Host,
        language: str = "en",
        dark: bool = False,
        handsets: int = 3,
        look: Callable[[str, dict[str, Page]], None] = lambda moment, tabs: None,
    ) -> None:
        """handsets: phones with a browser, 2 or 3. look: is called in each phase with its name and all tabs."""
        self.host, self.language, self.dark, self._look = host, language, dark, look
        self.errors: list[str] = []  # of the scripts of all tabs
        self.right = 0  # questions on which the class's majority was right
        self.asked: list[Votes] = []
        self._browser, self._rng = browser, random.Random(0)
        self._script = script_in(language)
        self.simulated = PHONES - handsets
        self._open(handsets)

    # The beginning

    def _open(self, handsets: int) -> None:
        self.address = self.host.start().address
        self.teacher, self.projector = self._tab(TEACHER), self._tab(PROJECTOR)
        self.corpus = "&corpus=korean" if self.language == "ko" else ""  # the script is in the language of the corpus
        self.teacher.goto(f"/class?lang={self.language}{self.corpus}")
        self.teacher.locator(".st-key-open_class button").click()
        self._shows("lobby", self.teacher)
        self.code = str(self.teacher.locator(".stage").get_attribute("data-class"))
        self.teacher.get_by_text(self._words("Export, second device, end of the class")).click()
        self.teacher.locator(".st-key-class_second button").click()
        link = self.teacher.locator("[data-testid=stCode]").filter(has_text="key=").inner_text().strip()
        self.projector.goto(f"{link}&lang={self.language}{self.corpus}")
        self._shows("lobby", self.projector)
        self.teacher.get_by_text(self._words("Export, second device, end of the class")).click()
        self.students = Students(self.address, self.code, self.simulated)
        arriving = self.students.begin(self.students.arrive())
        other = "en" if self.language == "ko" else "ko"
        looks = ((self.language, self.dark), (other, self.dark), (self.language, not self.dark))[:handsets]
        self.handsets = [
            Handset(self._context(PHONE, dark, phone=True), f"phone{place}_{language}{'_dark' if dark else ''}")
            for place, (language, dark) in enumerate(looks, start=1)
        ]
        for handset, (language, _) in zip(self.handsets, looks, strict=True):
            handset.tab.on("pageerror", lambda error: self.errors.append(str(error)))
            handset.join(self.code, language, WRONG if handset is self.handsets[-1] else "")
        arriving()
        expect(self.projector.locator(".stage-here")).to_have_text(re.compile(rf"\b{PHONES}\b"), timeout=LONG)
        self.look("lobby")

    def _context(self, size: ViewportSize, dark: bool, phone: bool = False) -> Any:
        context = self._browser.new_context(
            viewport=size, base_url=self.address, has_touch=phone, color_scheme="dark" if dark else "light"
        )
        context.set_default_timeout(LONG)
        return context

    def _tab(self, size: ViewportSize) -> Page:
        tab: Page = self._context(size, self.dark).new_page()
        tab.on("pageerror", lambda error: self.errors.append(str(error)))
        return tab

    def _words(self, english: str) -> str:
        with in_language(self.language):
            return tr(english)

    def look(self, moment: str) -> None:
        """Let somebody look at all screens."""
        screens = {"teacher": self.teacher, "projector": self.projector}
        self._look(moment, screens | {handset.name: handset.tab for handset in self.handsets})

    def _shows(self, phase: str, *tabs: Page) -> None:
        for tab in tabs or (self.teacher, self.projector):
            expect(tab.locator(".stage")).to_have_attribute("data-phase", phase, timeout=LONG)

    def press(self, phase: str, button: str = ".stage-main", tab: Page | None = None) -> None:
        """Press a button of the stage, and wait until both stages and all phones show the phase."""
        (tab or self.teacher).locator(button).click()
        self._shows(phase)
        self.students.do(self.students.see(phase=phase))

    # One question

    def ask(self) -> str:
        """Ask the next review. Returns the question's id."""
        self.press("voting")
        self.asked.append({})
        text = self._script[len(self.asked) - 1].text
        for handset in self.handsets:
            expect(handset.tab.locator(".voting .review")).to_have_text(text, timeout=LONG)
        expect(self.projector.locator(".review-text")).to_have_text(text)
        question = self.students.phones[0].state["question"]
        assert question["text"] == text
        return str(question["id"])

    def votes(self, places: range) -> Votes:
        """A vote for each of these phones: two of three are right, with every step of how sure."""
        truth = bool(self._script[len(self.asked) - 1].truth)
        return {place: (truth == (self._rng.random() < 2 / 3), self._rng.randint(1, 4)) for place in places}

    def vote(self, question: str, votes: Votes) -> None:
        """Let phones vote, or change their votes."""
        waiting = self.students.begin(
            self.students.vote(question, {place: said for place, said in votes.items() if place < self.simulated})
        )
        for place, said in votes.items():
            if place >= self.simulated:
                self.handsets[place - self.simulated].vote(said)
        waiting()
        self.asked[-1].update(votes)

    def counted(self) -> float:
        """Wait until both stages have counted all votes. Returns the seconds."""
        began, votes = time.perf_counter(), len(self.asked[-1])
        both = (PHONES, votes) if self.language == "ko" else (votes, PHONES)  # in the order of the sentence
        numbers = rf"^\D*{votes}\D*$" if votes == PHONES else r"^\D*{}\D+{}\D*$".format(*both)
        for tab in (self.projector, self.teacher):
            expect(tab.locator(".turnout-said")).to_have_text(re.compile(numbers), timeout=LONG)
        return time.perf_counter() - began

    def close(self) -> None:
        """Close the votes, and compare the split on all screens with what was sent."""
        self.press("closed", tab=self.projector)  # from the second device
        votes = list(self.asked[-1].values())
        cells = [votes.count((positive, sure)) for sure in (4, 3, 2, 1) for positive in (False, True)]
        for tab in (self.teacher, self.projector):
            expect(tab.locator(".split-count")).to_have_text([str(count) for count in cells], timeout=LONG)
        sides = [sum(positive is side for positive, _ in votes) for side in (True, False)]
        for handset in self.handsets:
            expect(handset.tab.locator(".bars").first).to_be_visible(timeout=LONG)
            assert handset.sides() == sides, handset.name
        tally = {"positive": cells[1::2][::-1], "negative": cells[0::2][::-1]}
        self.students.do(self.students.see(tally=tally))
        self.right += (sides[0] > sides[1]) == bool(self._script[len(self.asked) - 1].truth) and sides[0] != sides[1]

    def reveal(self) -> None:
        """Show the verdicts and the truth. Each phone says whether its own vote was right."""
        self.press("verdicts")
        self.look(f"q{len(self.asked)}_verdicts")
        self.press("truth")
        truth = self._script[len(self.asked) - 1].truth
        self.students.do(self.students.see(truth=truth))
        side = "positive" if truth else "negative"
        for tab in (self.teacher, self.projector):
            expect(tab.locator(f".stage-truth .side.{side}")).to_be_visible(timeout=LONG)
        for handset, own in zip(self.handsets, self._own(len(self.asked) - 1), strict=True):
            expect(handset.tab.locator(f".truth.{side}")).to_be_visible(timeout=LONG)
            said = handset.tab.locator(".truth p").last
            right = ("You were right.", "맞혔습니다.") if own == bool(truth) else ("differently", "다르게")
            expect(said).to_have_text(re.compile("|".join(right)))

    def _own(self, place: int) -> list[bool]:
        """The sides that the phones with a browser voted for."""
        return [self.asked[place][self.simulated + at][0] for at in range(len(self.handsets))]

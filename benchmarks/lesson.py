"""Watches a class of thirty phones from both sides, and compares what each side shows with what was sent.

`python -m benchmarks.lesson` starts the app and opens a class in Chromium: a teacher's tab, a projector that leads the
class by the link for a second device, and three phones. All other phones do without a browser. Some phones
change their votes, vote twice, too late, or with a wrong code. Two fall asleep. The server is started again while votes
are open. All follow the teacher to Drift. It prints a line a question.

`--photos FOLDER` photographs every screen in every phase. `--language ko` and `--dark` show the same lesson otherwise.
"""

from __future__ import annotations

import argparse
import re
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from playwright.sync_api import Browser, FrameLocator, Page, expect, sync_playwright

from benchmarks.browser import CHROMIUM, CHROMIUM_FLAGS, wait_until_drawn
from benchmarks.class_phones import Phone
from benchmarks.lesson_devices import Host, numbers_in
from benchmarks.lesson_sides import LONG, PHONES, WRONG, Sides


class Lesson(Sides):
    """What happens in a class, and that it is seen on all screens."""

    def first_question(self) -> None:
        """All vote; some change their votes, one votes twice, one too late, one with a wrong code."""
        question = self.ask()
        self.vote(question, self.votes(range(PHONES - 1)))
        self.look("q1_voting")
        self.vote(question, {place: (not said[0], 5 - said[1]) for place, said in list(self.asked[-1].items())[::9]})
        twice = self.students.phones[1]
        self.students.do(twice.vote(question, said=self.asked[-1][1]))
        self.vote(question, self.votes(range(PHONES - 1, PHONES)))
        self.counted()
        self.look("q1_voted")
        self.close()
        self.look("q1_closed")
        self.students.do(twice.vote(question, 409, (True, 1)))
        self.students.do(Phone(self.address, WRONG, self.students.times, 0).vote(question, 404))
        self.students.do(Phone(self.address, self.code, self.students.times, 0).vote(question, 403))
        self.reveal()
        self.look("q1_truth")

    def with_sleepers(self) -> None:
        """Two phones lose their connection while all vote. One of them votes before it is back."""
        question = self.ask()
        sleeping = self.students.begin(self.students.phones[0].nap((1.0, 1.0)))
        asleep = self.handsets[0]
        votes = self.votes(range(PHONES))
        own = votes.pop(self.simulated)
        asleep.context.set_offline(True)
        asleep.vote(own, arrives=False)
        self.vote(question, {place: said for place, said in votes.items() if place})
        self.counted()
        self.look("q2_one_offline")
        asleep.context.set_offline(False)
        asleep.arrived()
        sleeping()
        self.asked[-1][self.simulated] = own
        self.vote(question, {0: votes[0]})
        self.counted()
        self.close()
        self.reveal()

    def with_restart(self) -> float:
        """The server ends and starts again while votes are open. Returns the seconds until all screens are back."""
        question = self.ask()
        votes = self.votes(range(PHONES))
        early = set(range(1, PHONES, 2))
        self.vote(question, {place: votes[place] for place in early})
        self.host.stop()
        between = {0, self.simulated + 1}  # vote while there is no server
        sending = self.students.begin(self.students.vote(question, {0: votes[0]}))
        self.handsets[1].vote(votes[self.simulated + 1], arrives=False)
        for handset in self.handsets:
            expect(handset.tab.locator(".lost")).to_be_visible(timeout=LONG)
        expect(self.projector.locator(".stage-top + .stage-trouble")).to_be_visible(timeout=LONG)
        self.look("q3_server_is_gone")
        self.host.start()
        began = time.perf_counter()
        for handset in self.handsets:
            expect(handset.tab.locator(".lost")).to_be_hidden(timeout=LONG)
        sending()
        self.handsets[1].arrived()
        self.asked[-1].update({place: votes[place] for place in between})
        expect(self.projector.locator(".stage-top + .stage-trouble")).to_be_hidden(timeout=LONG)
        self.counted()
        back = time.perf_counter() - began
        self.look("q3_server_is_back")
        self.vote(question, {place: said for place, said in votes.items() if place not in early | between})
        self.counted()
        self.close()
        self.reveal()
        self.students.do(self.students.check())
        return back

    def plain_question(self) -> float:
        """All vote at once. Returns the seconds until both stages have counted the last vote."""
        question = self.ask()
        self.vote(question, self.votes(range(PHONES)))
        seconds = self.counted()
        self.close()
        self.reveal()
        return seconds

    def follow_to_drift(self) -> None:
        """All phones follow the teacher to a moment of Drift, and come back."""
        self.teacher.goto(f"/drift?moment=1&lang={self.language}{self.corpus}")
        wait_until_drawn(self.teacher)
        self.teacher.locator(".class-bar .bar-button").first.click()
        self._shows("following", self.projector)
        self.students.do(self.students.see(phase="following"))
        view = str(self.students.phones[0].state["view"])
        assert view.startswith("drift?"), view
        assert f"moment=1{self.corpus}" in view or f"{self.corpus[1:]}&moment=1" in view, view
        for handset in self.handsets:
            frame: FrameLocator = handset.tab.frame_locator("iframe")
            expect(frame.locator("h1")).to_be_visible(timeout=LONG)
            expect(frame.locator(".class-bar")).to_have_count(0)
        self.look("following")
        self.teacher.locator(".class-bar .bar-button").last.click()
        self._shows("following")
        self.press("truth")

    def results(self) -> None:
        """Compare the standings, and each phone's own score, with what was sent."""
        self.press("results", "[data-act=results]")
        of = len(self.asked)
        self.students.do(self.students.see(phase="results"))
        standing = self.students.phones[0].state["results"][0]
        assert (standing["right"], standing["of"]) == (self.right, of)
        for tab in (self.teacher, self.projector):
            said = tab.locator(".standings .standing-said").first
            assert numbers_in(said.inner_text()) in ([self.right, of], [of, self.right])
        for at, handset in enumerate(self.handsets):
            right = sum(self._own(place)[at] == bool(self._script[place].truth) for place in range(of))
            expect(handset.tab.locator(".score")).to_be_visible(timeout=LONG)
            assert sorted(numbers_in(handset.tab.locator(".score").inner_text())) == sorted([right, of])
        self.students.do(self.students.check())
        self.look("results")

    def end(self) -> None:
        """End the class. All phones say so, and nothing of it is left."""
        folder = self.host.root / "classes"
        assert len(list(folder.glob("*/log.jsonl"))) == 1
        self.teacher.get_by_text(self._words("Export, second device, end of the class")).click()
        self.teacher.get_by_role("button", name=self._words("End the class")).click()
        self.teacher.locator(".st-key-end_class button").click()
        for tab in (self.teacher, self.projector):
            expect(
                tab.get_by_text(self._words("The class is over. Its questions and votes are deleted from this server."))
            ).to_be_visible(timeout=LONG)
        for handset in self.handsets:
            ended = re.compile("The class has ended.|반이 닫혔습니다.")
            expect(handset.tab.locator("h1")).to_have_text(ended, timeout=LONG)
        self.students.do(self.students.see(phase="ended"))
        self.look("ended")
        assert list(folder.iterdir()) == []
        self.errors += self.students.times.errors
        self.students.stop()
        assert self.errors == []


@contextmanager
def lesson(browser: Browser, host: Host, **looks: Any) -> Iterator[Lesson]:
    """A lesson that has begun. Its tabs and its server go at the end."""
    before = set(browser.contexts)
    try:
        yield Lesson(browser, host, **looks)
    finally:
        for context in set(browser.contexts) - before:
            context.close()
        host.stop()


def photographer(folder: Path) -> Callable[[str, dict[str, Page]], None]:
    """Photographs all screens into a folder."""
    folder.mkdir(parents=True, exist_ok=True)
    done: list[str] = []

    def look(moment: str, tabs: dict[str, Page]) -> None:
        done.append(moment)
        for name, tab in tabs.items():
            tab.wait_for_timeout(400)  # what moves has come to rest
            tab.screenshot(path=folder / f"{len(done):02d}_{moment}_{name}.png")

    return look


def main() -> None:
    """Hold a lesson and print what was compared."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--photos", type=Path, help="folder for pictures of all screens in every phase")
    parser.add_argument("--language", choices=["en", "ko"], default="en")
    parser.add_argument("--dark", action="store_true")
    parser.add_argument("--questions", type=int, default=10, help="at least 4")
    chosen = parser.parse_args()
    looks = {"look": photographer(chosen.photos)} if chosen.photos else {}
    with tempfile.TemporaryDirectory() as root, sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=CHROMIUM_FLAGS)
        with lesson(browser, Host(Path(root)), language=chosen.language, dark=chosen.dark, **looks) as held:
            held.first_question()
            print(f"1. {PHONES} votes, changed, doubled, late and with a wrong code: both sides agree")
            held.with_sleepers()
            print(f"2. {PHONES} votes, two phones without a connection for a while: both sides agree")
            seconds = held.with_restart()
            print(f"3. {PHONES} votes, the server started again: all screens back in {seconds:.1f} s, none lost")
            held.follow_to_drift()
            print("   all phones followed to Drift and came back")
            for place in range(4, max(chosen.questions, 4) + 1):
                seconds = held.plain_question()
                print(f"{place}. {PHONES} votes within half a second: both sides agree {seconds:.1f} s later")
            held.results()
            print(f"   the class was right on {held.right} of {len(held.asked)}, as every screen says")
            held.end()
            print("   ended on all screens; nothing is left on disk")
        browser.close()


if __name__ == "__main__":
    main()

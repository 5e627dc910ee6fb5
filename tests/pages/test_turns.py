"""Turns of threads: how many at once, in which order, and past whom."""

import threading

import pytest

from pages.shared.turns import Turns


def start(turns: Turns, name: int, began: list[int], end: threading.Event, due: float = 0.0) -> threading.Thread:
    """A thread that takes its turn and holds it until told."""
    asked = len(turns._waiting) + len(turns._at_work)

    def work() -> None:
        with turns.turn(due):
            began.append(name)
            end.wait(5)

    thread = threading.Thread(target=work)
    thread.start()
    while len(turns._waiting) + len(turns._at_work) == asked:
        pass
    return thread


def test_turns_come_in_the_order_of_asking_and_never_more_at_once_than_places():
    turns, began, ends = Turns(2, long=60), [], [threading.Event() for _ in range(6)]
    threads = [start(turns, name, began, ends[name]) for name in range(6)]
    for done in range(6):
        while len(began) < min(done + 2, 6):
            pass
        assert began == list(range(min(done + 2, 6)))
        assert len(turns._at_work) == min(2, 6 - done)
        ends[done].set()
        threads[done].join()
    assert not turns._at_work


def test_what_is_due_first_comes_first_and_a_late_page_before_a_new_part():
    turns, began, ends = Turns(1, long=60), [], [threading.Event() for _ in range(4)]
    threads = [start(turns, name, began, ends[name], due) for name, due in enumerate((0, 5, 0.01, 6))]
    for done, name in enumerate((0, 2, 1, 3)):
        while len(began) <= done:
            pass
        assert began[-1] == name
        ends[name].set()
        threads[name].join()


def test_a_script_that_takes_long_keeps_nobody_waiting():
    turns, began, end = Turns(1, long=0.05), [], threading.Event()
    threads = [start(turns, name, began, end) for name in range(3)]
    while len(began) < 3:
        pass
    end.set()
    for thread in threads:
        thread.join()
    assert sorted(began) == [0, 1, 2]
    assert not turns._at_work


def test_a_script_that_fails_gives_its_place_back():
    turns = Turns(1, long=60)
    with pytest.raises(ValueError, match="broken"), turns.turn():
        raise ValueError("broken")
    with turns.turn():
        assert len(turns._at_work) == 1

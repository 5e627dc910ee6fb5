"""Who is let in: places, the line, and who comes back."""

import pytest

from pages.shared.door import ABSENT, GONE, RESERVED, TABS, Door

KEPT = 120.0


class Clock:
    def __init__(self) -> None:
        self.time = 0.0
        self.away = 0

    def __call__(self) -> float:
        return self.time


@pytest.fixture
def clock() -> Clock:
    return Clock()


def door(clock: Clock, most: int) -> Door:
    return Door(most, lambda: clock.away, KEPT, clock)


def come(entrance: Door, *visitors: str) -> None:
    for visitor in visitors:
        assert entrance.ahead(visitor) is None
        entrance.enter(visitor)


def test_without_a_limit_nobody_waits(clock: Clock):
    entrance = door(clock, 0)
    come(entrance, *map(str, range(1000)))


def test_who_came_first_is_let_in_first(clock: Clock):
    entrance = door(clock, 2)
    come(entrance, "a", "b")
    assert [entrance.ahead(visitor) for visitor in ("c", "d", "e")] == [0, 1, 2]
    entrance.leave("a")
    clock.time = KEPT / 2  # the session is kept for whom comes back
    clock.away = 1
    for _ in range(10):
        assert [entrance.ahead(visitor) for visitor in ("c", "d", "e")] == [0, 1, 2]
        clock.time += 10
    clock.away = 0
    assert [entrance.ahead(visitor) for visitor in ("e", "d", "c")] == [2, 1, None]
    assert [entrance.ahead(visitor) for visitor in ("d", "e")] == [0, 1]


def test_a_place_is_kept_between_the_page_and_its_session(clock: Clock):
    entrance = door(clock, 1)
    assert entrance.ahead("a") is None
    assert entrance.ahead("b") == 0
    assert entrance.ahead("a") is None, "its session begins, or its page is loaded again"
    clock.time = RESERVED + 1
    assert entrance.ahead("b") is None, "the first one never came"


def test_who_has_a_session_comes_back_and_may_open_some_tabs(clock: Clock):
    entrance = door(clock, 1)
    come(entrance, "a")
    entrance.leave("a")
    clock.away, clock.time = 1, KEPT - 1
    come(entrance, "a")
    clock.away = 0
    come(entrance, *["a"] * (TABS - 1))
    assert entrance.ahead("a") == 0, "not as many as it likes"


def test_who_is_absent_keeps_nobody_waiting_and_its_place_for_some_time(clock: Clock):
    entrance = door(clock, 1)
    come(entrance, "a")
    assert [entrance.ahead(visitor) for visitor in ("b", "c")] == [0, 1]
    clock.time = ABSENT - 1
    assert entrance.ahead("c") == 1
    assert entrance.waiting() == 2
    clock.time = ABSENT + 1
    assert entrance.ahead("c") == 0
    assert entrance.waiting() == 1
    assert entrance.ahead("b") == 0, "a phone that slept is where it was"
    assert entrance.ahead("c") == 1
    for _ in range(11):
        clock.time += GONE / 10
        entrance.ahead("c")
    assert entrance.ahead("b") == 1


def test_a_browser_without_a_cookie_comes_after_all_who_wait(clock: Clock):
    entrance = door(clock, 1)
    come(entrance, "")
    assert [entrance.ahead("b"), entrance.ahead(""), entrance.ahead("")] == [0, 1, 1]
    entrance.leave("")
    assert entrance.ahead("") == 1
    assert entrance.ahead("b") is None


def test_nothing_is_left_of_who_is_gone(clock: Clock):
    entrance = door(clock, 3)
    for name in map(str, range(50)):
        if entrance.ahead(name) is None:
            entrance.enter(name)
            entrance.leave(name)
        clock.time += 200
    clock.time += 200
    entrance.ahead("")
    assert not [held for held in vars(entrance).values() if isinstance(held, dict) and held]


def test_a_browser_that_keeps_no_cookie_gets_the_place_of_its_page(clock: Clock):
    entrance = door(clock, 1)
    assert entrance.ahead("") is None
    entrance.promise("given")
    assert entrance.full()
    assert entrance.ahead("other") == 0
    assert entrance.admits("")
    entrance.enter("")
    assert not entrance.admits(""), "once"
    entrance.leave("")
    assert entrance.ahead("other") is None


def test_a_browser_that_keeps_its_cookie_gets_the_place_of_its_page(clock: Clock):
    entrance = door(clock, 1)
    assert entrance.ahead("") is None
    entrance.promise("given")
    assert entrance.admits("given")
    entrance.enter("given")
    assert not entrance.admits("")
    assert entrance.ahead("other") == 0

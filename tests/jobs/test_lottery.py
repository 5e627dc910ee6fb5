"""Seed lotteries: a seed is drawn once, whoever draws at the same time."""

import subprocess
import sys
from pathlib import Path

import pytest

from sentiment_core.errors import JobError
from sentiment_core.jobs import control
from sentiment_core.jobs.folders import read_folder
from sentiment_core.jobs.layout import training_folder
from sentiment_core.jobs.limits import Limits
from sentiment_core.jobs.lottery import (
    MOST_SEEDS,
    Lottery,
    draw,
    find_lottery,
    list_lotteries,
    read_drawn,
    read_tickets,
)
from sentiment_core.jobs.records import State
from tests.conftest import ROOT
from tests.jobs.lotteries import finish, supervised, toy_lottery

DRAWER = """
import sys
from pathlib import Path
from sentiment_core.jobs.limits import Limits
from sentiment_core.jobs.lottery import draw, find_lottery
lottery = find_lottery(Path(sys.argv[1]), sys.argv[2])
sys.stdin.read()  # until both processes are ready
for number in range(12):
    print(draw(lottery, f"{sys.argv[3]}{number}", limits=Limits()).seed)
"""


@pytest.fixture
def lottery(root: Path, toy_corpus: Path):
    with supervised(root):
        yield toy_lottery(root, toy_corpus)


def network_of(lottery: Lottery, job: str):
    found = read_folder(training_folder(lottery.folder.parents[1], job))
    assert found is not None
    return found.request.networks[0]


def test_each_visitor_draws_another_seed_of_the_same_recipe(lottery: Lottery):
    tickets = [draw(lottery, visitor) for visitor in ("ann", "ben", "cem")]
    assert [ticket.seed for ticket in tickets] == [0, 1, 2]
    networks = [network_of(lottery, ticket.job) for ticket in tickets]
    assert [network.recipe.seed for network in networks] == [0, 1, 2]
    assert {network.recipe.change(seed=0) for network in networks} == {lottery.template.networks[0].recipe}
    assert len({network.name for network in networks}) == 3
    assert all(network.name.startswith("rnn-") for network in networks)


def test_a_second_click_draws_nothing_new_unless_several_are_allowed(lottery: Lottery):
    first = draw(lottery, "ann")
    assert draw(lottery, "ann") == first
    assert draw(lottery, "ann", again=True).seed == 1


def test_two_processes_that_draw_at_once_never_draw_the_same_seed(root: Path, toy_corpus: Path):
    with supervised(root):
        lottery = toy_lottery(root, toy_corpus, most=24)
        command = [sys.executable, "-c", DRAWER, str(root), lottery.code]
        drawing = [
            subprocess.Popen([*command, who], cwd=ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
            for who in ("a", "b")
        ]
        for process in drawing:
            assert process.stdin is not None
            process.stdin.close()
        seeds = [int(line) for process in drawing for line in process.stdout]
        assert [process.wait() for process in drawing] == [0, 0]
    assert sorted(seeds) == list(range(24))
    assert {(ticket.recipe, ticket.seed) for ticket in read_tickets(lottery)} == {(0, seed) for seed in range(24)}


def test_a_seed_that_another_process_took_without_the_lock_is_left_alone(lottery: Lottery):
    (lottery.folder / "0-0.json").touch()
    assert draw(lottery, "ann").seed == 1
    assert [one.ticket.seed for one in read_drawn(lottery)] == [1], "the other one is still being drawn"


def test_two_recipes_take_turns(root: Path, toy_corpus: Path):
    with supervised(root):
        lottery = toy_lottery(root, toy_corpus, names=("rnn", "bilstm"))
        tickets = [draw(lottery, visitor) for visitor in "abcde"]
    assert [(ticket.recipe, ticket.seed) for ticket in tickets] == [(0, 0), (1, 0), (0, 1), (1, 1), (0, 2)]


def test_when_all_seeds_are_drawn_the_next_is_told(root: Path, toy_corpus: Path):
    with supervised(root):
        lottery = toy_lottery(root, toy_corpus, most=2)
        draw(lottery, "ann")
        draw(lottery, "ben")
        with pytest.raises(JobError, match="All 2 seeds"):
            draw(lottery, "cem")


def test_a_full_queue_gives_the_seed_back(lottery: Lottery):
    draw(lottery, "ann")
    with pytest.raises(JobError, match="wait already"):
        draw(lottery, "ben", limits=Limits(most=1))
    assert [ticket.seed for ticket in read_tickets(lottery)] == [0]
    assert draw(lottery, "ben").seed == 1


def test_who_cancels_may_draw_another_seed_and_the_old_one_is_spent(lottery: Lottery):
    first = draw(lottery, "ann")
    control.cancel(training_folder(lottery.folder.parents[1], first.job))
    assert draw(lottery, "ann").seed in (0, 1)  # 0 while the job has not ended
    for folder in (lottery.folder.parents[1] / "jobs").iterdir():
        if folder.name == first.job:
            (folder / "job.json").unlink()
            break
    assert draw(lottery, "ann").seed == 1
    assert len([one for one in read_drawn(lottery) if one.state == State.CANCELLED]) == 1


def test_a_dot_moves_until_its_run_is_complete(lottery: Lottery, toy_corpus: Path):
    waiting, training, done = (draw(lottery, visitor) for visitor in ("ann", "ben", "cem"))
    finish(lottery, training, toy_corpus, epochs=1)
    finish(lottery, done, toy_corpus, turned=10)
    found = {one.ticket.seed: one for one in read_drawn(lottery)}
    assert found[waiting.seed].valid_accuracy is None
    assert found[training.seed].valid_accuracy is not None
    assert found[training.seed].test_accuracy is None
    assert not found[training.seed].complete
    assert found[done.seed].complete
    assert found[done.seed].test_accuracy is not None


def test_a_lottery_is_found_by_its_code_and_the_newest_is_listed_first(lottery: Lottery, root: Path, toy_corpus: Path):
    assert find_lottery(root, lottery.code) == lottery
    other = toy_lottery(root, toy_corpus)
    assert [one.code for one in list_lotteries(root)] == [other.code, lottery.code]
    (other.folder / "lottery.json").write_text("{", encoding="utf-8")
    assert find_lottery(root, other.code) is None
    for code in ("", "abc", "../jobs", "zzzzz9", "ABCDEF"):
        assert find_lottery(root, code) is None


def test_a_lottery_needs_two_seeds_and_not_too_many(root: Path, toy_corpus: Path):
    for most in (0, 1, MOST_SEEDS + 1):
        with pytest.raises(JobError, match="from 2 to"):
            toy_lottery(root, toy_corpus, most)

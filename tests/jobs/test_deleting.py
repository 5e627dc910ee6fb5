"""Jobs are deleted because their visitor asks for it, whatever they are at."""

from pathlib import Path

import pytest

from sentiment_core.jobs import control, layout, queue
from sentiment_core.jobs.control import Want, read_control
from sentiment_core.jobs.deleting import delete_jobs
from sentiment_core.jobs.folders import Outcome, read_folder, write_outcome
from sentiment_core.jobs.limits import Limits
from sentiment_core.jobs.lottery import delete_lottery, draw, find_lottery, forget_visitor, open_lottery, read_tickets
from sentiment_core.jobs.queue import start
from sentiment_core.jobs.records import Job, State
from sentiment_core.jobs.tending import Supervisor
from tests.jobs.test_cleaning import trained
from tests.jobs.test_requests import SCORING, TRAINING


@pytest.fixture(autouse=True)
def alone(monkeypatch: pytest.MonkeyPatch) -> None:
    for module in (queue, control):
        monkeypatch.setattr(module, "ensure_supervisor", lambda root: None)


def job(folder: Path) -> Job:
    found = read_folder(folder)
    assert found is not None
    return found


def test_one_that_has_ended_is_deleted_at_once_with_its_run_and_its_corpus(root: Path):
    mine, other, pinned = trained(root, "mine"), trained(root, "other"), trained(root, "pinned", State.STOPPED)
    control.pin(pinned)
    delete_jobs(root, [job(mine), job(pinned)])
    assert not mine.exists()
    assert not pinned.exists(), "who published it was not the only one with a right to it"
    assert sorted(path.name for path in (root / layout.TRAINED).iterdir()) == ["of-other"]
    assert other.exists()
    assert (root / layout.TRAINED / "of-other" / "other" / "model.safetensors").exists()


def test_one_that_waits_is_cancelled_and_its_supervisor_deletes_it_with_its_corpus_at_once(root: Path):
    waiting = trained(root, "waiting", None)
    delete_jobs(root, [job(waiting)])
    assert read_control(waiting).want == Want.CANCEL
    supervisor = Supervisor(root, Limits())
    supervisor.look()
    supervisor.look()
    assert not waiting.exists()
    assert list((root / layout.TRAINED).iterdir()) == []


def test_one_that_is_deleted_twice_or_ends_meanwhile_is_gone_all_the_same(root: Path):
    folder = trained(root, "mine", None)
    seen = job(folder)
    write_outcome(folder, Outcome(State.DONE))
    delete_jobs(root, [seen])
    assert not folder.exists()
    delete_jobs(root, [seen])


def test_the_scores_of_a_corpus_stay_because_they_are_for_everybody(root: Path):
    folder = start(SCORING, root, Limits())
    write_outcome(folder, Outcome(State.DONE))
    delete_jobs(root, [job(folder)])
    assert folder.exists()


def test_a_lottery_forgets_who_drew_a_seed_and_does_not_give_it_to_another(root: Path):
    lottery = open_lottery(root, TRAINING, 5)
    drawn = draw(lottery, "visitor", limits=Limits())
    forget_visitor(lottery, drawn)
    assert [(ticket.seed, ticket.visitor, ticket.job) for ticket in read_tickets(lottery)] == [(0, "", drawn.job)]
    again = draw(lottery, "visitor", limits=Limits())
    assert (again.recipe, again.seed) != (drawn.recipe, drawn.seed)
    delete_lottery(lottery)
    assert find_lottery(root, lottery.code) is None
    assert not lottery.folder.exists()
    forget_visitor(lottery, drawn)
    assert not lottery.folder.exists()

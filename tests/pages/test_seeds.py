"""The Seed lottery: opened by a teacher, drawn from by a class, with and without dots."""

import csv
import io
import shutil
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from pages.learn.seeds_parts.gathering import dots_csv
from pages.learn.seeds_parts.links import read_link
from pages.shared import lottery_resources
from pages.shared.training_data import DataSet
from sentiment_core.errors import PresetError
from sentiment_core.experiments.starting_points import starting_point
from sentiment_core.jobs.layout import id_of
from sentiment_core.jobs.lottery import Lottery, draw, find_lottery, read_drawn
from sentiment_core.text.reviews import Reading
from tests.jobs.lotteries import finish, supervised, toy_lottery
from tests.pages.trained import MINE, opened, sent

SCRIPT = "pages/learn/seeds.py"


@pytest.fixture
def root(monkeypatch, tmp_path: Path, toy_corpus: Path):
    """An empty folder of live runs on a server where every visitor may train, beside a published toy corpus."""
    shutil.copytree(toy_corpus, tmp_path / "checkpoints" / "toy")
    monkeypatch.setenv("SENTIMENT_CHECKPOINTS", str(tmp_path / "checkpoints"))
    monkeypatch.setenv("SENTIMENT_RUNS", str(tmp_path / "runs"))
    monkeypatch.setenv("SENTIMENT_TRAINING", "on")
    lottery_resources._drawn.clear()
    with supervised(tmp_path / "runs"):
        yield tmp_path / "runs"


@pytest.fixture
def corpus(root: Path) -> Path:
    return root.parent / "checkpoints" / "toy"


def shown(app: AppTest) -> str:
    """Everything that the page says."""
    assert not app.exception
    parts = (*app.markdown, *app.caption, *app.info, *app.warning, *app.error, *app.header)
    return "\n".join(part.value for part in parts).replace("\\", "")


def charts(app: AppTest) -> int:
    return len(app.get("plotly_chart"))


def filled(root: Path, corpus: Path, count: int, names: tuple[str, ...] = ("rnn",)) -> Lottery:
    """A lottery with so many complete seeds, each with other verdicts."""
    lottery = toy_lottery(root, corpus, most=20, names=names)
    for number in range(count):
        finish(lottery, draw(lottery, f"student {number}"), corpus, turned=5 * number)
    return lottery


def test_a_teacher_opens_a_lottery_and_a_student_draws_one_seed(root: Path, corpus: Path):
    app = opened(SCRIPT)
    app.number_input(key="most").set_value(12)
    app.text_input(key="title").set_value("3b")
    app.button(key="open_lottery").click().run()
    lottery = find_lottery(root, app.query_params["group"])
    assert lottery is not None
    assert (lottery.most, lottery.template.title, lottery.recipes) == (12, "3b", ["rnn"])
    assert lottery.template.visitor == MINE
    assert "No dot yet" in shown(app)
    app.session_state["visitor_of_session"] = "c" * 32  # a student
    app.button(key="draw").click().run()
    assert "Your seed: 0 (rnn), waiting for its turn" in shown(app)
    assert [button.key for button in app.button if button.key == "draw"] == [], "one seed each"
    (ticket,) = [one.ticket for one in read_drawn(lottery)]
    assert ticket.visitor not in ("", MINE)


def test_the_secret_id_of_a_job_is_told_to_its_visitor_alone(root: Path, corpus: Path):
    lottery = toy_lottery(root, corpus)
    theirs, own = draw(lottery, "somebody"), draw(lottery, MINE)
    finish(lottery, theirs, corpus)
    text = sent(opened(SCRIPT, group=lottery.code))
    assert theirs.job not in text
    assert own.job in text
    assert id_of(root / "jobs" / own.job) == own.job


def test_an_empty_lottery_one_dot_and_several(root: Path, corpus: Path):
    lottery = toy_lottery(root, corpus)
    app = opened(SCRIPT, group=lottery.code)
    assert "No dot yet" in shown(app)
    assert charts(app) == 0
    finish(lottery, draw(lottery, "a"), corpus)
    lottery_resources._drawn.clear()
    app.run()
    assert charts(app) == 1
    assert "One seed does not say how far others would lie from it." in shown(app)
    assert "When two networks are complete" in shown(app)
    for number in range(3):
        finish(lottery, draw(lottery, f"b{number}"), corpus, turned=20 * (number + 1))
    lottery_resources._drawn.clear()
    app.query_params["of"] = "test"
    app.run()
    assert "rnn: 4 complete dots" in shown(app)
    assert "95% interval" in shown(app)
    assert "McNemar's test of the 60 reviews" in shown(app), "the first and the last differ on 60 reviews"
    assert "of the 6 pairs of dots of one recipe here, 1 (17%) differ by at least as much" in shown(app)


def test_a_dot_that_still_trains_is_shown_and_not_counted(root: Path, corpus: Path):
    lottery = filled(root, corpus, 2)
    finish(lottery, draw(lottery, "slow"), corpus, epochs=1)
    app = opened(SCRIPT, group=lottery.code)
    assert "2 of 20 seeds complete. Training or waiting: 1." in shown(app)
    assert "rnn: 2 complete dots" in shown(app)


def test_two_recipes_are_told_apart_when_they_differ_by_more_than_the_lottery(root: Path, corpus: Path):
    lottery = toy_lottery(root, corpus, most=20, names=("rnn", "bilstm"))
    for number in range(8):
        ticket = draw(lottery, f"student {number}")
        finish(lottery, ticket, corpus, turned=(10 if ticket.recipe else 150) + 3 * number)
        if number in (1, 5):
            lottery_resources._drawn.clear()
            said = shown(opened(SCRIPT, group=lottery.code, of="test"))
            expected = "Two complete dots of each" if number == 1 else "draw at least four of each recipe"
            assert expected in said
    lottery_resources._drawn.clear()
    said = shown(opened(SCRIPT, group=lottery.code, of="test"))
    assert "bilstm gets" in said
    assert "larger than the lottery" in said
    assert "2.9% of the ways" in said, "2 of the 70 ways to share out eight dots"


def test_a_full_queue_and_a_lottery_without_seeds_are_one_clear_line(root: Path, corpus: Path, monkeypatch):
    lottery = toy_lottery(root, corpus, most=2)
    draw(lottery, "a")
    monkeypatch.setenv("SENTIMENT_JOBS_MOST", "1")
    app = opened(SCRIPT, group=lottery.code)
    app.button(key="draw").click().run()
    assert "1 jobs wait already" in shown(app)
    monkeypatch.delenv("SENTIMENT_JOBS_MOST")
    draw(lottery, "b")
    app.button(key="draw").click().run()
    assert "All 2 seeds of this lottery are drawn." in shown(app)


def test_where_training_is_off_the_dots_are_shown_and_nobody_draws(root: Path, corpus: Path, monkeypatch):
    lottery = filled(root, corpus, 2)
    monkeypatch.setenv("SENTIMENT_TRAINING", "off")
    app = opened(SCRIPT, group=lottery.code)
    assert "Training is off" in shown(app)
    assert charts(app) == 1
    assert "draw" not in [button.key for button in app.button]
    assert "Training is off" in shown(opened(SCRIPT))


def test_a_projector_shows_the_picture_and_the_link_alone(root: Path, corpus: Path):
    app = opened(SCRIPT, group=filled(root, corpus, 3).code, view="projector")
    assert charts(app) == 1
    assert "draw" not in [button.key for button in app.button]
    assert "one" not in [box.key for box in app.selectbox], "no choice of two dots"


def test_an_unknown_code_is_told_and_a_code_can_be_typed(root: Path, corpus: Path):
    app = opened(SCRIPT, group="nothere")
    assert "There is no lottery nothere here." in shown(app)
    lottery = toy_lottery(root, corpus)
    app.text_input[0].set_value(f" {lottery.code.upper()} ")
    next(button for button in app.button if button.label == "Go to the lottery").click().run()
    assert app.query_params["group"] == lottery.code


def test_the_dots_are_saved_without_their_owners(root: Path, corpus: Path):
    lottery = filled(root, corpus, 2)
    draw(lottery, "somebody")
    rows = list(csv.DictReader(io.StringIO(dots_csv(lottery, read_drawn(lottery)).decode())))
    assert [(row["recipe"], row["seed"], row["state"]) for row in rows] == [
        ("rnn", "0", "done"),
        ("rnn", "1", "done"),
        ("rnn", "2", "waiting"),
    ]
    assert 0.5 < float(rows[0]["test_accuracy"]) <= 1
    assert rows[2]["test_accuracy"].lower() in ("", "nan")
    assert "somebody" not in str(rows)


def test_everything_is_said_in_korean_too(root: Path, corpus: Path):
    from tests.pages.opening import english_in

    lottery = filled(root, corpus, 3)
    assert english_in(opened(SCRIPT, lang="ko")) == []
    assert english_in(opened(SCRIPT, lang="ko", group=lottery.code, of="test")) == []


TOY = DataSet("toy", "toy", "toy", "", Reading("toy"))


def test_a_link_from_train_gives_its_recipes():
    link = "http://x/train?a=lstm&a_hidden_size=24&a_bidirectional=true&b=none&epochs=3&seed=7&lang=ko"
    data, (recipe,) = read_link(link, {"toy": TOY})
    assert data is TOY
    assert recipe == starting_point("lstm", "toy").change(hidden_size=24, bidirectional=True, epochs=3)
    assert len(read_link("?data=toy&epochs=2", {"toy": TOY})[1]) == 2, "RNN and BiLSTM are Train's own choice"


@pytest.mark.parametrize(
    "link",
    ["", "hello", "http://x/train?job=abcdefghabcdefgh", "?data=mine&a=rnn", "?a_hidden_size=wide", "?epochs=-1"],
)
def test_any_other_link_is_refused_in_one_line(link: str):
    with pytest.raises(PresetError) as refused:
        read_link(link, {"toy": TOY})
    assert "\n" not in str(refused.value)


def test_a_lottery_that_is_removed_while_a_page_shows_it_is_one_line(root: Path, corpus: Path):
    lottery = toy_lottery(root, corpus)
    app = opened(SCRIPT, group=lottery.code)
    shutil.rmtree(lottery.folder)
    app.button(key="draw").click().run()
    assert "There is no lottery" in shown(app)
    assert not lottery.folder.exists()

"""The command `sweep`. That it runs jobs is tested in tests/jobs/test_sweeping.py."""

import json
from pathlib import Path

import pytest

from sentiment_core.experiments.sweeps.plan import Search, make_sweep, read_sweep, write_sweep
from sentiment_core.experiments.sweeps.space import parse_axis
from sentiment_core.model.presets import preset
from sentiment_core.text.reviews import load_reviews
from tests.command_line import SMALL, Sentiment, refused
from tests.experiments.sweeps.sweeping import run_here

SIZES = {"embedding_size": 4, "hidden_size": 4, "max_length": 20, "batch_size": 200, "epochs": 1}
COMMAND = ("sweep", "bilstm", *SMALL, "--epochs", 1, "--vary", "learning_rate=0.001,0.05", "--seeds", 1)


@pytest.fixture(scope="module")
def done(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A sweep that is done. Read only."""
    reviews = load_reviews("toy")
    folder = tmp_path_factory.mktemp("swept") / "rates"
    axes = [parse_axis("learning_rate=0.001,0.05")]
    sweep = make_sweep(folder, preset("bilstm").change(**SIZES), axes, 1, Search(), reviews)
    write_sweep(sweep)
    run_here(sweep, reviews)
    return folder


def test_the_same_command_shows_what_is_done_and_another_is_refused(sentiment: Sentiment, done: Path):
    again = sentiment(*COMMAND, "--out", done)
    assert again.code == 0, again.err
    assert again.out == sentiment("sweep", "show", done).out
    header, best, other = again.out.splitlines()[:3]
    assert header.split() == ["setting", "learning_rate", "epochs", "valid", "±", "test", "state"]
    assert best.split()[0] == "*"
    assert (best.split()[-1], other.split()[-1]) == ("complete", "trained")
    assert "holds another sweep" in refused(sentiment(*COMMAND[:-1], 2, "--out", done))


def test_results_as_json(sentiment: Sentiment, done: Path):
    said = json.loads(sentiment("sweep", "show", done, "--json").out)
    assert [entry["setting"]["learning_rate"] for entry in said["settings"]] == [0.001, 0.05]
    best = said["settings"][said["best"] - 1]
    assert best["valid"] == max(entry["valid"] for entry in said["settings"])
    assert [entry["test"] is not None for entry in said["settings"]].count(True) == 1
    assert said["seeds"] == [read_sweep(done).base.seed]


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (("sweep", "nothing", "--out", "a"), "preset"),
        (("sweep", "rnn", "--out", "a", "--vary", "speed=1"), "No setting 'speed'"),
        (("sweep", "rnn", "--out", "a", "--vary", "hidden_size=0,8", "--data", "toy"), "hidden_size must be"),
        (("sweep", "rnn", "--out", "a", "--search", "best", "--data", "toy"), "No search 'best'"),
        (("sweep", "show", "a"), "holds no sweep"),
    ],
)
def test_what_cannot_be_done_is_one_line_and_leaves_nothing(arguments: tuple, words: str, sentiment: Sentiment):
    assert words in refused(sentiment(*arguments))
    assert not Path("a").exists()

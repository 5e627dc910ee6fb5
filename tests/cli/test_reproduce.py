"""The command `reproduce`, with systems that train in a second."""

import sys
from pathlib import Path

import pytest

from sentiment_core.cli.app import main
from sentiment_core.experiments.reproduction import systems
from sentiment_core.experiments.reproduction.runs import reproduce
from sentiment_core.model.config import Recipe
from tests.command_line import Result

TINY = Recipe("tiny").change(cell="gru", embedding_size=4, hidden_size=4, max_length=10, epochs=1, batch_size=400)


@pytest.fixture
def command(capsys: pytest.CaptureFixture, monkeypatch: pytest.MonkeyPatch, tmp_path: Path):
    """Runs `sentiment reproduce` with arguments in an empty folder, with tiny presets."""
    monkeypatch.setattr(systems, "PRESETS", {name: lambda name=name: TINY.change(preset=name) for name in ("a", "b")})
    monkeypatch.setattr(systems, "ABLATION", {})
    monkeypatch.setenv("SENTIMENT_CACHE", str(tmp_path / "cache"))
    monkeypatch.chdir(tmp_path)

    def run(*arguments: str) -> Result:
        monkeypatch.setattr(sys, "argv", ["sentiment", "reproduce", *arguments])
        with pytest.raises(SystemExit) as exit:
            main()
        return Result(exit.value.code or 0, *capsys.readouterr())

    return run


def test_progress_goes_to_standard_error_and_one_table_to_standard_output(command):
    result = command("a", "majority", "--data", "toy", "--out", "made", "--seeds", "2", "--docs", "docs/results.md")
    assert result.code == 0
    rows = [line.split(" | ")[0].strip("| ") for line in result.out.splitlines()]
    assert rows == ["system", "---", "majority", "a"]
    assert [line.split(":")[0] for line in result.err.splitlines()] == ["majority", "a seed 0", "a seed 1"]
    page = Path("docs/results.md").read_text(encoding="utf-8")
    assert "| a | 2 |" in page

    Path("docs/results.md").unlink()
    again = command("a", "--no-train", "--out", "made", "--docs", "docs/results.md")
    assert (again.code, again.err) == (0, "")
    assert Path("docs/results.md").read_text(encoding="utf-8") == page, (
        "the page holds all that is there, whatever was asked for"
    )
    assert "majority" not in again.out


def test_the_list_does_nothing(command):
    result = command("--list", "presets", "faithful")
    names = [line.split()[1] for line in result.out.splitlines()]
    assert (names[-2:], "faithful-gru" in names, "majority" in names) == (["a", "b"], True, False)
    assert not Path("runs").exists()


def test_the_list_describes_the_baselines_and_has_the_korean_systems(command):
    lines = command("--list").out.splitlines()
    assert {line.split()[0] for line in lines} >= {"faithful", "baselines", "presets", "korean"}
    described = {name: remark for _, name, *remark in map(str.split, lines)}
    assert " ".join(described["majority"]) == "Always predicts the majority class."
    assert all(described[line.split()[1]] for line in lines if line.startswith("baselines"))


@pytest.mark.parametrize(
    ("arguments", "expected"),
    [
        (["c"], "No system c. Choose among faithful, baselines, presets, ablation,"),
        (["a", "--data", "missing.csv"], "No file or folder missing.csv"),
        (["a", "--no-train", "--docs", "page.md"], "holds no figures. Run reproduce first."),
    ],
)
def test_what_cannot_be_done_is_one_line(arguments: list[str], expected: str, command):
    result = command(*arguments, "--out", "made")
    assert (result.code, result.out) == (2, "")
    assert result.err.startswith("error: ")
    assert result.err.count("\n") == 1
    assert expected in result.err


def test_interrupted_it_says_how_to_go_on(command, monkeypatch: pytest.MonkeyPatch):
    def interrupted(*arguments: object):
        yield from reproduce(*arguments)
        raise KeyboardInterrupt

    monkeypatch.setattr("sentiment_core.experiments.reproduction.runs.reproduce", interrupted)
    result = command("majority", "--data", "toy", "--out", "made")
    assert result.code == 130
    assert result.err.endswith("Interrupted. Run the same command again to continue.\n")
    assert "Traceback" not in result.err


def test_a_failed_run_is_an_error_and_the_table_of_the_others_is_printed(command, monkeypatch: pytest.MonkeyPatch):
    wild = TINY.change(preset="b", cell="rnn_relu", learning_rate=1e30)
    monkeypatch.setattr(systems, "PRESETS", {"a": lambda: TINY.change(preset="a"), "b": lambda: wild})
    result = command("a", "b", "--data", "toy", "--out", "made", "--seeds", "1")
    assert result.code == 2
    assert result.err.splitlines()[-1].startswith("error: b seed 0 failed; see the messages above.")
    assert "| a | 1 |" in result.out

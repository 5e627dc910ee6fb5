"""A user without a home folder, and one without permission to read another's runs, each in a process of that user."""

import json
import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Callable
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
NOBODY = 54321  # an unknown user, which therefore has no home

BECOME_NOBODY = f"import os; os.setgroups([]); os.setuid({NOBODY})\n"

Run = Callable[[str], str]


@pytest.fixture(scope="module")
def as_nobody() -> Run:
    """Runs a script in a new process. From `BECOME_NOBODY` on, its user owns nothing here and has no home."""
    if not hasattr(os, "geteuid") or os.geteuid() != 0:
        pytest.skip("only root may become another user")
    environment = {name: value for name, value in os.environ.items() if name not in ("HOME", "SENTIMENT_CACHE")}

    def run(script: str) -> str:
        called = [sys.executable, "-c", script]
        done = subprocess.run(called, cwd=ROOT, env=environment, capture_output=True, encoding="utf-8")
        assert done.returncode == 0, done.stderr
        return done.stdout.strip()

    return run


ASK = """
import json
from pathlib import Path
from sentiment_core.runs.listing import (list_runs)
from sentiment_core.errors import SentimentError
from sentiment_core.model.weights import load_model
from sentiment_core.text.corpus import load_corpus, load_lengths
from sentiment_core.text.tokenization import load_tokenizer
from sentiment_core.runs.frames import load_frames
from sentiment_core.runs.reading import count_parameters, load_run

def answers(corpus):
    asked = dict(
        corpus=lambda: load_corpus(corpus),
        lengths=lambda: load_lengths(load_corpus(corpus)),
        run=lambda: load_run(corpus / "tiny"),
        scores=lambda: load_run(corpus / "tiny").scores(),
        valid=lambda: load_run(corpus / "tiny").valid_scores(),
        parameters=lambda: count_parameters(corpus / "tiny"),
        model=lambda: load_model(corpus / "tiny"),
        frames=lambda: load_frames(corpus / "tiny"),
        tokenizer=lambda: load_tokenizer(corpus / "tiny" / "tokenizer.json"),
    )
    said = {{}}
    for name, ask in asked.items():
        try:
            ask()
        except SentimentError as error:
            said[name] = str(error)
    names, problems = ([], []) if "corpus" in said else list_runs(load_corpus(corpus))
    return said, [run.name for run in names], list(map(str, problems))

corpora = sorted(Path({folder!r}).iterdir())
answers(corpora[0])  # imports all that it needs, which the other user may not be able to read
{become}
print(json.dumps({{corpus.name: answers(corpus) for corpus in corpora}}))
"""
CLOSED = {  # what the other user cannot read, and the checks that therefore fail
    "": set(),
    "tiny/recipe.json": {"run", "scores", "valid"},
    "tiny/history.jsonl": {"run", "scores", "valid"},
    "tiny/test.parquet": {"scores"},
    "tiny/valid.parquet": {"valid"},
    "tiny/model.safetensors": {"parameters", "model"},
    "tiny/config.json": {"model"},
    "tiny/frames.safetensors": {"frames"},
    "tiny/tokenizer.json": {"tokenizer"},
    "tiny": {"run", "scores", "valid", "parameters", "model", "frames", "tokenizer"},
    "lengths.parquet": {"lengths"},
    "corpus.json": {"corpus", "lengths"},
}


def test_what_another_user_may_not_read_is_neither_missing_nor_damaged(as_nobody: Run, toy_corpus: Path):
    """In a corpus of two runs in which one thing is unreadable.

    One process makes all checks, because it starts slowly.
    """
    with tempfile.TemporaryDirectory() as folder:  # pytest's own folders can be read by their owner only
        Path(folder).chmod(0o755)
        for place, closed in enumerate(CLOSED):
            corpus = shutil.copytree(toy_corpus, Path(folder) / f"{place:02}")
            shutil.copytree(corpus / "tiny", corpus / "other")
            if closed:
                (corpus / closed).chmod(0)
        answers = json.loads(as_nobody(ASK.format(folder=folder, become=BECOME_NOBODY)))
    for closed, (said, names, problems) in zip(CLOSED, answers.values(), strict=True):
        assert said.keys() == CLOSED[closed], closed
        for line in said.values():
            assert "may not be read by this user" in line
            assert "\n" not in line
        if "corpus" not in said:
            unread = "run" in said
            assert names == (["other"] if unread else ["other", "tiny"]), f"a closed {closed} hides none of the others"
            assert len(problems) == unread, closed


def test_a_user_without_a_home_has_a_cache_for_itself(as_nobody: Run):
    ask = "from sentiment_core.text.encoding import default_cache\n" + BECOME_NOBODY + "print(default_cache())"
    assert as_nobody(ask) == str(Path(tempfile.gettempdir()) / f"sentiment-lab-{NOBODY}")


def test_so_has_one_whose_home_may_not_be_written_to(as_nobody: Run):
    ask = "from sentiment_core.text.encoding import default_cache\n" + BECOME_NOBODY
    ask += "os.environ['HOME'] = '/'\nprint(default_cache())"
    assert as_nobody(ask) == str(Path(tempfile.gettempdir()) / f"sentiment-lab-{NOBODY}")

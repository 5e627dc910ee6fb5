"""A model of the Hub that a job scored, on the parts of the Test set page."""

from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest

from sentiment_core.jobs.kept import Kept, write_kept
from sentiment_core.jobs.layout import scoring_folder
from sentiment_core.runs.layout import TEST, VALID
from sentiment_core.runs.scores import Scores, load_scores, save_scores
from sentiment_core.text.corpus import load_corpus
from tests.conftest import ROOT
from tests.pages.parts_of_test_set import open_part, table, told

TOY = ROOT / "checkpoints" / "toy"
NAME = "hub:owner/three"
NOTE = f"{NAME} can say neutral. That does not count here"


@pytest.fixture
def keep(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Callable[..., None]:
    """Writes what a job keeps of a model with three labels that is sure and right, and neutral on some reviews."""
    monkeypatch.setenv("SENTIMENT_RUNS", str(tmp_path))

    def write(neutral: int) -> None:
        corpus = load_corpus(TOY)
        folder = scoring_folder(tmp_path, corpus.fingerprint, NAME)
        folder.mkdir(parents=True)
        for file in (TEST, VALID):
            labels = load_scores(TOY / "bilstm", file).labels
            logits = np.where(labels == 1, 1e30, -1e30).astype(np.float32)  # more than the file can hold
            save_scores(folder, Scores(labels, logits, np.arange(len(labels)) < neutral), file)
        sides = ("negative", "neutral", "positive")
        write_kept(folder, Kept(NAME, "", sides, sides, corpus.source, corpus.fingerprint, {}, 1.0, {}))

    return write


@pytest.mark.parametrize("part", ["curves", "calibration"])
def test_where_neutral_does_not_count_that_is_said(part: str, keep: Callable[..., None]):
    keep(neutral=100)
    app = open_part(part, corpus="toy", runs=[NAME, "bilstm"])
    assert f"{NAME} gets 90.0% right" in told(app)
    assert f"{NAME} calls 10.0% of the reviews neutral" in told(app)
    assert NOTE in told(app)
    if part == "curves":
        assert table(app)[0]["false positives"] == "0 (0.0%)"


def test_a_model_that_is_never_neutral_needs_no_note(keep: Callable[..., None]):
    keep(neutral=0)
    assert NOTE not in told(open_part("curves", corpus="toy", runs=[NAME, "bilstm"]))


def test_words_are_not_promised_for_it(keep: Callable[..., None]):
    keep(neutral=0)
    app = open_part("words", corpus="toy", runs=[NAME, "bilstm"])
    assert [info.value for info in app.info] == [
        "Words are counted for the classifiers of the corpus folder, not for models from the Hub."
    ]

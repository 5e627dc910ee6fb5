"""The study of small networks that must remember over a distance."""

import json
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from sentiment_core.errors import NewerRunError, RunError
from sentiment_core.experiments import distance
from sentiment_core.experiments.distance import CONDITIONS, SEEDS, run_study
from sentiment_core.experiments.distance_study import FILE, load_study, write_study


def test_a_study_is_written_read_and_repeated(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(distance, "TRAIN", 64)
    monkeypatch.setattr(distance, "VALID", 32)
    monkeypatch.setattr(distance, "SHARED", {**distance.SHARED, "epochs": 1, "hidden_size": 8})
    one = (replace(CONDITIONS[0], name="a"), replace(CONDITIONS[0], name="b", clip=0.0))
    *_, study = run_study(one, seeds=(0, 1))
    *_, again = run_study(one, seeds=(0, 1))
    assert study == again, "equal seeds give equal figures"
    write_study(tmp_path, study)
    assert load_study(tmp_path) == study
    assert [outcome.seed for outcome in study.outcomes["a"]] == [0, 1]
    assert [len(outcome.before) for outcome in study.outcomes["a"]] == [len(study.distances)] * 2
    assert study.outcomes["a"][0].before[0] == pytest.approx(0, abs=1e-3)
    assert study.outcomes["a"][0].before == study.outcomes["b"][0].before, "clipping changes no start"


def test_a_corpus_without_a_study_and_damage(tmp_path: Path, published: Path):
    assert load_study(tmp_path) is None
    content = json.loads((published.parent / "toy" / FILE).read_text(encoding="utf-8"))
    for damage in ("{", json.dumps(content | {"distances": [1]}), "[]"):
        (tmp_path / FILE).write_text(damage, encoding="utf-8")
        with pytest.raises(RunError, match=r"distance\.json is damaged"):
            load_study(tmp_path)
    (tmp_path / FILE).write_text(json.dumps(content | {"format": {"version": 9, "needs": "9.9.0"}}), encoding="utf-8")
    with pytest.raises(NewerRunError):
        load_study(tmp_path)


def test_the_published_study_says_what_the_lesson_says(published: Path):
    """A plain RNN stays at chance; an LSTM whose gates begin open, and an identity start with clipping, learn."""
    study = load_study(published.parent / "toy")
    assert study.outcomes.keys() == {condition.name for condition in CONDITIONS}
    assert all([outcome.seed for outcome in found] == list(SEEDS) for found in study.outcomes.values())
    learned = {name: sum(outcome.accuracies[-1] > 0.75 for outcome in found) for name, found in study.outcomes.items()}
    assert learned["rnn"] == learned["rnn-unclipped"] == learned["relu"] == learned["relu-unclipped"] == 0
    assert learned["lstm-open"] >= 3
    assert learned["identity"] == 5
    assert learned["identity-unclipped"] < 5
    far = {name: np.mean([outcome.before[-1] for outcome in found]) for name, found in study.outcomes.items()}
    assert far["rnn"] < -10 < far["lstm-open"] < far["identity"], "what arrives before training decides it"

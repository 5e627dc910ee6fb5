"""The scores that a job keeps are those of the classifier, also after a kill; what cannot be scored says why."""

import json
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest
import torch
from safetensors.torch import load_file, save_file

from sentiment_core.classifiers.loading import load_classifier
from sentiment_core.errors import DataError, ModelError, UnknownLabelsError
from sentiment_core.jobs import scoring, worker
from sentiment_core.jobs.desk import Desk
from sentiment_core.jobs.events import follow
from sentiment_core.jobs.folders import read_folder, read_progress
from sentiment_core.jobs.kept import RESULT, kept_scores, list_kept, load_kept
from sentiment_core.jobs.layout import OUTCOME, PROGRESS, TURN
from sentiment_core.jobs.records import Job, State
from sentiment_core.jobs.scoring import PARTIAL, STRETCH
from sentiment_core.runs import layout
from sentiment_core.runs.error_tokens import load_error_tokens
from sentiment_core.storage.processes import environment
from sentiment_core.text.corpus import Corpus, load_corpus
from sentiment_core.text.encoding import encode_reviews
from sentiment_core.text.review_counts import count_reviews
from sentiment_core.text.reviews import load_reviews
from sentiment_core.text.tokenization import load_tokenizer
from tests.classifiers.tiny_bert import save_bert
from tests.conftest import ROOT
from tests.full_disk import full_disk
from tests.jobs.conftest import score

Write = Callable[..., Job]
Hub = Callable[[str], str]


def kept_logits(folder: Path) -> list[list[float]]:
    return [kept_scores(folder, name).logits.tolist() for name in (layout.TEST, layout.VALID)]


def test_the_kept_scores_are_those_of_the_classifier(written: Write, cached_model: Hub, root: Path, corpus: Corpus):
    """On both splits, rounded as those of a run; with the model's commit, its labels and the reviews' fingerprint."""
    name = cached_model("three")
    job = written(name)
    score(job)
    assert list_kept(corpus, root) == {"hub:owner/three": job.folder}
    kept, reviews = load_kept(job.folder), load_reviews("toy")
    assert (kept.labels, kept.sides) == (("negative", "neutral", "positive"),) * 2
    assert kept.revision == "0123456789abcdef0123456789abcdef01234567"
    assert kept.fingerprint == reviews.fingerprint
    assert kept.splits == {split: reviews.splits[split].fingerprint for split in ("test", "valid")}
    assert {"torch", "transformers", "tokenizers", "device"} <= kept.machine.keys()
    classifier = load_classifier(name)
    for split, file in (("test", layout.TEST), ("valid", layout.VALID)):
        direct, found = classifier.evaluate(reviews.splits[split]), kept_scores(job.folder, file)
        np.testing.assert_allclose(found.logits, direct.scores.logits, rtol=1e-3, atol=1e-3)
        assert np.array_equal(found.labels, reviews.splits[split].labels)
        assert np.array_equal(found.neutral, direct.scores.neutral)
        assert 0 < found.neutral.mean() < 1
        assert found.accuracy == pytest.approx(direct.accuracy, abs=2e-3)
        assert found.accuracy < 1 - found.neutral.mean(), "a neutral verdict is not right"
    errors = load_error_tokens(job.folder, corpus)
    wrong = ~kept_scores(job.folder, layout.TEST).right
    encoded = encode_reviews(reviews.test, load_tokenizer(corpus.path / "tokenizer.json"))
    assert errors.totals.tolist() == count_reviews(encoded, corpus.vocab_size, wrong).sum(axis=0).tolist()
    assert errors.totals.all()
    assert not (job.folder / PARTIAL).exists()
    progress = read_progress(job.folder)
    assert (progress.done, progress.total, progress.left) == (1400, 1400, 0)


def test_two_labels_leave_no_review_neutral(written: Write, cached_model: Hub):
    job = written(cached_model("two"))
    score(job)
    assert kept_scores(job.folder, layout.TEST).neutral is None


def test_a_killed_job_goes_on_and_has_the_same_scores(written: Write, cached_model: Hub):
    """Killed as by kill -9 after 17 stretches, 16 of the test split and one of the valid split, and started again."""
    job, script = written(cached_model("two")), job_script(17)
    done = 1000 + STRETCH
    command = [sys.executable, "-c", script, str(job.folder)]
    ended = subprocess.run(command, env=environment(), capture_output=True, encoding="utf-8", check=False)
    assert ended.returncode != 0
    assert read_folder(job.folder).state == State.LOST, ended.stderr
    assert read_progress(job.folder).saved == done
    assert not (job.folder / RESULT).exists()
    score(job)
    stages = [event for event in follow(job.folder)[0] if event.get("stage") == "scoring"]
    assert [event["done"] for event in stages] == [0, done], "what was done is not done again"
    went_on = kept_logits(job.folder)
    for path in job.folder.glob("*.parquet"):
        path.unlink()
    score(job)
    assert kept_logits(job.folder) == went_on


def job_script(stretches: int) -> str:
    """A worker that saves after each stretch, and is killed after some of them."""
    return f"""
import sys, psutil
from pathlib import Path
from sentiment_core.jobs import desk, scoring, worker
scoring._SAVE_EVERY, desk._HELP_EVERY = 0, 1e9
looks = 0
def look(self, step=True):
    global looks
    looks += 1
    if looks == {stretches} + 1:  # the first look is before scoring
        self._write_progress()
        psutil.Process().kill()
desk.Desk.check = look
worker.work(Path(sys.argv[1]))
"""


def test_of_another_revision_nothing_is_kept(written: Write, cached_model: Hub, monkeypatch: pytest.MonkeyPatch):
    job = written(cached_model("two"))
    classifier = load_classifier(job.request.model)
    texts = {split: scoring.find_texts(load_corpus(Path(job.request.corpus)), split, Path()) for split in ("test",)}
    about = scoring._describe(job.request, load_corpus(Path(job.request.corpus)), classifier, texts)
    work = scoring._nothing_yet(texts, 2)
    work.done["test"] = STRETCH
    path = job.folder / PARTIAL
    scoring._save_partial(path, work, about)
    assert scoring._load_partial(path, about).done == {"test": STRETCH}
    for other in ({"revision": "f" * 40}, {"splits": {"test": "0" * 16}}, {"machine": {}}, {"sides": ("neutral",) * 2}):
        assert scoring._load_partial(path, scoring.replace(about, **other)) is None


@pytest.mark.parametrize("content", [b"", b"{}", b"\0" * 100])
def test_damaged_partial_scores_and_progress_are_made_again(written: Write, cached_model: Hub, content: bytes):
    job = written(cached_model("two"))
    for name in (PARTIAL, PROGRESS):
        (job.folder / name).write_bytes(content)
    assert read_folder(job.folder).done == 0
    score(job)
    assert len(kept_scores(job.folder, layout.TEST).logits) == 1000


def test_labels_without_a_side_are_named_and_may_be_given_one(written: Write, cached_model: Hub):
    """As of a model with five stars that calls them LABEL_0 to LABEL_4."""
    name = cached_model("unnamed")
    with pytest.raises(UnknownLabelsError) as caught:
        score(written(name))
    assert caught.value.labels == tuple(f"LABEL_{number}" for number in range(5))
    job = written(
        name, sides=dict(zip(caught.value.labels, ["negative"] * 2 + ["neutral"] + ["positive"] * 2, strict=True))
    )
    score(job)
    assert kept_scores(job.folder, layout.TEST).neutral is not None


def test_a_model_with_one_label_is_refused(written: Write, cached_model: Hub):
    with pytest.raises(ModelError, match="does not choose one of several labels"):
        score(written(cached_model("one")))


def test_logits_that_are_no_numbers_are_one_line(written: Write, cached_model: Hub, tiny_models: Path):
    broken = save_bert(tiny_models / "broken", ["negative", "positive"])
    weights = load_file(broken / "model.safetensors")
    weights["classifier.bias"] = torch.tensor([0.0, float("nan")])
    save_file(weights, broken / "model.safetensors", metadata={"format": "pt"})
    job = written(cached_model("broken"))
    with pytest.raises(ModelError, match="owner/broken answers this text with numbers that are not finite"):
        score(job)
    assert not (job.folder / RESULT).exists()


def test_without_the_network_and_uncached_it_says_what_to_do(written: Write, cached_model: Hub):
    cached_model("two")
    with pytest.raises(ModelError, match="owner/absent is not on this machine and the Hub cannot be reached"):
        score(written("hub:owner/absent"))


def test_without_the_data_set_it_says_what_would_help(
    written: Write, cached_model: Hub, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.delenv("SENTIMENT_KOREAN", raising=False)
    job = written(cached_model("two"))
    korean = Path(ROOT / "checkpoints" / "korean")
    with pytest.raises(DataError, match="SENTIMENT_KOREAN"):
        score(scoring.replace(job, request=scoring.replace(job.request, corpus=str(korean))))


@pytest.mark.parametrize(
    ("error", "problem"),
    [
        (MemoryError(), "does not fit into the memory of this machine"),
        (RuntimeError("[enforce fail at alloc_cpu.cpp] can't allocate memory: 9 GB"), "does not fit into the memory"),
        (OSError(28, "No space left on device"), "Cannot write the results: No space left on device."),
        (
            ZeroDivisionError("division\nby zero"),
            "The job ended with an error: division by zero. Its log",
        ),
    ],
)
def test_an_error_is_the_outcome_in_one_line(
    error: Exception, problem: str, written: Write, monkeypatch: pytest.MonkeyPatch
):
    def fail(desk: Desk) -> None:
        raise error

    monkeypatch.setattr(scoring, "work", fail)
    job = written("hub:owner/any")
    worker.work(job.folder)
    ended = read_folder(job.folder)
    assert ended.state == State.FAILED
    assert problem in str(ended.problem)
    assert "\n" not in str(ended.problem)


def test_on_a_full_disk_nothing_half_written_is_left(written: Write, cached_model: Hub):
    """The job says that there is no space; with space again it goes on."""
    job = written(cached_model("two"))
    with full_disk():
        worker.work(job.folder)
    ended = read_folder(job.folder)
    assert ended.state == State.FAILED
    assert "Free some space" in str(ended.problem)
    assert not list(job.folder.glob(".*.writing"))
    assert not (job.folder / RESULT).exists()
    (job.folder / OUTCOME).unlink()
    (job.folder / TURN).touch()
    worker.work(job.folder)
    assert read_folder(job.folder).state == State.DONE
    assert len(kept_scores(job.folder, layout.VALID).logits) == 400


@pytest.mark.parametrize("content", ["", "{", "[]", json.dumps({"name": "x"})])
def test_damaged_results_are_not_offered(content: str, written: Write, root: Path, corpus: Corpus):
    job = written("hub:owner/any")
    (job.folder / RESULT).write_text(content, encoding="utf-8")
    assert list_kept(corpus, root) == {}

"""Runs that were trained here: who sees which, where they stand, and what happens when one is deleted."""

import json
import shutil
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from pages.shared import trained_runs
from pages.shared.trained_runs import Origin
from sentiment_core.jobs.uploads import add_upload
from sentiment_core.text.corpus import load_corpus
from tests.pages.opening import open_page
from tests.pages.trained import MINE, SOMEBODY, add_trained, opened, sent

OVERVIEW, ONE_REVIEW, DRIFT = "pages/home/overview.py", "pages/compare/one_review.py", "pages/embeddings/drift.py"
# Pages with their parameter for a run.
PAGES = {
    DRIFT: "left",
    ONE_REVIEW: "runs",
    "pages/compare/test_set.py": "runs",
    "pages/inside/memory.py": "runs",
    "pages/inside/forgetting.py": "runs",
    "pages/inside/mechanics.py": "run",
}


@pytest.fixture
def root(monkeypatch, tmp_path: Path, toy_corpus: Path) -> Path:
    """An empty folder of live runs, beside a published toy corpus with the run `tiny`."""
    shutil.copytree(toy_corpus, tmp_path / "checkpoints" / "toy")
    monkeypatch.setenv("SENTIMENT_CHECKPOINTS", str(tmp_path / "checkpoints"))
    monkeypatch.setenv("SENTIMENT_RUNS", str(tmp_path / "runs"))
    return tmp_path / "runs"


def offered(app: AppTest) -> list[str]:
    """The classifiers that One review offers."""
    assert not app.exception
    return app.multiselect(key="runs").options


def shown(app: AppTest) -> str:
    """What the page says in warnings, errors and captions."""
    assert not app.exception
    return "\n".join(line.value for line in (*app.warning, *app.error, *app.info, *app.caption)).replace("\\", "")


def test_runs_of_published_reviews_stand_with_the_published_ones(root: Path, toy_corpus: Path):
    add_trained(root, toy_corpus, "rnn-2222", at=2000)
    add_trained(root, toy_corpus, "rnn-1111", at=1000)
    add_trained(root, toy_corpus, "rnn-3333", at=3000)
    app = opened(ONE_REVIEW)
    assert offered(app)[:4] == ["tiny", "rnn-3333", "rnn-2222", "rnn-1111"], "published first, then the newest"
    assert "corpus" not in [box.key for box in app.selectbox], "the corpus is not offered twice"


def test_visitors_see_their_own_and_pinned_runs_and_those_that_an_address_names(root: Path, toy_corpus: Path):
    add_trained(root, toy_corpus, "rnn-mine")
    add_trained(root, toy_corpus, "rnn-theirs", visitor=SOMEBODY)
    (add_trained(root, toy_corpus, "rnn-pinned", visitor=SOMEBODY) / "pinned").touch()
    add_trained(root, toy_corpus, "rnn-nobodys", visitor="")
    assert offered(opened(ONE_REVIEW)) == ["tiny", "rnn-pinned", "rnn-mine"]
    app = opened(ONE_REVIEW, runs=["tiny", "rnn-theirs"])
    assert offered(app) == ["tiny", "rnn-pinned", "rnn-mine", "rnn-theirs"]
    assert app.multiselect(key="runs").value == ["tiny", "rnn-theirs"]
    app.switch_page("pages/inside/memory.py").run()
    assert app.multiselect(key="runs").value == ["tiny", "rnn-theirs"], "the menu's links carry no run"


def test_a_visitor_at_this_machine_sees_all(root: Path, toy_corpus: Path, monkeypatch):
    add_trained(root, toy_corpus, "rnn-theirs", visitor=SOMEBODY)
    add_trained(root, toy_corpus, "rnn-nobodys", visitor="")
    assert offered(opened(ONE_REVIEW)) == ["tiny"]
    monkeypatch.setattr("pages.shared.visitors.is_local", lambda handshake: True)
    assert set(offered(opened(ONE_REVIEW))) == {"tiny", "rnn-theirs", "rnn-nobodys"}


def test_reviews_that_no_published_corpus_has_are_a_corpus_of_their_own(root: Path, toy_corpus: Path, monkeypatch):
    """Its folder has the secret id of an upload, which no page shows."""
    add_trained(root, toy_corpus, "rnn-mine")
    place = root / "trained" / load_corpus(toy_corpus).fingerprint
    secret = place.rename(place.with_name("s3cr3t7a2b4c6d2e"))
    card = json.loads((secret / "corpus.json").read_text(encoding="utf-8"))
    card |= {"fingerprint": "another", "source": "uploads/s3cr3t7a2b4c6d2e/my reviews.csv"}
    (secret / "corpus.json").write_text(json.dumps(card), encoding="utf-8")
    for job in (root / "jobs").iterdir():
        request = json.loads((job / "job.json").read_text(encoding="utf-8"))
        request["request"]["folder"] = str(secret)
        (job / "job.json").write_text(json.dumps(request), encoding="utf-8")
    name = load_corpus(secret).name
    assert name.startswith("my-reviews-")
    app = opened(ONE_REVIEW, corpus=name)
    assert app.selectbox(key="corpus").options == ["toy", name]
    assert offered(app) == ["rnn-mine"]
    assert "s3cr3t" not in sent(app)
    monkeypatch.setenv("SENTIMENT_TRAINING", "on")
    rows = "".join(f"film {k},{k % 2}\n" for k in range(60))
    upload = add_upload(root, MINE, "more.csv", f"text,label\n{rows}".encode(), 10**6, 1)
    app = opened("pages/learn/own_data.py", upload=upload.id)
    assert f"{name}: rnn-mine" in app.selectbox(key="scorer").options
    assert "s3cr3t" not in sent(app)
    weights = secret / "rnn-mine" / "model.safetensors"
    weights.write_bytes(weights.read_bytes()[:100])
    app = opened(ONE_REVIEW, corpus=name)
    assert "rnn-mine/model.safetensors is truncated" in sent(app).replace("\\", "")
    assert "s3cr3t" not in sent(app)
    strangers = open_page(ONE_REVIEW)
    assert "corpus" not in [box.key for box in strangers.selectbox]


def test_a_title_says_when_a_run_was_trained_here_and_its_seed(root: Path, toy_corpus: Path):
    job = add_trained(root, toy_corpus, "rnn-7f3a", at=1_700_000_000, seed=3)
    app = opened(ONE_REVIEW, runs=["tiny", "rnn-7f3a"])
    assert "rnn-7f3a (trained here 2023-11-1" in shown(app)
    assert ", seed 3)" in shown(app)
    assert "여기에서 학습" in shown(opened(ONE_REVIEW, runs=["tiny", "rnn-7f3a"], lang="ko"))
    assert job.name not in sent(app)


def test_the_leaderboard_ranks_pinned_runs_with_a_mark_and_no_controls(root: Path, toy_corpus: Path):
    (add_trained(root, toy_corpus, "rnn-pinned", visitor=SOMEBODY) / "pinned").touch()
    add_trained(root, toy_corpus, "rnn-shuffled", shuffle_labels=True)
    add_trained(root, toy_corpus, "rnn-broken")
    path = root / "trained" / load_corpus(toy_corpus).fingerprint / "rnn-broken" / "recipe.json"
    about = json.loads(path.read_text(encoding="utf-8"))
    path.write_text(json.dumps(about | {"variation": {"fault": "padding"}}), encoding="utf-8")
    app = opened(OVERVIEW)
    systems = [name for name in app.dataframe[0].value["system"] if name.startswith(("tiny", "rnn"))]
    assert len(systems) == 2
    assert any(name.startswith("rnn-pinned (pinned, trained here") for name in systems)
    assert "rnn-shuffled" in shown(app)
    assert "rnn-broken" in shown(app)


def test_the_leaderboard_shows_the_newest_of_many_runs_and_the_rest_if_asked(root: Path, toy_corpus: Path):
    for number in range(10):
        add_trained(root, toy_corpus, f"rnn-000{number}", at=1000 + number)
    app = opened(OVERVIEW)
    systems = "\n".join(app.dataframe[0].value["system"])
    assert "rnn-0009" in systems
    assert "rnn-0001" not in systems
    app.toggle(key="trained").set_value(True).run()
    assert "rnn-0001" in "\n".join(app.dataframe[0].value["system"])


def test_a_run_without_a_checkpoint_is_not_listed_and_a_damaged_one_is_named(root: Path, toy_corpus: Path):
    add_trained(root, toy_corpus, "rnn-begun")
    add_trained(root, toy_corpus, "rnn-broken")
    place = root / "trained" / load_corpus(toy_corpus).fingerprint
    (place / "rnn-begun" / "history.jsonl").unlink()
    (place / "rnn-broken" / "history.jsonl").write_text("{", encoding="utf-8")
    app = opened(ONE_REVIEW)
    assert offered(app) == ["tiny"]
    assert "rnn-broken, which was trained here, is damaged" in shown(app)
    assert "rnn-begun" not in shown(app)
    assert str(place) not in shown(app)


@pytest.mark.parametrize("script", PAGES)
def test_every_page_shows_a_run_and_says_when_it_was_deleted(script: str, root: Path, toy_corpus: Path, chosen):
    chosen()
    add_trained(root, toy_corpus, "rnn-mine")
    asked = {PAGES[script]: "rnn-mine"} | ({"step": "bank"} if PAGES[script] == "run" else {})
    app = opened(script, **asked)
    assert not app.exception
    assert not app.error, shown(app)
    shutil.rmtree(root / "trained" / load_corpus(toy_corpus).fingerprint / "rnn-mine")
    app.run()
    assert not app.exception
    assert "Traceback" not in shown(app)


def test_runs_trained_here_do_not_change_what_drift_shows_at_first(root: Path, toy_corpus: Path, chosen):
    chosen()
    add_trained(root, toy_corpus, "rnn-mine")
    app = opened(DRIFT)
    assert (app.selectbox(key="left").value, app.selectbox(key="right").value) == ("tiny", "nothing")
    assert "rnn-mine" in app.selectbox(key="left").options


def test_a_run_deleted_while_a_page_shows_it_is_one_clear_line(root: Path, toy_corpus: Path):
    """A part of the page that runs alone still has the list of before."""
    add_trained(root, toy_corpus, "rnn-mine")
    folder = root / "trained" / load_corpus(toy_corpus).fingerprint / "rnn-mine"
    trained_runs.check_there(folder)
    shutil.rmtree(folder)
    with pytest.raises(trained_runs.RunError, match="rnn-mine is not there any more"):
        trained_runs.check_there(folder)


def test_a_damaged_request_has_no_owner(root: Path, toy_corpus: Path):
    job = add_trained(root, toy_corpus, "rnn-mine")
    assert [origin.visitor for origin in trained_runs.list_origins(root).values()] == [MINE]
    (job / "job.json").write_text("[]", encoding="utf-8")
    assert trained_runs.list_origins(root) == {}
    assert Origin().visitor == ""

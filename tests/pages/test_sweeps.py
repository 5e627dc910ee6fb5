"""The page Sweeps: without a sweep, with one that is begun, and with one that is done."""

import csv
import io
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from pages.learn.sweeps_parts.settings import sweep_csv
from pages.shared import sweep_resources
from sentiment_core.experiments.sweeps.plan import Search, Sweep
from sentiment_core.experiments.sweeps.results import best_setting, note_problem, read_results
from sentiment_core.messages import lazy
from sentiment_core.model.config import Recipe
from sentiment_core.text.reviews import Reviews
from tests.experiments.sweeps.sweeping import planned, run_here
from tests.pages.opening import english_in, open_page, page_links

SCRIPT = "pages/learn/sweeps.py"
VARY = "learning_rate=0.0001,0.05"


@pytest.fixture
def make(monkeypatch: pytest.MonkeyPatch, tmp_path: Path, recipe: Recipe, reviews: Reviews) -> Callable[..., Sweep]:
    """Plans a sweep below an empty folder of live runs."""
    monkeypatch.setenv("SENTIMENT_RUNS", str(tmp_path / "runs"))
    sweep_resources._sweeps.clear()
    sweep_resources._results.clear()
    return lambda name, *vary, **given: planned(tmp_path / "runs" / "sweeps" / name, recipe, reviews, *vary, **given)


def shown(app: AppTest) -> str:
    """Everything that the page says."""
    assert not app.exception
    parts = (*app.markdown, *app.caption, *app.info, *app.warning, *app.error, *app.code)
    return "\n".join(part.value for part in parts).replace("\\", "")


def test_without_a_sweep_the_page_says_how_to_make_one(make: Callable[..., Sweep]):
    app = open_page(SCRIPT)
    assert "python -m sentiment_core sweep bilstm" in shown(app)
    assert not app.get("plotly_chart")


def test_a_sweep_that_is_done(make: Callable[..., Sweep], reviews: Reviews):
    sweep = make("rates", VARY, seeds=2)
    run_here(sweep, reviews)
    results = read_results(sweep)
    best = best_setting(results)
    assert best is not None
    app = open_page(SCRIPT)
    said = shown(app)
    assert "4 of 4 runs are trained to the end" in said
    assert "One run on other pages" in [one.value for one in app.header], "no level of headings is left out"
    assert (
        f"Best by valid: setting {best.number + 1} (learning rate {sweep.settings[best.number]['learning_rate']})"
        in said
    )
    assert f"{best.valid:.2%}" in said
    assert f"On test, which was read once, for this setting: {best.test:.2%}" in said
    assert len(app.get("plotly_chart")) == 2
    table = app.dataframe[0].value
    assert list(table["number"]) == [f"{best.number + 1} *", f"{2 - best.number}"]
    assert table["test"].notna().tolist() == [True, False], "the test split of the other was not read"
    links = page_links(app)
    assert len(links) == 5
    assert all(f"runs={best.trials[0].trial.name}" in link for link in links)
    rows = list(csv.DictReader(io.StringIO(sweep_csv(sweep, results).decode())))
    assert [row["run"] for row in rows] == [trial.name for trial in sweep.trials]
    korean = open_page(SCRIPT, lang="ko")
    assert english_in(korean) == []


def test_a_link_shows_a_run_of_a_sweep_on_other_pages(
    make: Callable[..., Sweep], reviews: Reviews, toy_corpus: Path, toy_run: Path
):
    """Its corpus is in the list only once a run of it is named."""
    sweep = make("linked")
    shutil.copytree(toy_corpus, sweep.runs, dirs_exist_ok=True, ignore=shutil.ignore_patterns("tiny"))
    name = sweep.trials[0].name
    shutil.copytree(toy_run, sweep.place(sweep.trials[0]))
    app = open_page("pages/inside/memory.py", corpus="toy", runs=name)
    assert not app.exception
    assert any(name in str(option) for box in (*app.multiselect, *app.selectbox) for option in box.options)
    other = open_page("pages/inside/memory.py", corpus="toy")
    assert not any(name in str(option) for box in (*other.multiselect, *other.selectbox) for option in box.options)


def test_a_sweep_that_is_begun_says_what_failed_and_how_it_goes_on(make: Callable[..., Sweep], reviews: Reviews):
    sweep = make("begun", VARY, seeds=2)
    run_here(sweep, reviews, works=1)
    note_problem(sweep, sweep.trials[2], lazy("The machine is on fire."))
    app = open_page(SCRIPT, sweep="begun")
    said = shown(app)
    assert "2 of 4 runs are trained to the end. Nobody is at work on it now" in said
    assert f"{sweep.trials[2].name} failed: The machine is on fire." in said
    assert "Best by valid" not in said
    assert len(app.get("plotly_chart")) == 1, "no setting has all of its seeds yet"


def test_settings_that_asha_ended_are_not_called_unfinished(make: Callable[..., Sweep], reviews: Reviews):
    vary = "learning_rate=0.0001,0.001,0.02"
    sweep = make("early", vary, search=Search("asha", 3, first=1, reduction=3))
    run_here(sweep, reviews)
    app = open_page(SCRIPT)
    assert "Nobody is at work" not in shown(app)
    assert sorted(app.dataframe[0].value["state"]) == ["ended early", "ended early", "trained, test read"]


def test_a_sweep_without_a_checkpoint_has_no_picture(make: Callable[..., Sweep]):
    make("waiting", VARY)
    app = open_page(SCRIPT)
    assert "No accuracy yet" in shown(app)

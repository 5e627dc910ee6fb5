"""Own data: a data set of the Hub, training on a file, and scoring one."""

import re
from pathlib import Path

import pytest

from pages.shared import visitors
from sentiment_core.jobs.uploads import add_upload, list_uploads
from tests.pages.opening import open_page
from tests.pages.own_data_page import CSV, bring, figures, opened

pytestmark = pytest.mark.usefixtures("own_data_runs")


@pytest.fixture
def at_the_machine(monkeypatch: pytest.MonkeyPatch) -> None:
    """The visitor sits at the machine that serves the page."""
    monkeypatch.setattr(visitors, "is_local", lambda handshake: True)


def test_a_data_set_of_the_hub_is_for_who_sits_at_the_machine():
    app = opened(hub_data="owner/reviews")
    assert "Only who sits at the machine" in app.error[0].value


def test_offline_a_data_set_of_the_hub_fails_with_the_ways_out(at_the_machine):
    app = opened(hub_data="owner/no-such-reviews")
    assert not app.exception
    assert len(app.error) == 1
    assert "owner/no" in app.error[0].value
    assert re.search("toy|connect|folder", app.error[0].value)


def test_a_path_is_not_the_id_of_a_data_set(at_the_machine):
    for path in ("tests", "../x", "/etc/passwd"):
        assert "is not the id" in opened(hub_data=path).error[0].value


def test_a_data_set_with_a_name_is_looked_at_like_a_file(at_the_machine):
    app = opened(hub_data="toy")
    assert not app.error
    assert len(app.get("plotly_chart")) == 2
    bring(app, CSV)
    assert figures(app)["Reviews"] == "60", "a file takes its place"


def test_a_file_can_be_chosen_for_training(own_data_runs: Path):
    app = bring(opened(), CSV)
    (upload,) = list_uploads(own_data_runs)
    (link,) = [found for found in app.get("page_link") if found.proto.label == "Train on this"]
    assert f"data={upload.id}" in link.proto.query_string
    app.query_params["data"] = upload.id
    train = app.switch_page("pages/learn/train.py").run()
    assert not train.exception
    assert not train.error
    chosen = next(widget for widget in train.selectbox if widget.key == "data")
    assert chosen.value == upload.id
    assert "reviews.csv" in chosen.options


def test_another_visitors_file_cannot_be_trained_on(own_data_runs: Path):
    upload = add_upload(own_data_runs, "somebody else", "secret.csv", CSV.encode(), 10**6, 1)
    train = open_page("pages/learn/train.py", data=upload.id)
    assert next(widget for widget in train.selectbox if widget.key == "data").value == "toy"
    assert "secret.csv" not in next(widget for widget in train.selectbox if widget.key == "data").options


def test_a_small_file_is_scored_at_once(own_data_runs: Path, toy_checkpoints: Path):
    app = bring(opened(), CSV)
    app.button(key="own_data.score").click().run()
    assert not app.exception
    assert not app.error
    (upload,) = list_uploads(own_data_runs)
    (result,) = upload.folder.glob("scored-*.csv")
    assert len(result.read_text(encoding="utf-8-sig").splitlines()) == 61
    assert any("reviews-toy-" in button.proto.label.replace("\\", "") for button in app.get("download_button"))

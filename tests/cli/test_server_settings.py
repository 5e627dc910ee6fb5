"""The command `settings`: values, secrets hidden, and what is wrong."""

import json

import pytest

from sentiment_core.environment.table import markdown
from sentiment_core.environment.variables import VARIABLES

TOKEN = "s3cret-" * 4


@pytest.fixture(autouse=True)
def nothing_set(monkeypatch: pytest.MonkeyPatch) -> None:
    for row in VARIABLES:
        monkeypatch.delenv(row.name, raising=False)


def test_it_lists_all_values_and_shows_no_secret(sentiment, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setenv("SENTIMENT_ADMIN_TOKEN", TOKEN)
    monkeypatch.setenv("SENTIMENT_TITLE", "심리 수업")
    monkeypatch.setenv("SENTIMENT_TRAINING", "on")
    status, out, error = sentiment("settings")
    lines = {line.split()[0]: line.split()[1:] for line in out.splitlines() if line.startswith("SENTIMENT_")}
    assert (status, error, len(lines)) == (0, "", len(VARIABLES))
    assert lines["SENTIMENT_TITLE"] == ["=", "심리", "수업"]
    assert lines["SENTIMENT_ADMIN_TOKEN"] == ["=", "(hidden)"]
    assert lines["SENTIMENT_JOB_MINUTES"] == ["30"]
    assert lines["SENTIMENT_RUNS"] == ["runs/"]
    status, as_json, _ = sentiment("settings", "--json")
    entries = json.loads(as_json)
    assert entries["SENTIMENT_TRAINING"] == {"value": "on", "set": True}
    assert entries["SENTIMENT_HUB"] == {"value": "auto", "set": False}
    assert TOKEN not in out + as_json


def test_each_wrong_value_is_a_line_and_the_status_is_2(sentiment, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setenv("SENTIMENT_ADMIN_TOKEN", "hunter2")
    monkeypatch.setenv("SENTIMENT_UPLOAD_MB", "many")
    monkeypatch.setenv("SENTIMENT_TRANING", "on")
    status, out, error = sentiment("settings")
    assert status == 2
    first, second, third = error.splitlines()
    assert first == "warning: SENTIMENT_TRANING is no setting. Did you mean SENTIMENT_TRAINING?"
    assert second.startswith("error: SENTIMENT_ADMIN_TOKEN has a value that cannot be used.")
    assert third == "error: SENTIMENT_UPLOAD_MB is 'many'. Set it to a whole number from 1."
    assert "hunter2" not in out + error


def test_it_prints_the_table_of_the_documentation(sentiment):
    assert sentiment("settings", "--markdown") == (0, markdown() + "\n", "")

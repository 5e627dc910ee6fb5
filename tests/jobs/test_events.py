"""The log of a job: whole lines only, from any offset, whatever a kill or a full disk has cut off."""

from pathlib import Path

import pytest

from sentiment_core.jobs import events as log
from sentiment_core.jobs.events import append, follow, read_log
from sentiment_core.jobs.layout import EVENTS
from tests.full_disk import full_disk


def test_a_reader_goes_on_from_where_it_was(tmp_path: Path):
    assert follow(tmp_path) == ([], 0)
    append(tmp_path, {"kind": "stage", "stage": "reading"})
    first, offset = follow(tmp_path)
    assert [event["kind"] for event in first] == ["stage"]
    assert first[0]["at"] > 0
    assert follow(tmp_path, offset) == ([], offset)
    append(tmp_path, {"kind": "pins", "text": "눈물\u2028"})
    second, end = follow(tmp_path, offset)
    assert [event["text"] for event in second] == ["눈물\u2028"]
    assert follow(tmp_path, end + 1) == follow(tmp_path, -1) == follow(tmp_path, 0) == (first + second, end)


def test_a_line_that_was_cut_off_is_passed_over(tmp_path: Path):
    append(tmp_path, {"kind": "beat"})
    with (tmp_path / EVENTS).open("ab") as file:
        file.write(b'{"kind": "ste')
    events, offset = follow(tmp_path)
    assert [event["kind"] for event in events] == ["beat"], "half a line is not handed out"
    append(tmp_path, {"kind": "resumed"})
    events, _ = follow(tmp_path, offset)
    assert [event["kind"] for event in events] == ["resumed"]


def test_a_log_that_is_longer_than_one_look_is_read_to_its_end(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    assert read_log(tmp_path) == []
    for step in range(20):
        append(tmp_path, {"kind": "steps", "step": step})
    monkeypatch.setattr(log, "MOST_BYTES", 200)
    assert len(follow(tmp_path)[0]) < 20
    assert [event["step"] for event in read_log(tmp_path)] == list(range(20))


def test_a_full_disk_leaves_the_log_as_it_was(tmp_path: Path):
    append(tmp_path, {"kind": "beat"})
    before = (tmp_path / EVENTS).read_bytes()
    with full_disk(len(before) + 10), pytest.raises(OSError, match="events"):
        append(tmp_path, {"kind": "state", "state": "paused"})
    assert (tmp_path / EVENTS).read_bytes() == before
    append(tmp_path, {"kind": "state", "state": "paused"})
    assert [event["kind"] for event in follow(tmp_path)[0]] == ["beat", "state"]


def test_a_number_that_json_does_not_have_is_refused(tmp_path: Path):
    """A browser could not read the line."""
    with pytest.raises(ValueError, match="not JSON compliant"):
        append(tmp_path, {"kind": "steps", "loss": float("nan")})

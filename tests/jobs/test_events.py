"""The log of a job: whole lines only, from any offset, whatever a kill or a full disk has cut off."""

from pathlib import Path

import pytest

from sentiment_core.jobs.events import append, follow
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

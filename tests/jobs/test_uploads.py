"""The store of visitors' own files: whose they are, until when, and that nothing half-written stays."""

import json
import os
import re
import shutil
import time
from pathlib import Path

import pytest

from sentiment_core.errors import DataError, JobError
from sentiment_core.jobs.layout import UPLOADS
from sentiment_core.jobs.uploads import (
    MB,
    MOST_EACH,
    Upload,
    add_upload,
    cache_of,
    check_there,
    delete_upload,
    find_upload,
    is_upload,
    keep_choices,
    list_uploads,
    remove_expired,
    shown_name,
)
from tests.full_disk import full_disk

CSV = b"text,label\ngood,1\nbad,0\n"


def add(root: Path, name: str = "reviews.csv", visitor: str = "anna", content: bytes = CSV) -> Upload:
    return add_upload(root, visitor, name, content, MB, hours=24)


def test_a_file_is_kept_as_it_was_and_found_by_its_visitor(tmp_path):
    upload = add(tmp_path)
    assert upload.path.read_bytes() == CSV
    assert upload.until - upload.added == pytest.approx(24 * 3600)
    assert find_upload(tmp_path, upload.id, "anna") == upload
    assert list_uploads(tmp_path, "anna") == [upload]


def test_another_visitor_finds_nothing(tmp_path):
    upload = add(tmp_path)
    assert find_upload(tmp_path, upload.id, "ben") is None
    assert find_upload(tmp_path, upload.id, "") is None, "whoever has no id is nobody"
    assert list_uploads(tmp_path, "ben") == []
    assert list_uploads(tmp_path, "") == []


@pytest.mark.parametrize(
    "number", ["..", "../../x", "", "a" * 15, "A" * 16, "a" * 16 + "\n", "a" * 15 + "/", "\0" * 16]
)
def test_what_is_no_id_finds_nothing(tmp_path, number):
    add(tmp_path)
    assert find_upload(tmp_path, number, "anna") is None


@pytest.mark.parametrize(
    ("name", "shown", "file"),
    [
        ("../../etc/passwd", "passwd", "data"),
        ("C:\\users\\anna\\reviews.CSV", "reviews.CSV", "data.csv"),
        ("..", "..", "data"),
        ("", "file", "data"),
        ("a\0b\n\u202e.csv", "ab.csv", "data.csv"),
        ("<img src=x onerror=alert(1)>.xlsx", "<img src=x onerror=alert(1)>.xlsx", "data.xlsx"),
        ("reviews.jsonl.gz", "reviews.jsonl.gz", "data.jsonl.gz"),
        ("reviews.tar.gz", "reviews.tar.gz", "data.tar.gz"),
        ("run.exe", "run.exe", "data"),
        ("리뷰.tsv", "리뷰.tsv", "data.tsv"),
    ],
)
def test_a_name_is_shown_and_never_a_path(tmp_path, name, shown, file):
    upload = add(tmp_path, name)
    assert (upload.name, upload.file) == (shown, file)
    assert sorted(path.name for path in upload.folder.iterdir()) == sorted([file, "upload.json"])
    assert [path.name for path in tmp_path.iterdir()] == [UPLOADS], "nothing was written elsewhere"
    assert find_upload(tmp_path, upload.id, "anna") == upload


def test_a_long_name_keeps_its_end():
    assert shown_name("a" * 300 + ".parquet") == "a" * 71 + "….parquet"


def test_a_path_in_the_description_is_refused(tmp_path):
    upload = add(tmp_path)
    about = upload.folder / "upload.json"
    content = json.loads(about.read_text(encoding="utf-8"))
    about.write_text(json.dumps(content | {"file": "../../secret.csv"}), encoding="utf-8")
    assert find_upload(tmp_path, upload.id, "anna") is None


def test_an_empty_file_and_a_large_one_are_refused_and_leave_nothing(tmp_path):
    with pytest.raises(DataError, match=r"a\.csv is empty"):
        add(tmp_path, "a.csv", content=b"")
    with pytest.raises(DataError, match=r"has 2 MB, and at most 1 are taken"):
        add(tmp_path, "a.csv", content=bytes(2 * MB))
    assert not (tmp_path / UPLOADS).exists()


@pytest.mark.parametrize(
    ("name", "head"),
    [
        ("photo.csv", b"\x89PNG\r\n\x1a\n"),
        ("photo.jpg", b"\xff\xd8\xff\xe0"),
        ("paper.pdf", b"%PDF-1.7\n"),
        ("paper", b"%PDF-1.7\n"),
        ("reviews.xls", b"\xd0\xcf\x11\xe0"),
        ("page.html", b"<!DOCTYPE html><html>"),
    ],
)
def test_what_is_plainly_no_table_is_refused_and_leaves_nothing(tmp_path, name, head):
    with pytest.raises(DataError, match=rf"^{re.escape(name)} is .*, not a table of reviews"):
        add(tmp_path, name, content=head + bytes(5000))
    assert not (tmp_path / UPLOADS).exists()


def test_a_full_disk_leaves_nothing(tmp_path):
    with full_disk(), pytest.raises(JobError, match=r"^reviews\.csv was not kept: File too large\."):
        add(tmp_path, content=bytes(5_000))
    assert list((tmp_path / UPLOADS).iterdir()) == []


def test_a_disk_with_little_room_is_not_filled(tmp_path, monkeypatch):
    usage = shutil.disk_usage(tmp_path)._replace(free=MB)
    monkeypatch.setattr("shutil.disk_usage", lambda path: usage)
    with pytest.raises(JobError, match="disk of this server is full"):
        add(tmp_path)
    assert list((tmp_path / UPLOADS).iterdir()) == []


def test_each_visitor_may_keep_some_files(tmp_path):
    uploads = [add(tmp_path) for _ in range(MOST_EACH)]
    with pytest.raises(JobError, match="Delete one of them first"):
        add(tmp_path)
    assert add(tmp_path, visitor="ben")
    delete_upload(uploads[0])
    assert add(tmp_path)


def test_its_time_ends(tmp_path):
    upload = add(tmp_path)
    assert find_upload(tmp_path, upload.id, "anna", upload.until - 1) == upload
    assert find_upload(tmp_path, upload.id, "anna", upload.until) is None, "even before it is deleted"
    assert remove_expired(tmp_path, upload.until - 1) == 0
    assert upload.path.exists()
    assert remove_expired(tmp_path, upload.until) == 1
    assert not upload.folder.exists()
    assert remove_expired(tmp_path, upload.until) == 0


def test_a_new_upload_removes_those_whose_time_is_over(tmp_path):
    old = add_upload(tmp_path, "anna", "old.csv", CSV, MB, hours=-1)
    new = add(tmp_path)
    assert not old.folder.exists()
    assert new.path.exists()


def test_remains_of_a_killed_process_are_removed(tmp_path):
    half = tmp_path / UPLOADS / "abcdefgh22223333"
    half.mkdir(parents=True)
    (half / "data.csv").write_bytes(CSV)
    writing = tmp_path / UPLOADS / ".abcdefgh22224444.999999999-1.writing"
    writing.mkdir()
    os.utime(writing, (0, 0))
    remove_expired(tmp_path, time.time())
    assert half.exists(), "it may be being deleted by another process now"
    assert not writing.exists()
    assert remove_expired(tmp_path, time.time() + 7200) == 1
    assert list((tmp_path / UPLOADS).iterdir()) == []


def test_nothing_is_removed_that_is_no_upload(tmp_path):
    other = tmp_path / UPLOADS / "notes"
    other.mkdir(parents=True)
    outside = tmp_path / "outside"
    outside.mkdir()
    try:
        (tmp_path / UPLOADS / "abcdefgh22223333").symlink_to(outside, target_is_directory=True)
    except OSError:
        pytest.skip("links need a privilege here")
    remove_expired(tmp_path, time.time() + 1e6)
    assert other.exists()
    assert outside.exists()


def test_a_later_file_replaces_nothing_that_is_read(tmp_path):
    first = add(tmp_path)
    with first.path.open("rb") as reading:
        second = add(tmp_path, content=b"text,label\nother,1\n")
        assert reading.read() == CSV
    assert first.path.read_bytes() == CSV
    assert second.path != first.path


def test_how_to_read_it_is_kept_until_it_is_deleted(tmp_path):
    upload = keep_choices(add(tmp_path), {"text_column": "body"})
    assert find_upload(tmp_path, upload.id, "anna") == upload
    delete_upload(upload)
    with pytest.raises(JobError, match="no longer here"):
        keep_choices(upload, {})
    assert not upload.folder.exists()


def test_what_is_derived_goes_with_the_file(tmp_path):
    upload = add(tmp_path)
    cache = cache_of(str(upload.path), tmp_path / "shared")
    cache.mkdir()
    (cache / "ids").write_bytes(b"ids")
    delete_upload(upload)
    assert not cache.exists()
    assert cache_of(str(tmp_path / "reviews.csv"), tmp_path / "shared") == tmp_path / "shared"
    assert cache_of("imdb", tmp_path / "shared") == tmp_path / "shared"


def test_a_job_is_told_that_its_upload_is_gone(tmp_path):
    upload = add(tmp_path)
    assert is_upload(str(upload.path))
    check_there(str(upload.path))
    check_there("imdb")
    delete_upload(upload)
    with pytest.raises(DataError) as told:
        check_there(str(upload.path))
    assert str(told.value) == (
        "The uploaded file is no longer here: its time was over, or it was deleted. Upload it again."
    )

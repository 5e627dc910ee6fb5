"""A visitor's file scored in a job: the same rows in the same order, beside the upload, and gone with it."""

import csv
import json
import time
from collections.abc import Callable, Sequence
from pathlib import Path

import pytest

from sentiment_core.classifiers.protocol import Counted
from sentiment_core.classifiers.recurrent import NetworkClassifier
from sentiment_core.jobs import control, file_scoring, layout, worker
from sentiment_core.jobs.ending import discard
from sentiment_core.jobs.folders import read_folder, write_request
from sentiment_core.jobs.records import Job, State
from sentiment_core.jobs.requests import FileRequest
from sentiment_core.jobs.uploads import MB, Upload, add_upload, delete_upload
from sentiment_core.text.table import Form
from tests.conftest import ROOT

TEXTS = ["the plot was superb.", "", "the acting was dull.", '=HYPERLINK("http://x")', "<b>great</b>, “good”"] * 30
FILE = "id,text\n" + "".join(f'{number},"{text.replace(chr(34), chr(34) * 2)}"\n' for number, text in enumerate(TEXTS))


@pytest.fixture
def upload(root: Path) -> Upload:
    return add_upload(root, "anna", "mine.csv", FILE.encode(), MB, 1)


@pytest.fixture
def asked(root: Path, upload: Upload) -> Callable[[], Path]:
    """Writes the folder of a job that scores the upload and has its turn."""

    def write(**changes: object) -> Path:
        folder = layout.training_folder(root, layout.new_id())
        folder.mkdir(parents=True)
        model, out = str(ROOT / "checkpoints" / "toy" / "bilstm"), str(upload.folder / "scored-one.csv")
        request = FileRequest(model, str(upload.path), Form("text"), out, len(TEXTS), "cpu", "anna")
        write_request(folder, request, 1, time.time())
        (folder / layout.TURN).touch()
        return folder

    return write


def job_in(folder: Path) -> Job:
    job = read_folder(folder)
    assert job is not None
    return job


def test_every_row_comes_back_in_its_order(asked: Callable[[], Path], upload: Upload):
    folder = asked()
    request = job_in(folder).request
    assert isinstance(request, FileRequest)
    assert request.form == Form("text")
    worker.work(folder)
    assert job_in(folder).state == State.DONE, job_in(folder).problem
    with (upload.folder / "scored-one.csv").open(encoding="utf-8-sig", newline="") as file:
        rows = list(csv.DictReader(file))
    assert [row["text"].removeprefix("'") for row in rows] == TEXTS
    assert rows[3]["text"].startswith("'="), "no spreadsheet runs it"
    assert rows[1]["error"], "a row without a text says so"
    assert float(rows[0]["probability"]) > 0.5 > float(rows[2]["probability"])


def test_the_result_goes_with_the_upload(asked: Callable[[], Path], upload: Upload):
    worker.work(asked())
    delete_upload(upload)
    assert not upload.folder.exists()


def test_a_job_whose_upload_is_gone_ends_with_one_line(asked: Callable[[], Path], upload: Upload):
    folder = asked()
    delete_upload(upload)
    worker.work(folder)
    job = job_in(folder)
    assert job.state == State.FAILED
    assert "no longer here" in str(job.problem)
    assert not upload.folder.exists(), "the job does not make it again"


def test_a_cancelled_job_leaves_nothing(asked: Callable[[], Path], upload: Upload, monkeypatch: pytest.MonkeyPatch):
    # A supervisor would end this process, which does the job.
    monkeypatch.setattr(control, "ensure_supervisor", lambda root: None)
    folder = asked()
    control.cancel(folder)
    worker.work(folder)
    discard(job_in(folder))
    assert not folder.exists()
    assert sorted(path.name for path in upload.folder.iterdir()) == ["data.csv", "upload.json"]


def test_a_killed_job_judges_no_row_again(asked: Callable[[], Path], upload: Upload, monkeypatch: pytest.MonkeyPatch):
    upload.path.write_text("text\n" + "the plot was superb.\nthe acting was dull.\n" * 600, encoding="utf-8")
    worker.work(asked())
    result = upload.folder / "scored-one.csv"
    undisturbed = result.read_bytes()
    result.unlink()

    judged: list[int] = []
    judge = NetworkClassifier.judge_many

    def counted(self: NetworkClassifier, texts: Sequence[str]) -> Counted:
        judged.append(len(texts))
        if len(judged) == 2:  # in the second stretch of 512 rows
            raise KeyboardInterrupt
        return judge(self, texts)

    monkeypatch.setattr(NetworkClassifier, "judge_many", counted)
    folder = asked()
    with pytest.raises(KeyboardInterrupt):
        worker.work(folder)
    with (folder / "partial.jsonl").open("a", encoding="utf-8") as file:
        file.write("[[0.1,")  # the kill cut it off
    assert not result.exists()
    before = sum(judged)
    worker.work(folder)
    assert job_in(folder).state == State.DONE, job_in(folder).problem
    assert sum(judged) - before == 1200 - 512
    assert result.read_bytes() == undisturbed
    assert not (folder / "partial.jsonl").exists()


@pytest.mark.parametrize("change", ["file", "line"])
def test_figures_of_something_else_are_not_taken(asked: Callable[[], Path], upload: Upload, change: str):
    folder = asked()
    worker.work(folder)
    right = (upload.folder / "scored-one.csv").read_bytes()
    other = asked()
    request = job_in(other).request
    assert isinstance(request, FileRequest)
    about = file_scoring._describe(request)
    stretch = [[0.5, "positive", 1, 0, 0, None]] * (len(TEXTS) if change == "file" else 3)
    if change == "file":
        about["changed"]["data.csv"][0] -= 1
    (other / "partial.jsonl").write_text(f"{json.dumps(about)}\n{json.dumps(stretch)}\n", encoding="utf-8")
    worker.work(other)
    assert (upload.folder / "scored-one.csv").read_bytes() == right

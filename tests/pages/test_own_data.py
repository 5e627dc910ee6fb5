"""The Own data page run in process: bringing a file of each kind, changing guesses, mapping labels, deleting it."""

import io
import json
import re
import zipfile
from pathlib import Path

import openpyxl
import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from streamlit.runtime.memory_uploaded_file_manager import MemoryUploadedFileManager

from pages.shared import own_data
from pages.shared.problems import told
from sentiment_core.errors import DataError, RunError
from sentiment_core.jobs.layout import UPLOADS
from sentiment_core.jobs.uploads import add_upload, delete_upload, list_uploads
from sentiment_core.messages import lazy
from tests.full_disk import full_disk
from tests.pages.opening import english_in
from tests.pages.own_data_page import CSV, ROWS, TEXTS, box, bring, figures, opened

pytestmark = pytest.mark.usefixtures("own_data_runs")


def excel(rows: list[list[object]]) -> bytes:
    book = openpyxl.Workbook()
    for row in rows:
        book.active.append(row)
    written = io.BytesIO()
    book.save(written)
    return written.getvalue()


def parquet() -> bytes:
    written = io.BytesIO()
    pq.write_table(pa.table({"text": TEXTS, "label": [int(label) for _, label in ROWS]}), written)
    return written.getvalue()


def zipped(files: dict[str, str]) -> bytes:
    written = io.BytesIO()
    with zipfile.ZipFile(written, "w") as archive:
        for name, text in files.items():
            archive.writestr(name, text)
    return written.getvalue()


FOLDERS = {f"reviews/{'pos' if label == '1' else 'neg'}/{k}.txt": text for k, (text, label) in enumerate(ROWS)}
LINES = "".join(json.dumps({"text": text, "label": label}) + "\n" for text, label in ROWS)
KINDS = {
    "reviews.csv": CSV.encode(),
    "reviews.tsv": "".join(f"{text}\t{label}\n" for text, label in [("text", "label"), *ROWS]).encode(),
    "reviews.txt": "".join(f"{text};{label}\n" for text, label in [("text", "label"), *ROWS]).encode(),
    "reviews.jsonl": LINES.encode(),
    "reviews.parquet": parquet(),
    "reviews.xlsx": excel([["text", "label"], *([text, int(label)] for text, label in ROWS)]),
    "reviews.zip": zipped(FOLDERS),
    "wrong-extension.exe": CSV.encode(),
    "utf-16.csv": CSV.encode("utf-16"),
}


def test_without_a_file_the_page_offers_examples():
    app = opened()
    assert not app.exception
    assert not app.error
    assert len(app.file_uploader) == 1
    assert len([button for button in app.button if button.label == "Try it"]) == 2
    assert not figures(app)


@pytest.mark.parametrize("name", KINDS)
def test_each_kind_of_file_is_read(name: str):
    app = bring(opened(), KINDS[name], name)
    assert not app.exception
    assert not app.error
    assert figures(app) == {"Reviews": "60", "Rows left out": "0", "Copies removed": "0", "Larger class": "50.0%"}
    assert len(app.get("plotly_chart")) == 2


def test_a_file_is_kept_on_disk_and_dropped_from_memory(own_data_runs: Path, monkeypatch: pytest.MonkeyPatch):
    removed: list[int] = []
    remove = MemoryUploadedFileManager.remove_file

    def watched(manager: MemoryUploadedFileManager, session_id: str, file_id: str) -> None:
        remove(manager, session_id, file_id)
        removed.append(sum(len(file.data) for files in manager.file_storage.values() for file in files.values()))

    monkeypatch.setattr(MemoryUploadedFileManager, "remove_file", watched)
    app = bring(opened(), CSV, "../my reviews.csv")
    (upload,) = list_uploads(own_data_runs)
    assert upload.path.read_bytes() == CSV.encode()
    assert upload.name == "my reviews.csv"
    assert removed == [0], "nothing is held in memory"
    assert app.query_params["upload"] in (upload.id, [upload.id])


def test_the_examples_show_what_the_page_does(own_data_runs: Path):
    app = opened()
    app.button(key="own_data.try.toy").click().run()
    assert not app.error
    assert figures(app)["Copies removed"] == "12"
    assert figures(app)["Rows left out"] == "43"
    reasons = {reason for table in app.dataframe if "reason" in table.value for reason in table.value["reason"]}
    assert {"it has no text", "it has no label"} < reasons
    assert sorted(box(app, "◆ Negative").value) == ["1", "2"]
    assert sorted(box(app, "● Positive").value) == ["4", "5"]
    app.button(key="own_data.try.korean").click().run()
    assert box(app, "◆ Negative").value == ["부정"]
    assert len(list_uploads(own_data_runs)) == 2
    app.button(key="own_data.try.toy").click().run()
    assert len(list_uploads(own_data_runs)) == 2, "the same example is not kept twice"


def test_every_guess_can_be_changed_and_is_kept(own_data_runs: Path):
    content = "".join(f"{text}|{label}\n" for text, label in zip(TEXTS, ["fine", "poor"] * 30, strict=True))
    app = bring(opened(), content)
    assert [box(app, label).value for label in ("Encoding", "Separator", "The first line")] == ["guess"] * 3
    box(app, "Separator").set_value("|").run()
    box(app, "The first line").set_value(False).run()
    box(app, "Column of the texts").set_value([1]).run()
    box(app, "Column of the labels").set_value(2).run()
    assert not figures(app), "nobody has said what poor and fine mean"
    assert "at least one value for each class" in app.info[0].value
    box(app, "◆ Negative").set_value(["poor"]).run()
    box(app, "● Positive").set_value(["fine"]).run()
    assert figures(app)["Reviews"] == "60"
    (upload,) = list_uploads(own_data_runs)
    again = opened(upload=upload.id)
    assert not again.exception
    assert upload.choices["sides"] == {"poor": "negative", "fine": "positive"}
    assert upload.choices["header"] is False


def test_a_value_is_in_one_class_only():
    app = bring(opened(), CSV)
    assert box(app, "◆ Negative").options == ["0 (30)"]
    box(app, "● Positive").set_value([]).run()
    assert box(app, "◆ Negative").options == ["0 (30)", "1 (30)"]


def test_the_encoding_can_be_named():
    content = "document,label\n" + "".join(f"좋은 영화 {k},{'긍정' if k % 2 else '부정'}\n" for k in range(40))
    app = bring(opened(), content.encode("cp949"))
    box(app, "Encoding").set_value("cp949").run()
    assert not app.error
    assert figures(app)["Reviews"] == "40"
    assert box(app, "● Positive").value == ["긍정"]


def test_damaged_rows_refuse_the_file_if_they_are_not_left_out():
    app = bring(opened(), CSV + "one field only\n")
    assert figures(app)["Rows left out"] == "1"
    app.toggle[0].set_value(False).run()
    assert len(app.error) == 1
    assert not figures(app)


def test_copies_are_counted_and_removed():
    app = bring(opened(), CSV + "".join(f'"{text.upper()}",{label}\n' for text, label in ROWS))
    assert figures(app)["Copies removed"] == "60"
    app.toggle[1].set_value(False).run()
    assert figures(app)["Copies removed"] == "0"
    assert any("may know them by heart" in warning.value for warning in app.warning)


def test_a_lopsided_file_is_told():
    app = bring(opened(), "text,label\n" + "".join(f"text {k},{int(k % 20 > 0)}\n" for k in range(400)))
    assert figures(app)["Larger class"] == "95.0%"
    assert any("much larger" in warning.value for warning in app.warning)


PICTURE = b"\x89PNG\r\n\x1a\n" + bytes(100)
REFUSED = {
    "picture": (PICTURE, "picture"),
    "empty": (b"", "is empty"),
    "a column of numbers": (b"text,label\n" + b"1,0\n2,1\n" * 20, "holds numbers, not text"),
    "one class": (b"text,label\n" + b"".join(b"text %d,1\n" % k for k in range(30)), "at least one value"),
    "NUL bytes": (b"text,label\n" + b"a\0b,1\nfine,0\n" * 20, "NUL"),
    "a damaged zip": (b"PK\x03\x04" + bytes(60), "cannot be read|damaged"),
    "few rows": (b"text,label\ngood,1\nbad,0\n", "Too few"),
}


@pytest.mark.parametrize("name", REFUSED)
def test_what_cannot_be_used_is_told_in_one_line(name: str):
    content, told = REFUSED[name]
    app = bring(opened(), content, "reviews.csv")
    assert not app.exception
    lines = [element.value for element in (*app.error, *app.info)]
    assert len(lines) == 1
    assert re.search(told, lines[0])
    assert "/tmp" not in lines[0], "no path of the server"


def test_a_picture_is_refused_at_the_box(own_data_runs: Path):
    app = bring(opened(), PICTURE, "photo.csv")
    assert "photo.csv is a picture" in app.error[0].value.replace("\\", "")
    assert "upload" not in app.query_params
    assert not (own_data_runs / UPLOADS).exists()


def test_a_file_without_a_suffix_is_named_in_a_problem_and_nothing_else_is_renamed(own_data_runs: Path):
    """Its own name on the disk is `data`, which is a word of many messages too."""
    upload = add_upload(own_data_runs, "anna", "mine", CSV.encode(), 10**6, 1)
    assert upload.file == "data"
    problem = DataError("{where} holds no data, and {other} is damaged.", where="data", other="data/pos/1.txt")
    assert told(problem, upload) == "mine holds no data, and mine/pos/1.txt is damaged."


@pytest.mark.parametrize("place", [UPLOADS, "trained", "jobs"])
def test_a_problem_never_names_a_secret_folder(own_data_runs: Path, place: str):
    secret = "k7m2ph" + "a" * 10
    folder = own_data_runs / place / secret
    problem = RunError("{path} is damaged ({reason}).", path=folder / "rnn-7f3a", reason=lazy("{at}", at=str(folder)))
    assert told(problem) == "rnn-7f3a is damaged (…)."


def test_a_file_that_is_deleted_underneath_is_told(own_data_runs: Path):
    app = bring(opened(), CSV)
    (upload,) = list_uploads(own_data_runs)
    delete_upload(upload)  # in another tab
    with pytest.raises(DataError, match="no longer here"):
        own_data.look(upload.path, own_data.Choices(separator=","))
    app.button(key="own_data.score").click().run()
    assert not app.exception
    assert "is not here" in app.warning[0].value


def test_a_full_disk_is_told_and_keeps_nothing(own_data_runs: Path):
    app = opened()
    with full_disk(room=20_000):  # the log needs some
        bring(app, CSV * 20)
    assert not app.exception
    assert "was not kept" in app.error[0].value
    assert list((own_data_runs / UPLOADS).iterdir()) == []


def test_markup_in_names_and_texts_stays_text(own_data_runs: Path):
    name = "<img src=x onerror=alert(1)>**b**.csv"
    rows = "".join(f'"<script>alert({k})</script> good",{k % 2}\n' for k in range(30))
    app = bring(opened(), "text,label\n" + rows, name)
    assert not app.exception
    shown = [element.value for element in app.markdown if "onerror" in element.value]
    assert shown
    assert all(r"\<img" in value and r"\*\*b" in value for value in shown)
    assert not any(element.allow_html for element in app.markdown if hasattr(element, "allow_html"))


def test_another_visitors_file_is_not_shown(own_data_runs: Path):
    upload = add_upload(own_data_runs, "somebody else", "secret.csv", CSV.encode(), 10**6, 1)
    app = opened(upload=upload.id)
    assert "is not here" in app.warning[0].value
    assert not figures(app)
    assert "secret" not in str([element.value for element in app.markdown])


@pytest.mark.parametrize("asked", ["x", "../../etc", "a" * 16])
def test_an_unknown_file_is_told(asked: str):
    app = opened(upload=asked)
    assert not app.exception
    assert "is not here" in app.warning[0].value


def test_a_file_is_deleted_at_once(own_data_runs: Path):
    app = bring(opened(), CSV)
    app.button(key="own_data.delete").click().run()
    assert not app.exception
    assert list((own_data_runs / UPLOADS).iterdir()) == []
    assert "upload" not in app.query_params


def test_a_visitor_who_may_not_train_brings_nothing(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setenv("SENTIMENT_TRAINING", "off")
    app = opened()
    assert not app.file_uploader
    assert "off for visitors of this server" in app.info[0].value


def test_the_page_is_in_korean(own_data_runs: Path):
    app = opened(lang="ko")
    app.button(key="own_data.try.toy").click().run()
    assert not app.exception
    assert english_in(app) == []

"""A job that was stopped goes on after its whole parts, a folder belongs to one job, and a block may be read alone."""

import json
import os
from collections.abc import Callable
from pathlib import Path

import pytest

from sentiment_core.bulk.executors import here
from sentiment_core.bulk.job import BulkJob, Settings, read_job
from sentiment_core.bulk.plan import plan_job
from sentiment_core.bulk.running import Progress, run_job
from sentiment_core.bulk.stretches import BlockReader
from sentiment_core.classifiers.loading import load_classifier
from sentiment_core.classifiers.protocol import Classifier
from sentiment_core.errors import BulkError
from tests.bulk.conftest import COUNT, KINDS, read_parts, reviews, write_table
from tests.command_line import Sentiment
from tests.conftest import ROOT

RUN = ROOT / "checkpoints" / "toy" / "bilstm"
SETTINGS = Settings(str(RUN), {}, "cpu", None, None, None, None, None, "parquet", 13)
Source = Callable[..., Path]


@pytest.fixture(scope="module")
def classifier() -> Classifier:
    return load_classifier(RUN)


def plan(path: Path, out: Path, classifier: Classifier) -> BulkJob:
    return plan_job(SETTINGS, [str(path)], out, classifier, lambda rows: None)


@pytest.mark.parametrize("kind", KINDS)
def test_a_block_reads_the_same_alone_as_after_others(
    kind: str, source: Source, tmp_path: Path, classifier: Classifier
):
    """So it does not matter which process reads it."""
    job = plan(source(kind), tmp_path / "scored", classifier)
    assert [block.rows for block in job.blocks] == [13] * 4 + [COUNT % 13 + (not kind.startswith("parquet"))]

    def read(reader: BlockReader, number: int) -> list[object]:
        return [(one.first, str(one.texts), one.columns) for one in reader.stretches(number)]

    one_reader = BlockReader(job)
    in_order = [read(one_reader, number) for number in range(len(job.blocks))]
    for number in (4, 1, 3, 0, 2):
        assert read(one_reader, number) == in_order[number]
        assert read(BlockReader(job), number) == in_order[number]


@pytest.mark.parametrize("form", ["parquet", "csv", "jsonl"])
def test_a_stopped_job_goes_on_after_its_parts_with_the_same_result(
    form: str, source: Source, tmp_path: Path, sentiment: Sentiment, classifier: Classifier
):
    path, out = source(), Path("scored")
    command = ("score", RUN, "--files", path, "--format", form, "--block-rows", 13, "--device", "cpu")
    assert sentiment(*command, "--out", "whole").code == 0

    def stop(progress: Progress) -> None:
        if progress.rows >= 30:
            raise KeyboardInterrupt

    job = read_job(Path("whole"))
    assert job is not None
    with pytest.raises(KeyboardInterrupt):
        run_job(out, job, here(classifier), progress=stop)
    kept = {part: part.stat().st_mtime_ns for part in out.glob("part-*")}
    assert len(kept) == 2
    assert [path for path in out.iterdir() if path.name.endswith(".writing")] == []
    result = sentiment(*command, "--out", out)
    assert result.code == 0, result.err
    assert "60 rows (26 of them before) in 5 parts, 57 scored" in result.out
    assert kept.items() <= {part: part.stat().st_mtime_ns for part in out.glob("part-*")}.items()
    for part in Path("whole").glob("part-*"):
        assert (out / part.name).read_bytes() == part.read_bytes()
    assert "(60 of them before)" in sentiment(*command, "--out", out).out


def test_a_part_that_is_not_whole_is_written_again(source: Source, tmp_path: Path, classifier: Classifier):
    out = tmp_path / "scored"
    job = plan(source(), out, classifier)
    run_job(out, job, here(classifier))
    before = read_parts(out)
    (out / "part-00001.parquet").write_bytes(b"PAR1")
    (out / "part-00002.parquet").unlink()
    done = run_job(out, job, here(classifier))
    assert (done.rows, done.before) == (COUNT, COUNT - 26)
    assert read_parts(out) == before


def test_the_folder_of_another_job_is_refused_and_replaced_on_demand(source: Source, sentiment: Sentiment):
    path = source()
    command = ("score", RUN, "--files", path, "--out", "scored")
    assert sentiment(*command).code == 0
    for change, what in ((("--block-rows", 30), "--block-rows"), (("--text-column", "note"), "--text-column")):
        refused = sentiment(*command, *change)
        assert refused.code == 2
        assert f"another {what}. Name another --out, or replace it with --overwrite" in refused.err
    model = sentiment("score", ROOT / "checkpoints" / "toy" / "bilstm-shuffled", "--files", path, "--out", "scored")
    assert "another MODEL" in model.err
    write_table(path, reviews(30))
    assert "another --files" in sentiment(*command).err
    assert "30 rows in 1 parts" in sentiment(*command, "--overwrite").out
    assert len(read_parts(Path("scored"))) == 30


@pytest.mark.parametrize("name", ["mine.txt", "part-00000.parquet"])
def test_a_folder_with_other_files_is_left_alone(name: str, source: Source, sentiment: Sentiment):
    Path("scored").mkdir()
    (Path("scored") / name).write_text("precious")
    result = sentiment("score", RUN, "--files", source(), "--out", "scored", "--overwrite")
    assert f"scored holds other files, such as {name}" in result.err
    assert (Path("scored") / name).read_text() == "precious"
    assert len(list(Path("scored").iterdir())) == 1


def test_a_file_that_changes_meanwhile_ends_the_job(source: Source, tmp_path: Path, classifier: Classifier):
    path = source()
    job = plan(path, tmp_path / "scored", classifier)
    os.utime(path, ns=(0, 0))
    with pytest.raises(BulkError, match=r"mine\.parquet has changed since the job began"):
        run_job(tmp_path / "scored", job, here(classifier))


def test_the_record_of_a_job_survives_the_disk_and_damage_is_said(
    source: Source, tmp_path: Path, classifier: Classifier
):
    out = tmp_path / "scored"
    job = plan(source("csv"), out, classifier)
    run_job(out, job, here(classifier))
    assert read_job(out) == job
    record = json.loads((out / "_job.json").read_text())
    record["blocks"] = "none"
    (out / "_job.json").write_text(json.dumps(record))
    with pytest.raises(BulkError, match=r"_job\.json is damaged"):
        run_job(out, job, here(classifier))
    assert run_job(out, job, here(classifier), overwrite=True).rows == COUNT + 1

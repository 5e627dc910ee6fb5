"""Files and folders that the program writes: permissions, remains of killed processes, files held open."""

import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import psutil
import pytest

from sentiment_core.errors import SentimentError
from sentiment_core.experiments.baselines import BaselineResult
from sentiment_core.experiments.reproduction.folder import load_baselines, write_baseline
from sentiment_core.experiments.reproduction.tables import write_results
from sentiment_core.model.config import Recipe
from sentiment_core.model.weights import load_model
from sentiment_core.runs import state
from sentiment_core.runs.frames import load_frames
from sentiment_core.runs.reading import count_parameters, load_run
from sentiment_core.storage import files
from sentiment_core.storage.files import atomic_path, path_beside, write_json, write_text
from sentiment_core.text.corpus import load_corpus, load_lengths, load_tokens
from sentiment_core.text.reviews import Reviews, Split, read_reviews
from sentiment_core.text.tokenization import load_tokenizer
from sentiment_core.text.toy import toy_reviews
from sentiment_core.training import pretraining
from sentiment_core.training.cards import build_corpus
from sentiment_core.training.pipeline import train_run
from tests.conftest import ROOT


@contextmanager
def umask(value: int) -> Iterator[None]:
    before = os.umask(value)
    try:
        yield
    finally:
        os.umask(before)


@pytest.mark.skipif(os.name != "posix", reason="Windows has no umask")
@pytest.mark.parametrize("masked", [0o022, 0o027])
def test_every_written_file_has_the_permissions_of_the_umask(
    masked: int, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    """Corpus card, run with its state, pretraining with its state, encoded splits, baselines and their page."""
    for name, value in {"BATCH": 4, "WINDOW": 16, "SAMPLES": 64}.items():
        monkeypatch.setattr(pretraining, name, value)
    monkeypatch.setattr(state, "SAVE_EVERY", 0.0)
    splits = {name: Split(*toy_reviews(60, seed=seed)) for seed, name in enumerate(("train", "valid", "test"))}
    reviews = Reviews("toy", **splits, unlabelled=splits["train"].texts)
    cache, corpus = tmp_path / "made" / "cache", tmp_path / "made" / "runs" / "toy"
    recipe = Recipe("tiny").change(embedding_size=2, hidden_size=2, max_length=9, epochs=1, pretraining_epochs=4)
    with umask(masked):
        build_corpus(reviews, corpus, seed=0, cache=cache)
        for _ in train_run(recipe, reviews, corpus / "whole", cache=cache):
            pass
        stopped = train_run(recipe.change(seed=1), reviews, corpus / "stopped", cache=cache)
        assert next(stopped).epoch == 0
        stopped.close()
        write_baseline(corpus, "majority", BaselineResult("toy", reviews.fingerprint, 0.5, 0.5, 0.5, 0, {}, 0.1))
        write_results(corpus, tmp_path / "made" / "docs" / "results.md")
    found = {place.relative_to(tmp_path): place.stat().st_mode & 0o777 for place in (tmp_path / "made").rglob("*")}
    kinds = {path.suffix for path in found}
    assert kinds >= {".safetensors", ".parquet", ".json", ".jsonl", ".npy", ".md"}
    assert [path.name.split("-")[0] for path in sorted(found) if path.name.startswith("pretrain")] == [
        "pretrained",
        "pretraining",
    ]
    for path, mode in found.items():
        assert mode == (0o777 if (tmp_path / path).is_dir() else 0o666) & ~masked, path


def test_a_file_is_not_mapped_after_reading(published: Path):
    """A mapped file cannot be replaced on Windows."""
    if not hasattr(psutil.Process(), "memory_maps"):
        pytest.skip("this system does not say which files a process has mapped")
    best, bilstm = published / "bilstm-best", published / "bilstm"
    held = load_model(best), load_frames(bilstm), load_run(best).scores(), count_parameters(best)
    assert all(held)
    assert [entry.path for entry in psutil.Process().memory_maps() if str(published) in entry.path] == []


@pytest.fixture(scope="module")
def dead() -> int:
    """The process id of a process that has ended."""
    process = subprocess.Popen([sys.executable, "-c", ""])
    process.wait()
    return process.pid


def test_the_next_write_removes_what_a_killed_process_left(dead: int, tmp_path: Path):
    """But not what a living process writes, what may be another machine's, or what belongs to another file."""
    old = 1_000_000_000
    names = {
        f".file.json.{dead}-7-0a.writing": (old, False),
        f".file.json.{os.getppid()}-7-0a.writing": (old, True),
        f".file.json.{dead}-8-0a.writing": (None, True),
        f".other.json.{dead}-7-0a.writing": (old, True),
        "file.json.writing": (old, True),
    }
    for name, (time, _) in names.items():
        (tmp_path / name).write_text("half", encoding="utf-8")
        if time:
            os.utime(tmp_path / name, (time, time))
    folder = tmp_path / f".file.json.{dead}-9-0a.writing"
    folder.mkdir()
    (folder / "ids.npy").write_text("half", encoding="utf-8")
    os.utime(folder, (old, old))
    write_json(tmp_path / "file.json", {})
    kept = {name for name, (_, stays) in names.items() if stays} | {"file.json"}
    assert {path.name for path in tmp_path.iterdir()} == kept


def test_processes_of_one_number_on_two_machines_write_to_two_places():
    """Containers of a cluster number their processes alike, and a block that seems lost is done on two of them."""
    script = """
import os, pathlib, threading
os.getpid = threading.get_native_id = lambda: 7
from sentiment_core.storage.files import path_beside
print(path_beside(pathlib.Path("part")))
"""
    one, other = (subprocess.check_output([sys.executable, "-c", script], cwd=ROOT, encoding="utf-8") for _ in "12")
    assert one != other
    assert one.startswith(".part.7-7-")


def held_open(times: int) -> Callable[[Path, Path], Path]:
    """Path.replace as on Windows while another program has the file open, for `times` calls."""
    replace, left = Path.replace, [times]

    def refused(self: Path, target: Path) -> Path:
        if left[0]:
            left[0] -= 1
            error = PermissionError(13, "Access is denied")
            error.winerror = 5
            raise error
        return replace(self, target)

    return refused


def test_a_file_that_is_open_for_a_checkpoint_is_waited_for(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(Path, "replace", held_open(2))
    write_json(tmp_path / "file.json", {"a": 1})
    assert [path.name for path in tmp_path.iterdir()] == ["file.json"]


def test_a_file_that_stays_open_is_named(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    (tmp_path / "file.json").write_text("old", encoding="utf-8")
    monkeypatch.setattr(Path, "replace", held_open(10**6))
    monkeypatch.setattr(files, "_PATIENCE", 0.0)
    with pytest.raises(PermissionError, match=r"open in another program, close it there.*file\.json"):
        write_json(tmp_path / "file.json", {"a": 1})
    assert [(path.name, path.read_text(encoding="utf-8")) for path in tmp_path.iterdir()] == [("file.json", "old")]


def test_a_removed_folder_is_the_reported_error(tmp_path: Path):
    target = tmp_path / "gone" / "file.json"
    with pytest.raises(FileNotFoundError) as caught, atomic_path(target):
        pytest.fail("nothing can be written there")
    assert caught.value.filename == str(path_beside(target))


def test_a_text_has_the_same_bytes_on_every_system(tmp_path: Path):
    write_text(tmp_path / "text", "é\none\r\ntwo")
    assert (tmp_path / "text").read_bytes() == b"\xc3\xa9\none\r\ntwo"


@pytest.fixture
def not_mine() -> Iterator[Path]:
    """A folder to which another user can be given access."""
    with tempfile.TemporaryDirectory() as folder:
        Path(folder).chmod(0o755)
        yield Path(folder)


@contextmanager
def unreadable(path: Path) -> Iterator[None]:
    """Nobody may read a file or list a folder: not even root, who becomes another user in the block."""
    before, user = path.stat().st_mode, os.geteuid()
    path.chmod(0)
    if user == 0:
        os.seteuid(65534)
    try:
        yield
    finally:
        os.seteuid(user)
        path.chmod(before)


@pytest.mark.skipif(os.name != "posix", reason="permissions of Windows are of another kind")
def test_what_another_user_may_not_read_is_not_called_missing_or_damaged(toy_corpus: Path, not_mine: Path):
    corpus = shutil.copytree(toy_corpus, not_mine / "toy")
    run, card = corpus / "tiny", load_corpus(corpus)
    write_baseline(corpus, "majority", BaselineResult("toy", "0", 0.5, 0.5, 0.5, 0, {}, 0.1))
    (run / "state.safetensors").write_bytes(b"0")
    reads: dict[str, Callable[[], object]] = {
        "tiny/recipe.json": lambda: load_run(run),
        "tiny/history.jsonl": lambda: load_run(run),
        "tiny/test.parquet": load_run(run).scores,
        "tiny/valid.parquet": load_run(run).valid_scores,
        "tiny/model.safetensors": lambda: load_model(run),
        "tiny/config.json": lambda: load_model(run),
        "tiny/frames.safetensors": lambda: load_frames(run),
        "tiny/state.safetensors": lambda: state.load_state(run / "state.safetensors"),
        "tiny/tokenizer.json": lambda: load_tokenizer(run / "tokenizer.json"),
        "corpus.json": lambda: load_corpus(corpus),
        "tokens.parquet": lambda: load_tokens(card),
        "lengths.parquet": lambda: load_lengths(card),
        "baselines.json": lambda: load_baselines(corpus),
    }
    for name, read in reads.items():
        for place in (corpus / name, (corpus / name).parent):
            with unreadable(place), pytest.raises(SentimentError) as caught:
                read()
            assert str(caught.value).startswith(f"{corpus / name.split('/')[0]}"), name
            assert str(caught.value).endswith(
                "may not be read by this user. Ask its owner for the permission to read it."
            )
    with unreadable(run / "model.safetensors"), pytest.raises(SentimentError, match="may not be read"):
        count_parameters(run)


@pytest.mark.skipif(os.name != "posix", reason="permissions of Windows are of another kind")
@pytest.mark.parametrize("place", [".", "more", "train.csv", "more/test.csv"])
def test_reviews_that_another_user_may_not_read_are_not_called_missing(place: str, not_mine: Path):
    folder = not_mine / "reviews"
    for name in ("train.csv", "more/test.csv"):
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text("text,label\ngood,1\nbad,0\n", encoding="utf-8")
    for source in (folder, folder / "train.csv") if place in (".", "train.csv") else (folder,):
        with unreadable(folder / place), pytest.raises(SentimentError, match=r"may not be read by this user\. Ask its"):
            read_reviews(str(source))
    assert set(read_reviews(str(folder)).parts) == {"train", "test"}

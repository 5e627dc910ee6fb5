"""The cache of encoded reviews on disk: hits, damage, full disks, and several processes."""

import subprocess
import sys
from contextlib import ExitStack
from pathlib import Path

import numpy as np
import pytest

from sentiment_core.errors import DataError
from sentiment_core.text.encoding import default_cache, encode_reviews
from sentiment_core.text.reviews import Split
from sentiment_core.text.tokenization import train_whitespace
from tests.full_disk import full_disk
from tests.text.three_reviews import EXPECTED, SPLIT, TOKENIZER, contents, entry

ROOT = Path(__file__).parents[2]


def test_a_second_encoding_is_read_from_the_cache(tmp_path: Path):
    first = encode_reviews(SPLIT, TOKENIZER, tmp_path)
    inode = (entry(tmp_path) / "ids.npy").stat().st_ino
    second = encode_reviews(SPLIT, TOKENIZER, tmp_path)
    for encoded in (first, second):
        assert isinstance(encoded.ids, np.memmap)
        assert contents(encoded) == EXPECTED
    assert (entry(tmp_path) / "ids.npy").stat().st_ino == inode


def test_the_arrays_cannot_be_written_to(tmp_path: Path):
    encoded = encode_reviews(SPLIT, TOKENIZER, tmp_path)
    with pytest.raises(ValueError, match="read-only"):
        encoded.ids[0] = 0


def test_other_texts_labels_or_tokenizers_are_cached_apart(tmp_path: Path):
    encode_reviews(SPLIT, TOKENIZER, tmp_path)
    encode_reviews(Split(SPLIT.texts, 1 - SPLIT.labels), TOKENIZER, tmp_path)
    encode_reviews(Split(SPLIT.texts[::-1], SPLIT.labels), TOKENIZER, tmp_path)
    encode_reviews(SPLIT, train_whitespace(["film film"], min_frequency=1), tmp_path)
    assert len(list(tmp_path.iterdir())) == 4


@pytest.mark.parametrize("name", ["ids", "offsets", "labels"])
@pytest.mark.parametrize("kept", [0, 5, 100, -1])
def test_a_truncated_cache_is_made_again(name: str, kept: int, tmp_path: Path):
    encode_reviews(SPLIT, TOKENIZER, tmp_path)
    path = entry(tmp_path) / f"{name}.npy"
    path.write_bytes(path.read_bytes()[:kept])
    assert contents(encode_reviews(SPLIT, TOKENIZER, tmp_path)) == EXPECTED
    assert np.load(path).size > 0


def test_a_missing_array_is_made_again(tmp_path: Path):
    encode_reviews(SPLIT, TOKENIZER, tmp_path)
    (entry(tmp_path) / "labels.npy").unlink()
    assert contents(encode_reviews(SPLIT, TOKENIZER, tmp_path)) == EXPECTED


@pytest.mark.parametrize(
    ("name", "value"), [("ids", [3, 2]), ("offsets", [0, 2, 3, 9]), ("offsets", [0, 7]), ("labels", [1])]
)
def test_inconsistent_arrays_are_made_again(name: str, value: list[int], tmp_path: Path):
    encode_reviews(SPLIT, TOKENIZER, tmp_path)
    np.save(entry(tmp_path) / f"{name}.npy", np.array(value))
    assert contents(encode_reviews(SPLIT, TOKENIZER, tmp_path)) == EXPECTED


def test_pickles_are_never_read(tmp_path: Path):
    encode_reviews(SPLIT, TOKENIZER, tmp_path)
    np.save(entry(tmp_path) / "ids.npy", np.array([{"a": 1}] * 7, dtype=object), allow_pickle=True)
    assert contents(encode_reviews(SPLIT, TOKENIZER, tmp_path)) == EXPECTED


def test_nothing_half_written_stays(tmp_path: Path):
    encode_reviews(SPLIT, TOKENIZER, tmp_path)
    assert sorted(path.name for path in entry(tmp_path).iterdir()) == ["ids.npy", "labels.npy", "offsets.npy"]


def test_a_cache_that_cannot_be_written_is_one_line(tmp_path: Path):
    (tmp_path / "cache").write_text("a file where the folder should be", encoding="utf-8")
    with pytest.raises(DataError, match=r"Cannot write the cache in .*Set SENTIMENT_CACHE") as caught:
        encode_reviews(SPLIT, TOKENIZER, tmp_path / "cache")
    assert "\n" not in str(caught.value)


def test_a_file_where_the_cached_split_should_be_is_one_line(tmp_path: Path):
    encode_reviews(SPLIT, TOKENIZER, tmp_path)
    folder = entry(tmp_path)
    for path in folder.iterdir():
        path.unlink()
    folder.rmdir()
    folder.write_text("", encoding="utf-8")
    with pytest.raises(DataError, match="Cannot write the cache"):
        encode_reviews(SPLIT, TOKENIZER, tmp_path)
    assert list(tmp_path.iterdir()) == [folder]


def test_the_environment_names_the_cache(monkeypatch: pytest.MonkeyPatch, tmp_path: Path):
    monkeypatch.setenv("SENTIMENT_CACHE", str(tmp_path))
    assert default_cache() == tmp_path
    monkeypatch.delenv("SENTIMENT_CACHE")
    assert default_cache().is_relative_to(Path.home())


def damage(folder: Path) -> None:
    """A cached split with one truncated array."""
    folder.mkdir(parents=True, exist_ok=True)
    for name in ("ids", "offsets", "labels"):
        np.save(folder / f"{name}.npy", np.zeros(5, np.int64))
    (folder / "ids.npy").write_bytes(b"\x93NUMPY")


# Prints what it made or found in each cache named on standard input.
FILLING = """
import pathlib, sys
import numpy as np
from sentiment_core.text.encoding import encode_reviews
from sentiment_core.text.reviews import Split
from sentiment_core.text.tokenization import train_words
tokenizer = train_words(["film film film good good bad"])
split = Split(["good film", "!!!", "bad BAD film, zzz"], np.array([1, 1, 0]))
print("ready", flush=True)
for line in sys.stdin:
    encoded = encode_reviews(split, tokenizer, pathlib.Path(line.strip()))
    print((encoded.ids.tolist(), encoded.offsets.tolist(), encoded.labels.tolist()), flush=True)
"""


def test_processes_may_fill_one_cache_at_once(tmp_path: Path):
    """Three processes start on each of many caches at the same time; every other cache holds a damaged split."""
    encode_reviews(SPLIT, TOKENIZER, tmp_path / "first")
    name = entry(tmp_path / "first").name
    pipes = {
        "stdin": subprocess.PIPE,
        "stdout": subprocess.PIPE,
        "stderr": subprocess.PIPE,
        "encoding": "utf-8",
        "cwd": ROOT,
    }
    with ExitStack() as stack:
        processes = [stack.enter_context(subprocess.Popen([sys.executable, "-c", FILLING], **pipes)) for _ in range(3)]
        for process in processes:
            assert process.stdout.readline() == "ready\n", process.stderr.read()
        for number in range(150):
            cache = tmp_path / str(number)
            if number % 2:
                damage(cache / name)
            for process in processes:
                process.stdin.write(f"{cache}\n")
                process.stdin.flush()
            for process in processes:
                assert process.stdout.readline().strip() == str(EXPECTED), process.stderr.read()
            assert [path.name for path in cache.iterdir()] == [name], "nothing half-written"
            assert contents(encode_reviews(SPLIT, TOKENIZER, cache)) == EXPECTED
        for process in processes:
            process.stdin.close()
    assert [process.returncode for process in processes] == [0, 0, 0]


@pytest.mark.filterwarnings("ignore:invalid escape sequence")
@pytest.mark.parametrize("name", ["ids", "offsets", "labels"])
@pytest.mark.parametrize("seed", range(20))
def test_a_cached_file_with_a_broken_head_is_made_again(name: str, seed: int, tmp_path: Path):
    """With its full length, but random bytes of its header changed."""
    rng = np.random.default_rng(seed)
    encode_reviews(SPLIT, TOKENIZER, tmp_path)
    path = entry(tmp_path) / f"{name}.npy"
    broken = bytearray(path.read_bytes())
    for place in rng.integers(0, 80, size=3):
        broken[place] = rng.integers(0, 256)
    path.write_bytes(broken)
    assert contents(encode_reviews(SPLIT, TOKENIZER, tmp_path)) == EXPECTED


@pytest.mark.parametrize("head", [b"\x93NUMPY\x01\x00v\x00{'descr': '<i4', 'fortran_order", b"", b"\0"])
def test_a_cached_file_without_its_head_is_made_again(head: bytes, tmp_path: Path):
    encode_reviews(SPLIT, TOKENIZER, tmp_path)
    path = entry(tmp_path) / "ids.npy"
    path.write_bytes(head.ljust(path.stat().st_size, b"("))
    assert contents(encode_reviews(SPLIT, TOKENIZER, tmp_path)) == EXPECTED


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("offsets", [0, 3, 2, 7]),
        ("offsets", [0, 0, 3, 7]),
        ("offsets", [1, 2, 3, 7]),
        ("ids", [3.0, 2, 1, 4, 4, 2, 1]),
        ("ids", [[3]] * 7),
        ("ids", np.arange(7, dtype=np.int16)),
        ("labels", 3),
    ],
)
def test_arrays_of_another_form_are_made_again(name: str, value: object, tmp_path: Path):
    encode_reviews(SPLIT, TOKENIZER, tmp_path)
    np.save(entry(tmp_path) / f"{name}.npy", np.array(value))
    assert contents(encode_reviews(SPLIT, TOKENIZER, tmp_path)) == EXPECTED


@pytest.mark.parametrize("room", [0, 100, 1_000])
def test_a_full_disk_is_one_line_and_leaves_nothing(room: int, tmp_path: Path):
    """No file can grow beyond `room` bytes, which is less than each array needs."""
    split = Split(["good film"] * 1000, np.zeros(1000, np.int64))
    refused = pytest.raises(DataError, match=r"Cannot write the cache in .*: [Fn].*Set SENTIMENT_CACHE")
    with full_disk(room), refused as caught:
        encode_reviews(split, TOKENIZER, tmp_path)
    assert "\n" not in str(caught.value)
    assert list(tmp_path.iterdir()) == []
    assert len(encode_reviews(split, TOKENIZER, tmp_path)) == 1000

"""Folders and archives as people have them: which files make which split, and that nothing is written."""

import io
import tarfile
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest

from sentiment_core.errors import DataError
from sentiment_core.text.report import describe
from sentiment_core.text.reviews import load_reviews, read_reviews
from tests.text.test_cases import HEADED, PAIRS, TEXTS, read, table

TSV = table([("sentence", "label"), *PAIRS], "\t")
ACL = {
    **{
        f"aclImdb/{split}/{kind}/{n}_{8 * (kind == 'pos') + 1}.txt": f"{split} {kind} {n}"
        for split in ("train", "test")
        for kind in ("neg", "pos")
        for n in range(12)
    },
    **{f"aclImdb/train/unsup/{n}_0.txt": f"unsup {n}" for n in range(3)},
    **{
        "aclImdb/README": "About",
        "aclImdb/imdbEr.txt": "1.5",
        "aclImdb/train/urls_neg.txt": "http",
        "aclImdb/imdb.vocab": "the",
    },
}
# files of the folder, and the number of reviews in each split
FOLDERS: dict[str, tuple[dict[str, str], dict[str, int]]] = {
    "three parts": (
        {f"{name}.csv": table(HEADED) for name in ("train", "val", "test")},
        {"train": 20, "valid": 20, "test": 20},
    ),
    "GLUE, its test without labels": (
        {
            "train.tsv": TSV,
            "dev.tsv": TSV,
            "test.tsv": "index\tsentence\n0\ta film\n",
            "original/datasetSplit.txt": "a\tb\n1\t2\n",
            "original/README.txt": "x",
        },
        {"train": 20, "valid": 20},
    ),
    "aclImdb": (ACL, {"train": 24, "test": 24}),
    "one half of aclImdb": (
        {name.removeprefix("aclImdb/train/"): text for name, text in ACL.items() if "/train/" in name},
        {"all": 24},
    ),
    "a README and a readme beside": (
        {"reviews.csv": table(HEADED), "README.md": "# About\n\ntext,label", "readme.txt": "Class 1 is bad."},
        {"all": 20},
    ),
    "names such as NSMC's": (
        {f"ratings_{name}.txt": table(HEADED, "\t") for name in ("train", "test")},
        {"train": 20, "test": 20},
    ),
    "labeledTrainData and its kin": (
        {
            "labeledTrainData.tsv": TSV,
            "unlabeledTrainData.tsv": "sentence\nmore\n",
            "testData.tsv": "sentence\na film\n",
        },
        {"train": 20},
    ),
    "parts of a large set": ({f"data/train-0000{n}-of-00002.csv": table(HEADED) for n in (0, 1)}, {"train": 40}),
    "folders deep down, and what a Mac leaves": (
        {
            "a/b/train.csv": table(HEADED),
            "a/b/test.csv": table(HEADED),
            "__MACOSX/a/b/._train.csv": "\0",
            ".DS_Store": "\0",
            "a/old/train.csv.bak": "x",
        },
        {"train": 20, "test": 20},
    ),
}


def as_folder(files: dict[str, str], path: Path) -> Path:
    for name, content in files.items():
        (path / name).parent.mkdir(parents=True, exist_ok=True)
        (path / name).write_text(content, encoding="utf-8", newline="")
    return path


def as_zip(files: dict[str, str], path: Path) -> Path:
    with zipfile.ZipFile(path.with_name(f"{path.name}.zip"), "w") as archive:
        for name, content in files.items():
            archive.writestr(name, content)
    return path.with_name(f"{path.name}.zip")


def as_tar(files: dict[str, str], path: Path) -> Path:
    with tarfile.open(path.with_name(f"{path.name}.tar.gz"), "w:gz") as archive:
        for name, content in files.items():
            info = tarfile.TarInfo(f"./{name}")
            info.size = len(content.encode())
            archive.addfile(info, io.BytesIO(content.encode()))
    return path.with_name(f"{path.name}.tar.gz")


@pytest.mark.parametrize("pack", [as_folder, as_zip, as_tar])
@pytest.mark.parametrize(("files", "sizes"), FOLDERS.values(), ids=FOLDERS)
def test_folders_and_archives_as_they_lie(pack: Callable, files: dict[str, str], sizes: dict[str, int], tmp_path: Path):
    (tmp_path / ".cache").mkdir()  # hidden, with brackets and a script of its own
    source = pack(files, tmp_path / ".cache" / "[영화] set")
    got = read(source)
    assert {name: len(split) for name, split in got.parts.items()} == sizes
    assert all(split.labels.sum() * 2 == len(split) for split in got.parts.values())
    packed = {f"{source.name}"} if source.is_file() else {part.split("/")[0] for part in files}
    there = source.parent if source.is_file() else source
    assert {path.name for path in there.iterdir()} == packed, "nothing is unpacked beside it"


def test_folders_named_as_classes(tmp_path: Path):
    files = {f"{kind}/{n}.txt": f"{kind} {n}" for kind in ("Bad", "good", "meh") for n in range(9)}
    got = read(as_folder(files, tmp_path / "mine"), names=["bad", "good"])
    assert got.parts["all"].labels.tolist() == [0] * 9 + [1] * 9
    assert got.report.splits[0].others == (("meh", 9),)


def test_texts_of_aclimdb_in_the_order_of_their_numbers(tmp_path: Path):
    got = read_reviews(str(as_tar(ACL, tmp_path / "acl")), unlabelled=True)
    assert got.parts["train"].texts == [f"train {kind} {n}" for kind in ("neg", "pos") for n in range(12)]
    assert list(got.unlabelled) == ["unsup 0", "unsup 1", "unsup 2"]
    assert got.parts["train"].labels.tolist() == [0] * 12 + [1] * 12


def test_a_split_without_labels_is_left_out_and_reported(tmp_path: Path):
    files, _ = FOLDERS["GLUE, its test without labels"]
    said = describe(read(as_folder(files, tmp_path / "sst")).report)
    assert "test: passed over, no row of it has a label" in said
    assert "passed over: original/datasetSplit.txt, of no split" in said
    assert set(load_reviews(str(tmp_path / "sst")).test.texts) <= set(TEXTS), "a fifth of train"


def test_names_that_point_out_of_an_archive_write_nothing(tmp_path: Path):
    for pack in (as_zip, as_tar):
        with pytest.raises(DataError, match="names a file outside itself"):
            read(pack({"../../out.csv": table(HEADED)}, tmp_path / "evil"))
    assert {path.name for path in tmp_path.iterdir()} == {"evil.zip", "evil.tar.gz"}
    assert not (tmp_path.parent.parent / "out.csv").exists()


@pytest.mark.parametrize(
    ("files", "expected"),
    [
        ({"train.csv": table(HEADED), "train.jsonl": "{}"}, "as .csv and .jsonl. Name one of its files"),
        ({"pos/1.txt": "x", "train.csv": ""}, "train.csv is empty|train.csv. is empty"),
        ({"test.csv": table(HEADED)}, "no train split, only test"),
        (
            {f"{kind}/{n}.txt": "so" for kind in ("bad", "good") for n in range(9)},
            "in the folders bad, good. Name two",
        ),
        ({"notes.md": "hello"}, "holds no file of reviews"),
    ],
)
def test_inconsistent_folders(files: dict[str, str], expected: str, tmp_path: Path):
    with pytest.raises(DataError, match=expected):
        load_reviews(str(as_folder(files, tmp_path / "mine")))

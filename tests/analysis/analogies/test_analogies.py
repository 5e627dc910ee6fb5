"""Vectors of words are read from every form, and a - b + c is solved as by hand."""

from __future__ import annotations

import gzip
import json
from pathlib import Path

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq
import pytest
import torch
from safetensors.numpy import save_file

from sentiment_core.analysis.analogies import reading, solving
from sentiment_core.analysis.analogies.reading import read_vectors, write_vectors
from sentiment_core.analysis.analogies.vectors import INCLUDED, WordVectors, vector_files, word_vectors
from sentiment_core.analysis.mechanics.running import run, seeded, shown_lines
from sentiment_core.analysis.vocabulary import UNSAID
from sentiment_core.environment.variables import VECTORS
from sentiment_core.errors import EmbeddingError, WordError

WORDS = ["king", "queen", "man", "woman", "apple"]
# First axis: royal; second: female; third: fruit.
MATRIX = np.array([[2, 0, 0], [2, 2, 0], [0.5, 0.5, 0], [0.5, 2.5, 0], [0, 0, 3]], np.float32)


def by_hand() -> WordVectors:
    return word_vectors("by hand", WORDS, MATRIX)


@pytest.fixture(scope="module")
def glove() -> WordVectors:
    return read_vectors(INCLUDED, "glove")


def test_the_answer_by_hand():
    vectors = by_hand()
    units = MATRIX / np.linalg.norm(MATRIX, axis=1, keepdims=True)
    target = units[0] - units[2] + units[3]
    cosines = units @ target / np.linalg.norm(target)
    found = solving.solve(vectors, "king", "man", "woman")
    assert found.words == ["queen", "apple"]
    np.testing.assert_allclose(found.cosines, cosines[[1, 4]], atol=1e-6)
    order = np.argsort(-cosines)
    assert found.with_inputs == [WORDS[row] for row in order]


def test_the_lines_shown_find_the_answer():
    vectors = by_hand()
    given = {"units": torch.from_numpy(vectors.units), "answers": torch.from_numpy(vectors.answers)}
    given |= {"a": 0, "b": 2, "c": 3}
    ran = run(solving.nearest, **given)
    space = {"torch": torch} | given
    with seeded(0):
        exec(shown_lines(solving.nearest), space)
    for name in ("with_inputs", "without"):
        assert space[name].indices.tolist() == ran[name].indices.tolist()
    assert len(shown_lines(solving.nearest).splitlines()) == 5


def test_the_included_vectors_know_the_queen(glove):
    found = solving.solve(glove, "king", "man", "woman")
    assert found.words[0] == "queen"
    assert found.with_inputs[:2] == ["king", "queen"], "without the exclusion the answer is the question"
    solved = solving.count_solved(glove)
    assert solved.asked >= 26
    assert solved.right >= 24
    assert (len(glove.words), glove.units.shape[1], glove.total) == (10_000, 100, 341_479)
    assert not UNSAID & set(glove.words)


@pytest.mark.parametrize("name", ["rnn", "lstm", "gru", "bilstm", "bilstm-best"])
def test_an_embedding_of_sentiment_does_not(published, name):
    own = read_vectors(published / name)
    assert "queen" not in solving.solve(own, "king", "man", "woman").words
    solved = solving.count_solved(own)
    assert solved.asked >= 20
    assert solved.right <= solved.asked / 10


def test_an_embedding_that_first_learned_to_predict_words_solves_more(published):
    solved = solving.count_solved(read_vectors(published / "bilstm-pretrained"))
    assert solved.asked / 2 < solved.right < solved.asked


@pytest.mark.parametrize(
    ("asked", "told"),
    [
        (("", "man", "woman"), "three words"),
        (("king", "king ", "woman"), "three different"),
        (("king", "zzqx", "woman"), "zzqx"),
        (("왕", "man", "woman"), "왕"),
        (("😀", "<b>", "woman"), "😀"),
        (("x" * 999, "man", "woman"), "x" * 40),
    ],
)
def test_questions_without_an_answer_are_refused(asked, told):
    with pytest.raises(WordError, match=told):
        solving.solve(by_hand(), *asked)


def test_capitals_do_not_matter():
    assert solving.solve(by_hand(), " King", "MAN", "Woman").words[0] == "queen"


def text(header: bool) -> bytes:
    lines = [f"{word} {' '.join(map(str, row))}" for word, row in zip(WORDS, MATRIX.tolist(), strict=True)]
    return "\n".join([*(["5 3"] if header else []), *lines, ""]).encode()


def binary(line_break: bytes) -> bytes:
    rows = [word.encode() + b" " + row.tobytes() + line_break for word, row in zip(WORDS, MATRIX, strict=True)]
    return b"5 3\n" + b"".join(rows)


def wink() -> bytes:
    vectors = {word: [*row, 1.5, place] for place, (word, row) in enumerate(zip(WORDS, MATRIX.tolist(), strict=True))}
    head = {"precision": 8, "l2NormIndex": 3, "wordIndex": 4, "size": 5, "dimensions": 3, "words": WORDS}
    return json.dumps(head | {"padding": "x" * 600, "vectors": vectors}, separators=(",", ":")).encode()


@pytest.mark.parametrize(
    "content",
    [text(False), text(True), gzip.compress(text(False)), binary(b""), binary(b"\n"), wink()],
    ids=["glove", "word2vec text", "gzip", "word2vec binary", "binary with line breaks", "wink"],
)
def test_every_form_gives_the_same_vectors(content, tmp_path):
    path = tmp_path / "vectors.bin"
    path.write_bytes(content)
    found = read_vectors(path)
    assert list(found.words) == WORDS
    np.testing.assert_allclose(found.units, by_hand().units, atol=1e-6)


def test_a_matrix_with_its_words_in_a_folder(tmp_path):
    np.save(tmp_path / "vectors.npy", MATRIX)
    pq.write_table(pa.table({"index": WORDS}), tmp_path / "words.parquet")
    assert solving.solve(read_vectors(tmp_path), "king", "man", "woman").words[0] == "queen"


def test_a_matrix_that_needs_unpickling_is_refused(tmp_path):
    np.save(tmp_path / "vectors.npy", np.array([[{}, 1]] * 5, dtype=object), allow_pickle=True)
    pq.write_table(pa.table({"index": WORDS}), tmp_path / "words.parquet")
    with pytest.raises(EmbeddingError, match="no vectors that can be read"):
        read_vectors(tmp_path)


def test_a_line_with_words_instead_of_numbers_is_named(tmp_path):
    path = tmp_path / "vectors.txt"
    path.write_text("king 1 2 3\nno numbers at all\n", encoding="utf-8")
    with pytest.raises(EmbeddingError, match="line 2 has something else than numbers after its word"):
        read_vectors(path)


def test_what_is_written_is_read_again(tmp_path):
    write_vectors(by_hand(), tmp_path / "own.safetensors", 4)
    found = read_vectors(tmp_path / "own.safetensors")
    assert list(found.words) == WORDS[:4]
    assert found.total == 5
    np.testing.assert_allclose(found.units, by_hand().units[:4], atol=1 / 100)


def test_a_long_file_is_read_up_to_the_limit(tmp_path, monkeypatch):
    monkeypatch.setattr(reading, "MOST_NUMBERS", 12)
    path = tmp_path / "long.txt"
    path.write_bytes(text(True))
    found = read_vectors(path)
    assert (list(found.words), found.total) == (WORDS[:4], 5)


@pytest.mark.parametrize(
    "content",
    [
        *[b"", b"\n", b"king\n", b"just a sentence of words\n" * 5, b"\x00\xff" * 50, b"{}", b"\x1f\x8bbroken"],
        *[
            b"5 3\nking 1 2\n",
            b"5 3\nking 1 2 nan\nman 1 2 3\nwoman 1 2 3\nqueen 1 1 1\n",
            b"5 0\n",
            b"9 3\n" + b"king 1",
        ],
        *[text(False)[:-8], b'{"dimensions":3,"size":2,"vectors":{"a":[1,2,3]}}', binary(b"")[:-5]],
    ],
)
def test_damaged_files_are_refused_in_one_line(content, tmp_path):
    path = tmp_path / "bad.txt"
    path.write_bytes(content)
    with pytest.raises(EmbeddingError) as caught:
        read_vectors(path)
    assert "\n" not in str(caught.value)


def test_other_bad_sources_are_refused(tmp_path):
    save_file({"x": np.zeros(3, np.float32)}, tmp_path / "model.safetensors")
    (tmp_path / "empty").mkdir()
    (tmp_path / "no.safetensors").write_bytes(b"no")
    for path in (tmp_path, tmp_path / "empty", tmp_path / "no.safetensors", tmp_path / "none", Path("/no/such")):
        with pytest.raises(EmbeddingError):
            read_vectors(path)


def test_the_variable_names_more_files(tmp_path, monkeypatch):
    path = tmp_path / "mine.txt"
    path.write_bytes(text(False))
    monkeypatch.setenv(VECTORS.name, f" {path} ")
    assert vector_files()["mine.txt"] == path
    assert next(iter(vector_files())) == "glove"


def test_the_command_prints_the_answer(sentiment, tmp_path):
    path = tmp_path / "mine.txt"
    path.write_bytes(text(True))
    printed = sentiment("analogy", "king", "man", "woman", "--vectors", path)
    assert printed.code == 0
    assert printed.out.splitlines()[0].endswith("queen")
    refused = sentiment("analogy", "king", "man", "zzqx")
    assert refused.code == 2
    assert "zzqx" in refused.err

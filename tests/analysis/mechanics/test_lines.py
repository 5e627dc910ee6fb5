"""The lines that a step shows are the lines that it runs, and they compute what the step says."""

from __future__ import annotations

import ast
import inspect
from pathlib import Path
from typing import Any

import numpy as np
import pytest
import torch
from torch import Tensor, nn
from torch.nn import functional
from torch.nn.utils.rnn import PackedSequence

from sentiment_core.analysis.analogies import solving
from sentiment_core.analysis.mechanics import (
    far_apart,
    generation,
    parameters,
    shapes,
    tensors,
    trap,
    two_senses,
    words,
)
from sentiment_core.analysis.mechanics.running import run, seeded, shown_lines
from sentiment_core.analysis.mechanics.sequences import Sequences, toy_sequences
from sentiment_core.model.config import NetworkConfig
from sentiment_core.model.recurrent import RecurrentClassifier

TOY = toy_sequences()


def given() -> dict[str, dict[str, Any]]:
    """The values that each step takes."""
    padded = run(shapes.pad, sequences=TOY.tensors()).values
    ids, lengths = padded["ids"], padded["lengths"]
    embedded = run(shapes.embed, ids=ids, vocab_size=100)["embedded"].detach()
    read = run(shapes.read_gru, embedded=embedded, lengths=lengths)
    with seeded(0):
        both = shapes.both_directions()
        network = RecurrentClassifier(NetworkConfig(cell="gru", embedding_size=4, hidden_size=4), 100).eval()
    batch = {"network": network, "ids": ids, "lengths": lengths, "labels": torch.arange(10) % 2}
    model = generation.language_model(TOY, trained=False)
    reading = {"embedded": embedded, "lengths": lengths}
    return {
        "look_up": {"ids": ids[0], "vocab_size": 100},
        "pad": {"sequences": TOY.tensors()},
        "pack": {"ids": ids, "lengths": lengths},
        "embed": {"ids": ids, "vocab_size": 100},
        "read_rnn": reading,
        "read_lstm": reading,
        "read_gru": reading,
        "read_both_ways": both | reading,
        "read_layers": reading,
        "read_out": {"outputs": read["outputs"], "last": read["last"]},
        "build_vocabulary": {"sentences": ["A dull plot", "a good PLOT"]},
        "encode": {"text": "a good end", "vocabulary": {"<PAD>": 0, "<UNK>": 1, "a": 2, "good": 3}, "length": 5},
        "next_token": {
            "embedding": model.embedding,
            "gru": model.gru,
            "head": model.head,
            "token": torch.tensor(3),
            "state": torch.zeros(1, 1, generation.HIDDEN),
        },
        "count": {"kind": "GRU", "embedding_size": 5, "hidden_size": 3, "lengths": (60, 600)},
        "read_two": {"network": network, "first": ids[:1, :6], "second": ids[1:2, :6], "place_1": 2, "place_2": 3},
        "read_batch": batch,
        "read_padded": batch | {"more": 7},
        "nearest": {
            "units": functional.normalize(torch.arange(12.0).view(4, 3) - 5),
            "answers": torch.tensor([True, True, False, True]),
            "a": 0,
            "b": 1,
            "c": 3,
        },
        "trace_back": {"cell": "LSTM", "ids": ids[:1, :8], "vocab_size": 100},
    }


STEPS = [
    *[shapes.look_up, shapes.pad, shapes.pack, shapes.embed, *shapes.READERS.values(), shapes.read_both_ways],
    *[shapes.read_layers, shapes.read_out, words.build_vocabulary, words.encode, generation.next_token],
    *[parameters.count, two_senses.read_two, trap.read_batch, trap.read_padded, far_apart.trace_back],
    solving.nearest,
]


@pytest.mark.parametrize("step", STEPS, ids=lambda step: step.__name__)
def test_the_lines_shown_compute_what_the_step_gave(step):
    """Run the shown text on its own, with the same values and random numbers."""
    values = given()[step.__name__]
    ran = run(step, **values)
    space = vars(inspect.getmodule(step)) | values
    with seeded(0):
        exec(shown_lines(step), space)
    assert ran.code == shown_lines(step)
    assert ran.values
    for name, value in ran.values.items():
        assert_same(space[name], value, name)


def assert_same(found: Any, expected: Any, name: str) -> None:
    if isinstance(expected, (Tensor, PackedSequence)):
        assert type(found) is type(expected), name
        pairs = zip(found, expected, strict=True) if isinstance(expected, PackedSequence) else [(found, expected)]
        assert all(one is two is None or torch.equal(one, two) for one, two in pairs), name
    elif isinstance(expected, nn.Module):
        weights = found.state_dict()
        assert all(torch.equal(weights[key], weight) for key, weight in expected.state_dict().items()), name
    elif isinstance(expected, (list, tuple)) and expected and isinstance(expected[0], Tensor):
        assert all(torch.equal(one, two) for one, two in zip(found, expected, strict=True)), name
    else:
        assert found == expected, name


def test_no_step_is_left_out_of_these_tests():
    """Whatever a module of mechanics or analogies runs and shows is in STEPS."""
    names = {step.__name__ for step in STEPS} | {"READERS"}
    ran = set()
    for package in (shapes, solving):
        for file in Path(package.__file__).parent.glob("*.py"):
            for call in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
                if isinstance(call, ast.Call) and getattr(call.func, "id", "") == "run":
                    step = call.args[0]
                    step = step.value if isinstance(step, ast.Subscript) else step
                    ran.add(step.attr if isinstance(step, ast.Attribute) else step.id)
    assert len(ran) > 10
    assert ran <= names


def test_every_step_shows_few_lines():
    lines = {step.__name__: len([line for line in shown_lines(step).splitlines() if line]) for step in STEPS}
    assert max(lines.values()) <= 5, lines
    assert "return" not in "".join(map(shown_lines, STEPS))


def test_the_generator_of_the_process_is_left_as_it_was():
    before = torch.get_rng_state()
    run(shapes.look_up, ids=torch.tensor([1, 2]), vocab_size=5)
    assert torch.equal(torch.get_rng_state(), before)


def test_the_toy_sequences_are_those_of_the_recipe():
    lengths = [len(ids) for ids in TOY.ids]
    assert len(lengths) == 10
    assert (min(lengths), max(lengths)) == (5, 20)
    assert min(ids.min() for ids in TOY.ids) >= 1
    assert max(ids.max() for ids in TOY.ids) < TOY.vocab_size == 100


def test_padding_and_packing_by_hand():
    sequences = [torch.tensor([7, 8]), torch.tensor([1, 2, 3]), torch.tensor([5])]
    padded = run(shapes.pad, sequences=sequences)
    assert padded["ids"].tolist() == [[7, 8, 0], [1, 2, 3], [5, 0, 0]]
    assert padded["lengths"].tolist() == [2, 3, 1]
    packed = run(shapes.pack, ids=padded["ids"], lengths=padded["lengths"])
    assert packed["order"].tolist() == [1, 0, 2]
    assert packed["packed"].data.tolist() == [1, 7, 5, 2, 8, 3], "column by column, longest first"
    assert packed["packed"].batch_sizes.tolist() == [3, 2, 1]
    assert packed["back"].tolist() == padded["ids"].tolist()


def test_the_places_drawn_for_packing_are_those_of_packed_data():
    shown = tensors.show_packing(TOY)
    drawn = next(box for box in shown.boxes if box.name == "packed.data")
    order = next(box for box in shown.boxes if box.name == "order").values[0]
    packed = run(
        shapes.pack,
        ids=run(shapes.pad, sequences=TOY.tensors())["ids"],
        lengths=torch.tensor([len(ids) for ids in TOY.ids]),
    )["packed"]
    for row, sequence in enumerate(order):
        ids = TOY.ids[sequence]
        assert packed.data[drawn.values[row, : len(ids)]].tolist() == ids.tolist()
        assert not drawn.exists[row, len(ids) :].any()
    assert shown.numbers["same"] == 1


def test_one_hot_times_the_table_is_a_row():
    assert tensors.show_table(TOY).numbers == {"rows": 100, "width": 256, "numbers": 25_600, "same": 1.0}


@pytest.mark.parametrize("cell", shapes.READERS)
def test_a_packed_batch_ends_at_the_last_real_token_and_a_padded_one_does_not(cell):
    shown = tensors.show_states(TOY, cell)
    assert shown.numbers["packed_off"] < 1e-5
    assert shown.numbers["padded_off"] > 0.1
    assert shown.numbers["shorter"] == 9
    outputs = shown.boxes[0]
    assert outputs.shape == (10, 20, 8)
    assert outputs.marked.sum() == 10
    assert all(outputs.real[row, column] for row, column in np.argwhere(outputs.marked))
    assert ("packed_c_n" in {box.name for box in shown.boxes}) == (cell == "lstm")


def test_reading_without_packing_gives_the_same_numbers():
    shown = tensors.show_both_ways(TOY)
    assert shown.numbers["off"] < 1e-5
    assert [box.shape for box in shown.boxes] == [(10, 20, 16)] * 2


def test_layers_and_directions_are_where_the_step_says():
    shown = tensors.show_layers(TOY)
    assert shown.boxes[0].shape == (2, 2, 10, 8)
    assert shown.boxes[1].shape == (20, 10, 16), "time first"
    assert shown.numbers["forward_off"] == shown.numbers["backward_off"] == 0


def test_heads_have_the_shapes_of_the_recipe():
    assert [box.shape for box in tensors.show_heads(TOY).boxes] == [(10, 2), (20, 10, 5)]


@pytest.mark.parametrize("name", tensors.TENSOR_STEPS)
def test_one_sequence_of_one_token_passes_every_step(name):
    one = Sequences((np.array([3]),), 5, None, 0, 0)
    shown = tensors.TENSOR_STEPS[name](one)
    assert all(box.shape for box in shown.boxes)
    assert tensors.show_states(one, "gru").numbers["padded_off"] < 1e-5, "nothing to pad"


def test_packed_states_equal_those_of_pytorch_on_single_sequences():
    """Reading each sequence alone, without padding, is the reference for both ways of reading a batch."""
    padded = run(shapes.pad, sequences=TOY.tensors())
    embedded = run(shapes.embed, ids=padded["ids"], vocab_size=100)["embedded"].detach()
    ran = run(shapes.read_lstm, embedded=embedded, lengths=padded["lengths"])
    for row, length in enumerate(padded["lengths"].tolist()):
        _, (alone, cell) = ran["lstm"](embedded[row : row + 1, :length])
        torch.testing.assert_close(ran["packed_h_n"][0, row], alone[0, 0], atol=1e-5, rtol=0)
        torch.testing.assert_close(ran["packed_c_n"][0, row], cell[0, 0], atol=1e-5, rtol=0)

"""Recipes: what they hold, what they refuse, and what the comparable presets share."""

from dataclasses import asdict, fields

import pytest

from sentiment_core.errors import PresetError
from sentiment_core.model.presets import PRESETS, Recipe, preset
from sentiment_core.model.recurrent import RecurrentConfig


def test_the_presets():
    named = ["rnn", "lstm", "gru", "bilstm", "bilstm-best", "bilstm-pretrained", "bilstm-shuffled"]
    assert list(PRESETS) == named
    for name, make in PRESETS.items():
        assert preset(name) == make()
        assert preset(name).preset == name
        assert make.__doc__


def test_an_unknown_preset():
    with pytest.raises(PresetError, match=r"No preset 'bert'. Choose one of rnn, lstm, gru, bilstm"):
        preset("bert")


def test_lstm_gru_and_bilstm_differ_in_cell_and_direction_alone():
    lstm, gru, bilstm = (asdict(preset(name)) for name in ("lstm", "gru", "bilstm"))
    assert {name for name in lstm if lstm[name] != gru[name]} == {"preset", "cell"}
    assert {name for name in lstm if lstm[name] != bilstm[name]} == {"preset", "bidirectional"}


def test_the_control_differs_from_bilstm_in_its_labels_alone():
    bilstm, shuffled = (asdict(preset(name)) for name in ("bilstm", "bilstm-shuffled"))
    assert {name for name in bilstm if bilstm[name] != shuffled[name]} == {"preset", "shuffle_labels"}
    assert [name for name, make in PRESETS.items() if make().shuffle_labels] == ["bilstm-shuffled"]


def test_the_rnn_is_that_of_recipe_a():
    rnn = preset("rnn")
    assert (rnn.cell, rnn.layers, rnn.embedding_size, rnn.hidden_size) == ("rnn_relu", 2, 32, 32)
    assert (rnn.pooling, rnn.max_length, rnn.batch_size) == ("last", 400, 64)


def test_a_recipe_names_every_setting_of_a_network():
    recipe = {field.name: field.default for field in fields(Recipe)}
    for field in fields(RecurrentConfig):
        if field.name != "vocab_size":
            assert recipe[field.name] == field.default, field.name


def test_change_leaves_none_and_the_original_alone():
    recipe = preset("lstm")
    changed = recipe.change(epochs=2, hidden_size=None)
    assert (changed.epochs, changed.hidden_size) == (2, recipe.hidden_size)
    assert recipe == preset("lstm")


def test_change_to_an_unknown_setting():
    with pytest.raises(PresetError, match="No setting depth, width"):
        preset("lstm").change(width=3, depth=2)


@pytest.mark.parametrize(
    "changes",
    [
        {"epochs": 0},
        {"max_length": 0},
        {"batch_size": -1},
        {"learning_rate": 0.0},
        {"learning_rate": -1e-3},
        {"learning_rate": float("nan")},
        {"learning_rate": float("inf")},
        {"clip": -1.0},
        {"clip": float("nan")},
        {"clip": float("inf")},
        {"max_length": 400.5},
        {"layers": "2"},
        {"seed": True},
        {"seed": -1},
        {"schedule": "cosine"},
    ],
)
def test_values_that_cannot_be_trained_with(changes: dict):
    with pytest.raises(PresetError, match=r"must be|No schedule"):
        preset("lstm").change(**changes)

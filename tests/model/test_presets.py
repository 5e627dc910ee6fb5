"""Recipes: their settings, what they refuse, and what the comparable presets share."""

from dataclasses import fields

import pytest

from sentiment_core.errors import PresetError
from sentiment_core.model.config import OPTIONS, SETTINGS, NetworkConfig, Recipe
from sentiment_core.model.presets import PRESETS, preset
from sentiment_core.model.settings import about


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
    lstm, gru, bilstm = (preset(name).settings() for name in ("lstm", "gru", "bilstm"))
    assert {name for name in lstm if lstm[name] != gru[name]} == {"preset", "cell"}
    assert {name for name in lstm if lstm[name] != bilstm[name]} == {"preset", "bidirectional"}


def test_the_control_differs_from_bilstm_in_its_labels_alone():
    bilstm, shuffled = (preset(name).settings() for name in ("bilstm", "bilstm-shuffled"))
    assert {name for name in bilstm if bilstm[name] != shuffled[name]} == {"preset", "shuffle_labels"}
    assert [name for name, make in PRESETS.items() if make().shuffle_labels] == ["bilstm-shuffled"]


def test_the_rnn_is_that_of_recipe_a():
    rnn = preset("rnn")
    sizes = {"layers": 2, "embedding_size": 32, "hidden_size": 32}
    assert rnn.network == NetworkConfig(cell="rnn_relu", embedding_std=0.1, pooling="last", **sizes)
    assert (rnn.max_length, rnn.batch_size) == (400, 64)


def test_every_setting_is_described_and_named_once():
    """A field without help would be neither an option of the command line nor a row of a comparison."""
    names = [field.name for config in (Recipe, NetworkConfig) for field in fields(config) if field.name != "network"]
    assert sorted(names) == sorted(SETTINGS)
    for name, field in SETTINGS.items():
        assert str(about(field).help).endswith("."), name
        assert field.type in ("int", "float", "str", "bool"), name
    assert set(SETTINGS) - set(OPTIONS) == {"preset", "cell", "bidirectional"}


def test_a_recipe_lists_its_settings_the_networks_among_them():
    recipe = preset("bilstm-best")
    assert list(recipe.settings()) == list(SETTINGS)
    assert Recipe("mine").change(**recipe.settings()) == recipe


def test_change_leaves_none_and_the_original_alone():
    recipe = preset("lstm")
    changed = recipe.change(epochs=2, hidden_size=None)
    assert (changed.epochs, changed.network) == (2, recipe.network)
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
        {"shuffle_labels": 1},
        {"hidden_size": 0},
    ],
)
def test_values_that_cannot_be_trained_with(changes: dict):
    with pytest.raises(PresetError, match=r"must be|No schedule"):
        preset("lstm").change(**changes)

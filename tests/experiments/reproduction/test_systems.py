"""Systems: the faithful ones match the lecture notes, and names select them."""

import re

import pytest

from sentiment_core.errors import PresetError
from sentiment_core.experiments.reproduction import systems
from sentiment_core.experiments.reproduction.systems import FULL_LENGTH, GROUPS, all_systems, choose, emoticons_last
from sentiment_core.model.config import Recipe
from sentiment_core.model.presets import PRESETS
from sentiment_core.text.tokenization import train_words
from sentiment_core.training.pipeline import check_recipe

# Every setting that the notes give, by system.
NOTES = {
    "faithful-rnn": {
        **{"tokenizer": "wordpiece-raw", "max_length": 400, "cell": "rnn_relu", "layers": 2, "embedding_size": 32},
        **{"hidden_size": 32, "epochs": 5, "batch_size": 64, "learning_rate": 1e-3, "keep": "last"},
    },
    "faithful-lstm": {
        **{
            "tokenizer": "words-raw",
            "max_length": FULL_LENGTH,
            "cell": "lstm",
            "embedding_size": 20,
            "hidden_size": 64,
        },
        **{"head_size": 64, "epochs": 10, "batch_size": 32, "learning_rate": 1e-3, "keep": "last"},
    },
    "faithful-gru": {
        **{"tokenizer": "whitespace-raw", "max_length": FULL_LENGTH, "cell": "gru", "embedding_size": 128},
        **{"hidden_size": 256, "pooling": "column", "dropout": 0.5, "outputs": 2, "epochs": 10, "batch_size": 64},
        **{"learning_rate": 1e-3, "keep": "loss"},
    },
}
# Settings that no recipe of the notes has: PyTorch's default, or absent.
PLAIN = {"initialization": "torch", "embedding_std": 1.0, "embedding_dropout": 0.0, "clip": 0.0, "schedule": "constant"}


def changes(name: str, other: str) -> dict:
    """The settings in which one system differs from another, except the name."""
    one, two = (all_systems()[system].recipe.settings() for system in (name, other))
    return {key: value for key, value in one.items() if value != two[key] and key != "preset"}


@pytest.mark.parametrize("name", NOTES)
def test_a_faithful_recipe_is_that_of_the_notes(name: str):
    assert all_systems()[name].recipe == Recipe(name).change(**(PLAIN | NOTES[name]))


def test_the_notes_variants_differ_from_them_as_said():
    assert changes("faithful-bilstm", "faithful-lstm") == {"bidirectional": True, "learning_rate": 2e-3}
    assert changes("faithful-rnn-clipped", "faithful-rnn") == {"clip": 1.0}
    assert changes("faithful-irnn", "faithful-rnn-clipped") == {"initialization": "identity"}


def test_splits_and_recorded_figures():
    found = {name: system for name, system in all_systems().items() if system.recorded}
    assert {name: system.recorded for name, system in found.items()} == {
        **{"faithful-rnn": 0.78, "faithful-lstm": 0.8494, "faithful-bilstm": 0.8480, "faithful-gru": 0.8568}
    }
    assert {system.valid_fraction for name, system in found.items() if name != "faithful-rnn"} == {0.2}
    assert {found[name].split_seed for name in ("faithful-lstm", "faithful-bilstm")} == {1}


def test_every_recipe_can_be_trained():
    for system in all_systems().values():
        if system.recipe:
            check_recipe(system.recipe)


def test_names_are_unique_and_differ_from_groups_and_folders():
    names = list(all_systems())
    assert not set(names) & set(GROUPS)
    assert all(re.fullmatch(r"[a-z0-9-]+", name) for name in names)
    assert set(PRESETS) <= set(names)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Fine :) <br />A film ;-( it was =D good", "fine a film it was d good :) ;-( =d"),
        ("No tags<b>here</b>.", "no tagshere"),
        ("score:perfect, 10/10!", "score perfect 10 10"),
        ("?!", ""),
    ],
)
def test_emoticons_stand_after_the_words(text: str, expected: str):
    assert emoticons_last(text) == expected


def test_the_words_tokenizer_reads_what_was_rearranged_as_it_stands():
    text = emoticons_last("Fine :) a film;-( =P, said :Peter =D")
    assert train_words([text]).encode(text).tokens == text.split()


def test_systems_are_chosen_by_name_and_group_in_order():
    assert [system.name for system in choose(["gru", "faithful-gru", "majority"])] == [
        "faithful-gru",
        "majority",
        "gru",
    ]
    assert [system.name for system in choose(["presets"])] == [*PRESETS, "bilstm-pretrained-averaged"]
    assert choose([]) == [system for system in all_systems().values() if system.group != "korean"]


def test_korean_compares_one_network_with_each_tokenizer_and_baselines():
    chosen = {system.name: system for system in choose(["korean"])}
    assert set(chosen) == {
        *("majority", "bag-of-words", "nb-svm-bigrams", "nb-svm-characters"),
        *("korean-wordpiece", "korean-syllables", "korean-jamo"),
    }
    for kind in ("wordpiece", "syllables", "jamo"):
        recipe = chosen[f"korean-{kind}"].recipe
        assert recipe == PRESETS["bilstm"]().change(tokenizer=kind, **systems.KOREAN_CHANGES[kind])
        assert recipe.max_length > 64, "a review of 140 characters is read nearly whole"


def test_an_unknown_name():
    with pytest.raises(PresetError, match=r"No system bert, roberta. Choose among faithful, baselines, .*faithful-gru"):
        choose(["bert", "gru", "roberta"])


def test_an_ablation_changes_settings_and_variations_of_the_base(monkeypatch: pytest.MonkeyPatch):
    base = Recipe(systems.ABLATED).change(pooling="max", dropout=0.5)
    monkeypatch.setattr(systems, "PRESETS", {systems.ABLATED: lambda: base})
    changes = {
        "base": {},
        "last": {"pooling": "last"},
        "plain": {"averaging": 0.0},
        "both": {"layers": 2, "adversarial": 1},
    }
    monkeypatch.setattr(systems, "ABLATION", changes)
    chosen = choose(["ablation"])
    assert [system.name for system in chosen] == [f"ablation-{name}" for name in changes]
    assert [system.recipe for system in chosen] == [base, base.change(pooling="last"), base, base.change(layers=2)]
    averaged = {"averaging": 0.999}
    assert [system.variation.record() for system in chosen] == [averaged, averaged, {}, averaged | {"adversarial": 1}]


def test_the_preset_is_the_ablation_without_averaging():
    """So the table's row for it also describes the preset."""
    row, preset = (all_systems()[name] for name in ("ablation-without-averaging", systems.ABLATED))
    assert (row.recipe, row.variation) == (preset.recipe, preset.variation)

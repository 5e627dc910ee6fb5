"""Run folders with every kind of damage are refused in one line."""

import json
import shutil

import pytest
import torch
from safetensors.torch import load_file, save_file

from sentiment_core.classifiers.loading import load_classifier
from sentiment_core.errors import RunError, TokenizerError
from sentiment_core.text.tokenization import compact_json, train_wordpiece


def truncate(folder):
    path = folder / "model.safetensors"
    path.write_bytes(path.read_bytes()[:-100])


def truncate_header(folder):
    path = folder / "model.safetensors"
    path.write_bytes(path.read_bytes()[:20])


def not_safetensors(folder):
    (folder / "model.safetensors").write_text("weights are in another file", encoding="utf-8")


def no_bytes(folder):
    (folder / "model.safetensors").write_bytes(b"")


def no_weights(folder):
    (folder / "model.safetensors").unlink()


def other_weights(folder):
    tensors = load_file(folder / "model.safetensors")
    tensors["embedding.weight"] = tensors["embedding.weight"][:, :-1].contiguous()
    save_file(tensors, folder / "model.safetensors")


def extra_weights(folder):
    tensors = load_file(folder / "model.safetensors")
    save_file(tensors | {"embedding.spare": torch.zeros(3)}, folder / "model.safetensors")


def nan_weights(folder):
    tensors = load_file(folder / "model.safetensors")
    tensors["head.0.bias"][0] = float("nan")
    save_file(tensors, folder / "model.safetensors")


def change_config(folder, **changes):
    content = json.loads((folder / "config.json").read_text(encoding="utf-8"))
    (folder / "config.json").write_text(json.dumps(content | changes), encoding="utf-8")


def wider_config(folder):
    change_config(folder, hidden_size=9)


def config_of_another_cell(folder):
    change_config(folder, cell="lstm")


def config_of_another_pooling(folder):
    change_config(folder, pooling="mean")


def recipe_of_another_cell(folder):
    about = json.loads((folder / "recipe.json").read_text(encoding="utf-8"))
    about["recipe"]["network"]["cell"] = "lstm"
    (folder / "recipe.json").write_text(json.dumps(about), encoding="utf-8")


def config_of_no_cell(folder):
    change_config(folder, cell="transformer")


def config_of_another_model(folder):
    change_config(folder, model_type="bert")


def broken_config(folder):
    (folder / "config.json").write_text("{", encoding="utf-8")


def no_config(folder):
    (folder / "config.json").unlink()


def no_recipe(folder):
    (folder / "recipe.json").unlink()


def impossible_recipe(folder):
    about = json.loads((folder / "recipe.json").read_text(encoding="utf-8"))
    about["recipe"]["max_length"] = 0
    (folder / "recipe.json").write_text(json.dumps(about), encoding="utf-8")


def empty_history(folder):
    (folder / "history.jsonl").write_text("", encoding="utf-8")


def broken_history(folder):
    (folder / "history.jsonl").write_text("not json\n", encoding="utf-8")


def everything_gone(folder):
    for path in folder.iterdir():
        path.unlink()


def folder_gone(folder):
    shutil.rmtree(folder)


def smaller_tokenizer(folder):
    tokenizer = train_wordpiece(["the plot was weak"], vocab_size=40)
    (folder / "tokenizer.json").write_text(compact_json(tokenizer), encoding="utf-8")


@pytest.mark.parametrize(
    ("tamper", "says"),
    [
        (truncate, "truncated"),
        (truncate_header, "truncated"),
        (not_safetensors, "not a safetensors file"),
        (no_bytes, "truncated"),
        (no_weights, "no weights"),
        (other_weights, "disagree at embedding.weight"),
        (extra_weights, "disagree at embedding.spare"),
        (nan_weights, "NaN"),
        (wider_config, "disagree"),
        (config_of_another_cell, "disagree"),
        (config_of_another_pooling, "config.json and recipe.json in .* disagree about pooling: 'mean' and 'max'"),
        (recipe_of_another_cell, "config.json and recipe.json in .* disagree about cell: 'gru' and 'lstm'"),
        (config_of_no_cell, "damaged"),
        (config_of_another_model, "'bert'"),
        (broken_config, "damaged"),
        (no_config, "no config.json"),
        (no_recipe, "holds no run"),
        (impossible_recipe, "damaged"),
        (empty_history, "empty history"),
        (broken_history, "damaged"),
        (everything_gone, "holds no run"),
        (folder_gone, "holds no run"),
        (smaller_tokenizer, "The tokenizer in"),
    ],
    ids=lambda value: getattr(value, "__name__", None),
)
@pytest.mark.parametrize("light", [False, True])
def test_a_damaged_run_is_refused_in_one_line_that_says_what_to_do(toy_copy, tamper, says, light):
    tamper(toy_copy)
    with pytest.raises(RunError, match=says) as caught:
        load_classifier(toy_copy, light=light)
    assert_mendable(str(caught.value), toy_copy)


@pytest.mark.parametrize("content", [None, "", "{}", "not json", "\ud83d"], ids=["none", "empty", "{}", "text", "half"])
def test_a_damaged_tokenizer_is_refused_in_one_line_that_says_what_to_do(toy_copy, content):
    path = toy_copy / "tokenizer.json"
    if content is None:
        path.unlink()
    else:
        path.write_bytes(content.encode("utf-8", "surrogatepass"))
    with pytest.raises(TokenizerError) as caught:
        load_classifier(toy_copy)
    assert_mendable(str(caught.value), toy_copy)


def assert_mendable(message, folder):
    assert "\n" not in message
    assert str(folder) in message
    # At least two sentences: what is wrong, and what to do about it.
    assert message.endswith(".")
    assert any(word in message for word in ("Train", "Name", "Choose", "Copy"))

"""File formats: older files are upgraded, newer ones refused, unknown entries kept.

The files of earlier formats are real ones, see tests/fixtures/formats/README.md.
"""

import json
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
import torch
from safetensors.torch import load_file

import sentiment_core
from sentiment_core.classifiers.tokens import tokenizer_files
from sentiment_core.errors import NewerDataError, NewerRunError, RunError
from sentiment_core.experiments.reproduction.folder import load_baselines, write_baseline
from sentiment_core.experiments.reproduction.runs import IncompleteError, reproduce
from sentiment_core.experiments.reproduction.systems import choose
from sentiment_core.model.weights import load_model
from sentiment_core.runs.layout import STATE
from sentiment_core.runs.reading import load_run
from sentiment_core.runs.state import load_state
from sentiment_core.storage.formats import FileFormat, Step, keep_unknown
from sentiment_core.text.corpus import load_corpus, load_lengths, load_tokens
from sentiment_core.text.reviews import load_reviews
from sentiment_core.text.tokenization import load_tokenizer
from sentiment_core.training.pipeline import resume_run, train_run
from tests.command_line import Sentiment
from tests.state_files import rewrite_position

EARLIER = sorted((Path(__file__).parent / "fixtures" / "formats").glob("[0-9]*"))
PRESENT = {"recipe": {"version": 1, "needs": "0.2.0"}, "baselines": {"version": 2, "needs": "0.3.0"}}


@pytest.fixture(params=EARLIER, ids=lambda folder: f"format {folder.name}")
def toy(request: pytest.FixtureRequest, tmp_path: Path) -> Path:
    """A copy of the toy corpus of an earlier format."""
    return shutil.copytree(request.param / "toy", tmp_path / "toy")


def rewrite_json(path: Path, change: Callable[[dict[str, Any]], object]) -> None:
    content = json.loads(path.read_text(encoding="utf-8"))
    change(content)
    path.write_text(json.dumps(content), encoding="utf-8")


def test_there_is_a_folder_of_every_earlier_format():
    assert [folder.name for folder in EARLIER] == [str(version) for version in range(PRESENT["baselines"]["version"])]


def test_an_earlier_run_reads_as_it_was_trained(toy: Path):
    plain, varied = (load_run(toy / name) for name in ("plain", "varied"))
    assert (plain.status, plain.recipe.preset, plain.recipe.max_length, plain.recipe.learning_rate) == (
        *("complete", "gru", 60, 2e-2),
    )
    assert (plain.recipe.network.cell, plain.recipe.network.hidden_size, plain.recipe.network.pooling) == (
        *("gru", 4, "max"),
    )
    assert plain.variation == {}
    assert varied.variation == {"averaging": 0.9, "adversarial": 0.5, "labelled_texts": True}
    assert (varied.recipe.pretraining_epochs, varied.recipe.network.bidirectional) == (1, True)
    assert [checkpoint.epoch for checkpoint in varied.history][-2:] == [1.0, 2.0]
    for run in (plain, varied):
        assert sentiment_core.load(run.path).predict(["a superb film"])[0].verdict == "positive"


def test_an_earlier_corpus_and_its_baselines_read(toy: Path):
    corpus = load_corpus(toy)
    assert (corpus.source, corpus.sizes) == ("toy", {"train": 3600, "valid": 400, "test": 1000})
    assert len(load_lengths(corpus).tokens) == 5000
    assert len(load_tokens(corpus).tokens) == corpus.vocab_size
    baselines = load_baselines(toy)
    assert list(baselines) == ["majority", "bag-of-words"]
    assert baselines["bag-of-words"].settings["loss"] == "logistic"
    write_baseline(toy, "majority", baselines["majority"])
    assert json.loads((toy / "baselines.json").read_text(encoding="utf-8"))["format"] == PRESENT["baselines"]
    assert not (toy / "yardsticks.json").exists(), "one file holds them"
    assert load_baselines(toy) == baselines


def test_a_tokenizer_for_comparison_is_read_compressed_or_not(toy_corpus: Path):
    earlier, present = (tokenizer_files(load_corpus(folder))["words"] for folder in (EARLIER[1] / "toy", toy_corpus))
    assert (earlier.name, present.name) == ("words.json", "words.json.gz")
    assert load_tokenizer(earlier).get_vocab() == load_tokenizer(present).get_vocab()


@pytest.mark.training
@pytest.mark.parametrize("name", ["plain", "varied"])
def test_a_stopped_run_of_an_earlier_format_resumes_to_the_same_weights(name: str, toy: Path, sentiment: Sentiment):
    out = toy / f"{name}-stopped"
    result = sentiment("train", "--resume", out, "--data", "toy")
    assert result.code == 0, result.err
    for tensor, weight in load_file(toy / name / "model.safetensors").items():
        found = load_file(out / "model.safetensors")[tensor]
        torch.testing.assert_close(found, weight, rtol=2e-3, atol=2e-3)  # other processors round differently
    whole, resumed = load_run(toy / name), load_run(out)
    assert (resumed.status, resumed.recipe, resumed.variation) == ("complete", whole.recipe, whole.variation)
    assert resumed.scores().accuracy == pytest.approx(whole.scores().accuracy, abs=0.01)
    assert json.loads((out / "recipe.json").read_text(encoding="utf-8"))["format"] == PRESENT["recipe"]


FILES = [
    ("plain/recipe.json", lambda toy: load_run(toy / "plain"), NewerRunError),
    ("plain/config.json", lambda toy: load_model(toy / "plain"), NewerRunError),
    ("corpus.json", load_corpus, NewerDataError),
    ("yardsticks.json", load_baselines, NewerRunError),
    (f"plain-stopped/{STATE}", lambda toy: load_state(toy / "plain-stopped" / STATE), NewerRunError),
]


def stamp(path: Path, content: object) -> None:
    """Set the format entry of a file."""
    rewrite = rewrite_position if path.suffix == ".safetensors" else rewrite_json
    rewrite(path, lambda whole: whole.update(format=content))


@pytest.mark.parametrize(("name", "read", "error"), FILES, ids=[name for name, _, _ in FILES])
def test_a_newer_file_is_refused_with_the_version_that_it_needs(name: str, read: Callable, error: type, toy: Path):
    stamp(toy / name, {"version": 99, "needs": "9.9.0"})
    with pytest.raises(error) as caught:
        read(toy)
    assert str(caught.value) == (
        f"{toy / name} was written by a newer Sentiment Lab than this, {sentiment_core.__version__}. "
        "Install version 9.9.0 or a later one to read it."
    )


@pytest.mark.parametrize(("name", "read", "error"), FILES, ids=[name for name, _, _ in FILES])
@pytest.mark.parametrize(
    "content", [{"version": "2", "needs": "9.9.0"}, {"version": -1, "needs": "9.9.0"}, {"version": 2}, {}, 2, None]
)
def test_an_invalid_format_entry_is_damage(name: str, read: Callable, error: type, content: object, toy: Path):
    stamp(toy / name, content)
    with pytest.raises(error.__mro__[1], match="damaged") as caught:
        read(toy)
    assert not isinstance(caught.value, error)
    assert "\n" not in str(caught.value)


def test_a_newer_run_is_not_replaced(toy: Path):
    """A reproduction replaces unreadable runs, but not a later program's."""
    reviews = load_reviews("toy")
    stamp(toy / "plain" / "recipe.json", {"version": 99, "needs": "9.9.0"})
    (toy / "plain").rename(toy / "gru-seed0")
    before = (toy / "gru-seed0" / "recipe.json").read_bytes()
    with pytest.raises(IncompleteError, match="gru seed 0 failed"):
        list(reproduce(choose(["gru"]), "toy", toy, seeds=1))
    assert (toy / "gru-seed0" / "recipe.json").read_bytes() == before
    stamp(toy / "corpus.json", {"version": 99, "needs": "9.9.0"})
    with pytest.raises(NewerDataError):
        next(train_run(load_run(toy / "varied").recipe.change(pretraining_epochs=0), reviews, toy / "new"))
    assert not (toy / "new").exists()


@pytest.mark.training
def test_unknown_entries_are_ignored_and_kept(toy: Path):
    """In every file of a run that is stopped and resumed, at each depth."""
    out = toy / "plain-stopped"

    def add(content: dict[str, Any]) -> None:
        content["mood"] = "calm"
        for part in ("recipe", "data", "machine"):
            content[part]["mood"] = part
        content["recipe"]["sizes"] = {"deep": [1, 2]}

    rewrite_json(out / "recipe.json", add)
    rows = [
        json.loads(line) | {"mood": "row"} for line in (out / "history.jsonl").read_text(encoding="utf-8").splitlines()
    ]
    (out / "history.jsonl").write_text("\n".join(map(json.dumps, rows)), encoding="utf-8")
    rewrite_position(out / STATE, lambda position: position.update(mood="between"))
    before = load_run(out)
    steps = resume_run(out, load_reviews("toy"))
    next(steps)
    steps.close()
    state = load_state(out / STATE)
    assert state is not None
    assert state.content["mood"] == "between"
    for _ in resume_run(out, load_reviews("toy")):
        pass
    content = json.loads((out / "recipe.json").read_text(encoding="utf-8"))
    assert (content["status"], content["mood"], content["recipe"]["sizes"]) == ("complete", "calm", {"deep": [1, 2]})
    assert [content[part]["mood"] for part in ("recipe", "data", "machine")] == ["recipe", "data", "machine"]
    after = [json.loads(line) for line in (out / "history.jsonl").read_text(encoding="utf-8").splitlines()]
    assert [row.get("mood") for row in after] == ["row"] * len(rows) + [None]
    assert load_run(out).recipe == before.recipe


def test_unknown_entries_of_cards_are_ignored(toy: Path):
    rewrite_json(toy / "corpus.json", lambda content: content.update(mood="calm"))
    assert load_corpus(toy).seed == 0
    rewrite_json(toy / "plain" / "config.json", lambda content: content.update(mood="calm"))
    load_model(toy / "plain")
    known = load_baselines(toy)
    rewrite_json(
        toy / "yardsticks.json", lambda content: content.get("yardsticks", content)["majority"].update(mood="calm")
    )
    assert load_baselines(toy) == known
    write_baseline(toy, "bag-of-words", known["bag-of-words"])
    assert json.loads((toy / "baselines.json").read_text(encoding="utf-8"))["baselines"]["majority"]["mood"] == "calm"


def test_each_step_is_taken_from_the_version_on():
    def append(name: str) -> Step:
        return Step("0.5.0", lambda content: content | {"steps": [*content["steps"], name]})

    file = FileFormat((append("first"), append("second")), RunError)
    assert file.upgrade({"steps": []}, Path("f")) == {"steps": ["first", "second"]}
    assert file.upgrade({"format": {"version": 1, "needs": "0.4.0"}, "steps": []}, Path("f")) == {"steps": ["second"]}
    assert file.stamp({"steps": []}) == {"format": {"version": 2, "needs": "0.5.0"}, "steps": []}
    assert file.upgrade(file.stamp({"steps": []}), Path("f")) == {"steps": []}


@pytest.mark.parametrize(
    ("old", "new", "kept"),
    [
        ({"a": 1, "b": 2}, {"a": 3}, {"a": 3, "b": 2}),
        ({"a": {"b": 1, "c": 2}}, {"a": {"b": 3}}, {"a": {"b": 3, "c": 2}}),
        ({"a": [{"b": 1}, {"b": 2}]}, {"a": [{"c": 3}]}, {"a": [{"b": 1, "c": 3}]}),
        ({"a": [{"b": 1}]}, {"a": [{"c": 2}, {"c": 3}]}, {"a": [{"b": 1, "c": 2}, {"c": 3}]}),
        ({"a": {"b": 1}}, {"a": 2}, {"a": 2}),
        ({}, {"a": None}, {"a": None}),
    ],
)
def test_what_is_new_stands_and_what_it_lacks_is_kept(old: dict, new: dict, kept: dict):
    assert keep_unknown(old, new) == kept

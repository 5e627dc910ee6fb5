"""Each example has the property that its name promises."""

import pytest

from sentiment_core.analysis.examples import EXAMPLES, examples_in, is_example
from sentiment_core.classifiers.tokens import view_text
from sentiment_core.text.reviews import load_reviews
from sentiment_core.text.tokenization import load_tokenizer


@pytest.fixture(scope="module")
def tokenizer(published):
    return load_tokenizer(published / "tokenizer.json")


@pytest.mark.parametrize("language", ["", "ko"])
def test_names_are_short_and_each_stands_once(language: str):
    names = [example.name for example in examples_in(language)]
    assert len(set(names)) == len(names)
    assert all(0 < len(name) <= 16 for name in names)


def test_every_example_is_one_clean_paragraph():
    for example in (*EXAMPLES, *examples_in("ko")):
        assert example.text == " ".join(example.text.split())
        assert is_example(example.text)
    assert not is_example("A film of my own.")


def test_korean_examples_are_reviews_of_the_test_split_and_judged_both_ways():
    test = load_reviews("korean").test
    labels = dict(zip(test.texts, test.labels.tolist(), strict=True))
    found = {example.name: labels[example.text] for example in examples_in("ko")}
    assert (found["plain-praise"], found["plain-complaint"], found["late-turn"], found["irony"]) == (1, 0, 1, 0)
    assert examples_in("fr") == EXAMPLES


def test_nothing_in_the_examples_is_unknown_to_the_published_tokenizer(tokenizer):
    for example in EXAMPLES:
        assert not view_text(example.text, tokenizer, 400).unknown.any(), example.name


def test_the_verdict_of_the_long_ramble_stands_behind_the_cut(tokenizer):
    (ramble,) = [example for example in EXAMPLES if example.name == "long-ramble"]
    reading = view_text(ramble.text, tokenizer, 400)
    assert reading.cut > 0
    assert {"tedious", "worst", "avoid"} <= set(reading.tokens[400:])
    assert not {"tedious", "worst", "avoid"} & set(reading.tokens[:400])


def test_only_the_long_ramble_is_cut(tokenizer):
    others = [example for example in EXAMPLES if example.name != "long-ramble"]
    assert len(others) == len(EXAMPLES) - 1
    assert all(view_text(example.text, tokenizer, 400).cut == 0 for example in others)

"""A message that another process reads says the same, in every language; a damaged one is refused."""

import json

import pytest

from sentiment_core.messages import lazy, lazy_in, lazy_plural
from sentiment_core.messages.packing import pack, unpack

MESSAGES = [
    lazy("No folder {name}. Check the path, or give a Hub id like owner/name.", name="x {y}"),
    lazy("{share:.1%} of {count} reviews are longer", share=0.25, count=25_000),
    lazy_plural("{count} run", "{count} runs", 3),
    lazy_in("a class of reviews", "positive"),
    lazy("{action} Choose {names:or}.", action=lazy("{n} left.", n=1), names=["rnn", "lstm"]),
]


@pytest.mark.parametrize("message", MESSAGES, ids=lambda message: message.english)
@pytest.mark.parametrize("language", ["en", "ko"])
def test_it_says_the_same_after_a_file(message, language: str):
    there = unpack(json.loads(json.dumps(pack(message))))
    assert there.in_language(language) == message.in_language(language)


@pytest.mark.parametrize(
    "damaged",
    [
        None,
        [],
        {"english": "a"},
        {"english": 3, "values": {}, "many": None, "context": None},
        {"english": "{x:.1f}", "values": {"x": "no number"}, "many": None, "context": None},
        {"english": "{x} {y}", "values": {"x": 1}, "many": None, "context": None},
    ],
    ids=str,
)
def test_a_damaged_one_is_refused(damaged):
    with pytest.raises((TypeError, KeyError, ValueError)):
        unpack(damaged)

"""The table of labels: the option --labels, and the side that a value most likely has."""

import pytest

from sentiment_core.errors import DataError
from sentiment_core.text.label_table import groups_of, parse_labels, sides_of, suggest_sides, write_labels
from sentiment_core.text.labels import name_groups

OPTIONS = {
    "bad,good": (["bad"], ["good"]),
    "1+2,4+5": (["1+2", "1", "2"], ["4+5", "4", "5"]),
    '"so, so"+bad,good': (["so, so", "bad"], ["good"]),
    '"1+2",3': (["1+2"], ["3"]),
    '"a ""b""",c': (['a "b"'], ["c"]),
    '5",6': (['5"'], ["6"]),
}


@pytest.mark.parametrize(("option", "groups"), OPTIONS.items())
def test_the_option_names_two_groups(option: str, groups: tuple[list[str], list[str]]):
    assert name_groups(parse_labels(option)) == groups


@pytest.mark.parametrize("groups", [(("1", "2"), ("4",)), (("so, so", "a+b"), ('say "no"', " x"))])
def test_a_written_option_is_read_back(groups: tuple[tuple[str, ...], ...]):
    read, meant = sides_of(parse_labels(write_labels(groups))), sides_of(groups)
    assert {value: read[value] for value in meant} == meant


@pytest.mark.parametrize("option", ["a", "a,b,c", "a,a", ",b", '"a,b"', "1+2,2+3"])
def test_an_option_without_two_groups(option: str):
    with pytest.raises(DataError):
        sides_of(parse_labels(option))


SIDES = {
    "1 2 3 4 5": ("1 2", "4 5"),
    "1 2 3 4 5 6 7 8 9 10": ("1 2 3 4", "7 8 9 10"),
    "0 4": ("0", "4"),
    "0 2 4": ("0", "4"),
    "0 1 2 3 4": ("0 1", "3 4"),
    "-1 0 1": ("-1", "1"),
    "0 1": ("0", "1"),
    "1 2": ("1", "2"),
    "긍정 부정": ("부정", "긍정"),
    "neg neutral pos": ("neg", "pos"),
    "__label__1 __label__2": ("__label__1", "__label__2"),
    "1점 3점 5점": ("1점", "5점"),
    "apples pears": ("", ""),
    "7": ("", ""),
}


@pytest.mark.parametrize(("values", "sides"), SIDES.items())
def test_the_likely_side_of_well_known_values(values: str, sides: tuple[str, str]):
    found = suggest_sides(values.split())
    for words, side in zip(sides, ("negative", "positive"), strict=True):
        assert {value for value, its in found.items() if its == side} == set(words.split())


def test_a_table_without_one_side():
    with pytest.raises(DataError, match="names no positive value"):
        groups_of({"1": "negative", "2": ""})

"""The table that says which values of a label column are negative, positive or left out.

It is the same for the option --labels, for `label_names` in Python and for the page: two groups of values, negative
first. Values in neither group are left out.

    parse_labels("1+2,4+5")                    # ["1+2", "4+5"], as `label_names` takes them
    parse_labels('"so, so"+bad,good')          # a value with a comma or a plus stands between double quotes
    suggest_sides(["1", "2", "3", "4", "5"])   # {"1": "negative", "2": "negative", "4": "positive", "5": "positive"}
"""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping, Sequence

from sentiment_core.errors import DataError
from sentiment_core.text.labels import MISSING, canonical, name_groups

NEGATIVE, POSITIVE = "negative", "positive"
Groups = tuple[tuple[str, ...], tuple[str, ...]]  # the negative values, and the positive ones

_NEGATIVE_WORDS = frozenset(
    "neg negative bad no false dislike disliked unhappy unfavorable unfavourable rotten 부정 부정적 나쁨 나빠요 싫어요 "
    "비추천 비추 불만 불만족 별로 별로예요 最差 差评 👎 - -1".split()
) | {"very negative", "thumbs down", "not recommended", "매우 부정"}
_POSITIVE_WORDS = frozenset(
    "pos positive good yes true like liked happy favorable favourable fresh 긍정 긍정적 좋음 좋아요 추천 만족 好评 "
    "👍 + 1".split()
) | {"very positive", "thumbs up", "recommended", "매우 긍정"}
# Around a number that stands for a class: fastText's and transformers' prefixes, and stars in words.
_AROUND = re.compile(r"(?:__label__|label_|class_|rated )?([-+]?\d+(?:\.\d+)?)(?: ?(?:stars?|점|/ ?5|/ ?10|★))?")


def parse_labels(option: str) -> list[str | tuple[str, ...]]:
    """The groups of values that --labels names, as `label_names` takes them."""
    groups: list[str | tuple[str, ...]] = []
    for group in _apart(option, ","):
        quoted = [_unquote(value) for value in _apart(group, "+")]
        groups.append(tuple(quoted) if '"' in group else group)  # without quotes, A+ may be a single value
    return groups


def _apart(text: str, mark: str) -> list[str]:
    """The parts of a text between marks that do not stand between double quotes."""
    parts, quoted = [""], False
    for character in text:
        if character == '"':
            quoted = not quoted
        if character == mark and not quoted:
            parts.append("")
        else:
            parts[-1] += character
    return text.split(mark) if quoted else parts


def _unquote(value: str) -> str:
    value = value.strip()
    return value[1:-1].replace('""', '"') if len(value) > 1 and value[0] == value[-1] == '"' else value


def write_labels(groups: Sequence[Sequence[str]]) -> str:
    """The option --labels that names these groups: `parse_labels` gives them back."""
    return ",".join("+".join(_quote(value) for value in group) for group in groups)


def _quote(value: str) -> str:
    if re.search(r'[+,"]', value) or value != value.strip() or not value:
        escaped = value.replace('"', '""')
        return f'"{escaped}"'
    return value


def groups_of(sides: Mapping[str, str]) -> Groups:
    """The two groups of a table from value to "negative" or "positive"; a value with any other side is left out.

    Raises DataError if a group is empty.
    """
    negative, positive = (
        tuple(value for value, side in sides.items() if side == wanted) for wanted in (NEGATIVE, POSITIVE)
    )
    if not negative or not positive:
        raise DataError("The table of labels names no {side} value. Name at least one.", side=_lacking(negative))
    return negative, positive


def _lacking(negative: Sequence[str]) -> str:
    return POSITIVE if negative else NEGATIVE


def sides_of(groups: Sequence[object]) -> dict[str, str]:
    """The table of `label_names`, from each value as `canonical` writes it. Raises DataError as `name_groups` does."""
    negative, positive = name_groups(groups)
    return dict.fromkeys(negative, NEGATIVE) | dict.fromkeys(positive, POSITIVE)


def suggest_sides(values: Collection[str]) -> dict[str, str]:
    """The likely side of each value of a label column, as `canonical` writes them; {} if they say nothing.

    Values of neither side, such as three stars of five, are not in the table.
    """
    found = {canonical(value) for value in values} - MISSING
    words = {value: NEGATIVE for value in found if value in _NEGATIVE_WORDS}
    words |= {value: POSITIVE for value in found if value in _POSITIVE_WORDS}
    if len(set(words.values())) == 2 and not found <= {"-1", "0", "1"}:
        return words
    figures = {value: float(match[1]) for value in found if (match := _AROUND.fullmatch(value)) and len(value) < 24}
    if len(figures) < 2 or 2 * len(figures) <= len(found):
        return {}
    low, high = _bounds(set(figures.values()))
    table = {value: NEGATIVE for value, number in figures.items() if number <= low}
    table |= {value: POSITIVE for value, number in figures.items() if number >= high}
    return table if len(set(table.values())) == 2 else {}


def _bounds(numbers: set[float]) -> tuple[float, float]:
    """The highest number that is negative, and the lowest that is positive."""
    least, most = min(numbers), max(numbers)
    if len(numbers) == 2:  # 0/1, -1/1, 1/2, 0/4
        return least, most
    if most <= 2 or least < 0:  # 0 to 2 and -1 to 1: the middle is neutral
        return least, most
    if most <= 4 and least == 0:  # 0 to 4, as the Stanford treebank has it
        return 1, 3
    if most <= 5:  # stars
        return 2, 4
    if most <= 10:  # of ten, as IMDB's data set divides them
        return 4, 7
    return 40, 61  # of a hundred

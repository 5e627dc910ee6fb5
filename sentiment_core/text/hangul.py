"""Hangul: its syllables, the letters (jamo) that they are made of, and whether texts are written in it.

A syllable such as 값 is one character, composed of a first consonant, a vowel and often a last consonant. Taken apart,
its letters are written here as a keyboard types them (ㄱㅏㅄ), so that ㅋ within a syllable is the token that ㅋㅋ has.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable
from itertools import islice

from tokenizers import Regex, normalizers

# The letters in the order of their conjoining forms, which start at the code point beside them.
_LETTERS = (
    (0x1100, "ㄱㄲㄴㄷㄸㄹㅁㅂㅃㅅㅆㅇㅈㅉㅊㅋㅌㅍㅎ"),  # first consonants
    (0x1161, "ㅏㅐㅑㅒㅓㅔㅕㅖㅗㅘㅙㅚㅛㅜㅝㅞㅟㅠㅡㅢㅣ"),  # vowels
    (0x11A8, "ㄱㄲㄳㄴㄵㄶㄷㄹㄺㄻㄼㄽㄾㄿㅀㅁㅂㅄㅅㅆㅇㅈㅊㅋㅌㅍㅎ"),  # last consonants
)
_SAMPLE = 1_000  # texts from which a language is told
KOREAN = "ko"


def jamo() -> list[normalizers.Normalizer]:
    """Rules that take each syllable of composed text apart into its letters and leave other scripts composed."""
    forms: dict[str, str] = {}
    for first, letters in _LETTERS:
        for place, letter in enumerate(letters):
            forms[letter] = forms.get(letter, "") + chr(first + place)
    letters_typed = [normalizers.Replace(Regex(f"[{conjoining}]"), letter) for letter, conjoining in forms.items()]
    return [normalizers.NFD(), *letters_typed, normalizers.NFC()]


def is_hangul(character: str) -> bool:
    """Whether a character is a composed syllable or a letter as a keyboard types it."""
    return "가" <= character <= "힣" or "ㄱ" <= character <= "ㅣ"


def find_language(texts: Iterable[str]) -> str:
    """KOREAN where most letters of the first texts are Hangul, else nothing: other languages share their script."""
    composed = (unicodedata.normalize("NFC", text) for text in islice(texts, _SAMPLE))
    letters = [character for text in composed for character in text if character.isalpha()]
    return KOREAN if 2 * sum(map(is_hangul, letters)) > len(letters) else ""

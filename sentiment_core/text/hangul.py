"""Hangul: splitting syllables into letters (jamo), and detecting whether texts are Korean.

A syllable such as 값 is one character. It consists of a first consonant, a vowel and often a last consonant. Split into
letters it is written here as typed on a keyboard (ㄱㅏㅄ), so that ㅋ within a syllable is the same token as in ㅋㅋ.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable
from itertools import islice

from tokenizers import Regex, normalizers

# The letters in the order of their conjoining forms, which start at the code point beside each row.
_LETTERS = (
    (0x1100, "ㄱㄲㄴㄷㄸㄹㅁㅂㅃㅅㅆㅇㅈㅉㅊㅋㅌㅍㅎ"),  # first consonants
    (0x1161, "ㅏㅐㅑㅒㅓㅔㅕㅖㅗㅘㅙㅚㅛㅜㅝㅞㅟㅠㅡㅢㅣ"),  # vowels
    (0x11A8, "ㄱㄲㄳㄴㄵㄶㄷㄹㄺㄻㄼㄽㄾㄿㅀㅁㅂㅄㅅㅆㅇㅈㅊㅋㅌㅍㅎ"),  # last consonants
)
_SAMPLE = 1_000  # texts used to detect the language
KOREAN = "ko"


def jamo() -> list[normalizers.Normalizer]:
    """Rules that split each syllable of composed text into its letters and keep other scripts composed."""
    forms: dict[str, str] = {}
    for first, letters in _LETTERS:
        for place, letter in enumerate(letters):
            forms[letter] = forms.get(letter, "") + chr(first + place)
    letters_typed = [normalizers.Replace(Regex(f"[{conjoining}]"), letter) for letter, conjoining in forms.items()]
    return [normalizers.NFD(), *letters_typed, normalizers.NFC()]


def is_hangul(character: str) -> bool:
    """Whether a character is a composed syllable or a letter as typed on a keyboard."""
    return "가" <= character <= "힣" or "ㄱ" <= character <= "ㅣ"


def find_language(texts: Iterable[str]) -> str:
    """KOREAN if most letters of the first texts are Hangul, else an empty string: other languages share one script."""
    composed = (unicodedata.normalize("NFC", text) for text in islice(texts, _SAMPLE))
    letters = [character for text in composed for character in text if character.isalpha()]
    return KOREAN if 2 * sum(map(is_hangul, letters)) > len(letters) else ""

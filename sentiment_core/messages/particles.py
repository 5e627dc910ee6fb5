"""Korean particles that depend on whether the word before them ends in a consonant.

A translation has both forms after a placeholder, as is usual in Korean software ("{name}을(를)"). The form that fits
the value replaces them. If the pronunciation of the value is not clear, both forms stay.
"""

from __future__ import annotations

import re

# Pairs of forms: after a final consonant, and after a vowel.
_FORMS = {
    "을(를)": ("을", "를"),
    "은(는)": ("은", "는"),
    "이(가)": ("이", "가"),
    "과(와)": ("과", "와"),
    "이(라)": ("이라", "라"),
    "(으)로": ("으로", "로"),
}
_PARTICLE = re.compile(rf"""([`'"*_)\]]*)({"|".join(map(re.escape, _FORMS))})""")
_CODA = {  # final sounds of digits, signs and the names of capital letters; "" is a vowel
    **dict(zip("0123456789", ("o", "l", "", "o", "", "", "o", "l", "l", ""), strict=True)),
    **dict.fromkeys("ABCDEFGHIJKOPQSTUVWXYZ%aeiouy", ""),
    **dict.fromkeys("LRl", "l"),
    **dict.fromkeys("MNmn", "o"),
}


def choose_particle(literal: str, before: str) -> str:
    """The text after a value. If it starts with a particle, the form that fits the value is chosen."""
    found = _PARTICLE.match(literal)
    coda = _coda(before) if found else None
    if found is None or coda is None:
        return literal
    particle = found[2]
    closed = coda == "o" or (coda == "l" and particle != "(으)로")
    return found[1] + _FORMS[particle][0 if closed else 1] + literal[found.end() :]


def _coda(text: str) -> str | None:
    """The final sound of a word: "" for a vowel, "l" for ㄹ, "o" for another consonant, None if it is not clear."""
    last = text.rstrip("`'\"*_)].,!?")[-1:]
    if "가" <= last <= "힣":
        coda = (ord(last) - ord("가")) % 28
        return "" if coda == 0 else "l" if coda == 8 else "o"
    return _CODA.get(last)

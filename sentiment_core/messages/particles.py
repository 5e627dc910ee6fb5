"""Korean particles that depend on whether the word before them ends in a consonant.

A translation writes both forms after a placeholder, as Korean software does ("{name}을(를)"), and the one that fits the
value takes their place. Where the value does not tell how it is read aloud, both stay.
"""

from __future__ import annotations

import re

# After a final consonant, and after a vowel.
_FORMS = {
    "을(를)": ("을", "를"),
    "은(는)": ("은", "는"),
    "이(가)": ("이", "가"),
    "과(와)": ("과", "와"),
    "이(라)": ("이라", "라"),
    "(으)로": ("으로", "로"),
}
_PARTICLE = re.compile(rf"""([`'"*_)\]]*)({"|".join(map(re.escape, _FORMS))})""")
_CODA = {  # how digits, signs and the names of capital letters end: "" in a vowel
    **dict(zip("0123456789", ("o", "l", "", "o", "", "", "o", "l", "l", ""), strict=True)),
    **dict.fromkeys("ABCDEFGHIJKOPQSTUVWXYZ%aeiouy", ""),
    **dict.fromkeys("LRl", "l"),
    **dict.fromkeys("MNmn", "o"),
}


def choose_particle(literal: str, before: str) -> str:
    """The text after a value with the particle that it starts with, if any, in the form that the value asks for."""
    found = _PARTICLE.match(literal)
    coda = _coda(before) if found else None
    if found is None or coda is None:
        return literal
    particle = found[2]
    closed = coda == "o" or (coda == "l" and particle != "(으)로")
    return found[1] + _FORMS[particle][0 if closed else 1] + literal[found.end() :]


def _coda(text: str) -> str | None:
    """How a word ends aloud: "" in a vowel, "l" in ㄹ, "o" in another consonant, None where it cannot be told."""
    last = text.rstrip("`'\"*_)].,!?")[-1:]
    if "가" <= last <= "힣":
        coda = (ord(last) - ord("가")) % 28
        return "" if coda == 0 else "l" if coda == 8 else "o"
    return _CODA.get(last)

"""Hostile values, for any place that takes a text, a number, a list or an object."""

from __future__ import annotations

import json
from random import Random
from typing import Any
from urllib.parse import quote, quote_from_bytes

CANARY = "canary-7f3a91"  # name of files of the server that no input may reveal
CONTENT = "what-the-canary-holds-c51e"  # of these files; in no input

TEXTS = (
    "",
    " ",
    "\0",
    "a\0b",
    "../../../../../../etc/passwd",
    "..\\..\\..\\windows\\win.ini",
    "/etc/passwd",
    "//etc/passwd",
    "....//....//etc/passwd",
    f"../{CANARY}",
    f"../uploads/{CANARY}",
    "file:///etc/passwd",
    "C:\\Windows\\win.ini",
    "CON",
    ".",
    "..",
    "~root",
    "$HOME",
    "%2e%2e%2f%2e%2e%2fetc%2fpasswd",
    "<script>alert(1)</script>",
    "<img src=x onerror=alert(1)>",
    '"><svg onload=alert(1)>',
    "javascript:alert(1)",
    "[a](javascript:alert(1))",
    "![a](http://192.0.2.1/x.png)",
    "$$\\href{javascript:alert(1)}{x}$$",
    ":material/home: **b** `c` :red[d]",
    "{text} {0} {0.__class__.__mro__} {!r} %s %n",
    "${7*7} {{7*7}} #{7*7}",
    "__import__('os').system('id')",
    "'; DROP TABLE runs; --",
    "' OR '1'='1",
    '"; echo x; "',
    "`id` $(id) | id; id & id\n id",
    "http://169.254.169.254/latest/meta-data/",
    "http://127.0.0.1:22/",
    "owner/../../name",
    "owner/name@../../x",
    "hub:owner/name",
    "hub:http://127.0.0.1/x",
    "\u202eetalp\u202c",
    "\u2066\u2067\u2068a\u2069",
    "a\u0301" * 500,
    "\ufeff\u200b\u200d\u00ad",
    "\ud83d\ude00".encode("utf-16", "surrogatepass").decode("utf-16"),
    "\u1112\u1161\u11ab" * 50,
    "ﷺ" * 200,
    "\r\nSet-Cookie: a=b\r\n",
    "a\tb\vc\fd\x1be\x7f\x85\u2028\u2029",
    "x" * 5_000,
    "word " * 3_000,
    "," * 3_000,
    "[" * 3_000,
    "0",
    "-0",
    "-1",
    "1e999",
    "-1e999",
    "NaN",
    "Infinity",
    "1e-400",
    "9" * 400,
    "-9223372036854775809",
    "18446744073709551616",
    "0x10",
    "1_000",
    "٣",
    "1,5",
    "true",
    "None",
    "null",
    "[]",
    "{}",
    '{"__proto__": {"a": 1}}',
    "rnn,rnn,rnn",
    "rnn," * 300,
    "bilstm,../bilstm",
    "en",
    "ko",
    "a" * 16,
    "k7m2ph",
)
RAW = (  # what no text can hold: percent-encoded bytes that are not UTF-8
    "%ff%fe",
    "%ed%a0%80",
    "%c0%ae%c0%ae%2f",
    "%00",
    "%f4%90%80%80",
    "%",
    "%zz",
    "%e2%82",
    "+" * 2_000,
)
OBJECTS: tuple[Any, ...] = (
    None,
    True,
    0,
    -1,
    1e308,
    2**70,
    "",
    [],
    {},
    [[]],
    [None],
    [[[[[[[[]]]]]]]],
    list(range(5_000)),
    {"": ""},
    {"__proto__": {"x": 1}, "constructor": 1},
    {"a": {"b": {"c": {"d": None}}}},
    {"x": "y" * 100_000},
)


def text(random: Random) -> str:
    """A hostile text, or two of them together."""
    made = random.choice(TEXTS)
    return made + random.choice(TEXTS)[:2_000] if random.random() < 0.15 else made


def encoded(random: Random) -> str:
    """A hostile value as it stands in an address."""
    if random.random() < 0.15:
        return random.choice(RAW)
    return quote(text(random), safe="" if random.random() < 0.7 else "/:;,@&=+$", errors="surrogatepass")


def noise(random: Random, most: int = 400) -> bytes:
    """Random bytes."""
    return random.randbytes(random.randrange(most))


def encoded_noise(random: Random) -> str:
    """Random bytes as they stand in an address."""
    return quote_from_bytes(noise(random, 60))


def thing(random: Random, keys: tuple[str, ...] = ()) -> Any:
    """A hostile value of any kind. keys: names that an object is likely to have."""
    choice = random.random()
    if choice < 0.3:
        return text(random)
    if choice < 0.6 or not keys:
        return random.choice(OBJECTS)
    return {key: thing(random) for key in random.sample(keys, random.randint(1, len(keys)))}


def packed(random: Random, keys: tuple[str, ...] = ()) -> str:
    """A hostile value as JSON, or something that only looks like it."""
    if random.random() < 0.2:
        return random.choice(("", "{", "[1,", "nul", "NaN", "[" * 20_000, '{"a":' * 5_000, '"\\ud800"', "{}{}", "\0"))
    return json.dumps(thing(random, keys), ensure_ascii=random.random() < 0.5)

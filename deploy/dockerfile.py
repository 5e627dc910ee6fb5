"""Reads the Dockerfile and .dockerignore of the project, for what checks them without a Docker engine.

Knows the part of both formats that the project uses, and refuses the rest.
"""

from __future__ import annotations

import json
import re
import shlex
import subprocess
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path, PurePosixPath

ROOT = Path(__file__).parents[1]
KNOWN = frozenset("FROM ARG RUN ENV WORKDIR COPY USER VOLUME EXPOSE HEALTHCHECK CMD".split())


@dataclass(frozen=True)
class Step:
    """One instruction of a Dockerfile, its lines joined."""

    name: str  # in capitals
    value: str
    line: int  # where it begins, from 1

    def pairs(self, known: Mapping[str, str]) -> dict[str, str]:
        """The names and values of ENV, or of ARG with its default, with the variables that are known filled in."""
        named = (word.partition("=") for word in shlex.split(self.value))
        return {name: fill(value, known) for name, _, value in named}

    def command(self) -> list[str]:
        """The words of a command in the exec form, such as CMD ["a", "b"]."""
        found = json.loads(self.value[self.value.index("[") :])
        if not isinstance(found, list) or not all(isinstance(word, str) for word in found):
            raise ValueError(f"line {self.line}: {self.name} needs a list of words")
        return found


def read_steps(text: str) -> list[Step]:
    """The instructions of a Dockerfile in their order. Raises ValueError for one that this module does not know."""
    steps: list[Step] = []
    begun, value = 0, ""
    for number, line in enumerate(text.splitlines(), 1):
        if line.lstrip().startswith("#") or not line.strip():
            continue
        begun = begun or number
        value += line.strip().removesuffix("\\")
        if line.rstrip().endswith("\\"):
            continue
        name, _, rest = value.partition(" ")
        if name.upper() not in KNOWN:
            raise ValueError(f"line {begun}: {name} is not understood")
        steps.append(Step(name.upper(), rest.strip(), begun))
        begun, value = 0, ""
    return steps


def fill(text: str, known: Mapping[str, str]) -> str:
    """A text with $NAME and ${NAME} replaced; an unknown name becomes nothing, as in a shell."""
    return re.sub(r"\$(?:\{(\w+)\}|(\w+))", lambda found: known.get(found[1] or found[2], ""), text)


class Ignore:
    """The rules of a .dockerignore. The last one that matches a path or a folder above it decides."""

    def __init__(self, text: str) -> None:
        lines = (line.strip() for line in text.splitlines())
        rules = [line for line in lines if line and not line.startswith("#")]
        self._rules = [(rule.startswith("!"), _pattern(rule.lstrip("!").strip("/"))) for rule in rules]

    def leaves_out(self, path: str) -> bool:
        """Whether a file, named from the folder of the Dockerfile, does not come into the image."""
        places = [path, *map(str, PurePosixPath(path).parents)]
        out = False
        for back, pattern in self._rules:
            if any(map(pattern.fullmatch, places)):
                out = not back
        return out


def _pattern(rule: str) -> re.Pattern[str]:
    wild = {"**/": "(?:.*/)?", "**": ".*", "*": "[^/]*", "?": "[^/]"}
    pieces = re.split(r"(\*\*/|\*\*|\*|\?)", rule)
    return re.compile("".join(wild.get(piece, re.escape(piece)) for piece in pieces))


def image_files(root: Path = ROOT) -> Iterator[str]:
    """The files that come into the image: those that git knows or would add, without those that are ignored."""
    ignore = Ignore((root / ".dockerignore").read_text(encoding="utf-8"))
    listing = ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"]
    listed = subprocess.run(listing, cwd=root, capture_output=True, check=True, encoding="utf-8").stdout
    for path in sorted(filter(None, listed.split("\0"))):
        if not ignore.leaves_out(path) and (root / path).is_file():
            yield path

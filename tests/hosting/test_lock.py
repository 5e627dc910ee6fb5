"""requirements.lock is what requirements.txt brings, with a hash of each file, and names no index."""

import re
from importlib.metadata import PackageNotFoundError, requires, version

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

from deploy.dockerfile import ROOT, read_steps
from deploy.lock import NAME, OWN_INDEX, asked, locked

WRITE = "run python -m deploy.lock"


def chosen(name: str) -> Requirement | None:
    """The version of a package that the lock has for this system; None if it needs none here."""
    fitting = [one for one, _ in locked().get(canonicalize_name(name), []) if not one.marker or one.marker.evaluate()]
    assert len(fitting) <= 1, f"{name} is locked twice"
    return next(iter(fitting), None)


def test_each_package_that_is_asked_for_is_locked_at_its_version():
    for one in asked():
        if one.name == OWN_INDEX:
            assert not locked().get(OWN_INDEX), "its build for the CPU has other files on each system"
            continue
        versions = [str(found.specifier) for found, _ in locked().get(canonicalize_name(one.name), [])]
        assert versions == [str(one.specifier)], f"{one}: {WRITE}"


def test_each_has_hashes_and_one_version():
    assert len(locked()) > 60
    for versions in locked().values():
        for one, hashes in versions:
            assert hashes, f"{one.name} has no hash"
            assert re.fullmatch(r"==[\w.+!]+", str(one.specifier)), one


def test_what_the_packages_need_is_locked_too():
    """As far as this environment has them installed at the locked versions."""
    names = [canonicalize_name(one.name) for one in asked()]
    seen: set[str] = set()
    while names:
        name = names.pop()
        found = chosen(name)
        if name in seen or (found is None and name != OWN_INDEX):
            continue
        seen.add(name)
        try:
            if found is not None and version(name) not in found.specifier:
                continue
        except PackageNotFoundError:
            continue
        for line in requires(name) or []:
            needed = Requirement(line)
            if needed.marker is None or needed.marker.evaluate({"extra": ""}):
                assert chosen(needed.name) is not None, f"{name} needs {needed}, which is not locked: {WRITE}"
                names.append(canonicalize_name(needed.name))
    assert len(seen) > 50


def test_no_index_stands_in_it():
    text = (ROOT / NAME).read_text(encoding="utf-8")
    assert not re.search(r"https?://|file:|--(extra-)?index-url|--find-links", text)


def test_the_image_installs_from_it_first():
    steps = read_steps((ROOT / "Dockerfile").read_text(encoding="utf-8"))
    install = next(step.value for step in steps if step.name == "RUN" and "pip install" in step.value)
    assert install.index(f"--require-hashes -r {NAME}") < install.index('-r "$REQUIREMENTS"')


@pytest.mark.parametrize("line", ["--hash=sha256:", "# Everything that requirements.txt brings"])
def test_the_lock_says_what_it_is(line: str):
    assert line in (ROOT / NAME).read_text(encoding="utf-8")

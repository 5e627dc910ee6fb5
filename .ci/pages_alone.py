"""Opens every page with only requirements.txt installed, so that no page depends on a development package.

`python .ci/pages_alone.py` runs in an environment with both sets of packages. It links the packages of requirements.txt
and their dependencies into a new environment and runs itself there. It exits with status 1 if a page fails.
"""

from __future__ import annotations

import os
import subprocess
import sys
import sysconfig
import tempfile
import venv
from importlib.metadata import PackageNotFoundError, distribution
from pathlib import Path

from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

ROOT = Path(__file__).parents[1]
# Choices that load what a page does not load by default: transformers, here without success because there is no
# network.
CHOICES = {"pages/embeddings/drift.py": {"right": "a model from the Hub", "model": "nobody/nothing"}}


def required(file: str) -> list[Requirement]:
    """The requirements listed in a requirements file of the project's root."""
    lines = (ROOT / file).read_text(encoding="utf-8").splitlines()
    named = [line.split(" #")[0] for line in lines]
    return [Requirement(line) for line in named if line.strip() and not line.startswith(("#", "-r"))]


def closure(waiting: list[Requirement]) -> set[str]:
    """The given packages and all their dependencies on this machine, by normalised name."""
    found: set[tuple[str, str]] = set()
    while waiting:
        asked = waiting.pop()
        for extra in {"", *asked.extras}:
            if (asked.name, extra) not in found:
                found.add((asked.name, extra))
                further = map(Requirement, distribution(asked.name).requires or ())
                waiting += [one for one in further if one.marker is None or one.marker.evaluate({"extra": extra})]
    return {canonicalize_name(name) for name, _ in found}


def make_environment(folder: Path, names: set[str]) -> Path:
    """Create a virtual environment with links to the files of these packages. Returns its interpreter."""
    venv.create(folder)
    places = {"base": str(folder), "platbase": str(folder)}
    site = Path(sysconfig.get_path("purelib", "venv", places))
    for name in names:
        for file in distribution(name).files or ():
            if ".." not in file.parts:  # skips commands, which lie beside the interpreter
                (site / file).parent.mkdir(parents=True, exist_ok=True)
                (site / file).symlink_to(Path(str(file.locate())).resolve())
    return Path(sysconfig.get_path("scripts", "venv", places)) / Path(sys.executable).name


def is_installed(name: str) -> bool:
    try:
        distribution(name)
    except PackageNotFoundError:
        return False
    return True


def open_pages() -> list[str]:
    """The errors of each page in this environment, opened for each published corpus."""
    from streamlit.testing.v1 import AppTest

    import streamlit_app  # as the server imports it
    from pages.shared.site import PAGES

    failures = []
    for page in PAGES:
        for address in ({"corpus": "imdb"}, {"corpus": "toy"}, CHOICES.get(page.script)):
            if address is None:
                continue
            app = AppTest.from_file(streamlit_app.__file__, default_timeout=120).run()
            app.switch_page(page.script)
            for name, value in address.items():
                app.query_params[name] = value
            app.run()
            found = [*app.exception, *(error for error in app.error if "corpus" in address or "import" in error.value)]
            print(f"{page.script} {address}: {'fails' if found else 'opens'}", flush=True)
            failures += [f"{page.script} {address}: {shown.value}" for shown in found]
    return failures


def main() -> None:
    names = closure(required("requirements.txt"))
    of_checks = [one.name for one in required("requirements-dev.txt") if one.name not in names]
    of_checks = list(filter(is_installed, of_checks))
    if of_checks and "--here" in sys.argv:
        sys.exit(f"This environment holds {', '.join(of_checks)} too, which requirements.txt does not ask for.")
    if of_checks:
        with tempfile.TemporaryDirectory() as folder:
            command = [make_environment(Path(folder), names), __file__, "--here"]
            environment = {name: value for name, value in os.environ.items() if name != "PYTHONPATH"}
            sys.exit(subprocess.run(command, cwd=ROOT, env=environment | {"HF_HUB_OFFLINE": "1"}).returncode)
    sys.path.insert(0, str(ROOT))
    if failures := open_pages():
        sys.exit("\n".join(failures))


if __name__ == "__main__":
    main()

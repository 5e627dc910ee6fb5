"""Lays out the folder of a Hugging Face Space (Docker): `python -m deploy.space build/space`.

The folder holds the files of the image, the Dockerfile, and our README with the front matter that a Space needs.
docs/hosting.md says how to upload it.
"""

from __future__ import annotations

import re
import shutil
import sys
from pathlib import Path

import yaml

from deploy.dockerfile import ROOT, Step, image_files, read_steps


def front_matter(steps: list[Step]) -> str:
    """What the Space is, for the Hub. steps: of the Dockerfile, which names the port.

    https://huggingface.co/docs/hub/spaces-config-reference lists the entries.
    """
    about = {
        "title": "Sentiment Lab",
        "short_description": "Watch recurrent networks learn sentiment",
        "colorFrom": "blue",
        "colorTo": "yellow",
        "sdk": "docker",
        "app_port": next(int(step.value) for step in steps if step.name == "EXPOSE"),
        "pinned": False,
        "license": "mit",
    }
    return f"---\n{yaml.safe_dump(about, sort_keys=False)}---\n\n"


def lay_out(target: Path, source: Path = ROOT) -> None:
    """Write the files of the Space into a new folder. Raises FileExistsError if it is there."""
    target.mkdir(parents=True)
    readme = (source / "README.md").read_text(encoding="utf-8")
    pictures = re.findall(r"!\[[^]]*\]\(([^)]+)\)", readme)
    for path in (*image_files(source), "Dockerfile", ".dockerignore", *pictures):
        (target / path).parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(source / path, target / path)
    steps = read_steps((source / "Dockerfile").read_text(encoding="utf-8"))
    (target / "README.md").write_text(front_matter(steps) + readme, encoding="utf-8")


if __name__ == "__main__":
    if len(sys.argv) != 2:
        sys.exit("Name the folder to make, such as build/space.")
    try:
        lay_out(Path(sys.argv[1]))
    except FileExistsError:
        sys.exit(f"{sys.argv[1]} is there already. Delete it, or name another folder.")

"""Checks a manifest for Kubernetes without a cluster: `python -m deploy.check_kubernetes deploy/kubernetes/job.yaml`.

Kinds of Kubernetes itself, and all pods, are compared with its schemas, as kubernetes-validate brings them (see
requirements-dev.txt): a field that does not exist is an error. What KubeRay adds is compared with
deploy/kubernetes/ray.schema.yaml. Prints a line for each mistake, and exits with status 1 if there is any.
"""

from __future__ import annotations

import json
import sys
from functools import cache
from importlib.resources import files
from pathlib import Path
from typing import Any

import yaml
from jsonschema import Draft202012Validator
from referencing import Registry, Resource

FOLDER = Path(__file__).parent / "kubernetes"
VERSION = "1.37.0"  # of the schemas of Kubernetes


def read_manifest(path: Path) -> list[dict[str, Any]]:
    """The objects of a file in their order. Raises OSError, UnicodeError or yaml.YAMLError if it cannot be read."""
    found = [one for one in yaml.safe_load_all(path.read_text(encoding="utf-8")) if one is not None]
    if not all(isinstance(one, dict) for one in found):
        raise yaml.YAMLError("Every document of a manifest is a map of names.")
    return found


def problems(manifest: list[dict[str, Any]]) -> list[str]:
    """The mistakes of a manifest, a line each: the object, the place in it and what is wrong there."""
    found = []
    for one in manifest:
        kind, name = one.get("kind", "an object"), one.get("metadata", {}).get("name", "without a name")
        try:
            schema = _schema(one.get("apiVersion", ""), kind)
        except FileNotFoundError:
            found.append(f"{kind} {name}: {one.get('apiVersion')} has no such kind")
            continue
        errors = Draft202012Validator(schema, registry=_registry()).iter_errors(one)
        found += sorted(f"{kind} {name}: {error.json_path}: {error.message[:300]}" for error in errors)
    return found


def _schema(group: str, kind: str) -> dict[str, Any]:
    """The schema of a kind. Raises FileNotFoundError if there is none."""
    if (group, kind) == ("ray.io/v1", "RayJob"):
        return dict(yaml.safe_load((FOLDER / "ray.schema.yaml").read_text(encoding="utf-8")))
    domain, _, version = group.rpartition("/")
    return _kubernetes("-".join(filter(None, [kind.lower(), domain.partition(".")[0], version])))


def _kubernetes(name: str) -> dict[str, Any]:
    folder = files("kubernetes_validate") / "kubernetes-json-schema" / f"v{VERSION}-local-strict"
    return dict(json.loads((folder / f"{name}.json").read_text(encoding="utf-8")))


@cache
def _registry() -> Registry:
    return Resource.from_contents(_kubernetes("_definitions")) @ Registry()


def main(paths: list[str]) -> int:
    """Print the mistakes of the files. Returns the exit status."""
    found = []
    for path in paths:
        try:
            found += [f"{path}: {problem}" for problem in problems(read_manifest(Path(path)))]
        except (OSError, UnicodeError, yaml.YAMLError) as error:
            found.append(f"{path}: {' '.join(str(error).split())}")
    print("\n".join(found) if found else "No mistake found.")
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:] or [str(FOLDER / "job.yaml")]))

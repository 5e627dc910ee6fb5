"""The manifest of a Ray cluster on Kubernetes: its fields exist, and so does what it names; its pods have no rights."""

import re
import shlex
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
import typer
import yaml
from packaging.requirements import Requirement

from deploy.check_kubernetes import FOLDER, main, problems, read_manifest
from deploy.dockerfile import ROOT, image_files, read_steps
from sentiment_core.cli.app import app

Objects = list[dict[str, Any]]
MANIFEST = FOLDER / "job.yaml"


@pytest.fixture
def manifest() -> Objects:
    return read_manifest(MANIFEST)


@pytest.fixture
def job(manifest: Objects) -> dict[str, Any]:
    (found,) = [one["spec"] for one in manifest if one["kind"] == "RayJob"]
    return found


def test_every_field_exists(capsys: pytest.CaptureFixture[str]):
    assert main([str(MANIFEST)]) == 0
    assert capsys.readouterr().out == "No mistake found.\n"


def in_pod(group: str, change: Callable[[dict[str, Any]], object]) -> Callable[[Objects], object]:
    """A change of the pods of the head, or of the first group of workers."""

    def apply(manifest: Objects) -> object:
        cluster = manifest[-1]["spec"]["rayClusterSpec"]
        found = cluster["headGroupSpec"] if group == "head" else cluster["workerGroupSpecs"][0]
        return change(found["template"]["spec"])

    return apply


@pytest.mark.parametrize(
    ("change", "complaint"),
    [
        (lambda all: all[-1]["spec"].update(entryPoint="x"), "'entryPoint' was unexpected"),
        (lambda all: all[-1]["spec"].pop("entrypoint"), "'entrypoint' is a required property"),
        (lambda all: all[-1]["spec"]["rayClusterSpec"].update(rayVersion=2.6), "2.6 is not of type 'string'"),
        (lambda all: all[-1]["spec"]["rayClusterSpec"]["authOptions"].update(mode="on"), "'on' is not one of"),
        (
            lambda all: all[-1]["spec"]["rayClusterSpec"]["headGroupSpec"]["rayStartParams"].update({"num-cpus": 0}),
            "0 is not of type 'string'",
        ),
        (
            lambda all: all[-1]["spec"]["rayClusterSpec"]["workerGroupSpecs"][0].pop("maxReplicas"),
            "'maxReplicas' is a required property",
        ),
        (in_pod("head", lambda pod: pod.update(container=[])), "'container' was unexpected"),
        (in_pod("workers", lambda pod: pod["containers"][0]["resources"].update(limit={})), "'limit' was unexpected"),
        (in_pod("workers", lambda pod: pod["containers"][0].update(env={"A": "b"})), "is not of type 'array'"),
        (lambda all: all[1]["spec"].update(accessMode=["ReadWriteMany"]), "'accessMode' was unexpected"),
        (lambda all: all[2]["spec"]["ingress"][1].update(port=8265), "'port' was unexpected"),
        (lambda all: all[-1].update(apiVersion="ray.io/v2"), "ray.io/v2 has no such kind"),
        (lambda all: all[0].update(kind="NameSpace2"), "v1 has no such kind"),
    ],
)
def test_a_mistake_is_found(manifest: Objects, change: Callable[[Objects], object], complaint: str, tmp_path: Path):
    change(manifest)
    (found,) = problems(manifest)
    assert complaint in found
    broken = tmp_path / "broken.yaml"
    broken.write_text(yaml.safe_dump_all(manifest), encoding="utf-8")
    assert main([str(broken)]) == 1


@pytest.mark.parametrize("text", ["a: [", "- a list", "a: \x00"])
def test_a_file_that_is_no_manifest_is_a_line(text: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]):
    path = tmp_path / "no.yaml"
    path.write_text(text, encoding="utf-8")
    assert main([str(path)]) == 1
    assert len(capsys.readouterr().out.splitlines()) == 1


def pinned(file: str) -> str:
    """The version of Ray that a file of requirements pins."""
    lines = (ROOT / file).read_text(encoding="utf-8").splitlines()
    (found,) = [Requirement(line.split(" #")[0]) for line in lines if line.startswith("ray")]
    (version,) = found.specifier
    assert version.operator == "=="
    return version.version


def test_one_version_of_ray_everywhere(job: dict[str, Any]):
    assert job["rayClusterSpec"]["rayVersion"] == pinned("requirements-cluster.txt")
    assert pinned("requirements-kubernetes.txt") == pinned("requirements-cluster.txt")


def test_the_image_can_be_built_with_ray():
    steps = read_steps((ROOT / "Dockerfile").read_text(encoding="utf-8"))
    given = {name: value for step in steps if step.name == "ARG" for name, value in step.pairs({}).items()}
    assert given["REQUIREMENTS"] == "requirements.txt"
    asked = re.search(r"--build-arg REQUIREMENTS=(\S+)", (ROOT / "docs" / "scale.md").read_text(encoding="utf-8"))
    assert asked is not None
    copied = {step.value.split()[0] for step in steps if step.name == "COPY"}
    names, waiting = set(), [asked[1]]
    while waiting:
        name = waiting.pop()
        names.add(name)
        lines = (ROOT / name).read_text(encoding="utf-8").splitlines()
        waiting += [line.removeprefix("-r ") for line in lines if line.startswith("-r ")]
    assert names <= copied & set(image_files())


def test_the_command_is_one_that_the_program_takes(job: dict[str, Any]):
    words = shlex.split(job["entrypoint"])
    assert words[:3] == ["python", "-m", "sentiment_core"]
    command = typer.main.get_command(app).commands[words[3]]  # type: ignore[attr-defined]
    with command.make_context(words[3], words[4:]) as given:
        options = given.params
    assert (words[3], options["executor"], options["address"]) == ("score", "ray", "auto")
    assert f"{options['model']}/config.json".removeprefix("/app/") in set(image_files())
    assert {str(Path(path).parents[-2]) for path in (options["files"][0], options["out"])} == {"/data"}


def pods(job: dict[str, Any]) -> Iterator[dict[str, Any]]:
    cluster = job["rayClusterSpec"]
    yield job["submitterPodTemplate"]["spec"]
    for group in (cluster["headGroupSpec"], *cluster["workerGroupSpecs"]):
        yield group["template"]["spec"]


def test_no_pod_has_rights_and_all_run_as_the_user_of_the_image(job: dict[str, Any]):
    steps = read_steps((ROOT / "Dockerfile").read_text(encoding="utf-8"))
    (user,) = [step.value.split(":")[0] for step in steps if step.name == "USER"]
    seen = [job["rayClusterSpec"]["autoscalerOptions"]]
    for pod in pods(job):
        assert pod["securityContext"]["runAsNonRoot"]
        assert str(pod["securityContext"]["runAsUser"]) == user
        assert pod["securityContext"]["seccompProfile"] == {"type": "RuntimeDefault"}
        assert pod["restartPolicy"] == "Never"
        assert not {"hostNetwork", "hostPID", "hostIPC"} & set(pod)
        assert not [volume for volume in pod["volumes"] if "hostPath" in volume]
        seen += pod["containers"]
    for container in seen:
        context = container["securityContext"]
        assert context["readOnlyRootFilesystem"]
        assert context["allowPrivilegeEscalation"] is False
        assert context["capabilities"] == {"drop": ["ALL"]}
        assert {"limits", "requests"} <= set(container["resources"])
        assert "/tmp" in [mount["mountPath"] for mount in container["volumeMounts"]], "Ray writes there"


def test_one_image_and_one_environment_for_all_pods(job: dict[str, Any]):
    containers = [container for pod in pods(job) for container in pod["containers"]]
    assert len({container["image"] for container in containers}) == 1
    settings = [{one["name"]: one["value"] for one in container["env"]} for container in containers]
    assert all(one == settings[0] for one in settings)
    assert settings[0]["PYTHONPATH"] == next(
        step.value for step in read_steps((ROOT / "Dockerfile").read_text("utf-8")) if step.name == "WORKDIR"
    )


def test_nothing_outside_reaches_ray(manifest: Objects, job: dict[str, Any]):
    assert job["rayClusterSpec"]["authOptions"] == {"mode": "token"}
    assert job["rayClusterSpec"]["headGroupSpec"]["serviceType"] == "ClusterIP"
    assert {one["kind"] for one in manifest} == {"Namespace", "PersistentVolumeClaim", "NetworkPolicy", "RayJob"}
    everything, head = [one["spec"] for one in manifest if one["kind"] == "NetworkPolicy"]
    assert everything["podSelector"] == {}
    assert set(everything["policyTypes"]) == {"Ingress", "Egress"}
    own, operator = everything["ingress"]
    assert own == {"from": [{"podSelector": {}}]}
    assert [port["port"] for port in operator["ports"]] == [8265]
    assert operator["from"][0]["podSelector"]["matchLabels"] == {"app.kubernetes.io/name": "kuberay-operator"}
    assert head["policyTypes"] == ["Egress"], "it opens nothing"
    assert {one["metadata"]["namespace"] for one in manifest[1:]} == {manifest[0]["metadata"]["name"]}


def test_the_machines_are_given_back(job: dict[str, Any]):
    assert job["shutdownAfterJobFinishes"]
    assert job["activeDeadlineSeconds"] > 0
    cluster = job["rayClusterSpec"]
    assert cluster["headGroupSpec"]["rayStartParams"]["num-cpus"] == "0"
    for group in cluster["workerGroupSpecs"]:
        limits = group["template"]["spec"]["containers"][0]["resources"]["limits"]
        assert group["minReplicas"] == 0 < group["maxReplicas"]
        assert group["rayStartParams"]["num-cpus"] == limits["cpu"]

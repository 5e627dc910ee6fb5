"""What Ray itself makes of the manifest for Kubernetes."""

from deploy.check_kubernetes import FOLDER, read_manifest
from sentiment_core.cluster.connection import import_ray

JOB = read_manifest(FOLDER / "job.yaml")[-1]
CLUSTER = JOB["spec"]["rayClusterSpec"]


def test_the_program_is_that_version_of_ray():
    assert import_ray().__version__ == CLUSTER["rayVersion"]


def test_its_autoscaler_starts_workers_and_nothing_on_the_head():
    """By the function that Ray's autoscaler calls in the head's pod."""
    from ray.autoscaler._private.kuberay.autoscaling_config import _derive_autoscaling_config_from_ray_cr

    read = _derive_autoscaling_config_from_ray_cr({"metadata": JOB["metadata"], "spec": CLUSTER})
    kinds = read["available_node_types"]
    assert kinds["headgroup"]["resources"]["CPU"] == 0
    assert kinds["workers"]["resources"]["CPU"] == 4
    assert (kinds["workers"]["min_workers"], read["max_workers"]) == (0, 5)
    assert read["idle_timeout_minutes"] == 1


def test_ray_start_knows_its_parameters():
    from ray.scripts.scripts import start

    known = {name.removeprefix("--") for option in start.params for name in option.opts}
    groups = [CLUSTER["headGroupSpec"], *CLUSTER["workerGroupSpecs"]]
    assert {name for group in groups for name in group["rayStartParams"]} <= known

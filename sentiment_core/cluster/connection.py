"""Connects this process to Ray: to a cluster that runs, or to one on this machine for as long as the command runs.

Ray is an extra, and importing it takes seconds, so it is imported here and when it is needed. It reports nothing to its
authors, starts no dashboard, and on this machine alone it listens on no address but the loopback.
"""

from __future__ import annotations

import logging
import os
import socket
import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from types import ModuleType

from sentiment_core.errors import ClusterError

LOCAL = "local"  # an address: Ray on this machine, started for this command and ended with it
AUTO = "auto"  # an address: of RAY_ADDRESS, or of the cluster that this machine belongs to
_PATIENCE = 5.0  # seconds until an address that does not answer is refused
_QUIET = {
    "RAY_USAGE_STATS_ENABLED": "0",  # no report to Ray's authors
    "RAY_ACCEL_ENV_VAR_OVERRIDE_ON_ZERO": "0",  # as Ray advises: a worker without a GPU keeps the environment
    "RAY_BACKEND_LOG_LEVEL": "fatal",  # else its native part prints warnings of its own design beside the progress bar
}
# Ray reads this when it is imported. Its name speaks of two systems. Off, every system keeps to the loopback.
_LISTEN_BEYOND_LOOPBACK = "RAY_ENABLE_WINDOWS_OR_OSX_CLUSTER"


def import_ray() -> ModuleType:
    """The module `ray`. Raises ClusterError if it is not installed."""
    for name, value in _QUIET.items():
        os.environ.setdefault(name, value)
    try:
        import ray
    except ImportError as error:
        raise ClusterError(
            "Ray is not installed. Install it with pip install -r requirements-cluster.txt, or use --executor local."
        ) from error
    return ray


@contextmanager
def connected(address: str = LOCAL, cores: int | None = None) -> Iterator[ModuleType]:
    """The module `ray`, connected within the block. A process that is connected already stays so, and is left so.

    address: `LOCAL`, `AUTO`, or host:port of a cluster's head.
    cores: for `LOCAL`, how many Ray may use; None for all of this machine.
    Raises ClusterError if Ray is not installed, nothing answers at the address, the cluster asks for another token, or
    this machine is no node of it.
    """
    if address == LOCAL:
        os.environ.setdefault(_LISTEN_BEYOND_LOOPBACK, "0")
    ray = import_ray()
    if ray.is_initialized():
        yield ray
        return
    _check_answer(address)
    quiet = {"log_to_driver": False, "logging_level": logging.ERROR}
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore", FutureWarning)  # of how Ray will name GPUs
            if address == LOCAL:
                ray.init(address=LOCAL, num_cpus=cores, include_dashboard=False, **quiet)
            else:
                ray.init(address=address, **quiet)
    except (ConnectionError, RuntimeError, ValueError, OSError, ray.exceptions.AuthenticationError) as error:
        raise _reason(error, address) from error
    try:
        yield ray
    finally:
        ray.shutdown()


def _check_answer(address: str) -> None:
    """Raise ClusterError for an address at which nothing answers, which Ray itself would try for a minute."""
    if address in (LOCAL, AUTO):
        return
    host, _, port = address.rpartition(":")
    if not host or not port.isdecimal() or "/" in host:
        raise ClusterError(
            "{address} is no address of a Ray cluster. Give host:port of its head, such as 10.0.0.5:6379, or auto on a "
            "machine of the cluster.",
            address=address,
        )
    try:
        socket.create_connection((host, int(port)), _PATIENCE).close()
    except (OSError, OverflowError) as error:
        raise _no_answer(address) from error


def _is_refused(error: BaseException | None) -> bool:
    """Whether the cluster asks for a token that this process does not have. Ray says so only within other errors."""
    while error is not None:
        if "AuthenticationError" in f"{type(error).__name__} {error}":
            return True
        error = error.__cause__ or error.__context__
    return False


def _reason(error: BaseException, address: str) -> ClusterError:
    """Why Ray did not connect to an address that `_check_answer` let pass."""
    if _is_refused(error):
        return ClusterError(
            "The Ray cluster at {address} asks for its token. Copy ~/.ray/auth_token from its head to the same place "
            "here, and set RAY_AUTH_MODE=token.",
            address=address,
        )
    if address in (LOCAL, AUTO):
        return _no_answer(address)
    return ClusterError(
        "This machine is no node of the Ray cluster at {address}. Join it with ray start --address {address}, or run "
        "the command on a machine of the cluster.",
        address=address,
    )


def _no_answer(address: str) -> ClusterError:
    if address == LOCAL:
        return ClusterError(
            "Ray does not start on this machine. Its logs are in /tmp/ray; --executor local needs none."
        )
    if address == AUTO:
        return ClusterError(
            "This machine belongs to no Ray cluster. Start one with ray start --head, name its head with --address "
            "host:port, or let Ray run here alone with --address local."
        )
    return ClusterError(
        "No Ray cluster answers at {address}. Check the address, that its head runs, and that this machine may use it.",
        address=address,
    )

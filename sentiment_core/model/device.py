"""Selects the device that a network runs on: the CPU, or a GPU that PyTorch can use here."""

from __future__ import annotations

from functools import cache

import torch

from sentiment_core.errors import DeviceError

DEVICES = ("auto", "cpu", "cuda", "mps")
CPU = torch.device("cpu")


def choose_device(name: str) -> torch.device:
    """The device called `name`, one of DEVICES.

    auto is CUDA if available, else the CPU. It is never mps, Apple's GPU: several PyTorch releases computed wrong LSTM
    outputs and gradients there (pytorch issues 90421, 92615, 94754), and this package has not been tested on it.
    Raises DeviceError, which lists the available devices, if there is no such device.
    """
    if name not in DEVICES:
        raise DeviceError("No device {name!r}. Choose one of {names}.", name=name, names=list(DEVICES))
    here = available_devices()
    if name == "auto":
        return torch.device("cuda" if "cuda" in here else "cpu")
    if name not in here:
        raise DeviceError(
            "PyTorch {version} can use no {name} device on this machine. It can use {names:and}.",
            version=torch.__version__,
            name=name,
            names=list(here),
        )
    return torch.device(name)


def available_devices() -> list[str]:
    """Names of the kinds of devices that PyTorch can use on this machine, cpu first."""
    there = {"cuda": torch.cuda.is_available(), "mps": torch.backends.mps.is_available()}
    return ["cpu", *(name for name in there if there[name] and _computes(name))]


@cache
def _computes(name: str) -> bool:
    """Whether the device can add two numbers. One that is too old for this build of PyTorch cannot."""
    try:
        return float(torch.ones(1, device=name) + 1) == 2
    except RuntimeError:
        return False


def describe_device(device: torch.device) -> str:
    """The product name of a GPU; cpu for the CPU."""
    return torch.cuda.get_device_name(device) if device.type == "cuda" else device.type


def synchronize(device: torch.device) -> None:
    """Wait until the device has finished its work. The CPU always has."""
    if device.type != "cpu":
        torch.get_device_module(device).synchronize()

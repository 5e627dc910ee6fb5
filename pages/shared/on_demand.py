"""Modules that a server imports when a page first needs them, because they import torch."""

from __future__ import annotations

import sys
import threading
from importlib import import_module
from types import ModuleType

import streamlit as st

from sentiment_core.messages import tr

IMPORTING = threading.Lock()  # one thread must not see what another has half imported


def needing_torch(name: str) -> ModuleType:
    """The module of this name, which imports torch: 190 MB, and seconds for the first reader who needs it."""
    if name in sys.modules and not IMPORTING.locked():
        return sys.modules[name]
    with st.spinner(tr("Loading PyTorch")), IMPORTING:
        return import_module(name)

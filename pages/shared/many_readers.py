"""What lets Streamlit's server hold a whole class: no work that it repeats, and no session lost in a common outage."""

from __future__ import annotations

from functools import lru_cache

from streamlit import config, type_util
from streamlit.runtime import Runtime
from streamlit.runtime.app_session import AppSession
from streamlit.runtime.memory_session_storage import MemorySessionStorage

MOST_AWAY = 2_000  # sessions kept for readers who lost their connection


def watch_no_files() -> None:
    """Let sessions not watch source files if the configuration says so.

    Streamlit asks the configuration when a session begins, but not when it goes on after a lost connection. It then
    looks at every imported module after every run, on the thread that serves all readers: half a second each time.
    """
    if config.get_option("server.fileWatcherType") == "none":
        AppSession.register_file_watchers = lambda session: None  # type: ignore[assignment, method-assign]


def remember_signatures() -> None:
    """Look at the signature of a cached function once. Streamlit does it at each call, for 3 to 5% of a page's time."""
    type_util.get_func_parameters = lru_cache(512)(type_util.get_func_parameters)


def keep_all_away(runtime: Runtime) -> None:
    """Let a class that loses its Wi-Fi find all its sessions again. Streamlit keeps 128 of them. Call it at the start.

    Each is forgotten after `server.disconnectedSessionTTL` seconds, as before.
    """
    ttl = config.get_option("server.disconnectedSessionTTL")
    runtime._session_mgr._session_storage = MemorySessionStorage(MOST_AWAY, ttl)  # type: ignore[attr-defined]

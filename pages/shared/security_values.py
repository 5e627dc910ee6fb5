"""Values of widgets that no page of this app would send are passed over, and the widget keeps the value that it had.

A browser may send any value for any widget. Some make Streamlit fail, such as a truth value for a range of numbers: the
page then shows an error, and the log has a traceback for each.
"""

from __future__ import annotations

from functools import wraps
from typing import Any

from streamlit.runtime.state.session_state import Serialized, WStates


def drop_wrong_values() -> None:
    """Let all sessions pass over values that their widgets cannot read. Call it once, before the first session."""
    read = WStates.__getitem__

    @wraps(read)
    def checked(states: WStates, name: str) -> Any:
        if _is_of_another_kind(states, name):
            raise KeyError(name)
        try:
            return read(states, name)
        except KeyError:
            raise
        except Exception:  # the widget cannot read it; which error that is differs from widget to widget
            raise KeyError(name) from None

    WStates.__getitem__ = checked  # type: ignore[method-assign]


def _is_of_another_kind(states: WStates, name: str) -> bool:
    """Whether a value just came from the browser and is of another kind than the widget's. None is of each kind."""
    sent, known = states.states.get(name), states.widget_metadata.get(name)
    if not isinstance(sent, Serialized) or known is None or known.value_type is None:
        return False
    return sent.value.WhichOneof("value") not in (None, known.value_type)

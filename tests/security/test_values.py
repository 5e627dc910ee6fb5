"""Values that a widget of no page would have: passed over, and the widget keeps its own."""

import json

import pytest
from streamlit.proto.WidgetStates_pb2 import WidgetState
from streamlit.runtime.state.common import WidgetMetadata
from streamlit.runtime.state.session_state import WStates

from pages.shared.security_values import drop_wrong_values


@pytest.fixture(autouse=True)
def guarded(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(WStates, "__getitem__", WStates.__getitem__)  # put back at the end
    drop_wrong_values()


def read(kind: str, deserializer: object, *sent: WidgetState) -> list[object]:
    """What a widget of a kind reads of values that a browser sends, one after the other; absent ones are left out."""
    found = []
    for value in sent:
        states = WStates()
        states.set_widget_metadata(WidgetMetadata("w", deserializer, lambda value: value, value_type=kind))
        states.set_widget_from_proto(value)
        found += [states["w"]] if states.get("w", None) is not None else []
        assert list(states) == ["w"], "it may be iterated over meanwhile"
    return found


def test_a_value_of_the_widgets_kind_is_read():
    assert read("string_value", lambda value: value, WidgetState(id="w", string_value="a film")) == ["a film"]
    range_of_two = WidgetState(id="w")
    range_of_two.double_array_value.data.extend([1.0, 2.0])
    assert read("double_array_value", list, range_of_two) == [[1.0, 2.0]]


def test_one_of_another_kind_is_not():
    others = [
        WidgetState(id="w", bool_value=True),
        WidgetState(id="w", int_value=3),
        WidgetState(id="w", json_value="1"),
    ]
    assert read("string_value", lambda value: value, *others) == []


def test_nor_one_that_the_widget_cannot_read():
    assert read("json_value", json.loads, WidgetState(id="w", json_value="{")) == []
    assert read("string_value", int, WidgetState(id="w", string_value="x")) == []


def test_a_widget_that_was_emptied_is_empty():
    """A box for numbers without a number sends a value of no kind."""
    states = WStates()
    states.set_widget_metadata(WidgetMetadata("w", lambda value: value, lambda value: value, value_type="double_value"))
    states.set_widget_from_proto(WidgetState(id="w"))
    assert "w" in states
    assert states["w"] is None

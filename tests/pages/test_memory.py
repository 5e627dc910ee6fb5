"""The Memory page."""

import pytest
from streamlit.testing.v1 import AppTest

from sentiment_core.analysis.examples import EXAMPLES
from tests.pages.one_review_page import shown
from tests.pages.opening import english_in, open_page

SCRIPT = "pages/inside/memory.py"
RAMBLE = next(example.text for example in EXAMPLES if example.name == "long-ramble")


def opened(**address: object) -> AppTest:
    app = open_page(SCRIPT, **{"corpus": "imdb", **address})
    assert not app.exception
    return app


def charts(app: AppTest) -> list[str]:
    """The description of each picture."""
    return [chart.proto.alt for chart in app.get("plotly_chart")]


def test_each_direction_of_each_network_has_a_picture_and_a_sentence():
    app = opened()
    assert len(charts(app)) == 3, "one of rnn, two of bilstm"
    assert "A plain RNN has no gates" in shown(app)
    assert shown(app).count("The forget gate of unit") == 2
    assert "The update gate of unit" in shown(opened(runs=["gru"]))


def test_a_long_review_is_shown_in_windows_from_the_address():
    app = opened(runs=["lstm"], text=RAMBLE, **{"from": "101", "tokens": "15"})
    assert "at tokens 101 to 115" in charts(app)[0]
    assert app.slider(key="from").max == 400 - 15 + 1
    assert "Only the first 400 of" in shown(app)
    app.text_area(key="text").set_value("A fine film.").run()
    assert not app.exception
    assert "at tokens 1 to 4" in charts(app)[0], "a shorter text has no such window"


def test_a_text_is_shown_whole_and_a_long_one_from_its_end_where_the_verdict_is_made():
    assert "at tokens 1 to 73;" in charts(opened(runs=["rnn"]))[0]
    app = opened(runs=["lstm"], text=RAMBLE)
    assert "at tokens 321 to 400;" in charts(app)[0]
    app.text_area(key="text").set_value("fine film " * 100).run()
    assert not app.exception
    assert "at tokens 121 to 200;" in charts(app)[0], "the end of another text"


def test_a_chosen_unit_is_followed():
    app = opened(runs=["lstm"], unit="5")
    assert "unit 5" in shown(app)
    app.selectbox(key="unit").select("9").run()
    assert app.query_params["unit"] == "9"
    assert "unit 9" in shown(app)


def test_the_first_layer_of_a_deep_network_is_an_estimate():
    assert "This is exact" in shown(opened(runs=["rnn"]))
    assert "an estimate" in shown(opened(runs=["rnn"], layer="first"))


def test_a_classifier_without_memory_says_so():
    said = shown(opened(runs=["bag-of-words"], hub="owner/name"))
    assert "bag-of-words: no memory to show" in said
    assert "A model of the Hub has no memory to show here" in said
    assert "Choose a network" in said


@pytest.mark.parametrize(
    "address",
    [
        {"from": "-3"},
        {"from": "99999"},
        {"from": "x", "tokens": "17", "units": "0", "unit": "nine", "layer": "third"},
        {"runs": ["nobody"]},
        {"text": " "},
        {"text": "한국어"},
        {"text": "fine"},
    ],
    ids=str,
)
def test_an_address_with_a_wrong_value_still_opens(address: dict):
    opened(**{"text": RAMBLE, **address})


def test_a_million_characters():
    app = opened(runs=["gru"])
    app.text_area(key="text").set_value("good film " * 100_000).run()
    assert not app.exception
    assert "Only the first 400 of 200,000 tokens are read" in shown(app)


def test_nothing_is_left_in_english():
    app = opened(lang="ko", corpus="korean", runs=["rnn", "bilstm"])
    assert english_in(app) == []
    assert all("판정" in alt for alt in charts(app))

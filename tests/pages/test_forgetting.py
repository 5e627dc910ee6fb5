"""The Forgetting page."""

import re

import pytest
from streamlit.testing.v1 import AppTest

from tests.pages.one_review_page import shown
from tests.pages.opening import english_in, open_page

SCRIPT = "pages/inside/forgetting.py"
PARTS = ("review", "distance", "training", "start")


def opened(**address: object) -> AppTest:
    app = open_page(SCRIPT, **{"corpus": "imdb", **address})
    assert not app.exception
    return app


def charts(app: AppTest) -> list[str]:
    """The description of each picture."""
    return [chart.proto.alt for chart in app.get("plotly_chart")]


def test_four_networks_are_shown_together_with_a_sentence_for_each_direction():
    app = opened()
    assert "rnn, lstm, gru and bilstm" in charts(app)[0]
    for name in ("rnn", "lstm", "gru", "bilstm →", "bilstm ←"):
        assert f"- {name}: " in shown(app)
    assert "lstm, gru and bilstm: the pooling reads the state after every token" in shown(app)


def test_before_training_a_plain_rnn_reaches_less_far_than_an_lstm():
    said = shown(opened(when="before", runs=["rnn", "lstm"]))
    thousandths = [int(number) for number in re.findall(r"less than a thousandth from (\d+)", said)]
    assert len(thousandths) == 2
    assert thousandths[0] < thousandths[1] / 2


def test_the_verdict_of_a_plain_rnn_forgets_a_cue_at_a_distance():
    """It knows the praise where it ends the review. After 64 words it judges it nearly as a complaint; an LSTM not."""

    def chances(sentence: str, gap: str) -> dict[str, float]:
        said = shown(opened(part="distance", runs=["rnn", "lstm"], gap=gap, sentence=sentence))
        return {name: float(share) for name, share in re.findall(r"(rnn|lstm) ([\d.]+)%", said)}

    near, far = ([chances(sentence, gap) for sentence in ("film", "complaint")] for gap in ("0", "64"))
    assert near[0]["rnn"] > 50
    assert near[0]["rnn"] - near[1]["rnn"] > 40
    assert abs(far[0]["rnn"] - far[1]["rnn"]) < 4
    assert far[0]["lstm"] - far[1]["lstm"] > 60


def test_a_long_text_is_followed_for_its_first_tokens_and_the_page_says_so():
    said = shown(opened(runs=["bilstm-pretrained"], text="fine film " * 300))
    assert "bilstm-pretrained: the text is taken to end after 400 tokens" in said
    assert "is taken to end" not in shown(opened(runs=["lstm"], text="fine film " * 300)), "it reads 400 tokens"


def test_during_training_the_recorded_checkpoints_are_shown():
    app = opened(part="training", corpus="korean", moment="0")
    assert app.select_slider(key="moment").value == "0"
    assert app.query_params["moment"] == "0"
    assert "recorded by a second training with the run's recipe and seed" in shown(app)
    assert shown(app).count("arrives before training") == 4
    app.select_slider(key="moment").set_value("1").run()
    assert not app.exception
    assert "after epoch 1" in charts(app)[0]


def test_an_older_run_says_how_to_record_it():
    said = shown(opened(part="training", runs=["bilstm-best"]))
    assert "python -m sentiment_core forgetting checkpoints/imdb/bilstm-best --data YOUR_DATA" in said


@pytest.mark.parametrize("group", ["cell", "start", "clip"])
def test_what_decides_it_is_shown_with_all_seeds(group: str):
    app = opened(part="start", differs=group)
    assert len(charts(app)) == 2
    assert "of 5 seeds got above 75%" in shown(app)


def test_a_linear_classifier_has_no_memory():
    assert "bag-of-words: no memory to show" in shown(opened(runs=["rnn", "bag-of-words"]))
    app = opened()
    app.multiselect(key="runs").set_value([]).run()
    assert "Choose a network" in shown(app)


@pytest.mark.parametrize(
    "address",
    [
        {"part": "nothing", "of": "x", "when": "1990"},
        {"part": "distance", "gap": "5", "sentence": "korean"},
        {"part": "training", "moment": "7/8"},
        {"part": "start", "differs": "all"},
        {"text": " "},
        {"text": "fine", "of": "cell"},
        {"runs": ["nobody"]},
        {"corpus": "toy", "part": "training"},
        {"corpus": "toy", "when": "before"},
    ],
    ids=str,
)
def test_an_address_with_a_wrong_value_still_opens(address: dict):
    opened(**address)


@pytest.mark.parametrize("part", PARTS)
def test_nothing_is_left_in_english(part: str):
    app = opened(lang="ko", corpus="korean", part=part, runs=["rnn", "bilstm"])
    assert english_in(app) == []
    assert all(re.search("[가-힣]", alt) for alt in charts(app))

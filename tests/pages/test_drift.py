"""The Drift page on the published runs: its picture, and choices in its address."""

import pytest

from sentiment_core.runs.reading import load_run
from tests.pages.drift_page import opened, played, titles
from tests.pages.opening import english_in


def test_two_runs_through_their_whole_history(published):
    header = played(opened())
    assert [panel["title"] for panel in header["panels"]] == ["rnn", "bilstm"]
    for panel in header["panels"]:
        history = load_run(published / panel["title"]).history
        assert [frame["step"] for frame in panel["frames"]] == [row.step for row in history]
        assert [frame["valid_accuracy"] for frame in panel["frames"]] == [row.valid_accuracy for row in history]
        assert panel["separation"]["space"][0] == pytest.approx(0.5, abs=0.03)
        assert panel["separation"]["space"][-1] > 0.9
    assert (header["checkpoints"][0]["name"], header["checkpoints"][-1]["name"]) == ("0", "5")
    assert header["vocabularies"] == [{"words": 10_000}]
    assert {"great", "awful", "the"} <= set(header["pins"])


def test_any_two_runs_can_be_shown_or_one_twice_or_one_alone():
    assert titles(opened(left="gru", right="lstm")) == ["gru", "lstm"]
    for look in ("moved", "neighbours", "axis", "analogy"):
        assert titles(opened(left="gru", right="gru", look=look)) == ["gru", "gru"]
    app = opened(left="lstm", right="nothing")
    assert titles(app) == ["lstm"]
    assert len(app.dataframe) == 1


def test_a_network_that_cannot_be_shown_is_reported():
    app = opened(left="bilstm-best", right="zzqqxx")
    assert titles(app) == ["rnn", "bilstm"]
    best, unknown = (line.value.replace("\\", "") for line in app.warning)
    assert best.startswith("bilstm-best kept no frames")
    assert unknown.startswith("zzqqxx is not a run of this corpus")
    assert not opened(left="gru", right="nothing").warning


def test_a_choice_of_axes_changes_the_payload_and_the_explanation():
    notes = {}
    for basis in ("shared", "epoch", "aligned"):
        panel = played(opened(basis=basis))["panels"][0]
        notes[basis] = panel["note"]
        assert ("axes_by_frame" in panel) == (basis != "shared")
    assert "turn or flip" in notes["epoch"]
    assert "rotated to fit the one before" in notes["aligned"]


def test_a_browser_without_canvas_gets_snapshots(chosen):
    chosen(canvas=False, pins=["great"])
    assert len(opened(left="gru", right="gru").get("plotly_chart")) == 4
    app = opened()
    assert not app.exception
    assert len(app.get("plotly_chart")) == 4
    first = next(line.value for line in app.markdown if "validation accuracy" in line.value)
    assert first.startswith("**rnn** · before training")
    app.select_slider(key="at").set_value("0").run()
    assert app.query_params["at"] in ("0", ["0"])
    assert sum("Nothing has moved" in line.value for line in app.caption) == 2


@pytest.mark.parametrize("nonsense", ["", "nonsense", "-1", "<b>", "99999999999999999999", "\u202e\x00"])
def test_invalid_values_in_every_parameter_are_ignored(nonsense):
    names = ("corpus", "left", "right", "basis", "look", "at", "by", "word", "pins", "model")
    app = opened(**dict.fromkeys(names, nonsense))
    assert titles(app) == ["rnn", "bilstm"]
    assert not app.error


def test_a_change_of_corpus_and_back_starts_with_the_corpus_own_runs():
    app = opened(left="gru", right="lstm")
    for corpus, pair in (("toy", ("bilstm", "bilstm-shuffled")), ("imdb", ("rnn", "bilstm"))):
        app.selectbox(key="corpus").set_value(corpus).run()
        assert not app.exception
        assert not app.warning
        assert (app.selectbox(key="left").value, app.selectbox(key="right").value) == pair
        for side, name in zip(("left", "right"), pair, strict=True):
            assert app.query_params.get(side, name) == name, "the address says what is shown"


@pytest.mark.parametrize(
    ("key", "former", "code"),
    [
        ("basis", "each frame its own PCA", "epoch"),
        ("basis", "its own, turned onto the one before", "aligned"),
        ("right", "a model from the Hub", "hub"),
        ("look", "An axis by name", "axis"),
        ("by", "beyond its neighbours", "relative"),
        ("by", "length", "norm"),
    ],
)
def test_addresses_of_older_versions_choose_the_same(key: str, former: str, code: str):
    app = opened(**{key: former})
    assert not app.exception
    assert not app.warning
    assert app.session_state[key] == code
    app.query_params[key] = code
    assert app.run().session_state[key] == code, "and what is chosen now is the same in every language"


def test_an_older_address_chooses_the_checkpoint_of_the_snapshots(chosen):
    chosen(canvas=False)
    app = opened(at="1/16 of epoch 1")
    assert app.session_state["at"] == "1/16"


@pytest.mark.parametrize("look", ["moved", "neighbours", "axis", "analogy"])
def test_in_korean_no_sentence_is_english(look: str):
    app = opened(lang="ko", look=look, right="gru")
    assert not app.exception
    assert english_in(app) == []
    header = played(app)
    assert header["checkpoints"][0]["label"] == "학습 전"
    assert "두 축" in header["panels"][0]["note"]


def test_the_snapshots_are_in_korean_too(chosen):
    chosen(canvas=False)
    app = opened(lang="ko")
    assert not app.exception
    assert english_in(app) == []
    assert app.select_slider(key="at").options[0] == "학습 전"

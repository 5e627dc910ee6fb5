"""The payload, unpacked as the browser unpacks it."""

import gzip
import json
import re
from dataclasses import replace

import numpy as np
import pytest

from sentiment_core.analysis.drift.projection import Drift
from sentiment_core.analysis.drift.separation import Separation
from sentiment_core.errors import RunError
from sentiment_core.messages import LANGUAGES, in_language
from sentiment_core.player.bundle import standalone_template
from sentiment_core.player.panels import Frame, Panel, Vocabulary, drift_panel
from sentiment_core.player.payload import pack, quantise_polarity, with_settings
from sentiment_core.player.speech import english_messages, speech
from tests.player.full_panel import full_panel
from tests.player.unpacking import unpack

WORDS = Vocabulary(
    np.array(["good", "dull", "the", "<b>x</b>", "naïve", "two\nlines"], dtype=object),
    np.array([1.25, -1.5, 0.0, np.nan, 0.5, 20.0]),
    np.array([[5, 20], [12, 1], [50, 51], [0, 0], [3, 4], [70_000, 1]]),
    np.array([True, True, True, False, True, False]),
)
BEFORE, AFTER = Frame(0.0, 0, "before", 0.5), Frame(1.0, 20, "epoch 1", 0.875)
PANEL = Panel(
    "rnn",
    WORDS,
    np.array(
        [[[0, 0], [1, 0], [-1, 0], [0, 1], [0, -1], [0, 0]], [[0, 0], [9, 0.5], [-3, 0], [0, 1], [0, -1], [0, 0]]]
    ),
    np.array([[0, 0, 0, 0, 0, 0], [0, 8, 2, 0, 0, 0.5]]),
    [("axis 1", "axis 2")],
    [BEFORE, AFTER],
    separation=Separation(np.array([0.5, 1.0]), np.array([np.nan, 0.75]), 2, 1),
)
CHECKPOINTS = {"before": [0], "after": [1]}


def settings_of(data: bytes) -> tuple[dict, bytes]:
    assert data[:4] == b"SLS1"
    size = int.from_bytes(data[4:8], "little")
    assert size % 8 == 0
    return json.loads(data[8 : 8 + size]), data[8 + size :]


def test_settings_come_before_an_aligned_payload():
    payload = pack("t", [PANEL], CHECKPOINTS, [])
    settings, rest = settings_of(with_settings(payload, {}))
    assert settings == {"speech": {"language": "en", "messages": {}}, "start": None}
    assert rest == payload
    settings, _ = settings_of(with_settings(payload, {"at": "naïve", "lasso": ["é"]}))
    assert settings["start"] == {"at": "naïve", "lasso": ["é"]}


def coordinates_of(payload: bytes, panel: int = 0) -> np.ndarray:
    header, arrays = unpack(payload)
    about = header["panels"][panel]
    return np.array(about["centre"]) + np.array(about["scale"]) * arrays[f"p{panel}/coordinates"]


def test_words_counts_and_polarities_are_recovered():
    header, arrays = unpack(pack("t", [PANEL], CHECKPOINTS, ["good"]))
    assert header["vocabularies"] == [{"words": 6}]
    words = arrays["v0/text"].tobytes().decode("utf-8").split("\n")
    assert words == ["good", "dull", "the", "<b>x</b>", "naïve", "two␤lines"]
    assert arrays["v0/polarity"].tolist() == [20, -24, 0, -128, 8, 127]
    assert arrays["v0/counts"].tolist() == [[5, 12, 50, 0, 3, 70_000], [20, 1, 51, 0, 4, 1]]
    assert arrays["v0/whole"].tolist() == [1, 1, 1, 0, 1, 0]
    assert header["pins"] == ["good"]
    assert header["leaning"] == 0.5


def test_a_word_leans_in_the_player_exactly_where_it_leans_in_the_tables():
    polarity = np.concatenate([np.linspace(-7.9, 7.9, 3001), [0.5, 0.5001, 0.53, -0.5, -0.5001, -0.53]])
    codes = quantise_polarity(polarity) / 16
    assert ((codes > 0.5) == (polarity > 0.5)).all()
    assert ((codes < -0.5) == (polarity < -0.5)).all()
    assert np.abs(codes - polarity).max() <= 1 / 16
    assert quantise_polarity(np.array([np.inf, -np.inf])).tolist() == [127, -127]


def test_frames_and_checkpoints_are_named():
    header, _ = unpack(pack("Drift: <rnn>", [PANEL], CHECKPOINTS, []))
    assert header["title"] == "Drift: <rnn>"
    assert header["checkpoints"] == [
        {"name": "before", "label": "before", "former": [], "frames": [0]},
        {"name": "after", "label": "after", "former": [], "frames": [1]},
    ]
    named = pack(
        "t", [PANEL], {"0": [0], "1": [1]}, [], labels={"0": "Start"}, former={"first": "0", "then": "1", "old": "1"}
    )
    assert unpack(named)[0]["checkpoints"] == [
        {"name": "0", "label": "Start", "former": ["first"], "frames": [0]},
        {"name": "1", "label": "1", "former": ["then", "old"], "frames": [1]},
    ]
    panel = header["panels"][0]
    assert panel["frames"][1] == {"epoch": 1.0, "step": 20, "name": "epoch 1", "valid_accuracy": 0.875}
    assert panel["separation"] == {"axis": [0.5, 1.0], "space": [None, 0.75]}
    assert panel["axes"] == ["axis 1", "axis 2"]
    assert "axes_by_frame" not in panel


def test_the_stated_error_is_the_largest_and_at_most_half_a_step():
    rng = np.random.default_rng(0)
    scales = np.array([1e-4, 300.0])  # axes of very different extent, and far from 0
    coordinates = (rng.normal(size=(4, 500, 2)) * scales + [5, -1e4]).astype(np.float32)
    panel = replace(full_panel("far", 500, 4), coordinates=coordinates)
    payload = pack("t", [panel], {"now": [3]}, [])
    error = np.abs(coordinates_of(payload) - coordinates.astype(np.float64))
    half_steps = np.ptp(coordinates.astype(np.float64), axis=(0, 1)) / 65534 / 2
    assert unpack(payload)[0]["panels"][0]["error"] == error.max() > 0
    assert (error.max(axis=(0, 1)) <= half_steps * 1.0001).all()


def test_the_outermost_points_of_all_frames_are_exact():
    payload = pack("t", [PANEL], CHECKPOINTS, [])
    np.testing.assert_allclose(coordinates_of(payload)[1, 1], [9, 0.5], atol=1e-4)
    np.testing.assert_allclose(coordinates_of(payload)[1, 2], [-3, 0], atol=1e-4)
    header, arrays = unpack(payload)
    moved = arrays["p0/displacement"] * header["panels"][0]["displacement_scale"]
    np.testing.assert_allclose(moved, PANEL.displacement, atol=8 / 65535)


def test_equal_points_and_a_flat_axis_are_exact():
    still = replace(PANEL, coordinates=np.full((2, 6, 2), 3.5), displacement=np.zeros((2, 6)))
    payload = pack("t", [still], CHECKPOINTS, [])
    assert (coordinates_of(payload) == 3.5).all()
    assert unpack(payload)[0]["panels"][0]["error"] == 0


@pytest.mark.parametrize("field", ["coordinates", "displacement"])
@pytest.mark.parametrize("bad", [np.nan, np.inf])
def test_nan_and_infinity_are_refused_with_the_runs_name(field: str, bad: float):
    values = getattr(PANEL, field).astype(float).copy()
    values[1, 2] = bad
    with pytest.raises(RunError, match=r"rnn holds NaN or infinity.*Train it again"):
        pack("t", [replace(PANEL, **{field: values})], CHECKPOINTS, [])


def test_arrays_that_do_not_fit_are_refused():
    with pytest.raises(ValueError, match="do not fit 2 frames of 6 words"):
        pack("t", [replace(PANEL, displacement=PANEL.displacement[:1])], CHECKPOINTS, [])
    with pytest.raises(ValueError, match="the checkpoint after"):
        pack("t", [PANEL], {"before": [0], "after": [2]}, [])
    with pytest.raises(ValueError, match="other than 2 frames"):
        pack("t", [replace(PANEL, separation=Separation(np.zeros(3), np.zeros(3), 2, 1))], CHECKPOINTS, [])
    with pytest.raises(ValueError, match="at least one checkpoint"):
        pack("t", [PANEL], {}, [])


def test_a_shared_vocabulary_is_sent_once_even_if_it_was_loaded_twice():
    again = replace(WORDS, words=WORDS.words.copy(), polarity=WORDS.polarity.copy())
    header, arrays = unpack(pack("t", [PANEL, replace(PANEL, vocabulary=again)], {"now": [1, 0]}, []))
    assert [panel["vocabulary"] for panel in header["panels"]] == [0, 0]
    assert [name for name in arrays if name.endswith("/text")] == ["v0/text"]
    assert header["note"] == ""
    assert header["checkpoints"][0]["frames"] == [1, 0]


def test_words_of_two_vocabularies_are_counted():
    words = WORDS.words.copy()
    words[:2] = ["great", "bad"]
    header, arrays = unpack(
        pack("t", [PANEL, replace(PANEL, vocabulary=replace(WORDS, words=words))], {"now": [0, 0]}, [])
    )
    assert [panel["vocabulary"] for panel in header["panels"]] == [0, 1]
    assert "v1/text" in arrays
    assert header["note"] == "4 of 6 words are in both; a word is highlighted in both by its spelling."


def test_words_of_vocabularies_of_two_sizes_are_counted():
    fewer = Vocabulary(WORDS.words[:3], WORDS.polarity[:3], WORDS.counts[:3], WORDS.whole[:3])
    small = replace(
        PANEL, vocabulary=fewer, coordinates=PANEL.coordinates[:, :3], displacement=PANEL.displacement[:, :3]
    )
    header, _ = unpack(pack("t", [PANEL, small], {"now": [0, 0]}, []))
    assert header["note"].startswith("3 of 6 and 3 words are in both;")


def a_drift(explained: list[list[float]], basis: str, residual: np.ndarray | None = None) -> Drift:
    visible = np.array([0.0, 0.875])
    steps = np.array([0, 20])
    return Drift(PANEL.coordinates, np.array(explained), steps, PANEL.displacement, visible, 64, basis, residual)


SHARED = a_drift([[0.34, 0.12], [0.34, 0.12]], "shared")


def test_a_runs_panel_names_its_axes_once_in_the_shared_basis():
    panel = drift_panel("rnn", SHARED, WORDS, [BEFORE, AFTER])
    assert panel.axes == [("axis 1 (34.0% of variance)", "axis 2 (12.0% of variance)")]
    assert panel.note == (
        "The two axes hold 46.0% of the variance of 64 dimensions, and 87.5% of the squared movement up to the last "
        "frame."
    )


def test_changing_axes_are_named_at_each_frame_and_the_note_explains_them():
    explained = [[0.25, 0.125], [0.5, 0.25]]
    panel = drift_panel("rnn", a_drift(explained, "epoch"), WORDS, [BEFORE, AFTER])
    header, _ = unpack(pack("t", [panel], CHECKPOINTS, []))
    assert header["panels"][0]["axes_by_frame"] == [
        ["axis 1 (25.0% of variance)", "axis 2 (12.5% of variance)"],
        ["axis 1 (50.0% of variance)", "axis 2 (25.0% of variance)"],
    ]
    assert "between 37.5% and 75.0%" in panel.note
    assert "words that did not move appear to move too" in panel.note
    aligned = drift_panel("rnn", a_drift(explained, "aligned", np.array([0, 0.625])), WORDS, [BEFORE, AFTER])
    assert "still differs by up to 62.5%" in aligned.note


def test_frames_without_a_history_are_left_out():
    panel = drift_panel("rnn", SHARED, WORDS, [BEFORE])
    assert panel.coordinates.shape == (1, 6, 2)
    assert unpack(pack("t", [panel], {"before": [0]}, []))[1]["p0/coordinates"].shape == (1, 6, 2)


def test_three_words_at_one_frame_are_enough():
    few = Vocabulary(WORDS.words[:3], WORDS.polarity[:3], WORDS.counts[:3], WORDS.whole[:3])
    panel = Panel("toy", few, np.eye(3)[None, :, :2], np.zeros((1, 3)), [("x", "y")], [Frame(0.0, 0, "before", None)])
    header, arrays = unpack(pack("t", [panel], {"before": [0]}, []))
    assert arrays["p0/coordinates"].shape == (1, 3, 2)
    assert header["panels"][0]["frames"][0]["valid_accuracy"] is None
    assert header["panels"][0]["separation"] is None


def test_the_standalone_page_is_gzipped():
    _, arrays = unpack(pack("t", [PANEL], CHECKPOINTS, [], "<p>é</p>"))
    assert gzip.decompress(arrays["player/html"].tobytes()).decode() == "<p>é</p>"


def test_a_megabyte_holds_each_run_of_ten_thousand_words_and_twelve_frames():
    left, right = full_panel("rnn"), full_panel("bilstm")
    template = standalone_template()
    assert len(pack("t", [left], {"now": [11]}, [], template)) <= 1_000_000
    assert len(pack("t", [left, right], {"now": [11, 11]}, [], template)) <= 2_000_000


def test_text_is_in_the_current_language():
    with in_language("ko"):
        panel = drift_panel("rnn", SHARED, WORDS, [BEFORE, AFTER])
        payload = pack("t", [panel], {"0": [0], "1": [1]}, [])
        settings, _ = settings_of(with_settings(payload, {}))
        page = standalone_template()
    header, _ = unpack(payload)
    assert header["panels"][0]["axes"][0] == "축 1(분산의 34.0%)"
    assert settings["speech"]["language"] == "ko"
    assert settings["speech"]["messages"]["Play"] == "재생"
    assert '<html lang="ko">' in page
    assert '"Play": "재생"' in page
    assert "스크립트를 허용하세요" in page


def test_every_message_of_the_modules_is_in_every_catalogue():
    for language in LANGUAGES:
        with in_language(language):
            said = speech()["messages"]
        assert said.keys() == (set() if language == "en" else set(english_messages()))
        assert not [
            text for text in said.values() if re.search("을\\(를|은\\(는|이\\(가|과\\(와|\\(으\\)로", text)
        ]  # not chosen there

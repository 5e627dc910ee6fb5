"""Frames of a running training as bytes for the browser."""

import json

import numpy as np

from sentiment_core.analysis.drift.live import fit_axes, project
from sentiment_core.player.moments import pack_moments
from sentiment_core.player.panels import Vocabulary
from tests.player.unpacking import unpack

FRAMES = np.random.default_rng(0).standard_normal((3, 5, 4)).astype(np.float32) * np.array([1, 2, 40])[:, None, None]
POLARITY = np.array([2.0, -2.0, 0.0, np.nan, 1.0])
WORDS = Vocabulary(
    np.array(["great", "awful", "the", "a\nb", "good"]), POLARITY, np.ones((5, 2), int), np.ones(5, bool)
)


def test_every_frame_comes_back_within_the_error_of_its_own_scale():
    axes = fit_axes(FRAMES, POLARITY)
    coordinates = project(FRAMES, axes)
    moved = np.linalg.norm(FRAMES - FRAMES[0], axis=2)
    packed = pack_moments(axes, [0, 10, 25], coordinates, moved, np.array([0, 0.5, 0.25]), come=7, vocabulary=WORDS)
    header, arrays = unpack(packed)
    assert [frame["step"] for frame in header["frames"]] == [0, 10, 25]
    assert (header["come"], header["basis"], header["fit"]) == (7, 3, "movement")
    for index, frame in enumerate(header["frames"]):
        shown = np.array(frame["centre"]) + np.array(frame["scale"]) * arrays["coordinates"][index]
        assert np.abs(shown - coordinates[index]).max() <= max(frame["scale"]) * 0.51
        far = frame["displacement_scale"] * arrays["displacement"][index]
        np.testing.assert_allclose(far, moved[index], atol=frame["displacement_scale"])
    assert arrays["v0/polarity"].tolist()[:2] == [32, -32]


def test_a_reader_who_has_the_words_gets_only_frames_and_perhaps_none():
    axes = fit_axes(FRAMES, POLARITY)
    nothing = pack_moments(axes, [], project(FRAMES[:0], axes), np.zeros((0, 5)), np.zeros(0), come=3)
    header, arrays = unpack(nothing)
    assert header["frames"] == []
    assert set(arrays) == {"coordinates", "displacement"}
    assert json.dumps(header)

"""Axes of a running training: fitted once on the frames that came first, to the movement or to the variance."""

import numpy as np
import pytest

from sentiment_core.analysis.drift.live import fit_axes, project, visible_share
from sentiment_core.analysis.drift.projection import project_frames
from sentiment_core.runs.frames import Frames

WORDS, DIM = 40, 12
POLARITY = np.where(np.arange(WORDS) % 2, 1.0, -1.0)


@pytest.fixture
def training() -> np.ndarray:
    """Frames [6, words, dim] float16: words start at random, and move along dimension 3 by their polarity."""
    rng = np.random.default_rng(0)
    frames = np.repeat(rng.standard_normal((1, WORDS, DIM)), 6, axis=0)
    frames[:, :, 3] *= 0.2  # the random start differs least along the dimension that is learned
    frames[:, :, 3] += 0.05 * np.arange(6)[:, None] * POLARITY
    return frames.astype(np.float16)


def test_axes_of_movement_show_what_axes_of_variance_do_not(training: np.ndarray):
    last = training[-1:]
    moved, varied = (fit_axes(training, POLARITY, fit) for fit in ("movement", "variance"))
    assert visible_share(last, training[0], moved)[0] > 0.99
    assert visible_share(last, training[0], varied)[0] < 0.5
    assert moved.explained[0] > 0.99
    assert moved.frames == 6


def test_axes_of_variance_are_those_of_the_drift_page(training: np.ndarray):
    axes = fit_axes(training, POLARITY, "variance")
    padded = np.concatenate([np.zeros((6, 1, DIM)), training], axis=1).astype(np.float32)
    drift = project_frames(Frames(padded, np.arange(6)), np.concatenate([[np.nan], POLARITY]))
    np.testing.assert_allclose(project(training, axes), drift.coordinates[:, 1:], atol=1e-5)
    np.testing.assert_allclose(axes.explained, drift.explained[0])


@pytest.mark.parametrize("fit", ["movement", "variance"])
def test_positive_words_lie_right_at_the_last_frame(training: np.ndarray, fit: str):
    for flipped in (1, -1):
        coordinates = project(training, fit_axes(training, flipped * POLARITY, fit))
        assert coordinates[-1, :, 0] @ (flipped * POLARITY) > 0


def test_axes_stay_as_they_were_fitted_when_frames_follow(training: np.ndarray):
    early = fit_axes(training[:2], POLARITY)
    before = project(training[:2], early)
    np.testing.assert_array_equal(project(training, early)[:2], before)


def test_before_anything_has_moved_the_axes_are_those_of_variance(training: np.ndarray):
    axes = fit_axes(training[:1], POLARITY)
    assert axes.fit == "variance"
    np.testing.assert_array_equal(visible_share(training[:1], training[0], axes), [0.0])


def test_polarity_may_be_unknown_and_the_embedding_one_number_wide(training: np.ndarray):
    axes = fit_axes(training[:, :, 3:4], np.full(WORDS, np.nan))
    coordinates = project(training[:, :, 3:4], axes)
    assert (coordinates[:, :, 1] == 0).all()
    assert np.abs(coordinates[:, :, 0]).max() > 0

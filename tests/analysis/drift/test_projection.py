"""Projection in every basis, on arrays small enough to check by hand."""

from itertools import pairwise

import numpy as np
import pytest

from sentiment_core.analysis.drift.projection import BASES, project_frames
from sentiment_core.errors import RunError
from sentiment_core.runs.frames import Frames


def frames_of(*embeddings: list[list[float]]) -> Frames:
    return Frames(np.array(embeddings, dtype=np.float32), np.arange(len(embeddings)))


@pytest.fixture
def line() -> Frames:
    """[PAD] and three words at -5, 0 and 5 along (3, 4, 0) / 5; then the outer two twice as far."""
    return frames_of(
        [[9, 9, 9], [-3, -4, 0], [0, 0, 0], [3, 4, 0]],
        [[9, 9, 9], [-6, -8, 0], [0, 0, 0], [6, 8, 0]],
    )


def test_words_on_a_line_have_one_axis_and_their_place_on_it(line):
    drift = project_frames(line, np.array([0.0, -1.0, 0.0, 1.0]))
    np.testing.assert_allclose(drift.explained, [[1, 0]] * 2, atol=1e-12)
    np.testing.assert_allclose(drift.coordinates[:, 1:, 0], [[-5, 0, 5], [-10, 0, 10]], atol=1e-5)
    np.testing.assert_allclose(drift.coordinates[:, 1:, 1], 0, atol=1e-5)
    assert drift.dimensions == 3


def test_polarity_turns_the_first_axis(line):
    drift = project_frames(line, np.array([0.0, 1.0, 0.0, -1.0]))
    np.testing.assert_allclose(drift.coordinates[0, 1:, 0], [5, 0, -5], atol=1e-5)


def test_polarity_that_is_all_the_same_still_gives_a_picture(line):
    drift = project_frames(line, np.ones(4))
    np.testing.assert_allclose(np.abs(drift.coordinates[0, 1:, 0]), [5, 0, 5], atol=1e-5)


def test_displacement_is_the_distance_from_frame_0_in_all_dimensions(line):
    frames = frames_of([[0, 0, 0], [1, 1, 1]], [[0, 0, 0], [3, 4, 7]])
    np.testing.assert_allclose(project_frames(frames, np.zeros(2)).displacement, [[0, 0], [0, 7]])
    np.testing.assert_allclose(project_frames(line, np.zeros(4)).displacement[1], [0, 5, 0, 5])


@pytest.fixture
def random_frames() -> Frames:
    rng = np.random.default_rng(1)
    embeddings = rng.normal(size=(4, 60, 6)) * [5, 3, 1, 1, 1, 1] + np.arange(4)[:, None, None]
    return Frames(embeddings.astype(np.float32), np.arange(4))


def test_all_frames_share_the_basis_that_an_svd_of_the_stack_gives(random_frames):
    polarity = np.random.default_rng(2).normal(size=60)
    drift = project_frames(random_frames, polarity)
    stack = random_frames.embeddings[:, 1:].reshape(-1, 6).astype(np.float64)
    centre = stack.mean(axis=0)
    _, sizes, rows = np.linalg.svd(stack - centre, full_matrices=False)
    np.testing.assert_allclose(drift.explained, [sizes[:2] ** 2 / (sizes**2).sum()] * 4, rtol=1e-6)
    basis = rows[:2].T
    last = (random_frames.embeddings[-1] - centre) @ basis
    basis *= [np.sign(np.corrcoef(last[1:, 0], polarity[1:])[0, 1]), np.sign(basis[np.abs(basis[:, 1]).argmax(), 1])]
    for frame, coordinates in zip(random_frames.embeddings, drift.coordinates, strict=True):
        np.testing.assert_allclose(coordinates, (frame - centre) @ basis, atol=1e-4)


def test_padding_has_no_say_in_the_basis(random_frames):
    polarity = np.zeros(60)
    drift = project_frames(random_frames, polarity)
    random_frames.embeddings[:, 0] = 1000.0
    moved = project_frames(random_frames, polarity)
    np.testing.assert_allclose(moved.explained, drift.explained)
    np.testing.assert_array_equal(moved.coordinates[:, 1:], drift.coordinates[:, 1:])


def test_the_visible_share_of_the_movement():
    """One word moves 3 along an axis in sight, another 1 along the one that is hidden: 9 of 10 are seen."""
    start = [[0, 0, 0], [100, 0, 0], [-100, 0, 0], [0, 50, 0], [0, -50, 0]]
    end = [[0, 0, 0], [103, 0, 0], [-100, 0, 0], [0, 50, 1], [0, -50, 0]]
    drift = project_frames(frames_of(start, end), np.arange(5.0))
    np.testing.assert_allclose(drift.visible, [0, 0.9], atol=1e-3)


def test_one_frame():
    drift = project_frames(frames_of([[0, 0], [2, 0], [-2, 0], [0, 1], [0, -1]]), np.arange(5.0))
    np.testing.assert_allclose(drift.explained, [[0.8, 0.2]])
    np.testing.assert_array_equal(drift.displacement, np.zeros((1, 5)))
    np.testing.assert_array_equal(drift.visible, [0])


def test_words_that_are_all_in_one_place_give_zeros_not_nan():
    drift = project_frames(frames_of([[1, 1], [1, 1], [1, 1]], [[1, 1], [1, 1], [1, 1]]), np.zeros(3))
    np.testing.assert_array_equal(drift.explained, [[0, 0]] * 2)
    np.testing.assert_array_equal(drift.coordinates, np.zeros((2, 3, 2)))


def test_an_embedding_one_wide_leaves_the_second_axis_flat():
    drift = project_frames(frames_of([[0], [1], [3]]), np.array([0.0, -1.0, 1.0]))
    np.testing.assert_allclose(drift.coordinates[0, 1:], [[-1, 0], [1, 0]])
    np.testing.assert_allclose(drift.explained, [[1, 0]])


def test_the_record_is_small_and_the_input_untouched(random_frames):
    before = random_frames.embeddings.copy()
    drift = project_frames(random_frames, np.zeros(60))
    assert drift.coordinates.dtype == drift.displacement.dtype == np.float32
    np.testing.assert_array_equal(random_frames.embeddings, before)


def coordinates(frames: Frames, basis: str, polarity: np.ndarray | None = None) -> np.ndarray:
    words = frames.embeddings.shape[1]
    return project_frames(frames, np.zeros(words) if polarity is None else polarity, basis).coordinates


def test_an_epoch_has_its_own_centre_and_axes_whatever_the_polarity():
    """Along the first dimension, then along the second and elsewhere; largest share to the right, twice."""
    frames = frames_of([[0, 0], [-2, 0], [0, 0], [2, 0]], [[0, 0], [7, 5], [7, 7], [7, 9]])
    for polarity in (np.array([0.0, -1.0, 0.0, 1.0]), np.array([0.0, 1.0, 0.0, -1.0])):
        drift = project_frames(frames, polarity, "epoch")
        np.testing.assert_allclose(drift.coordinates[:, 1:, 0], [[-2, 0, 2]] * 2, atol=1e-6)
        np.testing.assert_allclose(drift.coordinates[:, 1:, 1], 0, atol=1e-6)
        np.testing.assert_allclose(drift.explained, [[1, 0]] * 2, atol=1e-12)
        assert drift.residual is None


def test_axes_of_each_epoch_flip_where_words_turn_a_little():
    """Along (3, -2), then along (2, -3): another dimension has the largest share, and the words change sides."""
    frames = frames_of([[0, 0], [-3, 2], [3, -2]], [[0, 0], [-2, 3], [2, -3]])
    size = np.sqrt(13)
    np.testing.assert_allclose(coordinates(frames, "epoch")[:, 1:, 0], [[-size, size], [size, -size]], rtol=1e-6)
    aligned = coordinates(frames, "aligned", np.array([0.0, -1.0, 1.0]))
    np.testing.assert_allclose(aligned[:, 1:, 0], [[-size, size]] * 2, rtol=1e-6)


def test_explained_variance_of_each_epoch_is_of_that_frame_alone():
    """Squares 4, 4 and 1, 1 are 8 of 10; then 9, 9 and 0, 0."""
    frames = frames_of([[0, 0], [2, 0], [-2, 0], [0, 1], [0, -1]], [[0, 0], [0, 3], [0, -3], [0, 0], [0, 0]])
    for basis in ("epoch", "aligned"):
        drift = project_frames(frames, np.zeros(5), basis)
        np.testing.assert_allclose(drift.explained.sum(axis=1), [1, 1])
        np.testing.assert_allclose(drift.explained[1].max(), 1)
    np.testing.assert_allclose(project_frames(frames, np.zeros(5), "epoch").explained[0], [0.8, 0.2])


def test_explained_variance_of_a_turned_plane_is_that_of_the_axes_as_drawn(random_frames):
    drift = project_frames(random_frames, np.zeros(60), "aligned")
    spread = drift.coordinates[:, 1:].astype(np.float64).var(axis=1)
    whole = random_frames.embeddings[:, 1:].astype(np.float64).var(axis=1).sum(axis=1)
    np.testing.assert_allclose(drift.explained, spread / whole[:, None], rtol=1e-4)


def test_frames_that_differ_by_a_turn_a_mirror_and_a_shift_are_aligned_on_one_another():
    rng = np.random.default_rng(4)
    cloud = rng.normal(size=(50, 6)) * [5, 3, 1, 1, 1, 1]
    frames = []
    for mirror in (1, -1, 1, -1):
        turn, _ = np.linalg.qr(rng.normal(size=(6, 6)))
        turn[:, 0] *= mirror
        frames.append(cloud @ turn + rng.normal(size=6) * 10)
    drift = project_frames(Frames(np.array(frames, np.float32), np.arange(4)), rng.normal(size=50), "aligned")
    for frame in drift.coordinates:
        np.testing.assert_allclose(frame[1:], drift.coordinates[-1, 1:], atol=1e-3)
    np.testing.assert_allclose(drift.residual, 0, atol=1e-4)


def test_growth_is_not_aligned_away():
    """Twice as large: what is left is as large as the frame before. Then half as large: half of it."""
    start = np.array([[0, 0], [2, 0], [-2, 0], [0, 1], [0, -1]], dtype=np.float32)
    frames = Frames(np.stack([start, 2 * start, start]), np.arange(3))
    np.testing.assert_allclose(project_frames(frames, np.zeros(5), "aligned").residual, [0, 1, 0.5], atol=1e-6)


def test_no_other_turn_brings_a_frame_nearer_to_its_neighbour(random_frames):
    drawn = coordinates(random_frames, "aligned")[:, 1:].astype(np.float64)
    for earlier, later in pairwise(drawn):
        least = np.linalg.norm(earlier - later)
        for angle in np.linspace(0, 2 * np.pi, 90, endpoint=False):
            turn = np.array([[np.cos(angle), np.sin(angle)], [-np.sin(angle), np.cos(angle)]])
            assert np.linalg.norm(earlier @ turn - later) >= least - 1e-9
            assert np.linalg.norm(earlier @ turn * [1, -1] - later) >= least - 1e-9


def test_alignment_only_turns_the_pictures_of_the_epochs(random_frames):
    alone, aligned = coordinates(random_frames, "epoch"), coordinates(random_frames, "aligned")
    np.testing.assert_allclose(np.linalg.norm(alone, axis=2), np.linalg.norm(aligned, axis=2), rtol=1e-4)


@pytest.mark.parametrize("basis", ["shared", "aligned"])
def test_positive_words_lie_right_at_the_last_frame(random_frames, basis):
    polarity = np.random.default_rng(5).normal(size=60)
    for sign in (1, -1):
        last = coordinates(random_frames, basis, sign * polarity)[-1, 1:, 0]
        assert np.corrcoef(last, sign * polarity[1:])[0, 1] > 0


def test_a_picture_whose_axes_change_places_shows_movement_that_was_not_there():
    """Every word moves 0.1, and all four turn by a right angle."""
    start = [[0, 0], [2, 0], [-2, 0], [0, 1.9], [0, -1.9]]
    end = [[0, 0], [1.9, 0], [-1.9, 0], [0, 2], [0, -2]]
    frames = frames_of(start, end)
    assert project_frames(frames, np.zeros(5), "epoch").visible[1] > 100
    np.testing.assert_allclose(project_frames(frames, np.zeros(5), "shared").visible[1], 1, atol=1e-4)


def test_unknown_polarity_has_no_say(line):
    known = coordinates(line, "shared", np.array([np.nan, np.nan, 1.0, -1.0]))
    np.testing.assert_allclose(known[0, 1:, 0], [5, 0, -5], atol=1e-5)
    assert np.isfinite(coordinates(line, "shared", np.full(4, np.nan))).all()


def test_without_polarity_the_largest_share_points_right(line):
    np.testing.assert_allclose(coordinates(line, "shared")[0, 1:, 0], [-5, 0, 5], atol=1e-5)


@pytest.mark.parametrize("basis", BASES)
@pytest.mark.parametrize("shape", [(1, 5, 4), (3, 5, 1), (2, 3, 2), (2, 2, 3)])
def test_every_basis_draws_every_shape(basis, shape):
    frames = Frames(np.random.default_rng(0).normal(size=shape).astype(np.float32), np.arange(shape[0]))
    drift = project_frames(frames, np.zeros(shape[1]), basis)
    assert drift.coordinates.shape == (*shape[:2], 2)
    assert drift.explained.shape == (shape[0], 2)
    assert np.isfinite(drift.coordinates).all()
    assert (drift.explained.sum(axis=1) <= 1 + 1e-9).all()
    assert drift.basis == basis
    assert (drift.residual is not None) == (basis == "aligned")


@pytest.mark.parametrize("basis", BASES)
@pytest.mark.parametrize("row", [0, 2])
@pytest.mark.parametrize("number", [np.nan, np.inf])
def test_numbers_that_are_not_finite_are_refused(line, basis, row, number):
    line.embeddings[1, row, 1] = number
    with pytest.raises(RunError, match="NaN or infinite"):
        project_frames(line, np.zeros(4), basis)


@pytest.mark.parametrize("shape", [(0, 5, 4), (2, 1, 4)])
def test_nothing_to_show_is_refused(shape):
    with pytest.raises(RunError, match="no frame or no word"):
        project_frames(Frames(np.zeros(shape, np.float32), np.arange(shape[0])), np.zeros(shape[1]))

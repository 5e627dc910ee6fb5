"""Projection, moments and movers, on arrays small enough to check by hand and on a toy run."""

import dataclasses

import numpy as np
import pytest
from safetensors.numpy import load_file, save_file

from sentiment_core.analysis.drift import (
    Drift,
    common_moments,
    find_words,
    frequent_words,
    name_moment,
    project_frames,
    read_drift,
    top_movers,
)
from sentiment_core.errors import RunError, TokenizerError
from sentiment_core.text.corpus import Corpus, TokenTable, read_corpus, read_tokens
from sentiment_core.text.toy import FILLERS, NEGATIVE, POSITIVE
from sentiment_core.training.frames import FILE, Frames
from sentiment_core.training.run import Moment, read_run


def frames_of(*embeddings: list[list[float]]) -> Frames:
    return Frames(np.array(embeddings, dtype=np.float32), np.arange(len(embeddings)))


def history(*epochs: float) -> list[Moment]:
    return [Moment(epoch, round(epoch * 100), 0.0, 0, None, 0.7, 0.5) for epoch in epochs]


@pytest.fixture
def line() -> Frames:
    """[PAD] and three words at -5, 0 and 5 along (3, 4, 0) / 5; then the outer two twice as far."""
    return frames_of(
        [[9, 9, 9], [-3, -4, 0], [0, 0, 0], [3, 4, 0]],
        [[9, 9, 9], [-6, -8, 0], [0, 0, 0], [6, 8, 0]],
    )


@pytest.fixture
def table() -> TokenTable:
    tokens = np.array(["[PAD]", "[UNK]", "the", "##ing", "a", "good", "!", "dull"], dtype=object)
    counts = np.array([[0, 0], [1, 1], [50, 50], [70, 70], [90, 90], [5, 20], [30, 30], [12, 0]])
    return TokenTable(tokens, counts, np.array([0, 0, 0, 0, 0, 1.2, 0, -1.1], dtype=np.float32))


def test_words_on_a_line_have_one_axis_and_their_place_on_it(line):
    drift = project_frames(line, np.array([0.0, -1.0, 0.0, 1.0]))
    np.testing.assert_allclose(drift.explained, [1, 0], atol=1e-12)
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
    np.testing.assert_allclose(drift.explained, sizes[:2] ** 2 / (sizes**2).sum(), rtol=1e-6)
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
    np.testing.assert_allclose(drift.explained, [0.8, 0.2])
    np.testing.assert_array_equal(drift.displacement, np.zeros((1, 5)))
    np.testing.assert_array_equal(drift.visible, [0])


def test_words_that_are_all_in_one_place_give_zeros_not_nan():
    drift = project_frames(frames_of([[1, 1], [1, 1], [1, 1]], [[1, 1], [1, 1], [1, 1]]), np.zeros(3))
    np.testing.assert_array_equal(drift.explained, [0, 0])
    np.testing.assert_array_equal(drift.coordinates, np.zeros((2, 3, 2)))


def test_an_embedding_one_wide_leaves_the_second_axis_flat():
    drift = project_frames(frames_of([[0], [1], [3]]), np.array([0.0, -1.0, 1.0]))
    np.testing.assert_allclose(drift.coordinates[0, 1:], [[-1, 0], [1, 0]])
    np.testing.assert_allclose(drift.explained, [1, 0])


def test_the_record_is_small_and_the_input_untouched(random_frames):
    before = random_frames.embeddings.copy()
    drift = project_frames(random_frames, np.zeros(60))
    assert drift.coordinates.dtype == drift.displacement.dtype == np.float32
    np.testing.assert_array_equal(random_frames.embeddings, before)


@pytest.mark.parametrize(
    ("epoch", "name"),
    [
        (0.0, "before"),
        (0.0625, "1/16 of epoch 1"),
        (24 / 391, "1/16 of epoch 1"),  # 25,000 reviews in batches of 64
        (49 / 782, "1/16 of epoch 1"),  # and of 32
        (0.5, "1/2 of epoch 1"),
        (1.0, "epoch 1"),
        (2.25, "1/4 of epoch 3"),
        (12.0, "epoch 12"),
        (1e-6, "1/64 of epoch 1"),  # something was trained
    ],
)
def test_moments_are_named_by_the_epochs_trained(epoch, name):
    assert name_moment(epoch) == name


def test_moments_of_two_runs_meet_at_equal_shares_of_the_data():
    """The second has other steps an epoch, so that its sixteenth is rounded otherwise, and one epoch less."""
    moments = common_moments([history(0, 1 / 16, 1 / 2, 1, 2, 3), history(0, 24 / 391, 1, 2)])
    assert list(moments) == ["before", "1/16 of epoch 1", "1/2 of epoch 1", "epoch 1", "epoch 2", "after"]
    assert list(moments.values()) == [[0, 0], [1, 1], [2, 1], [3, 2], [4, 3], [5, 3]]


def test_a_run_stopped_at_once_has_only_a_before():
    assert common_moments([history(0), history(0)]) == {"before": [0, 0]}
    assert common_moments([history(0), history(0, 1)]) == {"before": [0, 0], "after": [0, 1]}


def test_frequent_words_are_whole_words_in_order(table):
    np.testing.assert_array_equal(frequent_words(table, 2), [2, 5])
    np.testing.assert_array_equal(frequent_words(table, 100), [2, 5, 7])


def test_words_are_found_once_in_any_case_and_the_missing_named(table):
    ids, missing = find_words(table, ["good", " Dull ", "GOOD", "", "  ", "<b>", "superb", "superb", "!"])
    np.testing.assert_array_equal(ids, [5, 7, 6])
    assert missing == ["<b>", "superb"]


def test_nothing_to_find(table):
    ids, missing = find_words(table, [])
    assert ids.dtype == np.int64
    assert (len(ids), missing) == (0, [])


def test_top_movers_are_chosen_among_the_words_given():
    displacement = np.array([[0, 0, 0, 0], [9, 1, 3, 2]], dtype=np.float32)
    drift = Drift(np.zeros((2, 4, 2)), np.zeros(2), np.arange(2), displacement, np.zeros(2), 2)
    movers = top_movers(drift, 1, np.array([1, 2, 3]), 2)
    np.testing.assert_array_equal(movers.ids, [2, 3])
    assert movers.median == 2
    np.testing.assert_array_equal(top_movers(drift, 0, np.array([3, 1]), 5).ids, [3, 1])


@pytest.fixture
def toy_table(toy_corpus) -> TokenTable:
    return read_tokens(read_corpus(toy_corpus))


def test_training_moves_words_that_decide_farther_than_words_that_say_nothing(toy_run, toy_table):
    run = read_run(toy_run)
    drift = read_drift(run, toy_table)
    assert drift.coordinates.shape == (len(run.history), len(toy_table.tokens), 2)
    np.testing.assert_array_equal(drift.steps, [moment.step for moment in run.history])
    deciding, missing = find_words(toy_table, POSITIVE + NEGATIVE)
    assert not missing
    silent, missing = find_words(toy_table, " ".join(FILLERS).split())
    assert not missing
    assert np.median(drift.displacement[-1, deciding]) > 1.5 * np.median(drift.displacement[-1, silent])


def test_a_run_of_another_vocabulary_is_refused(toy_run, toy_table):
    fewer = TokenTable(toy_table.tokens[:-1], toy_table.counts[:-1], toy_table.polarity[:-1])
    renamed = dataclasses.replace(toy_table, tokens=np.roll(toy_table.tokens, 1))
    for table in (fewer, renamed):
        with pytest.raises(RunError, match="another vocabulary"):
            read_drift(read_run(toy_run), table)


def test_a_run_without_a_tokenizer_is_refused(toy_copy, toy_table):
    (toy_copy / "tokenizer.json").unlink()
    with pytest.raises(TokenizerError):
        read_drift(read_run(toy_copy), toy_table)


def test_frames_that_do_not_fit_the_run_are_refused(toy_copy, toy_table):
    run = read_run(toy_copy)
    tensors = load_file(toy_copy / FILE)
    cut = {name: values[:-1] for name, values in tensors.items()}
    save_file(cut, toy_copy / FILE)
    with pytest.raises(RunError, match="do not fit"):
        read_drift(run, toy_table)
    narrow = {name: values if name == "steps" else values[:, :-1] for name, values in tensors.items()}
    save_file({name: np.ascontiguousarray(values) for name, values in narrow.items()}, toy_copy / FILE)
    with pytest.raises(RunError, match="do not fit"):
        read_drift(run, toy_table)


def test_one_frame_more_than_the_history_is_the_moment_being_written(toy_copy, toy_table):
    lines = (toy_copy / "history.jsonl").read_text(encoding="utf-8").splitlines(keepends=True)
    (toy_copy / "history.jsonl").write_text("".join(lines[:-1]), encoding="utf-8")
    assert len(read_drift(read_run(toy_copy), toy_table).steps) == len(lines)


def test_published_runs_share_the_vocabulary_of_their_corpus(published):
    corpus: Corpus = read_corpus(published)
    table = read_tokens(corpus)
    for name in ("rnn", "lstm", "gru", "bilstm"):
        drift = read_drift(read_run(published / name), table)
        assert np.isfinite(drift.coordinates).all()
        assert 0 < drift.explained[1] <= drift.explained[0] < 1

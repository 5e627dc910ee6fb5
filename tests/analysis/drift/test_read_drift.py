"""Reading and projecting the frames of a toy run, and what is refused."""

import numpy as np
import pytest
from safetensors.numpy import load_file, save_file

from sentiment_core.analysis.drift.projection import BASES, load_drift, load_word_frames, load_words
from sentiment_core.analysis.vocabulary import find_words
from sentiment_core.errors import RunError, TokenizerError
from sentiment_core.runs.layout import FRAMES
from sentiment_core.runs.reading import load_run
from sentiment_core.text.corpus import Corpus, TokenTable, load_corpus, load_tokens
from sentiment_core.text.toy import FILLERS, NEGATIVE, POSITIVE


@pytest.fixture
def toy_table(toy_corpus) -> TokenTable:
    return load_tokens(load_corpus(toy_corpus))


def test_training_moves_words_that_decide_farther_than_words_that_say_nothing(toy_run, toy_table):
    run = load_run(toy_run)
    drift = load_drift(run, toy_table)
    assert drift.coordinates.shape == (len(run.history), len(toy_table.tokens), 2)
    np.testing.assert_array_equal(drift.steps, [checkpoint.step for checkpoint in run.history])
    deciding, missing = find_words(toy_table, POSITIVE + NEGATIVE)
    assert not missing
    silent, missing = find_words(toy_table, " ".join(FILLERS).split())
    assert not missing
    assert np.median(drift.displacement[-1, deciding]) > 1.5 * np.median(drift.displacement[-1, silent])


def test_a_run_of_another_vocabulary_is_linked_by_spelling(toy_run, toy_table):
    rolled = TokenTable(
        *(np.roll(column, 1, axis=0) for column in (toy_table.tokens, toy_table.counts, toy_table.polarity))
    )
    fewer = TokenTable(toy_table.tokens[:-1], toy_table.counts[:-1], toy_table.polarity[:-1])
    run = load_run(toy_run)
    assert load_words(run, toy_table) is toy_table
    linked = load_words(run, rolled)
    assert linked.tokens.tolist() == toy_table.tokens.tolist()
    np.testing.assert_array_equal(linked.counts, toy_table.counts)
    np.testing.assert_array_equal(linked.polarity, toy_table.polarity)
    linked = load_words(run, fewer)
    assert np.flatnonzero(np.isnan(linked.polarity)).tolist() == [len(toy_table.tokens) - 1]
    assert linked.counts[-1].tolist() == [0, 0]
    np.testing.assert_allclose(load_drift(run, rolled).coordinates, load_drift(run, toy_table).coordinates)


def test_words_other_than_the_frames_have_are_refused(toy_run, toy_table):
    fewer = TokenTable(toy_table.tokens[:-1], toy_table.counts[:-1], toy_table.polarity[:-1])
    with pytest.raises(RunError, match="do not fit its vocabulary"):
        load_word_frames(load_run(toy_run), fewer)


def test_a_run_without_a_tokenizer_is_refused(toy_copy, toy_table):
    (toy_copy / "tokenizer.json").unlink()
    with pytest.raises(TokenizerError):
        load_drift(load_run(toy_copy), toy_table)


def test_frames_that_do_not_fit_the_run_are_refused(toy_copy, toy_table):
    run = load_run(toy_copy)
    tensors = load_file(toy_copy / FRAMES)
    cut = {name: values[:-1] for name, values in tensors.items()}
    save_file(cut, toy_copy / FRAMES)
    with pytest.raises(RunError, match="do not fit"):
        load_drift(run, toy_table)
    narrow = {name: values if name == "steps" else values[:, :-1] for name, values in tensors.items()}
    save_file({name: np.ascontiguousarray(values) for name, values in narrow.items()}, toy_copy / FRAMES)
    with pytest.raises(RunError, match="do not fit"):
        load_drift(run, toy_table)


def test_one_frame_more_than_the_history_is_the_checkpoint_being_written(toy_copy, toy_table):
    lines = (toy_copy / "history.jsonl").read_text(encoding="utf-8").splitlines(keepends=True)
    (toy_copy / "history.jsonl").write_text("".join(lines[:-1]), encoding="utf-8")
    assert len(load_drift(load_run(toy_copy), toy_table).steps) == len(lines)


def test_published_runs_share_the_vocabulary_of_their_corpus(published):
    corpus: Corpus = load_corpus(published)
    table = load_tokens(corpus)
    for name in ("rnn", "lstm", "gru", "bilstm"):
        drift = load_drift(load_run(published / name), table)
        assert np.isfinite(drift.coordinates).all()
        assert 0 < drift.explained[0, 1] <= drift.explained[0, 0] < 1


@pytest.mark.parametrize("basis", BASES)
def test_a_run_in_every_basis_moves_as_far(toy_run, toy_table, basis):
    drift = load_drift(load_run(toy_run), toy_table, basis)
    assert drift.basis == basis
    np.testing.assert_array_equal(drift.displacement, load_drift(load_run(toy_run), toy_table).displacement)

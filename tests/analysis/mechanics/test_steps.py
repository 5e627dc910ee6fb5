"""What the steps on words, language models, parameters, two senses and the padding trap give."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
import torch
from torch import nn

from sentiment_core.analysis.mechanics import far_apart, generation, parameters, trap, two_senses, words
from sentiment_core.analysis.mechanics.running import seeded
from sentiment_core.analysis.mechanics.sequences import MOST_LINES, MOST_TOKENS, Sequences, own_sequences, toy_sequences
from sentiment_core.analysis.mechanics.training import Adam
from sentiment_core.errors import SettingError, TextError, WordError
from sentiment_core.runs.frames import load_frames
from sentiment_core.runs.reading import load_run
from sentiment_core.text.corpus import load_corpus, load_tokens
from sentiment_core.text.tokenization import load_tokenizer

TOY = toy_sequences()


def test_parameters_by_formula_equal_those_counted_at_both_lengths():
    _, rows = parameters.count_parameters(256, 8, parameters.LENGTHS)
    assert {row.kind: (row.formula, row.counted) for row in rows} == {
        "RNN": (2128, 2128),
        "GRU": (6384, 6384),
        "LSTM": (8512, 8512),
    }
    assert rows[0].shapes == ((1, 60, 8), (1, 600, 8))
    with pytest.raises(SettingError):
        parameters.count_parameters(0, 8, (60,))


def test_a_trained_language_model_knows_its_sequences_by_heart():
    model = generation.language_model(TOY, trained=True)
    for ids in TOY.ids:
        found = generation.generate(model, int(ids[0]), len(ids) - 1)
        assert found.ids[found.made].tolist() == ids[1:].tolist()
        np.testing.assert_allclose(found.probabilities.sum(axis=1), 1, atol=1e-5)
        assert (found.probabilities.argmax(axis=1) == found.made).all(), "greedy"
    assert model.loss < 0.5 < generation.language_model(TOY, trained=False).loss


def test_a_language_model_of_one_token_has_no_loss():
    model = generation.language_model(Sequences((np.array([4]),), 9, None, 0, 0), trained=True)
    assert np.isnan(model.loss)
    assert generation.generate(model, 4, 3).made.tolist() == [0, 0, 0]


def test_adam_takes_the_steps_of_pytorch():
    def losses(own: bool) -> list[float]:
        with seeded(3):
            layer, inputs = nn.Linear(4, 3), torch.randn(8, 4)
        weights = list(layer.parameters())
        mine, theirs = Adam(weights, 0.1, clip=1.0), torch.optim.Adam(weights, 0.1)
        found = []
        for _ in range(6):
            loss = layer(inputs).square().mean()
            found.append(float(loss.detach()))
            if own:
                mine.step(loss)
            else:
                theirs.zero_grad()
                loss.backward()
                nn.utils.clip_grad_norm_(weights, 1.0)
                theirs.step()
        return found

    np.testing.assert_allclose(losses(own=True), losses(own=False), rtol=1e-5)


def test_the_trap_springs_only_at_the_last_column():
    found = trap.spring_trap(trap.toy_trap())
    assert (found.right == found.right[0]).all(), "padding does not change the last real token"
    assert found.right[0] > 0.95
    assert found.wrong[0] == found.right[0], "without padding both are the same"
    assert found.wrong[-1] < 0.6
    assert found.batch_wrong < 0.7 < found.batch_right
    assert found.amounts[0] == 0


def test_the_trap_of_a_published_network(published):
    run_ = load_run(published.parent / "korean" / "rnn")
    assert trap.judges_by_last(run_)
    found = trap.spring_trap(trap.published_trap(run_))
    assert found.right[0] == found.wrong[0] > 0.75
    assert found.wrong[-1] < 0.65
    assert not trap.judges_by_last(load_run(published / "bilstm"))


@pytest.mark.parametrize(("corpus", "name"), [("imdb", "lstm"), ("korean", "bilstm"), ("toy", "bilstm")])
def test_one_embedding_has_two_states(published, corpus, name):
    folder = published.parent / corpus
    run_, table = load_run(folder / name), load_tokens(load_corpus(folder))
    asked = two_senses.sense_pair(load_corpus(folder).language, corpus == "toy")
    pair = two_senses.load_pair(run_)
    found = two_senses.compare_senses(pair, run_, table, asked)
    assert (found.distances > 0.01).all()
    np.testing.assert_allclose(
        found.distances, np.linalg.norm(found.states[:, 0] - found.states[:, 1], axis=1), rtol=1e-4
    )
    assert found.moved == pytest.approx(np.linalg.norm(found.embedding[1] - found.embedding[0]), rel=1e-4)
    for tokens, place in zip(found.tokens, found.places, strict=True):
        assert tokens[place] == asked.word


def test_the_start_of_a_run_is_its_first_frame(published):
    run_ = load_run(published / "lstm")
    start = two_senses.load_pair(run_).before.embedding.weight.numpy()
    np.testing.assert_allclose(start, load_frames(run_.path).embeddings[0], atol=0.02)


@pytest.mark.parametrize(
    ("word", "first", "error"),
    [
        ("", "at the bank", WordError),
        ("zzqx", "at zzqx", WordError),
        ("bank", "no such", WordError),
        ("bank", " ", TextError),
    ],
)
def test_words_that_cannot_be_compared_are_refused(published, word, first, error):
    run_, table = load_run(published / "lstm"), load_tokens(load_corpus(published))
    asked = two_senses.SensePair(word, first, "a bank account")
    with pytest.raises(error):
        two_senses.compare_senses(two_senses.load_pair(run_), run_, table, asked)


def test_a_word_tokenizer_by_hand():
    found = words.encode_words(["The cat sat. The dog!"], "the bird\tSAT", 5)
    assert found.vocabulary == {"<PAD>": 0, "<UNK>": 1, "the": 2, "cat": 3, "sat": 4, "dog": 5}
    assert found.ids == [2, 1, 4, 0, 0]
    assert found.decoded == "the <UNK> sat"
    assert found.unknown == 1
    assert words.encode_words(["a"], "a b c", 2).ids == [2, 1], "cut to the length"
    assert words.encode_words([""], "😀", 3).ids == [0, 0, 0], "an emoji is no word"
    with pytest.raises(TextError):
        words.encode_words(["a"], "  ", 3)
    with pytest.raises(SettingError):
        words.encode_words(["a"], "a", 999)


def test_the_readers_lines_are_sequences(published):
    tokenizer = load_tokenizer(Path(published) / "tokenizer.json")
    text = "\n".join(["good film", "", "x " * 50, "좋은 영화 😀", *["again"] * 20])
    found = own_sequences(text, tokenizer)
    assert len(found.ids) == MOST_LINES
    assert len(found.ids[0]) == 2
    assert len(found.ids[1]) == MOST_TOKENS
    assert (found.cut, found.lines_left_out) == (50 - MOST_TOKENS, 23 - MOST_LINES)
    assert found.tokens[found.ids[0][0]] == "good"
    for name in ("\n \n", ""):
        with pytest.raises(TextError):
            own_sequences(name, tokenizer)


def test_far_words_count_least_in_an_rnn(published):
    tokenizer = load_tokenizer(Path(published) / "tokenizer.json")
    found = far_apart.measure_dependence(far_apart.sentence_in("en"), tokenizer)
    assert found.tokens[:2] == ["the", "dog"]
    first = {cell: values[0] for cell, values in found.gradients.items()}
    assert first["RNN"] < 1e-5 < 1e-2 * first["GRU"] * 1e3
    assert all(values[-1] == 1 for values in found.gradients.values())
    assert far_apart.measure_dependence("one", tokenizer).gradients["LSTM"].tolist() == [1.0]

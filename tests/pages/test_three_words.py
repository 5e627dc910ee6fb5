"""The Three words page run in process."""

from functools import partial

import numpy as np
import pytest

from sentiment_core.analysis.three_words import train_three_words
from tests.pages.opening import english_in, open_page

opened = partial(open_page, "pages/embeddings/three_words.py")


def numbers(app) -> np.ndarray:
    """The words' coordinates [steps + 1, words, 2] from the table."""
    table = app.dataframe[0].value
    columns = [f"{word}_{axis}" for word in ("good", "bad", "movie") for axis in (0, 1)]
    return table[columns].to_numpy().reshape(len(table), 3, 2)


def test_the_table_holds_the_whole_training():
    app = opened()
    assert not app.exception
    assert not app.error
    table, trained = app.dataframe[0].value, train_three_words()
    assert table["step"].tolist() == list(range(21))
    np.testing.assert_allclose(table["loss"], trained.loss)
    np.testing.assert_allclose(numbers(app), trained.embeddings)
    said = [line.value for line in app.markdown]
    apart = np.linalg.norm(trained.embeddings[-1, 0] - trained.embeddings[-1, 1])
    (told,) = (line for line in said if line.startswith("Here "))
    assert f"end {apart:.2f} apart" in told
    assert f"*movie* by {trained.displacement[-1, 2]:.2f}. The loss fell at every step, from 0.750 to" in told
    assert any("*good movie* (positive) and *bad movie* (negative)." in line for line in said)


def test_the_address_reproduces_rate_and_seed():
    app = opened(lr="2.0", seed="7")
    assert (app.number_input(key="lr").value, app.selectbox(key="seed").value) == (2.0, 7)
    np.testing.assert_allclose(numbers(app), train_three_words(learning_rate=2.0, seed=7).embeddings)


def test_a_choice_trains_again():
    app = opened()
    before = numbers(app)
    app.number_input(key="lr").set_value(0.1).run()
    assert not app.exception
    slower = numbers(app)
    np.testing.assert_allclose(slower[0], before[0])
    assert np.linalg.norm(slower[-1] - slower[0]) < np.linalg.norm(before[-1] - before[0])
    app.selectbox(key="seed").set_value(9).run()
    assert np.abs(numbers(app)[0] - before[0]).max() > 0.1


@pytest.mark.parametrize("nonsense", ["", "-5", "1e99", "nan", "inf", "<b>", "0", "99999999999999999999", "1.5,2"])
def test_invalid_values_in_every_parameter_are_ignored(nonsense: str):
    app = opened(lr=nonsense, seed=nonsense, corpus=nonsense)
    assert not app.exception
    assert len(app.error) <= 1, "one line where a number is out of range"
    assert len(app.dataframe) + len(app.error) == 1


def test_in_korean_the_words_are_korean_and_no_sentence_is_english():
    app = opened(lang="ko")
    assert not app.exception
    assert english_in(app) == []
    assert {"좋은_0", "나쁜_1", "영화_0"} < set(app.dataframe[0].value.columns)
    assert any(line.value.startswith("여기서 *좋은*과 *나쁜* 사이의 거리는 ") for line in app.markdown)


def test_a_rising_loss_is_reported():
    (told,) = (line.value for line in opened(lr="5.0", seed="22").markdown if line.value.startswith("Here "))
    rises = int((np.diff(train_three_words(learning_rate=5.0, seed=22).loss) > 0).sum())
    assert f"The loss rose at {rises} of 20 steps" in told

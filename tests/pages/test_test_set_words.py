"""The words of errors on the Test set page: from the published counts, without texts."""

from functools import partial
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from tests.pages.opening import english_in, open_page
from tests.pages.parts_of_test_set import SCRIPT, open_part, told

open_words = partial(open_part, "words")


def links(app: AppTest) -> list[dict[str, str]]:
    """What each link to Drift asks for."""
    found = [element.proto for element in app.get("page_link") if element.proto.page == "drift"]
    return [{"label": link.label, "query": link.query_string} for link in found]


def test_the_words_of_both_classifiers_and_their_links_to_drift():
    app = open_words()
    assert [heading.value for heading in app.header][-2:] == ["rnn", "bilstm"]
    assert "words compared" in told(app)
    assert "need not be the cause of an error" in told(app)
    great = [link["query"] for link in links(app) if link["label"] == "great"]
    assert [query.split("&") for query in great] == [
        ["corpus=imdb", "left=rnn", "right=bilstm", "pins=great"],
        ["corpus=imdb", "left=bilstm", "right=rnn", "pins=great"],
    ]


def test_the_other_kind_of_error_is_in_the_address():
    app = open_words(errors="positive")
    assert "bad" in [link["label"] for link in links(app)]
    assert "great" not in [link["label"] for link in links(app)]
    app.segmented_control(key="errors").set_value("negative").run()
    assert "great" in [link["label"] for link in links(app)]
    assert "errors" not in app.query_params


def test_a_slice_and_a_threshold_do_not_apply_and_that_is_said():
    assert "do not apply" not in told(open_words())
    assert "your slice and threshold do not apply" in told(open_words(threshold="0.7", slice="cut-400"))


def test_what_was_not_counted_is_said_with_the_command(toy_checkpoints: Path):
    (toy_checkpoints / "tiny" / "error_tokens.parquet").unlink()
    app = open_words(corpus="toy", runs=["tiny", "other"])
    assert [info.value for info in app.info if "sentiment_core fill" in info.value]
    assert "words compared" in told(app), "of the other classifier"
    (toy_checkpoints / "test_tokens.parquet").unlink()
    app = open_words(corpus="toy", runs=["tiny", "other"])
    assert "words of the test reviews were not counted" in app.info[0].value


def test_damaged_counts_are_an_error_in_place(toy_checkpoints: Path):
    (toy_checkpoints / "tiny" / "error_tokens.parquet").write_bytes(b"PAR1")
    app = open_page(SCRIPT, part="words", corpus="toy", runs=["tiny", "other"])
    assert not app.exception
    assert "tokens" in app.error[0].value
    assert "is damaged" in app.error[0].value.replace("\\", "")


@pytest.mark.parametrize("corpus", ["imdb", "korean"])
def test_no_english_is_left_in_korean(corpus: str):
    app = open_words(corpus=corpus, lang="ko", threshold="0.6")
    assert [text for text in english_in(app) if "Monroe" not in text] == []

"""Home, Reviews and Compare in Korean: nothing that a reader sees is left in English."""

import json
import re

import pytest
from streamlit.testing.v1 import AppTest

from pages.shared.examples import EXAMPLE_NAMES
from sentiment_core.analysis.examples import examples_in, token_examples_in
from tests.pages.opening import open_page

PAGES = {
    "overview": ("pages/home/overview.py", {}),
    "lengths": ("pages/reviews/token_lengths.py", {"length_text": "A fine film."}),
    "reads": ("pages/reviews/what_it_reads.py", {"reads_max_length": "4"}),
    "review": ("pages/compare/one_review.py", {"runs": ["rnn", "bilstm", "bag-of-words"]}),
    "short review": ("pages/compare/one_review.py", {"runs": ["gru", "lstm"], "text": "good film"}),
}
# Code, marks, links, names, and English terms in brackets are allowed.
KEPT = re.compile(r"`[^`]*`|:material/\w+:|<[^>]*>|https?://\S+|python -m [^.]*|\([a-z ]+\)|bag-of-words")
ENGLISH = re.compile(
    r"\b(?:the|of|is|are|and|with|its|in|to|for|this|that|not|test|run|reviews?|tokens?)\b", re.IGNORECASE
)


@pytest.fixture(scope="module", params=PAGES)
def korean(request) -> AppTest:
    script, address = PAGES[request.param]
    return open_page(script, lang="ko", corpus="imdb", **address)


def words(app: AppTest) -> list[str]:
    """The page's words, without reviews, tokens and pictures."""
    parts = [*app.title, *app.header, *app.markdown, *app.caption, *app.error, *app.warning, *app.info]
    said = [part.value for part in parts]
    said += [folded.label for folded in app.expander]
    inputs = [*app.button, *app.text_area, *app.text_input, *app.slider, *app.selectbox, *app.multiselect]
    for widget in [*inputs, *app.metric]:
        said += [widget.label, getattr(widget, "help", "") or "", getattr(widget, "placeholder", "") or ""]
    for group in app.button_group:
        said += [option for option in group.options if group.key != "language_choice"]
    for table in app.dataframe:
        columns = json.loads(table.proto.columns)
        said += [f"{column.get('label') or ''} {column.get('help') or ''}" for column in columns.values()]
    return said


def test_no_english_is_left(korean: AppTest):
    assert not korean.exception
    assert not korean.error
    left = [said for said in words(korean) if ENGLISH.search(KEPT.sub("", said.replace("\\", "")))]
    assert left == []


def test_pictures_and_tables_are_described_in_korean(korean: AppTest):
    drawn = [*korean.get("plotly_chart"), *korean.dataframe]
    described = [element.proto.alt for element in drawn]
    assert all(re.search("[가-힣]", alt) for alt in described), described


def test_every_example_has_a_name():
    examples = [
        example for language in ("", "ko") for named in (examples_in, token_examples_in) for example in named(language)
    ]
    assert {example.name for example in examples} == EXAMPLE_NAMES.keys()


@pytest.mark.parametrize(
    ("old", "code", "first"),
    [("most positive", "positive", 1), ("most negative", "negative", -1), ("positive", "positive", 1)],
)
@pytest.mark.parametrize("language", ["en", "ko"])
def test_an_address_means_the_same_in_each_language_and_version(old: str, code: str, first: int, language: str):
    app = open_page("pages/reviews/what_it_reads.py", lang=language, token_order=old, token_match="contains", token="o")
    assert not app.exception
    assert app.selectbox(key="token_order").value == app.query_params["token_order"] == code
    assert app.query_params["token_match"] == "part"
    assert first * app.dataframe[0].value["polarity"].iloc[0] > 0.5

"""The What the model reads page run in process, on the published corpus."""

import re
import shutil
from functools import partial
from html import unescape
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from tests.pages.opening import open_page

CHIP = re.compile(r'<bdi title="id (\d+)(, unknown)?"[^>]*>(.*?)(?:<sup>\?</sup>)?<span[^>]*>(\d+)</span></bdi>')


opened = partial(open_page, "pages/reviews/what_it_reads.py")


def drawn(app: AppTest) -> list[str]:
    """The HTML of each drawing of tokens: WordPiece, then the others."""
    return [element.proto.body for element in app.get("html")]


def chips(app: AppTest) -> list[tuple[str, int, bool]]:
    """WordPiece tokens as drawn, with the id below and whether they are marked unknown."""
    return [(unescape(text), int(below), bool(mark)) for _, mark, text, below in CHIP.findall(drawn(app)[0])]


def counts(app: AppTest) -> list[str]:
    return [line.value for line in app.markdown if "from a vocabulary of" in line.value]


def test_the_page_is_never_empty():
    app = opened()
    assert not app.exception
    assert not app.error
    assert len(drawn(app)) == len(counts(app)) == 3
    assert len(chips(app)) > 20
    assert any(unknown for _, _, unknown in chips(app))
    assert len(app.dataframe[0].value) == 200


def test_wordpieces_are_shown_with_their_ids():
    app = opened(reads_text="Good, good film")
    (good, first, _), (comma, *_), (again, second, _), (film, *_) = chips(app)
    assert (good, comma, again, film) == ("good", ",", "good", "film")
    assert first == second > 1


def test_a_rare_word_is_pieces_in_one_vocabulary_and_unknown_in_the_others():
    app = opened(reads_text="unputdownable")
    assert "".join(text for text, _, _ in chips(app)) == "unputdownable"
    assert len(chips(app)) > 1
    pieces, words, whitespace = counts(app)
    assert ", 0 unknown" in pieces
    assert words.startswith("**1 token**, 1 unknown (100.0%)")
    assert whitespace.startswith("**1 token**, 1 unknown (100.0%)")


def test_an_emoticon_is_one_token_where_it_is_kept():
    app = opened(reads_text="fun :)")
    assert [text for text, _, _ in chips(app)] == ["fun", ":", ")"]
    assert counts(app)[1].startswith("**2 tokens**, 0 unknown")


def test_line_breaks_are_no_tokens_for_the_networks():
    app = opened(reads_text="Good.<br /><br />Bad.")
    assert [text for text, _, _ in chips(app)] == ["good", ".", "bad", "."]


def test_the_cut_follows_the_slider():
    app = opened(reads_text="good " * 10, reads_max_length="4")
    assert "The 4 tokens above are read; 6 tokens below are cut off." in drawn(app)[0]
    app.slider(key="reads_max_length").set_value(10).run()
    assert "cut off" not in drawn(app)[0]


def test_every_example_can_be_shown():
    app = opened()
    seen = set()
    buttons = [button.label for button in app.button if button.label != "Read"]
    for label in buttons:
        (button,) = [button for button in app.button if button.label == label]
        button.click().run()
        assert not app.exception
        assert not app.error
        seen.add(drawn(app)[0])
    assert len(seen) == len(buttons) >= 5


@pytest.mark.parametrize("text", ["  ", "", "x " * 500_001])
def test_an_invalid_text_is_refused_in_one_line_and_the_vocabulary_stays(text: str):
    app = opened()
    app.text_area(key="reads_text").set_value(text).run()
    assert not app.exception
    assert len(app.error) == 1
    assert "\n" not in app.error[0].value
    assert drawn(app) == []
    assert len(app.dataframe) == 1


def test_only_the_first_tokens_of_a_huge_text_are_drawn():
    app = opened()
    app.text_area(key="reads_text").set_value("good " * 200_000).run()  # a million characters
    assert not app.exception
    assert counts(app)[0].startswith("**200,000 tokens**")
    assert len(drawn(app)[0]) < 500_000
    assert "more tokens are not shown" in drawn(app)[0]
    assert len(chips(app)) < 1_100


@pytest.mark.parametrize(
    "text",
    [
        "<script>alert(1)</script>",
        "<img src=x onerror=alert(1)>",
        "a\0b",
        "👍",
        "فيلم רע",
        "n\u0303\u0303",
        "&amp; \"'",
    ],
)
def test_unusual_texts_are_shown_as_text(text: str):
    app = opened(reads_text=text)
    assert not app.exception
    assert not app.error
    for html in drawn(app):
        assert set(re.findall(r"<(\w+)", html)) <= {"div", "bdi", "span", "sup", "b"}


def test_text_of_another_script_is_marked_unknown():
    app = opened(reads_text="فيلم")
    ((text, number, unknown),) = chips(app)
    assert (text, number, unknown) == ("فيلم", 1, True)


def test_the_vocabulary_is_searched_and_sorted():
    app = opened(token="ing")
    rows = app.dataframe[0].value
    assert rows["token"].str.startswith("ing").all()
    total = rows["negative"] + rows["positive"]
    assert (total.diff().dropna() <= 0).all()
    app.selectbox(key="token_order").set_value("positive").run()
    polarity = app.dataframe[0].value["polarity"]
    assert (polarity.diff().dropna() <= 0).all()
    app.button_group(key="token_match").set_value("part").run()
    found = app.dataframe[0].value
    assert found["token"].str.contains("ing").all()
    assert len(found) > len(rows)
    assert any("Showing 200 of " in caption.value for caption in app.caption)


def test_a_search_that_finds_nothing_says_so():
    app = opened(token="zzzzzz")
    assert not app.exception
    assert len(app.dataframe) == 0
    assert len(app.info) == 1


@pytest.mark.parametrize("nonsense", ["-5", "1e9", "NaN", "", "<b>", "%", "[", "most,id", "999999999999999999999"])
def test_invalid_values_in_every_parameter_are_ignored(nonsense: str):
    names = ("reads_max_length", "token", "token_match", "token_order", "corpus")
    app = opened(reads_text="fine", **dict.fromkeys(names, nonsense))
    assert not app.exception
    assert not app.error
    assert len(drawn(app)) == 3


@pytest.mark.parametrize(
    ("name", "drawings"), [("tokens.parquet", 3), ("tokenizer.json", 0), ("tokenizers/words.json", 0)]
)
def test_a_damaged_corpus(name: str, drawings: int, toy_corpus: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    shutil.copytree(toy_corpus, tmp_path / "toy")
    (tmp_path / "toy" / name).write_bytes(b"PAR1 and no more")
    monkeypatch.setenv("SENTIMENT_CHECKPOINTS", str(tmp_path))
    app = opened()
    assert not app.exception
    assert len(app.error) == 1
    assert len(drawn(app)) == drawings


def test_a_korean_corpus_starts_with_a_korean_example_in_every_tokenizer():
    app = opened()
    app.selectbox(key="corpus").select("korean").run()
    assert not app.exception
    assert len(counts(app)) == len(drawn(app)) == 4
    assert any("없" in text or "재미" in text or "재밌" in text for text, _, _ in chips(app))
    app.button(key="reads_text example endings").click().run()
    assert not app.exception
    assert app.text_area(key="reads_text").value.startswith("재미있다, 재미있는")
    assert not any(unknown for _, _, unknown in chips(app))
